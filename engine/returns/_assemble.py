"""From entries to returns: every entry judged, and what belongs together brought together."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from engine.returns._judge import Judge
from engine.returns._merge import Key, Line, merge
from engine.returns._rows import Entry, Reading
from rules.figures import Return
from rules.model import Pdu
from rules.problems import Problem, ReturnsError, ordered


@dataclass(frozen=True, slots=True)
class Note:
    """What is worth knowing about a file that was read: PF602 an identical row, PF608 rows left out.

    The PDU or the day is None where the row that was left out does not tell.
    """

    code: str
    pdu: str | None
    as_of: datetime.date | None
    row: int
    message: str


@dataclass(frozen=True, slots=True)
class Returns:
    """The returns of a file, by PDU and day; what was noted; and the problems of what was left out."""

    returns: tuple[Return, ...]
    notes: tuple[Note, ...] = ()
    left_out: tuple[Problem, ...] = ()

    def notes_by_unit(self) -> dict[str, list[dict[str, Any]]]:
        """What was noted, as entries of `data_quality` for the decisions of the units that it is about."""
        notes: dict[str, list[dict[str, Any]]] = {}
        for note in self.notes:
            if note.pdu is not None:
                told = {
                    "code": note.code,
                    "as_of": note.as_of.isoformat() if note.as_of is not None else None,
                }
                if told not in notes.setdefault(note.pdu, []):
                    notes[note.pdu].append(told)
        return notes


def assemble(reading: Reading, judge: Judge, *, skip_bad_rows: bool) -> Returns:
    """The returns of a file that was opened. Raises `ReturnsError` with every problem at once."""
    assembler = _Assembler(reading, judge)
    try:
        for entry in reading.entries:
            assembler.take(entry)
    except ReturnsError as fault:  # of the whole file, met on the way
        raise ReturnsError([*assembler.problems, *fault.problems]) from None
    returns = assembler.returns()
    if assembler.problems and not skip_bad_rows:
        raise ReturnsError(assembler.problems)
    return Returns(returns, assembler.noted(), ordered(assembler.problems))


@dataclass(slots=True)
class _Assembler:
    """What was found so far. `spoilt` are the returns of which a row is bad, with the first such row."""

    reading: Reading
    judge: Judge
    problems: list[Problem] = field(default_factory=list)
    lines: dict[Key, list[Line]] = field(default_factory=dict)
    spoilt: dict[Key, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """Judge one entry, and keep it if it is fit."""
        pdu: Pdu | None = None
        day: datetime.date | None = None
        if not entry.broken:
            pdu, day = self.judge.unit_and_day(entry)
            figures = self.judge.figures(entry, day)
            annotations = dict(self.judge.annotations(entry)) if entry.annotations else {}
            if not entry.faults and pdu is not None and day is not None:
                line = Line(entry.number, entry.thing, figures, annotations)
                self.lines.setdefault((pdu.id, day), []).append(line)
                return
        self.problems += entry.faults
        if pdu is not None and day is not None:
            self._spoil((pdu.id, day), entry.number)
        else:
            message = f"Row {entry.number} is left out: it does not tell its {self.judge.unit} and day."
            self.notes.append(Note("PF608", pdu.id if pdu else None, day, entry.number, message))

    def returns(self) -> tuple[Return, ...]:
        """The returns of which no row is bad."""
        returns: list[Return] = []
        for key in sorted(self.lines):
            merged = merge(key, self.lines[key], self.reading.place)
            for line, clash in merged.clashes:
                self.problems.append(clash)
                self._spoil(key, line.number)
            if key in self.spoilt:
                continue
            returns.append(merged.as_return(key))
            for first, again in merged.repeats:
                message = f"Row {again.number} says the same as row {first.number}, and is ignored."
                self.notes.append(Note("PF602", *key, again.number, message))
        return tuple(returns)

    def noted(self) -> tuple[Note, ...]:
        """The notes in the order of rows."""
        for (pdu, day), row in self.spoilt.items():
            message = f"The return of {pdu} for {day} is left out, since row {row} is wrong."
            self.notes.append(Note("PF608", pdu, day, row, message))
        return tuple(sorted(self.notes, key=lambda note: (note.row, note.code)))

    def _spoil(self, key: Key, row: int) -> None:
        """A return with half of its figures would be judged wrongly, so a bad row takes all of it along."""
        self.spoilt[key] = min(row, self.spoilt.get(key, row))
