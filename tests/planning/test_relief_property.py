"""Relief of random frameworks: no activity counts twice, parts make the whole, the least set is the least.

Everything is worked out a second time here, from the documents as they are written.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.course import Course, course_of
from engine.decision import Scribe
from engine.relief import Relief, document, least_of, relief_of
from engine.relief._least import least
from engine.relief.values import released, rounded
from engine.standing import Standing
from engine.timeline import standings
from rules.model import Declaration, Events
from tests.engine.engine_kit import share
from tests.oracle.generate import Case, random_case
from tests.oracle.harness import course_for
from tests.planning.relief_kit import Plain

SEEDS = st.integers(0, 2**32 - 1)
TIMES = {"day": (365, 12), "week": (365, 84), "month": (1, 1), "quarter": (1, 3), "year": (1, 12)}
Told = dict[str, Any]


def relieved_case(seed: int) -> Case:
    """A random case whose reductions say what they release, and whose versions say what is missing."""
    dice = random.Random(seed)
    case = random_case(dice, dice.choice([1, 2]))
    for version in case.versions:
        per = [name for name, spec in version["inputs"].items() if "values" not in spec]
        sums = [f"{name}[all]" if "per" in version["inputs"][name] else name for name in per]
        names = [*sums, *version["measures"]]
        for activity in version["activities"]:
            for reduction in activity.get("reductions", ()):
                if dice.random() < 0.9:
                    minutes = Decimal(dice.choice(["0", "1", "7.5", "30", "60", "400", "0.01"]))
                    reduction["releases"] = {
                        "minutes": minutes, "per": dice.choice(names), "every": dice.choice([*TIMES]),
                    }  # fmt: skip
                else:
                    reduction.pop("releases", None)
        stated = [one for activity in version["activities"] for one in activity.get("reductions", ())]
        if stated and dice.random() < 0.9:
            stated[0].setdefault("releases", {"minutes": 5, "per": names[0], "every": "month"})
            constant = dice.choice(["0", "1", "5", "40"])
            formula = f"{constant} + {dice.choice(['1', '0.1', '3'])} * {dice.choice(names)}"
            decimals = dice.choice([0, 1, 2])
            version["relief"] = {
                "shortfall": {"formula": formula, "decimals": decimals, "basis": "illustrative"}
            }
    return case


def standing_on(course: Course, day: datetime.date) -> Standing | None:
    return next(iter(standings(course, [day], Plain())), None)


def reliefs(seed: int) -> Iterator[tuple[Case, Course, Standing, Told, Relief]]:
    """The relief of a case on each of its days that has a decision."""
    case = relieved_case(seed)
    course, scribe = course_for(case), Scribe()
    for day in case.asked:
        standing = standing_on(course, day)
        if standing is not None:
            decision = scribe.write(course, standing)
            yield case, course, standing, decision, relief_of(course, standing, decision)


def written(case: Case, version: str) -> Told:
    return next(one for one in case.versions if one["version"] == version)


@given(SEEDS)
@share(0.2)
def test_no_activity_counts_twice(seed: int) -> None:
    for _, _, _, decision, found in reliefs(seed):
        named = [one.activity for one in found.releases]
        assert len(set(named)) == len(named)
        assert [(one.activity, one.from_) for one in found.releases] == [
            (one["activity"], one["from"]) for one in decision["permitted"]
        ]
        ahead = found.next_status
        if ahead is not None:
            named = [one.activity for one in ahead.releases]
            assert len(set(named)) == len(named)


@given(SEEDS)
@share(0.2)
def test_parts_make_the_whole_and_each_is_what_the_document_says(seed: int) -> None:
    for case, _, standing, _, found in reliefs(seed):
        told = document(found, standing.policy.version)
        version = written(case, standing.policy.version.version)
        whole = Fraction(0)
        for one, shown in zip(found.releases, told["reductions"], strict=True):
            stated = next(
                reduction.get("releases")
                for activity in version["activities"]
                if activity["id"] == one.activity
                for reduction in activity["reductions"]
                if reduction["from"] == one.from_
            )
            if stated is None or shown["figure"] is None:
                assert one.hours is None
                assert shown["hours"] is None
                assert {"activity": one.activity, "from": one.from_} in [
                    {key: entry[key] for key in ("activity", "from")} for entry in told["unknown"]
                ]
                continue
            times, over = TIMES[stated["every"]]
            hours = Fraction(stated["minutes"]) * Fraction(shown["figure"]) * times / (60 * over)
            assert one.hours == hours
            whole += hours
        assert released(found.releases) == whole
        assert Fraction(told["released"]) == Fraction(rounded(whole, found.places), 10**found.places)


@given(SEEDS)
@share(0.2)
def test_figures_are_those_that_the_decision_read(seed: int) -> None:
    for _, _, standing, decision, found in reliefs(seed):
        read = {key: one for measure in decision["measures"] for key, one in measure["inputs"].items()}
        amounts = [one.amount for one in found.releases if one.amount is not None]
        if found.shortfall is not None:
            amounts.append(found.shortfall.amount)
        for amount in amounts:
            for key, figure in amount.inputs.items():
                if standing.stale:
                    assert figure.number is None
                elif key in read:
                    assert read[key]["value"] == figure.text
                    assert read[key]["how"] == figure.how
                    assert read[key]["as_of"] == (figure.as_of and figure.as_of.isoformat())


def smallest(items: Sequence[tuple[str, Fraction]], gap: Fraction, places: int) -> tuple[str, ...] | None:
    """The least set by looking at every set, the smallest first and each in the order given."""
    for size in range(len(items) + 1):
        for chosen in itertools.combinations(items, size):
            if Fraction(rounded(sum((one for _, one in chosen), Fraction(0)), places), 10**places) >= gap:
                return tuple(name for name, _ in chosen)
    return None


@given(SEEDS)
@share(0.2)
def test_the_least_set_closes_the_gap_and_no_smaller_one_does(seed: int) -> None:
    for case, _, standing, _, found in reliefs(seed):
        if found.shortfall is None:
            assert least_of(found) is None
            continue
        version = written(case, standing.policy.version.version)
        parts = [*version.get("parts", ()), None]
        order = sorted(
            (parts.index(activity.get("part")), place, activity["id"])
            for place, activity in enumerate(version["activities"])
        )
        hours = {one.activity: one.hours for one in found.releases}
        known = [(name, one) for *_, name in order if (one := hours.get(name)) is not None]
        chosen = least_of(found)
        told = None if chosen is None else tuple(one.activity for one in chosen)
        assert told == smallest(known, found.shortfall.hours, found.places)


@given(st.lists(st.fractions(-3, 9, max_denominator=8), max_size=9), st.fractions(-2, 30, max_denominator=8))
def test_least_against_every_set(hours: list[Fraction], gap: Fraction) -> None:
    chosen = least(hours, lambda total: total >= gap)
    sets = itertools.chain.from_iterable(
        itertools.combinations(range(len(hours)), size) for size in range(len(hours) + 1)
    )
    closing = [one for one in sets if sum((hours[place] for place in one), Fraction(0)) >= gap]
    assert chosen == (closing[0] if closing else None)


@given(SEEDS)
@share(0.2)
def test_one_status_up_is_what_declaring_it_would_permit(seed: int) -> None:
    for _, course, standing, decision, found in reliefs(seed):
        ahead, rules = found.next_status, standing.policy.version.declarations
        if ahead is None:
            last = decision["status"] == standing.policy.version.status_ids[-1]
            assert last or decision["status"] in ("indeterminate", "undeclared", "suspended")
            continue
        if rules is None or "raise" not in rules.may:
            continue
        declaration = Declaration.model_validate(
            {"from": standing.day, "until": standing.day, "status": ahead.status, "by": "director", "reason": "x",
             "pdu": course.pdu.id}
        )  # fmt: skip
        events = Events(
            declarations=[*course.events.declarations, declaration], suspensions=[*course.events.suspensions]
        )
        raised = standing_on(course_of(course.framework, course.pdu, course.returns, events), standing.day)
        assert raised is not None
        permitted = Scribe().write(course, raised)["permitted"]
        assert [(one.activity, one.from_) for one in ahead.releases] == [
            (one["activity"], one["from"]) for one in permitted
        ]


@given(SEEDS)
@share(0.2)
def test_a_decision_says_the_same_without_relief(seed: int) -> None:
    case = relieved_case(seed)
    bare = relieved_case(seed)
    for version in bare.versions:
        version.pop("relief", None)
    one, other, scribe = course_for(case), course_for(bare), Scribe()
    for day in case.asked:
        both = (standing_on(one, day), standing_on(other, day))
        assert (both[0] is None) == (both[1] is None)
        if both[0] is not None and both[1] is not None:
            with_, without = (_without_hashes(scribe.write(one, standing)) for standing in both if standing)
            assert with_ == without


def _without_hashes(decision: Mapping[str, Any]) -> Told:
    told = {key: value for key, value in decision.items() if key != "id"}
    told["framework"] = {key: value for key, value in told["framework"].items() if key != "sha256"}
    told["conditions"] = [_without_lines(one) for one in told["conditions"]]
    return told


def _without_lines(node: Any) -> Any:
    """Where a condition stands in the file is another line, once other lines stand before it."""
    if isinstance(node, list):
        return [_without_lines(one) for one in node]
    if isinstance(node, dict):
        return {key: _without_lines(one) for key, one in node.items() if key != "line"}
    return node
