"""How good forecasts were: what is counted, what is left out, and that nothing of the future is known."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

import numpy as np
import pytest

from engine.forecast import Score, origins, score
from engine.forecast._score import known_on
from engine.forecast._tally import Tally
from engine.forecast.values import Range
from rules.figures import Return
from rules.framework import Framework
from rules.model import Organisation, Pdu, RegionSettings
from tests.forecast.forecast_engine_kit import PLAN, START, WEEK, given, plan, steady, unit, wandering

Units = list[tuple[Pdu, list[Return]]]
NOWHERE = Organisation.model_construct(regions=[], pdus=[])


def scored(units: Units, **more: object) -> Score:
    """The score under the small framework."""
    settings: dict[str, object] = {"horizons": (4, 13), "futures": 100, **more}
    found = score(plan(), NOWHERE, units, **settings)  # type: ignore[arg-type]
    assert found is not None
    return found


def region(count: int, weeks: int) -> Units:
    """Units whose officers go up and down at random."""
    return [(unit(f"u{number}"), wandering(f"u{number}", weeks, 50 + number)) for number in range(count)]


def test_what_never_moves_is_foreseen() -> None:
    units: Units = [
        (unit(f"u{number}"), steady(f"u{number}", 60, PO=12, PSO=10, points=1)) for number in range(2)
    ]
    found = scored(units)
    assert found.origins == (START + 26 * WEEK, START + 39 * WEEK, START + 52 * WEEK)
    for one, cases in zip(found.horizons, (6, 4), strict=True):
        assert (one.cases, one.left_out) == (cases, 6 - cases)
        assert not any((one.forecast, one.persistence, one.trend))
        assert not one.beats_persistence, "as good is not better"
        assert one.coverage["staff"].percent == 100
    assert found.synthetic


def test_what_moves_at_random_is_within_the_ranges_about_four_times_of_five() -> None:
    found = scored(region(12, 90))
    for one in found.horizons:
        assert 60 <= one.coverage["staff"].percent <= 95, one
        assert one.forecast <= one.persistence, "who says that all is sure to stay is no better"
    near, far = found.horizons
    assert near.forecast < far.forecast


def test_nothing_after_an_origin_is_known() -> None:
    units = region(4, 60)
    changed = [(pdu, [*own[:49], *wandering(pdu.id, 60, 7)[49:]]) for pdu, own in units]
    days = [START + 30 * WEEK, START + 44 * WEEK]
    early, late = ([scored(one, origins=[day]) for day in days] for one in (units, changed))
    assert early[0] == late[0]
    assert early[1].horizons[0] == late[1].horizons[0], "four weeks on nothing has changed yet"
    assert early[1].horizons[1] != late[1].horizons[1]


def test_days_processes_and_order_change_nothing() -> None:
    units = region(3, 50)
    whole = scored(units)
    assert scored(units[::-1]) == whole
    assert scored(units, processes=2) == whole
    assert scored(units, seed=2) != whole


def test_progress_is_told_for_each_unit_and_day() -> None:
    told: list[None] = []
    found = scored(region(3, 50), progress=lambda: told.append(None))
    assert len(told) == 3 * len(found.origins)


@pytest.mark.parametrize("weeks", [0, 1, 4, 11])
def test_a_past_that_is_too_short_is_not_scored(weeks: int) -> None:
    units: Units = [(unit("york"), steady("york", weeks, PO=12, PSO=10))]
    assert origins(units) == ()
    assert score(plan(), NOWHERE, units) is None


def test_a_past_of_a_few_weeks_has_one_origin() -> None:
    units: Units = [(unit("york"), steady("york", 14, PO=12, PSO=10))]
    assert origins(units) == (START + 8 * WEEK,)


def test_nothing_is_scored_where_no_version_is_in_force() -> None:
    later = Framework("plan", plan(PLAN.replace("2024-01-01", "2025-12-01")).policies)
    units: Units = [(unit("york"), steady("york", 60, PO=12, PSO=10))]
    assert score(later, NOWHERE, units) is None
    assert score(plan(), NOWHERE, units, origins=[]) is None


def test_days_without_a_clear_status_are_left_out() -> None:
    returns = steady("york", 60, PO=12, PSO=10, points=1)
    unclear = [
        given("york", week, PO=None, PSO=10) if week == 34 else one for week, one in enumerate(returns)
    ]
    found = scored([(unit("york"), unclear)], origins=[START + 30 * WEEK])
    assert [(one.cases, one.left_out) for one in found.horizons] == [(0, 1), (1, 0)]


def test_versions_and_settings_that_begin_later_are_not_known() -> None:
    later = plan(PLAN.replace("v1", "v2").replace("2024-01-01", "2024-06-03")).policies
    entries = [
        {"effective": day, "set_by": "someone", "reason": "A reason.", "trigger_points": {}}
        for day in (datetime.date(2024, 2, 1), datetime.date(2024, 7, 1))
    ]
    settings = RegionSettings.model_validate(
        {"format": 1, "framework": "plan", "region": "north", "settings": entries}
    )
    whole = Framework("plan", (*plan().policies, *later), {"north": settings})
    early = known_on(whole, datetime.date(2024, 6, 2))
    assert [one.version.version for one in early.policies] == ["v1"]
    assert [entry.effective for entry in early.regions["north"].settings] == [datetime.date(2024, 2, 1)]
    assert known_on(whole, datetime.date(2024, 1, 31)).regions == {}
    assert len(known_on(whole, datetime.date(2024, 7, 1)).policies) == 2
    assert known_on(whole.pin("v2"), datetime.date(2024, 1, 31)).policies == whole.pin("v2").policies


def test_scores_are_what_they_are_by_hand() -> None:
    tally = Tally(4, 10)
    # eight of ten futures at the first status, which comes; one at the second; one indeterminate
    tally.status(np.array([0] * 8 + [1, -1], np.int8), came=0, stood=1, straight=0, among=[0, 1])
    # all at the second, and the third comes, which nobody could know of
    tally.status(np.array([1] * 10, np.int8), came=2, stood=2, straight=1, among=[0, 1])
    tally.measure("staff", Range(Decimal("1.0"), Decimal("2.0"), Decimal("3.0"), 0), 30, 1)
    tally.measure("staff", Range(Decimal("1.0"), Decimal("2.0"), Decimal("3.0"), 0), 31, 1)
    found = tally.score()
    # (0.2² + 0.1² + 0.1² + 1 + 1) / 2; persistence wrong once of two; a line too
    assert (found.forecast, found.persistence, found.trend) == (
        Decimal("1.0300"),
        Decimal("1.0000"),
        Decimal("1.0000"),
    )
    assert found.coverage["staff"].percent == Decimal("50.0")
    bins = {(one.low, one.cases, one.happened, one.mean) for one in found.reliability if one.cases}
    assert bins == {
        (0, 1, 0, Decimal("0.0")),
        (10, 1, 0, Decimal("10.0")),
        (80, 1, 1, Decimal("80.0")),
        (90, 1, 0, Decimal("100.0")),
    }


def test_counts_add_up_in_any_order() -> None:
    dice, parts = random.Random(3), []
    for _ in range(6):
        part = Tally(4, 20)
        for _ in range(dice.randrange(4)):
            codes = np.array([dice.choice([-2, -1, 0, 1, 2]) for _ in range(20)], np.int8)
            part.status(codes, dice.randrange(3), dice.randrange(3), dice.randrange(-1, 3), [0, 1, 2])
            part.left_out += dice.randrange(2)
        parts.append(part)
    one, other = Tally(4, 20), Tally(4, 20)
    for part in parts:
        one.add(part)
    for part in reversed(parts):
        other.add(part)
    assert one.score() == other.score()
    assert one.cases == sum(part.cases for part in parts) > 0
