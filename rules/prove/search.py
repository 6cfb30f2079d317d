"""Looks for a case in which named claims hold together, down to figures that a person can type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Literal

from rules.figures import Figure
from rules.formula import Subject
from rules.prove.encoding import Encoding
from rules.prove.figures import Figures, Unmet
from rules.prove.ground import Ground, limits_of, values_of
from rules.prove.ranges import figure_ends
from rules.prove.solver import Answer, Solver
from rules.prove.terms import all_of, negated, stated
from rules.prove.witness import Witness, decided

ROUNDS = 20
"""How many cases without figures behind them may be met before a question stays open."""
PLAIN = ((100, 0), (20, 0), (10, 10), (100, -7))
"""What figures are divided by in plain cases: a number for the first of them, and the step to each of the others."""
Found = Witness | Literal["never", "open"]
Settled = tuple[Ground, dict[Subject, int | None], dict[str, Figure]]


class Search:
    """One policy and the questions about it. What one question has learned helps the next.

    Three texts are asked. In the open one measures are free numbers within their ranges: its no is a proof. In the
    plain ones all that is divided by is a plain number, so that every measure is tied to its figures: their yes is a
    case. Where neither settles it, cases of the open one are followed down to figures, and what no figures give is
    ruled out, until there is a proof or a case.
    """

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self._quick: Solver | None = None
        self._deep: Ground | None = None
        self._plain: list[Ground] | None = None
        self._figures: Figures | None = None
        self._added: list[str] = []
        self._learned: list[str] = []
        self._told: dict[Subject, set[int]] = {}

    @property
    def quick(self) -> Solver:
        """The open text, with runs of any length."""
        if self._quick is None:
            self._quick = Solver([*self.encoding.text, *self._added, *self._learned])
        return self._quick

    @property
    def deep(self) -> Ground:
        """The open text, which also minds where runs come from."""
        if self._deep is None:
            self._deep = Ground(self.encoding, [*self._added, *self._learned])
        return self._deep

    @property
    def plain(self) -> list[Ground]:
        """The plain texts."""
        if self._plain is None:
            self._plain = [Ground(one, self._added) for one in self._pinned()]
        return self._plain

    def _pinned(self) -> Iterable[Encoding]:
        subjects = self.encoding.subjects
        keys = list(dict.fromkeys([*subjects.divisors, *subjects.factors]))
        version = self.encoding.policy.version
        for first, step in PLAIN if len(keys) > 1 else PLAIN[:2] if keys else ((0, 0),):
            pins = {}
            for index, key in enumerate(keys):
                spec = version.inputs[key.partition("[")[0]]
                low, high = figure_ends(version, key.partition("[")[0])
                pins[key] = int(max(low, min(high, Fraction(first + index * step))) * 10**spec.decimals)
            yield Encoding(self.encoding.policy, self.encoding.prefix, pins=pins)

    def add(self, lines: Iterable[str]) -> None:
        """Add the definition of a further claim, made of the names of the encoding but for those of values."""
        fresh = list(lines)
        self._added += fresh
        for ground in (*([self._deep] if self._deep else []), *(self._plain or [])):
            ground.solver.add(fresh)
        if self._quick is not None:
            self._quick.add(fresh)

    def ask(self, *claims: str) -> Answer:
        """Whether the claims can hold together, as far as the open text knows."""
        return self.quick.ask(*claims)

    def exists(self, *claims: str, runs: bool = False) -> Literal["yes", "never", "open"]:
        """Whether some return's figures let the claims hold; with `runs`, after some history."""
        found = self._settle(claims, runs=runs, prefer=False)
        return found if isinstance(found, str) else "yes"

    def find(self, *claims: str, seen: Callable[[Witness], bool] = lambda witness: True) -> Found:
        """A case in which the claims hold, decided; `never` where there is none; `open` where neither is found.

        `seen` looks whether what is claimed shows in what was decided. A case in which it does not is none.
        """
        found = self._settle(claims, runs=True, prefer=True)
        if isinstance(found, str):
            return found
        witness = self._decided(*found)
        return witness if witness is not None and seen(witness) else "open"

    def _settle(
        self, claims: Sequence[str], *, runs: bool, prefer: bool
    ) -> Settled | Literal["never", "open"]:
        """Values and figures under which the claims hold, with the ground that has found them."""
        for number in range(ROUNDS):
            answer = self.quick.ask(*claims)
            if answer == "yes" and runs:
                answer = self.deep.solver.ask(*claims)
            if answer != "yes":
                return "never" if answer == "no" else "open"
            last = self.deep.solver if runs else self.quick
            if number == 0:
                plain = self._plainly(claims, prefer)
                if plain is not None:
                    return plain
            values = values_of(self.encoding, last)
            if self._figures is None:
                self._figures = Figures(self.encoding.subjects)
            behind = self._figures.behind(values)
            if behind is None:
                return "open"
            if not isinstance(behind, Unmet):
                return self.deep, values, behind
            self._learn(behind, values)
        return "open"

    def _plainly(self, claims: Sequence[str], prefer: bool) -> Settled | None:
        """A case of one of the plain texts."""
        for ground in self.plain:
            if ground.solver.ask(*claims) != "yes":
                continue
            if prefer:
                ground.prefer(claims)
            figures, values = ground.figures(), ground.values()
            if figures is not None:
                return ground, {one: values[one] for one in self.encoding.subjects.all}, figures
        return None

    def _learn(self, unmet: Unmet, values: dict[Subject, int | None]) -> None:
        """Rule out what no figures give, and say what these limits mean in figures."""
        subjects, points = self.encoding.subjects, self.encoding.points.values()
        lines = [stated(negated(all_of(unmet.claims)))]
        ends = limits_of(self.encoding, {one.name: [one.low, one.usual, one.high] for one in points})
        for subject, own in unmet.limits.items():
            value = values[subject]
            limits = set[int]() if value is None else {value, *own, *ends.get(subject, ())}
            for limit in sorted(limits - self._told.setdefault(subject, set())):
                lines += subjects.at_limit(subject, limit, 0)
            self._told[subject] |= limits
        self._learned += lines
        self.quick.add(lines)
        if self._deep is not None:
            self._deep.solver.add(lines)

    def _decided(
        self, ground: Ground, values: dict[Subject, int | None], figures: dict[str, Figure]
    ) -> Witness | None:
        encoding, solver = ground.encoding, ground.solver
        numbers = {name: point.number(solver.number(point.symbol)) for name, point in encoding.points.items()}
        runs = tuple(solver.number(encoding.run(run)) for run in range(len(encoding.program.runs)))
        step = encoding.step
        standing = next(level for level in step.standings if solver.holds(step.stands(level)))
        return decided(self.encoding, numbers, figures, values, runs, standing, solver.holds(step.stay_over))
