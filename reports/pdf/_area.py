"""The statuses of a region or of the whole country on a day, as PDF."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports._colours import pair
from reports._format import capital, day
from reports._words import pdf as words
from reports.pdf._compile import compiled
from rules.model import Organisation

if TYPE_CHECKING:
    from reports.pages import Area, Shown


def area_pdf(area: Area, organisation: Organisation) -> bytes:
    """The summary of a region or the country as PDF: the same as the page says, with every unit in a table."""
    unit, units = organisation.unit.one, organisation.unit.many
    heads = (unit, *(() if area.id else (capital(organisation.group.one),)))
    data = {
        "title": words.title(area.name, day(area.day)),
        "headline": area.headline,
        "counts": {
            "caption": None,
            "columns": words.counts_columns(units),
            "rows": [(_status(one.status), str(one.number), words.share(one.width)) for one in area.counts],
        },
        "changes": [
            words.change(one.name, one.before.word, one.after.word, day(one.on)) for one in area.changes
        ],
        "reviews": [words.review(one.name, one.status.word, day(one.day)) for one in area.reviews],
        "outstayed": [words.outstayed(one.name, one.status.word, day(one.day)) for one in area.outstayed],
        "units": {
            "caption": None,
            "columns": [*heads, *words.units_columns()],
            "rows": [
                {
                    "names": [row.name, *(() if area.id else (row.region_name,))],
                    "status": None if row.status is None else _status(row.status),
                    "days": ["" if one is None else day(one) for one in (row.since, row.review_by)],
                    "past": [
                        {"x": piece.x, "width": piece.width, **_status(piece.status), "letter": piece.letter}
                        for piece in row.pieces
                    ],
                    "summary": words.past(row.summary, [piece.status.word for piece in row.pieces]),
                }
                for row in area.rows
            ],
        },
        "strip": [area.strip_width, area.strip_height],
        "headings": words.area_headings() | {"units": area.shown},
    }
    return compiled("area", data, datetime.date.fromisoformat(area.day))


def _status(shown: Shown) -> Mapping[str, Any]:
    return {"letter": shown.letter, "word": shown.word, "colour": pair(shown.style)}
