"""Whole versions side by side: what was changed is what is found, and nothing else."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from itertools import pairwise

import pytest

from rules.library import load_library
from rules.policy import Policy
from rules.prove.pair import Verdict, can_differ_in_status, compare_policies
from tests.support import FRAMEWORKS, PLAN, changed, policy_of

SHIPPED = load_library(FRAMEWORKS).framework("sentence-management").policies
NEIGHBOURS = list(pairwise(SHIPPED))

BASE = changed(
    PLAN,
    (
        "  - id: reports\n",
        "  - id: calls\n    reductions: [{from: red, strength: may, do: Call less.}]\n  - id: reports\n",
    ),
)


def verdict_of(*changes: tuple[str, str]) -> Verdict:
    """What some changes of the plan come to."""
    return compare_policies(policy_of(BASE), policy_of(BASE, *changes))


def told(verdict: Verdict) -> set[tuple[str, str, str, str]]:
    """The differences of a verdict, which must be settled."""
    assert verdict.settled, verdict.unsettled
    return {
        (direction, one.kind, one.activity, one.from_)
        for direction, differences in (("loosens", verdict.loosens), ("tightens", verdict.tightens))
        for one in differences
    }


@pytest.mark.parametrize("policy", [*SHIPPED, policy_of(BASE)], ids=lambda policy: policy.id)
def test_a_version_beside_itself_is_neutral(policy: Policy) -> None:
    verdict = compare_policies(policy, policy)
    assert told(verdict) == set()
    assert set(verdict.activities.values()) == {"neutral"}
    assert not verdict.words
    assert not verdict.beyond
    assert can_differ_in_status(policy, policy).proved


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "      - from: red\n        strength: should\n        do: Visit least.\n",
            "",
            {("tightens", "permitted", "visits", "red")},
        ),
        ("  - id: calls\n    reductions: [{from: red,", "  - id: calls\n    reductions: [{from: amber,",
         {("loosens", "permitted", "calls", "amber"), ("tightens", "permitted", "calls", "red")}),
        ("reductions: [{from: red, strength: may, do: Call less.}]", "mandatory: {because: The law asks for it.}",
         {("tightens", "permitted", "calls", "red")}),
        ("        when: {staffing: {below: 85}}\n", "", {("loosens", "permitted", "visits", "amber")}),
        ("{below: 85}}", "{below: 85.1}}", {("loosens", "permitted", "visits", "amber")}),
        ("{below: 85}}", "{below: 84}}", {("tightens", "permitted", "visits", "amber")}),
        ("        except: [mappa]\n", "        except: [mappa, early]\n", {("tightens", "scope", "visits", "amber")}),
        ("        except: [mappa]\n", "", {("loosens", "scope", "visits", "amber")}),
        ("        except: [mappa]\n", "        except: [early]\n",
         {("loosens", "scope", "visits", "amber"), ("tightens", "scope", "visits", "amber")}),
        ("        except: [mappa]\n", "        only: [early]\n",
         {("loosens", "scope", "visits", "amber"), ("tightens", "scope", "visits", "amber")}),
        ("do: Call less.}", "do: Call less., only: [early]}", {("tightens", "scope", "calls", "red")}),
        ("lapses_after: 84 days", "lapses_after: 28 days", {("tightens", "permitted", "visits", "amber")}),
        ("        lapses_after: 84 days\n", "", {("loosens", "permitted", "visits", "amber")}),
        ("do: Visit least.", "do: Visit as little as can be.", set()),
        ("when: {staffing: {below: 85}}", "when: {staffing: {at_most: 84.9}}", set()),
        ("      staffing: {at_least: 95}", "      staffing: {above: 94.9}", set()),
    ],
)  # fmt: skip
def test_one_change_is_what_it_is(old: str, new: str, expected: set[tuple[str, str, str, str]]) -> None:
    verdict = verdict_of((old, new))
    assert told(verdict) == expected
    for activity, effect in verdict.activities.items():
        directions = {label[0] for label in expected if label[2] == activity}
        assert effect == (
            "neutral" if not directions else "mixed" if len(directions) > 1 else min(directions)
        )
    back = compare_policies(policy_of(BASE, (old, new)), policy_of(BASE))
    turned = {"loosens": "tightens", "tightens": "loosens"}
    assert {(turned[label[0]], *label[1:3]) for label in told(back)} == {label[:3] for label in expected}


@pytest.mark.parametrize(
    ("old", "new", "effects"),
    [
        ("red_staffing: {title: Red, default: 75}", "red_staffing: {title: Red, default: 76}", {"loosens"}),
        ("red_staffing: {title: Red, default: 75}", "red_staffing: {title: Red, default: 74}", {"tightens"}),
        ("{below: red_staffing}, for: 2 weeks}", "{below: red_staffing}, for: 3 weeks}", {"tightens"}),
        ("{below: red_staffing}, for: 2 weeks}", "{below: red_staffing}, for: 1 week}", {"loosens"}),
        ("    binding: true\n", "    binding: true\n    minimum_stay: 14 days\n", {"loosens"}),
    ],
)  # fmt: skip
def test_what_moves_a_status_moves_what_is_permitted_there(old: str, new: str, effects: set[str]) -> None:
    verdict = verdict_of((old, new))
    assert {label[0] for label in told(verdict)} == effects
    assert verdict.activities["reports"] == "neutral"
    assert can_differ_in_status(policy_of(BASE), policy_of(BASE, (old, new))).witness is not None


def test_words_and_what_lies_beyond_a_step_are_named() -> None:
    verdict = verdict_of(
        ("do: Visit least.", "do: Visit as little as can be."),
        ("stale_after: 14 days}", "stale_after: 14 days, grace: 7 days}"),
    )
    assert verdict.words == (("visits", "red"),)
    assert verdict.beyond == ("returns.grace",)
    assert set(verdict.activities.values()) == {"neutral"}


def test_a_wider_bound_counts_only_beyond_the_old_one() -> None:
    verdict = verdict_of(("regions: {from: 80, to: 95}", "regions: {from: 80, to: 97}"))
    assert {label[0] for label in told(verdict)} == {"loosens"}
    points = verdict.loosens[0].witness.document["trigger_points"]
    assert points["from"]["amber_staffing"] == "95"
    assert Decimal(points["to"]["amber_staffing"]) > 95


def test_a_default_moves_for_those_who_set_nothing() -> None:
    verdict = verdict_of(("title: Amber, default: 90", "title: Amber, default: 91"))
    assert {label[0] for label in told(verdict)} == {"loosens"}
    numbers = ({"amber_staffing": Decimal(88)}, {"amber_staffing": Decimal(88)})
    moved = policy_of(BASE, ("title: Amber, default: 90", "title: Amber, default: 91"))
    assert told(compare_policies(policy_of(BASE), moved, numbers=numbers)) == set()


def test_given_numbers_are_those_compared() -> None:
    policy = policy_of(BASE)
    verdict = compare_policies(
        policy, policy, numbers=({"amber_staffing": Decimal(90)}, {"amber_staffing": Decimal(85)})
    )
    assert {label[0] for label in told(verdict)} == {"tightens"}
    document = verdict.tightens[0].witness.document
    assert document["trigger_points"]["from"] == {"amber_staffing": "90", "red_staffing": "75"}
    assert document["trigger_points"]["to"] == {"amber_staffing": "85", "red_staffing": "75"}


def test_versions_that_count_weeks_otherwise_are_not_called_equal_without_proof() -> None:
    old, new = "stale_after: 14 days}", "stale_after: 14 days, longest_gap: 21 days}"
    verdict = verdict_of((old, new))
    assert not verdict.settled
    assert not verdict.beyond
    text = BASE.replace("          for: 2 weeks\n", "").replace(", for: 2 weeks", "")
    text = text.replace("          for: 4 weeks\n", "").replace("      for: 2 weeks\n", "")
    assert told(compare_policies(policy_of(text), policy_of(text, (old, new)))) == set()


@pytest.mark.parametrize(
    "pair", NEIGHBOURS, ids=lambda pair: f"{pair[0].version.version}-{pair[1].version.version}"
)
def test_shipped_versions(pair: tuple[Policy, Policy]) -> None:
    start = time.process_time()
    verdict = compare_policies(*pair)
    spent = time.process_time() - start
    assert verdict.settled, verdict.unsettled
    assert verdict.loosens
    assert verdict.tightens
    for direction, differences in (("from", verdict.tightens), ("to", verdict.loosens)):
        for one in differences:
            document = json.loads(json.dumps(one.witness.document))
            permitted = {end: document["outcome"][end]["permitted"] for end in ("from", "to")}
            assert {"activity": one.activity, "from": one.from_} in permitted[direction]
            assert one.activity in one.witness.sentence
            assert one.witness.sentence.endswith(".")
    mandatory = {one.id for policy in pair for one in policy.version.activities if one.mandatory}
    reducible = {one.activity.id for policy in pair for one in policy.reductions}
    assert all(verdict.activities[activity] == "neutral" for activity in mandatory - reducible)
    assert spent < 20, "far more than it takes"
    assert can_differ_in_status(*pair).witness is not None


def test_the_answer_is_the_same_each_time() -> None:
    assert compare_policies(*NEIGHBOURS[1]) == compare_policies(*NEIGHBOURS[1])
