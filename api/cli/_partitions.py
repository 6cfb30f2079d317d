"""A run over a folder of parts: what is done is kept, what is not is judged, and nothing is mixed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from api.cli._executors import Others, results
from api.cli._parts_work import Failed, Made, Policy, Task
from api.cli._terminal import end, progress
from engine.bulk import MANIFEST, Asked, Manifest, Part, fingerprint, parts_of, sha256
from rules.problems import EngineError, Problem, ReturnsError


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done: a policy, rows by units or regions, the folder of parts, the folder of results."""

    policy: Policy
    by: str
    returns: Path
    out: Path


class Done(NamedTuple):
    """How many parts there are, how many of them were judged now, and how many units."""

    parts: int
    now: int
    units: int


def run_job(job: Job, asked: Asked, others: Others) -> Done:
    """Judge the parts that are not done. Raises ReturnsError with the problems of all parts, EngineError."""
    parts = _listed(job)
    manifest = _manifest(job, asked)
    _forget(job, manifest, parts)
    ahead = [part for part in parts if not _is_done(job, manifest, part)]
    names = {part.name: str(job.returns / part.files[0]) for part in parts}
    tasks = [Task(job.policy, manifest.policy, job.by, part, job.returns) for part in ahead]
    problems: list[Problem] = []
    with progress("Judging parts", len(tasks)) as advance:
        for part, made in zip(ahead, results(tasks, others), strict=True):
            if isinstance(made, Failed):
                problems += _failed(made)
            else:
                try:
                    manifest.take(part, made.result, names)
                except ReturnsError as refused:
                    problems += refused.problems
                else:
                    _keep(job, manifest, made)
            advance()
    if problems:
        raise ReturnsError(problems)
    units = {pdu for one in manifest.parts.values() for pdu in one.pdus}
    return Done(len(parts), len(ahead), len(units))


def _listed(job: Job) -> list[Part]:
    """The parts of the folder. The results must not lie among them."""
    if job.returns.resolve() in (job.out.resolve(), *job.out.resolve().parents):
        end(f"{job.out} lies in {job.returns}: the results would be read as returns.")
    if job.out.exists() and not job.out.is_dir():
        end(f"{job.out} is a file: name a folder for the results.")
    files = [path for path in job.returns.rglob("*") if path.is_file()]
    parts = parts_of(path.relative_to(job.returns).as_posix() for path in files)
    if not parts:
        end(f"{job.returns} holds no files of returns.")
    taken: dict[str, str] = {}
    for part in parts:
        if taken.setdefault(part.result, part.name) != part.name:
            end(f"{part.name} and {taken[part.result]} would have one result: rename one of them.")
    return parts


def _manifest(job: Job, asked: Asked) -> Manifest:
    """What is known of the folder of results; it is begun where there is none."""
    framework = asked.framework
    version = framework.policies[0].version.version if framework.pinned else None
    manifest = Manifest(fingerprint(asked), framework.id, version, job.by)
    path = job.out / MANIFEST
    try:
        if path.exists():
            manifest.resume(path.read_bytes(), str(path))
            return manifest
        job.out.mkdir(parents=True, exist_ok=True)
        if any(one.name != f"{MANIFEST}.part" for one in job.out.iterdir()):
            end(f"{job.out} holds other files: name an empty folder for the results.")
    except OSError as error:
        end(f"{job.out} cannot be used: {error.strerror}.")
    _write(path, manifest.written())
    return manifest


def _forget(job: Job, manifest: Manifest, parts: Sequence[Part]) -> None:
    """Remove the results of parts that are there no longer, so that nobody counts them."""
    gone = sorted(set(manifest.parts) - {part.name for part in parts})
    for name in gone:
        with suppress(OSError):
            _result_path(job, manifest.parts.pop(name).result).unlink()
    if gone:
        _write(job.out / MANIFEST, manifest.written())


def _is_done(job: Job, manifest: Manifest, part: Part) -> bool:
    """Whether a part's result is there and whole, and was made of the files as they are now.

    A result of other files is forgotten, so that its units count as nowhere until it is made anew.
    """
    known = manifest.parts.get(part.name)
    if known is None:
        return False
    try:
        inputs = {name: sha256((job.returns / name).read_bytes()) for name in part.files}
        whole = sha256(_result_path(job, known.result).read_bytes()) == known.sha256
    except OSError:
        inputs, whole = {}, False
    if whole and inputs == known.inputs:
        return True
    del manifest.parts[part.name]
    return False


def _failed(failed: Failed) -> Sequence[Problem]:
    """The problems of a part's figures; what is no matter of figures ends the run."""
    if failed.kind == "usage":
        end(failed.message)
    if failed.kind == "engine":
        raise EngineError(failed.problems)
    return failed.problems


def _keep(job: Job, manifest: Manifest, made: Made) -> None:
    """Write a result, and only then say that it is there."""
    _write(_result_path(job, made.result.result), made.data)
    _write(job.out / MANIFEST, manifest.written())


def _result_path(job: Job, name: str) -> Path:
    """Where a result lies; a manifest that was meddled with leads nowhere else."""
    path = job.out / name
    if job.out.resolve() not in path.resolve().parents:
        end(f"{job.out / MANIFEST} names a file outside its folder: {name}.")
    return path


def _write(path: Path, data: bytes) -> None:
    """Bytes to a file, whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        end(f"{path} cannot be written: {error.strerror}.")
