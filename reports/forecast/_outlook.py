"""The weeks ahead of one unit in words: what was found, the bars, the drawing, the tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from engine.forecast.values import INDETERMINATE, Forecast, Measure, percent
from reports._explanation import Data, Table
from reports._format import day, number
from reports._page import ruler
from reports._words import forecast as words
from reports._words import tables
from reports.forecast._assumed import assumptions
from reports.forecast._page import OutlookPage, StripBlock
from reports.forecast._plot import Drawing, drawn
from reports.forecast._shown import MILESTONES, Shown, better_count, measured, rows_of, worse_count
from reports.language import gettext as _
from rules.framework import Framework
from rules.model import Pdu

STRIP = 52
"""So many weeks stand side by side in a strip of bars."""
WORTH_TELLING = 1
"""Drivers that make less than so many points are told in the table only."""
_BETWEEN = 8  # a bar has eighths
_NO_RETURNS = "no_returns"


def outlook_page(
    pdu: Pdu,
    forecast: Forecast,
    framework: Framework,
    shown: Shown,
    *,
    under: bool = False,
    others: tuple[OutlookPage, ...] = (),
) -> OutlookPage:
    """The page of one unit under one version. With `under` the version is its name."""
    name = words.under(shown.version_title(forecast.version)) if under else pdu.name
    id_ = f"{pdu.id}-{framework.policies[0].version.version}".replace(".", "-") if under else pdu.id
    headline, *lead = _sentences(pdu, forecast, shown)
    nothing = _why_nothing(forecast)
    intro, drivers = ((), None) if nothing is not None else _drivers(forecast, shown)
    return OutlookPage(
        id=id_,
        name=name,
        headline=headline,
        lead=tuple(lead),
        strip=() if nothing is not None else tuple(_strip(forecast, shown)),
        drawing=None if nothing is not None else _drawing(pdu, forecast, shown),
        chances=None if nothing is not None else _chances(forecast, shown, range(1, len(forecast.weeks) + 1)),
        few=None if nothing is not None else _chances(forecast, shown, _some_weeks(forecast)),
        measures=_measures(forecast),
        drivers_intro=intro,
        drivers=drivers,
        assumptions=tuple(assumptions(forecast, shown)),
        others=others,
    )


def _why_nothing(forecast: Forecast) -> words.Nothing | None:
    """Why nothing can be told, where no future has a status."""
    if any(any(week.counts) for week in forecast.weeks):
        return None
    if any(one.code == _NO_RETURNS for one in forecast.assumptions):
        return "no_returns"
    return "no_version" if all(week.undecided for week in forecast.weeks) else "not_clear"


def _some_weeks(forecast: Forecast) -> list[int]:
    size = len(forecast.weeks)
    return [*(week for week in MILESTONES if week < size), size]


def _sentences(pdu: Pdu, forecast: Forecast, shown: Shown) -> Iterator[str]:
    """What was found, in one sentence, and what goes with it."""
    nothing = _why_nothing(forecast)
    if nothing is not None:
        yield words.nothing(pdu.name, nothing)
        return
    yield _finding(pdu, forecast, shown)
    if forecast.now == INDETERMINATE:
        standing = shown.status(forecast.standing) if forecast.standing in shown.levels else None
        yield words.not_known_now(pdu.name, standing)
    last = forecast.weeks[-1]
    parts = [
        words.at_end(level.word, str(percent(row[-1], forecast.futures)))
        for level, status, row in rows_of(forecast, shown)
        if row[-1] or status in forecast.statuses
    ]
    yield words.chances(str(last.day), parts)
    most = max(forecast.drivers, key=lambda one: one.points, default=None)
    if most is not None and most.points >= WORTH_TELLING and forecast.target is not None:
        status = shown.status(forecast.target.status)
        yield words.most_driven(most.kind, most.id, most.title, str(most.points), status, _is_only(forecast))


def _is_only(forecast: Forecast) -> bool:
    """Whether nothing is more severe than the target."""
    return forecast.target is not None and forecast.target.status == forecast.statuses[-1]


def _finding(pdu: Pdu, forecast: Forecast, shown: Shown) -> str:
    worse, better = forecast.first_worse, forecast.first_better
    if worse is not None and (better is None or worse <= better):
        week = _week(forecast, worse)
        following = forecast.statuses[forecast.statuses.index(str(forecast.standing)) + 1]
        chance = percent(worse_count(forecast, week - 1) or 0, forecast.futures)
        only = following == forecast.statuses[-1]
        return words.worse(pdu.name, shown.status(following), only, str(worse), str(chance), week)
    if better is not None:
        week = _week(forecast, better)
        chance = percent(better_count(forecast, week - 1) or 0, forecast.futures)
        return words.better(pdu.name, shown.status(forecast.standing), str(better), str(chance), week)
    last = len(forecast.weeks) - 1
    likeliest = forecast.likeliest(last)
    final = str(forecast.weeks[last].day)
    count = {status: row[-1] for _level, status, row in rows_of(forecast, shown)}.get(str(likeliest), 0)
    chance = percent(count, forecast.futures)
    if likeliest == forecast.standing and 2 * count > forecast.futures:
        return words.stays(pdu.name, shown.status(likeliest), final, str(chance))
    return words.open_(pdu.name, final, shown.status(likeliest), str(chance))


def _week(forecast: Forecast, asked: datetime.date) -> int:
    return next(place for place, week in enumerate(forecast.weeks, start=1) if week.day == asked)


def _bar(count: int, of: int) -> str:
    """A bar of up to eight eighths; what is possible at all is never without one."""
    if not count:
        return words.NO_CHANCE
    return words.BARS[max(1, (2 * _BETWEEN * count + of) // (2 * of)) - 1]


def _strip(forecast: Forecast, shown: Shown) -> Iterator[StripBlock]:
    """Bars for each status, the most severe on top."""
    rows = list(reversed(rows_of(forecast, shown)))
    for start in range(0, len(forecast.weeks), STRIP):
        days = [week.day for week in forecast.weeks[start : start + STRIP]]
        year, _space, months = ruler(days).partition(" ")
        bars = tuple(
            (level.word, "".join(_bar(count, forecast.futures) for count in row[start : start + STRIP]))
            for level, _status, row in rows
        )
        yield StripBlock(year, months, bars)


def _drawing(pdu: Pdu, forecast: Forecast, shown: Shown) -> Drawing:
    """The bands. They begin today, where there is a status today."""
    rows = rows_of(forecast, shown)
    days = [week.day for week in forecast.weeks]
    starts = forecast.now is not None and any(status == forecast.now for _level, status, _row in rows)
    if starts:
        days.insert(0, forecast.as_of)
    bands = []
    for level, status, row in rows:
        before = [forecast.futures if status == forecast.now else 0] if starts else []
        label = words.at_end(level.word, str(percent(row[-1], forecast.futures)))
        bands.append((level, label, [*before, *row]))
    summary = words.drawing(
        pdu.name, str(days[0]), str(days[-1]), [level.word for level, _status, _row in rows]
    )
    return drawn(days, bands, forecast.futures, words.strip_caption(pdu.name), summary)


def _chances(forecast: Forecast, shown: Shown, weeks: Sequence[int]) -> Table:
    rows = rows_of(forecast, shown)
    heads = words.Columns()
    columns = (heads.week, heads.day, *(level.word for level, _status, _row in rows))
    told = tuple(
        (
            str(week),
            day(str(forecast.weeks[week - 1].day)),
            *(shown.percent(row[week - 1], forecast.futures) for _level, _status, row in rows),
        )
        for week in weeks
    )
    plain = tuple(
        (
            str(week),
            str(forecast.weeks[week - 1].day),
            *(str(percent(row[week - 1], forecast.futures)) for _level, _status, row in rows),
        )
        for week in weeks
    )
    data = Data((*columns[:2], *map(tables.percent, columns[2:])), plain)
    return Table(words.Headings().table_caption, columns, told, data)


def _measures(forecast: Forecast) -> Table | None:
    """Each measure now, and where it may be after some weeks."""
    weeks = [
        week for week in _some_weeks(forecast) if week >= MILESTONES[2] or len(forecast.weeks) < week * 2
    ]
    rows, plain = [], []
    for measure in forecast.measures:
        if not any(measure.weeks):
            continue
        plain.append(tuple(_plain_measure(measure, weeks)))
        cells = [measured(measure.now, measure.unit, measure.decimals) if measure.now is not None else "–"]
        for week in weeks:
            found = measure.weeks[week - 1]
            if found is None:
                cells.append("–")
                continue
            middle = measured(found.middle, measure.unit, measure.decimals)
            low, high = (number(f"{value:.{measure.decimals}f}") for value in (found.low, found.high))
            cells.append(words.range_cell(middle, low, high))
        rows.append((measure.title, *cells))
    if not rows:
        return None
    heads = words.Columns()
    columns = (heads.measure, heads.now, *(words.week_column(week) for week in weeks))
    several = (named(tables.ahead(week)) for week in weeks for named in (str, tables.low, tables.high))
    data = Data((heads.measure, tables.unit(), heads.now, *several), tuple(plain))
    return Table(words.Headings().measures_caption, columns, tuple(rows), data)


def _plain_measure(measure: Measure, weeks: Sequence[int]) -> Iterator[str]:
    """A measure for a spreadsheet: its title, its unit, its value now, and three numbers for each week."""
    yield measure.title
    yield measure.unit
    yield "" if measure.now is None else f"{measure.now:.{measure.decimals}f}"
    for week in weeks:
        found = measure.weeks[week - 1]
        numbers = (None, None, None) if found is None else (found.middle, found.low, found.high)
        yield from ("" if one is None else f"{one:.{measure.decimals}f}" for one in numbers)


def _drivers(forecast: Forecast, shown: Shown) -> tuple[tuple[str, ...], Table | None]:
    """What makes the target more or less likely, the strongest first."""
    target = forecast.target
    if target is None:
        return (), None
    told = sorted(
        (one for one in forecast.drivers if one.with_it != one.without),
        key=lambda one: (-abs(one.points), one.kind, one.id),
    )
    chance = str(percent(target.count, target.of))
    intro = words.target(shown.status(target.status), _is_only(forecast), str(forecast.weeks[-1].day), chance)
    if not told:
        return (intro, _(words.NO_DRIVERS)), None
    rows = tuple(
        (
            words.driver(one.kind, one.id, one.title),
            shown.percent(one.with_it, one.of),
            shown.percent(one.without, one.of),
            words.points(str(one.points)),
        )
        for one in told
    )
    plain = tuple(
        (row[0], str(percent(one.with_it, one.of)), str(percent(one.without, one.of)), str(one.points))
        for row, one in zip(rows, told, strict=True)
    )
    what, *shares, makes = columns = words.Columns().drivers
    data = Data((what, *map(tables.percent, shares), tables.points(makes)), plain)
    table = Table(words.Headings().drivers_caption, columns, rows, data)
    return (intro, words.drivers_note(told[0].of, forecast.futures)), table
