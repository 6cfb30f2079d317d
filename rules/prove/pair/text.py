"""Two versions as one text: one unit, one return, one past, judged by both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from rules.decide import NONE
from rules.policy import Policy, ReductionOf, mapped_level
from rules.prove.pair.merge import merged
from rules.prove.pair.past import Past
from rules.prove.pair.settings import Settings
from rules.prove.pair.sides import Meanings, SideText, renamed_program, side_of
from rules.prove.pair.subjects import PairSubjects
from rules.prove.solver import Shelf
from rules.prove.terms import Claim, all_of, any_of, compared, declared, defined, negated, stated

DAYS = "days"
"""The name of the number of days since the status began at which the unit stands."""


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
        self.policies, self.shelf = (first, second), Shelf()
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
        self.subjects = PairSubjects(self.merged, (first.version, second.version), wanted, self.shelf)
        self.settings = Settings(self.policies, numbers)
        meanings = Meanings()
        one, other = (
            side_of(policy, prefix, program, self.subjects, points, meanings, apart)
            for policy, prefix, program, points in zip(
                self.policies, "ab", programs, self.settings.points, strict=True
            )
        )
        self.sides: tuple[SideText, SideText] = (one, other)
        self.past = Past(self.subjects, self.sides, apart)
        keys = {reduction.key: reduction for policy in self.policies[::-1] for reduction in policy.reductions}
        self.clocks: dict[tuple[str, str], str] = {
            key: f"g{index}"
            for index, key in enumerate(sorted(keys))
            if key in first.numbers and any(self.lapse(side, key) is not None for side in (0, 1))
        }

    def lapse(self, side: int, key: tuple[str, str]) -> int | None:
        """After how many days a reduction lapses under a version; None where it does not."""
        number = self.policies[side].numbers.get(key)
        return None if number is None else self.policies[side].reductions[number].reduction.lapses_after

    def mapped(self, level: int) -> int:
        """Where a unit that stands at a level of the first version stands in the second."""
        first, second = self.policies
        return NONE if level == NONE else mapped_level(first.version.statuses[level].id, first, second)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines about the return at hand, with runs of any length."""
        return tuple(self._text())

    def _text(self) -> Iterator[str]:
        yield from self.settings.text()
        yield from self.subjects.text(0)
        for side in self.sides:
            yield from side.truths.text(0, range(len(side.program.nodes)))
            yield from side.step.text()
        yield from self.past.lengths()
        yield from self._state()
        yield from self._clocks()

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
