"""Figures of many units made into words and tables, once for all forms. Nothing is worked out here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.insights import Cell, Insights, Row, ViewTold
from reports._build import tidy
from reports._explanation import Label, Table
from reports._format import capital, day, number
from reports._page import Page
from reports._words import insights as words
from reports._words import questions
from reports.insights._plot import Plot, Series, plotted
from reports.insights._strip import strip
from reports.language import gettext as _
from rules.framework import Framework
from rules.model import Organisation
from rules.views import FigureOfView

MOST_NAMED = 12
"""So many units that are missing are named; JSON has all of them."""
MOST_LINES = 12
"""Of more groups a drawing shows only what all of them come to."""


@dataclass(frozen=True, slots=True)
class Section:
    """One view."""

    id: str
    title: str
    note: str
    table: Table
    sentences: tuple[str, ...]
    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True)
class InsightsPage(Page):
    """The words of a question, in the order of the page."""

    sections: tuple[Section, ...]


class _Shown:
    """What units, members and days are called."""

    def __init__(self, found: Insights, organisation: Organisation, framework: Framework) -> None:
        self.found, self.organisation = found, organisation
        self.units = {one.id: one.name for one in organisation.pdus}
        self.regions = {one.id: one.name for one in organisation.regions}
        self.members: dict[str, str] = {}
        for policy in framework.policies:
            for members in policy.version.lists.values():
                self.members.update(members)
        self.weekly = len(found.days) > 1

    def place(self, row: Row, told: ViewTold) -> tuple[str, ...]:
        """What a row is about, in the columns of `columns`."""
        cells = []
        if "pdu" in told.by:
            cells.append(self.units.get(row.pdu or "", row.pdu or ""))
        elif "region" in told.by:
            cells.append(self.regions.get(row.region or "", row.region or ""))
        if "tag" in told.by:
            cells.append(row.tag or _(words.NO_TAG))
        if told.list_id is not None:
            cells.append(self.members.get(row.member or "", row.member or ""))
        if self.by_days(told):
            cells.insert(0, day(row.day))
        return tuple(cells)

    def columns(self, told: ViewTold) -> tuple[str, ...]:
        """The columns that say what a row is about."""
        found = []
        if "pdu" in told.by:
            found.append(capital(self.organisation.unit.one))
        elif "region" in told.by:
            found.append(capital(self.organisation.group.one))
        if "tag" in told.by:
            found.append(_(words.TAG))
        if told.list_id is not None:
            found.append(capital(told.list_id))
        return (_(words.DAY), *found) if self.by_days(told) else tuple(found)

    def by_days(self, told: ViewTold) -> bool:
        """Whether each day has rows of its own: where nothing but days is split by."""
        return self.weekly and not {"pdu", "region", "tag"} & set(told.by) and told.list_id is None


def page(found: Insights, organisation: Organisation, framework: Framework) -> InsightsPage:
    """The words of a question. It decides nothing."""
    shown = _Shown(found, organisation, framework)
    first, last, unit = found.days[0].isoformat(), found.days[-1].isoformat(), organisation.unit
    made = InsightsPage(
        title=words.title(last),
        headline=words.headline(
            len(found.views), found.units, unit.one, unit.many, first, last, len(found.days)
        ),
        lead=(),
        labels=tuple(_labels(found, organisation)),
        about=tuple(_about(found, shown)),
        sections=tuple(_section(told, shown) for told in found.views),
    )
    clean: InsightsPage = tidy(made)
    return clean


def _labels(found: Insights, organisation: Organisation) -> Iterator[Label]:
    if found.synthetic:
        yield Label(*questions.synthetic(organisation.unit.one))
    for told in found.views:
        if told.view.basis == "illustrative":
            yield Label(*words.illustrative(told.view.title))


def _about(found: Insights, shown: _Shown) -> Iterator[str]:
    yield _(words.SUMS)
    if any(cell.missing and cell.of_known is not None for cell in _cells(found)):
        yield _(words.BRACKETS)
    if any(cell.of_known is None for cell in _cells(found)):
        yield _(words.DASH)
    if shown.weekly and not all(shown.by_days(told) for told in found.views):
        yield _(words.BARS)
    if any("tag" in told.by for told in found.views):
        yield _(words.TAGS_OVERLAP)


def _cells(found: Insights) -> Iterator[Cell]:
    """Every figure that is told, those that rows are held against among them."""
    for told in found.views:
        for row in told.rows:
            for cells in (row.cells, *row.against):
                yield from cells or ()


def _section(told: ViewTold, shown: _Shown) -> Section:
    plots = _plots(told, shown) if shown.weekly else ()
    return Section(
        told.view.id,
        told.view.title,
        told.view.note or "",
        _table(told, shown),
        tuple(_sentences(told, shown)),
        tuple(plots),
    )


def _sentences(told: ViewTold, shown: _Shown) -> Iterator[str]:
    for figure in told.figures:
        if figure.note is not None:
            yield f"{figure.title}: {figure.note}"
    if told.not_split:
        titles = {one.id: one.title for one in told.view.figures}
        inputs = list(dict.fromkeys(name for one in told.not_split for name in one.inputs))
        yield words.not_split([titles[one.figure] for one in told.not_split], told.list_id or "", inputs)
    if not told.rows and told.figures:
        yield _(words.NOBODY)
    last, unit = shown.found.days[-1], shown.organisation.unit
    cells = [cell for row in told.rows if row.day == last for cell in row.cells]
    yield from words.estimated(
        max((cell.carried for cell in cells), default=0),
        max((cell.assumed for cell in cells), default=0),
        unit.one,
        unit.many,
    )
    if told.lacking:
        named = [
            words.lacks(shown.units[one.pdu], one.because, list(one.inputs))
            for one in told.lacking[:MOST_NAMED]
        ]
        yield words.lacking(last.isoformat(), named, len(told.lacking) - len(named))


def _table(told: ViewTold, shown: _Shown) -> Table:
    """A row for each group; its course in the same row where it has one."""
    lines: list[tuple[tuple[str, ...], list[Row]]] = []
    if shown.by_days(told):
        lines = [(shown.place(row, told), [row]) for row in told.rows]
    else:
        for block in _blocks(told):
            courses: dict[tuple[str | None, ...], list[Row]] = {}
            for row in block:
                courses.setdefault((row.region, row.pdu, row.tag, row.member), []).append(row)
            lines += [(shown.place(course[0], told), course) for course in courses.values()]
            lines += _wider(block, told, shown, whole=False)
        lines += _wider(told.rows, told, shown, whole=True)
    body = [(place, *_course(told, course, shown)) for place, course in lines]
    any_missing = any(missing for _place, _cells, missing in body)
    columns = [*shown.columns(told), *(words.column(one.title, one.unit) for one in told.figures)]
    rows = [(*place, *cells, *((missing,) if any_missing else ())) for place, cells, missing in body]
    return Table(told.view.title, (*columns, *((_(words.MISSING),) if any_missing else ())), tuple(rows))


def _blocks(told: ViewTold) -> Iterator[Sequence[Row]]:
    """The rows of each region, where units are told of; else all rows."""
    if "pdu" not in told.by:
        yield told.rows
        return
    found: dict[str | None, list[Row]] = {}
    for row in told.rows:
        found.setdefault(row.region, []).append(row)
    yield from found.values()


def _wider(
    rows: Sequence[Row], told: ViewTold, shown: _Shown, *, whole: bool
) -> list[tuple[tuple[str, ...], list[Row]]]:
    """What rows are held against, as rows of their own: their region, or all units. A row for each member."""
    found: dict[str | None, dict[object, Row]] = {}
    for row in rows:
        cells = row.against.country if whole else row.against.region
        if cells is not None:
            found.setdefault(row.member, {}).setdefault(row.day, row._replace(cells=cells))
    if not whole and "pdu" not in told.by:
        return []
    lines = []
    for member, by_day in found.items():
        first = next(iter(by_day.values()))
        name = words.everyone(shown.organisation.unit.many)
        if not whole:
            name = words.whole_region(shown.regions.get(first.region or "", first.region or ""))
        place = [name, *[""] * (len(shown.columns(told)) - 1)]
        if told.list_id is not None:
            place[-1] = shown.members.get(member or "", member or "") if len(place) > 1 else place[-1]
        lines.append((tuple(place), [by_day[one] for one in sorted(by_day, key=str)]))
    return lines


def _course(told: ViewTold, course: Sequence[Row], shown: _Shown) -> tuple[tuple[str, ...], str]:
    """The figures of a row on its last day, each with its course before; and how many units are missing."""
    last = course[-1]
    cells = []
    for place, cell in enumerate(last.cells):
        text = cell_text(cell)
        if shown.weekly and not shown.by_days(told):
            by_day = {row.day: row.cells[place].of_known for row in course}
            text = f"{text} {strip([by_day.get(one) for one in shown.found.days])}"
        cells.append(text)
    worst = max(last.cells, key=lambda cell: cell.missing)
    return tuple(cells), words.missing(worst.missing, worst.units)


def cell_text(cell: Cell) -> str:
    """A figure as it stands in a table."""
    if cell.value is not None:
        return number(cell.value)
    return words.UNKNOWN if cell.of_known is None else f"({number(cell.of_known)})"


def _plots(told: ViewTold, shown: _Shown) -> Iterator[Plot]:
    courses: dict[tuple[str | None, ...], dict[object, Row]] = {}
    for row in told.rows:
        courses.setdefault((row.region, row.pdu, row.tag, row.member), {})[row.day] = row
    days = shown.found.days
    for place, figure in enumerate(told.figures):
        series = []
        for by_day in courses.values():
            name = ", ".join(shown.place(next(iter(by_day.values())), told)) or figure.title
            texts = [by_day[one].cells[place].of_known if one in by_day else None for one in days]
            series.append(Series(name, tuple(texts), heavy=False))
        country = _country(told, place, days)
        if len(courses) == 1:
            series = [Series(shown.organisation.unit.many, series[0].texts, heavy=True)]
        elif country is not None and not (len(series) <= MOST_LINES and _dwarfs(country, series)):
            name = words.everyone(shown.organisation.unit.many)
            series = [*(series if len(series) <= MOST_LINES else ()), Series(name, country, heavy=True)]
        elif len(series) > MOST_LINES:
            continue
        yield _plot(figure, series, shown)


def _dwarfs(country: Sequence[str | None], series: Sequence[Series]) -> bool:
    """Whether the line of all units would press all others flat: it is a sum of theirs, and no rate."""
    largest = max((abs(Decimal(text)) for one in series for text in one.texts if text is not None), default=0)
    return all(abs(Decimal(text)) > 2 * largest for text in country if text is not None)


def _country(told: ViewTold, place: int, days: Sequence[object]) -> tuple[str | None, ...] | None:
    """What all units come to, where that is one figure a day."""
    found: dict[object, str | None] = {}
    if told.list_id is not None:
        return None
    for row in told.rows:
        if row.against.country is None:
            return None
        found[row.day] = row.against.country[place].of_known
    return tuple(found.get(one) for one in days)


def _plot(figure: FigureOfView, series: Sequence[Series], shown: _Shown) -> Plot:
    title = words.column(figure.title, figure.unit)
    both = len({one.heavy for one in series}) > 1
    summary = words.plot(figure.title, shown.organisation.unit.many, both)
    return plotted(title, summary, shown.found.days, series, figure.decimals)
