"""Small and large frames are worked on in different ways; all ways give what the single path gives."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from engine.columns import Columns, Steps, frame_of
from engine.columns import _arrays as arrays
from engine.columns import _judge as judge
from engine.columns import _moves as moves
from engine.columns import _values as values
from engine.columns import _waiting as waiting
from engine.course import Course, course_of
from rules.decide import Deciders
from rules.model import Events, RegionSettings
from tests.columns.test_columns_agree import by_columns, courses, one_by_one
from tests.oracle.generate import random_case

NEVER = 10**9
WAYS = {
    "many units": [(moves, "FEW", NEVER), (arrays, "WIDE", 0)],
    "long waits": [(moves, "FEW", 0), (waiting, "LONGEST", 2)],
    "large tables": [(moves, "FEW", 0), (waiting, "MOST", 3000)],
    "every row by a table": [(moves, "FEW", 0)],
    "stretches side by side": [(judge, "IN_ONE", 0), (judge, "TOGETHER", NEVER)],
    "each stretch by itself": [(judge, "IN_ONE", 0), (judge, "TOGETHER", 0)],
    "a row at a time": [(values, "BLOCK", 1)],
    "a few rows at a time": [(values, "BLOCK", 20), (judge, "IN_ONE", 0), (moves, "FEW", 0)],
}


def often_set(seed: int) -> list[Course]:
    """Units of a random framework whose regions, and single units, often have their trigger points set anew."""
    dice = random.Random(seed)
    units = courses(random_case(random.Random(seed), 1 + seed % 2), dice)
    framework, days = units[0].framework, units[0].days
    points = {
        name: point for policy in framework.policies for name, point in policy.version.trigger_points.items()
    }
    in_all = [
        name for name in points if all(name in policy.version.trigger_points for policy in framework.policies)
    ]

    def numbers() -> dict[str, Decimal]:
        return {
            name: points[name].default + dice.choice([-3, -1, 0, 1, 3])
            for name in in_all
            if dice.random() < 0.7
        }

    for region in ("r1", "r2"):
        begins = sorted(dice.sample(days, min(len(days), 6)))
        entries = [
            {
                "effective": day,
                "set_by": "Somebody",
                "reason": "A test",
                "trigger_points": numbers(),
                "pdus": {f"p{dice.randint(1, 5)}": {"trigger_points": numbers()}},
            }
            for day in begins
        ]
        if entries:
            settings = {"format": 1, "framework": framework.id, "region": region, "settings": entries}
            framework = framework.with_settings(region, RegionSettings.model_validate(settings))
    nobody = Events(declarations=[], suspensions=[])
    return [course_of(framework, one.pdu, one.returns, nobody) for one in units]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("way", WAYS)
def test_every_way_is_the_single_path(way: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, number in WAYS[way]:
        monkeypatch.setattr(module, name, number)
    units = often_set(4000 + seed)
    deciders = Deciders()
    for course, told in zip(units, by_columns(units[0].framework, units), strict=True):
        assert told == one_by_one(course, sorted(told), deciders), course.pdu.id
    deciders.close()


@pytest.mark.parametrize("way", WAYS)
def test_every_way_tells_the_same_of_reductions(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[object]:
        found: list[object] = []
        for seed in range(6):
            units = often_set(5000 + seed)
            framework = units[0].framework
            frame = frame_of(
                [(one.pdu, one.returns) for one in units], framework.policies[0].version.returns.every
            )
            steps = [_by_unit(one) for one in Columns(framework).steps(frame, whens=True)]
            found.append(sorted(line for lines in steps for line in lines))
        return found

    usual = told()
    for module, name, number in WAYS[way]:
        monkeypatch.setattr(module, name, number)
    assert told() == usual


def _by_unit(step: Steps) -> list[tuple[int, ...]]:
    assert step.whens is not None
    return [
        (unit, int(step.day[unit]), int(step.level[unit]), *map(int, step.whens[:, unit]))
        for unit in range(len(step.taken))
        if step.taken[unit]
    ]


def test_the_cases_have_numbers_that_change_within_a_version() -> None:
    changes = 0
    for seed in range(10):
        framework = often_set(4000 + seed)[0].framework
        stretches = Columns(framework).compiler.stretches(frozenset(["r1", "r2"]))
        changes += sum(not one.begins for one in stretches)
    assert changes > 50
