"""What is tried: the candidates, each a set of numbers for the trigger points of one region."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from math import prod
from typing import NamedTuple

from engine.columns import Frame
from engine.tune._points import MOST, Axis, too_many
from rules.check.settings import trigger_point_misfit
from rules.framework import Framework
from rules.model import RegionSettings, SettingsEntry
from rules.policy import Policy

NOW = 0
"""The number of the candidate that is as things are set now."""


class Candidate(NamedTuple):
    """One candidate: its number, and for each axis the place of its number among those of the axis."""

    number: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """Candidates for a region, and the returns that they are tried on.

    `frame` holds the region's units only. Each candidate counts as if its numbers had stood on all days. What the
    region's `entry` says beside them (other numbers, those of single units, what is withheld) stays.
    """

    framework: Framework
    region: str
    entry: SettingsEntry | None
    frame: Frame
    first: datetime.date
    last: datetime.date
    axes: tuple[Axis, ...]
    grid: bool
    candidates: tuple[Candidate, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(_candidates(self.axes, self.grid)))

    def numbers(self, candidate: Candidate) -> dict[str, Decimal]:
        """The numbers of a candidate by the names of their trigger points."""
        return {
            axis.name: axis.numbers[place] for axis, place in zip(self.axes, candidate.places, strict=True)
        }

    def judging(self, candidate: Candidate) -> Framework:
        """The framework as it would be with a candidate's numbers."""
        return self.framework.with_settings(self.region, self.settings(self.numbers(candidate)))

    def settings(self, numbers: dict[str, Decimal]) -> RegionSettings:
        """The settings of the region with some numbers in place of those that it has, on all days."""
        base = self.entry or SettingsEntry(effective=datetime.date.min, set_by="nobody", reason="to try")
        entry = base.model_copy(
            update={"effective": datetime.date.min, "trigger_points": {**base.trigger_points, **numbers}}
        )
        return RegionSettings(format=1, framework=self.framework.id, region=self.region, settings=[entry])

    def own_numbers(self) -> dict[str, list[str]]:
        """The units with a number of their own for a trigger point that is tried: it stays, whatever is tried."""
        found: dict[str, list[str]] = {}
        for axis in self.axes:
            own = [
                id_
                for id_, settings in (self.entry.pdus.items() if self.entry is not None else ())
                if axis.name in settings.trigger_points and id_ in self.frame.places
            ]
            if own:
                found[axis.name] = own
        return found

    def other_versions(self) -> list[Policy]:
        """The versions of these days that do not take every number: there they keep their own default."""
        return [
            policy
            for policy in versions_between(self.framework, self.first, self.last)
            if any(
                trigger_point_misfit(axis.name, number, policy.version) is not None
                for axis in self.axes
                for number in axis.numbers
            )
        ]


def versions_between(framework: Framework, first: datetime.date, last: datetime.date) -> list[Policy]:
    """The versions in force on some of the days, in their order."""
    begun = [
        policy.version.effective for policy in framework.policies if first <= policy.version.effective <= last
    ]
    found = (framework.in_force(day) for day in (first, *sorted(begun)))
    return list(dict.fromkeys(policy for policy in found if policy is not None))


def _candidates(axes: Sequence[Axis], grid: bool) -> Iterator[Candidate]:
    """The candidate of now, then all others: each axis by itself, or all combinations. Raises UsageError."""
    size = prod(len(axis.tried) for axis in axes) if grid else sum(len(axis.tried) for axis in axes)
    if size > MOST:
        raise too_many(size)
    now = tuple(axis.numbers.index(axis.now) for axis in axes)
    tried = [[axis.numbers.index(number) for number in axis.tried] for axis in axes]
    yield Candidate(NOW, now)
    number = NOW
    for places in product(*tried) if grid else _one_at_a_time(now, tried):
        if places != now:
            number += 1
            yield Candidate(number, places)


def _one_at_a_time(now: tuple[int, ...], tried: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    for axis, own in enumerate(tried):
        for place in own:
            yield (*now[:axis], place, *now[axis + 1 :])
