"""Two versions as one text: one unit, one return, one past, judged by both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules.decide import NONE, Hold
from rules.policy import Policy, ReductionOf, mapped_level
from rules.prove.pair.merge import merged
from rules.prove.pair.settings import Settings
from rules.prove.pair.sides import Meanings, SideText, renamed_program, side_of
from rules.prove.pair.ties import PairSubjects
from rules.prove.terms import Claim, all_of, any_of, compared, declared, defined, negated, stated

DAYS = "days"
"""The name of the number of days since the status began at which the unit stands."""


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


class PairText:
    """The names and the text of two versions.

    With `apart`, nothing ties the durations of the two versions to each other.
    """

    def __init__(
        self,
        first: Policy,
        second: Policy,
        numbers: tuple[Mapping[str, Decimal], Mapping[str, Decimal]] | None,
        *,
        apart: bool = False,
    ) -> None:
        self.policies = first, second
        self.merged = merged(first, second)
        programs = [
            renamed_program(policy, renaming)
            for policy, renaming in zip(self.policies, self.merged.renamings, strict=True)
        ]
        wanted = [
            subject
            for program in programs
            for slot in program.slots
            for subject in (slot.subject, slot.minus)
            if subject is not None
        ]
        self.subjects = PairSubjects(self.merged, (first.version, second.version), wanted)
        self.settings = Settings(self.policies, numbers)
        meanings = Meanings()
        one, other = (
            side_of(policy, prefix, program, self.subjects, points, meanings, apart)
            for policy, prefix, program, points in zip(
                self.policies, "ab", programs, self.settings.points, strict=True
            )
        )
        self.sides: tuple[SideText, SideText] = (one, other)
        self.starts = self._starts(apart)
        keys = {reduction.key: reduction for policy in self.policies[::-1] for reduction in policy.reductions}
        self.clocks: dict[tuple[str, str], str] = {
            key: f"g{index}"
            for index, key in enumerate(sorted(keys))
            if key in first.numbers and any(self.lapse(side, key) is not None for side in (0, 1))
        }

    def _starts(self, apart: bool) -> dict[tuple[str, int], Start]:
        """The start of each condition that must hold for a time, by its meaning."""
        found: dict[tuple[str, int], Start] = {}
        for side in self.sides:
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

    def lapse(self, side: int, key: tuple[str, str]) -> int | None:
        """After how many days a reduction lapses under a version; None where it does not."""
        number = self.policies[side].numbers.get(key)
        return None if number is None else self.policies[side].reductions[number].reduction.lapses_after

    def mapped(self, level: int) -> int:
        """Where a unit that stands at a level of the first version stands in the second."""
        first, second = self.policies
        return NONE if level == NONE else mapped_level(first.version.statuses[level].id, first, second)

    def text(self) -> Iterator[str]:
        """The lines about the return at hand, with runs of any length."""
        yield from self.settings.text()
        yield from self.subjects.text(0)
        for side in self.sides:
            yield from side.truths.text(0, range(len(side.program.nodes)))
            yield from side.step.text()
        yield from self._lengths()
        yield from self._state()
        yield from self._clocks()

    def _lengths(self) -> Iterator[str]:
        """How long ago conditions began to hold, and which durations are over."""
        for one in self.starts.values():
            yield declared(one.name, "Int")
            yield stated(f"(<= 0 {one.name} {one.most})")
        for side in self.sides:
            for hold in side.holds:
                days, key = side.truths.days(hold), self.start_key(side, hold)
                if days and key is not None:
                    since = self.starts[key].name
                    yield stated(f"(= {side.truths.long(hold.run)} {compared('>=', since, days)})")

    def long(self) -> Iterator[str]:
        """Further lines, which leave only cases in which everything has held for long: those have some past."""
        yield from (stated(compared("=", one.name, one.most)) for one in self.starts.values())

    def past(self) -> Iterator[str]:
        """Further lines, which leave only lengths of runs that one past can have led to.

        What began to hold later than another condition was broken at an earlier return, at which that other one
        held. So each has an earlier return of its own, at any figures under the same trigger points. A duration
        within a duration is free there. That allows more than can be, so what is proved holds.
        """
        starts = list(self.starts.values())
        for copy, one in self.copies.items():
            others = [other for other in starts if other is not one and self._tied(one, other)]
            yield from self.subjects.text(copy)
            for side in self.sides:
                below = side.truths.below(hold.child for hold in side.holds)
                yield from side.truths.text(copy, below)
            known = []
            for other in others:
                before = all_of([other.holds(), f"(> {other.name} {one.name})"])
                beside = all_of([other.holds(), other.short, f"(= {other.name} {one.name})"])
                now = [one.holds(), one.short]
                yield stated(f"(=> {all_of([*now, before])} {other.holds(copy)})")
                yield stated(f"(=> {all_of([*now, beside])} (not {other.holds(copy)}))")
                known.append(before)
            yield stated(f"(=> {all_of([one.holds(), one.short, any_of(known)])} (not {one.holds(copy)}))")

    @property
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

    def _state(self) -> Iterator[str]:
        """Where the unit stands: in the second version where a change of version would put it."""
        one, other = self.sides
        sources: dict[int, list[Claim]] = {level: [] for level in other.step.standings}
        for level in one.step.standings:
            sources[self.mapped(level)].append(one.step.stands(level))
        for level, claims in sources.items():
            yield stated(f"(= {other.step.stands(level)} {any_of(claims)})")
        yield declared(DAYS, "Int")
        yield stated(f"(>= {DAYS} 0)")
        for side in self.sides:
            step = side.step
            yield stated(f"(=> {step.stands(NONE)} {step.stay_over})")
            for level, status in enumerate(side.policy.version.statuses):
                if status.minimum_stay:
                    over = compared(">=", DAYS, status.minimum_stay)
                    yield stated(f"(=> {step.stands(level)} (= {step.stay_over} {over}))")

    def _clocks(self) -> Iterator[str]:
        """For how long reductions have been permitted, and which of them have lapsed.

        A clock runs where the unit stands at the reduction's status or above. One that the first version does not
        have cannot have run out.
        """
        first, one = self.policies[0], self.sides[0]
        top = len(first.version.statuses) - 1
        for key, clock in self.clocks.items():
            level = first.reductions[first.numbers[key]].level
            yield declared(clock, "Int")
            yield stated(f"(>= {clock} 0)")
            there = any_of(one.step.stands(above) for above in range(level, top + 1))
            yield stated(f"(=> (> {clock} 0) {there})")
            if level == top:
                yield stated(f"(=> (> {clock} 0) (<= {clock} {DAYS}))")
        for index, side in enumerate(self.sides):
            for number, reduction in enumerate(side.policy.reductions):
                yield defined(side.may(number), self._may(index, side, number, reduction))

    def _may(self, index: int, side: SideText, number: int, reduction: ReductionOf) -> Claim:
        clock, lapse = self.clocks.get(reduction.key), self.lapse(index, reduction.key)
        lapsed = "false" if clock is None or lapse is None else compared(">=", clock, lapse)
        return all_of([side.step.permitted(number), negated(lapsed)])
