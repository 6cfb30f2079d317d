"""The tables of the page of a region as spreadsheets take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reports._explanation import Table
from reports._format import capital
from reports._words import areas as words
from reports._words import tables as columns
from rules.model import Organisation

if TYPE_CHECKING:
    from reports.pages._area import Count, Row


def tally_table(counts: Sequence[Count], organisation: Organisation) -> Table:
    """How many units have each status."""
    many = organisation.unit.many
    rows = tuple((one.status.word, str(one.number), str(one.width)) for one in counts)
    return Table(words.tally(many), (words.status(), capital(many), columns.percent(words.share())), rows)


def units_table(caption: str, shown: Iterable[Row], organisation: Organisation) -> Table:
    """Every unit that is shown, in the order in which it is."""
    heads = (
        columns.id_(),
        capital(organisation.unit.one),
        capital(organisation.group.one),
        words.status(),
        words.since(),
        words.review_by(),
    )
    rows = tuple(
        (
            row.id,
            row.name,
            row.region_name,
            "" if row.status is None else row.status.word,
            row.since or "",
            row.review_by or "",
        )
        for row in shown
    )
    return Table(caption, heads, rows)
