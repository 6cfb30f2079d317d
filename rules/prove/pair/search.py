"""Looks for a case in which two versions differ, down to figures that a person can type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal, get_args

from rules.figures import Figure
from rules.formula import Subject
from rules.prove.figures import Figures, Unmet
from rules.prove.pair.case import Cases, PairCase, State
from rules.prove.pair.prefer import prefer
from rules.prove.pair.sides import limits_of
from rules.prove.pair.text import DAYS, PairText
from rules.prove.solver import Solver
from rules.prove.terms import Claim, all_of, any_of, defined, negated, stated

ROUNDS = 60
"""How many cases without figures behind them may be met before a question stays open."""
Found = PairCase | Literal["never", "open"]
Among = Literal["long", "plain", "free", "loose"]
"""The cases that a solver knows.

`long`: with plain figures, and all has held for long; `plain`: with plain figures; `free`: all that can be, and
somewhat more; `loose`: more still, since nothing says where lengths of time come from.
"""
PLACES: tuple[Among, ...] = ("long", "plain", "free")
"""Where a case is looked for in turn."""
WIDE: tuple[Among, ...] = ("loose", "free")
"""Where it is proved in turn that there is none."""
Values = dict[Subject, int | None]


class PairSearch:
    """The questions about two versions. What one question has learned helps the next.

    A case is looked for with long runs first, which need no past, and among plain figures, where everything is
    linear. That there is none is proved over texts in which measures are as free as they are; what these allow is
    looked for among plain figures, and only then among all. Each solver is made when it is first wanted.
    """

    def __init__(self, text: PairText, cases: Cases) -> None:
        self.text = text
        self._cases = cases
        self._figures = Figures(text.subjects, text.shelf)
        self._named: dict[Claim, str] = {}
        self._defined: list[str] = []
        self._learned: dict[Among, list[str]] = {among: [] for among in get_args(Among)}
        self._told: dict[tuple[Subject, int], set[int]] = {}
        self._solvers: dict[Among, Solver] = {}

    def _solver(self, among: Among) -> Solver:
        """The solver that knows some cases."""
        if among not in self._solvers:
            lines = [*self._lines(among), *self._defined, *self._learned[among]]
            self._solvers[among] = Solver(lines, shelf=self.text.shelf)
        return self._solvers[among]

    def _lines(self, among: Among) -> list[str]:
        text, past = self.text, self.text.past
        if among == "loose":
            return list(text.lines)
        if among == "free":
            return [*text.lines, *past.lines]
        plain = text.subjects.plain
        if among == "long":
            return [*text.lines, *plain(0), *past.long()]
        return [*text.lines, *past.lines, *(line for copy in (0, *past.copies) for line in plain(copy))]

    @cached_property
    def _ends(self) -> dict[Subject, set[int]]:
        """What each subject is compared with, where trigger points are at their defaults or bounds."""
        points = self.text.settings.by_symbol.items()
        codes = {name: (one.low, one.usual, one.high) for name, one in points}
        found: dict[Subject, set[int]] = {}
        for side in self.text.sides:
            for subject, limits in limits_of(side, codes).items():
                found.setdefault(subject, set()).update(limits)
        return found

    def name(self, claim: Claim) -> str:
        """A name for a claim, so that it can be asked for."""
        if claim not in self._named:
            self._named[claim] = f"c{len(self._named)}"
            line = defined(self._named[claim], claim)
            self._defined.append(line)
            for solver in self._solvers.values():
                solver.add([line])
        return self._named[claim]

    def one_of(self, names: Sequence[str]) -> str | Literal["never", "open"]:
        """One of some named claims that can hold; `never` where none can, `open` where this is not settled."""
        claim = self.name(any_of(names))
        for among in PLACES:
            if among == "plain" and self._proved_not(claim):
                return "never"
            solver = self._solver(among)
            answer = solver.ask(claim)
            if answer == "yes":
                return next(name for name in names if solver.holds(name))
        return "never" if answer == "no" else "open"

    def find(self, claim: str, seen: Callable[[PairCase], bool]) -> Found:
        """A case in which a named claim holds, decided; `never` where there is none; `open` where neither is found.

        `seen` looks whether what is claimed shows in what was decided. A case in which it does not is none.
        """
        for among in PLACES:
            if among == "plain" and self._proved_not(claim):
                return "never"
            found = self._settle(among, claim)
            if isinstance(found, PairCase) and seen(found):
                return found
        return "open" if isinstance(found, PairCase) else found

    def _proved_not(self, claim: str) -> bool:
        """Whether a named claim never holds, as is often plain without regard to the past."""
        return any(self._solver(among).ask(claim) == "no" for among in WIDE)

    def _settle(self, among: Among, claim: str) -> Found:
        """A case among some in which a named claim holds."""
        solver = self._solver(among)
        for _ in range(ROUNDS):
            answer = solver.ask(claim)
            if answer != "yes":
                return "never" if answer == "no" else "open"
            prefer(self.text, solver, self.name, claim)
            values = self._values(solver, 0)
            behind = self._figures.behind(values)
            if behind is None:
                return "open"
            if isinstance(behind, Unmet):
                self._learn(among, behind, values, 0)
                continue
            past = "fine" if among == "long" else self._past(among)
            if past == "fine":
                return self._decided(solver, values, behind) or "open"
            if past == "open":
                return "open"
        return "open"

    def _past(self, among: Among) -> Literal["fine", "learned", "open"]:
        """Whether the earlier returns of the case have figures behind them; where they have none, that is learned."""
        found: Literal["fine", "learned", "open"] = "fine"
        solver = self._solver(among)
        for copy, subjects in self.text.past.looked_back(solver).items():
            values = self._values(solver, copy)
            behind = self._figures.behind(values, copy, subjects)
            if isinstance(behind, Unmet):
                self._learn(among, behind, values, copy)
                found = "learned"
            elif behind is None and found == "fine":
                found = "open"
        return found

    def _learn(self, among: Among, unmet: Unmet, values: Values, copy: int) -> None:
        """Rule out what no figures meet at a return, and say what these limits mean in figures."""
        lines = [stated(negated(all_of(unmet.claims)))]
        for subject in unmet.subjects:
            value, told = values[subject], self._told.setdefault((subject, copy), set())
            limits = set() if value is None else {value, *self._ends.get(subject, ())}
            for limit in sorted(limits - told):
                lines += self.text.subjects.at_limit(subject, limit, copy)
            told |= limits
        for one in dict.fromkeys((among, PLACES[-1])):
            self._learned[one] += lines
            if one in self._solvers:
                self._solvers[one].add(lines)

    def _values(self, solver: Solver, copy: int) -> Values:
        subjects = self.text.subjects
        return {
            one: None
            if solver.holds(subjects.unknown(one, copy))
            else solver.number(subjects.value(one, copy))
            for one in subjects.all
        }

    def _decided(self, solver: Solver, values: Values, found: Mapping[str, Figure]) -> PairCase | None:
        text = self.text
        first, second = text.sides
        standing = next(level for level in first.step.standings if solver.holds(first.step.stands(level)))
        state = State(
            (standing, text.mapped(standing)),
            solver.number(DAYS),
            (solver.holds(first.step.stay_over), solver.holds(second.step.stay_over)),
            {key: solver.number(start.name) for key, start in text.past.starts.items()},
            {key: solver.number(clock) for key, clock in text.clocks.items()},
        )
        numbers = text.settings.numbers(solver.number, solver.holds)
        return self._cases.decided(text, numbers, values, found, state)
