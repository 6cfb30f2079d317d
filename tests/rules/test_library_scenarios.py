"""Scenarios that cannot be run as they stand are told at their place."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from engine.returns import read_events
from engine.scenarios import run_scenarios
from rules.check.scenarios import ScenarioFile
from rules.library import Framework, load_library
from rules.problems import ReturnsError
from tests.rules_cases import assert_library_told
from tests.support import ORGANISATION, PLAN, SCENARIOS, changed, library_problems, marked, told

V1, V2, S = "plan/v1.yaml", "plan/v2.yaml", "plan/scenarios/s.yaml"
SECOND = changed(PLAN, ("version: v1", "version: v2"), ("effective: 2022-08-01", "effective: 2022-09-01"))


def scenarios(*changes: tuple[str, str]) -> str:
    """The scenarios, with changes."""
    return changed(SCENARIOS, *changes)


FIGURES = "in_post_fte: {PO: 13}, alert: high}"
EXPECT = SCENARIOS[SCENARIOS.index("    expect:\n      status") : SCENARIOS.index("  - name: a director")]
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
    ("PF409", scenarios(("{as_of: 2022-08-08, status: amber}", "§{}"))),
    ("PF409", scenarios(("{as_of: 2022-08-08, status: amber}", "§{as_of: 2022-08-08}"))),
    ("PF409", scenarios(("{as_of: 2022-08-08, status: amber}", "§{as_of: 2022-08-08, because: []}"))),
    ("PF409", scenarios((EXPECT, "    expect: §{}\n"))),
    ("PF409", scenarios((EXPECT, "    expect: §[]\n"))),
    ("PF409", scenarios(("status: green", "outstayed: §yes"))),
    ("PF409", scenarios(("status: green", 'outstayed: §"true"'))),
    ("PF409", scenarios(("status: green", "outstayed: §[true]"))),
    ("PF404", scenarios(("status: green", "previous: §gren"))),
    ("PF404", scenarios(("status: green", 'previous: §"null"'))),
    ("PF409", scenarios(("status: green", "previous: §[green]"))),
    ("PF409", scenarios(("status: green", "previous:§"))),
    ("PF409", scenarios(("measures: {staffing: 82.5}", "measures: {staffing: §82.55}"))),
    ("PF409", scenarios(("measures: {staffing: 82.5}", "measures: {staffing: §unknwn}"))),
    ("PF409", scenarios(("measures: {staffing: 82.5}", 'measures: {staffing: §"82.5"}'))),
    ("PF409", scenarios(("measures: {staffing: 82.5}", "measures: {staffing: §[82.5]}"))),
    ("PF409", scenarios(("measures: {staffing: 82.5}", "measures: {staffing: §}"))),
    ("PF404", scenarios(("status: green", "because: [enter.amber, §enter.ambar]"))),
    ("PF404", scenarios(("status: green", "because: [§enter.green]"))),
    ("PF404", scenarios(("status: green", "because: [enter.amber.0, §enter.amber.9]"))),
    ("PF404", scenarios(("status: green", "because: [§permit.reports.amber]"))),
    ("PF402", scenarios(("{as_of: 2022-08-08, status: amber}", "{as_of: §9999-12-31, status: amber}"))),
    ("PF403", scenarios(("as_of: 2022-08-15", "as_of: §9999-12-31"))),
    ("PF403", scenarios((FIGURES, "in_post_fte: {CA: §null}}"))),
    ("PF403", scenarios((FIGURES, "§pionts: null}"))),
    ("PF403", scenarios(("by: director, reason: A flood", "by: §deputy, reason: A flood"))),
    ("PF403", scenarios(("until: 2022-08-14", "until: §2022-10-14"))),
    ("PF403", scenarios(("reason: A flood}", "reason: A flood, renew: [visits, §visit]}"))),
    ("PF403", scenarios(("reason: A flood}", "reason: A flood, pdu: york, region: §north}"))),
    ("PF403", scenarios(("reason: A flood}", "reason: A flood, pdu: §yorc}"))),
    ("PF403", scenarios(("reason: A strike}", "reason: A strike, region: §nord}"))),
    (
        "PF403",
        scenarios(
            ("{from: 2022-08-08, until", "{from: §2022-07-08, until"),
            ("version: v1", "version: by-date"),
            ("until: 2022-08-14", "until: 2022-07-14"),
        ),
    ),
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


def declaration(*changes: tuple[str, str], expected: str = "{as_of: 2022-08-08, status: amber}") -> str:
    """The scenarios with something else in their declaration, and one expectation of that scenario."""
    second = SCENARIOS.index("    expect:\n      - {as_of: 2022-08-08")
    return changed(SCENARIOS[:second], *changes) + f"    expect: {expected}\n"


@pytest.mark.parametrize(
    ("error", "change"),
    [
        ("PF522", ("by: director, reason: A flood", "by: §deputy, reason: A flood")),
        ("PF522", ("until: 2022-08-14", "until: §2022-10-14")),
        ("PF525", ("reason: A flood}", "reason: A flood, renew: [§visit]}")),
        ("PF520", ("reason: A flood}", "reason: A flood, pdu: york, region: §north}")),
        ("PF524", ("reason: A flood}", "reason: A flood, region: §nord}")),
        ("PF515", ("reason: A flood}", "reason: A flood, pdu: §hull}")),
    ],
)
def test_events_are_judged_as_those_of_a_file_unless_that_error_is_expected(
    tmp_path: Path, error: str, change: tuple[str, str]
) -> None:
    units = changed(ORGANISATION, ("until: 2030-12-31", "until: 2022-07-31"))
    text, _ = marked(declaration(change))
    files = {V1: PLAN, "organisation.yaml": units}
    assert_library_told(tmp_path, "PF403", {**files, S: declaration(change)})
    (problem,) = library_problems(tmp_path, {"organisation.yaml": units})[0]
    assert problem.message.endswith(f"({error})")
    events = textwrap.dedent(text[text.index("    declarations:") : text.index("    expect: {as_of")])
    library = load_library(tmp_path)
    versions = [policy.version for policy in library.framework().policies]
    with pytest.raises(ReturnsError) as refused:
        read_events(events.encode(), "events.yaml", organisation=library.organisation, versions=versions)
    assert [one.code for one in refused.value.problems] == [error]
    for expected, codes in (
        (error, []),
        ("PF52x" if error != "PF515" else "PF51x", []),
        ("PF510", ["PF403"]),
    ):
        (tmp_path / S).write_text(marked(declaration(change, expected=f"{{error: {expected}}}"))[0])
        assert [one.code for one in library_problems(tmp_path, {"organisation.yaml": units})[0]] == codes
        (result,) = run_scenarios(load_library(tmp_path), scenario_files(tmp_path))[0][1:]
        assert result.outcome == ("failed" if codes else "passed")


def scenario_files(folder: Path) -> list[tuple[Framework, ScenarioFile]]:
    """The files of scenarios of a folder, with their framework."""
    framework = load_library(folder).framework()
    return [(framework, file) for file in framework.scenarios]


@pytest.mark.parametrize(
    "expected",
    [
        "{previous: null, status: green}",
        "{previous: suspended, outstayed: false}",
        "{measures: {staffing: unknown, workload: 100.25, pressure: 3}}",
        "{measures: {staffing: 82.50}}",
        "{permitted: []}",
        "{because: [enter.red.1.0, exit.amber, exit.red, status.green, status.indeterminate]}",
        "{because: [possible.amber, when.visits.amber, permit.visits.red, enter.red.2]}",
    ],
)
def test_what_can_come_out_may_be_expected(tmp_path: Path, expected: str) -> None:
    text = scenarios((EXPECT, f"    expect: {expected}\n"))
    assert told(library_problems(tmp_path, {V1: PLAN, S: text})[0]) == []


def test_null_takes_an_input_away_with_all_its_members(tmp_path: Path) -> None:
    text = scenarios(
        (FIGURES, "in_post_fte: null, alert: high}"),
        (EXPECT, "    expect: {measures: {staffing: unknown}}\n"),
    )
    assert told(library_problems(tmp_path, {V1: PLAN, S: text})[0]) == []
    results, _ = run_scenarios(load_library(tmp_path), scenario_files(tmp_path))
    assert results[0].outcome == "passed"


def test_the_last_day_can_be_decided_with_the_longest_durations(tmp_path: Path) -> None:
    longest = changed(
        PLAN,
        ("lapses_after: 84 days", "lapses_after: 36525 days"),
        ("review_every: 28 days", "review_every: 5217 weeks"),
        ("review_every: 7 days", "review_every: 36525 days"),
        ("outstays_after: 84 days", "outstays_after: 36525 days"),
        ("stale_after: 14 days", "stale_after: 36525 days, grace: 36525 days"),
    )
    text = scenarios(
        ("as_of: 2022-08-08}\n      - {as_of: 2022-08-15", "as_of: 2022-08-08}\n      - {as_of: 9800-12-31"),
        (EXPECT, "    expect: {status: red, permitted: [visits]}\n"),
        ("    region: north\n    pdu: york\n    trigger_points: {amber_staffing: 85}\n", ""),
    )
    assert told(library_problems(tmp_path, {V1: longest, S: text})[0]) == []
    results, _ = run_scenarios(load_library(tmp_path), scenario_files(tmp_path))
    assert results[0].outcome == "passed", results[0].differences
