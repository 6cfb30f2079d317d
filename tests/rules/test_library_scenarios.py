"""Scenarios that cannot be run as they stand are told at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules_cases import assert_library_told
from tests.support import PLAN, SCENARIOS, changed, library_problems, told

V1, V2, S = "plan/v1.yaml", "plan/v2.yaml", "plan/scenarios/s.yaml"
SECOND = changed(PLAN, ("version: v1", "version: v2"), ("effective: 2022-08-01", "effective: 2022-09-01"))


def scenarios(*changes: tuple[str, str]) -> str:
    """The scenarios, with changes."""
    return changed(SCENARIOS, *changes)


FIGURES = "in_post_fte: {PO: 13}, alert: high}"
FAULTS: list[tuple[str, str]] = [
    ("PF401", scenarios(("version: v1", "version: §v2"))),
    ("PF402", scenarios(("as_of: 2022-08-15", "as_of: §2022-08-08"))),
    ("PF402", scenarios(("as_of: 2022-08-15", "as_of: §2022-08-01"))),
    (
        "PF402",
        scenarios(
            ("  - name: a director", "  - §name: a director"),
            ("    returns: [{as_of: 2022-08-08}]\n", ""),
            ("{as_of: 2022-08-08, status: amber}", "{status: amber}"),
            ("{as_of: 2022-09-01, status", "{status"),
        ),
    ),
    ("PF403", scenarios(("as_of: 2022-08-15", "as_of: §2022-02-30"))),
    ("PF403", scenarios((FIGURES, "in_post_fte: {PO: §-1}}"))),
    ("PF403", scenarios((FIGURES, "in_post_fte: {PO: §1.234}}"))),
    ("PF403", scenarios((FIGURES, 'in_post_fte: {PO: §"13"}}'))),
    ("PF403", scenarios((FIGURES, "in_post_fte: {CA: §13}}"))),
    ("PF403", scenarios((FIGURES, "in_post_fte: §13}"))),
    ("PF403", scenarios((FIGURES, "points: {PO: §13}}"))),
    ("PF403", scenarios((FIGURES, "alert: §extreme}"))),
    ("PF403", scenarios((FIGURES, "points: §[1]}"))),
    ("PF403", scenarios((FIGURES, "§pionts: 1}"))),
    ("PF403", scenarios((FIGURES, "points: §1000001}"))),
    ("PF403", scenarios((FIGURES, "points: §1234567890123456}"))),
    ("PF403", scenarios(("points: 100,", "points: §1.5,"))),
    ("PF404", scenarios(("status: green", "status: §gren"))),
    ("PF404", scenarios(("status: suspended", "calculated: §none"))),
    ("PF404", scenarios(("permitted: []", "permitted: [visits, §visit]"))),
    ("PF404", scenarios(("permitted: []", "includes_permitted:\n        - visits\n        - §visit"))),
    ("PF404", scenarios(("protected: [reports]", "protected: [§report]"))),
    ("PF404", scenarios(("reductions: {visits: amber}", "reductions: {§visit: amber}"))),
    ("PF404", scenarios(("reductions: {visits: amber}", "reductions: {visits: §ambar}"))),
    ("PF404", scenarios(("ends: {visits: ", "ends: {§visit: "))),
    ("PF404", scenarios(("measures: {staffing: 82.5}", "measures: {§stafing: 82.5}"))),
    ("PF406", scenarios(("{amber_staffing: 85}", "{amber_staffing: §79}"))),
    ("PF406", scenarios(("{amber_staffing: 85}", "{amber: §85}"))),
    ("PF406", scenarios(("{amber_staffing: 85}", "{red_staffing: §75}"))),
    ("PF407", scenarios(("region: north", "region: §nord"))),
    ("PF407", scenarios(("pdu: york", "pdu: §yorc"))),
    ("PF408", scenarios(("until: 2022-08-14, status: amber", "until: 2022-08-14, status: §ambar"))),
    ("PF408", scenarios(("until: 2022-08-14", "until: §2022-08-07"))),
    ("PF408", scenarios(("until: 2022-09-02", "until: §2022-08-31"))),
    ("PF409", scenarios(("name: a director may declare amber", "name: §enough staff is green"))),
    ("PF409", scenarios(("{as_of: 2022-08-08, status: amber}", "§amber"))),
    ("PF409", scenarios(("status: green", "error: §PF5"))),
    ("PF403 PF409", scenarios(("as_of: 2022-08-15", "as_of: §no day"), ("status: green", "error: §PF50"))),
    ("PF206", scenarios(("from: 2022-08-08, until", "until")).replace("- {until", "- §{until")),
    ("PF207", scenarios(("status: green", "§statuss: green"))),
    ("PF204", scenarios(("status: green", "since: §yesterday"))),
    ("PF208", scenarios(("format: 1", "format: §3"))),
]


@pytest.mark.parametrize(("code", "text"), FAULTS)
def test_faults_of_scenarios_are_told_at_their_place(tmp_path: Path, code: str, text: str) -> None:
    assert_library_told(tmp_path, code, {V1: PLAN, S: text})


@pytest.mark.parametrize(
    ("error", "codes"),
    [("PF510", ""), ("PF51x", ""), ("PF5xx", ""), ("PF509", "PF403"), ("PF52x", "PF403")],
)
def test_a_fault_in_figures_is_told_unless_that_error_is_expected(
    tmp_path: Path, error: str, codes: str
) -> None:
    text = scenarios((FIGURES, f"points: {'§' if codes else ''}-1}}"), ("status: green", f"error: {error}"))
    problems, places = library_problems(tmp_path, {V1: PLAN, S: text})
    assert [(one.code, one.place.line) for one in problems] == [
        (code, places[0][1]) for code in codes.split()
    ]


def test_scenarios_of_all_versions_are_judged_by_all(tmp_path: Path) -> None:
    text = scenarios(("version: v1", "version: by-date"), ("permitted: []", "permitted: [calls]"))
    files = {V1: PLAN, V2: changed(SECOND, ("- id: visits", "- id: calls")), S: text}
    assert told(library_problems(tmp_path, files)[0]) == []
