"""Trigger points as whole numbers: every number that a region may set, as far as comparisons can tell."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rules.formula import Comparison, Condition, Scope, TriggerPointOf, walk
from rules.model import TriggerPoint
from rules.model._fields import plain_decimal
from rules.policy import Policy
from rules.prove.terms import declared, stated


@dataclass(frozen=True, slots=True)
class Point:
    """A trigger point that conditions compare with.

    Its number stands as a code: twice the number on the finest grid of the values compared with it, and the odd
    number between for every number that lies between two values of that grid. No comparison can tell the numbers
    of one code apart.
    """

    name: str
    symbol: str
    decimals: int
    low: int
    high: int
    usual: int
    spec: TriggerPoint

    def text(self) -> Iterator[str]:
        """The lines that declare it, within its bounds."""
        yield declared(self.symbol, "Int")
        if self.low == self.high:
            yield stated(f"(= {self.symbol} {_written(self.low)})")
        else:
            yield stated(f"(<= {_written(self.low)} {self.symbol} {_written(self.high)})")

    def number(self, code: int) -> Decimal:
        """A number that a region may set and that has the code, as short as may be."""
        if code == self.usual:
            return self.spec.default
        bounds = self.spec.regions
        scale = 2 * 10**self.decimals
        exact = Decimal(code) / scale
        if code % 2 and bounds is not None:
            # a bound may lie between two values of the grid, and the middle then beyond it
            exact = min(max(exact, bounds.from_), bounds.to)
        return plain_decimal(exact)


def points_of(policy: Policy, prefix: str, further: tuple[Condition, ...]) -> dict[str, Point]:
    """The trigger points that the conditions of a policy compare with, by name."""
    scope, decimals = Scope(policy.version), dict[str, int]()
    for root in (*policy.conditions(), *further):
        for one in walk(root):
            if isinstance(one, Comparison) and isinstance(one.threshold, TriggerPointOf):
                name = one.threshold.name
                decimals[name] = max(decimals.get(name, 0), scope.decimals(one.subject))
    found = {}
    for index, (name, finest) in enumerate(decimals.items()):
        spec = policy.version.trigger_points[name]
        ends = (spec.regions.from_, spec.regions.to) if spec.regions else (spec.default, spec.default)
        codes = [code_of(number, finest) for number in (*ends, spec.default)]
        found[name] = Point(name, f"{prefix}t{index}", finest, codes[0], codes[1], codes[2], spec)
    return found


def code_of(number: Decimal, decimals: int) -> int:
    """The code of a number on a grid."""
    exact = Fraction(number) * 10**decimals
    floor: int = math.floor(exact)
    return 2 * floor + int(exact != floor)


def _written(number: int) -> str:
    return str(number) if number >= 0 else f"(- {-number})"
