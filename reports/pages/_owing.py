"""What the page of a region says of returns that have not come: a table to act on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from engine.owing import KINDS, Owed, Owing
from reports._explanation import Table
from reports._format import capital
from reports._words import areas as words
from reports._words import tables as columns
from reports.language import gettext as _
from reports.owing import SHORT
from rules.model import Organisation, Region


class Entry(NamedTuple):
    """A unit that owes a return, what it owes, and whom to ask."""

    id: str
    name: str
    region: str
    region_name: str
    what: str
    more: str
    contact: str


@dataclass(frozen=True, slots=True)
class OwingPart:
    """The units that owe a return, the most pressing first. `contacts` tells whether it is known whom to ask."""

    summary: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    contacts: bool
    table: Table


def owing_part(found: Owing, region: str | None, organisation: Organisation) -> OwingPart:
    """The part of the page of a region, or of the country without one."""
    groups = [(one, owed) for one, owed in found.regions if region in (None, one.id)]
    owing = sorted(((group, one) for group, owed in groups for one in owed), key=_order)
    whole = sum(one.exists_on(found.as_of) and region in (None, one.region) for one in organisation.pdus)
    summary = words.nothing_owed()
    if owing:
        size = len({one.pdu.id for _group, one in owing})
        summary = words.owed(size, whole, organisation.unit.one, organisation.unit.many)
    entries = tuple(_entry(*one) for one in owing)
    group = () if region is not None else (capital(organisation.group.one),)
    contact = (columns.contact(),) if any(one.contact for one in entries) else ()
    heads = (capital(organisation.unit.one), *group, columns.kind(), columns.more(), *contact)
    return OwingPart(summary, heads, entries, bool(contact), _table(summary, owing, organisation))


def _order(one: tuple[Region, Owed]) -> tuple[int, int, str]:
    owed = one[1]
    return KINDS.index(owed.kind), -(owed.days or 0), owed.pdu.name.casefold()


def _contact(group: Region, owed: Owed) -> str:
    return owed.pdu.contact or group.contact or ""


def _entry(group: Region, owed: Owed) -> Entry:
    pdu, what = owed.pdu, _(SHORT[owed.kind])
    return Entry(pdu.id, pdu.name, group.id, group.name, what, _more(owed), _contact(group, owed))


def _more(owed: Owed) -> str:
    if owed.newest is None:
        assert owed.due is not None, "a first return was due on some day"
        return words.missing(owed.due)
    assert owed.due is not None, "what is late was due"
    say = words.stale if owed.kind == "stale" else words.late
    return say(owed.due, owed.days or 0, owed.newest)


def _table(caption: str, owing: list[tuple[Region, Owed]], organisation: Organisation) -> Table:
    heads = (
        columns.id_(),
        capital(organisation.unit.one),
        capital(organisation.group.one),
        columns.kind(),
        columns.newest(),
        columns.due(),
        columns.days(),
        columns.contact(),
    )
    return Table(caption, heads, tuple(_rows(owing)))


def _rows(owing: list[tuple[Region, Owed]]) -> Iterator[tuple[str, ...]]:
    for group, one in owing:
        yield (
            one.pdu.id,
            one.pdu.name,
            group.name,
            _(SHORT[one.kind]),
            "" if one.newest is None else one.newest.isoformat(),
            "" if one.due is None else one.due.isoformat(),
            "" if one.days is None else str(one.days),
            _contact(group, one),
        )
