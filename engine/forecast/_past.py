"""The figures of a region's units on one calendar of return periods, as whole numbers: what rates are learnt from."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.columns import Flags, Frame, Numbers
from rules.figures import FigureSpec, figure_key, figure_specs
from rules.model import Version

LARGEST = 10**9
"""Larger figures, in their smallest steps, are learnt from in coarser ones, so that no sum grows too large."""


class Key(NamedTuple):
    """A figure that may move: its input, and the decimals it is reckoned in.

    `step` is the smallest change, so that what comes of it has no more decimals than any version takes.
    """

    key: str
    input: str
    decimals: int
    step: int


@dataclass(frozen=True, slots=True)
class Series:
    """One figure of all units, by period and unit, reckoned in `Key.decimals`, in `coarse` of the smallest steps.

    Between a unit's first and last known figure the places that lack one are filled evenly. `first` and `last`
    are the periods of those, -1 where a unit has none. `scale` is how large the figure usually is, as a sum over
    `count` periods: the mean is their ratio.
    """

    key: Key
    coarse: int
    numbers: Numbers
    first: Numbers
    last: Numbers
    scale: Numbers
    count: Numbers

    def mean(self) -> Numbers:
        """The mean magnitude by unit, rounded down; 0 for a unit without a figure."""
        found: Numbers = self.scale // np.maximum(self.count, 1)
        return found


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of the units of a region. `order` are their places by id: nothing depends on the order given."""

    units: int
    periods: int
    series: tuple[Series, ...]
    order: tuple[int, ...]
    frame: Frame


def keys_of(versions: Iterable[Version], wanted: Container[str], frame: Frame) -> tuple[Key, ...]:
    """The numbers among the wanted figures that any of some versions takes, in the order of their keys."""
    decimals: dict[str, list[int]] = {}
    inputs: dict[str, str] = {}
    for version in versions:
        for spec in figure_specs(version).values():
            if spec.values is None:
                for key in filter(wanted.__contains__, keys_of_input(spec)):
                    decimals.setdefault(key, []).append(spec.decimals)
                    inputs[key] = spec.id
    found = []
    for key in sorted(decimals):
        column = frame.numbers.get(key)
        given = 0 if column is None else column.decimals
        fine = max(*decimals[key], given)
        found.append(Key(key, inputs[key], fine, 10 ** (fine - min(decimals[key]))))
    return tuple(found)


def keys_of_input(spec: FigureSpec) -> list[str]:
    """The keys of an input's figures."""
    return [figure_key(spec.id, member) for member in spec.members] if spec.per else [spec.id]


def past_of(frame: Frame, keys: Iterable[Key], every: int) -> Past:
    """The calendar of a frame. Of several returns in one period the last that gives a figure counts."""
    known = frame.day[frame.has]
    anchor = int(known.min()) if known.size else 0
    periods = (int(known.max()) - anchor) // every + 1 if known.size else 0
    place = np.where(frame.has, (frame.day - anchor) // every, 0)
    every_unit = np.arange(len(frame.units))
    series = []
    for key in keys:
        column = frame.numbers.get(key.key)
        numbers = np.zeros((periods, len(frame.units)), np.int64)
        given = np.zeros(numbers.shape, np.bool_)
        coarse = 1
        if column is not None:
            factor = 10 ** (key.decimals - column.decimals)
            while max(-column.low, column.high) * factor // coarse > LARGEST:
                coarse *= 10
            for row in range(frame.rows):
                on = column.given[row] & frame.has[row]
                exact = column.numbers[row, on].astype(object if coarse > 1 else np.int64)
                numbers[place[row, on], every_unit[on]] = exact * factor // coarse
                given[place[row, on], every_unit[on]] = True
        series.append(_filled(key, coarse, numbers, given))
    ids = tuple(unit.id for unit in frame.units)
    order = tuple(sorted(range(len(ids)), key=ids.__getitem__))
    return Past(len(ids), periods, tuple(series), order, frame)


def _filled(key: Key, coarse: int, numbers: Numbers, given: Flags) -> Series:
    periods = len(numbers)
    some = given.any(axis=0)
    first = np.where(some, given.argmax(axis=0), -1) if periods else np.full(given.shape[1], -1)
    last = np.where(some, periods - 1 - given[::-1].argmax(axis=0), -1) if periods else first
    count = given.sum(axis=0)
    scale = np.abs(numbers * given).sum(axis=0)
    for unit in np.flatnonzero(some & (count < last - first + 1)).tolist():
        _fill(numbers[:, unit], np.flatnonzero(given[:, unit]).tolist())
    return Series(key, coarse, numbers, first, last, scale, count)


def _fill(numbers: Numbers, known: list[int]) -> None:
    """Fill the places between known ones evenly, rounded down."""
    for before, after in pairwise(known):
        if after - before > 1:
            steps = np.arange(1, after - before)
            rise = int(numbers[after]) - int(numbers[before])
            numbers[before + 1 : after] = numbers[before] + steps * rise // (after - before)
