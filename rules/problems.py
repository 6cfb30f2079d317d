"""Problems with a code and a place, and the one tree of errors that carries them.

PrioritiseError
├── UsageError          a wrong call: an unknown framework, PDU or file (exit code 2)
├── DocumentError       PF1xx, PF2xx, PF3xx, PF4xx: frameworks, regions, scenarios, organisation
├── ReturnsError        PF5xx: staffing returns and events
└── EngineError         PF9xx: the engine itself
    └── DisagreementError   PF900: the two deciders differ, so nothing is decided
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, a line and a column (both from 1), and the path of keys to it."""

    file: str
    line: int = 1
    column: int = 1
    path: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The place as plain values, for JSON."""
        return {"file": self.file, "line": self.line, "column": self.column, "path": self.path}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in the reader's words.

    `code` is PF and three digits; `message` says what is wrong; `hint` what to do about it; `also` are
    further places that the problem is about (the other side of a clash).
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    also: tuple[Place, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The problem as `check --format json` prints it."""
        return {
            "code": self.code,
            "message": self.message,
            **self.place.as_dict(),
            "hint": self.hint or None,
            "also": [place.as_dict() for place in self.also],
        }

    def __str__(self) -> str:
        place = self.place
        text = f"{place.file}:{place.line}:{place.column}: {self.code} {self.message}"
        return f"{text} {self.hint}" if self.hint else text


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by place, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message)))


class PrioritiseError(Exception):
    """The base of every error that this project raises on purpose; `problems` says what is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = ordered(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UsageError(PrioritiseError):
    """The call itself cannot be met: an unknown framework, a file that cannot be opened."""

    def __init__(self, message: str) -> None:
        super().__init__(())
        self.message = message
        self.args = (message,)


class DocumentError(PrioritiseError):
    """Documents that cannot be used, with every problem found in them."""


class ReturnsError(PrioritiseError):
    """Staffing returns or events that are refused, with every problem found in them."""


class EngineError(PrioritiseError):
    """A fault of the engine itself. No decision is issued."""


class DisagreementError(EngineError):
    """The two deciders gave different answers (PF900). No decision is issued."""


@dataclass(slots=True)
class Findings:
    """A collector, so that all problems of a document are told at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, message: str, place: Place, hint: str = "", also: Iterable[Place] = ()) -> None:
        """Note one problem."""
        self.problems.append(Problem(code, message, place, hint, tuple(also)))

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a document: all but the warnings (PF3xx)."""
        return [problem for problem in self.problems if not problem.code.startswith("PF3")]

    @property
    def blocking(self) -> list[Problem]:
        """The errors that keep a policy from being used: a scenario's unfit figure (PF403) does not."""
        return [problem for problem in self.errors if problem.code != "PF403"]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or lists the known ones where there are few. Never empty."""
    words = sorted(set(known))
    near = difflib.get_close_matches(word[:80], words, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    if not words:
        return "None is defined here."
    if len(words) <= 12:
        return f"Known here: {', '.join(words)}."
    return f"Check the spelling: none of the {len(words)} known here is like it."
