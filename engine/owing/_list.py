"""The list of what is owed on a day, from the returns that there are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.active import DAY
from engine.owing._figures import jumps, moved, still
from engine.owing._options import KINDS, Options
from engine.owing._values import Owed
from rules.figures import Return
from rules.framework import Framework
from rules.model import Organisation, Pdu, Region
from rules.policy import Policy
from rules.problems import UsageError
from rules.reading import Latest


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed on a day, in the order of regions and units; within a unit the most pressing first."""

    as_of: datetime.date
    framework: str
    version: str
    options: Options
    regions: tuple[tuple[Region, tuple[Owed, ...]], ...]
    units: int

    @property
    def owed(self) -> tuple[Owed, ...]:
        """Everything that is owed."""
        return tuple(one for _, owed in self.regions for one in owed)

    def document(self) -> dict[str, Any]:
        """The list as plain values, for a program."""
        counts = dict.fromkeys(KINDS, 0)
        for one in self.owed:
            counts[one.kind] += 1
        regions = [
            {
                "region": region.id,
                "name": region.name,
                "contact": region.contact,
                "owed": [one.as_dict() for one in owed],
            }
            for region, owed in self.regions
        ]
        return {
            "as_of": self.as_of.isoformat(),
            "framework": {"id": self.framework, "version": self.version},
            "pdus": self.units,
            "fine": self.units - len({one.pdu.id for one in self.owed}),
            "counts": counts,
            "regions": regions,
            "options": {
                "late_after": self.options.late_after,
                "history": self.options.history,
                "needs": self.options.needs,
                "times": str(self.options.times),
                "least": str(self.options.least),
                "factor": str(self.options.factor),
                "unchanged_for": self.options.unchanged_for,
                "among": self.options.among,
            },
        }


def owing(
    framework: Framework,
    organisation: Organisation,
    returns: Iterable[Return],
    day: datetime.date,
    *,
    options: Options | None = None,
    region: str | None = None,
    kinds: Sequence[str] = KINDS,
) -> Owing:
    """What the units that exist on a day owe by the returns up to it; of one region, where one is named.

    Units of other regions still count as those that a unit is compared with. Raises UsageError where no version of
    the framework is in force on the day.
    """
    options = options or Options()
    policy = framework.in_force(day)
    if policy is None:
        raise UsageError(f"No version of {framework.id} is in force on {day}: no return is due.")
    by_unit: dict[str, dict[datetime.date, Return]] = {}
    for one in returns:
        if one.as_of <= day:
            by_unit.setdefault(one.pdu, {})[one.as_of] = one
    units = [pdu for pdu in organisation.pdus if pdu.exists_on(day)]
    series = {
        pdu.id: [given for _, given in sorted(by_unit.get(pdu.id, {}).items())][-options.returns :]
        for pdu in units
    }
    changes = {id_: moved(found, options) for id_, found in series.items()}
    every = list(changes.values())
    question = _Question(framework, policy, day, options)
    found_by_region = []
    for group in organisation.regions:
        if region is not None and group.id != region:
            continue
        owed: list[Owed] = []
        for pdu in units:
            if pdu.region != group.id:
                continue
            own = list(question.owed(pdu, series[pdu.id]))
            if series[pdu.id] and not any(one.kind == "stale" for one in own):
                for held in still(changes[pdu.id], every, series[pdu.id], options):
                    details = {
                        "returns": held.returns,
                        "since": held.since.isoformat(),
                        "others_changed": any(changes[pdu.id].values()),
                    }
                    newest = series[pdu.id][-1].as_of
                    own.append(Owed(pdu, "unchanged", newest, figure=held.input, details=details))
            owed += [one for one in own if one.kind in kinds]
        found_by_region.append((group, tuple(owed)))
    count = sum(region in (None, pdu.region) for pdu in units)
    return Owing(day, framework.id, policy.version.version, options, tuple(found_by_region), count)


class _Question:
    """What one unit owes, under the version in force on the day."""

    def __init__(self, framework: Framework, policy: Policy, day: datetime.date, options: Options) -> None:
        self._framework, self._policy, self._day, self._options = framework, policy, day, options
        self._rules = policy.version.returns
        self._first = min(one.version.effective for one in framework.policies)

    def owed(self, pdu: Pdu, returns: Sequence[Return]) -> Iterator[Owed]:
        """What a unit owes by its newest returns, which are in the order of their days."""
        if not returns:
            start = max(self._first, pdu.from_ or self._first)
            yield Owed(pdu, "missing", None, start, (self._day - start).days)
            return
        newest = returns[-1].as_of
        due = newest + self._rules.every * DAY
        days = (self._day - due).days
        if (self._day - newest).days > self._rules.stale_after:
            # Its figures count no longer, so it is of no use to look at them.
            yield Owed(pdu, "stale", newest, due, days, details={"stale_after": self._rules.stale_after})
            return
        if days > self._options.late_after:
            yield Owed(pdu, "late", newest, due, days)
        for key, how in self._not_given(pdu, returns):
            yield Owed(pdu, "not_given", newest, figure=key, details={"how": how})
        for jump in jumps(returns, self._options):
            yield Owed(pdu, "jump", newest, figure=jump.figure, details=_without_figure(jump._asdict()))

    def _not_given(self, pdu: Pdu, returns: Sequence[Return]) -> Iterator[tuple[str, str]]:
        """The figures that the newest decision's conditions use and cannot have, and how they lack."""
        setting = self._framework.setting(self._policy, pdu.region, pdu.id, self._day)
        reader = self._framework.reader(self._policy, setting)
        latest: Latest = {}
        for given in returns:
            reading = reader.read(given, latest)
        for index, key in enumerate(reader.keys):
            how = reading.origin(index).how
            if how in ("missing", "unfit"):
                yield key, how


def _without_figure(details: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if key != "figure"}
