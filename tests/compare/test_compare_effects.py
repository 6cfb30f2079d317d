"""What changes do: each by itself, and all together, proved and with a case that both versions have decided."""

from __future__ import annotations

import datetime

import pytest

from engine.compare import Proof, compared, joined, prover, region_side, version_side
from engine.compare._scope import Scope, lets_in, scope_effect
from rules.framework import Framework
from rules.model import RegionSettings
from tests.compare.compare_kit import FIRST, changed, comparison, only, policy

REPORTS = "mandatory: {because: The law asks for it., source: law}"


def test_wording_needs_no_proof_and_permits_the_same() -> None:
    found = comparison(("do: Fewer visits.", "do: Short visits."), ("title: A plan", "title: The plan"))
    assert found.verdict.effect == "neutral"
    assert found.verdict.proved
    assert found.verdict.judge == ("visits",)


def test_a_case_is_decided_by_both() -> None:
    found = comparison(("default: 90", "default: 92"))
    assert found.verdict.effect == "loosens"
    assert dict(found.verdict.activities) == {"audits": "loosens"}
    (loosened,) = found.verdict.loosens
    assert (loosened.activity, loosened.from_, loosened.why) == ("audits", "amber", "permitted")
    assert loosened.case is not None
    outcome = loosened.case.document["outcome"]
    assert (outcome["from"]["permitted"], outcome["to"]["permitted"]) == (
        [], [{"activity": "audits", "from": "amber"}],
    )  # fmt: skip


def test_a_change_that_another_one_undoes() -> None:
    """By itself it does something, and together with the other one nothing."""
    found = comparison(
        ("default: 70, unit: percent", "default: 72, unit: percent"),
        ("enter: {staff: {below: lowest}}", "enter: {staff: {below: 70}}"),
    )
    assert found.verdict.effect == "neutral"
    assert [one.effect for one in found.changes] == ["loosens", "neutral"]


def test_a_mandatory_activity_that_becomes_reducible_loosens() -> None:
    found = comparison((REPORTS, "reductions: [{from: amber, strength: may, do: Less.}]"))
    assert found.verdict.effect == "loosens"
    assert {one.effect for one in found.changes} == {"loosens"}


def test_a_mandatory_activity_that_is_no_longer_listed_is_to_be_judged() -> None:
    line = f"  - {{id: reports, title: Reports, part: other, {REPORTS}}}\n"
    change = only(comparison((line, "")))
    assert (change.effect, change.judge) == ("neutral", True)


def test_a_change_that_cannot_be_made_alone_has_the_effect_of_all() -> None:
    status = "  - id: red\n    title: Red\n    colour: red\n    meaning: Little is.\n"
    found = comparison(
        (status, status.replace("id: red", "id: crimson")),
        ("{from: red, strength: should", "{from: crimson, strength: should"),
        ("- {from: red, strength: may", "- {from: crimson, strength: may"),
    )
    judged = {one.judged for one in found.changes if one.keys[0] == "statuses"}
    assert "together" in judged


def test_the_same_reduction_from_a_milder_status_loosens_only() -> None:
    found = comparison(("- {from: red, strength: may", "- {from: amber, strength: may"))
    assert found.verdict.effect == "loosens"
    cases = [one.case.document for one in found.verdict.loosens if one.case is not None]
    assert all(
        {"activity": "meetings", "from": "red"} not in case["outcome"][end]["permitted"]
        for case in cases
        for end in ("to",)
    )


def test_a_further_reduction_from_a_more_severe_status_loosens() -> None:
    audits = "      - {from: amber, strength: may, do: Fewer audits.}\n"
    found = comparison((audits, audits + "      - {from: red, strength: may, do: No audits.}\n"))
    assert dict(found.verdict.activities) == {"audits": "loosens"}


def test_what_stays_open_is_said() -> None:
    def unsure(a: object, b: object, numbers: object = None) -> Proof:
        return Proof({}, open_=("whether it is so",), doubtful=frozenset({"audits"}))

    after = policy(changed(("default: 90", "default: 92")))
    found = compared(version_side(policy()), version_side(after), unsure)
    assert not found.verdict.proved
    assert only(found).judged == "open"


def scope(excepted: str = "", only_: str = "") -> Scope:
    return Scope(frozenset(excepted.split()), frozenset(only_.split()))


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (scope(), scope(), "neutral"),
        (scope("a"), scope("a b"), "tightens"),
        (scope("a b"), scope("a"), "loosens"),
        (scope("a"), scope("b"), "mixed"),
        (scope(only_="a"), scope(only_="a b"), "loosens"),
        (scope(only_="a b"), scope(only_="a"), "tightens"),
        (scope(), scope(only_="a"), "tightens"),
        (scope("a"), scope(only_="b"), "mixed"),  # a case of both is let in, one of neither is left out
    ],
)
def test_scopes(before: Scope, after: Scope, effect: str) -> None:
    assert scope_effect(before, after) == effect


def test_a_case_of_two_cohorts_shows_it() -> None:
    assert lets_in(scope("a"), scope(only_="b")) == frozenset("ab")
    assert lets_in(scope(only_="b"), scope("a")) == frozenset()
    assert lets_in(scope("a b"), scope("a b c")) is None


def test_effects_join() -> None:
    assert joined([]) == "neutral"
    assert joined(["loosens", "neutral"]) == "loosens"
    assert joined(["loosens", "tightens"]) == "mixed"


SETTINGS = RegionSettings.model_validate(
    {
        "format": 1,
        "framework": "plan",
        "region": "north",
        "settings": [
            {
                "effective": datetime.date(2022, 8, 1),
                "set_by": "Director",
                "reason": "As agreed.",
                "trigger_points": {"low": 85},
                "withhold": ["meetings"],
            }
        ],
    }
)


def test_a_version_against_what_a_region_makes_of_it() -> None:
    given = policy()
    framework = Framework("plan", (given,), {"north": SETTINGS})
    side = region_side(framework, given, "north", datetime.date(2022, 9, 1))
    assert (side.region, sorted(side.withhold), side.policy.sha256) == ("north", ["meetings"], given.sha256)
    found = compared(version_side(given), side, prover)
    effects = {one.path: one.effect for one in found.changes}
    assert effects == {"trigger_points.low.default": "tightens", "settings.withhold.meetings": "tightens"}
    assert found.verdict.effect == "tightens"
    assert set(found.verdict.activities) == {"audits", "meetings"}
    again = compared(side, version_side(given), prover)
    assert again.verdict.effect == "loosens"


def test_a_region_is_seen_on_the_last_day_of_a_version() -> None:
    later = policy(
        changed(("version: v1", "version: v2"), ("effective: 2022-08-01", "effective: 2022-09-05"))
    )
    first = policy()
    framework = Framework("plan", (first, later), {"north": SETTINGS})
    today = datetime.date(2022, 12, 1)
    assert region_side(framework, first, "north", today).day == datetime.date(2022, 9, 4)
    assert region_side(framework, later, "north", today).day == today
    assert region_side(framework, later, "north", datetime.date(2022, 8, 2)).day == datetime.date(2022, 9, 5)


def test_versions_of_different_frameworks_compare() -> None:
    other = FIRST.replace("framework: plan", "framework: other").replace("id: green", "id: level-1")
    after = policy(other.replace("status: green", "status: level-1"))
    found = compared(version_side(policy()), version_side(after), prover)
    assert "framework" in {one.path for one in found.changes}
