"""Two worlds day by day: what the preview says of a day is what the oracle and the engine say of that day."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.course import Course
from engine.deciding import Engine, Undecided
from engine.preview.changes import unit_preview
from engine.worlds import Track, Unit, worlds
from engine.worlds.reasons import Reasons
from engine.worlds.tracks import permitted_of, track
from rules.decide import Deciders
from rules.library import Framework
from rules.model import Events, Organisation, Pdu
from tests.engine.engine_kit import ORGANISATION as UNITS
from tests.engine.engine_kit import day as day_of
from tests.engine.engine_kit import declared, events_of, framework, history, on, share, suspended, version
from tests.oracle.fold import Fold
from tests.oracle.generate import Case, random_case
from tests.oracle.harness import course_for

DAY = datetime.timedelta(days=1)


def days_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    while first <= last:
        yield first
        first += DAY


def tracked(course: Course, first: datetime.date, last: datetime.date) -> Track:
    deciders = Deciders()
    try:
        return track(course, first, last, deciders)
    finally:
        deciders.close()


def window(case: Case) -> tuple[datetime.date, datetime.date]:
    """The asked days of a case, and what time alone does after them; not too many."""
    last = max(case.asked) + 20 * DAY
    return max(min(case.asked), last - 150 * DAY), last


@share(0.3)
@given(seed=st.integers(0, 2**64 - 1))
def test_each_day_is_as_the_oracle_says(seed: int) -> None:
    case = random_case(random.Random(seed), size=1 + seed % 3)
    first, last = window(case)
    days = list(days_between(first, last))
    fold = Fold(case.versions, case.returns, case.declarations, case.suspensions, case.settings)
    expected = fold.live(days)
    found = tracked(course_for(case), first, last)
    for day in days:
        oracle, standing = expected[day], found.at(day)
        assert (standing is None) == (oracle is None), day
        if standing is not None and oracle is not None:
            assert standing.active.status == oracle["status"], day
            assert permitted_of(standing) == {one["activity"] for one in oracle["permitted"]}, day
    whole = found.stretches()
    assert sum(stretch.days for stretch in whole) == len(days)
    assert [stretch.status for stretch in whole for _ in range(stretch.days)] == [
        found.status(day) for day in days
    ]


@share(0.12)
@given(seed=st.integers(0, 2**64 - 1))
def test_what_differs_is_counted_day_by_day(seed: int) -> None:
    """Settings against none: days, moves and permissions as counted over decisions of single days."""
    case = random_case(random.Random(seed), size=1 + seed % 2)
    first, last = window(case)
    one, other = course_for(replace(case, settings=[])), course_for(case)
    pdu = Pdu(id="p1", name="P1", region="r1")
    events = Events(declarations=list(other.events.declarations), suspensions=list(other.events.suspensions))
    (pair,) = worlds(one.framework, other.framework, [Unit(pdu, other.returns)], events, first, last)
    found = unit_preview(pair, Reasons())
    before, after = (daily(course, first, last) for course in (one, other))
    check_counts(found, before, after)


def daily(course: Course, first: datetime.date, last: datetime.date) -> dict[datetime.date, Any]:
    """Status and permissions of each day, each decided by itself."""
    organisation = Organisation.model_validate(
        {
            "format": 1,
            "regions": [{"id": "r1", "name": "R"}],
            "pdus": [{"id": "p1", "name": "P1", "region": "r1"}],
        }
    )
    found: dict[datetime.date, Any] = {}
    with Engine(course.framework, organisation) as engine:
        for day in days_between(first, last):
            decision = engine.decision(course, day)
            if isinstance(decision, Undecided):
                found[day] = (None, frozenset())
            else:
                found[day] = (decision["status"], frozenset(one["activity"] for one in decision["permitted"]))
    return found


def check_counts(found: Any, before: dict[datetime.date, Any], after: dict[datetime.date, Any]) -> None:
    for told, world in ((found.days_before, before), (found.days_after, after)):
        counted: dict[str, int] = {}
        for status, _ in world.values():
            if status is not None:
                counted[status] = counted.get(status, 0) + 1
        assert dict(told) == counted
    moved = {}
    for move in found.moves:
        for day in days_between(move.first, move.last):
            moved[day] = (move.before, move.after)
    assert moved == {
        day: (before[day][0], after[day][0]) for day in before if before[day][0] != after[day][0]
    }
    for told, more, less in ((found.newly, after, before), (found.withdrawn, before, after)):
        days: dict[str, list[datetime.date]] = {}
        for day, (_, activities) in more.items():
            for activity in activities - less[day][1]:
                days.setdefault(activity, []).append(day)
        assert {one.activity: (one.first, one.days) for one in told} == {
            activity: (given[0], len(given)) for activity, given in days.items()
        }
    for week in found.weeks:
        assert (week.before, week.after) == (before[week.as_of][0], after[week.as_of][0])


# --- examples, with the days worked out by hand --------------------------------------------------------------


def stretches(one: Framework, given: Any, first: str, last: str, events: Events | None = None) -> list[Any]:
    unit = Unit(UNITS.pdus[0], given)
    (pair,) = worlds(one, one, [unit], events or Events(), day_of(first), day_of(last))
    return [(str(found.first)[5:], found.days, found.status) for found in pair.after.stretches()]


def test_days_before_the_framework_and_after_the_returns() -> None:
    plan = framework(version())
    assert stretches(plan, history(99, 80, 80), "07-30", "09-05") == [
        ("07-30", 2, None),
        ("08-01", 14, "green"),
        ("08-15", 15, "amber"),
        ("08-30", 7, "indeterminate"),
    ]


def test_a_unit_that_ends() -> None:
    plan = framework(version())
    pdu = UNITS.pdus[0].model_copy(update={"until": day_of("08-10"), "from_": day_of("08-03")})
    (pair,) = worlds(plan, plan, [Unit(pdu, on(d0803=80))], Events(), day_of("08-01"), day_of("08-14"))
    assert [(one.days, one.status) for one in pair.after.stretches()] == [(2, None), (8, "amber"), (4, None)]


def test_a_gap_between_versions() -> None:
    first = version(until=day_of("08-07"))
    second = version(version="v2", effective=day_of("08-15"))
    plan = framework(first, second)
    assert stretches(plan, history(80, 80, 80), "08-01", "08-21") == [
        ("08-01", 7, "amber"),
        ("08-08", 7, None),
        ("08-15", 7, "amber"),
    ]


def test_events_change_days_between_returns() -> None:
    plan = framework(version())
    events = events_of([declared("08-03", "08-04", "red")], [suspended("08-10", "08-10")])
    assert stretches(plan, history(99, 99, 99), "08-01", "08-15", events) == [
        ("08-01", 2, "green"),
        ("08-03", 2, "red"),
        ("08-05", 5, "green"),
        ("08-10", 1, "suspended"),
        ("08-11", 5, "green"),
    ]


def test_a_reduction_lapses_between_returns_and_grace_runs_out() -> None:
    visits = {
        "id": "visits",
        "title": "Home visits",
        "reductions": [{"from": "amber", "strength": "may", "do": "Fewer.", "lapses_after": "10 days"}],
    }
    meetings = {
        "id": "meetings",
        "reductions": [{"from": "amber", "strength": "may", "do": "None."}],
    }
    mandatory = {"id": "law", "mandatory": {"because": "The law."}}
    plan = framework(
        version(
            returns={"every": "7 days", "stale_after": "14 days", "grace": "3 days"},
            activities=[visits, meetings, mandatory],
        )
    )
    (pair,) = worlds(
        plan, plan, [Unit(UNITS.pdus[0], on(d0801=80, d0808=80))], Events(), day_of("08-01"), day_of("08-31")
    )
    permitted = {
        day: permitted_of(pair.after.at(day)) for day in days_between(day_of("08-01"), day_of("08-31"))
    }
    assert [day for day in permitted if "visits" in permitted[day]] == list(
        days_between(day_of("08-01"), day_of("08-10"))
    )
    # Stale from 23 August on; what was permitted on the 22nd stands for three days counted from that day.
    assert [day for day in permitted if "meetings" in permitted[day]][-1] == day_of("08-25")
