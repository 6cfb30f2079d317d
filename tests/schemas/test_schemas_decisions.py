"""Real decisions fit the schema of decisions, which knows every key of theirs and no other."""

from __future__ import annotations

import copy
import datetime
import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.course import course_of
from engine.decision import Scribe
from engine.decision_schema import decision_schema
from engine.sample import sample_events, sample_returns
from engine.timeline import standings
from rules.decide import Deciders
from rules.figures import Return
from rules.library import load_library
from rules.model import Events
from tests.oracle.generate import random_case
from tests.oracle.harness import course_for

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
DAY = datetime.timedelta(days=1)
VALIDATOR = Draft202012Validator(decision_schema())
UNITS = 8
CASES = 60
NOTES = (
    {"code": "PF602", "as_of": "2022-08-08"},
    {"code": "PF608", "as_of": "2022-08-08"},
    {"code": "PF608", "as_of": None},
)


def plain(decision: dict[str, Any]) -> dict[str, Any]:
    """The decision as a program reads it from JSON."""
    return dict(json.loads(json.dumps(decision)))


def sampled(deciders: Deciders) -> Iterator[dict[str, Any]]:
    """Decisions on the shipped framework and sample."""
    library = load_library(FRAMEWORKS)
    framework, scribe = library.framework(), Scribe()
    events = sample_events(library.organisation)
    units = library.organisation.pdus[::13][:UNITS]
    returns = [one for one in sample_returns(library.organisation) if one.pdu in {unit.id for unit in units}]
    for unit in units:
        course = course_of(framework, unit, [one for one in returns if one.pdu == unit.id], events)
        for standing in standings(course, course.days, deciders):
            yield scribe.write(course, standing, asked_as_of=standing.day, notes=NOTES)


def awkward(deciders: Deciders) -> Iterator[dict[str, Any]]:
    """Decisions on a figure that no version takes, on settings that wait, and on a number out of bounds."""
    library = load_library(FRAMEWORKS)
    framework, scribe = library.framework(), Scribe()
    unit = next(unit for unit in library.organisation.pdus if unit.region in framework.regions)
    settings = framework.regions[unit.region]
    start = settings.settings[0].effective
    days = [start - DAY, start + DAY]
    bad = Return(unit.id, days[0], {"wmt_points": Decimal("0.5")})
    wild = settings.settings[0].model_copy(update={"trigger_points": {"amber_staffing": Decimal(1)}})
    other = framework.with_settings(unit.region, settings.model_copy(update={"settings": [wild]}))
    for one in (framework, other):
        course = course_of(one, unit, [bad], Events())
        for standing in standings(course, days, deciders):
            yield scribe.write(course, standing)


def made_up(deciders: Deciders) -> Iterator[dict[str, Any]]:
    """Decisions on random frameworks and histories, which use everything that there is."""
    for number in range(CASES):
        case, scribe = random_case(random.Random(number)), Scribe()
        course = course_for(case)
        for standing in standings(course, case.asked, deciders):
            yield scribe.write(
                course, standing, decided_at="2022-09-01T12:00:00Z", known_at="2022-09-01T12:00:00Z"
            )


def kind(decision: dict[str, Any]) -> tuple[Any, ...]:
    """What is special about a decision, so that one of each kind is enough."""
    return (
        decision["framework"]["id"],
        decision["status"],
        decision["calculated"],
        decision["declared"] is None,
        decision["last_determinate"] is None,
        frozenset(codes(decision)),
    )


def codes(decision: dict[str, Any]) -> Iterator[str]:
    """The codes of all reasons and notes."""
    yield from (reason["code"] for reason in decision["indeterminate_because"])
    yield from (refused["because"]["code"] for refused in decision["not_permitted"])
    yield from (note["code"] for note in decision["data_quality"])


@pytest.fixture(scope="module")
def decisions() -> Iterator[list[dict[str, Any]]]:
    deciders = Deciders()
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for make in (sampled, awkward, made_up):
        for decision in make(deciders):
            found.setdefault(kind(decision), decision)
    yield list(map(plain, found.values()))
    deciders.close()


def test_real_decisions_fit(decisions: list[dict[str, Any]]) -> None:
    assert len(decisions) > 100
    for decision in decisions:
        assert [f"{fault.json_path}: {fault.message}" for fault in VALIDATOR.iter_errors(decision)] == []


def test_the_decisions_hold_what_there_is(decisions: list[dict[str, Any]]) -> None:
    """Else the test above would say little."""
    found = {code for decision in decisions for code in codes(decision)}
    reasons = {"below_status", "condition_false", "condition_unknown", "withheld", "lapsed", "superseded"}
    unknown = {"no_return", "stale", "unknown_condition", "could_be"}
    assert found >= reasons | unknown | {"suspended", "undeclared", "indeterminate"}
    assert found >= {f"PF{number}" for number in range(601, 611)}
    assert any(decision["declared"] for decision in decisions)
    assert any(decision["suspended"] for decision in decisions)


def test_a_decision_with_a_key_more_or_less_does_not_fit(decisions: list[dict[str, Any]]) -> None:
    whole = max(decisions, key=lambda decision: len(decision["permitted"]))
    assert VALIDATOR.is_valid(whole)
    for path in ((), ("pdu",), ("settings",), ("measures", 0), ("permitted", 0), ("conditions", 0)):
        for key in (*_at(whole, path), None):
            broken = copy.deepcopy(whole)
            if key is None:
                _at(broken, path)["more"] = 1
            else:
                del _at(broken, path)[key]
            assert not VALIDATOR.is_valid(broken), (path, key)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), "sha256:abc"),
        (("schema",), 2),
        (("as_of",), "8 August"),
        (("outstayed",), "false"),
        (("measures", 0, "value"), 82.5),
        (("measures", 0, "value"), "1e3"),
        (("permitted", 0, "strength"), "might"),
        (("settings", "trigger_points"), []),
        (("not_permitted", 0, "because"), {"code": "other"}),
        (("conditions", 0, "holds"), "yes"),
        (("data_quality",), [{"code": "PF999"}]),
    ],
)
def test_a_decision_with_another_kind_of_value_does_not_fit(
    path: tuple[str | int, ...], value: Any, decisions: list[dict[str, Any]]
) -> None:
    whole = max(
        decisions, key=lambda decision: min(len(decision["permitted"]), len(decision["not_permitted"]))
    )
    broken = copy.deepcopy(whole)
    _at(broken, path[:-1])[path[-1]] = value
    assert not VALIDATOR.is_valid(broken)


def _at(content: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        content = content[part]
    return content
