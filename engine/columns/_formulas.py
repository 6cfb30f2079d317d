"""Measures over whole columns: the arithmetic of `rules.measures`, many returns at a time.

A formula's value is kept as `multiple * top / (divisor * bottom)`, where the arrays hold what differs between
returns and the two whole numbers what does not. Nothing is divided before the one rounding at the end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from engine.columns._arrays import Flags, Numbers, Whole, either, fitting, marked, times, widened
from rules.formula import Constant, Extreme, FigureOf, Formula, MeasureOf


class Source(Protocol):
    """Gives figures and measures by their places."""

    shape: tuple[int, int]

    def figure(self, place: int) -> Whole:
        """The figures of a key."""

    def measure(self, place: int) -> Whole:
        """A measure's scaled values."""


class Ratio(NamedTuple):
    """`multiple * top / (divisor * bottom)`, with divisor and bottom above 0; an array that is None is 1.

    `most` and `most_below` bound the arrays' magnitudes; `signed` says whether the top may be below 0.
    """

    multiple: int
    top: Numbers | None
    divisor: int
    bottom: Numbers | None
    most: int = 1
    most_below: int = 1
    signed: bool = False
    unknown: Flags | None = None


Worked = Callable[[Source], Ratio]
"""From figures and measures to a formula's value."""


