"""Time cut into stretches: days on which every unit goes by one version and one set of numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import Days, Numbers
from engine.columns._frame import Frame
from engine.columns._truths import Conditions
from rules.decide import Program, compile_policy
from rules.library import Framework
from rules.policy import Policy

NEVER = datetime.date.max.toordinal() + 1


class Stretch(NamedTuple):
    """Days from `first` up to `last` (left out) under one version. `begins` is true where the version begins."""

    policy: Policy
    first: int
    last: int
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
            yield Stretch(policy, start, end, start == first)


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
    began = [1 if unit.from_ is None else unit.from_.toordinal() for unit in frame.units]
    days: Days = np.maximum(first, np.array(began)).astype(np.int32)
    return days


class Compiler:
    """Compiles versions under the numbers of many units; keeps each that it has made."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._programs: dict[tuple[int, tuple[object, ...]], Program] = {}

    def conditions(self, stretch: Stretch, frame: Frame) -> Conditions:
        """The conditions of a stretch's version under each unit's numbers."""
        day = datetime.date.fromordinal(stretch.first)
        policy = stretch.policy
        places: dict[int, int] = {}
        programs: list[Program] = []
        which: Numbers = np.zeros(len(frame.units), np.int32)

        def place(region: str, unit: str) -> int:
            setting = self._framework.setting(policy, region, unit, day)
            key = (id(policy), setting.key)
            program = self._programs.get(key)
            if program is None:
                program = self._programs[key] = compile_policy(policy, setting.numbers)
            if id(program) not in places:
                places[id(program)] = len(programs)
                programs.append(program)
            return places[id(program)]

        for region, columns in frame.regions.items():
            which[columns] = place(region, "")
            entry = self._framework.entry(region, day)
            for unit in entry.pdus if entry is not None else ():
                if unit in frame.places:
                    which[frame.places[unit]] = place(region, unit)
        return Conditions(programs, which)
