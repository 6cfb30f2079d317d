"""Figures of groups of units: exact sums, put into each figure's formula, and rounded once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from engine.columns import Frame
from engine.columns._arrays import Flags, Numbers
from engine.insights._formula import Worked, worked
from engine.insights._found import Against, Because, Cell, Cells, Insights, NotSplit, Row, ViewTold
from engine.insights._groups import Group, groups
from engine.insights._lacking import lacking
from engine.insights._past import Past
from engine.insights._question import Question, list_of
from rules.framework import Framework
from rules.measures import scaled_text
from rules.model import Organisation, Pdu
from rules.problems import UsageError
from rules.views import CheckedView, FigureOfView

_Told = list[Cells | None]
"""A group's figures day by day; None on a day on which it has no units, or the list no such member."""


def insights(
    framework: Framework,
    organisation: Organisation,
    frame: Frame,
    question: Question,
    *,
    most: int | None = None,
    synthetic: bool = False,
) -> Insights:
    """What comes of a question.

    :param frame: the returns; units without any count as missing.
    :param most: so many figures are told at most; a question for more is refused (UsageError).
    :param synthetic: whether the figures of some returns are made up, which is told.
    """
    days = [day.toordinal() for day in question.days]
    units = [one for one in organisation.pdus if any(map(one.exists_on, question.days))]
    work = _Work(framework, frame, units, days, question)
    if most is not None:
        size = sum(work.size(view, words) for view, words in question.views)
        if size > most:
            raise UsageError(f"That is {size:,} figures; at most {most:,} are told at once. Ask for fewer.")
    told = tuple(work.view(view, words) for view, words in question.views)
    chosen = {unit.id for unit in units if unit.exists_on(question.days[-1])}
    chosen &= {unit.id for unit in units if not question.pdus or unit.id in question.pdus}
    chosen &= {unit.id for unit in units if not question.regions or unit.region in question.regions}
    return Insights(framework.id, question.days, len(chosen), told, synthetic)


class _Work:
    """Works views out for one question."""

    def __init__(
        self,
        framework: Framework,
        frame: Frame,
        units: Sequence[Pdu],
        days: Sequence[int],
        question: Question,
    ) -> None:
        self._framework = framework
        self._vocabulary = framework.vocabulary
        self._question = question
        self._days = days
        self._past = Past(framework, frame, units)
        self._exists = self._past.exists(days)
        everyone = np.arange(len(units))
        self._everyone = Group(None, None, None, everyone, None, True)
        self._regions = {group.region: group for group in groups(units, ["region"], (), ())}
        self._none: _Told = [None] * len(days)

    def size(self, view: CheckedView, words: tuple[str, ...]) -> int:
        """How many figures a view would tell, at most."""
        rows = sum(1 for _ in self._groups(words)) * len(self._days)
        return rows * len(self._members(list_of(words))) * len(view.figures)

    def view(self, view: CheckedView, words: tuple[str, ...]) -> ViewTold:
        """One view, split as asked."""
        list_id = list_of(words)
        unfit = {
            figure.id: None if list_id is None else figure.unfit_for(list_id, self._vocabulary)
            for figure in view.figures
        }
        figures = tuple(one for one in view.figures if unfit[one.id] is None)
        not_split = tuple(NotSplit(id_, inputs) for id_, inputs in unfit.items() if inputs is not None)
        rows = tuple(self._rows(view, figures, words, list_id)) if figures else ()
        scope = sorted({int(place) for group in self._groups(words) for place in group.units})
        absent = lacking(self._past, figures, self._days[-1], self._exists[-1], scope)
        return ViewTold(view, words, list_id, figures, not_split, rows, absent)

    def _groups(self, words: Sequence[str]) -> Iterable[Group]:
        return groups(self._past.units, words, self._question.regions, self._question.pdus)

    def _members(self, list_id: str | None) -> Sequence[str | None]:
        """The members that a list has under any version, in its order; one nameless one without a list."""
        return (None,) if list_id is None else self._vocabulary.lists[list_id]

    def _rows(
        self, view: CheckedView, figures: Sequence[FigureOfView], words: Sequence[str], list_id: str | None
    ) -> Iterator[Row]:
        """The rows of a view: by group, member and day."""
        parts = [self._part(figures, list_id, member) for member in self._members(list_id)]
        dates = self._question.days
        for group in self._groups(words):
            for part in parts:
                region = part.wider(self._regions[group.within]) if group.within is not None else self._none
                country = part.wider(self._everyone) if not group.whole else self._none
                for date, *cells in zip(dates, part.cells(group), region, country, strict=True):
                    if cells[0] is not None:
                        against = Against(cells[1], cells[2])
                        yield Row(date, group.region, group.pdu, group.tag, part.member, cells[0], against)

    def _part(self, figures: Sequence[FigureOfView], list_id: str | None, member: str | None) -> _Part:
        """The figures of all units, as far as a row of one member looks at them."""
        found = []
        for figure in figures:
            series = [
                self._past.series(total, list_id, member, self._days) for total in figure.totals.values()
            ]
            known = np.logical_and.reduce([one.known for one in series])
            carried = np.logical_or.reduce([one.carried for one in series]) & known
            assumed = np.logical_or.reduce([one.assumed for one in series]) & known
            asked = np.logical_and.reduce([one.asked for one in series]).tolist()
            decimals = {total.input: self._past.decimals(total.input) for total in figure.totals.values()}
            work = worked(figure, decimals)
            totals = [one.numbers for one in series]
            found.append(_Figure(figure.decimals, work, totals, known, carried, assumed, asked))
        return _Part(member, found, self._exists)


