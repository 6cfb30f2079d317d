"""How good such forecasts have been, in words and tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.forecast.values import Score, percent
from reports._build import tidy
from reports._explanation import Data, Table
from reports._format import number, quantity
from reports._words import forecast as forecast_words
from reports._words import forecast_score as words
from reports._words import tables
from reports.forecast._page import ScorePage
from reports.forecast._shown import Shown
from reports.language import gettext as _
from rules.model import Organisation, Version


def score_page(score: Score | None, asked: bool, shown: Shown, one: str, many: str) -> ScorePage:
    """The words for a score; where there is none, why."""
    if score is None or not any(horizon.cases for horizon in score.horizons):
        return ScorePage((_(words.NO_PAST) if asked else _(words.NOT_SCORED),), None, None, None)
    return ScorePage(
        tuple(_sentences(score, one, many)),
        _table(score),
        _coverage(score, shown),
        _bins(score),
    )


def score_alone(score: Score | None, version: Version, organisation: Organisation) -> ScorePage:
    """The words for a score that stands without a forecast, with the names of a version."""
    unit, shown = organisation.unit, Shown.of(version, organisation)
    made: ScorePage = tidy(score_page(score, True, shown, unit.one, unit.many))
    return made


def _sentences(score: Score, one: str, many: str) -> Iterator[str]:
    tried = [horizon for horizon in score.horizons if horizon.cases]
    units = one if score.units == 1 else many
    yield words.scored(len(score.origins), score.units, units, str(score.origins[0]), str(score.origins[-1]))
    better = [horizon.weeks for horizon in tried if horizon.beats_persistence]
    worse = [horizon.weeks for horizon in tried if not horizon.beats_persistence]
    lines = [horizon.weeks for horizon in tried if not horizon.beats_trend]
    if better:
        yield words.beaten(better)
    if worse:
        yield words.not_beaten(worse)
    if lines:
        yield words.trend_not_beaten(lines)
    if score.synthetic:
        yield _(words.SYNTHETIC)


def _table(score: Score) -> Table:
    rows = tuple(
        (
            str(horizon.weeks),
            number(str(horizon.cases)),
            str(horizon.forecast),
            str(horizon.persistence),
            str(horizon.trend),
            words.better(horizon.beats_persistence),
        )
        for horizon in score.horizons
    )
    columns = forecast_words.Columns().horizon
    plain = tuple(
        (str(horizon.weeks), str(horizon.cases), *row[2:])
        for horizon, row in zip(score.horizons, rows, strict=True)
    )
    return Table(forecast_words.Headings().score_caption, columns, rows, Data(columns, plain))


def _coverage(score: Score, shown: Shown) -> Table | None:
    given = [
        (shown.figures([measure]), str(horizon.weeks), found)
        for horizon in score.horizons
        for measure, found in sorted(horizon.coverage.items())
        if found.cases
    ]
    if not given:
        return None
    columns = forecast_words.Columns().coverage
    rows = tuple((*head, number(str(found.cases)), _percent(found.percent)) for *head, found in given)
    plain = tuple((*head, str(found.cases), str(found.percent)) for *head, found in given)
    data = Data((*columns[:-1], tables.percent(columns[-1])), plain)
    return Table(forecast_words.Headings().coverage_caption, columns, rows, data)


def _bins(score: Score) -> Table | None:
    given = [(horizon.weeks, one) for horizon in score.horizons for one in horizon.reliability if one.cases]
    if not given:
        return None
    rows = tuple(
        (
            str(weeks),
            forecast_words.bin_cell(one.low, one.high),
            number(str(one.cases)),
            _percent(one.mean),
            _percent(percent(one.happened, one.cases)),
        )
        for weeks, one in given
    )
    plain = tuple(
        tuple(map(str, (weeks, one.low, one.high, one.cases, one.mean, percent(one.happened, one.cases))))
        for weeks, one in given
    )
    columns = forecast_words.Columns().bins
    weeks_column, chance, cases, *shares = columns
    heads = (weeks_column, tables.low(chance), tables.high(chance), cases, *map(tables.percent, shares))
    return Table(forecast_words.Headings().bins_caption, columns, rows, Data(heads, plain))


def _percent(share: Decimal) -> str:
    return quantity(str(share), "percent")
