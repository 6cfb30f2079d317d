"""A text with a solver, and the plain cases that it has: what a person would think of first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from rules.check.names import default_figure
from rules.decide import NONE, Hold, Leaf
from rules.decide.program import NEVER
from rules.figures import Figure
from rules.formula import Comparison, FigureOf, Subject, TriggerPointOf, walk
from rules.prove.encoding import Encoding
from rules.prove.solver import Solver
from rules.prove.terms import compared, defined


class Ground:
    """One encoding with its history, as a solver knows it."""

    def __init__(self, encoding: Encoding, further: Iterable[str]) -> None:
        self.encoding = encoding
        self.solver = Solver([*encoding.text, *further, *encoding.history])
        self._named: dict[str, str] = {}

    def values(self) -> dict[Subject, int | None]:
        """After a yes: what each subject comes to in the case found."""
        return values_of(self.encoding, self.solver)

    def figures(self) -> dict[str, Figure] | None:
        """After a yes: the figures of the case, where the text ties every measure to its figures."""
        subjects = self.encoding.subjects
        if any(not isinstance(one, FigureOf) and not subjects.tied(one) for one in subjects.all):
            return None
        found: dict[str, Figure] = {}
        for one, value in self.values().items():
            if isinstance(one, FigureOf) and value is not None:
                categories = subjects.scope.categories(one)
                decimals = subjects.scope.decimals(one)
                found[one.keys[0]] = categories[value] if categories else Decimal(value).scaleb(-decimals)
        return found

    def prefer(self, claims: Sequence[str]) -> None:
        """Leave the solver with a case that is as plain as may be: little unknown or unusual, values at limits."""
        encoding, solver, held = self.encoding, self.solver, list(claims)

        def settle(*wished: str) -> bool:
            if solver.ask(*held, *wished) != "yes":
                return False
            held.extend(wished)
            return True

        def each(wished: Sequence[str]) -> None:
            if not settle(*wished):
                for one in wished:
                    settle(one)

        subjects, step = encoding.subjects, encoding.step
        each([f"-{subjects.unknown(one, 0)}" for one in subjects.all])
        each([self._is(point.symbol, point.usual) for point in encoding.points.values()])
        for point in encoding.points.values():
            any(settle(self._is(point.symbol, code)) for code in (point.usual, point.low, point.high))
        any(settle(step.stands(level)) for level in [0, *range(1, encoding.program.levels), NONE])
        settle(step.stay_over)
        holds = [node for node in encoding.program.nodes if isinstance(node, Hold)]
        each([encoding.truths.long(hold.run) for hold in holds])
        solver.ask(*held)
        codes = {name: solver.number(point.symbol) for name, point in encoding.points.items()}
        settle(*(self._is(point.symbol, codes[name]) for name, point in encoding.points.items()))
        for subject, limits in self._near(codes).items():
            any(settle(self._is(subjects.value(subject, 0), value)) for value in limits)
        each([self._is(subjects.value(one, 0), usual) for one, usual in self._usual().items()])
        solver.ask(*held)

    def _is(self, symbol: str, value: int) -> str:
        """The name of the claim that a number is a given one."""
        claim = compared("=", symbol, value)
        if claim not in self._named:
            self._named[claim] = f"is{len(self._named)}"
            self.solver.add([defined(self._named[claim], claim)])
        return self._named[claim]

    def _near(self, codes: Mapping[str, int]) -> dict[Subject, list[int]]:
        """For each subject the values at, just above and just below what it is compared with, greatest first."""
        subjects = self.encoding.subjects
        limits = limits_of(self.encoding, {name: [code] for name, code in codes.items()})
        found = {}
        for one in subjects.all:
            categories = subjects.scope.categories(one)
            if one in limits and categories is not None:
                found[one] = list(range(len(categories)))
            elif one in limits:
                near = {number + step for number in limits[one] for step in (-1, 0, 1)}
                found[one] = sorted(near, reverse=True)
        return found

    def _usual(self) -> dict[Subject, int]:
        """The defaults of figures that have one, scaled."""
        found: dict[Subject, int] = {}
        subjects = self.encoding.subjects
        for one in subjects.all:
            default = (
                default_figure(self.encoding.policy.version, one.input) if isinstance(one, FigureOf) else None
            )
            if default is not None and subjects.scope.categories(one) is None:
                found[one] = int(Fraction(default) * 10 ** subjects.scope.decimals(one))
        return found


def values_of(encoding: Encoding, solver: Solver) -> dict[Subject, int | None]:
    """After a yes: what each subject of an encoding comes to in the case found."""
    subjects = encoding.subjects
    return {
        one: None if solver.holds(subjects.unknown(one, 0)) else solver.number(subjects.value(one, 0))
        for one in subjects.all
    }


def limits_of(encoding: Encoding, codes: Mapping[str, Iterable[int]]) -> dict[Subject, set[int]]:
    """The values that each subject is compared with by itself, where trigger points have given codes."""
    found: dict[Subject, set[int]] = {}
    for root in (*encoding.policy.conditions(), *encoding.whens):
        for one in walk(root):
            if not isinstance(one, Comparison):
                continue
            node = encoding.program.nodes[encoding.program.rules[one.rule].bare]
            assert isinstance(node, Leaf)
            slot = encoding.program.slots[node.slot]
            if slot.minus is not None:
                continue
            values = found.setdefault(one.subject, set())
            if isinstance(one.threshold, TriggerPointOf):
                point = encoding.points[one.threshold.name]
                step = 2 * 10 ** (point.decimals - slot.decimals)
                values.update(code // step for code in codes[point.name])
            else:
                values.update(number for number in node.numbers if number != NEVER)
    return found
