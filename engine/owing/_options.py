"""When a change is implausible, and for how long figures may stand still."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

KINDS = ("missing", "stale", "late", "not_given", "jump", "unchanged")
"""What may be owed, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Options:
    """The numbers of the rules.

    A return is late once `late_after` days have passed since it was due.

    The earlier changes of a figure are those over the `history` returns before the newest. If at least `needs` of them
    are not zero, the figure has jumped when it differs from the one before by more than `times` the largest of them,
    and by more than `least` percent of the figure before. If fewer are not zero (and there are at least `needs` in
    all), it has jumped when it is at least `factor` times the figure before, or the other way round, and neither is
    zero.

    An input stands still when it was the same in the last `unchanged_for` returns, while it changed at more than
    `among` percent of the other units that gave it as often.
    """

    late_after: int = 0
    history: int = 52
    needs: int = 8
    times: Decimal = Decimal(2)
    least: Decimal = Decimal(20)
    factor: Decimal = Decimal(4)
    unchanged_for: int = 8
    among: int = 50

    def __post_init__(self) -> None:
        """Raises ValueError where a number makes no sense."""
        whole = (self.late_after >= 0, self.needs >= 1, self.history >= self.needs, self.unchanged_for >= 2)
        if (
            not all(whole)
            or self.times < 1
            or self.least < 0
            or self.factor <= 1
            or not 0 <= self.among <= 100
        ):
            raise ValueError("an option of what is owed is out of its range")

    @property
    def returns(self) -> int:
        """So many of a unit's newest returns are looked at."""
        return max(self.history + 2, self.unchanged_for)
