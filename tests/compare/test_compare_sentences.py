"""Each kind of difference: its path, what was and is there, its place in both files, and its sentence."""

from __future__ import annotations

from typing import Any

import pytest

from engine.compare import compared, prover, version_side
from reports.compare import with_sentences
from rules.model import Organisation
from tests.compare.compare_kit import FIRST, changed, policy

ORGANISATION = Organisation.model_validate(
    {
        "format": 1,
        "regions": [{"id": "north", "name": "The North"}],
        "pdus": [{"id": "york", "name": "York", "region": "north"}],
    }
)
AUDITS = "{from: amber, strength: may, do: Fewer audits.}"
ADDED = "  - {id: more, title: More work, part: other, mandatory: {because: It is due.}}\n"


def told(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    after = policy(changed(*pairs), "plan/v2.yaml")
    found = with_sentences(compared(version_side(policy()), version_side(after), prover), ORGANISATION)
    changes: list[dict[str, Any]] = found["changes"]
    return changes


CASES: list[tuple[str, str, str, str, str]] = [
    # what stands there, what stands there instead, path, effect, sentence
    ("default: 90", "default: 92", "trigger_points.low.default", "loosens", "Amber below: 92% instead of 90%."),
    (
        "from: 80, to: 95", "from: 75, to: 95", "trigger_points.low.regions.from", "tightens",
        "Amber below: regions may set it no lower than 75%. Before: 80%.",
    ),
    (
        "70, unit: percent}", "70, unit: percent, regions: {from: 60, to: 75}}", "trigger_points.lowest.regions",
        "mixed", "Red below: regions may now move it, from 60% to 75%.",
    ),
    (
        "- work: {above: 110}", "- work: {above: 120}", "statuses.amber.enter.any.1.work.above", "tightens",
        "What begins Amber: Work above 120%. Before: Work above 110%.",
    ),
    (
        "- alert: {is: high}", "- alert: {is: high}\n          for: 2 weeks", "statuses.amber.enter.any.2.for",
        "tightens", "What begins Amber: Alert high must now hold for 2 weeks. Before, it counted at once.",
    ),
    (
        "        - alert: {is: high}\n", "", "statuses.amber.enter.any.2", "tightens",
        "What begins Amber: Alert high is gone.",
    ),
    (
        "basis: published", "basis: published\n        - strain: {at_least: 130}", "statuses.amber.enter.any.2",
        "loosens", "What begins Amber: Strain at least 130% is new.",
    ),
    (
        "enter: {staff: {below: lowest}}", "enter: {staff: {below: low}}", "statuses.red.enter.staff.below", "loosens",
        "What begins Red: Staff below the trigger point “Amber below”. "
        "Before: Staff below the trigger point “Red below”.",
    ),
    (
        "minimum_stay: 14 days", "minimum_stay: 28 days", "statuses.red.minimum_stay", "loosens",
        "Red: how long it lasts at least before it may become less severe changed from 2 weeks to 4 weeks.",
    ),
    (
        "[mappa, high]", "[mappa]", "activities.visits.reductions.amber.except.high", "loosens",
        "Home visits, from Amber on: need not spare this cohort any more: High risk.",
    ),
    (
        "only: [new]", "only: [new, high]", "activities.meetings.reductions.red.only.high", "loosens",
        "Team meetings, from Red on: is limited to some cohorts, and this is now one of them: High risk.",
    ),
    (
        "lapses_after: 84 days", "lapses_after: 28 days", "activities.visits.reductions.amber.lapses_after",
        "tightens", "Home visits, from Amber on: lapses after 4 weeks instead of 12 weeks.",
    ),
    (
        "when: {staff: {below: 85}}", "when: {staff: {below: 80}}",
        "activities.visits.reductions.amber.when.staff.below", "tightens",
        "Home visits, from Amber on, may be reduced under a condition: Staff below 80%. Before: Staff below 85%.",
    ),
    (
        AUDITS, AUDITS.replace("amber", "red"), "activities.audits.reductions.red.from", "tightens",
        "Audits may be reduced from Red on, instead of from Amber on.",
    ),
    (
        "do: Fewer visits.", "do: No visits.", "activities.visits.reductions.amber.do", "neutral",
        "Home visits, from Amber on: what may be done has changed. Read both.",
    ),
    (
        "floor: One a month.", "floor: One a year.", "activities.visits.reductions.amber.floor", "neutral",
        "Home visits, from Amber on: what must be done at the least has changed. Read both.",
    ),
    (
        "guarantees:\n", ADDED + "guarantees:\n", "activities.more", "neutral",
        "New activity: More work. It must always be done: It is due.",
    ),
    (
        "mappa: Cases under MAPPA", "mappa: Cases under MAPPA at level 3", "cohorts.mappa", "neutral",
        "Whom this cohort takes in is said in other words: mappa. Read both.",
    ),
    (
        "formula: work - staff + 100", "formula: work - staff + 90", "measures.strain.formula", "neutral",
        "Strain is worked out in another way.",
    ),
    (
        "stale_after: 14 days", "stale_after: 7 days, longest_gap: 14 days", "returns.stale_after", "tightens",
        "After how long a return is too old changed from 2 weeks to 1 week.",
    ),
    (
        "activation: automatic", "activation: declared", "activation", "tightens",
        "How a status becomes active changed from automatic to declared.",
    ),
    (
        "may: [raise, lower]", "may: [raise]", "declarations.may.lower", "loosens",
        "A declaration may no longer lower the status.",
    ),
    (
        "study: {title: A study,", "study: {title: The study,", "sources.study.title", "neutral",
        "The source The study: the title changed from A study to The study.",
    ),
    ("title: A plan", "title: The plan", "title", "neutral", "The title changed from A plan to The plan."),
    (
        "meaning: Little is.", "meaning: Hardly anything is.", "statuses.red.meaning", "neutral",
        "Red: what it means changed from Little is to Hardly anything is.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "effect", "sentence"), CASES, ids=[case[2] for case in CASES])
def test_a_kind_of_difference(old: str, new: str, path: str, effect: str, sentence: str) -> None:
    (change,) = told((old, new))
    assert (change["path"], change["effect"], change["sentence"]) == (path, effect, sentence)
    places = change["places"]
    assert any(places.values())
    for side, file in (("from", "plan/v1.yaml"), ("to", "plan/v2.yaml")):
        assert places[side] is None or (places[side]["file"], places[side]["line"] > 1) == (file, True)


WORDING = {"sources.study.title", "title", "statuses.red.meaning", "cohorts.mappa"}
JUDGE = {
    "cohorts.mappa", "activities.visits.reductions.amber.do", "activities.visits.reductions.amber.floor",
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "path"), [case[:3] for case in CASES], ids=[case[2] for case in CASES]
)
def test_words_are_told_apart(old: str, new: str, path: str) -> None:
    (change,) = told((old, new))
    assert change["wording"] == (path in WORDING | JUDGE)
    assert change["judge"] == (path in JUDGE)


def test_what_is_the_same_is_no_difference() -> None:
    assert told() == []
    assert told(("lapses_after: 84 days", "lapses_after: 12 weeks")) == []
    assert told(("default: 90,", "default: 90.0,")) == []
    assert told(("minimum_stay: 14 days", "minimum_stay: 14 days\n    binding: false")) == []
    assert told(("stale_after: 14 days}", "stale_after: 14 days, longest_gap: 14 days, grace: 0 days}")) == []
    assert told(("activation: automatic", "activation: automatic\nsteps: {}")) == []


def test_places_are_those_of_both_files() -> None:
    (change,) = told(("title: A plan\n", "title: A plan\nsummary: New.\n"))
    assert (change["kind"], change["places"]["from"]) == ("added", None)
    assert change["places"]["to"]["line"] == 5
    both = told(("title: A plan\n", "title: A plan\nsummary: New.\n"), ("default: 90", "default: 92"))
    found = {one["path"]: one for one in both}
    line = FIRST[: FIRST.index("default: 90")].count("\n") + 1
    places = found["trigger_points.low.default"]["places"]
    assert (places["from"]["line"], places["to"]["line"]) == (line, line + 1)


def test_an_activity_under_another_id_is_renamed_if_that_is_sure() -> None:
    (change,) = told(("id: audits", "id: checks"))
    assert (change["kind"], change["before"], change["after"]) == ("renamed", "audits", "checks")
    assert change["effect"] == "neutral"
    kinds = sorted(
        one["kind"] for one in told(("id: audits\n    title: Audits", "id: checks\n    title: Checks"))
    )
    assert kinds == ["added", "removed"]


def test_a_cohort_under_another_id_spares_the_same_people() -> None:
    text = FIRST.replace("mappa", "mappa-cases")
    found = compared(version_side(policy()), version_side(policy(text)), prover)
    assert found.verdict.effect == "neutral"


def test_the_order_of_activities_is_told_once_and_changes_nothing() -> None:
    mandatory = "mandatory: {because: The law asks for it., source: law}"
    reports = f"  - {{id: reports, title: Reports, part: other, {mandatory}}}\n"
    (change,) = told((reports, ""), ("activities:\n", f"activities:\n{reports}"))
    assert (change["kind"], change["path"], change["wording"]) == ("moved", "activities", True)


def test_groups_stand_in_their_order() -> None:
    found = told(
        ("title: A plan", "title: The plan"), ("default: 90", "default: 92"), ("do: Fewer visits.", "do: None."),
        ("high: High risk", "high: Higher risk"), ("minimum_stay: 14 days", "minimum_stay: 21 days"),
        ("title: A law", "title: The law"), ("work - staff", "2 * work - staff"),
    )  # fmt: skip
    groups = [one["group"] for one in found]
    assert groups == ["trigger_points", "statuses", "activities", "cohorts", "measures", "sources", "about"]
