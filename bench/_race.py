"""A race: in every round each contestant decides the next few steps, one after the other.

Ratios are taken within a round and the middle one counts, so that what slows the machine for a while slows
everyone alike. The clock that counts is the processor time of this process, which other programs leave alone;
the time on the wall is kept beside it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from bench._contestants import Block

BLOCK = 200
ROUNDS = 45
WARM_UP = 2


class Lap(NamedTuple):
    """The seconds that one block took: on the processor, and on the wall."""

    processor: float
    wall: float


@dataclass(frozen=True, slots=True)
class Race:
    """The laps of every contestant, round by round."""

    laps: Mapping[str, list[Lap]]

    def seconds(self, name: str) -> float:
        """The middle time of one decision, in seconds on the processor."""
        return median(lap.processor for lap in self.laps[name]) / BLOCK

    def rate(self, name: str) -> float:
        """Decisions a second of processor time."""
        return 1 / self.seconds(name)

    def ratio(self, name: str, other: str, *, wall: bool = False) -> float:
        """How many times as fast as the other someone is."""
        return median(
            theirs.wall / own.wall if wall else theirs.processor / own.processor
            for own, theirs in zip(self.laps[name], self.laps[other], strict=True)
        )


def race(entered: Mapping[str, Block], rounds: int = ROUNDS) -> Race:
    """Run everyone, interleaved; who begins changes from round to round."""
    names = list(entered)
    laps: dict[str, list[Lap]] = {name: [] for name in names}
    for number in range(-WARM_UP, rounds):
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            lap = _lap(entered[name])
            if number >= 0:
                laps[name].append(lap)
    return Race(laps)


def _lap(block: Block) -> Lap:
    wall, processor = time.perf_counter(), time.process_time()
    block(BLOCK)
    return Lap(time.process_time() - processor, time.perf_counter() - wall)


class ReplayClock:
    """A clock for pytest-benchmark that shows laps that were run before, interleaved with others."""

    def __init__(self) -> None:
        self._shown: list[float] = []

    def load(self, laps: list[Lap]) -> None:
        """Show these laps next, each from nought to its seconds for one decision."""
        self._shown = [reading for lap in laps for reading in (0.0, lap.processor / BLOCK)]

    def __call__(self) -> float:
        return self._shown.pop(0)
