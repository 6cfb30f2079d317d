"""Time cut into stretches: days on which every unit goes by one version and one set of numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Days, Numbers
from engine.columns._frame import Frame
from engine.columns._truths import Conditions, Limits
from rules.decide import Program, compile_policy
from rules.library import Framework
from rules.policy import Policy

NEVER = datetime.date.max.toordinal() + 1


class Stretch(NamedTuple):
    """Days from `first` up to `last` (left out) under one version, which ends before the day `ends`.

    `begins` is true where the version begins.
    """

    policy: Policy
    first: int
    last: int
    ends: int
    begins: bool


def stretches(framework: Framework, regions: frozenset[str]) -> Iterator[Stretch]:
    """The stretches of all time for units of some regions, in order; days without a version are left out."""
    changes = {
        entry.effective.toordinal()
        for id_, settings in framework.regions.items()
        if id_ in regions
        for entry in settings.settings
    }
    for policy, first, last in _versions(framework):
        cuts = [first, *sorted(day for day in changes if first < day < last), last]
        for start, end in pairwise(cuts):
            yield Stretch(policy, start, end, last, start == first)


def _versions(framework: Framework) -> Iterator[tuple[Policy, int, int]]:
    if framework.pinned:
        yield framework.policies[0], 1, NEVER
        return
    for index, policy in enumerate(framework.policies):
        last = NEVER
        if index + 1 < len(framework.policies):
            last = framework.policies[index + 1].version.effective.toordinal()
        if policy.version.until is not None:
            last = min(last, policy.version.until.toordinal() + 1)
        first = policy.version.effective.toordinal()
        if first < last:
            yield policy, first, last


def starts(framework: Framework, frame: Frame) -> Days:
    """The first day that counts for each unit; NEVER for one that has none."""
    if framework.pinned:
        first = np.where(frame.has, frame.day, NEVER).min(axis=0, initial=NEVER)
    else:
        first = np.full(len(frame.units), framework.policies[0].version.effective.toordinal())
    days: Days = np.maximum(first, frame.began).astype(np.int32)
    return days


@dataclass(frozen=True, slots=True)
class _Sets:
    """The sets of numbers in force within a stretch.

    `regions` says by which of them each region goes, and which of its units go by others. All else goes by the first.
    """

    limits: Limits
    regions: Mapping[str, tuple[int, Mapping[str, int]]]


class Compiler:
    """Compiles versions under the numbers of many units; keeps each that it has made."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._programs: dict[tuple[int, tuple[object, ...]], Program] = {}
        self._sets: dict[tuple[int, int], _Sets] = {}
        self._stretches: dict[frozenset[str], tuple[Stretch, ...]] = {}

    def stretches(self, regions: frozenset[str]) -> tuple[Stretch, ...]:
        """The stretches of all time for units of some regions."""
        if regions not in self._stretches:
            self._stretches[regions] = tuple(stretches(self._framework, regions))
        return self._stretches[regions]

    def conditions(self, stretch: Stretch, frame: Frame) -> Conditions:
        """The conditions of a stretch's version under each unit's numbers."""
        key = (id(stretch.policy), stretch.first)
        sets = self._sets.get(key)
        if sets is None:
            sets = self._sets[key] = self._sets_of(stretch)
        which: Numbers = np.zeros(len(frame.units), np.intp)
        for region, (place, own) in sets.regions.items():
            if region in frame.regions:
                which[frame.regions[region]] = place
                for unit, place_of_unit in own.items():
                    if unit in frame.places:
                        ours = np.intersect1d(frame.places[unit], frame.regions[region])
                        which[ours] = place_of_unit
        return Conditions(sets.limits, which)

    def _sets_of(self, stretch: Stretch) -> _Sets:
        day = datetime.date.fromordinal(stretch.first)
        programs = [self._program(stretch.policy, "", "", day)]
        regions: dict[str, tuple[int, Mapping[str, int]]] = {}

        def place(region: str, unit: str) -> int:
            program = self._program(stretch.policy, region, unit, day)
            if program not in programs:
                programs.append(program)
            return programs.index(program)

        for region in self._framework.regions:
            entry = self._framework.entry(region, day)
            if entry is not None:
                regions[region] = place(region, ""), {unit: place(region, unit) for unit in entry.pdus}
        return _Sets(Limits(programs), regions)

    def _program(self, policy: Policy, region: str, unit: str, day: datetime.date) -> Program:
        """The version under the numbers of a unit, of a region, or (without a name) its own."""
        setting = self._framework.setting(policy, region, unit, day)
        key = (id(policy), setting.key)
        if key not in self._programs:
            self._programs[key] = compile_policy(policy, setting.numbers)
        return self._programs[key]
