"""Units beside each other once for each candidate, and judged together: the figures of a unit are read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from engine.columns import Columns, Frame
from engine.columns._arrays import MOST_32, Numbers, Whole
from engine.columns._judge import Kit
from engine.columns._reach import Reach
from engine.columns._stretches import Stretch
from engine.columns._truths import Conditions, Limits
from engine.columns._values import FrameReadings, Readings
from engine.tune._points import comparisons
from engine.tune._trial import Candidate, Trial
from rules.decide import Hold, Leaf, Program, compile_policy
from rules.framework import Framework
from rules.policy import Policy


@dataclass(slots=True)
class Workshop:
    """What is made once for all candidates of a trial."""

    trial: Trial
    kits: dict[int, Kit] = field(default_factory=dict)
    reach: Reach = field(init=False)
    classes: tuple[str, ...] = field(init=False)
    """Units whose numbers can differ: the empty name stands for those without settings of their own."""
    class_of: Numbers = field(init=False)
    """For each unit its place in `classes`."""
    _frameworks: dict[tuple[str, Decimal], Framework] = field(default_factory=dict)
    _programs: dict[tuple[int, str, Decimal], Program] = field(default_factory=dict)

    def __post_init__(self) -> None:
        trial = self.trial
        self.reach = Reach(trial.frame)
        own = trial.entry.pdus if trial.entry is not None else {}
        self.classes = ("", *(id_ for id_ in own if id_ in trial.frame.places))
        place = {id_: number for number, id_ in enumerate(self.classes)}
        self.class_of = np.array([place.get(unit.id, 0) for unit in trial.frame.units], np.intp)

    def number(self, policy: Policy, name: str, value: Decimal | None, unit: str) -> Decimal:
        """The number of a trigger point for a unit under a version, where a candidate has `value` for it."""
        key = (name, value) if value is not None else ("", Decimal(0))
        framework = self._frameworks.get(key)
        if framework is None:
            trial = self.trial
            settings = trial.settings({name: value} if value is not None else {})
            framework = trial.framework.with_settings(trial.region, settings)
            self._frameworks[key] = framework
        return framework.setting(policy, self.trial.region, unit, self.trial.last).numbers[name]

    def compared(self, policy: Policy, leaf: int, name: str, number: Decimal) -> int:
        """The whole number that a comparison compares with, where a trigger point has a number."""
        key = (id(policy), name, number)
        if key not in self._programs:
            defaults = {id_: point.default for id_, point in policy.version.trigger_points.items()}
            self._programs[key] = compile_policy(policy, {**defaults, name: number})
        node = self._programs[key].nodes[leaf]
        assert isinstance(node, Leaf)
        (found,) = node.numbers
        return found


class CandidateColumns(Columns):
    """The columns of some candidates: for each of them all units, in the order of the frame."""

    def __init__(self, shop: Workshop, candidates: Sequence[Candidate]) -> None:
        super().__init__(shop.trial.framework.with_settings(shop.trial.region, shop.trial.settings({})))
        self._shop, self._candidates = shop, candidates
        self._kits = shop.kits

    def frame(self) -> Frame:
        """The units of the trial once for each candidate. The figures are not repeated: they are looked up."""
        base, times = self._shop.trial.frame, len(self._candidates)
        return Frame(base.units * times, np.tile(base.day, times), np.tile(base.has, times), {}, {})

    def conditions(self, stretch: Stretch, frame: Frame) -> Conditions:
        """The conditions of a stretch's version under each candidate's numbers."""
        policy = stretch.policy
        program = compile_policy(
            policy, {name: point.default for name, point in policy.version.trigger_points.items()}
        )
        return _CandidateConditions(program, self._limits(policy, program), len(frame.units))

    def readings(self, stretch: Stretch, frame: Frame, reach: Reach, kit: Kit) -> Readings:
        """What the version of a stretch reads for all candidates."""
        shop, times = self._shop, len(self._candidates)
        _, end = reach.rows(stretch.first, stretch.ends)
        units = FrameReadings(shop.trial.frame, shop.reach, kit.figures, kit.measures, end, times)
        return _CandidateReadings(units, times)

    def _limits(self, policy: Policy, program: Program) -> dict[int, Numbers]:
        """For each comparison with a trigger point, what it compares with, by column."""
        found: dict[int, Numbers] = {}
        columns: dict[str, tuple[list[Decimal], Numbers]] = {}
        for root in policy.conditions():
            for comparison, name in comparisons(root):
                if name not in columns:
                    columns[name] = self._numbers(policy, name)
                numbers, column = columns[name]
                leaf = _leaf(program, comparison.rule)
                limits = [self._shop.compared(policy, leaf, name, number) for number in numbers]
                small = max(map(abs, limits)) <= MOST_32
                found[leaf] = np.array(limits, np.int32 if small else np.int64)[column]
        return found

    def _numbers(self, policy: Policy, name: str) -> tuple[list[Decimal], Numbers]:
        """The numbers that a trigger point has anywhere, and which of them each column has."""
        shop = self._shop
        place = next((at for at, axis in enumerate(shop.trial.axes) if axis.name == name), None)
        values: Sequence[Decimal | None] = (None,) if place is None else shop.trial.axes[place].numbers
        at: dict[Decimal, int] = {}
        table = [
            [at.setdefault(shop.number(policy, name, value, unit), len(at)) for unit in shop.classes]
            for value in values
        ]
        row = [0 if place is None else candidate.places[place] for candidate in self._candidates]
        column: Numbers = np.array(table, np.intp)[row][:, shop.class_of].reshape(-1)
        return list(at), column


def _leaf(program: Program, rule: str) -> int:
    """The comparison that a rule is about, without its duration."""
    index = program.rules[rule].node
    node = program.nodes[index]
    return node.child if isinstance(node, Hold) else index


class _CandidateConditions(Conditions):
    """The conditions of one version, with limits of its own for each column."""

    def __init__(self, program: Program, limits: Mapping[int, Numbers], columns: int) -> None:
        super().__init__(Limits([program]), np.zeros(columns, np.intp))
        self._limits.update((leaf, (numbers,)) for leaf, numbers in limits.items())

    def changed(self, before: Conditions) -> Numbers:
        """None: a candidate has its numbers on all days."""
        return np.zeros(0, np.intp)


class _CandidateReadings:
    """What a version reads for all candidates, from the figures of the units, which are worked out once."""

    def __init__(self, units: FrameReadings, times: int) -> None:
        self._units, self._times = units, times
        self._known: dict[int, Whole] = {}
        self._span: tuple[int, int] | None = None

    def blocks(self, first: int, last: int) -> list[tuple[int, int]]:
        """The rows from `first` up to `last` in blocks of a handy size."""
        return self._units.blocks(first, last)

    def slot(self, place: int, first: int, last: int) -> Whole:
        """What a slot compares in some rows, once for each candidate."""
        if self._span != (first, last):
            self._span, self._known = (first, last), {}
        if place not in self._known:
            one = self._units.slot(place, first, last)
            unknown = None if one.unknown is None else np.tile(one.unknown, self._times)
            self._known[place] = one._replace(numbers=np.tile(one.numbers, self._times), unknown=unknown)
        return self._known[place]
