"""A table of returns judged whole: every rule of the careful reader, asked of columns instead of cells."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR
from typing import NamedTuple

import numpy as np

from engine.bulk._cells import Scaled, Words, days, distinct, figures, words
from engine.bulk._doubt import Doubt
from engine.bulk._tables import Opened
from engine.columns import Days, Flags, Numbers
from engine.returns._rows import Table
from engine.returns._table import Columns, read_header
from rules.figures import FigureSpec, Vocabulary, figure_key
from rules.model import Organisation
from rules.problems import ReturnsError

SYNTHETIC = "synthetic"
PLAIN = 0
"""In place of a member: the row is for the inputs that are not given for each member of a list."""


class Numbered(NamedTuple):
    """Figures of one key times `10 ** decimals`, and the returns that have them."""

    returns: Numbers
    numbers: Numbers
    decimals: int


class Named(NamedTuple):
    """Categories of one key as places in `ids`, and the returns that have them."""

    returns: Numbers
    codes: Numbers
    ids: Sequence[str]


@dataclass(slots=True)
class Batch:
    """The returns of one table, in no order: the unit (its place in the register) and the day of each."""

    unit: Numbers
    day: Days
    numbers: dict[str, list[Numbered]] = field(default_factory=dict)
    categories: dict[str, list[Named]] = field(default_factory=dict)
    synthetic: bool = False


def batch_of(
    opened: Opened, vocabulary: Vocabulary, organisation: Organisation, today: datetime.date
) -> Batch:
    """The returns of a table. Raises Doubt."""
    try:
        header = Table(opened.table.column_names, 1, ())
        columns = read_header(header, vocabulary, opened.name, organisation.unit.one)
    except ReturnsError:
        raise Doubt from None
    if columns.blanks:
        raise Doubt
    return _Judge(opened, columns, vocabulary, organisation, today).batch()


class _Judge:
    """Judges one table."""

    def __init__(
        self,
        opened: Opened,
        columns: Columns,
        vocabulary: Vocabulary,
        organisation: Organisation,
        today: datetime.date,
    ) -> None:
        self.opened, self.columns, self.vocabulary = opened, columns, vocabulary
        self.inputs, self.lists = vocabulary.inputs, vocabulary.lists
        self.unit = self._units(words(opened.table.column(columns.keys["pdu"])), organisation)
        self.day = days(opened.table.column(columns.keys["as_of"]))
        self._check_days(organisation, today)
        first = int(self.day.min())
        self.distinct = distinct(self.day - first, int(self.day.max()) - first + 1) + first
        self.day_place = np.searchsorted(self.distinct, self.day)
        self.members: list[tuple[str, str] | None] = [None]
        self.member = self._member_codes()
        self.of, self.batch_unit, self.batch_day = self._returns()

    def batch(self) -> Batch:
        """All of its returns."""
        found = Batch(self.batch_unit, self.batch_day)
        for index, input_id in self.columns.inputs:
            self._input(found, index, input_id, None)
        for index, input_id, list_id, member in self.columns.wide:
            self._input(found, index, input_id, (list_id, member))
        for index, name in self.columns.annotations:
            if name == "basis" or not self.opened.loose:  # in a loose table there is nothing but texts
                texts = words(self.opened.table.column(index)).texts
                found.synthetic |= name == "basis" and SYNTHETIC in texts
        return found

    def _units(self, given: Words, organisation: Organisation) -> Numbers:
        place = {pdu.id: number for number, pdu in enumerate(organisation.pdus)}
        codes = np.array([*(place.get(text, -1) for text in given.texts), -1], np.int32)[given.codes]
        if codes.min() < 0:
            raise Doubt
        found: Numbers = codes
        return found

    def _check_days(self, organisation: Organisation, today: datetime.date) -> None:
        """No return of a day to come, or of a unit that does not exist on its day."""
        first = [pdu.from_.toordinal() if pdu.from_ is not None else 1 for pdu in organisation.pdus]
        last = [
            pdu.until.toordinal() if pdu.until is not None else datetime.date.max.toordinal()
            for pdu in organisation.pdus
        ]
        began, ended = np.array(first, np.int32)[self.unit], np.array(last, np.int32)[self.unit]
        if (self.day < began).any() or (self.day > ended).any() or self.day.max() > today.toordinal() + 1:
            raise Doubt

    def _member_codes(self) -> Numbers:
        """Which member each row is about, as a place in `members`. A row is about one at most."""
        found = np.zeros(len(self.day), np.int32)
        for index, list_id in self.columns.lists:
            given = words(self.opened.table.column(index))
            if not set(given.texts) <= set(self.lists[list_id]):
                raise Doubt
            start = len(self.members)
            self.members += [(list_id, text) for text in given.texts]
            here = given.codes >= 0
            if (found[here] != PLAIN).any():
                raise Doubt
            found[here] = given.codes[here] + start
        return found

    def _returns(self) -> tuple[Numbers, Numbers, Days]:
        """The return that each row belongs to, and the unit and the day of each. No row stands twice."""
        many, members = len(self.distinct), len(self.members)
        code = self.unit.astype(np.int64) * many + self.day_place
        size = (int(self.unit.max()) + 1) * many
        if len(distinct(code * members + self.member, size * members)) != len(code):
            raise Doubt
        taken = distinct(code, size)
        return np.searchsorted(taken, code), taken // many, self.distinct[taken % many]

    def _input(self, found: Batch, index: int, input_id: str, wide: tuple[str, str] | None) -> None:
        """The figures of one column, by the member that they are for."""
        specs = self._specs(input_id)
        column = self.opened.table.column(index)
        if all(spec.values is not None for spec, _ in specs):
            given = words(column)
            rows = np.flatnonzero(given.codes >= 0)
            for spec, of_day in specs:
                used = (
                    given.codes[rows] if of_day is None else given.codes[rows[of_day[self.day_place[rows]]]]
                )
                if not {given.texts[code] for code in distinct(used, len(given.texts)).tolist()} <= set(
                    spec.values or ()
                ):
                    raise Doubt
            for key, places in self._keys(input_id, rows, specs, wide):
                named = Named(self.of[rows[places]], given.codes[rows[places]], given.texts)
                found.categories.setdefault(key, []).append(named)
            return
        if any(spec.values is not None for spec, _ in specs):
            raise Doubt
        most = max(spec.decimals for spec, _ in specs)
        scaled = figures(column, most, loose=self.opened.loose)
        for spec, of_day in specs:
            own = scaled.numbers if of_day is None else scaled.numbers[of_day[self.day_place[scaled.rows]]]
            _check_numbers(scaled._replace(numbers=own), spec)
        for key, places in self._keys(input_id, scaled.rows, specs, wide):
            numbered = Numbered(self.of[scaled.rows[places]], scaled.numbers[places], scaled.decimals)
            found.numbers.setdefault(key, []).append(numbered)

    def _specs(self, input_id: str) -> list[tuple[FigureSpec, Flags | None]]:
        """How the input is taken, and on which of the distinct days; None where it is on all of them."""
        taken = [
            self.vocabulary.spec(input_id, datetime.date.fromordinal(day)) or self.inputs[input_id]
            for day in self.distinct.tolist()
        ]
        several = {id(spec): spec for spec in taken}
        if len(several) == 1:
            return [(taken[0], None)]
        return [(spec, np.array([one is spec for one in taken], np.bool_)) for spec in several.values()]

    def _keys(
        self,
        input_id: str,
        rows: Numbers,
        specs: Sequence[tuple[FigureSpec, Flags | None]],
        wide: tuple[str, str] | None,
    ) -> Iterator[tuple[str, Numbers]]:
        """The keys of the figures in some rows, each with the places of its own rows among them."""
        if wide is not None:
            self._check_list(wide[0], rows, specs)
            if len(rows):
                yield figure_key(input_id, wide[1]), np.arange(len(rows))
            return
        members = self.member[rows]
        for code in distinct(members, len(self.members)).tolist():
            places = np.flatnonzero(members == code)
            about = self.members[code]
            self._check_list(about[0] if about is not None else None, rows[places], specs)
            yield figure_key(input_id, about[1] if about is not None else None), places

    def _check_list(
        self, list_id: str | None, rows: Numbers, specs: Sequence[tuple[FigureSpec, Flags | None]]
    ) -> None:
        """The figures belong in rows for members of this list, on each of their days."""
        for spec, of_day in specs:
            used = len(rows) > 0 if of_day is None else bool(of_day[self.day_place[rows]].any())
            if used and spec.per != list_id:
                raise Doubt


def _check_numbers(scaled: Scaled, spec: FigureSpec) -> None:
    """Numbers that are fit for an input. Raises Doubt."""
    numbers, places = scaled.numbers, scaled.decimals
    if not len(numbers):
        return
    if places > spec.decimals and (numbers % 10 ** (places - spec.decimals)).any():
        raise Doubt
    if spec.minimum is not None:
        least = int(spec.minimum.scaleb(places).to_integral_value(ROUND_CEILING))
        if int(numbers.min()) < least:
            raise Doubt
    if spec.maximum is not None:
        greatest = int(spec.maximum.scaleb(places).to_integral_value(ROUND_FLOOR))
        if int(numbers.max()) > greatest:
            raise Doubt
