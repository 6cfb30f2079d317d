"""Small frameworks of any shape: every setting of both levers is tried, and the distance is the least that does."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from engine.course import Course
from engine.deciding import Engine
from engine.distance import distance
from rules.figures import Return
from rules.framework import Framework
from rules.model import Events, Organisation
from tests.oracle.text import to_yaml
from tests.planning.distance_kit import Path, Plainly, Told, counts_as, path, with_figures
from tests.support import policy_of, seeds

TOP, STEP = 6, 2
MONDAY = datetime.date(2022, 8, 1)
ORGANISATION = Organisation.model_validate(
    {"format": 1, "regions": [{"id": "r", "name": "R"}], "pdus": [{"id": "u", "name": "U", "region": "r"}]}
)
BANDS = [{"below": 2, "give": 2}, {"above": 4, "give": 1}]
MEASURES = {
    "both": {"decimals": 0, "formula": "a + b"},
    "share": {"decimals": 1, "formula": "10 * a / (a + b)"},
    "most": {"decimals": 0, "formula": "max(a, b)"},
    "banded": {"decimals": 0, "points": {"of": "a", "bands": BANDS, "otherwise": 0}},
}
leaves = st.builds(
    lambda name, word, number: {name: {word: number}},
    st.sampled_from(["a", "b", "both", "share", "most", "banded", "c"]),
    st.sampled_from(["below", "at_most", "above", "at_least", "is"]),
    st.integers(0, TOP + 2),
)


def waited(conditions: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Conditions, some of which have to hold for some weeks."""
    waits = st.sampled_from([None, None, "1 week", "2 weeks", "3 weeks"])
    return st.builds(lambda one, wait: one if wait is None else {**one, "for": wait}, conditions, waits)


groups = st.builds(
    lambda kind, parts: {kind: parts},
    st.sampled_from(["any", "all", "none"]),
    st.lists(waited(leaves), min_size=2, max_size=3),
)
conditions = waited(st.one_of(leaves, groups))


@st.composite
def versions(draw: st.DrawFn) -> Mapping[str, Any]:
    """A version with two levers, and two to four statuses."""
    statuses: list[dict[str, Any]] = [{"id": "s0"}]
    for place in range(1, draw(st.integers(2, 4))):
        one: dict[str, Any] = {"id": f"s{place}", "enter": draw(conditions)}
        if draw(st.booleans()):
            one["exit"] = draw(conditions)
        if draw(st.booleans()):
            one["minimum_stay"] = f"{draw(st.integers(1, 20))} days"
        statuses.append(one)
    figure = {"decimals": 0, "minimum": 0, "maximum": TOP, "lever": {"step": STEP}}
    document: dict[str, Any] = {
        "format": 1, "framework": "f", "version": "v", "title": "V", "effective": MONDAY,
        "returns": {"every": "7 days", "stale_after": "14 days"},
        "first_return": draw(st.sampled_from(["at_once", "after_duration"])), "activation": "automatic",
        "inputs": {"a": figure, "b": {**figure, "lever": {"step": 1}}, "c": {"decimals": 0}},
        "measures": MEASURES, "statuses": statuses, "activities": [],
    }  # fmt: skip
    steps = {word: 1 for word in ("up", "down") if draw(st.booleans())}
    return {**document, "steps": steps} if steps else document


figures = st.fixed_dictionaries(
    {"a": st.integers(0, TOP), "b": st.integers(0, TOP), "c": st.integers(0, TOP)}
)


