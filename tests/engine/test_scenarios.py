"""The runner of scenarios: what passes, what fails and how it says so, what is skipped, what is covered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.scenarios import Coverage, Result, run_scenarios
from rules.library import check_library, load_library

SHIPPED = Path(__file__).parents[2] / "frameworks"
Folder = Callable[..., Path]
FULL = "{required: {PO: 10, PSO: 10}, in_post: {PO: 10, PSO: 10}, points: 1}"
LOW = "in_post: {PO: 7, PSO: 10}"  # 85.0%
TWO_WEEKS = f"[{{as_of: 2022-08-01}}, {{as_of: 2022-08-08, {LOW}}}, {{as_of: 2022-08-15, {LOW}}}]"
PATH = "plan/scenarios/basics.yaml"


@pytest.fixture
def run(policy_folder: Folder) -> Callable[..., tuple[list[Result], Coverage]]:
    """Runs scenarios; each is given by its lines, without a name."""

    def runner(*scenarios: str, version: str = "v1") -> tuple[list[Result], Coverage]:
        text = f"format: 1\nframework: plan\nversion: {version}\nscenarios:\n"
        for number, lines in enumerate(scenarios):
            text += f"  - name: number {number}\n" + "".join(f"    {line}\n" for line in lines.splitlines())
        library = load_library(policy_folder({PATH: text}))
        framework = library.framework()
        return run_scenarios(library, [(framework, file) for file in framework.scenarios])

    return runner


@pytest.fixture
def one(run: Callable[..., tuple[list[Result], Coverage]]) -> Callable[..., Result]:
    """The result of one scenario: its expectation, its returns and further lines."""

    def runner(
        expect: str, returns: str = TWO_WEEKS, more: str = "", version: str = "v1", inputs: str = FULL
    ) -> Result:
        lines = f"inputs: {inputs}\nreturns: {returns}\n{more}\nexpect: {expect}"
        ((result,), _) = run("\n".join(filter(None, lines.splitlines())), version=version)
        return result

    return runner


def differences(result: Result) -> list[tuple[str, str, str]]:
    return [(one.field, one.expected, one.found) for one in result.differences]


class TestExpectations:
    @pytest.mark.parametrize(
        "expect",
        [
            "{status: amber, calculated: amber, since: 2022-08-15, previous: green, outstayed: false}",
            "{permitted: [visits], includes_permitted: [visits]}",
            "{reductions: {visits: amber}, ends: {visits: 2022-11-07}}",
            "{protected: [mappa], because: [enter.amber, permit.visits.amber]}",
            "{measures: {staffing: 85}}",
            "{measures: {staffing: 85.00}}",
            "[{as_of: 2022-08-14, status: green, permitted: [], previous: null}, {status: amber}]",
            "[{as_of: 2022-08-29, status: amber}, {as_of: 2022-08-30, status: indeterminate}]",
            "{as_of: 2022-08-30, calculated: indeterminate}",
        ],
    )
    def test_what_comes_out_passes(self, one: Callable[..., Result], expect: str) -> None:
        result = one(expect)
        assert (result.outcome, differences(result), result.problems) == ("passed", [], ())

    @pytest.mark.parametrize(
        ("expect", "expected"),
        [
            ("{status: green}", [("status", "green", "amber")]),
            (
                "{calculated: green, since: 2022-08-08}",
                [("calculated", "green", "amber"), ("since", "2022-08-08", "2022-08-15")],
            ),
            ("{previous: null}", [("previous", "null", "green")]),
            ("{outstayed: true}", [("outstayed", "true", "false")]),
            ("{permitted: []}", [("permitted", "", "visits")]),
            (
                "{as_of: 2022-08-01, includes_permitted: [visits]}",
                [("includes_permitted", "visits", "not permitted")],
            ),
            ("{reductions: {visits: green}}", [("reductions.visits", "green", "amber")]),
            ("{ends: {visits: 2022-11-08}}", [("ends.visits", "2022-11-08", "2022-11-07")]),
            ("{protected: [visits]}", [("protected", "visits", "not protected")]),
            ("{measures: {staffing: 85.1}}", [("measures.staffing", "85.1", "85")]),
            ("{measures: {staffing: unknown}}", [("measures.staffing", "unknown", "85")]),
            ("{because: [exit.amber]}", [("because", "exit.amber", "did not fire")]),
        ],
    )
    def test_what_does_not_is_told(
        self, one: Callable[..., Result], expect: str, expected: list[tuple[str, str, str]]
    ) -> None:
        result = one(expect)
        assert (result.outcome, differences(result)) == ("failed", expected)
        assert result.decision is not None
        assert result.decision["as_of"] == result.differences[0].as_of
        told = result.as_dict()
        assert told["decision"] == result.decision["id"]
        assert told["differences"][0].keys() == {"field", "expected", "found", "as_of"}
        assert (told["file"], told["line"]) == (result.place.file, 5)

    def test_a_day_without_a_version(self, one: Callable[..., Result]) -> None:
        result = one("{as_of: 2022-07-31, status: green}", version="by-date")
        assert (result.outcome, result.decision) == ("failed", None)
        assert "no version in force" in str(result.differences)

    def test_a_figure_is_taken_away_member_by_member(self, one: Callable[..., Result]) -> None:
        returns = "[{as_of: 2022-08-01, in_post: {PO: null}}]"
        assert one("{status: indeterminate, measures: {staffing: unknown}}", returns).outcome == "passed"
        returns = "[{as_of: 2022-08-01, in_post: {PO: 7}}]"
        assert one("{measures: {staffing: 85}}", returns).outcome == "passed"


class TestWhoAndWhat:
    def test_trigger_points_of_the_scenario(self, one: Callable[..., Result]) -> None:
        assert one("{status: green}", more="trigger_points: {low: 85}").outcome == "passed"
        # They go before the region's and the unit's, and leave the rest of the settings alone.
        assert one("{status: green}", more="trigger_points: {low: 85}\npdu: hull").outcome == "passed"
        assert one("{status: amber, permitted: []}", more="pdu: hull").outcome == "passed"

    def test_settings_count_where_a_region_or_unit_is_named(self, one: Callable[..., Result]) -> None:
        returns = TWO_WEEKS.replace("PO: 7", "PO: 7.8")  # 89.0%
        assert one("{status: amber}", returns).outcome == "passed"
        assert one("{status: green}", returns, more="region: north").outcome == "passed"
        assert one("{status: green}", returns, more="pdu: york").outcome == "passed"
        assert one("{status: amber}", returns, more="region: south").outcome == "passed"

    def test_a_named_version_judges_all_days_and_by_date_each_its_own(
        self, one: Callable[..., Result]
    ) -> None:
        late = "[{as_of: 2022-09-05, in_post: {PO: 7.8}}]"
        assert one("{status: amber}", late).outcome == "passed"
        assert one("{status: green}", late, version="by-date").outcome == "passed"
        early = "[{as_of: 2022-01-03, in_post: {PO: 7.8}}]"
        assert one("{status: amber, since: 2022-01-03}", early).outcome == "passed"

    def test_people(self, one: Callable[..., Result]) -> None:
        declared = (
            "declarations: [{from: 2022-08-15, until: 2022-08-16, status: green, by: director, reason: x}]"
        )
        assert one("{status: green, calculated: amber, permitted: []}", more=declared).outcome == "passed"
        suspended = "suspensions: [{from: 2022-08-15, by: director, reason: x}]"
        assert one("{status: suspended, protected: [mappa]}", more=suspended).outcome == "passed"


class TestErrors:
    @pytest.mark.parametrize("code", ["PF510", "PF51x", "PF5xx"])
    def test_an_expected_error(self, one: Callable[..., Result], code: str) -> None:
        assert one(f"{{error: {code}}}", "[{as_of: 2022-08-01, points: 1001}]").outcome == "passed"

    def test_another_error_or_none(self, one: Callable[..., Result]) -> None:
        result = one("{error: PF508}", "[{as_of: 2022-08-01, points: 1001}]")
        assert (result.outcome, differences(result)) == ("failed", [("error", "PF508", "PF510")])
        wrong = "declarations: [{from: 2022-08-15, until: 2022-08-16, status: amber, by: nobody, reason: x}]"
        result = one("{error: PF508}", more=wrong)
        assert (result.outcome, differences(result)) == ("failed", [("error", "PF508", "PF522")])
        result = one("{error: PF5xx}")
        assert (result.outcome, differences(result)) == ("failed", [("error", "PF5xx", "no error")])

    def test_what_the_framework_does_not_allow(self, one: Callable[..., Result]) -> None:
        wrong = "declarations: [{from: 2022-08-15, until: 2022-08-16, status: amber, by: nobody, reason: x}]"
        assert one("{error: PF522}", more=wrong).outcome == "passed"
        result = one("{status: amber}", more=wrong)
        assert (result.outcome, [one.code for one in result.problems]) == ("failed", ["PF522"])

    def test_check_says_what_test_cannot_run(self, policy_folder: Folder) -> None:
        folder = policy_folder()
        text = (folder / PATH).read_text()
        for old, new, code in (
            ("points: 1}", "points: 1001}", "PF403"),
            ("{as_of: 2022-08-08,", "{as_of: 2022-08-01,", "PF402"),
            ("status: amber", "status: purple", "PF404"),
            ("    expect", "    trigger_points: {low: 79}\n    expect", "PF406"),
            ("    expect", "    region: east\n    expect", "PF407"),
            ("version: v1", "version: v9", "PF401"),
        ):
            policy_folder({PATH: text.replace(old, new)})
            assert [one.code for one in check_library(folder)] == [code], new
        policy_folder(
            {
                PATH: text.replace("points: 1}", "points: 1001}").replace(
                    "{status: amber, since", "{error: PF5xx, since"
                )
            }
        )
        assert check_library(folder) == ()


class TestTheWhole:
    def test_todo(self, run: Callable[..., tuple[list[Result], Coverage]]) -> None:
        skipped = f"todo: not agreed yet\ninputs: {FULL}\nreturns: {TWO_WEEKS}\nexpect: {{status: green}}"
        (result,), _ = run(skipped)
        assert (result.outcome, result.reason, result.differences) == ("todo", "not agreed yet", ())
        assert result.as_dict()["reason"] == "not agreed yet"

    def test_coverage(self, run: Callable[..., tuple[list[Result], Coverage]]) -> None:
        green = f"inputs: {FULL}\nreturns: [{{as_of: 2022-08-01}}]\nexpect: {{status: green}}"
        _, coverage = run(green)
        told = {(one.kind, one.id, one.never) for one in coverage.uncovered()}
        assert told == {
            ("condition", "enter.amber", "true"),
            ("condition", "exit.amber", "true"),
            ("condition", "when.visits.amber", "false"),
            ("status", "amber", "entered"),
            ("reduction", "visits.amber", "permitted"),
        }
        assert {one.version for one in coverage.uncovered()} == {"plan@v1"}
        covered, of = coverage.share()
        assert of - covered == len(told)
        amber = f"inputs: {FULL}\nreturns: {TWO_WEEKS}\nexpect: {{status: amber}}"
        _, coverage = run(green, amber)
        # Two weeks at the exit were never shown, nor so many points that visits are not reduced.
        assert {(one.id, one.never) for one in coverage.uncovered()} == {
            ("exit.amber", "true"),
            ("when.visits.amber", "false"),
        }

    def test_progress_is_called_once_for_each(self, policy_folder: Folder) -> None:
        library = load_library(policy_folder())
        framework = library.framework()
        calls: list[Any] = []
        results, _ = run_scenarios(library, [(framework, framework.scenarios[0])], lambda: calls.append(1))
        assert len(calls) == len(results) == 1

    def test_all_that_are_shipped_pass(self) -> None:
        library = load_library(SHIPPED)
        files = [(one, file) for one in library.frameworks.values() for file in one.scenarios]
        results, _ = run_scenarios(library, files)
        assert [(one.name, differences(one)) for one in results if one.outcome != "passed"] == []
        assert len(results) > 50

    def test_what_is_shipped_is_covered(self) -> None:
        library = load_library(SHIPPED)
        files = [(one, file) for one in library.frameworks.values() for file in one.scenarios]
        _, coverage = run_scenarios(library, files)
        assert [str(one) for one in coverage.uncovered() if one.version.endswith("phase-3-v8")] == []
        assert [one.version for one in coverage.versions() if one.percent < 95] == []