class _Figure(NamedTuple):
    """A figure's totals by day and unit, and how they are put together. `known` says where all of them are."""

    decimals: int
    work: Worked
    totals: list[Numbers]
    known: Flags
    carried: Flags
    assumed: Flags
    asked: list[bool]


class _Part:
    """The figures of a view for one member of a list, or for all of them together."""

    def __init__(self, member: str | None, figures: Sequence[_Figure], exists: Flags) -> None:
        self.member = member
        self._figures = figures
        self._exists = exists
        self._kept: dict[str | None, _Told] = {}

    def wider(self, group: Group) -> _Told:
        """What many rows are held against, worked out once: a region's figures, or those of all units."""
        if group.region not in self._kept:
            self._kept[group.region] = self.cells(group)
        return self._kept[group.region]

    def cells(self, group: Group) -> _Told:
        """A group's figures on each day."""
        exists = self._exists[:, group.units]
        counts = exists.sum(axis=1).tolist()
        columns = [self._column(one, group, exists, counts) for one in self._figures]
        asked = [
            self.member is None or any(one) for one in zip(*(one.asked for one in self._figures), strict=True)
        ]
        return [
            cells if count and is_asked else None
            for count, is_asked, cells in zip(counts, asked, zip(*columns, strict=True), strict=True)
        ]

    def _column(self, figure: _Figure, group: Group, exists: Flags, counts: Sequence[int]) -> list[Cell]:
        """One figure of a group on each day."""
        places, work = group.units, figure.work
        known = figure.known[:, places] & exists
        sums = [(one[:, places] * known).sum(axis=1).tolist() for one in figure.totals]
        knowing, carried, assumed = (
            (one & exists).sum(axis=1).tolist()
            for one in (known, figure.carried[:, places], figure.assumed[:, places])
        )
        found = []
        for place, (count, size, asked) in enumerate(zip(counts, knowing, figure.asked, strict=True)):
            value = work(*[one[place] for one in sums]) if size else None
            text = None if value is None else scaled_text(value, figure.decimals)
            missing = count - size
            because: Because | None = None
            if missing or text is None:
                because = "not_asked" if not asked else "missing" if missing else "undefined"
            whole = None if missing else text
            found.append(Cell(whole, text, count, missing, because, carried[place], assumed[place]))
        return found
