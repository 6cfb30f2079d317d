"""The page of a region or of the whole country: how many units have each status, and every unit in a table."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from reports._explanation import Table
from reports._format import quantity
from reports._words import pages as words
from reports.language import gettext as _
from reports.pages._area_tables import tally_table, units_table
from reports.pages._owing import OwingPart
from reports.pages._parent import ParentPart
from reports.pages._shown import Shown, Statuses
from reports.pages._strip import Piece, Stay, strip
from rules.model import Organisation, Pdu, Version

SORTS: Final = ("name", "region", "status", "since", "review")
"""What the table can be sorted by."""
STRIP_WIDTH: Final = 200
STRIP_HEIGHT: Final = 18


class Row(NamedTuple):
    """A unit in the table. Days are ISO text."""

    id: str
    name: str
    region: str
    region_name: str
    status: Shown | None
    status_id: str | None
    since: str | None
    review_by: str | None
    summary: str
    pieces: tuple[Piece, ...]


class Count(NamedTuple):
    """How many units have a status, and how wide its bar is, of 100."""

    status_id: str
    status: Shown
    number: int
    width: int

    @property
    def share(self) -> str:
        """The width of the bar in words."""
        return quantity(str(self.width), "percent")


class Change(NamedTuple):
    """A unit whose status is new."""

    id: str
    name: str
    before: Shown
    after: Shown
    on: str


class Due(NamedTuple):
    """A unit that is due for something on a day."""

    id: str
    name: str
    status: Shown
    day: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How the table is wanted: by what it is sorted, which way, and which statuses it shows."""

    sort: str = "name"
    down: bool = False
    status: str = ""
    path: str = ""

    def link(self, sort: str) -> str:
        """The address of the same table sorted by something; a second time the other way round."""
        down = "&order=down" if sort == self.sort and not self.down else ""
        chosen = f"&status={self.status}" if self.status else ""
        return f"{self.path}?sort={sort}{down}{chosen}#units"

    def order(self, sort: str) -> str | None:
        """How a column is sorted, as ARIA says it."""
        return None if sort != self.sort else "descending" if self.down else "ascending"


@dataclass(frozen=True, slots=True)
class Area:
    """All that the page says."""

    id: str | None
    name: str
    day: str
    headline: str
    counts: tuple[Count, ...]
    rows: tuple[Row, ...]
    shown: str
    changes: tuple[Change, ...]
    reviews: tuple[Due, ...]
    outstayed: tuple[Due, ...]
    asked: Asked
    strip_from: str | None
    tally: Table
    units: Table
    strip_width: int = STRIP_WIDTH
    strip_height: int = STRIP_HEIGHT
    owing: OwingPart | None = None
    """Who owes a return; None where no version is in force, so that none is due."""
    parent: ParentPart | None = None
    """The status of the region, or of the country, itself; None where it has none."""
    fault: str | None = None
    """That it has one which cannot be worked out now."""


def area_page(
    version: Version,
    organisation: Organisation,
    region: str | None,
    units: Iterable[Pdu],
    told: Mapping[str, Mapping[str, Any]],
    stays: Mapping[str, Sequence[Stay]],
    day: datetime.date,
    asked: Asked,
) -> Area:
    """The page of a region, or of all. `told` has each unit's short answer, `stays` its past, by its id."""
    statuses = Statuses(version, organisation)
    names = {one.id: one.name for one in organisation.regions}
    rows = [_row(unit, names, told.get(unit.id), stays.get(unit.id, ()), statuses) for unit in units]
    ranks = {status: place for place, status in enumerate(version.status_ids)}
    counts = _counts(rows, statuses, [*ranks, *{row.status_id: None for row in rows if row.status_id}])
    shown = [row for row in rows if asked.status in ("", row.status_id)]
    shown.sort(key=lambda row: row.name.casefold())
    shown.sort(key=_key(asked.sort, ranks), reverse=asked.down)
    name = names[region] if region is not None else _(words.EVERYWHERE)
    first = min((own[0].first for own in stays.values() if own), default=None)
    listed = words.rows_shown(len(shown), len(rows), organisation.unit.many)
    return Area(
        id=region,
        name=name,
        day=day.isoformat(),
        headline=words.area_headline(counts, organisation.unit.one, organisation.unit.many),
        counts=counts,
        rows=tuple(shown),
        shown=listed,
        changes=tuple(_changes(rows, stays, statuses, day)),
        reviews=_due(rows, day),
        outstayed=_outstayed(version, rows, day),
        asked=asked,
        strip_from=first,
        tally=tally_table(counts, organisation),
        units=units_table(listed, shown, organisation),
    )


def _row(
    unit: Pdu,
    regions: Mapping[str, str],
    told: Mapping[str, Any] | None,
    stays: Sequence[Stay],
    statuses: Statuses,
) -> Row:
    drawn = strip(stays, statuses, width=STRIP_WIDTH)
    status = None if told is None else told["status"]
    return Row(
        unit.id,
        unit.name,
        unit.region,
        regions[unit.region],
        None if status is None else statuses[status],
        status,
        None if told is None else told["since"],
        None if told is None else told["review_by"],
        "" if drawn is None else words.past(unit.name, [(one.status, one.first) for one in stays]),
        () if drawn is None else drawn.pieces,
    )


def _counts(rows: Sequence[Row], statuses: Statuses, order: Iterable[str]) -> tuple[Count, ...]:
    found = []
    for status in dict.fromkeys(order):
        number = sum(row.status_id == status for row in rows)
        found.append(Count(status, statuses[status], number, 100 * number // max(len(rows), 1)))
    return tuple(found)


def _key(sort: str, ranks: Mapping[str, int]) -> Callable[[Row], Any]:
    keys: dict[str, Callable[[Row], Any]] = {
        "name": lambda row: row.name.casefold(),
        "region": lambda row: row.region_name.casefold(),
        "status": lambda row: ranks.get(row.status_id or "", len(ranks)),
        "since": lambda row: row.since or "",
        "review": lambda row: row.review_by or "9999",
    }
    return keys[sort]


def _changes(
    rows: Sequence[Row], stays: Mapping[str, Sequence[Stay]], statuses: Statuses, day: datetime.date
) -> Iterable[Change]:
    """The units whose status began within the last seven days, newest first."""
    since = (day - datetime.timedelta(6)).isoformat()
    found = [
        Change(row.id, row.name, statuses[own[-2].status], statuses[own[-1].status], own[-1].first)
        for row in rows
        if len(own := stays.get(row.id, ())) > 1 and own[-1].first >= since
    ]
    return sorted(found, key=lambda change: change.on, reverse=True)


def _due(rows: Sequence[Row], day: datetime.date) -> tuple[Due, ...]:
    """The reviews that fall due within seven days."""
    until = (day + datetime.timedelta(7)).isoformat()
    found = [
        Due(row.id, row.name, row.status, row.review_by)
        for row in rows
        if row.status is not None and row.review_by is not None and row.review_by <= until
    ]
    return tuple(sorted(found, key=lambda due: (due.day, due.name)))


def _outstayed(version: Version, rows: Sequence[Row], day: datetime.date) -> tuple[Due, ...]:
    """The units whose status has lasted longer than the framework expects."""
    limits = {status.id: status.outstays_after for status in version.statuses}
    found = []
    for row in rows:
        limit = limits.get(row.status_id or "")
        if limit is not None and row.since is not None and row.status is not None:
            ends = datetime.date.fromisoformat(row.since) + datetime.timedelta(limit)
            if ends <= day:
                found.append(Due(row.id, row.name, row.status, row.since))
    return tuple(sorted(found, key=lambda due: (due.day, due.name)))
