"""Figures that look wrong: those that jump further than they ever did, and those that stand still."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from engine.owing._options import Options
from rules.figures import Figure, Return
from rules.model._fields import number_text


class Jump(NamedTuple):
    """A figure that differs from the one before by more than ever; numbers as text, `before_as_of` an ISO day."""

    figure: str
    value: str
    before: str
    before_as_of: str
    change: str
    largest: str
    changes: int


class Still(NamedTuple):
    """An input that was the same in the last `returns` returns, the first of them on `since`."""

    input: str
    returns: int
    since: datetime.date


def jumps(returns: Sequence[Return], options: Options) -> Iterator[Jump]:
    """The figures of the newest return that jumped. The returns are of one unit, in the order of their days."""
    newest, earlier = returns[-1], returns[:-1][-(options.history + 1) :]
    for key, value in sorted(newest.figures.items()):
        if not isinstance(value, Decimal):
            continue
        past = [(one.as_of, found) for one in earlier if isinstance(found := one.figures.get(key), Decimal)]
        changes = [abs(after - before) for (_, before), (_, after) in pairwise(past)]
        if len(changes) < options.needs:
            continue
        (day, before), largest = past[-1], max(changes)
        change = abs(value - before)
        moves = sum(one > 0 for one in changes)
        if moves >= options.needs:
            far = change > options.times * largest and 100 * change > options.least * abs(before)
        else:
            far = _many_times(value, before, options.factor)
        if far:
            told = [number_text(number) for number in (value, before, value - before, largest)]
            yield Jump(key, told[0], told[1], day.isoformat(), told[2], told[3], len(changes))


def _many_times(one: Decimal, other: Decimal, factor: Decimal) -> bool:
    """Whether one of two numbers, none of them zero, is so many times the other, or has another sign."""
    small, large = sorted((abs(one), abs(other)))
    return small > 0 and ((one > 0) != (other > 0) or large >= factor * small)


def inputs_of(one: Return) -> dict[str, dict[str, Figure]]:
    """The figures of a return by input."""
    found: dict[str, dict[str, Figure]] = {}
    for key, value in one.figures.items():
        found.setdefault(key.partition("[")[0], {})[key] = value
    return found


def moved(returns: Sequence[Return], options: Options) -> dict[str, bool]:
    """For each input that all of the last returns give, whether it changed in them. Empty where there are too few."""
    last = [inputs_of(one) for one in returns[-options.unchanged_for :]]
    if len(last) < options.unchanged_for:
        return {}
    always = set.intersection(*(set(one) for one in last))
    return {name: any(one[name] != last[0][name] for one in last) for name in sorted(always)}


def still(
    own: Mapping[str, bool], all_: Sequence[Mapping[str, bool]], returns: Sequence[Return], options: Options
) -> Iterator[Still]:
    """The inputs of a unit that stand still, by `moved` of it and of all units (it among them)."""
    names = [name for name, changed in own.items() if not changed]
    for name in names:
        others = [one[name] for one in all_ if name in one and one is not own]
        if others and 100 * sum(others) > options.among * len(others):
            yield Still(name, options.unchanged_for, returns[-options.unchanged_for].as_of)
