"""`compare`: two versions, in every format; how a side is named, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import SECOND

Run = Callable[..., Any]


@pytest.fixture
def folder(policy_folder: Callable[..., Path]) -> Path:
    return policy_folder()


@pytest.fixture
def compare(prioritise: Run, folder: Path) -> Run:
    def call(before: object, after: object, *words: object) -> Any:
        return prioritise("compare", before, after, "--frameworks", folder, *words)

    return call


def told(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_text(compare: Run) -> None:
    ran = compare("plan@v1", "plan@v2")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Compared: A plan (v1), and A plan (v2)\n")
    assert "[Tightens] Low: 85% instead of 90%." in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(("form", "beginning"), [("html", "<!doctype html>"), ("markdown", "# Compared: ")])
def test_other_formats(compare: Run, form: str, beginning: str) -> None:
    ran = compare("plan@v1", "plan@v2", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(beginning)


def test_json(compare: Run) -> None:
    found = told(compare("plan@v1", "plan@v2", "--format", "json"))
    assert (found["from"]["version"], found["to"]["version"]) == ("v1", "v2")
    assert (found["verdict"]["effect"], found["verdict"]["proved"]) == ("tightens", True)
    assert found["verdict"]["activities"] == {"visits": "tightens"}
    effects = {change["path"]: change["effect"] for change in found["changes"]}
    assert effects == {"trigger_points.low.default": "tightens", "version": "neutral", "effective": "neutral"}


def test_to_a_file(compare: Run, tmp_path: Path) -> None:
    ran = compare("plan@v1", "plan@v2", "--format", "html", "--out", tmp_path / "page.html")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "page.html").read_text("utf-8") == compare(
        "plan@v1", "plan@v2", "--format", "html"
    ).out


def test_a_version_as_a_region_sets_it(compare: Run) -> None:
    found = told(compare("plan@v1", "plan@v1:north", "--format", "json"))
    assert (found["to"]["region"], found["to"]["settings_of"]) == ("north", "2022-09-04")
    (change,) = found["changes"]
    assert (change["path"], change["before"], change["after"]) == ("trigger_points.low.default", "90", "88")
    assert change["effect"] == "tightens"
    assert change["places"]["to"]["file"].endswith("north.yaml")
    assert "Low: 88%, as The North has set it, instead of 90%." in compare("plan@v1", "plan@v1:north").out


def test_a_region_that_has_set_nothing(compare: Run) -> None:
    assert told(compare("plan@v1", "plan@v1:south", "--format", "json"))["changes"] == []


def test_a_file_that_lies_elsewhere(compare: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(SECOND.replace("version: v2", "version: v3").replace("default: 85", "default: 95"))
    found = told(compare("plan@v2", draft, "--format", "json"))
    assert (found["verdict"]["effect"], found["to"]["file"]) == ("loosens", str(draft))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("plan@v3", "plan@v2", "plan has no version v3. Known here: v1, v2."),
        ("plan@v1", "plam@v2", "There is no framework plam. Did you mean plan?"),
        ("plan", "plan@v2", "plan names no version. Write it as ID@VERSION"),
        ("plan@v1", "plan@", "plan@ names no version."),
        ("plan@v1", "plan@v2:nroth", "There is no region nroth. Did you mean north?"),
        ("plan@v1", "nowhere.yaml", "nowhere.yaml cannot be opened: No such file or directory."),
    ],
)
def test_wrong_use(compare: Run, before: str, after: str, message: str) -> None:
    ran = compare(before, after)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_file_with_problems(compare: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(SECOND.replace("from: amber", "from: amger"))
    ran = compare("plan@v1", draft)
    assert (ran.code, ran.out) == (1, "")
    assert "draft.yaml:" in ran.err
    assert "PF223" in ran.err
    listed = json.loads(compare("plan@v1", draft, "--format", "json").err)
    assert [one["code"] for one in listed] == ["PF223"]
