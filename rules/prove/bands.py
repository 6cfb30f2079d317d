"""Which whole values each band of a points measure takes, once the bands before it have taken theirs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from rules.measures import band_range
from rules.policy import PointsOf

Stretch = tuple[int | None, int | None]
"""Whole values from the first to the second; None where there is no end."""


class Share(NamedTuple):
    """What a band gives, its limits, and the values left for it; the last share is the `otherwise`."""

    points: Decimal
    limits: Stretch
    stretches: tuple[Stretch, ...]
    outside: bool
    """Whether no value lies within its limits at all, taken or not."""


def shares(content: PointsOf, decimals: int, reach: Sequence[Stretch]) -> tuple[Share, ...]:
    """The share of each band, then that of `otherwise`, of the values that the subject reaches."""
    left = list(reach)
    found = []
    for pairs, points in content.bands:
        limits = band_range(pairs, 10**decimals)
        outside = not _within(reach, limits)
        found.append(Share(points, limits, tuple(_within(left, limits)), outside))
        left = _without(left, limits)
    found.append(Share(content.otherwise, (None, None), tuple(left), False))
    return tuple(found)


def _within(stretches: Sequence[Stretch], limits: Stretch) -> list[Stretch]:
    """The part of some stretches that lies within limits."""
    found = []
    for low, high in stretches:
        first = low if limits[0] is None else limits[0] if low is None else max(low, limits[0])
        last = high if limits[1] is None else limits[1] if high is None else min(high, limits[1])
        if first is None or last is None or first <= last:
            found.append((first, last))
    return found


def _without(stretches: Sequence[Stretch], limits: Stretch) -> list[Stretch]:
    """The part of some stretches that lies outside limits."""
    low, high = limits
    if low is not None and high is not None and low > high:
        return list(stretches)
    found: list[Stretch] = []
    if low is not None:
        found += _within(stretches, (None, low - 1))
    if high is not None:
        found += _within(stretches, (high + 1, None))
    return sorted(found, key=lambda one: (one[0] is not None, one[0] or 0))
