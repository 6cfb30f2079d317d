"""Draws and curves, in integers: nothing here depends on a machine, a hash seed or floating point."""

from __future__ import annotations

import hashlib
import random

UNIT = 20
"""All staff come and go in fifths of a post (0.20 FTE, in hundredths): a day of the working week."""


def stream(seed: int, name: str) -> random.Random:
    """The draws of one unit: they do not change when another unit is added."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


def wave(position: int, period: int) -> int:
    """A triangle wave between -1000 and 1000 that begins at 0 and rises."""
    quarter = 4000 * (position % period) // period
    if quarter < 1000:
        return quarter
    return 2000 - quarter if quarter < 3000 else quarter - 4000


def saw(position: int, period: int) -> int:
    """A saw between 500 and -500: people start together at an intake and leave one by one."""
    return 500 - 1000 * (position % period) // period


def between(points: tuple[tuple[int, int], ...], position: int) -> int:
    """The height at `position` of the line through `points`; level before the first and after the last."""
    left, height = points[0]
    for right, next_height in points:
        if position <= right:
            if position <= left or right == left:
                return height
            return height + (next_height - height) * (position - left) // (right - left)
        left, height = right, next_height
    return height


def to_unit(hundredths: int) -> int:
    """Rounded down to fifths of a post."""
    return hundredths // UNIT * UNIT


def spread(total: int, weights: list[int]) -> list[int]:
    """`total` in whole parts, as near to the weights as whole parts can be; the sum is exact."""
    whole, parts, so_far, given = sum(weights), [], 0, 0
    for weight in weights:
        so_far += weight
        upto = total * so_far // whole
        parts.append(upto - given)
        given = upto
    return parts
