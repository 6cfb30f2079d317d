"""The fewest releases that close a gap. Of sets that are equally small the first in the order given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction


def least(hours: Sequence[Fraction], closes: Callable[[Fraction], bool]) -> tuple[int, ...] | None:
    """The positions of the fewest hours whose sum closes a gap, or None where all of them do not.

    `closes` must hold for every larger sum where it holds for one. Of sets of the same size the one whose first
    position is smallest is taken; of those alike the one whose second position is, and so on.
    """
    size = _size(hours, closes)
    if size is None:
        return None
    chosen: list[int] = []
    total = Fraction(0)
    for position, one in enumerate(hours):
        lacking = size - len(chosen) - 1
        if lacking < 0:
            break
        later = sum(sorted(hours[position + 1 :], reverse=True)[:lacking], Fraction(0))
        enough = len(hours) - position - 1 >= lacking
        if enough and closes(total + one + later):
            chosen.append(position)
            total += one
    return tuple(chosen)


def _size(hours: Sequence[Fraction], closes: Callable[[Fraction], bool]) -> int | None:
    """How many hours it takes at the least: the largest ones close a gap soonest."""
    total = Fraction(0)
    if closes(total):
        return 0
    for size, one in enumerate(sorted(hours, reverse=True), start=1):
        total += one
        if closes(total):
            return size
    return None
