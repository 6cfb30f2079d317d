"""A change of how parents are decided is told, and moves no unit."""

from __future__ import annotations

from typing import Any

import pytest

from engine.compare import compared, prover, version_side
from reports.compare import with_sentences
from rules.model import Organisation
from rules.policy import Policy
from tests.parents.parents_kit import FIRST, read

ORGANISATION = Organisation.model_validate(
    {
        "format": 1,
        "regions": [{"id": "north", "name": "The North"}],
        "pdus": [{"id": "york", "name": "York", "region": "north"}],
    }
)
MEAN = "rollup: {region: {by: mean, complete: 90, means: {staffing: {weight: required}}, combine: {absent: largest}}}\n"
COUNT = """\
rollup:
  country:
    by: count
    title: Everyone
    statuses:
      amber: {enter: {"units_at[amber]": {at_least: 3}}, exit: {units: {below: 2}}}
      red: {enter: {"units_share[red]": {above: 25}, for: 2 weeks}}
"""


def version(rollup: str) -> Policy:
    policy, problems = read(f"{FIRST}{rollup}")
    assert policy is not None, problems
    return policy


def told(before: str, after: str) -> list[dict[str, Any]]:
    sides = version_side(version(before)), version_side(version(after))
    changes: list[dict[str, Any]] = with_sentences(compared(*sides, prover), ORGANISATION)["changes"]
    return changes


@pytest.mark.parametrize(
    ("rollup", "old", "new", "path", "sentence"),
    [
        (
            MEAN,
            "complete: 90",
            "complete: 80",
            "rollup.region.complete",
            "The status of a region: of how many percent of those below a figure is needed changed from 90 to 80.",
        ),
        (
            MEAN,
            "weight: required",
            "weight: in_post",
            "rollup.region.means.staffing.weight",
            "The status of a region: the mean of: Staffing: what each of those below weighs changed from required "
            "to in_post.",
        ),
        (
            MEAN,
            "absent: largest",
            "absent: smallest",
            "rollup.region.combine.absent",
            "The status of a region: how figures become one: Absent changed from largest to smallest.",
        ),
        (
            COUNT,
            "at_least: 3",
            "at_least: 4",
            "rollup.country.statuses.amber.enter.units_at[amber].at_least",
            "The status of the whole: What begins Amber: the number of those below at Amber or beyond at least 4. "
            "Before: the number of those below at Amber or beyond at least 3.",
        ),
        (
            COUNT,
            "for: 2 weeks}}",
            "for: 3 weeks}}",
            "rollup.country.statuses.red.enter.for",
            "The status of the whole: What begins Red: the percentage of those below at Red or beyond above 25 must "
            "hold for 3 weeks instead of 2 weeks.",
        ),
        (
            COUNT,
            ", exit: {units: {below: 2}}",
            "",
            "rollup.country.statuses.amber.exit",
            "The status of the whole: What ends Amber. It is gone: the number of those below below 2.",
        ),
    ],
)
def test_a_change_has_its_path_and_its_sentence(
    rollup: str, old: str, new: str, path: str, sentence: str
) -> None:
    assert old in rollup
    (change,) = told(rollup, rollup.replace(old, new))
    assert (change["path"], change["effect"], change["group"]) == (path, "neutral", "parents")
    assert change["sentence"] == sentence


@pytest.mark.parametrize(("before", "after", "kind"), [("", MEAN, "added"), (COUNT, "", "removed")])
def test_rules_that_come_or_go_are_one_change(before: str, after: str, kind: str) -> None:
    (change,) = told(before, after)
    assert (change["kind"], change["path"], change["effect"]) == (kind, "rollup", "neutral")
    assert change["sentence"].startswith("Who gets a status from those below")


def test_the_title_of_the_whole_is_wording() -> None:
    (change,) = told(COUNT, COUNT.replace("title: Everyone", "title: All"))
    assert (change["path"], change["wording"]) == ("rollup.country.title", True)


def test_the_same_rules_are_no_change() -> None:
    assert told(COUNT, COUNT) == []


def test_a_status_that_parents_name_is_renamed_as_without_them() -> None:
    """What is between two versions is tried one change at a time, without the rules for parents."""
    verdicts = []
    for rollup in ("", COUNT):
        after, problems = read((FIRST + rollup).replace("amber", "orange"))
        assert after is not None, problems
        verdicts.append(compared(version_side(version(rollup)), version_side(after), prover).verdict)
    assert verdicts[0].effect == verdicts[1].effect
    assert verdicts[0].activities == verdicts[1].activities
