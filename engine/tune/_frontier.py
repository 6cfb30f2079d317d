"""The efficient frontier: candidates that no other one beats in both of two aims."""

from __future__ import annotations

from collections.abc import Sequence

Aims = tuple[int, int]
"""Two counts; of both, fewer are better."""


def frontier(aims: Sequence[Aims]) -> frozenset[int]:
    """The places of those to which no other is better in one aim and at least as good in the other.

    Of several with the same counts all are kept.
    """
    best: list[Aims] = []
    for first, second in sorted(set(aims)):
        if not best or second < best[-1][1]:
            best.append((first, second))
    kept = set(best)
    return frozenset(place for place, counts in enumerate(aims) if counts in kept)
