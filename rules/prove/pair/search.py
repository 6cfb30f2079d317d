"""Looks for a case in which two versions differ, down to figures that a person can type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

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
Values = dict[Subject, int | None]


class PairSearch:
    """The questions about two versions. What one question has learned helps the next.

    A case is looked for among plain figures first, where everything is linear, and with long runs, which need no
    past. The proof that there is none, and cases that need other figures, are left to a text in which measures are
    as free as they are.
    """

    def __init__(self, text: PairText, cases: Cases) -> None:
        self.text = text
        self._cases = cases
        lines, past, subjects = list(text.text()), list(text.past.text()), text.subjects
        plain = list(subjects.plain(0))
        self._long = Solver([*lines, *plain, *text.past.long()])
        self._free = Solver([*lines, *past])
        plain += [line for copy in text.past.copies for line in subjects.plain(copy)]
        self._plain = Solver([*lines, *past, *plain])
        self._figures = Figures(subjects)
        self._named: dict[Claim, str] = {}
        self._told: dict[tuple[Subject, int], set[int]] = {}
        self._ends: dict[Subject, set[int]] = {}
        codes = {name: (one.low, one.usual, one.high) for name, one in text.settings.by_symbol.items()}
        for side in text.sides:
            for subject, limits in limits_of(side, codes).items():
                self._ends.setdefault(subject, set()).update(limits)

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
        for solver in (self._long, self._plain, self._free):
            found = self._settle(solver, claim)
            if isinstance(found, PairCase) and seen(found):
                return found
        return "open" if isinstance(found, PairCase) else found

    def _settle(self, solver: Solver, claim: str) -> Found:
        """A case of one solver in which a named claim holds."""
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
                self._learn(solver, behind, values, 0)
                continue
            past = "fine" if solver is self._long else self._past(solver)
            if past == "fine":
                return self._decided(solver, values, behind) or "open"
            if past == "open":
                return "open"
        return "open"

    def _past(self, solver: Solver) -> Literal["fine", "learned", "open"]:
        """Whether the earlier returns of the case have figures behind them; where they have none, that is learned."""
        found: Literal["fine", "learned", "open"] = "fine"
        for copy, subjects in self.text.past.looked_back(solver).items():
            values = self._values(solver, copy)
            behind = self._figures.behind(values, copy, subjects)
            if isinstance(behind, Unmet):
                self._learn(solver, behind, values, copy)
                found = "learned"
            elif behind is None and found == "fine":
                found = "open"
        return found

    def _learn(self, solver: Solver, unmet: Unmet, values: Values, copy: int) -> None:
        """Rule out what no figures meet at a return, and say what these limits mean in figures."""
        lines = [stated(negated(all_of(unmet.claims)))]
        for subject in unmet.subjects:
            value, told = values[subject], self._told.setdefault((subject, copy), set())
            limits = set() if value is None else {value, *self._ends.get(subject, ())}
            for limit in sorted(limits - told):
                lines += self.text.subjects.at_limit(subject, limit, copy)
            told |= limits
        self._free.add(lines)
        if solver is not self._free:
            solver.add(lines)

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
