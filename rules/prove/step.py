"""The step as claims: which statuses the unknown leaves possible, which one follows, and what it permits.

This states the rules of the design a third time, after the two deciders; the tests hold it against them. It
speaks of the step alone: nothing is declared, suspended, withheld or lapsed.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.decide import NONE, Program
from rules.prove.terms import Claim, all_of, any_of, chosen, declared, defined, negated, stated
from rules.prove.truths import Truth, Truths

FALSE = Truth("false", "false")


class Step:
    """The names of the claims about one step of a program, and the text that defines them."""

    def __init__(self, prefix: str, program: Program, truths: Truths) -> None:
        self.prefix, self.program, self._truths = prefix, program, truths
        self.stay_over = f"{prefix}stay"

    def stands(self, level: int) -> str:
        """That the unit stands at a level (NONE before the first determinate step)."""
        return f"{self.prefix}s{'n' if level == NONE else level}"

    def could_be(self, level: int) -> str:
        """That some way of turning the unknown out gives a level."""
        return f"{self.prefix}could{level}"

    def status(self, level: int) -> str:
        """That the level follows."""
        return f"{self.prefix}st{level}"

    def begins(self, level: int) -> str:
        """That the level follows and was not there before."""
        return f"{self.prefix}beg{level}"

    def permitted(self, number: int) -> str:
        """That a reduction may be used under the status that follows."""
        return f"{self.prefix}per{number}"

    @property
    def standings(self) -> range:
        """Where a unit can stand."""
        return range(NONE, self.program.levels)

    def text(self) -> Iterator[str]:
        """The lines that define the step, after those of the truths."""
        levels = range(self.program.levels)
        for level in self.standings:
            yield declared(self.stands(level), "Bool")
        names = " ".join(self.stands(level) for level in self.standings)
        yield stated(f"((_ at-least 1) {names})")
        yield stated(f"((_ at-most 1) {names})")
        yield declared(self.stay_over, "Bool")
        for level, status in enumerate(self.program.policy.version.statuses):
            if status.minimum_stay == 0:
                yield stated(f"(=> {self.stands(level)} {self.stay_over})")
        enters = [self._enter(level) for level in levels]
        exits = [FALSE if node is None else self._truths.truth(node) for node in self.program.exits]
        for level in levels:
            ways = (
                all_of([self.stands(standing), self._leads(standing, level, enters, exits)])
                for standing in self.standings
            )
            yield defined(self.could_be(level), any_of(ways))
        for level in levels:
            others = (negated(self.could_be(other)) for other in levels if other != level)
            yield defined(self.status(level), all_of([self.could_be(level), *others]))
            yield defined(self.begins(level), all_of([self.status(level), negated(self.stands(level))]))
        for number, reduction in enumerate(self.program.policy.reductions):
            when = self.program.whens[number]
            holds = "true" if when is None else self._truths.truth(when).certain
            at = any_of(self.status(level) for level in levels if level >= reduction.level)
            yield defined(self.permitted(number), all_of([at, holds]))

    def _enter(self, level: int) -> Truth:
        """A level's enter; before the first determinate step, durations may be left out of it."""
        nodes = self.program.enters[level]
        if nodes is None:
            return FALSE
        usual, bare = self._truths.truth(nodes.node), self._truths.truth(nodes.bare)
        if not self.program.at_once:
            return usual
        first = self.stands(NONE)
        return Truth(chosen(first, bare.certain, usual.certain), chosen(first, bare.possible, usual.possible))

    def _leads(self, standing: int, level: int, enters: list[Truth], exits: list[Truth]) -> Claim:
        """That some way of turning the unknown out leads from where the unit stands to a level."""
        base = max(standing, 0)
        steps = self.program.policy.version.steps
        free = standing == NONE and self.program.at_once
        highest = len(enters) if free or steps.up is None else base + steps.up
        ways = []
        for above in range(base + 1, len(enters)):
            if min(above, highest) == level:
                none_higher = [negated(enter.certain) for enter in enters[above + 1 :]]
                ways.append(all_of([enters[above].possible, *none_higher]))
        not_up = all_of(negated(enter.certain) for enter in enters[base + 1 :])
        if base == 0:
            down: Claim = "true" if level == 0 else "false"
        else:
            down = self._down(base, level, enters[base], exits)
        ways.append(all_of([not_up, down]))
        return any_of(ways)

    def _down(self, base: int, level: int, enter: Truth, exits: list[Truth]) -> Claim:
        """That, if no enter above holds, the unit may go from `base` to a level, or stay."""
        leave = Truth(
            all_of([self.stay_over, exits[base].certain, negated(enter.possible)]),
            all_of([self.stay_over, exits[base].possible, negated(enter.certain)]),
        )
        if level == base:
            return negated(leave.certain)
        limit = self.program.policy.version.steps.down
        lowest = 0 if limit is None else max(0, base - limit)
        ways = []
        for target in range(base - 1, -1, -1):
            if max(target, lowest) == level:
                passed = [exits[between].possible for between in range(target + 1, base)]
                held = "true" if target == 0 else negated(exits[target].certain)
                ways.append(all_of([*passed, held]))
        return all_of([leave.possible, any_of(ways)])
