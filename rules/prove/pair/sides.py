"""The conditions of two versions in one text: what means the same in both, or twice in one, stands there once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rules.decide import Hold, Junction, Leaf, Program, Slot, compile_policy
from rules.decide.program import NEVER
from rules.formula import Comparison, Subject, TriggerPointOf, walk
from rules.policy import Policy
from rules.prove.pair.merge import Renaming
from rules.prove.points import Point
from rules.prove.step import Step
from rules.prove.subjects import Subjects
from rules.prove.truths import Truth, Truths


@dataclass(slots=True)
class Meanings:
    """The numbers of conditions in the text, by what they mean, and which stand there for which return."""

    numbers: dict[object, int] = field(default_factory=dict)
    stated: set[tuple[int, int]] = field(default_factory=set)

    def number(self, meaning: object) -> int:
        """The number of a meaning."""
        return self.numbers.setdefault(meaning, len(self.numbers))


def renamed_program(policy: Policy, renaming: Renaming) -> Program:
    """A policy's program whose slots look at the merged policy's subjects."""
    defaults = {name: point.default for name, point in policy.version.trigger_points.items()}
    program = compile_policy(policy, defaults)
    slots = [
        slot._replace(
            subject=renaming.subject(slot.subject),
            minus=None if slot.minus is None else renaming.subject(slot.minus),
        )
        for slot in program.slots
    ]
    return replace(program, slots=slots)


def long_after(needs: int, every: int) -> int:
    """How many days ago a condition must have begun to hold, so that it has held for `needs` periods.

    A run counts a whole period for its first return, and the days since; it is rounded to periods, half up.
    Returns may be as close as they like, so every number of days can be.
    """
    return max(0, -(-every * (2 * needs - 3) // 2))


class SideTruths(Truths):
    """The nodes of one version's program as claims whose names go by their meaning.

    `apart` keeps durations of different versions apart, also where they are of the same condition.
    """

    def __init__(
        self,
        prefix: str,
        program: Program,
        subjects: Subjects,
        points: Mapping[str, Point],
        meanings: Meanings,
        apart: bool,
    ) -> None:
        super().__init__(prefix, program, subjects, points, program.policy.conditions())
        self._meanings, self._apart = meanings, apart
        self.numbers: list[int] = []
        for index in range(len(program.nodes)):
            self.numbers.append(meanings.number(self._meaning(index)))

    def _meaning(self, index: int) -> object:
        node = self.program.nodes[index]
        if isinstance(node, Leaf):
            slot: Slot = self.program.slots[node.slot]
            moved = self._moved.get(index)
            if moved is None:
                return slot, node.operator, node.numbers
            assert isinstance(moved.threshold, TriggerPointOf)
            return slot, moved.comparator, self._points[moved.threshold.name].symbol
        if isinstance(node, Junction):
            return node.operator, node.at_least, tuple(self.numbers[child] for child in node.children)
        return "held", self.numbers[node.child], self.days(node), self.prefix if self._apart else ""

    def days(self, hold: Hold) -> int:
        """How many days ago a duration's condition must have begun to hold."""
        return long_after(hold.needs, self.program.policy.version.returns.every)

    def truth(self, node: int, copy: int = 0) -> Truth:
        """The names of a node's two claims."""
        return Truth(f"n{self.numbers[node]}c.{copy}", f"n{self.numbers[node]}p.{copy}")

    def long(self, run: int, copy: int = 0) -> str:
        """The name of the claim that a run is long enough."""
        return f"l{self.numbers[self.program.runs[run]]}.{copy}"

    def text(self, copy: int, nodes: Iterable[int]) -> Iterator[str]:
        """The lines that define nodes at a return, as far as no other of the same meaning has."""
        stated = self._meanings.stated
        for index in nodes:
            key = (self.numbers[index], copy)
            if key not in stated:
                stated.add(key)
                yield from super().text(copy, [index])


@dataclass(frozen=True, slots=True, eq=False)
class SideText:
    """One version in the text."""

    policy: Policy
    prefix: str
    program: Program
    points: Mapping[str, Point]
    truths: SideTruths
    step: Step

    @property
    def holds(self) -> list[Hold]:
        """The version's durations."""
        return [node for node in self.program.nodes if isinstance(node, Hold)]

    def may(self, number: int) -> str:
        """That a reduction is permitted, and has not lapsed."""
        return f"{self.prefix}may{number}"


def side_of(
    policy: Policy,
    prefix: str,
    program: Program,
    subjects: Subjects,
    points: Mapping[str, Point],
    meanings: Meanings,
    apart: bool,
) -> SideText:
    """One version's part of the text."""
    truths = SideTruths(prefix, program, subjects, points, meanings, apart)
    return SideText(policy, prefix, program, points, truths, Step(prefix, program, truths))


def limits_of(side: SideText, codes: Mapping[str, Iterable[int]]) -> dict[Subject, set[int]]:
    """The values that each subject is compared with by itself, where trigger points, by symbol, have given codes."""
    found: dict[Subject, set[int]] = {}
    for root in side.policy.conditions():
        for one in walk(root):
            if not isinstance(one, Comparison):
                continue
            node = side.program.nodes[side.program.rules[one.rule].bare]
            assert isinstance(node, Leaf)
            slot = side.program.slots[node.slot]
            if slot.minus is not None:
                continue
            limits = found.setdefault(slot.subject, set())
            if isinstance(one.threshold, TriggerPointOf):
                point = side.points[one.threshold.name]
                step = 2 * 10 ** (point.decimals - slot.decimals)
                limits.update(code // step for code in codes[point.symbol])
            else:
                limits.update(number for number in node.numbers if number != NEVER)
    return found
