"""What other documents change: the first day on which they may give a unit another answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from engine.ledger.documents import Policy
from engine.parents import is_parent
from rules.framework import Framework
from rules.model import Pdu, SettingsEntry


class Revision:
    """The difference of two sets of documents, for the days of units. None: what was before cannot be read."""

    def __init__(self, before: Policy | None, after: Policy) -> None:
        self._before = before
        self._after = after
        self._versions = None if before is None else _first_version(before.framework, after.framework)

    def first_day(self, pdu: Pdu) -> datetime.date | None:
        """The first day on which a unit's answer may differ; None where nothing that bears on it does."""
        if self._before is None:
            return datetime.date.min
        old = self._before.everyone.get(pdu.id)
        if old is None or _facts(old) != _facts(pdu):
            return datetime.date.min
        if is_parent(pdu.id):
            return self._first_below(pdu)
        settings = _first_setting(
            _entries(self._before.framework, pdu.region), _entries(self._after.framework, pdu.region)
        )
        return min((day for day in (self._versions, settings) if day is not None), default=None)

    def _first_below(self, parent: Pdu) -> datetime.date | None:
        """The first day for a parent: as of those that are or were below it."""
        assert self._before is not None
        old, new = (one.engine.parents.all[parent.id].units for one in (self._before, self._after))
        if old != new:
            return datetime.date.min
        days = [self.first_day(self._after.pdus[unit]) for unit in new]
        return min((day for day in days if day is not None), default=None)


def _facts(pdu: Pdu) -> tuple[object, ...]:
    """What decisions tell of a unit, or rest on."""
    return (pdu.name, pdu.region, pdu.from_, pdu.until)


def _first_version(before: Framework, after: Framework) -> datetime.date | None:
    """The first day of a version that is not the same in both."""
    old = {(one.version.version, one.sha256): one.version.effective for one in before.policies}
    new = {(one.version.version, one.sha256): one.version.effective for one in after.policies}
    return min((day for one, day in {**old, **new}.items() if not (one in old and one in new)), default=None)


def _entries(framework: Framework, region: str) -> Iterable[SettingsEntry]:
    settings = framework.regions.get(region)
    return () if settings is None else settings.settings


def _first_setting(before: Iterable[SettingsEntry], after: Iterable[SettingsEntry]) -> datetime.date | None:
    """The first day of an entry that does not stand in both."""
    old, new = list(before), list(after)
    differing = [one for one in (*old, *new) if not (one in old and one in new)]
    return min((one.effective for one in differing), default=None)
