"""Frames of the shipped policy for the benchmarks of many PDU-weeks: synthetic figures, tiled and changed a little."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from engine.columns import CategoryColumn, Frame, NumberColumn, frame_of, number_column
from engine.sample import sample_returns
from rules.figures import Return
from rules.library import Library, load_library

SHIPPED = Path(__file__).resolve().parent.parent / "frameworks"
FRAMEWORK = "sentence-management"
EVERY = 7
SHIFT = 40
"""Copies of a unit differ by up to so many hundredths of an officer, and so many points."""


@cache
def library() -> Library:
    """The shipped policy."""
    return load_library(SHIPPED)


@cache
def returns(weeks: int) -> tuple[Return, ...]:
    """Synthetic returns of every unit, with the awkward cases of real data."""
    return tuple(sample_returns(library().organisation, weeks=weeks))


@cache
def one_country(weeks: int) -> Frame:
    """Every unit of the country once."""
    units = {unit.id: unit for unit in library().organisation.pdus}
    grouped: dict[str, list[Return]] = {}
    for one in returns(weeks):
        grouped.setdefault(one.pdu, []).append(one)
    ordered = [(units[id_], sorted(own, key=lambda one: one.as_of)) for id_, own in grouped.items()]
    return frame_of(ordered, EVERY)


def many_countries(weeks: int, copies: int, seed: int = 1) -> Frame:
    """Every unit so many times, each copy with figures of its own. All of one input moves together."""
    frame, dice = one_country(weeks), np.random.default_rng(seed)
    has = np.tile(frame.has, (1, copies))

    def numbers(column: NumberColumn) -> NumberColumn:
        tiled, given = (
            np.tile(column.numbers.astype(np.int32), (1, copies)),
            np.tile(column.given, (1, copies)),
        )
        shift = dice.integers(0, SHIFT, tiled.shape, dtype=tiled.dtype)
        return number_column(np.where(given & (tiled > 0), tiled + shift, tiled), given, column.decimals, has)

    def codes(column: CategoryColumn) -> CategoryColumn:
        return replace(column, codes=np.tile(column.codes, (1, copies)))

    return Frame(
        frame.units * copies,
        np.tile(frame.day, (1, copies)),
        has,
        {key: numbers(column) for key, column in frame.numbers.items()},
        {key: codes(column) for key, column in frame.categories.items()},
    )


def unit_weeks(frame: Frame) -> int:
    """How many returns a frame holds."""
    return int(np.count_nonzero(frame.has))


def halves(frame: Frame, parts: int) -> list[Frame]:
    """The frame cut into parts of about as many units each."""
    cut = np.array_split(np.arange(len(frame.units)), parts)
    return [frame.part(0, frame.rows, units) for units in cut]
