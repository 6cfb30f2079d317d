"""Problems with a code and a place, and the one tree of errors that carries them.

PrioritiseError
├── UsageError          a wrong call: an unknown framework, PDU or file (exit code 2)
├── DocumentError       PF1xx, PF2xx, PF3xx, PF4xx: frameworks, regions, scenarios, organisation
├── ReturnsError        PF5xx: staffing returns and events
├── StoreError          PF7xx: the ledger's store cannot do what is asked
└── EngineError         PF9xx: the engine itself
    └── DisagreementError   PF900: the two deciders differ, so nothing is decided
"""

from __future__ import annotations

import datetime
import difflib
from collections import Counter
from collections.abc import Collection, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from rules.said import Said, said

LONGEST = 500
"""So many characters of a message or a hint are shown: a name that is quoted in one can be of any length."""


def _shown(text: str) -> str:
    """A text that can stand in one line of a terminal, whatever it quotes: control characters are written out."""
    if len(text) <= LONGEST and text.isprintable():
        return text  # nearly always, and problems may be many
    if isinstance(text, Said):
        text = text.with_values({name: _quoted(value) for name, value in text.values.items()})
    if not text.isprintable():
        text = "".join(
            one if one.isprintable() else one.encode("unicode_escape").decode("ascii")
            for one in text[: LONGEST + 1]
        )
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _quoted(value: Any) -> Any:
    return _shown(value) if isinstance(value, str) else value


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

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _shown(self.message))
        object.__setattr__(self, "hint", _shown(self.hint))

    def as_dict(self) -> dict[str, Any]:
        """The problem as `check --format json` prints it."""
        return {
            "code": self.code,
            "message": self.message,
            **self.place.as_dict(),
            "hint": self.hint or None,
            "also": [place.as_dict() for place in self.also],
        }

    @property
    def is_warning(self) -> bool:
        """Whether it stops nothing, except where warnings are asked to (`check --strict`)."""
        return self.code.startswith("PF3")

    def __str__(self) -> str:
        place = self.place
        text = f"{place.file}:{place.line}:{place.column}: {self.code} {self.message}"
        return f"{text} {self.hint}" if self.hint else text


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by place, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message)))


MANY_ALIKE = 3
"""Up to so many problems that say the same of one file are each told at their own place."""
_OF_NAMES = frozenset(
    f"PF{number}" for number in (210, 212, 223, 250, 251, 253, 254, 261, 262, 403, 404, 406, 407, 408)
)
"""What is said of a name that nothing bears: one slip where it is defined brings it wherever it is used."""


def folded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by place; where many of one file say the same of a name, one, with the other places."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    kept: list[Problem] = []
    for problem in ordered(problems):
        if problem.code in _OF_NAMES:
            alike.setdefault((problem.code, problem.message, problem.place.file), []).append(problem)
        else:
            kept.append(problem)
    for first, *others in alike.values():
        if len(others) < MANY_ALIKE:
            kept += [first, *others]
        else:
            hint = f"{first.hint} The same stands in {len(others)} more places.".strip()
            also = (*first.also, *(problem.place for problem in others))
            kept.append(replace(first, hint=hint, also=also))
    return ordered(kept)


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


class StoreError(PrioritiseError):
    """The ledger's store, or what is asked of it: PF7xx. Nothing has been recorded."""


class EngineError(PrioritiseError):
    """A fault of the engine itself. No decision is issued."""

    day: datetime.date | None = None
    """The day that could not be decided, where a unit was followed from day to day."""


class DisagreementError(EngineError):
    """The two deciders gave different answers (PF900). No decision is issued."""


MAX_TOLD = 1_000
"""So many errors of one file are told, and so many warnings: nobody reads on, and a file could bring a million."""


class _Full(Exception):
    """As many errors of a document are noted as are told."""


class _Reading:
    """While a document is read: ends quietly when enough is noted, and keeps the search for hints short."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._outer = _searches.get()

    def __enter__(self) -> None:
        self._findings.depth += 1
        if self._outer is None:
            _searches.set([MAX_SEARCHED])

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        self._findings.depth -= 1
        if self._outer is None:
            _searches.set(None)
        return kind is _Full


@dataclass(slots=True)
class Findings:
    """A collector, so that all problems of a document are told at once."""

    problems: list[Problem] = field(default_factory=list)
    told: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """How many errors and how many warnings (True) there are in each file."""
    depth: int = 0

    def reading(self) -> _Reading:
        """`with findings.reading():` reads a document; it ends at once where too many errors are noted."""
        return _Reading(self)

    def add(self, code: str, message: str, place: Place, hint: str = "", also: Iterable[Place] = ()) -> None:
        """Note one problem."""
        self.take(Problem(code, message, place, hint, tuple(also)))

    def take(self, problem: Problem) -> None:
        """Note a problem, unless there are so many of its file already that one more helps nobody."""
        file, is_warning = problem.place.file, problem.is_warning
        self.told[file, is_warning] += 1
        count = self.told[file, is_warning]
        if count <= MAX_TOLD:
            self.problems.append(problem)
        elif count == MAX_TOLD + 1:
            word, code = ("warnings", "PF319") if is_warning else ("errors", "PF108")
            message = f"There are more than {MAX_TOLD:,} {word} in this file; only so many are told."
            self.problems.append(Problem(code, message, Place(file), "Put these right first."))
        if count > MAX_TOLD and self.depth and not is_warning:
            raise _Full

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a document: all but the warnings (PF3xx)."""
        return [problem for problem in self.problems if not problem.is_warning]

    @property
    def blocking(self) -> list[Problem]:
        """The errors that keep a policy from being used: a scenario's unfit figure (PF403) does not."""
        return [problem for problem in self.errors if problem.code != "PF403"]


MAX_SEARCHED = 20_000
"""With so many words a document's misspelt ones are compared; after that hints name no word."""
FEW = 12
_searches: ContextVar[list[int] | None] = ContextVar("_searches", default=None)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A hint that names the nearest known word, or lists the known ones where there are few. Never empty."""
    left = _searches.get()
    may_search = left is None or left[0] > 0
    if left is not None:
        left[0] -= len(known)
    if not may_search and len(known) > FEW:
        return said("Check the spelling: it is not among the names known here.")
    words = sorted(set(known))
    near = difflib.get_close_matches(word[:80], words, n=1, cutoff=0.6) if may_search else []
    if near:
        return said("Did you mean {name}?", name=near[0])
    if not words:
        return said("None is defined here.")
    if len(words) <= FEW:
        return said("Known here: {names}.", names=", ".join(words))
    return said("Check the spelling: none of the {number} known here is like it.", number=len(words))
