"""The trigger points of two versions side by side.

A point that both versions have is either left at each version's default, or set by a region to one number, which
both take as far as their bounds allow: where only one of them allows the number, the other stays at the nearest
one that it does. A point that one version has moves within its bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from rules.model import TriggerPoint
from rules.model._fields import plain_decimal
from rules.policy import Policy
from rules.prove.points import Point, code_of, points_of
from rules.prove.terms import Claim, Term, compared, declared, either, plus, stated, times

Numbers = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Joint:
    """A point of both versions: the name of the number that is set, whether it is, and the grid of its code."""

    number: str
    is_set: str
    decimals: int
    low: int
    high: int


class Settings:
    """The numbers that the trigger points of two versions may have together."""

    def __init__(self, policies: tuple[Policy, Policy], fixed: tuple[Numbers, Numbers] | None) -> None:
        self._policies, self._fixed = policies, fixed
        first, second = (points_of(one, prefix, ()) for one, prefix in zip(policies, "ab", strict=True))
        if fixed is not None:
            first, second = (
                _at(points, numbers) for points, numbers in zip((first, second), fixed, strict=True)
            )
        self.joint: dict[str, Joint] = {}
        for index, (name, point) in enumerate(first.items()):
            other = second.get(name)
            if other is None:
                continue
            if _codes(point) == _codes(other):
                second[name] = replace(other, symbol=point.symbol)
            elif fixed is None:
                self.joint[name] = _joint(index, point, other)
        self.points: tuple[dict[str, Point], dict[str, Point]] = (first, second)

    @property
    def by_symbol(self) -> dict[str, Point]:
        """The points of both versions by their symbols; those that are the same in both have one."""
        return {point.symbol: point for points in self.points for point in points.values()}

    def text(self) -> Iterator[str]:
        """The lines that declare the points, within their bounds and as far as they move together."""
        first, second = self.points
        for point in self.by_symbol.values():
            yield from point.text()
        for name, joint in self.joint.items():
            yield declared(joint.number, "Int")
            yield declared(joint.is_set, "Bool")
            yield stated(compared(">=", joint.number, joint.low))
            yield stated(compared("<=", joint.number, joint.high))
            for point in (first[name], second[name]):
                code = _clamped(_coarser(joint.number, joint.decimals - point.decimals), point)
                yield stated(compared("=", point.symbol, either(joint.is_set, code, point.usual)))

    def numbers(
        self, number: Callable[[str], int], holds: Callable[[str], bool]
    ) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
        """Both versions' numbers in a case that was found."""
        found: tuple[dict[str, Decimal], dict[str, Decimal]] = ({}, {})
        for index, (policy, points) in enumerate(zip(self._policies, self.points, strict=True)):
            for name, spec in policy.version.trigger_points.items():
                if self._fixed is not None:
                    found[index][name] = self._fixed[index].get(name, spec.default)
                elif name in self.joint:
                    joint = self.joint[name]
                    exact = Decimal(number(joint.number)).scaleb(-joint.decimals) / 2
                    found[index][name] = _within(exact, spec) if holds(joint.is_set) else spec.default
                else:
                    point = points.get(name)
                    found[index][name] = point.number(number(point.symbol)) if point else spec.default
        return found


def _at(points: dict[str, Point], numbers: Numbers) -> dict[str, Point]:
    """The points, each at one number."""
    found = {}
    for name, point in points.items():
        code = code_of(numbers.get(name, point.spec.default), point.decimals)
        found[name] = replace(point, low=code, high=code, usual=code)
    return found


def _codes(point: Point) -> tuple[int, int, int, int]:
    return point.decimals, point.low, point.high, point.usual


def _joint(index: int, point: Point, other: Point) -> Joint:
    decimals = max(point.decimals, other.decimals)
    ends = [
        code_of(number, decimals)
        for spec in (point.spec, other.spec)
        for number in ((spec.regions.from_, spec.regions.to) if spec.regions else (spec.default,))
    ]
    return Joint(f"j{index}", f"j{index}s", decimals, min(ends), max(ends))


def _coarser(code: str, places: int) -> Term:
    """A code on a grid that has so many decimals fewer."""
    if not places:
        return code
    step = 2 * 10**places
    exact: Claim = f"(= (mod {code} {step}) 0)"
    return plus(times(2, f"(div {code} {step})"), either(exact, 0, 1))


def _clamped(code: Term, point: Point) -> Term:
    above = either(compared(">", code, point.high), point.high, code)
    return either(compared("<", code, point.low), point.low, above)


def _within(number: Decimal, spec: TriggerPoint) -> Decimal:
    """The nearest number that a version allows."""
    if spec.regions is None:
        return spec.default
    return plain_decimal(min(max(number, spec.regions.from_), spec.regions.to))
