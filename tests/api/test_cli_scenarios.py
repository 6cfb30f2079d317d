"""`test`: scenarios by file, what differs and why, what they cover, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Folder = Callable[..., Path]
SCENARIOS = "plan/scenarios/basics.yaml"


@pytest.fixture
def folder(policy_folder: Folder) -> Path:
    return policy_folder()


def broken(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """One of the files with some words changed."""
    path = folder / name
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)
    return path


def line_of(path: Path, words: str) -> int:
    """The first line in which some words stand."""
    lines = path.read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


class TestScenarios:
    def test_all_pass(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("test", "--frameworks", folder)
        assert (ran.code, ran.err) == (0, "")
        assert "1 passed, 0 failed, 0 to do" in ran.out
        assert "two weeks below the trigger point" in ran.out
        assert prioritise("test").code == 0

    def test_one_that_cannot_be_run_stops_no_decision(
        self, prioritise: Run, folder: Path, tmp_path: Path
    ) -> None:
        rows = tmp_path / "returns.csv"
        rows.write_text("pdu,as_of,grade,required,in_post\nkent,2022-08-15,PO,10,7.8\n")
        evaluate = ("evaluate", "--frameworks", folder, "--returns", rows, "--format", "csv")
        before = prioritise(*evaluate)
        path = broken(folder, SCENARIOS, ("version:", "version: frist #"))
        for command in (("test",), ("check",)):
            ran = prioritise(*command, "--frameworks", folder)
            assert ran.code == 1
            assert f"basics.yaml:{line_of(path, 'frist')}:" in ran.err + ran.out
            assert "PF401" in ran.err + ran.out
        after = prioritise(*evaluate)
        assert (after.code, after.out, after.err) == (0, before.out, "")

    def test_json(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("test", "--frameworks", folder, "--format", "json")
        told = json.loads(ran.out)
        keys = {"passed", "failed", "todo", "percent", "coverage", "results", "uncovered"}
        assert (ran.code, told.keys()) == (0, keys)
        assert (told["passed"], told["failed"], told["todo"]) == (1, 0, 0)
        (result,) = told["results"]
        assert (result["name"], result["outcome"], result["line"]) == (
            "two weeks below the trigger point",
            "passed",
            5,
        )
        assert {"kind", "id", "never", "version", "words", "file", "line"} == told["uncovered"][0].keys()
        (first, second) = told["coverage"]
        assert (first["version"], second["version"], second["percent"]) == ("plan@v1", "plan@v2", 0)
        assert first["conditions"] == {"of": 3, "true": 2, "false": 2}

    def test_a_failure_says_what_differs_and_why(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/scenarios/basics.yaml", ("status: amber", "status: green"))
        ran = prioritise("test", "--frameworks", folder)
        assert ran.code == 1
        lines = [line.strip() for line in ran.out.splitlines()]
        start = lines.index("FAILED  two weeks below the trigger point")
        assert "".join(lines[start + 1 :]).startswith(f"{path}:5")
        assert lines.index("On 2022-08-15:") > start
        assert "status: expected green, found amber" in lines
        why = " ".join(lines[lines.index("Why:") :])
        assert "Staffing is 75.0%, 15 points below 90%." in why
        line = line_of(folder / "plan" / "v1.yaml", "enter:")
        assert f"Held for 2 weeks; it needs 2 weeks. (enter.amber, line {line})" in why
        assert "Home visits" not in why  # what nobody asked about
        assert "0 passed, 1 failed" in ran.out
        told = json.loads(prioritise("test", "--frameworks", folder, "--format", "json").out)
        (result,) = told["results"]
        assert (told["failed"], result["outcome"]) == (1, "failed")
        assert result["differences"] == [
            {"field": "status", "expected": "green", "found": "amber", "as_of": "2022-08-15"}
        ]
        assert result["decision"].startswith("sha256:")
        assert any("15 points below 90%" in line for line in result["why"])

    def test_the_whole_explanation_where_asked(self, prioritise: Run, folder: Path) -> None:
        broken(folder, SCENARIOS, ("status: amber", "status: green"))
        out = prioritise("test", "--frameworks", folder, "--explain").out
        assert "| Scenario: Amber since 15 August 2022" in out
        assert "| What may be reduced" in out

    def test_each_day_for_itself(self, prioritise: Run, folder: Path) -> None:
        broken(
            folder,
            SCENARIOS,
            (
                "expect: {status: amber",
                "expect: [{as_of: 2022-08-08, status: amber, permitted: [visits]}, {status: green",
            ),
            ("staffing: 75}}", "staffing: 75}}]"),
        )
        out = prioritise("test", "--frameworks", folder).out
        early, late = out.index("On 2022-08-08:"), out.index("On 2022-08-15:")
        assert early < out.index("permitted: expected visits, found nothing") < late
        assert late < out.index("status: expected green, found amber")
        assert out.index("Home visits: Only from Amber on.") < late

    def test_an_error_that_is_expected_is_named(self, prioritise: Run, folder: Path) -> None:
        broken(
            folder,
            SCENARIOS,
            ("points: 1}", "points: 1001}"),
            ("expect: {status: amber, ", "expect: {error: PF510, "),
        )
        ran = prioritise("test", "--frameworks", folder)
        assert ran.code == 0
        assert "passed  two weeks below the trigger point (PF510)" in ran.out

    def test_another_error_is_told_with_its_place(self, prioritise: Run, folder: Path) -> None:
        path = broken(
            folder,
            SCENARIOS,
            ("points: 1}", "points: 1001}"),
            ("expect: {status: amber, ", "expect: {error: PF508, "),
        )
        ran = prioritise("test", "--frameworks", folder)
        assert ran.code == 1
        assert "error: expected PF508, found PF510" in ran.out
        assert f"{path}:6:" in ran.out

    def test_todo_is_seen_and_does_not_fail(self, prioritise: Run, folder: Path) -> None:
        broken(
            folder,
            "plan/scenarios/basics.yaml",
            ("    expect: {status: amber", "    todo: not agreed\n    expect: {status: green"),
        )
        ran = prioritise("test", "--frameworks", folder)
        assert ran.code == 0
        assert "not agreed" in ran.out
        assert "0 passed, 0 failed, 1 to do" in ran.out

    def test_fail_under(self, prioritise: Run, folder: Path) -> None:
        assert prioritise("test", "--frameworks", folder, "--fail-under", "10").code == 0
        ran = prioritise("test", "--frameworks", folder, "--fail-under", "100")
        assert (ran.code, "below 100%" in ran.err) == (1, True)
        for wrong in ("101", "-1", "many", "50.5"):
            assert prioritise("test", "--frameworks", folder, "--fail-under", wrong).code == 2

    def test_what_is_not_covered_has_its_place_and_words(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("test", "--frameworks", folder, "--framework", "plan@v1")
        lines = [line.strip() for line in ran.out.splitlines()]
        text = "".join(lines)
        version = folder / "plan" / "v1.yaml"
        assert "Never shown by a scenario of v1 (2):" in lines
        assert (
            f"{version}:{line_of(version, 'exit:')}never true: amber ends: staffing at least 95, for 2 weeks"
            in text
        )
        assert "never false: visits from amber on: points below 500 (when.visits.amber)" in text
        row = next(line for line in lines if line.startswith("v1 "))
        assert [cell.strip() for cell in row.split("│")] == ["v1", "2/3", "2/3", "2/2", "1/1", "1/1", "80%"]

    def test_it_is_plain_and_reads_at_80_columns(self, prioritise: Run, policy_folder: Folder) -> None:
        folder = policy_folder({SCENARIOS: LONG})
        ran = prioritise("test", "--frameworks", folder)
        assert "\x1b" not in ran.out
        assert [line for line in ran.out.splitlines() if len(line) > 80 and str(folder) not in line] == []
        assert prioritise("test", "--frameworks", folder).out == ran.out

    def test_broken_documents(self, prioritise: Run, folder: Path) -> None:
        broken(folder, "plan/v1.yaml", ("below: low", "below: lo"))
        ran = prioritise("test", "--frameworks", folder, "--format", "json")
        assert (ran.code, ran.out) == (1, "")
        assert {one["code"] for one in json.loads(ran.err)} >= {"PF210"}

    def test_paths(self, prioritise: Run, folder: Path, tmp_path: Path) -> None:
        more = folder / "plan" / "scenarios" / "more.yaml"
        text = (folder / "plan" / "scenarios" / "basics.yaml").read_text()
        more.write_text(text.replace("version: v1", "version: v2").replace("name: two", "name: also two"))
        assert json.loads(prioritise("test", more, "--format", "json").out)["passed"] == 1
        assert json.loads(prioritise("test", folder, "--format", "json").out)["passed"] == 2
        outside = prioritise("test", tmp_path)
        assert (outside.code, outside.out) == (2, "")
        assert prioritise("test", more, "--frameworks", Path(__file__).parents[2] / "frameworks").code == 2

    def test_a_version(self, prioritise: Run, folder: Path) -> None:
        more = folder / "plan" / "scenarios" / "more.yaml"
        text = (folder / "plan" / "scenarios" / "basics.yaml").read_text()
        more.write_text(text.replace("version: v1", "version: v2").replace("name: two", "name: also two"))
        for name, passed in (("plan", 2), ("plan@v1", 1), ("plan@v2", 1)):
            told = json.loads(
                prioritise("test", "--frameworks", folder, "--framework", name, "--format", "json").out
            )
            assert told["passed"] == passed, name
        assert prioritise("test", "--frameworks", folder, "--framework", "plan@v9").code == 2

    def test_the_file_of_a_version_stands_for_its_scenarios(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("test", folder / "plan" / "v1.yaml", "--format", "json")
        assert (ran.code, json.loads(ran.out)["passed"]) == (0, 1)

    @pytest.mark.parametrize("name", ["plan/v2.yaml", "plan/regions", "organisation.yaml"])
    def test_a_path_without_scenarios(self, prioritise: Run, folder: Path, name: str) -> None:
        ran = prioritise("test", folder / name)
        assert (ran.code, ran.out) == (2, "")
        assert "no scenarios" in ran.err

    def test_only_some_frameworks_have_scenarios(self, prioritise: Run, policy_folder: Folder) -> None:
        other = (
            (policy_folder() / "plan" / "v1.yaml").read_text().replace("framework: plan", "framework: other")
        )
        folder = policy_folder({"other/v1.yaml": other})
        told = json.loads(prioritise("test", "--frameworks", folder, "--format", "json").out)
        assert (told["passed"], [one["version"] for one in told["coverage"]]) == (
            1,
            ["other@v1", "plan@v1", "plan@v2"],
        )
        told = json.loads(prioritise("test", folder / "plan", "--format", "json").out)
        assert [one["version"] for one in told["coverage"]] == ["plan@v1"]
        out = prioritise("test", "--frameworks", folder).out
        assert "plan@v1" in out  # with several frameworks each version is told with its own

    def test_by_date_covers_the_versions_that_it_reaches(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, SCENARIOS, ("version: v1", "version: by-date"))
        told = json.loads(prioritise("test", path, "--format", "json").out)
        assert [one["version"] for one in told["coverage"]] == ["plan@v1"]


LONG = """\
format: 1
framework: plan
version: v1
scenarios:
  - name: a name that goes on and on until it cannot possibly stand in one line of a terminal that is eighty wide
    inputs: {required: {PO: 10, PSO: 10}, in_post: {PO: 10, PSO: 10}, points: 1}
    returns:
      - {as_of: 2022-08-01}
      - {as_of: 2022-08-08, in_post: {PO: 5}}
    expect: {status: amber, measures: {staffing: 76}, permitted: [visits], ends: {visits: 2022-11-07}}
"""
