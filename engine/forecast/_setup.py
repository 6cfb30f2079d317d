"""One unit made ready: what its newest return says, on which days the next ones come, and where it stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, Protocol

import numpy as np

from engine.columns import (
    NOT_GIVEN,
    Beginning,
    CategoryColumn,
    Columns,
    Frame,
    NumberColumn,
    Numbers,
    first_row_wanted,
    fitting,
)
from engine.forecast._past import Key
from rules.figures import Figure, FigureSpec, figure_specs
from rules.framework import Framework
from rules.model import Pdu
from rules.policy import Policy


class Words(NamedTuple):
    """Categories of the rows to come: places in `ids`, by day and column."""

    ids: tuple[str, ...]
    codes: Numbers


@dataclass(frozen=True, slots=True)
class Way:
    """The way ahead: the last day known, the last day asked for, and the versions in force between.

    `judging` is the version by which figures are read: the one in force on the last day known, else the first after.
    """

    day: datetime.date
    last: datetime.date
    policies: tuple[Policy, ...]
    judging: Policy | None


@dataclass(frozen=True, slots=True)
class Setup:
    """A unit at the end of what is known.

    `past` has its newest rows, as far back as anything ahead looks. `days` are those of the returns to come.
    `figures` are the numbers that come again, by key; `keys` says how each is reckoned. `categories` likewise.
    """

    pdu: Pdu
    way: Way
    newest: int
    past: Frame
    days: tuple[int, ...]
    keys: Mapping[str, Key]
    figures: Mapping[str, int]
    categories: Mapping[str, str]
    beginning: Beginning
    framework: Framework

    def judged(self) -> Iterator[tuple[Policy, slice]]:
        """The versions that judge the days to come, each with the places of its days; days without one are left out."""
        start = 0
        for policy, days in groupby(self.days, lambda day: self.framework.in_force(_date(day))):
            count = len(list(days))
            if policy is not None:
                yield policy, slice(start, start + count)
            start += count


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(day)


def days_ahead(newest: int, every: int, after: int, last: int) -> tuple[int, ...]:
    """The days on which returns fall due: whole periods after the newest one, after a day and up to a last one."""
    periods = max(1, (after - newest) // every + 1)
    return tuple(range(newest + periods * every, last + 1, every))


def set_up(
    columns: Columns,
    frame: Frame,
    unit: int,
    way: Way,
    keys: Mapping[str, Key],
    beginning: Beginning,
) -> Setup | None:
    """Make a unit of a frame ready; None for one that has no return to go by."""
    policy = way.judging
    own = _own(frame, unit)
    if policy is None or not own.rows:
        return None
    newest = int(own.day[-1, 0])
    days = days_ahead(newest, policy.version.returns.every, way.day.toordinal(), way.last.toordinal())
    figures, categories = _figures(own, policy, keys)
    whole = following(own, days, keys, figures, categories)
    first = first_row_wanted(columns, whole, way.day.toordinal() + 1)
    past = own.part(min(first, own.rows - 1), own.rows, np.zeros(1, np.intp))
    standing = beginning.of(unit, 1)
    framework = columns.framework
    return Setup(frame.units[unit], way, newest, past, days, keys, figures, categories, standing, framework)


def _own(frame: Frame, unit: int) -> Frame:
    """The returns of one unit, without empty rows."""
    rows = np.flatnonzero(frame.has[:, unit])

    def cut(whole: Numbers) -> Numbers:
        found: Numbers = whole[rows, unit][:, None]
        return found

    numbers = {
        key: NumberColumn(
            cut(one.numbers), cut(one.given), one.decimals, one.low, one.high, bool(cut(one.given).all())
        )
        for key, one in frame.numbers.items()
    }
    categories = {
        key: CategoryColumn(cut(one.codes), one.ids, bool((cut(one.codes) != NOT_GIVEN).all()))
        for key, one in frame.categories.items()
    }
    return Frame((frame.units[unit],), cut(frame.day), cut(frame.has), numbers, categories)


def _figures(own: Frame, policy: Policy, keys: Mapping[str, Key]) -> tuple[dict[str, int], dict[str, str]]:
    """The figures that the newest return is read with, but for those that a default stands in for."""
    specs = figure_specs(policy.version)
    numbers: dict[str, int] = {}
    categories: dict[str, str] = {}
    for key in {*own.numbers, *own.categories}:
        spec = specs.get(key.partition("[")[0])
        if spec is None:
            # a later version may want what this one does not: it comes again as it is
            found = _given(own, key, own.rows - 1, key in own.categories)
        else:
            carry = policy.version.inputs[spec.id].carry_forward
            found = _read(own, key, spec, carry)
        if isinstance(found, str):
            categories[key] = found
        elif found is not None and key in keys:
            numbers[key] = int(found.scaleb(keys[key].decimals))
    return numbers, categories


def _read(own: Frame, key: str, spec: FigureSpec, carry: int | None) -> Figure | None:
    """A figure as the newest return is read: its own, or the newest earlier one that may be carried forward."""
    newest = int(own.day[-1, 0])
    for row in range(own.rows - 1, -1, -1):
        if row < own.rows - 1 and (carry is None or newest - int(own.day[row, 0]) > carry):
            return None
        found = _given(own, key, row, spec.values is not None)
        if found is not None and spec.misfit(found) is None:
            return found
    return None


def _given(own: Frame, key: str, row: int, category: bool) -> Figure | None:
    """What a return says for a key, as its input takes it: a number or a category."""
    if category:
        words = own.categories.get(key)
        code = NOT_GIVEN if words is None else int(words.codes[row, 0])
        return None if words is None or code == NOT_GIVEN else words.ids[code]
    numbers = own.numbers.get(key)
    if numbers is None or not numbers.given[row, 0]:
        return None
    return Decimal(int(numbers.numbers[row, 0])).scaleb(-numbers.decimals)


def following(
    past: Frame,
    days: Sequence[int],
    keys: Mapping[str, Key],
    figures: Mapping[str, int | Numbers],
    categories: Mapping[str, str | Words],
    times: int = 1,
) -> Frame:
    """A unit's past rows, and a row for each day to come; so many times beside each other.

    A figure is one number for all, or an array by day and column (or by day alone, with one column); a category
    likewise. What has neither is not given.
    """
    old, ahead = past.rows, len(days)
    shape = (old + ahead, times)

    def wide(above: Numbers, below: Numbers | int | bool) -> Numbers:
        """One array of the rows before and those to come; no memory is used for columns that are alike."""
        columns = times if isinstance(below, np.ndarray) and below.shape[1] > 1 else 1
        kind = above.dtype
        whole: Numbers = np.empty((old + ahead, columns), kind)
        whole[:old], whole[old:] = above, below
        return np.broadcast_to(whole, shape)

    day = wide(past.day, np.array(days, np.int32)[:, None])
    has = wide(past.has, True)
    numbers: dict[str, NumberColumn] = {}
    for key, column in past.numbers.items():
        known = keys.get(key)
        if known is None:
            continue
        factor = 10 ** (known.decimals - column.decimals)
        value = figures.get(key)
        low, high = _bounds(value)
        most = max(max(-column.low, column.high) * factor, -low, high, 1)
        above = column.numbers.astype(fitting(most)) * fitting(most)(factor)
        given = wide(column.given, value is not None)
        complete = column.complete and value is not None
        numbers[key] = NumberColumn(
            wide(above, 0 if value is None else value),
            given,
            known.decimals,
            min(column.low * factor, low, 0),
            max(column.high * factor, high, 0),
            complete,
        )
    for key in figures.keys() - past.numbers.keys():  # first given by what is to come
        low, high = _bounds(figures[key])
        nothing = np.zeros((old, 1), fitting(max(-low, high, 1)))
        given = wide(np.zeros((old, 1), np.bool_), True)
        numbers[key] = NumberColumn(
            wide(nothing, figures[key]), given, keys[key].decimals, low, high, not old
        )
    words = {key: _words(column, categories.get(key), wide) for key, column in past.categories.items()}
    return Frame((past.units[0],) * times, day, has, numbers, words)


def _bounds(value: int | Numbers | None) -> tuple[int, int]:
    if value is None:
        return 0, 0
    if isinstance(value, int):
        return min(value, 0), max(value, 0)
    return (int(value.min()), int(value.max())) if value.size else (0, 0)


class _Wide(Protocol):
    """Puts an array of past rows above one of rows to come."""

    def __call__(self, above: Numbers, below: Numbers | int) -> Numbers: ...


def _words(column: CategoryColumn, value: str | Words | None, wide: _Wide) -> CategoryColumn:
    if value is None:
        return CategoryColumn(wide(column.codes, NOT_GIVEN), column.ids, False)
    if isinstance(value, str):
        ids = column.ids if value in column.ids else (*column.ids, value)
        return CategoryColumn(wide(column.codes, ids.index(value)), ids, column.complete)
    ids = (*column.ids, *(id_ for id_ in value.ids if id_ not in column.ids))
    places = np.array([ids.index(id_) for id_ in value.ids], fitting(len(ids)))
    return CategoryColumn(wide(column.codes.astype(places.dtype), places[value.codes]), ids, column.complete)
