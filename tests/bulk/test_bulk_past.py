"""What many statuses come to, counted by hand; and the sample that is decided again one by one."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pytest

from engine.bulk import UNKNOWN, Bulk, Past, Sum, checked, past_of, period, stretches
from engine.bulk._read import Desk
from engine.columns import Daily, frame_of
from engine.course import Course
from rules.problems import DisagreementError, UsageError
from tests.columns.test_columns_agree import courses
from tests.oracle.generate import random_case

DAY = datetime.timedelta(days=1)


def made(seed: int, pinned: bool = False) -> tuple[list[Course], Bulk, Past, Daily]:
    dice = random.Random(seed)
    units = [one for one in courses(random_case(random.Random(seed), 1), dice) if one.returns]
    units.sort(key=lambda one: one.pdu.id)
    framework = units[0].framework
    if pinned:
        framework = framework.pin(framework.policies[0].version.version)
    every = framework.policies[0].version.returns.every
    frame = frame_of([(one.pdu, one.returns) for one in units], every)
    unused: Any = None
    desk = Desk(unused, unused, datetime.date.max)
    bulk = Bulk(frame, False, False, desk, (), [one for unit in units for one in unit.returns])
    return units, bulk, *past_of(framework, bulk, *period(framework, frame))


def words(found: Daily, column: int) -> list[str | None]:
    names = {-1: UNKNOWN, -2: None, **dict(enumerate(found.ids))}
    return [names[code] for code in found.codes[:, column].tolist()]


def changes(codes: Sequence[str | None]) -> int:
    known = [code for code in codes if code not in (None, UNKNOWN)]
    return sum(one != other for one, other in pairwise(known))


@pytest.mark.parametrize("pinned", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_sums_are_those_of_the_days(seed: int, pinned: bool) -> None:
    _, _, past, found = made(seed, pinned)
    for column, unit in enumerate(past.units):
        days = words(found, column)
        assert unit.sum.days == {status: days.count(status) for status in past.statuses}
        assert unit.sum.flips == changes(days)
        stays = [(len(list(run)), status) for status, run in groupby(days)]
        best = max((size for size, status in stays if status not in (None, UNKNOWN)), default=0)
        assert (unit.sum.longest.days if unit.sum.longest is not None else 0) == best
        ends = [*range(6, len(days), 7), *([len(days) - 1] if len(days) % 7 else [])]
        assert list(unit.weeks) == [days[end] for end in ends]
        told = [status for _, status, size in stretches(unit, past.first) for _ in range(size)]
        assert told == list(unit.weeks)
    assert sum(region.units for region in past.regions()) == len(past.units)
    for status in past.statuses:
        assert sum(one.sum.days[status] for one in past.regions()) == past.total.days[status]
    assert past.total.flips == sum(unit.sum.flips for unit in past.units)


@pytest.mark.parametrize("pinned", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_the_single_path_agrees_and_another_answer_is_found_out(seed: int, pinned: bool) -> None:
    _, bulk, past, found = made(seed, pinned)
    again = checked(past, found, bulk)
    assert again == replace(past, checked=again.checked)
    assert again.checked == checked(past, found, bulk).checked, "the same units and days each time"
    assert len(again.checked.units) == min(2, len(past.units))
    assert again.checked.days >= len(again.checked.units)
    wrong = Daily(np.where(found.codes == 0, np.int8(-1), np.int8(0)), found.ids, found.first)
    with pytest.raises(DisagreementError) as raised:
        checked(past, wrong, bulk)
    (problem,) = raised.value.problems
    assert problem.code == "PF902"


@pytest.mark.parametrize(("part", "whole"), [(0, 7), (1, 3), (2, 3), (1, 8), (7, 7), (1, 2000), (1, 2001)])
def test_shares_are_rounded_half_up(part: int, whole: int) -> None:
    share = Sum({"x": part, "y": whole - part}, 0, None).share("x")
    assert share is not None
    exact = Fraction(1000 * part, whole)
    assert abs(Fraction(share) * 10 - exact) <= Fraction(1, 2)
    assert Fraction(share) * 10 == (exact + Fraction(1, 2)).__floor__()


def test_no_share_of_no_days() -> None:
    assert Sum({"x": 0}, 0, None).share("x") is None


def test_a_period_without_days_is_refused() -> None:
    units, bulk, past, _ = made(1)
    framework = units[0].framework
    with pytest.raises(UsageError, match="There is no day"):
        period(framework, bulk.frame, past.last + DAY, past.last)
    with pytest.raises(UsageError, match="too long"):
        period(framework, bulk.frame, datetime.date(1990, 1, 1), None)
