"""The page that says who had what recorded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from engine.ledger.deeds import Deed, Page
from reports._explanation import Table
from reports._format import clean
from reports._names import Names
from reports._words import record as words
from reports.language import gettext as _
from rules.model import Organisation, Version

_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did at one moment. `moment` is for programs: UTC, as it is recorded."""

    moment: str
    when: str
    who: str
    role: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """All that the page says. `before` is the moment from which older entries go on."""

    title: str
    lead: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    nothing: str
    older: str
    newest: str | None
    before: str | None
    table: Table
    """The same for spreadsheets: each with its moment as it is recorded."""


def record_page(page: Page, version: Version, organisation: Organisation, *, newest: bool) -> RecordPage:
    """The page. `newest` tells whether it begins with the newest entry."""
    told = _Told(version, organisation)
    entries = tuple(told.entry(deed) for deed in page.deeds)
    columns = tuple(map(_, words.COLUMNS))
    rows = tuple((one.moment, one.who, one.role, " ".join(one.what)) for one in entries)
    return RecordPage(
        _(words.TITLE),
        _(words.LEAD),
        columns,
        entries,
        _(words.NOTHING),
        _(words.OLDER),
        None if newest else _(words.NEWEST),
        page.before,
        Table(_(words.TITLE), columns, rows),
    )


class _Told:
    """Puts deeds into words."""

    def __init__(self, version: Version, organisation: Organisation) -> None:
        self._names = Names({}, version, organisation)
        self._many = organisation.unit.many
        self._units = {one.id: one.name for one in organisation.pdus}
        self._regions = {one.id: one.name for one in organisation.regions}

    def entry(self, deed: Deed) -> Entry:
        """One of them."""
        at = datetime.datetime.fromisoformat(deed.recorded_at).astimezone(_LONDON)
        by = deed.by
        return Entry(
            deed.recorded_at,
            words.moment(at.date().isoformat(), f"{at:%H:%M}"),
            clean(_who(by)),
            _(words.NO_ROLE) if by["role"] is None else self._role(by["role"]),
            tuple(clean(one) for one in self._what(deed)),
        )

    def _what(self, deed: Deed) -> Iterator[str]:
        if deed.documents:
            yield _(words.DOCUMENTS)
        if deed.returns is not None:
            sent = deed.returns
            unit = self._units.get(sent.unit, sent.unit)
            if sent.size == 1:
                yield words.one_return(unit, sent.first)
            elif sent.units == 1:
                yield words.returns_of_one(sent.size, unit, sent.first, sent.last)
            else:
                yield words.returns(sent.size, sent.units, self._many, sent.first, sent.last)
        yield from map(self._event, deed.events)
        if deed.time:
            yield _(words.TIME)
        if deed.decisions:
            yield words.decisions(deed.decisions)

    def _event(self, event: Mapping[str, Any]) -> str:
        whom = self._whom(event)
        if event["kind"] == "end":
            return words.ended(event["id"], whom, event["last_day"], event["reason"])
        days = event["from"], event["until"]
        if event["kind"] == "suspension":
            return words.suspended(whom, *days, self._role(event["by"]), event["reason"])
        status = self._names.status(event["status"])
        return words.declared(status, whom, *days, self._role(event["by"]), event["reason"])

    def _role(self, role: str) -> str:
        return words.role(role, self._names.unit)

    def _whom(self, event: Mapping[str, Any]) -> str:
        pdu: str | None = event["pdu"]
        region: str | None = event["region"]
        if pdu is not None:
            return self._units.get(pdu, pdu)
        return _(words.EVERYONE) if region is None else self._regions.get(region, region)


def _who(by: Mapping[str, str | None]) -> str:
    subject, client = by["subject"] or "", by["client"]
    if client is not None:
        return words.through(subject, client)
    known = {"service": words.SERVICE, "open": words.ANYBODY}
    return _(known[subject]) if subject in known else subject
