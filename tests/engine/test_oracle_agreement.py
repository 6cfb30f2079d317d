"""The engine against the oracle over random histories, and the two deciders over random situations.

`make fuzz` runs 20,000 cases (about 400,000 steps of the two deciders) and 640,000 random situations.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from engine.course import Course
from engine.decision import Scribe
from engine.timeline import standings
from rules.decide import NONE, Deciders, Hold, Leaf, Program, Situation, compile_policy
from tests.engine.engine_kit import share
from tests.oracle.facts import version_on
from tests.oracle.generate import random_case
from tests.oracle.harness import course_for, differences, policies_of, walked
from tests.support import seeds

SEEDS = st.integers(0, 2**64 - 1)


@share(4)
@given(seed=SEEDS)
@example(seed=0)
def test_the_engine_says_what_the_oracle_says(seed: int) -> None:
    case = random_case(random.Random(seed), size=1 + seed % 3)
    deciders = Deciders()
    try:
        assert list(differences(case, deciders)) == []
    finally:
        deciders.close()


@share(0.4)
@given(seed=SEEDS)
def test_a_named_version_is_one_that_has_always_been_in_force(seed: int) -> None:
    rng = random.Random(seed)
    case = random_case(rng, size=1 + seed % 2)
    name = rng.choice(case.versions)["version"]
    course = course_for(case)
    events = {day for day in course.events.days() if day <= max(case.asked)}
    start = min([*course.days, *events, max(case.asked)])
    asked = [day for day in case.asked if day >= start]
    pinned = decided(replace(course, framework=course.framework.pin(name)), asked)
    (named,) = [one for one in case.versions if one["version"] == name]
    always = {key: value for key, value in named.items() if key != "until"} | {"effective": start}
    # A declaration of another version's status is none of this one's.
    known = {status["id"] for status in named["statuses"]}
    if any(one["status"] not in known for one in case.declarations):
        return
    assert pinned == decided(course_for(replace(case, versions=[always])), asked)


@share(0.4)
@given(seed=SEEDS)
def test_a_unit_that_begins_later_begins_with_the_framework(seed: int) -> None:
    rng = random.Random(seed)
    case = random_case(rng, size=1 + seed % 2)
    first = rng.choice(case.asked)
    later = replace(
        case,
        asked=[day for day in case.asked if day >= first],
        declarations=[one for one in case.declarations if one["from"] >= first],
        suspensions=[one for one in case.suspensions if one["from"] >= first],
    )
    course = course_for(later)
    begun = replace(course, pdu=course.pdu.model_copy(update={"from_": first}))
    now = version_on(case.versions, first)
    if now is None:
        return
    place = case.versions.index(now)
    trimmed = [now | {"effective": first}, *case.versions[place + 1 :]]
    assert decided(begun, later.asked) == decided(course_for(replace(later, versions=trimmed)), later.asked)


def decided(course: Course, asked: Sequence[datetime.date]) -> list[dict[str, Any]]:
    """Decisions without what tells one text of a version from another."""
    deciders, scribe = Deciders(), Scribe()
    try:
        found = [scribe.write(course, standing) for standing in standings(course, asked, deciders)]
    finally:
        deciders.close()
    told = []
    for one in found:
        kept = {
            key: value for key, value in one.items() if key not in ("id", "framework", "conditions", "pdu")
        }
        told.append(kept | {"conditions": [holds(root) for root in one["conditions"]]})
    return told


def holds(root: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(node["rule"], node["holds"], node["run"]) for node in walked(root)]


SITUATIONS = 320


@share(0.4)
@given(seed=SEEDS)
def test_both_deciders_agree_on_any_situation(seed: int) -> None:
    """Also on those that no history leads to: runs, statuses and declarations at will."""
    rng = random.Random(seed)
    deciders = Deciders()
    try:
        policy = rng.choice(policies_of(random_case(rng, size=1 + seed % 3)))
        numbers = {name: point.default for name, point in policy.version.trigger_points.items()}
        program = compile_policy(policy, numbers)
        agreement = deciders.of(program)
        for _ in range(SITUATIONS):
            agreement.decide(any_situation(rng, program))  # raises where they differ
    finally:
        deciders.close()


def any_situation(rng: random.Random, program: Program) -> Situation:
    """A random situation of a program, mostly at the edges of its conditions."""
    edges: list[list[int | None]] = [[None, 0] for _ in program.slots]
    needs = [1] * len(program.runs)
    for node in program.nodes:
        if isinstance(node, Leaf):
            edges[node.slot] += [number + more for number in node.numbers for more in (-1, 0, 1)]
        elif isinstance(node, Hold):
            needs[node.run] = node.needs
    loss = rng.choice([0.0, 0.1, 0.5])
    values = []
    for slot, choices in zip(program.slots, edges, strict=True):
        value = None if rng.random() < loss else rng.choice(choices)
        if value is not None and slot.values is not None:
            value = min(max(value, 0), len(slot.values) - 1)
        values.append(value)
    levels = range(NONE, program.levels)
    standing = rng.choice(levels)
    first = standing == NONE and program.at_once
    return Situation(
        values=tuple(values),
        runs=tuple(max(0, need + rng.choice([-2, -1, -1, 0, 0, 1])) for need in needs),
        standing=standing,
        stay_over=rng.random() < 0.7,
        moves=rng.random() < 0.9,
        first=first,
        active=tuple(
            rng.choice([level, level, rng.choice(levels)]) for level in (*range(program.levels), NONE)
        ),
        blocked=tuple(int(rng.random() < 0.2) for _ in program.policy.reductions),
    )


def test_what_was_decided_before_changes_no_decision() -> None:
    # One scribe keeps parts of decisions for the next; a fresh one for each decision says the same.
    deciders = Deciders()
    kept: dict[tuple[int, datetime.date], Any] = {}
    try:
        for seed in seeds(75, 600):
            case = random_case(random.Random(f"scribe {seed}"), 2)
            course, scribe = course_for(case), Scribe()
            for standing in standings(course, case.asked, deciders):
                kept[seed, standing.day] = scribe.write(course, standing)
                assert kept[seed, standing.day] == Scribe().write(course, standing)
    finally:
        deciders.close()
    assert len(kept) > 250
