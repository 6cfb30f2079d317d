"""Counts of how forecasts turned out: whole numbers, so that they can be added up in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np

from engine.columns import Numbers
from engine.forecast.values import Bin, Coverage, HorizonScore, Range

BINS = 10
_CERTAIN = 2
"""The Brier score of somebody who was sure, and wrong."""


@dataclass(slots=True)
class Tally:
    """What forecasts so many weeks ahead came to, of so many futures each.

    `squares` is the sum of the squared misses of counts; `persisted` and `went_on` are how often the status was
    what it was, and what a straight line leads to. `given` has for each tenth of chances how many statuses were
    given such a chance, how many of these came, and the sum of the counts.
    """

    weeks: int
    futures: int
    cases: int = 0
    left_out: int = 0
    squares: int = 0
    persisted: int = 0
    went_on: int = 0
    inside: dict[str, tuple[int, int]] = field(default_factory=dict)
    given: list[tuple[int, int, int]] = field(default_factory=lambda: [(0, 0, 0)] * BINS)

    def status(self, codes: Numbers, came: int, stood: int, straight: int, among: Sequence[int]) -> None:
        """Count one forecast: the codes of its futures, what came, where the unit stood, where a line leads to.

        `among` are the codes of the statuses that could come.
        """
        self.cases += 1
        self.persisted += stood == came
        self.went_on += straight == came
        counts = np.bincount(codes.astype(np.intp) + 2).tolist()
        counts += [0] * (max(came, *among) + 3 - len(counts))
        for code, count in enumerate(counts, start=-2):
            self.squares += (count - self.futures * (code == came)) ** 2
            if code in among:
                place = min(BINS - 1, count * BINS // self.futures)
                cases, happened, total = self.given[place]
                self.given[place] = (cases + 1, happened + (code == came), total + count)

    def measure(self, name: str, found: Range, came: int, decimals: int) -> None:
        """Count whether a measure came to lie where four of five futures were."""
        inside, cases = self.inside.get(name, (0, 0))
        within = found.low <= Decimal(came).scaleb(-decimals) <= found.high
        self.inside[name] = (inside + within, cases + 1)

    def add(self, other: Tally) -> None:
        """Add the counts of others."""
        self.cases += other.cases
        self.left_out += other.left_out
        self.squares += other.squares
        self.persisted += other.persisted
        self.went_on += other.went_on
        for name, (inside, cases) in other.inside.items():
            known = self.inside.get(name, (0, 0))
            self.inside[name] = (known[0] + inside, known[1] + cases)
        self.given = [
            (one[0] + more[0], one[1] + more[1], one[2] + more[2])
            for one, more in zip(self.given, other.given, strict=True)
        ]

    def score(self) -> HorizonScore:
        """What it all comes to."""
        cases = max(1, self.cases)
        width = 100 // BINS
        bins = tuple(
            Bin(place * width, (place + 1) * width, count, happened, self._percent(total, count))
            for place, (count, happened, total) in enumerate(self.given)
        )
        return HorizonScore(
            weeks=self.weeks,
            cases=self.cases,
            left_out=self.left_out,
            forecast=_four(Fraction(self.squares, cases * self.futures**2)),
            persistence=_four(Fraction(_CERTAIN * (self.cases - self.persisted), cases)),
            trend=_four(Fraction(_CERTAIN * (self.cases - self.went_on), cases)),
            coverage={name: Coverage(*self.inside[name]) for name in sorted(self.inside)},
            reliability=bins,
        )

    def _percent(self, total: int, count: int) -> Decimal:
        """The mean chance of a bin, in percent."""
        if not count:
            return Decimal("0.0")
        exact = Fraction(100 * total, count * self.futures)
        return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _four(exact: Fraction) -> Decimal:
    """To four decimals, halves up."""
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.0001"), ROUND_HALF_UP)
