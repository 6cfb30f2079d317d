"""The page that says how good forecasts have been for the units of a region."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forecast.values import Score
from reports._words import forecast as forecast_words
from reports._words import past as words
from reports.forecast import ScorePage, score_alone
from rules.model import Organisation, Region, Version


@dataclass(frozen=True, slots=True)
class PastPage:
    """What forecasts that would have been made on earlier days come to, held against what came."""

    id: str
    name: str
    title: str
    covers: tuple[str, ...]
    score: ScorePage
    about_score: str
    about_coverage: str


def past_page(
    score: Score | None,
    region: Region,
    version: Version,
    organisation: Organisation,
    *,
    futures: int,
    most: int,
    apart: int,
) -> PastPage:
    """The page of a region. `most` days are tried, so many weeks `apart`, with so many `futures` for each forecast."""
    notes = forecast_words.Notes()
    many = organisation.unit.many
    return PastPage(
        id=region.id,
        name=region.name,
        title=words.title(region.name),
        covers=(words.covers(region.name, many, futures), words.newest(most, apart)),
        score=score_alone(score, version, organisation),
        about_score=notes.score,
        about_coverage=notes.coverage,
    )