class Tried:
    """Every setting of both levers, each followed from the first return on."""

    def __init__(self, course: Course, found: Told) -> None:
        self.course, self.found = course, found
        self.last = next(one["day"] for one in found["assumptions"] if one["code"] == "looked_until")
        self.newest = course.returns[-1]
        ends = datetime.date.fromisoformat(self.last)
        weeks = (ends - self.newest.as_of).days // 7
        self.dues = [self.newest.as_of + datetime.timedelta(weeks=week + 1) for week in range(weeks)]
        # some more weeks must change nothing: by then all has come to rest
        self.more = [ends + datetime.timedelta(weeks=week + 1) for week in range(6)]
        self.deciders = Plainly()
        self.days: dict[tuple[Decimal, Decimal], Path] = {}

    def reached(self, goal: Told, a: Decimal, b: Decimal) -> datetime.date | None:
        """The first day on which a goal is reached with two figures, or None."""
        if (a, b) not in self.days:
            changed = {**self.newest.figures, "a": a, "b": b}
            dues = [*self.dues, *self.more]
            self.days[a, b] = path(with_figures(self.course, dues, changed), dues, self.deciders)
        for day, status, policy in self.days[a, b]:
            if counts_as(status, policy, goal["status"], goal["direction"], policy):
                assert day not in self.more, "nothing comes after the last day that is looked at"
                return day
        return None

    def every(self) -> list[tuple[int, int]]:
        """Every change of both, in the order of preference."""
        a, b = (int(self.newest.figures[key]) for key in "ab")
        changes = [
            (first, second)
            for first in range(-TOP, TOP + 1)
            for second in range(-TOP, TOP + 1)
            if 0 <= a + STEP * first <= TOP and 0 <= b + second <= TOP
        ]
        return sorted(
            changes,
            key=lambda one: (abs(one[0]) + abs(one[1]), (one[0] != 0) + (one[1] != 0), -abs(one[0]), -one[0], -one[1]),
        )  # fmt: skip


@settings(
    max_examples=len(seeds(30, 600)),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(versions(), st.lists(figures, min_size=1, max_size=4))
def test_the_distance_is_the_least_change_that_does(
    document: Mapping[str, Any], weeks: list[dict[str, int]]
) -> None:
    framework = Framework("f", (policy_of(to_yaml(document)),))
    returns = [
        Return(
            "u", MONDAY + datetime.timedelta(weeks=week), {key: Decimal(one) for key, one in given_.items()}
        )
        for week, given_ in enumerate(weeks)
    ]
    with Engine(framework, ORGANISATION) as engine:
        course = engine.course(ORGANISATION.pdus[0], returns, Events())
        decision = engine.decision(course, returns[-1].as_of)
        assert isinstance(decision, dict)
        found = distance(engine, course, returns[-1].as_of, decision)
    assume(bool(found["targets"]))
    tried = Tried(course, found)
    a, b = returns[-1].figures["a"], returns[-1].figures["b"]
    assert isinstance(a, Decimal)
    assert isinstance(b, Decimal)
    for goal in found["targets"]:
        by_itself = tried.reached(goal, a, b)
        assert goal["without_change"] == (by_itself and by_itself.isoformat())
        if by_itself is not None:
            event("comes by itself")
            continue
        best: dict[str, Any] = {"a": None, "b": None, "joint": None}
        for first, second in tried.every():
            kind = "a" if second == 0 else "b" if first == 0 else "joint"
            if best[kind] is None:
                on = tried.reached(goal, a + STEP * first, b + second)
                best[kind] = None if on is None else (first, second, on.isoformat())
        for lever in goal["levers"]:
            steps = (lever["steps"], 0) if lever["input"] == "a" else (0, lever["steps"])
            told = (*steps, lever["earliest"]) if lever["reaches"] else None
            assert told == best[lever["input"]], (goal["status"], lever["input"])
            event("a lever reaches" if told else "a lever does not reach")
        joint = goal["joint"]
        if any(one["reaches"] for one in goal["levers"]):
            assert joint is None
            continue
        changes = {one["input"]: one["steps"] for one in joint["levers"]} if joint else {}
        told = (changes["a"], changes["b"], joint["earliest"]) if joint else None
        assert told == best["joint"], goal["status"]
        event("both together reach" if told else "nothing reaches")


def test_every_pair_is_tried_in_the_order_of_preference() -> None:
    course = Course.__new__(Course)
    tried = Tried.__new__(Tried)
    tried.course, tried.newest = course, Return("u", MONDAY, {"a": Decimal(2), "b": Decimal(3)})
    found = tried.every()
    assert found[:6] == [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (2, 0)]
    assert len(found) == len(set(itertools.chain(found))) == 4 * 7
