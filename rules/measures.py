"""Measures worked out exactly: whole numbers and fractions, never floats.

A formula becomes a function of scaled whole numbers that gives an exact fraction (numerator, denominator > 0)
or None for *unknown*. A measure's value is that fraction rounded half away from zero to its decimals, kept as a
whole number scaled by `10 ** decimals`; this rounded value is what is compared, shown and used further on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from rules.formula import Arithmetic, Constant, Extreme, FigureOf, Formula, MeasureOf, Scope, Subject
from rules.policy import PointsOf, Policy

Exact = tuple[int, int]
"""A fraction: numerator, denominator above 0."""
Values = Sequence[int | None]
Worked = Callable[[Values, Values], Exact | None]
"""From figures and measures (scaled, None where unknown) to an exact number, or None."""


def rounded(numerator: int, denominator: int, scale: int) -> int:
    """`numerator / denominator`, times `scale`, rounded half away from zero to a whole number."""
    doubled = 2 * abs(numerator) * scale + denominator
    whole = doubled // (2 * denominator)
    return -whole if numerator < 0 else whole


@lru_cache(maxsize=1 << 12)
def short_text(value: int, decimals: int) -> str:
    """A scaled whole number in its shortest form: (1300, 2) is `13`."""
    whole, part = divmod(abs(value), 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{decimals}d}".rstrip("0") if part else f"{sign}{whole}"


@lru_cache(maxsize=1 << 12)
def scaled_text(value: int, decimals: int) -> str:
    """A scaled whole number as a decimal with exactly so many decimals: (825, 1) is `82.5`."""
    if decimals == 0:
        return str(value)
    whole, part = divmod(abs(value), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{decimals}d}"


class Workings:
    """Works out the measures of one policy from the figures of one return.

    `keys` are the figures that the policy uses anywhere, in a fixed order; `measures` its measures in the order
    in which they are worked out.
    """

    def __init__(self, policy: Policy, further: Sequence[Subject]) -> None:
        self.policy = policy
        self._scope = Scope(policy.version)
        self._positions: dict[str, int] = {}
        self._sums: dict[FigureOf, Worked] = {}
        self.measures: tuple[str, ...] = tuple(policy.measures)
        self._order = {name: index for index, name in enumerate(self.measures)}
        self._worked: list[Callable[[Values, Values], int | None]] = [
            self._measure(name) for name in self.measures
        ]
        for subject in further:
            if isinstance(subject, FigureOf):
                for key in subject.keys:
                    self.position(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that the policy uses."""
        return tuple(self._positions)

    def position(self, key: str) -> int:
        """Where a figure stands in the order of `keys`."""
        return self._positions.setdefault(key, len(self._positions))

    def decimals(self, subject: Subject) -> int:
        """The decimals of a subject's values."""
        return self._scope.decimals(subject)

    def work_out(self, figures: Values) -> list[int | None]:
        """The measures' scaled values, in the order of `measures`."""
        measures: list[int | None] = []
        for worked in self._worked:
            measures.append(worked(figures, measures))
        return measures

    def reader(self, subject: Subject) -> Callable[[Values, Values], int | None]:
        """A function that takes a subject's scaled value from figures and measures."""
        if isinstance(subject, MeasureOf):
            index = self._order[subject.measure]
            return lambda figures, measures: measures[index]
        position = self.position(subject.keys[0])
        return lambda figures, measures: figures[position]

    def _measure(self, name: str) -> Callable[[Values, Values], int | None]:
        content = self.policy.measures[name]
        scale = 10 ** self.policy.version.measures[name].decimals
        if isinstance(content, PointsOf):
            return self._points(content, scale)
        formula = self._formula(content)

        def worked(figures: Values, measures: Values) -> int | None:
            exact = formula(figures, measures)
            return None if exact is None else rounded(exact[0], exact[1], scale)

        return worked

    def _points(self, content: PointsOf, scale: int) -> Callable[[Values, Values], int | None]:
        read = self.reader(content.subject)
        looked_at = 10 ** self._scope.decimals(content.subject)
        bands = [(band_range(pairs, looked_at), int(given * scale)) for pairs, given in content.bands]
        otherwise = int(content.otherwise * scale)

        def worked(figures: Values, measures: Values) -> int | None:
            value = read(figures, measures)
            if value is None:
                return None
            for (low, high), given in bands:
                if (low is None or value >= low) and (high is None or value <= high):
                    return given
            return otherwise

        return worked

    def _formula(self, formula: Formula) -> Worked:
        if isinstance(formula, Constant):
            exact = formula.value.as_integer_ratio()
            return lambda figures, measures: exact
        if isinstance(formula, FigureOf):
            if formula not in self._sums:  # one for all that use it, since a list may be long
                self._sums[formula] = self._sum(formula)
            return self._sums[formula]
        if isinstance(formula, MeasureOf):
            index = self._order[formula.measure]
            scale = 10 ** self.policy.version.measures[formula.measure].decimals

            def taken(figures: Values, measures: Values) -> Exact | None:
                value = measures[index]
                return None if value is None else (value, scale)

            return taken
        if isinstance(formula, Extreme):
            return self._extreme(formula)
        return self._arithmetic(formula)

    def _sum(self, formula: FigureOf) -> Worked:
        scale = 10 ** self._scope.decimals(formula)
        positions = [self.position(key) for key in formula.keys]

        def summed(figures: Values, measures: Values) -> Exact | None:
            total = 0
            for position in positions:
                figure = figures[position]
                if figure is None:
                    return None
                total += figure
            return total, scale

        return summed

    def _extreme(self, formula: Extreme) -> Worked:
        arguments = [self._formula(argument) for argument in formula.arguments]
        choose = min if formula.function == "min" else max

        def chosen(figures: Values, measures: Values) -> Exact | None:
            found = []
            for argument in arguments:
                exact = argument(figures, measures)
                if exact is None:
                    return None
                found.append(Fraction(*exact))
            return choose(found).as_integer_ratio()

        return chosen

    def _arithmetic(self, formula: Arithmetic) -> Worked:
        left, right = self._formula(formula.left), self._formula(formula.right)
        operate = _OPERATIONS[formula.operator]

        def worked(figures: Values, measures: Values) -> Exact | None:
            one = left(figures, measures)
            other = right(figures, measures)
            return None if one is None or other is None else operate(one, other)

        return worked


