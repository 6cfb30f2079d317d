"""Two versions compared, as PDF."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

from reports._words import compare as words
from reports._words import impact as impact_words
from reports._words import pdf as own_words
from reports.pdf._compile import compiled

if TYPE_CHECKING:
    from reports.compare import ComparisonPage


def comparison_pdf(comparison: ComparisonPage, day: datetime.date) -> bytes:
    """A comparison as PDF. `day` is the one that the file bears.

    Why each unit differs first is left to the other forms: of a whole country it would fill many sheets.
    """
    shared, impact = words.Headings(), impact_words.Headings()
    headings = {
        "first": shared.first,
        "counts": shared.counts,
        "changes": shared.changes,
        "wording": shared.wording,
        "examples": shared.examples,
        "was": shared.was,
        "now": shared.now,
        "impact": impact.impact,
        "matrix": impact.matrix,
        "regions": impact.regions,
        "parts": impact.first,
        "days": impact.days,
        "activities": impact.activities,
        "hours": impact.hours,
        "reasons": own_words.reasons(),
        "no_activities": impact_words.no_activities(),
    }
    return compiled("comparison", {**dataclasses.asdict(comparison), "headings": headings}, day)
