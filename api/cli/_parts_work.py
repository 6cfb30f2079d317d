"""What one worker does with one part: reads its files, judges them, and gives the result back as bytes.

All values here can be sent to another process or machine. Errors are values too.
"""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from api.cli._load import shipped, today
from api.cli._terminal import end
from engine.bulk import Asked, Part, Result, backtest, fingerprint, parquet, sha256
from rules.check.settings import read_settings
from rules.library import load_library
from rules.problems import (
    DisagreementError,
    DocumentError,
    Findings,
    PrioritiseError,
    Problem,
    UsageError,
)
from rules.text import Source, read_source


@dataclass(frozen=True, slots=True)
class Policy:
    """Where policy is read from, and the days that are asked for."""

    frameworks: Path | None
    name: str | None
    settings: Path | None
    first: datetime.date | None
    last: datetime.date | None

    def load(self) -> Asked:
        """The framework and the register. Raises DocumentError, UsageError."""
        draft, region = _draft(self.settings) if self.settings is not None else (None, None)
        library = load_library(
            self.frameworks if self.frameworks is not None else shipped(), draft, scenarios=False
        )
        name = self.name if self.name is not None or region is None else region
        framework = library.framework(name)
        if region is not None and framework.id != region:
            raise UsageError(f"{self.settings} belongs to {region}, not to {framework.id}.")
        return Asked(framework, library.organisation, today(), self.first, self.last)


@dataclass(frozen=True, slots=True)
class Task:
    """One part to judge: its files by their names and places, and the hash of the policy that is meant."""

    policy: Policy
    expected: str
    by: str
    part: Part
    folder: Path


@dataclass(frozen=True, slots=True)
class Made:
    """The result of a part."""

    result: Result
    data: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a part has no result. `kind` says whether other parts are worth going on with."""

    kind: Literal["returns", "usage", "engine"]
    problems: tuple[Problem, ...]
    message: str = ""


def work(task: Task) -> Made | Failed:
    """Judge one part."""
    try:
        asked = _asked(task)
        if asked is None:
            return Failed("usage", (), "A worker has another folder of policy than the one that is meant.")
        files = [(_read(task.folder / name), str(task.folder / name)) for name in task.part.files]
        past = backtest(asked, files)
        data = parquet(past, asked.organisation, task.by)
    except UsageError as error:
        return Failed("usage", (), f"{task.folder / task.part.files[0]}: {error.message}")
    except DisagreementError as error:
        return Failed("engine", error.problems)
    except PrioritiseError as error:
        return Failed("returns", error.problems)
    inputs = {name: sha256(file[0]) for name, file in zip(task.part.files, files, strict=True)}
    units = tuple(unit.pdu.id for unit in past.units)
    return Made(Result(inputs, task.part.result, sha256(data), units), data)


def _asked(task: Task) -> Asked | None:
    """The policy, which is kept from part to part, if it is the one that is meant."""
    for _ in range(2):
        asked = _kept(task.policy)
        if fingerprint(asked) == task.expected:
            return asked
        _kept.cache_clear()
    return None


@functools.lru_cache(maxsize=1)
def _kept(policy: Policy) -> Asked:
    return policy.load()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"it cannot be opened: {error.strerror}.") from None


def _draft(path: Path) -> tuple[Source, str]:
    """The settings of a region as a text, and the framework that they belong to. Raises DocumentError."""
    findings = Findings()
    try:
        source = read_source(path, str(path), findings)
    except OSError as error:
        end(f"{path} cannot be opened: {error.strerror}.")
    settings = read_settings(source, findings) if source is not None else None
    if source is None or settings is None:
        raise DocumentError(findings.errors)
    return source, settings.framework