def _add(one: Exact, other: Exact) -> Exact:
    if one[1] == other[1]:
        return one[0] + other[0], one[1]
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def _subtract(one: Exact, other: Exact) -> Exact:
    return _add(one, (-other[0], other[1]))


def _multiply(one: Exact, other: Exact) -> Exact:
    return one[0] * other[0], one[1] * other[1]


def _divide(one: Exact, other: Exact) -> Exact | None:
    """The quotient; division by zero is unknown."""
    if other[0] == 0:
        return None
    if other[0] < 0:
        return -one[0] * other[1], one[1] * -other[0]
    return one[0] * other[1], one[1] * other[0]


_OPERATIONS: Mapping[str, Callable[[Exact, Exact], Exact | None]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
}


def band_range(pairs: Sequence[tuple[str, Decimal]], scale: int) -> tuple[int | None, int | None]:
    """The lowest and highest scaled whole value that fits every limit of a band."""
    low: int | None = None
    high: int | None = None
    for comparator, number in pairs:
        exact = Fraction(number) * scale
        if comparator in ("below", "at_most"):
            top = math.ceil(exact) - 1 if comparator == "below" else math.floor(exact)
            high = top if high is None else min(high, top)
        else:
            bottom = math.floor(exact) + 1 if comparator == "above" else math.ceil(exact)
            low = bottom if low is None else max(low, bottom)
    return low, high
