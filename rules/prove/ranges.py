"""Between which numbers a formula can lie, by interval arithmetic in exact fractions.

What the formula's parts have to do with each other is left out, so the range may be too wide and is never too
narrow: what holds over the whole range holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from rules.check.names import default_figure
from rules.formula import Arithmetic, Constant, Extreme, FigureOf, Formula, MeasureOf, Scope, Subject
from rules.model import Version
from rules.model._fields import MAX_DIGITS
from rules.policy import PointsOf, Policy
from rules.prove.bands import Stretch, shares

End = tuple[int, Fraction]
"""A number as (0, number); no end as (-1, 0) or (1, 0). Tuples compare as the numbers do."""
LEAST: End = (-1, Fraction(0))
MOST: End = (1, Fraction(0))
ZERO: End = (0, Fraction(0))


class Span(NamedTuple):
    """The lowest and the highest value, and whether it may be unknown, or is never known."""

    low: End
    high: End
    lacks: bool
    never: bool = False


class Reach(NamedTuple):
    """The stretches of whole values, scaled, in which a subject lies; whether it may lack, or is never known."""

    stretches: tuple[Stretch, ...]
    lacks: bool
    never: bool


class Ranges:
    """The reach of each subject of a policy."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.scope = Scope(policy.version)
        self._found: dict[Subject, Reach] = {}

    def reach(self, subject: Subject) -> Reach:
        """Between which scaled whole values a subject lies."""
        if subject not in self._found:
            self._found[subject] = self._reach(subject)
        return self._found[subject]

    def _reach(self, subject: Subject) -> Reach:
        if isinstance(subject, FigureOf):
            values = self.scope.categories(subject)
            if values is not None:
                lacks = default_figure(self.policy.version, subject.input) is None
                return Reach(((0, len(values) - 1),), lacks, False)
            return _scaled(self.span(subject), self.scope.decimals(subject))
        content = self.policy.measures[subject.measure]
        if not isinstance(content, PointsOf):
            return _scaled(self.span(content), self.scope.decimals(subject))
        below = self.reach(content.subject)
        found = shares(content, self.scope.decimals(content.subject), below.stretches)
        scale = 10 ** self.scope.decimals(subject)
        given = sorted({int(one.points * scale) for one in found if one.stretches})
        return Reach(tuple((one, one) for one in given), below.lacks, below.never)

    def span(self, formula: Formula) -> Span:
        """Between which numbers a formula lies, before it is rounded."""
        if isinstance(formula, Constant):
            end = (0, Fraction(formula.value))
            return Span(end, end, False)
        if isinstance(formula, FigureOf):
            low, high = figure_ends(self.policy.version, formula.input)
            count = max(1, len(formula.members))
            lacks = default_figure(self.policy.version, formula.input) is None
            return Span((0, low * count), (0, high * count), lacks)
        if isinstance(formula, MeasureOf):
            reach, scale = self.reach(formula), 10 ** self.scope.decimals(formula)
            if not reach.stretches:
                return Span(ZERO, ZERO, True, True)
            low_value, high_value = reach.stretches[0][0], reach.stretches[-1][1]
            least = LEAST if low_value is None else (0, Fraction(low_value, scale))
            most = MOST if high_value is None else (0, Fraction(high_value, scale))
            return Span(least, most, reach.lacks, reach.never)
        if isinstance(formula, Extreme):
            spans = [self.span(argument) for argument in formula.arguments]
            choose: Callable[[Sequence[End]], End] = min if formula.function == "min" else max
            ends = choose([one.low for one in spans]), choose([one.high for one in spans])
            return Span(*ends, any(one.lacks for one in spans), any(one.never for one in spans))
        return _arithmetic(formula, self.span(formula.left), self.span(formula.right))


def figure_ends(version: Version, input_id: str) -> tuple[Fraction, Fraction]:
    """The smallest and the largest figure that an input takes."""
    spec, largest = version.inputs[input_id], Decimal(10**MAX_DIGITS - 1)
    low = -largest if spec.minimum is None else max(-largest, spec.minimum)
    high = largest if spec.maximum is None else min(largest, spec.maximum)
    return Fraction(low), Fraction(high)


def _scaled(span: Span, decimals: int) -> Reach:
    """The range of a number once it is rounded."""
    low = None if span.low[0] else _rounded(span.low[1] * 10**decimals)
    high = None if span.high[0] else _rounded(span.high[1] * 10**decimals)
    return Reach(() if span.never else ((low, high),), span.lacks or span.never, span.never)


def _rounded(number: Fraction) -> int:
    whole = math.floor(abs(number) + Fraction(1, 2))
    return -whole if number < 0 else whole


def _arithmetic(formula: Arithmetic, left: Span, right: Span) -> Span:
    lacks, never = left.lacks or right.lacks, left.never or right.never
    if formula.operator == "+":
        return Span(_sum(left.low, right.low), _sum(left.high, right.high), lacks, never)
    if formula.operator == "-":
        return Span(
            _sum(left.low, _opposite(right.high)), _sum(left.high, _opposite(right.low)), lacks, never
        )
    if formula.operator == "/":
        if right.low <= ZERO <= right.high:
            lacks = True
        if right.low == ZERO == right.high:
            return Span(ZERO, ZERO, True, True)
        if right.low < ZERO < right.high:
            return Span(LEAST, MOST, lacks, never)
        inverted = (
            _inverse(right.high, -1 if right.low < ZERO else 1),
            _inverse(right.low, -1 if right.low < ZERO else 1),
        )
        right = Span(*inverted, False)
    ends = [_product(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    return Span(min(ends), max(ends), lacks, never)


def _opposite(end: End) -> End:
    return (-end[0], -end[1])


def _sum(one: End, other: End) -> End:
    return (one[0] or other[0], Fraction(0)) if one[0] or other[0] else (0, one[1] + other[1])


def _product(one: End, other: End) -> End:
    """The product; nothing times no end is nothing, since the ends are only approached."""
    if not one[0] and not other[0]:
        return (0, one[1] * other[1])
    sign = _sign(one) * _sign(other)
    return (sign, Fraction(0))


def _sign(end: End) -> int:
    return end[0] or (end[1] > 0) - (end[1] < 0)


def _inverse(end: End, side: int) -> End:
    """One divided by an end of a range that lies above 0 (side 1) or below it (side -1)."""
    if end[0]:
        return ZERO
    return (side, Fraction(0)) if end[1] == 0 else (0, 1 / end[1])
