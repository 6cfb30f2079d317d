"""Looks for a case in which two versions differ, down to figures that a person can type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from rules.decide import NONE, Leaf
from rules.figures import Figure
from rules.formula import Subject, TriggerPointOf
from rules.prove.figures import Figures, Unmet
from rules.prove.pair.case import Cases, PairCase, State
from rules.prove.pair.sides import SideText, comparisons
from rules.prove.pair.text import DAYS, PairText
from rules.prove.solver import Solver
from rules.prove.terms import Claim, all_of, any_of, compared, defined, negated, stated

ROUNDS = 40
"""How many cases without figures behind them may be met before a question stays open."""
Wish = str | tuple[str, int]
"""A named claim, or a number that is to have a value."""
Found = PairCase | Literal["never", "open"]


class PairSearch:
    """The questions about two versions. What one question has learned helps the next.

    A case is looked for among plain figures first, where everything is linear, and with long runs, which need no
    past. The proof that there is none, and cases that need other figures, are left to a text in which measures are
    as free as they are.
    """

    def __init__(self, text: PairText, cases: Cases) -> None:
        self.text = text
        self._cases = cases
        lines, subjects = list(text.text()), text.subjects
        plain = list(subjects.plain(0))
        self._long = Solver([*lines, *plain, *text.long()])
        past = list(text.past())
        self._free = Solver([*lines, *past])
        plain += [line for copy in text.copies for line in subjects.plain(copy)]
        self._plain = Solver([*lines, *past, *plain])
        self._figures: Figures | None = None
        self._named: dict[Claim, str] = {}

    def name(self, claim: Claim) -> str:
        """A name for a claim, so that it can be asked for."""
        if claim not in self._named:
            self._named[claim] = f"c{len(self._named)}"
            for solver in (self._long, self._plain, self._free):
                solver.add([defined(self._named[claim], claim)])
        return self._named[claim]

    def one_of(self, names: Sequence[str]) -> str | Literal["never", "open"]:
        """One of some named claims that can hold; `never` where none can, `open` where this is not settled."""
        claim = self.name(any_of(names))
        for solver in (self._long, self._plain, self._free):
            answer = solver.ask(claim)
            if answer == "yes":
                return next(name for name in names if solver.holds(name))
        return "never" if answer == "no" else "open"

    def find(self, claim: str, seen: Callable[[PairCase], bool]) -> Found:
        """A case in which a named claim holds, decided; `never` where there is none; `open` where neither is found.

        `seen` looks whether what is claimed shows in what was decided. A case in which it does not is none.
        """
        if self._figures is None:
            self._figures = Figures(self.text.subjects)
        for solver in (self._long, self._plain):
            if solver.ask(claim) == "yes":
                found = self._preferred(solver, claim)
                if isinstance(found, PairCase) and seen(found):
                    return found
        for _ in range(ROUNDS):
            answer = self._free.ask(claim)
            if answer != "yes":
                return "never" if answer == "no" else "open"
            found = self._preferred(self._free, claim)
            if found is not None:
                return found if isinstance(found, PairCase) and seen(found) else "open"
        return "open"

    def _preferred(self, solver: Solver, claim: str) -> PairCase | Literal["open"] | None:
        """The plainest case of those in which a claim holds; None where it has no figures, which is learned."""
        self._prefer(solver, claim)
        values = self._values(solver)
        assert self._figures is not None
        behind = self._figures.behind(values)
        if isinstance(behind, Unmet):
            self._learn(behind, values)
            return None
        found = None if behind is None else self._decided(solver, values, behind)
        return "open" if found is None else found

    def _learn(self, unmet: Unmet, values: dict[Subject, int | None]) -> None:
        """Rule out what no figures meet, and say what these limits mean in figures."""
        lines = [stated(negated(all_of(unmet.claims)))]
        for subject in unmet.subjects:
            value = values[subject]
            if value is not None:
                lines += self.text.subjects.at_limit(subject, value, 0)
        self._free.add(lines)

    def _values(self, solver: Solver) -> dict[Subject, int | None]:
        subjects = self.text.subjects
        return {
            one: None if solver.holds(subjects.unknown(one, 0)) else solver.number(subjects.value(one, 0))
            for one in subjects.all
        }

    def _decided(
        self, solver: Solver, values: dict[Subject, int | None], found: dict[str, Figure]
    ) -> PairCase | None:
        text = self.text
        first, second = text.sides
        standing = next(level for level in first.step.standings if solver.holds(first.step.stands(level)))
        state = State(
            (standing, text.mapped(standing)),
            solver.number(DAYS),
            (solver.holds(first.step.stay_over), solver.holds(second.step.stay_over)),
            {key: solver.number(start.name) for key, start in text.starts.items()},
            {key: solver.number(clock) for key, clock in text.clocks.items()},
        )
        numbers = text.settings.numbers(solver.number, solver.holds)
        return self._cases.decided(text, numbers, values, found, state)

    def _prefer(self, solver: Solver, claim: str) -> None:
        """Leave the solver with a case that is as plain as may be: few things unknown or unusual, values at limits."""
        text, held = self.text, [claim]

        def settle(*wished: Wish) -> bool:
            # the case at hand fulfils what is held, and often the wish as well
            names = [one if isinstance(one, str) else self._is(*one) for one in wished]
            if not all(_fulfilled(solver, one) for one in wished) and solver.ask(*held, *names) != "yes":
                return False
            held.extend(names)
            return True

        def each(wished: Sequence[Wish]) -> None:
            if not settle(*wished):
                for one in wished:
                    settle(one)

        subjects, first = text.subjects, text.sides[0]
        each([f"-{subjects.unknown(one, 0)}" for one in subjects.all])
        each([f"-{joint.is_set}" for joint in text.settings.joint.values()])
        points = {one.symbol: one for side in text.sides for one in side.points.values()}
        each([(symbol, point.usual) for symbol, point in points.items()])
        for symbol, point in points.items():
            any(settle((symbol, code)) for code in (point.usual, point.low, point.high))
        any(settle(first.step.stands(level)) for level in [*range(first.program.levels), NONE])
        each([(clock, 0) for clock in text.clocks.values()])
        each([side.step.stay_over for side in text.sides])
        each([(start.name, start.most) for start in text.starts.values()])
        codes = {symbol: solver.number(symbol) for symbol in points}
        settle(*codes.items(), (DAYS, self._days(solver)))
        for subject, limits in self._limits(codes).items():
            value = subjects.value(subject, 0)
            if solver.number(value) not in limits:
                settle(self.name(any_of(compared("=", value, limit) for limit in limits)))
            settle((value, solver.number(value)))

    def _days(self, solver: Solver) -> int:
        """The fewest days, of those that can matter, that may have gone by in a case like the one found."""
        days = solver.number(DAYS)
        stays = {status.minimum_stay for policy in self.text.policies for status in policy.version.statuses}
        return max((one for one in stays if one <= days), default=0)

    def _is(self, symbol: str, value: int) -> str:
        """The name of the claim that a number is a given one."""
        return self.name(compared("=", symbol, value))

    def _limits(self, codes: dict[str, int]) -> dict[Subject, list[int]]:
        """For each subject the values at, just above and just below what it is compared with, greatest first."""
        found: dict[Subject, set[int]] = {}
        for side in self.text.sides:
            self._side_limits(side, codes, found)
        scope = self.text.subjects.scope
        return {
            one: sorted(found[one], reverse=scope.categories(one) is None)
            for one in self.text.subjects.all
            if one in found
        }

    @staticmethod
    def _side_limits(side: SideText, codes: dict[str, int], found: dict[Subject, set[int]]) -> None:
        for one in comparisons(side.policy):
            node = side.program.nodes[side.program.rules[one.rule].bare]
            assert isinstance(node, Leaf)
            slot, numbers = side.program.slots[node.slot], list(node.numbers)
            if slot.minus is not None:
                continue
            near = found.setdefault(slot.subject, set())
            if slot.values is not None:
                near.update(range(len(slot.values)))
                continue
            if isinstance(one.threshold, TriggerPointOf):
                point = side.points[one.threshold.name]
                numbers = [codes[point.symbol] // (2 * 10 ** (point.decimals - slot.decimals))]
            near.update(number + step for number in numbers for step in (-1, 0, 1))


def _fulfilled(solver: Solver, wish: Wish) -> bool:
    """Whether the case at hand is as wished."""
    if isinstance(wish, str):
        return solver.holds(wish.lstrip("-")) != wish.startswith("-")
    return solver.number(wish[0]) == wish[1]
