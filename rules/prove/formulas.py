"""Formulas as terms: a numerator and a denominator over named whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rules.formula import Arithmetic, Constant, Extreme, FigureOf, Formula, MeasureOf
from rules.prove.terms import Claim, Term, all_of, compared, either, minus, negated, plus, times

Leaf = Callable[[FigureOf | MeasureOf], tuple[Term, int]]
"""The scaled value of a figure, a sum of figures or a measure, and its scale."""

Keep = Callable[[Term], Term]
"""Gives a long term a name, and leaves a short one."""


class Worked(NamedTuple):
    """A formula's numerator and denominator, the claim that no divisor in it is 0, and the degree of the two.

    The denominator may be negative where it is no number. A degree above 1 says that names may be multiplied.
    """

    numerator: Term
    denominator: Term
    divides: Claim
    degrees: tuple[int, int]

    @property
    def linear(self) -> bool:
        """Whether this is a sum of multiples of names, over a number above 0."""
        return self.degrees[0] <= 1 and isinstance(self.denominator, int) and self.denominator > 0

    @property
    def straight(self) -> bool:
        """Whether this is a ratio of two such sums, so that comparing it with a number is linear."""
        return max(self.degrees) <= 1


def worked(formula: Formula, leaf: Leaf, keep: Keep) -> Worked:
    """A formula as terms. What grows long is named on the way, so that the text grows only as the formula does."""
    found = _worked(formula, leaf, keep)
    return found._replace(numerator=keep(found.numerator), denominator=keep(found.denominator))


def _worked(formula: Formula, leaf: Leaf, keep: Keep) -> Worked:
    if isinstance(formula, Constant):
        return Worked(*formula.value.as_integer_ratio(), "true", (0, 0))
    if isinstance(formula, FigureOf | MeasureOf):
        value, scale = leaf(formula)
        return Worked(value, scale, "true", (0 if isinstance(value, int) else 1, 0))
    if isinstance(formula, Extreme):
        found = worked(formula.arguments[0], leaf, keep)
        for argument in formula.arguments[1:]:
            found = _extreme(formula, found, worked(argument, leaf, keep))
            found = found._replace(numerator=keep(found.numerator), denominator=keep(found.denominator))
        return found
    return _arithmetic(formula, worked(formula.left, leaf, keep), worked(formula.right, leaf, keep))


def _arithmetic(formula: Arithmetic, left: Worked, right: Worked) -> Worked:
    divides = all_of([left.divides, right.divides])
    (top, bottom), (other_top, other_bottom) = left.degrees, right.degrees
    if formula.operator in "+-":
        add = plus if formula.operator == "+" else minus
        if left.denominator == right.denominator:
            degrees = max(top, other_top), bottom
            return Worked(add(left.numerator, right.numerator), left.denominator, divides, degrees)
        one, other = times(left.numerator, right.denominator), times(right.numerator, left.denominator)
        degrees = max(top + other_bottom, other_top + bottom), bottom + other_bottom
        return Worked(add(one, other), times(left.denominator, right.denominator), divides, degrees)
    if formula.operator == "*":
        above, below = times(left.numerator, right.numerator), times(left.denominator, right.denominator)
        return Worked(above, below, divides, (top + other_top, bottom + other_bottom))
    above, below = times(left.numerator, right.denominator), times(left.denominator, right.numerator)
    divides = all_of([divides, negated(compared("=", right.numerator, 0))])
    if isinstance(below, int) and below < 0:
        above, below = times(-1, above), -below
    return Worked(above, below, divides, (top + other_bottom, bottom + other_top))


def _extreme(formula: Extreme, one: Worked, other: Worked) -> Worked:
    """The lesser or the greater of two, both over one denominator that is not negative."""
    one, other = _turned(one), _turned(other)
    left, right = times(one.numerator, other.denominator), times(other.numerator, one.denominator)
    first = compared("<=" if formula.function == "min" else ">=", left, right)
    divides = all_of([one.divides, other.divides])
    bottom = one.degrees[1] + other.degrees[1]
    degrees = max(one.degrees[0] + other.degrees[1], other.degrees[0] + one.degrees[1]), bottom
    if one.denominator == other.denominator:
        top = either(first, one.numerator, other.numerator)
        return Worked(top, one.denominator, divides, (max(one.degrees[0], other.degrees[0]), one.degrees[1]))
    return Worked(either(first, left, right), times(one.denominator, other.denominator), divides, degrees)


def _turned(formula: Worked) -> Worked:
    top, bottom = turned(formula.numerator, formula.denominator)
    return formula._replace(numerator=top, denominator=bottom)


def turned(numerator: Term, denominator: Term) -> tuple[Term, Term]:
    """The same fraction with a denominator that is not negative."""
    if isinstance(denominator, int):
        return (numerator, denominator) if denominator >= 0 else (times(-1, numerator), -denominator)
    below = compared("<", denominator, 0)
    return either(below, times(-1, numerator), numerator), either(below, times(-1, denominator), denominator)


def rounded(numerator: Term, denominator: int, scale: int) -> Term:
    """A linear formula's value times `scale`, rounded half away from zero."""
    top = times(2 * scale, numerator)
    if isinstance(top, int):
        whole = (abs(top) + denominator) // (2 * denominator)
        return whole if top >= 0 else -whole
    up = f"(div {plus(top, denominator)} {2 * denominator})"
    down = f"(- (div {plus(times(-1, top), denominator)} {2 * denominator}))"
    return either(compared(">=", top, 0), up, down)


def is_at_least(numerator: Term, denominator: Term, scale: int, value: int) -> Claim:
    """That a formula with a denominator above 0, rounded at `scale`, is at least a value."""
    # half away from zero: from v - 1/2 on for v above 0, and only beyond it for the others
    top, limit = times(2 * scale, numerator), times(2 * value - 1, denominator)
    return compared(">=" if value > 0 else ">", top, limit)


def is_at_most(numerator: Term, denominator: Term, scale: int, value: int) -> Claim:
    """That a formula with a denominator above 0, rounded at `scale`, is at most a value."""
    top, limit = times(2 * scale, numerator), times(2 * value + 1, denominator)
    return compared("<=" if value < 0 else "<", top, limit)
