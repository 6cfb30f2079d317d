"""Scenarios and events within them are told of in the organisation's own words for its units and groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_policy import FIRST, ORGANISATION
from tests.support import library_problems

WORDS = "unit: {one: prison, many: prisons}\ngroup: {one: estate, many: estates}\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("pdu: yorc", ("PF407", "There is no prison yorc.")),
        ("region: nort", ("PF407", "There is no estate nort.")),
        ("suspensions: [{from: 2022-08-08, by: hq, reason: So., pdu: yorc}]",
         ("PF403", "There is no prison 'yorc'. (PF524)")),
        ("suspensions: [{from: 2022-08-08, by: hq, reason: So., pdu: york, region: north}]",
         ("PF403", "An event is for one prison or one estate, not for both. (PF520)")),
    ],
)  # fmt: skip
def test_a_scenario_is_told_of_in_the_organisations_words(
    tmp_path: Path, more: str, expected: tuple[str, str]
) -> None:
    scenarios = (
        "format: 1\nframework: plan\nversion: v1\nscenarios:\n"
        f"  - name: An example\n    {more}\n    returns: [{{as_of: 2022-08-08}}]\n"
        "    expect: {measures: {staffing: unknown}}\n"
    )
    files = {"plan/v1.yaml": FIRST, "plan/scenarios/one.yaml": scenarios}
    found, _ = library_problems(tmp_path, files | {"organisation.yaml": ORGANISATION + WORDS})
    assert [(one.code, one.message) for one in found if one.code.startswith("PF4")] == [expected]
