"""A backtest made into words, once for all forms."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Literal

from engine.bulk import UNKNOWN, Past, Sum, UnitPast, stretches
from reports._build import tidy
from reports._explanation import Label, Table
from reports._format import capital, listed, number
from reports._names import Names
from reports._page import Cell, Level, Page, Strip
from reports._words import backtest as words
from reports._words import questions
from reports.language import gettext as _
from reports.preview._shown import in_force_between, levels_of
from rules.model import Organisation

By = Literal["pdu", "region"]


@dataclass(frozen=True, slots=True)
class UnitStrip:
    """The weeks of one unit, to look at and in words."""

    name: str
    summary: str
    strip: Strip
    spoken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one region."""

    title: str
    units: tuple[UnitStrip, ...]


@dataclass(frozen=True, slots=True)
class BacktestPage(Page):
    """The words of a backtest, in the order of the page."""

    legend: str
    levels: tuple[Level, ...]
    regions_heading: str
    regions: Table
    groups: tuple[Group, ...]
    units: Table | None


class _Shown:
    """What statuses are called and how they look."""

    def __init__(self, past: Past, organisation: Organisation) -> None:
        self.organisation = organisation
        self.policies = list(reversed(in_force_between(past.framework.policies, past.first, past.last)))
        names = [Names({}, policy.version, organisation) for policy in self.policies]
        used: set[str | None] = {week for unit in past.units for week in unit.weeks}
        used |= {id_ for id_, size in past.total.days.items() if size}
        self.levels = levels_of(names, used)
        self.statuses = [id_ for id_ in self.levels if id_ is not None]
        self.stay: Callable[[str, int], str] = words.stay
        self.number: Callable[[int], str] = lambda size: number(str(size))
        self.regions = {region.id: region.name for region in organisation.regions}


def page(past: Past, organisation: Organisation, by: By) -> BacktestPage:
    """The words of a backtest. It decides nothing."""
    shown = _Shown(past, organisation)
    headline, *lead = _sentences(past, shown)
    made = BacktestPage(
        title=words.title(shown.policies[0].version.title),
        headline=headline,
        lead=tuple(lead),
        labels=tuple(_labels(past, shown)),
        about=tuple(_about(past, shown)),
        legend=words.legend(listed([f"{level.letter} {level.word}" for level in shown.levels.values()])),
        levels=tuple(shown.levels.values()),
        regions_heading=words.regions_heading(organisation.group.one),
        regions=_regions(past, shown),
        groups=tuple(_groups(past, shown)) if by == "pdu" else (),
        units=_units(past, shown) if by == "pdu" else None,
    )
    clean_: BacktestPage = tidy(made)
    return clean_


def narrow(past: Past, organisation: Organisation, by: By) -> Table:
    """The days at each status, by unit or by region, in as few letters as it takes."""
    shown = _Shown(past, organisation)
    if UNKNOWN in shown.levels:
        shown.levels[UNKNOWN] = replace(shown.levels[UNKNOWN], word=_(words.UNKNOWN_SHORT))
    shown.stay, shown.number = words.short_stay, str
    return _units(past, shown) if by == "pdu" else _regions(past, shown)


def _sentences(past: Past, shown: _Shown) -> Iterator[str]:
    unit, total = shown.organisation.unit, past.total
    units = questions.units(len(past.units), unit.one, unit.many)
    if not total.judged:
        yield words.nothing(units)
        return
    shares = [words.share(shown.levels[id_].word, total.share(id_) or "0.0") for id_ in shown.statuses]
    yield words.headline(units, shares)
    if total.longest is not None:
        stay = total.longest
        yield words.longest(stay.pdu.name, shown.levels[stay.status].word, stay.days)
    most = max(past.units, key=lambda one: one.sum.flips)
    yield words.flips(total.flips, most.pdu.name, most.sum.flips)
    least = max(past.units, key=lambda one: Fraction(one.sum.days[UNKNOWN], max(1, one.sum.judged)))
    yield words.indeterminate(total.days[UNKNOWN], least.pdu.name, least.sum.share(UNKNOWN) or "0.0")


def _labels(past: Past, shown: _Shown) -> Iterator[Label]:
    points = [point for policy in shown.policies for point in policy.version.trigger_points.values()]
    if any(point.basis != "published" for point in points):
        yield Label(*questions.illustrative())
    if past.synthetic:
        yield Label(*questions.synthetic(shown.organisation.unit.one))


def _about(past: Past, shown: _Shown) -> Iterator[str]:
    yield _(words.CALCULATED)
    yield questions.period(str(past.first), str(past.last), past.days)
    if past.version is not None:
        yield questions.version(past.version)
    names = [unit.pdu.name for unit in past.units if unit.pdu.id in past.checked.units]
    if names:
        yield words.checked(names, past.checked.days)


def _columns(first: str, shown: _Shown) -> tuple[str, ...]:
    return (
        first,
        *(shown.levels[id_].word for id_ in shown.statuses),
        _(words.FLIPS),
        _(words.LONGEST),
    )


def _cells(one: Sum, shown: _Shown) -> tuple[str, ...]:
    stay = one.longest
    told = words.MISSING if stay is None else shown.stay(shown.levels[stay.status].word, stay.days)
    return (*(shown.number(one.days[id_]) for id_ in shown.statuses), shown.number(one.flips), told)


def _regions(past: Past, shown: _Shown) -> Table:
    group = shown.organisation.group
    rows = [(shown.regions.get(one.region, one.region), *_cells(one.sum, shown)) for one in past.regions()]
    if len(rows) > 1:
        rows.append((questions.total(), *_cells(past.total, shown)))
    return Table(words.table(group.many), _columns(capital(group.one), shown), tuple(rows))


def _units(past: Past, shown: _Shown) -> Table:
    unit = shown.organisation.unit
    rows = tuple((one.pdu.name, *_cells(one.sum, shown)) for one in past.units)
    return Table(words.table(unit.many), _columns(capital(unit.one), shown), rows)


def _groups(past: Past, shown: _Shown) -> Iterator[Group]:
    """Units by region, in the order of the register."""
    order = {id_: place for place, id_ in enumerate(shown.regions)}
    units: Sequence[UnitPast] = sorted(
        past.units, key=lambda one: (order.get(one.pdu.region, len(order)), one.pdu.name, one.pdu.id)
    )
    for region, group in groupby(units, lambda one: one.pdu.region):
        yield Group(shown.regions.get(region, region), tuple(_strip(one, past.first, shown) for one in group))


def _strip(unit: UnitPast, first: datetime.date, shown: _Shown) -> UnitStrip:
    levels = [shown.levels[week] for week in unit.weeks]
    shares = [
        words.share(shown.levels[id_].word, unit.sum.share(id_) or "0.0")
        for id_ in shown.statuses
        if unit.sum.days[id_]
    ]
    spoken = tuple(
        words.stretch(shown.levels[status].word, str(begins), size)
        for begins, status, size in stretches(unit, first)
    )
    strip = Strip(first, [Cell(level, level) for level in levels])
    return UnitStrip(unit.pdu.name, words.summary(shares) if shares else "", strip, spoken)
