"""Forecasts made into words, once for all forms. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.forecast.values import Forecast, Score
from reports._build import tidy
from reports._explanation import Label, Table
from reports._format import capital, day
from reports._words import forecast as words
from reports._words import forecast_assumed, questions
from reports.forecast._outlook import outlook_page
from reports.forecast._page import ForecastPage, OutlookPage
from reports.forecast._score import score_page
from reports.forecast._shown import MILESTONES, Shown, worse_count
from reports.language import gettext as _
from rules.framework import Framework
from rules.model import Organisation, Pdu

MOST_WHOLE = 20
"""Of more units only the table is shown, unless it is asked for each."""


class Outlook(NamedTuple):
    """A unit with its forecasts: the first under what is in force, each further one under another version."""

    pdu: Pdu
    forecasts: tuple[tuple[Forecast, Framework], ...]

    @property
    def main(self) -> Forecast:
        """The forecast under the framework as it is."""
        return self.forecasts[0][0]


def page(
    outlooks: Sequence[Outlook],
    organisation: Organisation,
    score: Score | None,
    *,
    scored: bool,
    made_up: bool,
) -> ForecastPage:
    """The words of forecasts, in the order of the page.

    :param outlooks: one or more units, all forecast from the same day and over the same weeks.
    :param scored: whether it was asked how good forecasts have been; `score` is None where the past is too short.
    :param made_up: whether the pipeline says that it is synthetic.
    """
    shown = Shown([one for outlook in outlooks for one in outlook.forecasts], organisation)
    whole = outlooks if len(outlooks) <= MOST_WHOLE else ()
    pages = tuple(_with_others(one, shown) for one in whole)
    unit, main = organisation.unit, outlooks[0].main
    if len(outlooks) == 1:
        (only,) = pages
        name, headline, lead = only.name, only.headline, only.lead
    else:
        name = None
        headline, *rest = _of_several(outlooks, organisation)
        lead = tuple(rest)
    made = ForecastPage(
        title=words.title(name, len(outlooks), unit.many),
        headline=headline,
        lead=lead,
        labels=tuple(_labels(outlooks, shown, organisation, made_up)),
        about=tuple(_about(main, len(outlooks) > len(whole), unit.many)),
        levels=tuple(shown.levels.values()),
        units=_units(outlooks, shown, organisation) if len(outlooks) > 1 else None,
        outlooks=pages,
        score=score_page(score, scored, shown, unit.one, unit.many),
        note=_(words.PAGE_NOTE),
    )
    clean: ForecastPage = tidy(made)
    return clean


def _with_others(outlook: Outlook, shown: Shown) -> OutlookPage:
    (main, framework), *others = outlook.forecasts
    under = tuple(outlook_page(outlook.pdu, forecast, other, shown, under=True) for forecast, other in others)
    return outlook_page(outlook.pdu, main, framework, shown, others=under)


def _labels(
    outlooks: Sequence[Outlook], shown: Shown, organisation: Organisation, made_up: bool
) -> Iterator[Label]:
    points = [point for version in shown.versions for point in version.trigger_points.values()]
    if any(point.basis != "published" for point in points):
        yield Label(*questions.illustrative())
    if any(one.code == "synthetic" for outlook in outlooks for one in outlook.main.assumptions):
        yield Label(*questions.synthetic(organisation.unit.one))
    if made_up:
        yield Label(*forecast_assumed.synthetic_pipeline())


def _about(main: Forecast, shortened: bool, many: str) -> Iterator[str]:
    yield forecast_assumed.drawn(main.futures, main.seed, len(main.weeks), str(main.as_of))
    yield _(words.CALCULATED)
    if shortened:
        yield words.details_left_out(MOST_WHOLE, many)


def _of_several(outlooks: Sequence[Outlook], organisation: Organisation) -> Iterator[str]:
    """What was found of several units."""
    many, size = organisation.unit.many, len(outlooks)
    worse = sorted(
        (one.main.first_worse, one.pdu.name) for one in outlooks if one.main.first_worse is not None
    )
    better = [one for one in outlooks if one.main.first_better is not None]
    yield words.several(len(worse), size, many, str(outlooks[0].main.weeks[-1].day))
    if worse:
        yield words.first_of([words.from_day(name, str(first)) for first, name in worse[:3]])
    if better:
        yield words.better_of(len(better), size, many)


def _units(outlooks: Sequence[Outlook], shown: Shown, organisation: Organisation) -> Table:
    """A row for each unit: now, the chance of something more severe after some weeks, and the likeliest at the end."""
    size = len(outlooks[0].main.weeks)
    weeks = [one for one in MILESTONES[2:5] if one < size] + [size]
    heads = words.Columns()
    columns = (
        capital(organisation.unit.one),
        heads.now,
        *(words.week_column(one) for one in weeks),
        heads.likeliest,
        heads.first,
    )
    rows = []
    for outlook in outlooks:
        main = outlook.main
        worse = [worse_count(main, week - 1) for week in weeks]
        rows.append(
            (
                outlook.pdu.name,
                shown.status(main.now),
                *(shown.percent(count, main.futures) if count is not None else "–" for count in worse),
                shown.status(main.likeliest(size - 1)),
                day(str(main.first_worse)) if main.first_worse is not None else "–",
            )
        )
    return Table(words.Headings().units_caption, columns, tuple(rows))
