"""`check` and `test`: every problem at its place, scenarios with what differs, and how each ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Folder = Callable[..., Path]


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


class TestCheck:
    def test_nothing_wrong(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("check", "--frameworks", folder)
        assert (ran.code, ran.out) == (0, "")
        assert "no problems" in ran.err
        assert prioritise("check", "--frameworks", folder, "--format", "json").out == "[]\n"
        assert prioritise("check", "--frameworks", folder, "--format", "github").out == ""

    def test_the_shipped_policy(self, prioritise: Run) -> None:
        ran = prioritise("check", "--strict")
        assert (ran.code, ran.out) == (0, "")

    def test_a_number_beyond_the_bounds_at_its_line(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/regions/north.yaml", ("low: 88", "low: 97"))
        ran = prioritise("check", "--frameworks", folder)
        assert ran.code == 1
        assert ran.out.startswith(
            f"{path}:8:27: PF203 low 97 is above the 95 that the framework allows regions."
        )
        assert "Set it between 80 and 95." in ran.out

    def test_all_problems_in_the_order_of_places(self, prioritise: Run, folder: Path) -> None:
        broken(
            folder,
            "plan/v1.yaml",
            ("below: low", "below: lo"),
            ("required[all]", "required[PX]"),
            ("stale_after: 14 days", "stale_after: soon"),
        )
        broken(folder, "plan/regions/north.yaml", ("reason: As agreed.", "reasons: As agreed."))
        broken(folder, "organisation.yaml", ("region: south", "region: west"))
        ran = prioritise("check", "--frameworks", folder)
        assert ran.code == 1
        lines = ran.out.splitlines()
        assert all(re.match(r".+\.yaml:\d+:\d+: PF\d{3} \S", line) for line in lines)
        places = [tuple(line.split(":")[:3]) for line in lines]
        ordered = sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))
        assert places == ordered
        assert {place[0].rsplit("/", 1)[1] for place in places} == {
            "organisation.yaml",
            "v1.yaml",
            "north.yaml",
        }
        assert "Traceback" not in ran.err

    def test_json(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/regions/north.yaml", ("low: 88", "low: 97"))
        ran = prioritise("check", "--frameworks", folder, "--format", "json")
        (problem,) = json.loads(ran.out)
        assert (ran.code, ran.err) == (1, "")
        assert problem.keys() == {"code", "message", "file", "line", "column", "path", "hint", "also"}
        assert (problem["code"], problem["file"], problem["line"], problem["column"]) == (
            "PF203",
            str(path),
            8,
            27,
        )
        assert problem["path"] == "settings[0].trigger_points.low"

    def test_github(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/regions/north.yaml", ("low: 88", "low: 97"))
        ran = prioritise("check", "--frameworks", folder, "--format", "github")
        (line,) = ran.out.splitlines()
        assert ran.code == 1
        assert line.startswith(f"::error file={path},line=8,col=27,title=PF203::low 97 is above")

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"\xff\xfe", "PF101"),
            (b"", "PF104"),
            (b"a: [", "PF103"),
            (b"a: &x 1\nb: *x\n", "PF105"),
            (b"a: 1\na: 2\n", "PF106"),
            (b"a: " + b"[" * 50 + b"]" * 50, "PF107"),
            (b"- 1\n", "PF201"),
            (b"format: 1\n", "PF206"),
        ],
    )
    def test_text_that_is_no_document(self, prioritise: Run, folder: Path, content: bytes, code: str) -> None:
        (folder / "plan" / "v3.yaml").write_bytes(content)
        ran = prioritise("check", "--frameworks", folder, "--format", "json")
        assert (ran.code, {one["code"] for one in json.loads(ran.out)}) == (1, {code})

    def test_a_path_limits_what_is_told(self, prioritise: Run, folder: Path) -> None:
        region = broken(folder, "plan/regions/north.yaml", ("low: 88", "low: 97"))
        scenarios = broken(folder, "plan/scenarios/basics.yaml", ("status: amber", "status: purple"))

        def told(*paths: Path) -> set[str]:
            ran = prioritise("check", *paths, "--format", "json")
            names = {one["file"].rsplit("/", 1)[1] for one in json.loads(ran.out)}
            assert ran.code == (1 if names else 0)
            return names

        assert told(region) == told(folder / "plan" / "regions") == {"north.yaml"}
        assert (
            told(region, scenarios) == told(folder / "plan") == told(folder) == {"north.yaml", "basics.yaml"}
        )
        assert told(folder / "plan" / "v1.yaml") == told(folder / "organisation.yaml") == set()
        # What stands in a document that they rest on is theirs, too: without it they cannot be checked.
        broken(folder, "plan/v2.yaml", ("below: low", "below: lo"))
        assert "v2.yaml" in told(region)
        assert told(folder / "plan" / "v1.yaml") == set()

    def test_a_path_that_is_not_checked_is_not_called_fine(
        self, prioritise: Run, folder: Path, tmp_path: Path
    ) -> None:
        draft = tmp_path / "draft.yaml"
        draft.write_text("rubbish")
        for words in (
            (draft,),
            (draft, "--frameworks", folder),
            (folder / "plan" / "v1.yaml", draft),
            (tmp_path / "none.yaml",),
        ):
            ran = prioritise("check", *words)
            assert (ran.code, ran.out) == (2, "")
            assert "none.yaml" in ran.err or "draft.yaml" in ran.err

    def test_no_organisation(self, prioritise: Run, folder: Path) -> None:
        (folder / "organisation.yaml").unlink()
        ran = prioritise("check", "--frameworks", folder)
        assert ran.code == 1
        assert ran.out.startswith(f"{folder / 'organisation.yaml'}:1:1: PF206")


class TestScenarios:
    def test_all_pass(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("test", "--frameworks", folder)
        assert (ran.code, ran.err) == (0, "")
        assert "1 passed, 0 failed, 0 to do" in ran.out
        assert "two weeks below the trigger point" in ran.out
        assert prioritise("test").code == 0

    def test_json(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("test", "--frameworks", folder, "--format", "json")
        told = json.loads(ran.out)
        assert (ran.code, told.keys()) == (0, {"passed", "failed", "todo", "results", "uncovered"})
        assert (told["passed"], told["failed"], told["todo"]) == (1, 0, 0)
        (result,) = told["results"]
        assert (result["name"], result["outcome"], result["line"]) == (
            "two weeks below the trigger point",
            "passed",
            5,
        )
        assert {"kind", "id", "never", "version"} == told["uncovered"][0].keys()

    def test_a_failure_says_what_differs_and_why(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/scenarios/basics.yaml", ("status: amber", "status: green"))
        ran = prioritise("test", "--frameworks", folder)
        assert ran.code == 1
        assert f"FAILED two weeks below the trigger point ({path}:5)" in ran.out
        assert "status on 2022-08-15: expected green, found amber" in ran.out
        assert "Amber" in ran.out  # the decision's own explanation
        assert "0 passed, 1 failed" in ran.out
        told = json.loads(prioritise("test", "--frameworks", folder, "--format", "json").out)
        (result,) = told["results"]
        assert (told["failed"], result["outcome"]) == (1, "failed")
        assert result["differences"] == [
            {"field": "status", "expected": "green", "found": "amber", "as_of": "2022-08-15"}
        ]
        assert result["decision"].startswith("sha256:")

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
