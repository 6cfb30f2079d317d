"""What a unit's status over time is folded from: a framework, the unit, its returns and people's decisions."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.active import DAY, UnitEvents, unit_events
from rules.figures import Return
from rules.library import Framework, Setting
from rules.model import Events, Pdu
from rules.policy import Policy

MOST_DAYS = 20 * 366
"""How many days are looked at together, at most."""


@dataclass(frozen=True, slots=True)
class Course:
    """One unit under one framework: everything that its decisions depend on.

    `returns` are in the order of their days, one for each day.
    """

    framework: Framework
    pdu: Pdu
    returns: tuple[Return, ...]
    events: UnitEvents
    days: tuple[datetime.date, ...] = field(default=())

    def policy(self, day: datetime.date) -> Policy | None:
        """The version in force on a day."""
        return self.framework.in_force(day)

    def setting(self, policy: Policy, day: datetime.date) -> Setting:
        """What is set for the unit on a day."""
        return self.framework.setting(policy, self.pdu.region, self.pdu.id, day)

    def returned_on(self, day: datetime.date) -> Return:
        """The return of a day that has one."""
        return self.returns[bisect_left(self.days, day)]

    def start(self, asked: datetime.date) -> datetime.date | None:
        """The first day that counts, or None where no version is in force by the day asked."""
        if self.framework.pinned:
            first = min([asked, *(one.as_of for one in self.returns), *self.events.days()])
        else:
            first = self.framework.policies[0].version.effective
        if self.pdu.from_ is not None:
            first = max(first, self.pdu.from_)
        return first if first <= asked else None

    def turning_days(self) -> Iterable[datetime.date]:
        """Every day on which something other than the passing of time may change the answer."""
        yield from self.days
        yield from self.events.days()
        if not self.framework.pinned:
            for policy in self.framework.policies:
                yield policy.version.effective
                if policy.version.until is not None and policy.version.until < datetime.date.max:
                    yield policy.version.until + DAY
        settings = self.framework.regions.get(self.pdu.region)
        for entry in settings.settings if settings is not None else ():
            yield entry.effective


def course_of(framework: Framework, pdu: Pdu, returns: Iterable[Return], events: Events) -> Course:
    """The course of a unit. Of two returns for one day, the later given counts (a correction)."""
    by_day = {one.as_of: one for one in returns}
    ordered = tuple(by_day[day] for day in sorted(by_day))
    return Course(
        framework, pdu, ordered, unit_events(events, pdu.id, pdu.region), tuple(one.as_of for one in ordered)
    )
