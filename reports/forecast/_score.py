"""How good such forecasts have been, in words and tables."""

from __future__ import annotations

from collections.abc import Iterator

from engine.forecast.values import Score, percent
from reports._explanation import Table
from reports._format import number
from reports._words import forecast as words
from reports.forecast._page import ScorePage
from reports.forecast._shown import Shown


def score_page(score: Score | None, asked: bool, shown: Shown, one: str, many: str) -> ScorePage:
    """The words for a score; where there is none, why."""
    if score is None or not any(horizon.cases for horizon in score.horizons):
        return ScorePage((words.NO_PAST if asked else words.NOT_SCORED,), None, None, None)
    return ScorePage(
        tuple(_sentences(score, one, many)),
        _table(score),
        _coverage(score, shown),
        _bins(score),
    )


def _sentences(score: Score, one: str, many: str) -> Iterator[str]:
    tried = [horizon for horizon in score.horizons if horizon.cases]
    units = one if score.units == 1 else many
    yield words.scored(len(score.origins), score.units, units, str(score.origins[0]), str(score.origins[-1]))
    better = [words.horizon(horizon.weeks) for horizon in tried if horizon.beats_persistence]
    worse = [words.horizon(horizon.weeks) for horizon in tried if not horizon.beats_persistence]
    lines = [words.horizon(horizon.weeks) for horizon in tried if not horizon.beats_trend]
    if better:
        yield words.beaten(better)
    if worse:
        yield words.not_beaten(worse)
    if lines:
        yield words.trend_not_beaten(lines)
    if score.synthetic:
        yield words.score_synthetic()


def _table(score: Score) -> Table:
    rows = tuple(
        (
            str(horizon.weeks),
            number(str(horizon.cases)),
            str(horizon.forecast),
            str(horizon.persistence),
            str(horizon.trend),
            words.YES if horizon.beats_persistence else words.NO,
        )
        for horizon in score.horizons
    )
    return Table(words.Headings.score_caption, words.HORIZON_COLUMNS, rows)


def _coverage(score: Score, shown: Shown) -> Table | None:
    rows = tuple(
        (shown.figures([measure]), str(horizon.weeks), number(str(found.cases)), f"{found.percent}%")
        for horizon in score.horizons
        for measure, found in sorted(horizon.coverage.items())
        if found.cases
    )
    return Table(words.Headings.coverage_caption, words.COVERAGE_COLUMNS, rows) if rows else None


def _bins(score: Score) -> Table | None:
    rows = tuple(
        (
            str(horizon.weeks),
            f"{one.low}% to {one.high}%",
            number(str(one.cases)),
            f"{one.mean}%",
            f"{percent(one.happened, one.cases)}%",
        )
        for horizon in score.horizons
        for one in horizon.reliability
        if one.cases
    )
    return Table(words.Headings.bins_caption, words.BINS_COLUMNS, rows) if rows else None
