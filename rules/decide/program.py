"""A resolved document compiled to integers: what both deciders work from.

A *program* is one version under one set of trigger points. It numbers everything: the values that conditions
compare (`slots`, scaled by their decimals), the conditions (`nodes`, children first), the durations
(`holds`) and the reductions. A condition with `for` is two nodes: the condition as it is now, and that it has
held long enough. Where durations are left out (a first return, an implicit exit) the *bare* node is used.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from rules.formula import (
    Categories,
    Comparison,
    Condition,
    Constant,
    Group,
    Scope,
    Subject,
    TriggerPointOf,
)
from rules.policy import Policy

LIMIT = 4 * 10**18
"""Values are held within these bounds before they are compared; no threshold lies beyond them."""
NEVER = LIMIT + 1

Operator = Literal["below", "at_most", "above", "at_least", "one_of", "none_of"]


class Slot(NamedTuple):
    """A value that conditions compare: a number scaled by `10 ** decimals`, a difference, or a category.

    With `minus`, the value is subject less `minus`: a threshold that is itself a figure or measure.
    """

    subject: Subject
    minus: Subject | None
    decimals: int
    values: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A comparison of one slot with whole numbers."""

    slot: int
    operator: Operator
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Junction:
    """any, all, none, or count (at least so many) of other nodes."""

    operator: Literal["any", "all", "none", "count"]
    children: tuple[int, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Hold:
    """True once its child has been true for `needs` periods; `run` numbers the run that counts them."""

    child: int
    run: int
    needs: int


NodeSpec = Leaf | Junction | Hold


class ConditionNodes(NamedTuple):
    """The nodes of one condition: as written, with durations left out, and its run, if it has one."""

    node: int
    bare: int
    run: int | None


@dataclass(slots=True, eq=False)
class Program:
    """The compiled form of a policy under given trigger points. Read only once it is built.

    `runs` has the node of each duration, `held` the node that it asks to hold.
    """

    policy: Policy
    trigger_points: Mapping[str, Decimal]
    slots: list[Slot] = field(default_factory=list)
    nodes: list[NodeSpec] = field(default_factory=list)
    rules: dict[str, ConditionNodes] = field(default_factory=dict)
    runs: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    enters: list[ConditionNodes | None] = field(default_factory=list)
    exits: list[int | None] = field(default_factory=list)
    whens: list[int | None] = field(default_factory=list)
    names: tuple[list[str | None], list[str | None]] = field(default_factory=lambda: ([], []))

    @property
    def at_once(self) -> bool:
        """Whether the first determinate step leaves durations and limits out."""
        return self.policy.version.first_return == "at_once"

    @property
    def levels(self) -> int:
        """How many statuses there are."""
        return len(self.policy.version.statuses)

    @property
    def from_levels(self) -> tuple[int, ...]:
        """The level from which each reduction may be permitted."""
        return tuple(reduction.level for reduction in self.policy.reductions)


def compile_policy(
    policy: Policy, trigger_points: Mapping[str, Decimal], further: Sequence[Condition] = ()
) -> Program:
    """Compile a policy under the given numbers of its trigger points.

    `further` are conditions that are judged beside its own and that nothing depends on; their nodes come last.
    """
    return _Compiler(policy, trigger_points, further).program


class _Compiler:
    def __init__(
        self, policy: Policy, trigger_points: Mapping[str, Decimal], further: Sequence[Condition]
    ) -> None:
        self.program = Program(policy, dict(trigger_points))
        self.scope = Scope(policy.version)
        self.known_slots: dict[Slot, int] = {}
        self.known_nodes: dict[NodeSpec, int] = {}
        program = self.program
        for enter in policy.enters:
            program.enters.append(None if enter is None else self.condition(enter))
        for level, leave in enumerate(policy.exits):
            program.exits.append(self.leave(level, leave))
        for reduction in policy.reductions:
            program.whens.append(None if reduction.when is None else self.condition(reduction.when).node)
        for condition in further:
            self.condition(condition)
        self.name_nodes()

    def leave(self, level: int, condition: Condition | None) -> int | None:
        """The node of a level's exit: its own, or none of its enter with durations left out."""
        if condition is not None:
            return self.condition(condition).node
        enter = self.program.enters[level]
        if enter is None:
            return None
        node = self.node(Junction("none", (enter.bare,), 0))
        rule = f"exit.{self.program.policy.version.statuses[level].id}"
        self.program.rules[rule] = ConditionNodes(node, node, None)
        return node

    def name_nodes(self) -> None:
        """Which rule a node's truth is told as: at an ordinary step, and where durations are left out."""
        ordinary: list[str | None] = [None] * len(self.program.nodes)
        first: list[str | None] = [None] * len(self.program.nodes)
        for rule, (node, bare, _) in self.program.rules.items():
            ordinary[node] = ordinary[node] or rule
            shown = bare if rule.startswith("enter.") else node
            first[shown] = first[shown] or rule
        self.program.names = (ordinary, first)

    def condition(self, condition: Condition) -> ConditionNodes:
        """Compile a condition, its parts first."""
        if isinstance(condition, Comparison):
            now = bare = self.leaf(condition)
        else:
            now, bare = self.group(condition)
        run = None
        node = now
        if condition.periods is not None:
            run = len(self.program.runs)
            node = len(self.program.nodes)
            self.program.nodes.append(Hold(now, run, condition.periods))
            self.program.runs.append(node)
            self.program.held.append(now)
        found = ConditionNodes(node, bare, run)
        self.program.rules[condition.rule] = found
        return found

    def group(self, group: Group) -> tuple[int, int]:
        """A group as it is now: with the durations of its parts, and without any."""
        parts = [self.condition(part) for part in group.parts]
        now = Junction(group.operator, tuple(part.node for part in parts), group.at_least)
        bare = Junction(group.operator, tuple(part.bare for part in parts), group.at_least)
        index = len(self.program.nodes)
        self.program.nodes.append(now)
        return index, index if bare == now else self.node(bare)

    def node(self, spec: NodeSpec) -> int:
        """A node that has no rule of its own; equal ones are one."""
        if spec not in self.known_nodes:
            self.known_nodes[spec] = len(self.program.nodes)
            self.program.nodes.append(spec)
        return self.known_nodes[spec]

    def slot(self, slot: Slot) -> int:
        """The number of a slot; equal ones are one."""
        if slot not in self.known_slots:
            self.known_slots[slot] = len(self.program.slots)
            self.program.slots.append(slot)
        return self.known_slots[slot]

    def leaf(self, comparison: Comparison) -> int:
        """A comparison as a node of its own, so that each rule fires under its own name."""
        subject, threshold = comparison.subject, comparison.threshold
        decimals = self.scope.decimals(subject)
        if isinstance(threshold, Categories):
            values = self.scope.categories(subject) or ()
            slot = self.slot(Slot(subject, None, 0, values))
            numbers = tuple(values.index(id_) for id_ in threshold.ids)
            leaf = Leaf(slot, "none_of" if comparison.comparator == "none_of" else "one_of", numbers)
        elif isinstance(threshold, Constant | TriggerPointOf):
            slot = self.slot(Slot(subject, None, decimals, None))
            number = (
                threshold.value
                if isinstance(threshold, Constant)
                else self.program.trigger_points[threshold.name]
            )
            leaf = whole_comparison(slot, comparison.comparator, Fraction(number) * 10**decimals)
        else:
            both = max(decimals, self.scope.decimals(threshold))
            slot = self.slot(Slot(subject, threshold, both, None))
            leaf = whole_comparison(slot, comparison.comparator, Fraction(0))
        index = len(self.program.nodes)
        self.program.nodes.append(leaf)
        return index


def whole_comparison(slot: int, comparator: str, number: Fraction) -> Leaf:
    """A comparison of a whole value with any number, as one with a whole number.

    `v < 849.5` is `v < 850` and `v > 849.5` is `v > 849`, for whole `v`: nothing is rounded away.
    """
    floor, ceiling = math.floor(number), math.ceil(number)
    if comparator == "below":
        return Leaf(slot, "below", (_within(ceiling),))
    if comparator == "at_most":
        return Leaf(slot, "at_most", (_within(floor),))
    if comparator == "above":
        return Leaf(slot, "above", (_within(floor),))
    if comparator == "at_least":
        return Leaf(slot, "at_least", (_within(ceiling),))
    return Leaf(slot, "one_of", (floor if floor == ceiling else NEVER,))


def _within(number: int) -> int:
    return max(-LIMIT + 1, min(LIMIT - 1, number))
