"""Returns as columns: one column for each unit, one row for each return period, whole numbers throughout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.columns._arrays import Days, Flags, Numbers, fitting
from rules.figures import Return
from rules.model import Pdu

NOT_GIVEN = -1
"""The code of a category that is not given."""


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """The figures of one key, times `10 ** decimals`; 0 where `given` is false.

    `low` and `high` are the least and the greatest of them; `complete` says that no return lacks one.
    """

    numbers: Numbers
    given: Flags
    decimals: int
    low: int
    high: int
    complete: bool


@dataclass(frozen=True, slots=True)
class CategoryColumn:
    """The categories of one key, as positions in `ids`, or NOT_GIVEN."""

    codes: Numbers
    ids: tuple[str, ...]
    complete: bool


@dataclass(frozen=True)
class Frame:
    """The returns of many units.

    Every array has the shape (rows, units). `day` is the day of each return as an ordinal; where `has` is false
    there is no return, and the day is 0. Down a column days only grow.
    """

    units: tuple[Pdu, ...]
    day: Days
    has: Flags
    numbers: Mapping[str, NumberColumn]
    categories: Mapping[str, CategoryColumn]

    @cached_property
    def places(self) -> Mapping[str, Numbers]:
        """The columns of each unit, by its id."""
        return _places([unit.id for unit in self.units])

    @cached_property
    def regions(self) -> Mapping[str, Numbers]:
        """The columns of each region's units."""
        return _places([unit.region for unit in self.units])

    @cached_property
    def began(self) -> Days:
        """The first day of each unit; 1 for one that has always been there."""
        days = [1 if unit.from_ is None else unit.from_.toordinal() for unit in self.units]
        return np.array(days, np.int32)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.day)

    def part(self, first: int, last: int, units: Numbers) -> Frame:
        """The rows from `first` up to `last` of some units."""

        def cut(whole: NDArray[Any]) -> NDArray[Any]:
            return whole[first:last].take(units, axis=1)

        return Frame(
            tuple(self.units[unit] for unit in units),
            cut(self.day),
            cut(self.has),
            {
                key: replace(one, numbers=cut(one.numbers), given=cut(one.given))
                for key, one in self.numbers.items()
            },
            {key: replace(one, codes=cut(one.codes)) for key, one in self.categories.items()},
        )


def _places(names: Sequence[str]) -> dict[str, Numbers]:
    if names and names.count(names[0]) == len(names):
        return {names[0]: np.arange(len(names), dtype=np.intp)}  # many futures of one unit
    found: dict[str, list[int]] = {}
    for column, name in enumerate(names):
        found.setdefault(name, []).append(column)
    return {name: np.array(columns, np.intp) for name, columns in found.items()}


def frame_of(units: Sequence[tuple[Pdu, Sequence[Return]]], every: int) -> Frame:
    """The frame of some units' returns, which are in the order of their days, one for a day.

    `every` is the days between returns: those of one period share a row, so that units stay side by side when
    one of them is late or leaves a week out.
    """
    ordinals = [[one.as_of.toordinal() for one in own] for _, own in units]
    first = min(chain.from_iterable(ordinals), default=0)
    at = [_rows(days, first, every) for days in ordinals]
    taken = sorted(set(chain.from_iterable(at)))
    position = {row: index for index, row in enumerate(taken)}
    shape = (len(taken), len(units))
    day, has = np.zeros(shape, np.int32), np.zeros(shape, np.bool_)
    given: dict[str, list[tuple[int, int, Decimal | str]]] = {}
    for column, (_, own) in enumerate(units):
        for row, one in zip(at[column], own, strict=True):
            place = position[row]
            day[place, column], has[place, column] = one.as_of.toordinal(), True
            for key, figure in one.figures.items():
                given.setdefault(key, []).append((place, column, figure))
    numbers: dict[str, NumberColumn] = {}
    categories: dict[str, CategoryColumn] = {}
    for key, figures in given.items():
        decimals = [(row, unit, figure) for row, unit, figure in figures if isinstance(figure, Decimal)]
        words = [(row, unit, figure) for row, unit, figure in figures if isinstance(figure, str)]
        if decimals:
            numbers[key] = _numbers(decimals, has)
        if words:
            categories[key] = _categories(words, has)
    return Frame(tuple(unit for unit, _ in units), day, has, numbers, categories)


def _rows(days: Sequence[int], first: int, every: int) -> list[tuple[int, int]]:
    """The row of each return: its period, and its number within it."""
    found: list[tuple[int, int]] = []
    for day in days:
        period = (day - first) // every
        number = found[-1][1] + 1 if found and found[-1][0] == period else 0
        found.append((period, number))
    return found


def number_column(numbers: Numbers, given: Flags, decimals: int, has: Flags) -> NumberColumn:
    """A column of figures in the narrowest type, with what is known of all of them."""
    low, high = (int(numbers.min()), int(numbers.max())) if numbers.size else (0, 0)
    narrow = numbers.astype(fitting(max(-low, high)), copy=False)
    return NumberColumn(narrow, given, decimals, low, high, bool((given | ~has).all()))


def _numbers(figures: Sequence[tuple[int, int, Decimal]], has: Flags) -> NumberColumn:
    distinct = {figure for *_, figure in figures}  # week after week many are the same
    decimals = max(0, *(-int(figure.as_tuple().exponent) for figure in distinct))
    whole = {figure: int(figure.scaleb(decimals)) for figure in distinct}
    scaled = [whole[figure] for *_, figure in figures]
    numbers = np.zeros(has.shape, fitting(max(map(abs, whole.values()))))
    given = np.zeros(has.shape, np.bool_)
    rows, units = [row for row, *_ in figures], [unit for _, unit, _ in figures]
    numbers[rows, units] = scaled
    given[rows, units] = True
    return number_column(numbers, given, decimals, has)


def _categories(words: Sequence[tuple[int, int, str]], has: Flags) -> CategoryColumn:
    ids = tuple(sorted({word for *_, word in words}))
    codes = np.full(has.shape, NOT_GIVEN, fitting(len(ids)))
    code = {id_: index for index, id_ in enumerate(ids)}
    codes[[row for row, *_ in words], [unit for _, unit, _ in words]] = [code[word] for *_, word in words]
    return CategoryColumn(codes, ids, bool(((codes != NOT_GIVEN) | ~has).all()))
