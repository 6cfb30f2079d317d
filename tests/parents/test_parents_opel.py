"""A scheme of escalation levels over hospitals, in YAML only. What is expected was worked out by hand.

A hospital's score is the sum of two scores by points. A system's score is the mean of its hospitals', weighted by
beds; the country counts systems.
"""

from __future__ import annotations

import pytest

from tests.parents.parents_kit import OPEL, Scheme, codes, leaves, measure, returned

DAY = "2024-12-02"
# 590 of 600 beds are 98.3%: 3 points; 70 minutes: 3 points; together 6.
ABBEY = returned("abbey", DAY, beds=600, occupied=590, handover=70)
# 150 of 200 beds are 75%: 0 points; 10 minutes: 0 points.
BRIDGE = returned("bridge", DAY, beds=200, occupied=150, handover=10)
# All beds: 3 points; 61 minutes: 3 points; together 6.
CASTLE = returned("castle", DAY, beds=100, occupied=100, handover=61, alert="high")


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return Scheme.of(OPEL)


def test_a_system_has_the_mean_score_of_its_hospitals_by_beds(scheme: Scheme) -> None:
    found = scheme.decide([ABBEY, BRIDGE, CASTLE], DAY)
    # (6 x 600 + 0 x 200) / 800 = 4.5: level 3. Of one hospital it is its own: 6, level 4.
    assert measure(found["region:vale"], "score") == "4.5"
    assert found["region:vale"]["status"] == "opel-3"
    assert measure(found["region:moor"], "score") == "6.0"
    assert found["region:moor"]["status"] == "opel-4"


def test_the_mean_is_rounded_like_the_measure(scheme: Scheme) -> None:
    # (6 x 600 + 0 x 1) / 601 = 5.990..: 6.0 with one decimal, which is 5.5 or more.
    small = returned("bridge", DAY, beds=1, occupied=0, handover=0)
    vale = scheme.decide([ABBEY, small], DAY)["region:vale"]
    assert (measure(vale, "score"), vale["status"]) == ("6.0", "opel-4")


def test_the_country_counts_systems(scheme: Scheme) -> None:
    country = scheme.decide([ABBEY, BRIDGE, CASTLE], DAY)["country:everyone"]
    seen = leaves(country)
    assert seen["units_at[opel-2]"] == "2"
    assert seen["units_share[opel-3]"] == "100"
    assert seen["units_share[opel-4]"] == "50"
    assert country["status"] == "opel-4"
    assert country["pdu"] == {"id": "country:everyone", "name": "The country", "region": "country:everyone"}


def test_a_milder_day_brings_the_country_down(scheme: Scheme) -> None:
    quiet = [
        returned("abbey", "2024-12-03", beds=600, occupied=500, handover=5),
        returned("bridge", "2024-12-03", beds=200, occupied=150, handover=5),
        returned("castle", "2024-12-03", beds=100, occupied=94, handover=20),  # 1 + 1 points: level 2
    ]
    assert scheme.statuses([ABBEY, BRIDGE, CASTLE, *quiet], "2024-12-03") == {
        "region:vale": "opel-1",
        "region:moor": "opel-2",
        "country:everyone": "opel-2",
    }


def test_the_most_severe_alert_of_any_hospital_counts_for_its_system(scheme: Scheme) -> None:
    alarmed = returned("bridge", DAY, beds=200, occupied=150, handover=10, alert="very-high")
    vale = scheme.decide([ABBEY, alarmed], DAY)["region:vale"]
    assert leaves(vale)["alert"] == "very-high"
    assert vale["status"] == "opel-4"


def test_a_figure_carried_forward_counts_for_the_mean(scheme: Scheme) -> None:
    """Handovers may be a day old: Bridge's of Monday still counts on Tuesday."""
    later = returned("bridge", "2024-12-03", beds=200, occupied=150)
    vale = scheme.decide([ABBEY, BRIDGE, later], "2024-12-03")["region:vale"]
    assert (measure(vale, "score"), codes(vale)) == ("4.5", [])


def test_a_hospital_that_lacks_a_figure_leaves_the_system_without_a_score(scheme: Scheme) -> None:
    lacking = returned("bridge", DAY, beds=200, occupied=150)
    vale = scheme.decide([ABBEY, lacking], DAY)["region:vale"]
    assert measure(vale, "score") is None
    assert vale["status"] == "indeterminate"
    assert codes(vale) == [("PF612", "bridge")]
    assert next(one for one in vale["data_quality"] if one["code"] == "PF612")["inputs"] == ["score"]


def test_a_hospital_without_a_return_is_no_hospital_without_pressure(scheme: Scheme) -> None:
    found = scheme.decide([ABBEY, CASTLE], DAY)
    assert found["region:vale"]["status"] == "indeterminate"
    assert codes(found["region:vale"]) == [("PF611", "bridge")]
    assert leaves(found["region:vale"])["alert"] is None  # a default is a hospital's own, and no system's
    # One of the two systems is not clear, so nothing is counted.
    assert found["country:everyone"]["status"] == "indeterminate"
    assert leaves(found["country:everyone"])["units_at[opel-2]"] is None
    assert ("PF613", "region:vale") in codes(found["country:everyone"])


def test_a_return_that_grows_too_old_takes_its_hospital_out(scheme: Scheme) -> None:
    """Bridge returns on Monday only: its return is too old from Thursday on, while Abbey's is not."""
    later = [
        returned("abbey", day, beds=600, occupied=590, handover=70) for day in ("2024-12-03", "2024-12-04")
    ]
    given = [ABBEY, BRIDGE, *later]
    assert scheme.decide(given, "2024-12-04")["region:vale"]["status"] == "opel-3"
    thursday = scheme.decide(given, "2024-12-05")["region:vale"]
    assert thursday["status"] == "indeterminate"
    assert thursday["last_determinate"] == {"status": "opel-3", "as_of": "2024-12-04"}
    assert codes(thursday) == [("PF611", "bridge")]


def test_what_is_mandatory_is_protected_at_every_level(scheme: Scheme) -> None:
    for decision in scheme.decide([ABBEY, BRIDGE, CASTLE], DAY).values():
        assert [one["activity"] for one in decision["protected"]] == ["emergency-care"]
        assert [one["activity"] for one in decision["permitted"]] == ["planned-admissions"]


def test_nothing_returned_gives_no_parents(scheme: Scheme) -> None:
    for decision in scheme.decide([], DAY).values():
        assert decision["status"] == "indeterminate"
        assert decision["indeterminate_because"] == [{"code": "no_return"}]
