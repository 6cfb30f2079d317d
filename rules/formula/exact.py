"""Formulas worked out exactly, as Python over whole numbers: no floats, and nothing divided before the end.

A formula's value is kept as a fraction of whole numbers. What differs between returns is named by the lines that
are written here, line for line of a formula's parts; what does not is worked out while they are written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rules.formula.tree import Constant, Extreme, FigureOf, Formula, MeasureOf, Subject

FEW = 8
"""So many figures are added up by name; more as a list."""


class Ratio(NamedTuple):
    """`times * top / (parts * bottom)`, with `parts` and `bottom` above 0.

    `top` and `bottom` are names of whole numbers, or `1`. Where the value is unknown `top` is None; `bottom` never is.
    """

    top: str
    bottom: str = "1"
    times: int = 1
    parts: int = 1


class FormulaLines:
    """Writes formulas as lines of Python. `name` tells under which names figures and measures are known."""

    def __init__(self, name: Callable[[Subject], list[str]], decimals: Callable[[Subject], int]) -> None:
        self.lines: list[str] = []
        self._name = name
        self._decimals = decimals
        self._sums: dict[FigureOf, Ratio] = {}
        self._size = 0

    def rounded(self, formula: Formula, scale: int) -> str:
        """Lines that work a formula out; the Python of its value times `scale`, halves rounded away from zero."""
        top, bottom, times, parts = self._ratio(formula)
        common = math.gcd(times * scale, parts)
        times, parts = times * scale // common, parts // common
        if parts == 1 and bottom == "1":
            return self._named(product(times, top), (top,))
        twice = self._named(product(2 * times, top), (top,))
        below = self._named(product(parts, bottom))
        up, down = f"({twice} + {below}) // (2 * {below})", f"-(({below} - {twice}) // (2 * {below}))"
        return f"None if {twice} is None else {up} if {twice} >= 0 else {down}"

    def _named(self, value: str, unless: Iterable[str] = ()) -> str:
        """A name for a value, which is None where one of some others is None."""
        if value.isidentifier() and set(unless) <= {value, "1"}:
            return value  # it has a name
        names = [name for name in dict.fromkeys(unless) if name != "1"]
        name = self._new()
        unknown = " or ".join(f"{other} is None" for other in names)
        self.lines.append(f"{name} = None if {unknown} else {value}" if names else f"{name} = {value}")
        return name

    def _new(self) -> str:
        self._size += 1
        return f"e{self._size}"

    def _ratio(self, formula: Formula) -> Ratio:
        if isinstance(formula, Constant):
            times, parts = formula.value.as_integer_ratio()
            return Ratio("1", "1", times, parts)
        if isinstance(formula, MeasureOf):
            (name,) = self._name(formula)
            return Ratio(name, parts=10 ** self._decimals(formula))
        if isinstance(formula, FigureOf):
            if formula not in self._sums:  # one for all that use it, since a list may be long
                self._sums[formula] = self._sum(formula)
            return self._sums[formula]
        if isinstance(formula, Extreme):
            return self._extreme(formula.function, [self._ratio(part) for part in formula.arguments])
        left, right = self._ratio(formula.left), self._ratio(formula.right)
        if formula.operator == "/":
            return self._quotient(left, right)
        if formula.operator == "*":
            top = self._named(product(left.top, right.top), (left.top, right.top))
            bottom = self._common(left.bottom, right.bottom)
            return Ratio(top, bottom, left.times * right.times, left.parts * right.parts)
        return self._total(left, right if formula.operator == "+" else right._replace(times=-right.times))

    def _sum(self, figures: FigureOf) -> Ratio:
        names, parts = self._name(figures), 10 ** self._decimals(figures)
        if len(names) == 1:
            return Ratio(names[0], parts=parts)
        if len(names) <= FEW:
            return Ratio(self._named(" + ".join(names), names), parts=parts)
        every = self._named(f"({', '.join(names)})")
        return Ratio(self._named(f"None if None in {every} else sum({every})"), parts=parts)

    def _total(self, left: Ratio, right: Ratio) -> Ratio:
        parts = math.lcm(left.parts, right.parts)
        bottom = left.bottom if left.bottom == right.bottom else self._common(left.bottom, right.bottom)
        tops = []
        for one in (left, right):
            lacking = "1" if one.bottom == bottom else right.bottom if one is left else left.bottom
            tops.append(product(one.times * (parts // one.parts), product(lacking, one.top)))
        total = " + ".join(tops).replace("+ -", "- ")
        return Ratio(self._named(total, (left.top, right.top)), bottom, 1, parts)

    def _quotient(self, left: Ratio, right: Ratio) -> Ratio:
        """The quotient; division by zero is unknown."""
        if right.times == 0:
            return Ratio(self._named("None"))
        sign = 1 if right.times > 0 else -1
        times, parts = sign * left.times * right.parts, left.parts * abs(right.times)
        if right.top == "1":
            return Ratio(left.top, left.bottom, times, parts)
        above = self._named(product(left.top, right.bottom), (left.top,))
        below = self._named(product(right.top, left.bottom), (right.top,))
        top, bottom = self._new(), self._new()
        self.lines += [
            f"{top}, {bottom} = {above}, {below}",
            f"if {top} is None or not {bottom}: {top}, {bottom} = None, 1",
            f"elif {bottom} < 0: {top}, {bottom} = -{top}, -{bottom}",
        ]
        return Ratio(top, bottom, times, parts)

    def _extreme(self, function: str, given: list[Ratio]) -> Ratio:
        parts = math.lcm(*(one.parts for one in given))
        tops = [product(one.times * (parts // one.parts), one.top) for one in given]
        unless = [one.top for one in given]
        if len({one.bottom for one in given}) == 1:
            return Ratio(self._named(f"{function}([{', '.join(tops)}])", unless), given[0].bottom, 1, parts)
        first, best, bottom = self._named(tops[0], unless), self._new(), self._new()
        self.lines.append(f"{best}, {bottom} = {first}, {given[0].bottom}")
        sign = "<" if function == "min" else ">"
        for one, top in zip(given[1:], tops[1:], strict=True):
            farther = f"({top}) * {bottom} {sign} {best} * {one.bottom}"
            self.lines.append(f"if {best} is not None and {farther}: {best}, {bottom} = {top}, {one.bottom}")
        return Ratio(best, bottom, 1, parts)

    def _common(self, one: str, other: str) -> str:
        """The product of two bottoms."""
        together = product(one, other)
        return together if together in (one, other) else self._named(together)


def product(one: str | int, other: str | int) -> str:
    """The Python of a product."""
    if one == -1:
        return f"-{other}"
    factors = [factor if isinstance(factor, str) else literal(factor) for factor in (one, other)]
    return " * ".join(factor for factor in factors if factor != "1") or "1"


def literal(number: int) -> str:
    """The Python of a whole number, however long: it does not read long ones in tens."""
    return str(number) if abs(number) < 1 << 64 else hex(number)
