"""Batches put together to one frame, the same that `frame_of` makes of the same returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from engine.bulk._batch import Batch, Named, Numbered
from engine.bulk._cells import distinct
from engine.bulk._doubt import Doubt
from engine.columns import (
    NOT_GIVEN,
    CategoryColumn,
    Flags,
    Frame,
    NumberColumn,
    Numbers,
    fitting,
    number_column,
)
from rules.model import Pdu


def frame_from(batches: Sequence[Batch], pdus: Sequence[Pdu], every: int) -> Frame:
    """The frame of some batches, whose returns are of different days. `pdus` is the register. Raises Doubt."""
    unit = np.concatenate([batch.unit for batch in batches])
    day = np.concatenate([batch.day for batch in batches]).astype(np.int32)
    ids = np.array([pdu.id for pdu in pdus])
    known = sorted(distinct(unit, len(pdus)).tolist(), key=lambda number: str(ids[number]))
    column_of = np.zeros(len(pdus), np.int64)
    column_of[known] = np.arange(len(known))
    column = column_of[unit]
    place, rows = _places(column, day, every)
    shape = (rows, len(known))
    days, has = np.zeros(shape, np.int32), np.zeros(shape, np.bool_)
    days[place, column], has[place, column] = day, True
    starts = np.cumsum([0, *(len(batch.unit) for batch in batches)])
    numbers: dict[str, list[Numbered]] = {}
    categories: dict[str, list[Named]] = {}
    for start, batch in zip(starts.tolist(), batches, strict=False):
        for key, numbered in batch.numbers.items():
            numbers.setdefault(key, []).extend(one._replace(returns=one.returns + start) for one in numbered)
        for key, named in batch.categories.items():
            categories.setdefault(key, []).extend(one._replace(returns=one.returns + start) for one in named)
    return Frame(
        tuple(pdus[number] for number in known),
        days,
        has,
        {key: _numbers(parts, place, column, has) for key, parts in numbers.items()},
        {key: _categories(parts, place, column, has) for key, parts in categories.items()},
    )


def _places(column: Numbers, day: Numbers, every: int) -> tuple[Numbers, int]:
    """The row of each return, and how many rows there are: its period, and its number within it."""
    order = np.lexsort((day, column))
    units, days = column[order], day[order]
    period = (days - days.min()) // every
    same_unit = np.concatenate(([False], units[1:] == units[:-1]))
    if (same_unit[1:] & (days[1:] == days[:-1])).any():
        raise Doubt  # two returns of one day
    again = same_unit & np.concatenate(([False], period[1:] == period[:-1]))
    index = np.arange(len(order))
    number = index - np.maximum.accumulate(np.where(again, 0, index))
    codes = period.astype(np.int64) * (int(number.max()) + 1) + number
    taken = distinct(codes, int(codes.max()) + 1)
    found = np.empty(len(order), np.int64)
    found[order] = np.searchsorted(taken, codes)
    return found, len(taken)


def _numbers(parts: Iterable[Numbered], place: Numbers, column: Numbers, has: Flags) -> NumberColumn:
    shorter = [_shortened(part) for part in parts]
    decimals = max(part.decimals for part in shorter)
    wide = np.zeros(has.shape, np.int64)
    given = np.zeros(has.shape, np.bool_)
    most = max(int(np.abs(part.numbers).max()) * 10 ** (decimals - part.decimals) for part in shorter)
    if fitting(most) is np.object_:
        raise Doubt
    for part in shorter:
        at = place[part.returns], column[part.returns]
        wide[at] = part.numbers * 10 ** (decimals - part.decimals)
        given[at] = True
    return number_column(wide.astype(fitting(most)), given, decimals, has)


def _shortened(part: Numbered) -> Numbered:
    """The figures with no more decimals than any of them needs."""
    numbers, decimals = part.numbers, part.decimals
    while decimals and not (numbers % 10).any():
        numbers, decimals = numbers // 10, decimals - 1
    return part._replace(numbers=numbers, decimals=decimals)


def _categories(parts: Sequence[Named], place: Numbers, column: Numbers, has: Flags) -> CategoryColumn:
    used = {part.ids[code] for part in parts for code in distinct(part.codes, len(part.ids)).tolist()}
    ids = tuple(sorted(used))
    number = {id_: code for code, id_ in enumerate(ids)}
    codes = np.full(has.shape, NOT_GIVEN, fitting(len(ids)))
    for part in parts:
        own = np.array([number.get(id_, NOT_GIVEN) for id_ in part.ids], codes.dtype)
        codes[place[part.returns], column[part.returns]] = own[part.codes]
    return CategoryColumn(codes, ids, bool(((codes != NOT_GIVEN) | ~has).all()))
