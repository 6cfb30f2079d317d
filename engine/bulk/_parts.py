"""Runs over many files: which belong together, and what is known of the results so far."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath, PurePosixPath
from typing import Any

from engine.returns import FORMATS
from rules.problems import EngineError, Place, Problem, ReturnsError

MANIFEST = "manifest.json"
SCHEMA = 1
_TIMES = frozenset(["year", "quarter", "month", "week", "day", "date", "as_of"])


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are judged together. `name` is also where its result lies, beside an ending."""

    name: str
    files: tuple[str, ...]

    @property
    def result(self) -> str:
        """The file of its result."""
        return self.name if self.name.endswith(".parquet") else f"{self.name}.parquet"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a part: the hash of each input file, of the result, and the units in it."""

    inputs: Mapping[str, str]
    result: str
    sha256: str
    pdus: tuple[str, ...]


def parts_of(files: Iterable[str]) -> list[Part]:
    """The parts of a folder's files, whose paths are given with forward slashes; in the order of names.

    Files that differ only in the time that their path names (`year=2022/`) are one part, since a status
    depends on the weeks before it. Hidden files and what is not read are left out.
    """
    found: dict[str, list[str]] = {}
    for file in files:
        pieces = PurePosixPath(file).parts
        if (
            any(piece.startswith((".", "_")) for piece in pieces)
            or PurePath(file).suffix.lower() not in FORMATS
        ):
            continue
        kept = [piece for piece in pieces[:-1] if piece.partition("=")[0] not in _TIMES or "=" not in piece]
        found.setdefault("/".join([*kept, pieces[-1]]), []).append(file)
    return [Part(name, tuple(sorted(own))) for name, own in sorted(found.items())]


def sha256(data: bytes) -> str:
    """The hash of a file."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


@dataclass(slots=True)
class Manifest:
    """What was judged, by which policy, and the results of the parts that are done."""

    policy: str
    framework: str
    version: str | None
    by: str
    parts: dict[str, Result] = field(default_factory=dict)

    def written(self) -> bytes:
        """The manifest as JSON; the same facts give the same bytes."""
        told = {
            "schema": SCHEMA,
            "policy": self.policy,
            "framework": self.framework,
            "version": self.version,
            "by": self.by,
            "parts": {
                name: {
                    "inputs": dict(one.inputs),
                    "result": one.result,
                    "sha256": one.sha256,
                    "pdus": list(one.pdus),
                }
                for name, one in self.parts.items()
            },
        }
        return (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()

    def resume(self, data: bytes, folder: str) -> None:
        """Take over what an earlier run did. Raises EngineError where that went by another policy."""
        try:
            told = json.loads(data)
            if told["schema"] != SCHEMA:
                raise ValueError
            parts = {name: _result(one) for name, one in told["parts"].items()}
            before = (told["policy"], told["by"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise _refused(folder, "Its manifest is none that can be read.") from None
        if before[0] != self.policy:
            raise _refused(folder, "It holds results of another policy, other settings or other days.")
        if before[1] != self.by:
            raise _refused(folder, f"It holds results by {before[1]}, not by {self.by}.")
        self.parts = parts

    def take(self, part: Part, result: Result, files: Mapping[str, str]) -> None:
        """Add the result of a part. Raises ReturnsError where one of its units lies in another part too.

        `files` says how each file is named in messages.
        """
        where = {pdu: name for name, one in self.parts.items() if name != part.name for pdu in one.pdus}
        hint = "Write one file for each region, or for each unit, with all of its days."
        problems = []
        for pdu in result.pdus:
            if pdu in where:
                here, there = (files[name] for name in (part.name, where[pdu]))
                message = f"{pdu} stands in two parts: {there} and {here}."
                problems.append(Problem("PF903", message, Place(here), hint, (Place(there),)))
        if problems:
            raise ReturnsError(problems)
        self.parts[part.name] = result


def _result(told: Mapping[str, Any]) -> Result:
    inputs, pdus = told["inputs"], told["pdus"]
    texts: Sequence[Any] = [*inputs, *inputs.values(), *pdus, told["result"], told["sha256"]]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError
    return Result(inputs, told["result"], told["sha256"], tuple(pdus))


def _refused(folder: str, why: str) -> EngineError:
    hint = "Name another folder for these results, or remove this one."
    return EngineError(
        [Problem("PF904", f"The folder cannot be used for this run. {why}", Place(folder), hint)]
    )
