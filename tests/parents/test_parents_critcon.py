"""A scheme that counts units of critical care, in YAML only. What is expected was worked out by hand.

A network is High where two of its units (the trigger point `crowded`) have been at High or beyond for two weeks, and
Surge where more than 60% are at Surge. The country is decided by sums, of which three in four units are enough.
"""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest

from rules.figures import Return
from tests.parents.parents_kit import CRITCON, Scheme, codes, leaves, measure, returned

WEEKS = ("2024-01-01", "2024-01-08", "2024-01-15")


def weekly(unit: str, *patients: int | None, beds: int = 10) -> list[Return]:
    """A unit's returns, one a week; None is a week without one."""
    return [
        returned(unit, day, beds=beds, patients=number)
        for day, number in zip(WEEKS, patients, strict=False)
        if number is not None
    ]


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return Scheme.of(CRITCON)


def test_two_units_at_high_for_two_weeks_make_a_network_high(scheme: Scheme) -> None:
    given = weekly("ash", 5, 11, 11) + weekly("beech", 5, 11, 12) + weekly("cedar", 5, 5, 5)
    second, third = (scheme.decide([one for one in given if str(one.as_of) <= day], day) for day in WEEKS[1:])
    assert second["region:east"]["status"] == "normal"
    assert third["region:east"]["status"] == "high"
    assert third["region:east"]["since"] == "2024-01-15"


def test_the_share_is_of_the_units_there_are(scheme: Scheme) -> None:
    given = weekly("ash", 16) + weekly("beech", 16) + weekly("cedar", 5)
    east = scheme.decide(given, WEEKS[0])["region:east"]
    assert leaves(east)["units_share[surge]"] == "66.7"
    assert leaves(east)["units_at[high]"] == "2"
    assert east["status"] == "surge"


def test_a_condition_of_a_reduction_is_judged_by_sums(scheme: Scheme) -> None:
    """Transfers need more than 120% of all beds together: 37 of 30 are 123.3%."""
    east = scheme.decide(weekly("ash", 16) + weekly("beech", 16) + weekly("cedar", 5), WEEKS[0])[
        "region:east"
    ]
    assert measure(east, "use") == "123.3"
    assert [one["activity"] for one in east["permitted"]] == ["transfers"]
    less = scheme.decide(weekly("ash", 16) + weekly("beech", 16) + weekly("cedar", 1), WEEKS[0])[
        "region:east"
    ]
    assert (less["status"], measure(less, "use"), less["permitted"]) == ("surge", "110.0", [])
    assert [one["activity"] for one in less["protected"]] == ["rescue"]


def test_a_unit_that_says_nothing_is_not_counted_as_calm(scheme: Scheme) -> None:
    east = scheme.decide(weekly("ash", 16) + weekly("beech", 5), WEEKS[0])["region:east"]
    assert east["status"] == "indeterminate"
    assert leaves(east)["units_at[high]"] is None
    assert codes(east) == [("PF611", "cedar")]


def test_a_unit_that_is_split_is_counted_while_it_exists(scheme: Scheme) -> None:
    """Cedar ends with January. From then on its successor is missing, until it has sent a return."""
    january = [returned(unit, "2024-01-29", beds=10, patients=16) for unit in ("ash", "beech", "cedar")]
    february = [returned("cedar-north", "2024-02-02", beds=10, patients=5)]
    assert scheme.decide(january, "2024-01-31")["region:east"]["status"] == "surge"
    east = scheme.decide(january, "2024-02-01")["region:east"]
    assert (east["status"], codes(east)) == ("indeterminate", [("PF611", "cedar-north")])
    east = scheme.decide([*january, *february], "2024-02-02")["region:east"]
    assert (east["status"], leaves(east)["units_share[surge]"]) == ("surge", "66.7")


def test_three_of_four_are_enough_for_the_country(scheme: Scheme) -> None:
    given = weekly("ash", 11) + weekly("beech", 12) + weekly("cedar", 10)
    country = scheme.decide(given, WEEKS[0])["country:everyone"]
    assert measure(country, "use") == "110.0"  # 33 of 30 beds: Elm is no unit with 0 beds
    assert country["status"] == "high"
    assert codes(country) == [("PF611", "elm")]
    assert scheme.decide(given[1:], WEEKS[0])["country:everyone"]["status"] == "indeterminate"


def test_a_ratio_is_over_the_same_units(scheme: Scheme) -> None:
    """Elm tells its patients and not its beds: neither counts, or the use of beds would be 143.3%."""
    given = weekly("ash", 11) + weekly("beech", 12) + weekly("cedar", 10)
    country = scheme.decide([*given, returned("elm", WEEKS[0], patients=10)], WEEKS[0])["country:everyone"]
    assert measure(country, "use") == "110.0"
    assert codes(country) == [("PF612", "elm")]


def test_a_regions_settings_count_for_it_as_a_parent(tmp_path: Path) -> None:
    shutil.copytree(CRITCON, tmp_path / "policy")
    settings = tmp_path / "policy" / "critical-care" / "regions" / "east.yaml"
    settings.parent.mkdir()
    settings.write_text(
        "format: 1\nframework: critical-care\nregion: east\nsettings:\n"
        "  - {effective: 2024-01-01, set_by: the network, reason: one is enough, trigger_points: {crowded: 1}}\n"
    )
    given = weekly("ash", 5, 11, 11) + weekly("beech", 5, 5, 5) + weekly("cedar", 5, 5, 5)
    assert Scheme.of(CRITCON).statuses(given, WEEKS[2])["region:east"] == "normal"
    east = Scheme.of(tmp_path / "policy").decide(given, WEEKS[2])["region:east"]
    assert east["status"] == "high"
    assert east["settings"]["trigger_points"]["crowded"]["set_by"] == "region"


def test_a_suspension_for_a_region_counts_for_it_as_a_parent(scheme: Scheme) -> None:
    given = weekly("ash", 5) + weekly("beech", 5) + weekly("cedar", 5) + weekly("elm", 5)
    told = {"from": WEEKS[0], "by": "director", "reason": "a flood"}
    suspended = {"suspensions": [{**told, "region": "east"}]}
    found = scheme.decide(given, WEEKS[0], _days(suspended))
    assert {id_: one["status"] for id_, one in found.items()} == {
        "region:east": "suspended",
        "region:west": "normal",
        "country:everyone": "normal",
    }
    everyone = scheme.decide(given, WEEKS[0], _days({"suspensions": [told]}))
    assert {one["status"] for one in everyone.values()} == {"suspended"}


def _days(events: dict[str, Any]) -> dict[str, Any]:
    return {
        kind: [{**one, "from": datetime.date.fromisoformat(one["from"])} for one in listed]
        for kind, listed in events.items()
    }
