"""The past that two versions share: for how long conditions have held, and the returns at which others broke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rules.decide import Hold, Leaf
from rules.formula import MeasureOf, Subject, references
from rules.policy import PointsOf
from rules.prove.pair.sides import SideText
from rules.prove.pair.subjects import PairSubjects
from rules.prove.solver import Solver
from rules.prove.terms import Claim, all_of, any_of, compared, declared, negated, stated


@dataclass(slots=True)
class Start:
    """When a condition began to hold: its name counts the days since. `most` of them tell as much as more do."""

    name: str
    condition: int
    side: SideText
    node: int
    most: int

    def holds(self, copy: int = 0) -> Claim:
        """That the condition holds at a return."""
        return self.side.truths.truth(self.node, copy).certain

    @property
    def short(self) -> Claim:
        """That it has not held for as long as can matter."""
        return compared("<", self.name, self.most)

    @property
    def now(self) -> Claim:
        """That it holds, and has not for as long as can matter."""
        return all_of([self.holds(), self.short])


def _before(one: Start, other: Start) -> Claim:
    """That another condition holds, and began to earlier."""
    return all_of([other.holds(), f"(> {other.name} {one.name})"])


def _beside(one: Start, other: Start) -> Claim:
    """That another condition holds, and began to on the same day."""
    return all_of([other.now, f"(= {other.name} {one.name})"])


class Past:
    """When the conditions of two versions that must hold for a time began to hold.

    With `apart`, nothing ties those of one version to those of the other.
    """

    def __init__(self, subjects: PairSubjects, sides: tuple[SideText, SideText], apart: bool) -> None:
        self._subjects, self._sides = subjects, sides
        self.starts = self._starts(apart)

    def _starts(self, apart: bool) -> dict[tuple[str, int], Start]:
        """The start of each condition that must hold for a time, by its meaning."""
        found: dict[tuple[str, int], Start] = {}
        for side in self._sides:
            for hold in side.holds:
                days, condition = side.truths.days(hold), side.truths.numbers[hold.child]
                if days:
                    key = (side.prefix if apart else "", condition)
                    start = found.setdefault(
                        key, Start(f"k{key[0]}{condition}", condition, side, hold.child, days)
                    )
                    start.most = max(start.most, days)
        return found

    def start_key(self, side: SideText, hold: Hold) -> tuple[str, int] | None:
        """The key of the start of a duration's condition; None where any duration is long enough."""
        condition = side.truths.numbers[hold.child]
        return next((key for key in (("", condition), (side.prefix, condition)) if key in self.starts), None)

    def lengths(self) -> Iterator[str]:
        """How long ago conditions began to hold, and which durations are over."""
        for one in self.starts.values():
            yield declared(one.name, "Int")
            yield stated(f"(<= 0 {one.name} {one.most})")
        for side in self._sides:
            for hold in side.holds:
                days, key = side.truths.days(hold), self.start_key(side, hold)
                if days and key is not None:
                    since = self.starts[key].name
                    yield stated(f"(= {side.truths.long(hold.run)} {compared('>=', since, days)})")

    def long(self) -> Iterator[str]:
        """Further lines, which leave only cases in which everything has held for long: those have some past."""
        yield from (stated(compared("=", one.name, one.most)) for one in self.starts.values())

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Further lines, which leave only lengths of runs that one past can have led to.

        What began to hold later than another condition was broken at an earlier return, at which that other one
        held. So each has an earlier return of its own, at any figures under the same trigger points. A duration
        within a duration is free there. That allows more than can be, so what is proved holds.
        """
        return tuple(self._text())

    def _text(self) -> Iterator[str]:
        starts = list(self.starts.values())
        for copy, one in self.copies.items():
            others = [other for other in starts if other is not one and self._tied(one, other)]
            yield from self._subjects.text(copy)
            for side in self._sides:
                below = side.truths.below(hold.child for hold in side.holds)
                yield from side.truths.text(copy, below)
            # where nothing began to hold earlier, the past may begin here, and nothing need be broken
            looked_back = all_of([one.now, any_of(_before(one, other) for other in others)])
            yield stated(f"(=> {looked_back} {negated(one.holds(copy))})")
            for other in others:
                yield stated(f"(=> {all_of([one.now, _before(one, other)])} {other.holds(copy)})")
                beside = all_of([looked_back, _beside(one, other)])
                yield stated(f"(=> {beside} {negated(other.holds(copy))})")

    def looked_back(self, solver: Solver) -> dict[int, set[Subject]]:
        """After a yes: the earlier returns that a case has, and the subjects that matter there."""
        found: dict[int, set[Subject]] = {}

        def holds(start: Start) -> bool:
            return solver.holds(start.holds())

        days = {key: solver.number(start.name) for key, start in self.starts.items()}
        for copy, one in self.copies.items():
            key = next(key for key, start in self.starts.items() if start is one)
            since = days[key]
            others = [
                (other, days[name])
                for name, other in self.starts.items()
                if other is not one and self._tied(one, other) and holds(other)
            ]
            if not holds(one) or since == one.most or all(began <= since for _, began in others):
                continue
            mattering = [other for other, began in others if began > since or began == since < other.most]
            found[copy] = {subject for start in (one, *mattering) for subject in self._behind(start)}
        return found

    def _behind(self, start: Start) -> set[Subject]:
        """The subjects that a condition compares, and the measures that these are worked out from."""
        program, found = start.side.program, set[Subject]()
        nodes = [program.nodes[index] for index in start.side.truths.below([start.node])]
        slots = [program.slots[node.slot] for node in nodes if isinstance(node, Leaf)]
        open_ = [one for slot in slots for one in (slot.subject, slot.minus) if one is not None]
        while open_:
            subject = open_.pop()
            if subject not in found and subject in self._subjects.all:
                found.add(subject)
                if isinstance(subject, MeasureOf):
                    content = self._subjects.policy.measures[subject.measure]
                    parts = [content.subject] if isinstance(content, PointsOf) else references(content)
                    open_ += list(parts)
        return found

    @cached_property
    def copies(self) -> dict[int, Start]:
        """The numbers of the earlier returns, and what was broken at each."""
        starts = list(self.starts.values())
        return {
            copy: one
            for copy, one in enumerate(starts, start=1)
            if any(other is not one and self._tied(one, other) for other in starts)
        }

    def _tied(self, one: Start, other: Start) -> bool:
        return ("", one.condition) in self.starts or one.side is other.side