class FormulaCompiler:
    """Turns formulas into functions over columns. Figures are found by key, measures by name."""

    def __init__(
        self,
        figures: Callable[[str], int],
        measures: Callable[[str], int],
        decimals: Callable[[FigureOf | MeasureOf], int],
    ) -> None:
        self._figures = figures
        self._measures = measures
        self._decimals = decimals

    def compile(self, formula: Formula) -> Worked:
        """The function of a formula."""
        if isinstance(formula, Constant):
            above, below = formula.value.as_integer_ratio()
            fixed = Ratio(above, None, below, None)
            return lambda source: fixed
        if isinstance(formula, FigureOf):
            return self._sum(formula)
        if isinstance(formula, MeasureOf):
            index, scale = self._measures(formula.measure), 10 ** self._decimals(formula)
            return lambda source: _taken(source.measure(index), scale)
        if isinstance(formula, Extreme):
            arguments = [self.compile(argument) for argument in formula.arguments]
            greatest = formula.function == "max"
            return lambda source: _extreme([argument(source) for argument in arguments], greatest)
        left, right = self.compile(formula.left), self.compile(formula.right)
        operate = _OPERATIONS[formula.operator]
        return lambda source: operate(left(source), right(source))

    def _sum(self, formula: FigureOf) -> Worked:
        places = [self._figures(key) for key in formula.keys]
        scale = 10 ** self._decimals(formula)

        def summed(source: Source) -> Ratio:
            parts = [source.figure(place) for place in places]
            factor = math.gcd(*(part.factor for part in parts))
            first, *others = parts
            numbers, most = times(first.numbers, first.most, first.factor // factor)
            signed, unknown = first.signed, first.unknown
            for other in others:
                added, greatest = times(other.numbers, other.most, other.factor // factor)
                most += greatest
                numbers = widened(numbers, most) + added
                signed, unknown = signed or other.signed, either(unknown, other.unknown)
            return _taken(Whole(numbers, most, signed, unknown, factor), scale)

        return summed


def rounded(value: Ratio, scale: int, shape: tuple[int, ...]) -> Whole:
    """The value times `scale`, rounded half away from zero to whole numbers."""
    common = math.gcd(value.multiple * scale, value.divisor)
    multiple, divisor = value.multiple * scale // common, value.divisor // common
    top = np.ones(shape, np.int32) if value.top is None else value.top
    signed = value.signed or multiple < 0
    unknown = None if value.unknown is None else np.broadcast_to(value.unknown, shape)
    if value.bottom is None and divisor == 1:
        numbers, most = times(top, value.most, multiple)
        return Whole(numbers, most, signed, unknown)
    doubled, most = times(top, value.most, 2 * multiple)
    bound = 2 * (most + divisor * value.most_below)
    doubled = widened(doubled, bound)
    magnitude = abs(doubled) if signed else doubled
    result = _halves_up(magnitude, divisor, value.bottom, bound)
    if signed and result.dtype == np.object_:
        result = np.where(doubled < 0, -result, result)
    elif signed:
        sign = doubled >> (8 * doubled.dtype.itemsize - 1)  # -1 below 0, else 0
        result = (result ^ sign) - sign
    return Whole(result, bound, signed, unknown)


def _halves_up(doubled: Numbers, divisor: int, bottom: Numbers | None, bound: int) -> Numbers:
    """Half of `doubled / (divisor * bottom)`, rounded half up to whole numbers; nothing is below 0."""
    if bottom is None:
        halves: Numbers = (doubled + divisor) // (2 * divisor)
        return halves
    below = widened(bottom, bound)
    below = below if divisor == 1 else below * divisor
    quotient: Numbers = (doubled + below) // (below + below)
    return quotient


def banded(bands: Sequence[tuple[int | None, int | None, int]], otherwise: int, of: Whole) -> Whole:
    """Points by bands, given as (lowest, highest, points) in whole numbers: the first that fits, else `otherwise`."""
    most = max(abs(otherwise), *(abs(given) for *_, given in bands), 1)
    kind = fitting(2 * most)
    result = np.full(of.numbers.shape, otherwise, kind)
    for low, high, given in reversed(bands):
        least = True if low is None else of.numbers >= low
        greatest = True if high is None else of.numbers <= high
        result += (kind(given) - result) * np.logical_and(least, greatest)
    return Whole(result, most, True, of.unknown)


def _taken(whole: Whole, scale: int) -> Ratio:
    """A whole number of the smallest units, of which `scale` are one."""
    most = max(1, whole.most)
    return Ratio(whole.factor, whole.numbers, scale, None, most, 1, whole.signed, whole.unknown)


def _joined(one: Numbers | None, other: Numbers | None, most: int) -> Numbers | None:
    """The product of two arrays, either of which may be 1."""
    if one is None or other is None:
        return other if one is None else one
    return widened(one, most) * widened(other, most)


class _Alike(NamedTuple):
    """Values brought to one bottom: their tops, each with its bound, and the bottom that they share."""

    tops: list[tuple[Numbers | int, int]]
    divisor: int
    bottom: Numbers | None
    most_below: int
    unknown: Flags | None

    @classmethod
    def of(cls, values: Sequence[Ratio]) -> _Alike:
        """Bring values to a common bottom."""
        divisor = math.lcm(*(value.divisor for value in values))
        bottoms = {id(value.bottom): value for value in values if value.bottom is not None}
        unknown: Flags | None = None
        tops: list[tuple[Numbers | int, int]] = []
        for value in values:
            unknown = either(unknown, value.unknown)
            multiple = value.multiple * (divisor // value.divisor)
            top, most = value.top, value.most
            for key, other in bottoms.items():
                if key != id(value.bottom):
                    most *= other.most_below
                    top = _joined(top, other.bottom, most)
            tops.append((multiple, abs(multiple)) if top is None else times(top, most, multiple))
        bottom: Numbers | None = None
        most_below = 1
        for value in bottoms.values():
            most_below *= value.most_below
            bottom = _joined(bottom, value.bottom, most_below)
        return cls(tops, divisor, bottom, most_below, unknown)


def _added(one: Ratio, other: Ratio, sign: int = 1) -> Ratio:
    alike = _Alike.of((one, other))
    (left, most), (right, most_right) = alike.tops
    if isinstance(left, int) and isinstance(right, int):
        return Ratio(left + sign * right, None, *alike[1:3], 1, alike.most_below, False, alike.unknown)
    bound = most + most_right
    left, right = _array(left, bound), _array(right, bound)
    top = left + right if sign == 1 else left - right
    signed = sign != 1 or _below_nought(one) or _below_nought(other)
    return Ratio(1, top, *alike[1:3], bound, alike.most_below, signed, alike.unknown)


def _below_nought(value: Ratio) -> bool:
    return value.signed or value.multiple < 0


def _multiplied(one: Ratio, other: Ratio) -> Ratio:
    multiple, divisor = one.multiple * other.multiple, one.divisor * other.divisor
    common = math.gcd(multiple, divisor)
    most, most_below = one.most * other.most, one.most_below * other.most_below
    return Ratio(
        multiple // common,
        _joined(one.top, other.top, most),
        divisor // common,
        _joined(one.bottom, other.bottom, most_below),
        most,
        most_below,
        one.signed or other.signed,
        either(one.unknown, other.unknown),
    )


def _divided(one: Ratio, other: Ratio) -> Ratio:
    """The quotient; division by zero is unknown."""
    unknown = either(one.unknown, other.unknown)
    if other.multiple == 0:
        everywhere = np.ones(1, np.bool_)
        return one._replace(unknown=everywhere)
    top, divisor, most_below = other.top, other.multiple, other.most
    signed = one.signed
    multiple = one.multiple * other.divisor
    if divisor < 0:
        multiple, divisor = -multiple, -divisor
    above = other.bottom
    if top is not None:
        nought = marked(top == 0)
        if nought is not None:
            unknown = either(unknown, nought)
            top = np.where(nought, 1, top)
        if other.signed:
            flipped = np.sign(top)
            above = flipped if above is None else above * flipped
            top, signed = abs(top), True
    return _multiplied(
        Ratio(multiple, one.top, one.divisor, one.bottom, one.most, one.most_below, one.signed, unknown),
        Ratio(1, above, divisor, top, other.most_below, max(1, most_below), signed, None),
    )


def _extreme(values: Sequence[Ratio], greatest: bool) -> Ratio:
    alike = _Alike.of(values)
    bound = max(most for _, most in alike.tops)
    tops = [top for top, _ in alike.tops]
    fixed = [top for top in tops if isinstance(top, int)]
    if len(fixed) == len(tops):
        chosen = max(fixed) if greatest else min(fixed)
        return Ratio(chosen, None, *alike[1:3], 1, alike.most_below, False, alike.unknown)
    choose = np.maximum if greatest else np.minimum
    found = _array(tops[0], bound)
    for top in tops[1:]:
        found = choose(found, _array(top, bound))
    signed = any(map(_below_nought, values))
    return Ratio(1, found, *alike[1:3], bound, alike.most_below, signed, alike.unknown)


def _array(value: Numbers | int, bound: int) -> Numbers:
    return np.asarray(value, fitting(bound)) if isinstance(value, int) else widened(value, bound)


_OPERATIONS: dict[str, Callable[[Ratio, Ratio], Ratio]] = {
    "+": _added,
    "-": lambda one, other: _added(one, other, -1),
    "*": _multiplied,
    "/": _divided,
}
