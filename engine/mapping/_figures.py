"""One entry of a mapping's figures: what each row gives to it, and what comes of all of them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from engine.mapping._cells import Numbers, exact, rounded, text_of_cell
from engine.mapping._faults import Faults
from engine.mapping._names import Members, category
from engine.mapping._open import Opened
from engine.mapping._report import FigureReport, NotGiven
from engine.returns.tables import Cell
from rules.figures import FigureSpec, Vocabulary, figure_key
from rules.mapping_words import folded
from rules.model.mapping import FigureColumn
from rules.problems import Place
from rules.suggestions import safe

Key = tuple[str, datetime.date]
"""A unit and a day: what there is one return of."""


class Taken(Enum):
    """What an input makes of a row. What it takes may still be wrong; what it ignores the mapping names."""

    TAKEN = 1
    IGNORED = 2
    LEFT_OUT = 3


class Filter:
    """Which rows count: by the text of their cells."""

    def __init__(
        self,
        where: Mapping[str, Sequence[str]],
        without: Mapping[str, Sequence[str]],
        columns: Mapping[str, int],
    ) -> None:
        self._rules = [
            (name, columns[folded(name)], frozenset(map(folded, values)), wanted)
            for wanted, rules in ((True, where), (False, without))
            for name, values in rules.items()
        ]

    def against(self, cells: Sequence[Cell]) -> tuple[str, str] | None:
        """The column and the text for which a row does not count, or None where it does."""
        for name, index, values, wanted in self._rules:
            text = text_of_cell(cells[index])
            if (folded(text) in values) != wanted:
                return name, text
        return None


@dataclass(slots=True)
class _Held:
    """What the rows so far give to a figure. `blank` is the row of an empty cell that it would need."""

    row: int
    total: Fraction | str | None
    blank: int | None = None


class Found(NamedTuple):
    """A finished figure, and the cell that it (first) came from."""

    key: Key
    figure: str
    value: Decimal | str
    place: Place


class FigureReader:
    """Takes rows for one input."""

    def __init__(
        self,
        figure: FigureColumn,
        opened: Opened,
        vocabulary: Vocabulary,
        numbers: Numbers,
        faults: Faults,
    ) -> None:
        columns = opened.index()
        self.input = figure.input
        self.report = FigureReport(figure.input, figure.column)
        self._figure, self._opened, self._numbers, self._faults = figure, opened, numbers, faults
        self._spec: FigureSpec = vocabulary.inputs[figure.input]
        self._filter = Filter(figure.where, figure.without, columns)
        self._column = columns[folded(figure.column)] if figure.column is not None else None
        member = figure.member
        self._fixed = member.is_ if member is not None else None
        self._members: Members | None = None
        if member is not None and member.column is not None:
            self._members = Members(member, self._spec, vocabulary.versions)
            self._member_column = columns[folded(member.column)]
        self._held: dict[tuple[Key, str | None], _Held] = {}

    def take(self, row: int, cells: Sequence[Cell], key: Key | None) -> Taken:
        """Take what a row gives, or say why it gives nothing to this input.

        Without a key (its unit or day is wrong) what else is wrong is told all the same.
        """
        text = text_of_cell(cells[self._member_column]) if self._members is not None else ""
        if self._members is not None and self._members.ignores(text):
            self.report.ignored[text] += 1
            return Taken.IGNORED
        if self._filter.against(cells) is not None:
            self.report.left_out += 1
            return Taken.LEFT_OUT
        member = self._fixed
        if self._members is not None:
            member = self._members.find(text)
            if member is None:
                message, hint = self._members.wrong(text)
                self._tell("PF543", folded(text), message, hint, row, self._member_column)
                return Taken.TAKEN
        value = self._value(row, cells)
        if value is not None and key is not None:
            self.report.rows += 1
            self._hold(row, key, member, None if value == "" else value)
        return Taken.TAKEN

    def _value(self, row: int, cells: Sequence[Cell]) -> Fraction | str | None:
        """What the row's cell gives: a number, a category, `""` where it is empty, None where it is wrong."""
        if self._column is None:
            return Fraction(1)
        cell = cells[self._column]
        text = text_of_cell(cell)
        if not text:
            return Fraction(0) if self._figure.blank == "zero" else ""
        if self._spec.values is not None:
            found = category(text, self._figure.values)
            if found is None:
                hint = "Write it under values: in the mapping."
                self._tell(
                    "PF543", folded(text), f"{self.input} has no {safe(text)!r}.", hint, row, self._column
                )
            return found
        number = self._numbers.read(cell)
        if number is None:
            message = f"{self.input} takes a number, not {safe(text)!r}."
            self._tell("PF544", text, message, self._numbers.hint, row, self._column)
        return number

    def _hold(self, row: int, key: Key, member: str | None, value: Fraction | str | None) -> None:
        held = self._held.get((key, member))
        if held is None:
            self._held[key, member] = _Held(row, value, row if value is None else None)
        elif self._adds_up:
            if value is None:
                held.blank = held.blank or row
            elif held.total is None:
                held.total = value
            else:
                held.total += value  # type: ignore[operator]  # numbers, where rows add up
        else:
            named = figure_key(self.input, member)
            message = f"{key[0]} has two rows for {named} on {key[1]}; the first is row {held.row}."
            hint = "Where rows are to be added up, write sum: true in the mapping."
            self._tell("PF546", named, message, hint, row, self._column or 0)

    @property
    def _adds_up(self) -> bool:
        return self._figure.sum or self._figure.count

    def _tell(self, code: str, about: str, message: str, hint: str, row: int, column: int) -> None:
        self._faults.add(code, f"{self.input} {about}", message, hint, self._opened.cell(row, column))

    def finished(self, seen: Mapping[Key, int]) -> Iterator[Found | NotGiven]:
        """The figures of all rows; and those that are not given, since a part of them is missing."""
        if self._figure.no_rows == "zero":
            for key, row in seen.items():
                for member in self._every():
                    self._held.setdefault((key, member), _Held(row, Fraction(0)))
        for (key, member), held in self._held.items():
            named = figure_key(self.input, member)
            if held.blank is not None or held.total is None:
                yield NotGiven(*key, named, held.blank or held.row)
                continue
            place = self._opened.cell(held.row, self._column or 0)
            value = held.total
            if isinstance(value, Fraction):
                value = value * Fraction(self._figure.multiply or 1) / Fraction(self._figure.divide or 1)
                number = self._written(value)
                if number is None:
                    message = f"{named} of {key[0]} has no end: {_shown(value)} cannot be written in digits."
                    hint = "Say to how many decimals it is rounded: decimals: in the mapping."
                    self._faults.add("PF547", self.input, message, hint, place)
                    continue
                yield Found(key, named, number, place)
            else:
                yield Found(key, named, value, place)
            self.report.figures += 1

    def _written(self, value: Fraction) -> Decimal | None:
        decimals = self._figure.decimals
        return exact(value) if decimals is None else rounded(value, decimals)

    def _every(self) -> Collection[str | None]:
        """The members that rows could have given."""
        return self._members.all if self._members is not None else (self._fixed,)


def _shown(value: Fraction) -> str:
    text = f"{value.numerator}/{value.denominator}"
    return text if len(text) <= 40 else f"{text[:39]}…"
