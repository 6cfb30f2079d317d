"""`compare --returns`: whom two versions would move, in every format, and what is refused."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import SECOND

Run = Callable[..., Any]
RETURNS = """\
pdu,as_of,grade,required,in_post,points
york,2022-08-01,PO,10,9.8,
york,2022-08-01,PSO,10,8,
york,2022-08-01,,,,100
york,2022-08-08,PO,10,9.8,
york,2022-08-08,PSO,10,8,
york,2022-08-08,,,,100
kent,2022-08-01,PO,10,9.4,
kent,2022-08-01,PSO,10,8,
kent,2022-08-01,,,,100
hull,2022-08-01,PO,10,5,
hull,2022-08-01,PSO,10,8,
hull,2022-08-01,,,,100
"""


@pytest.fixture
def folder(policy_folder: Callable[..., Path]) -> Path:
    return policy_folder()


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    path = tmp_path / "the returns.csv"
    path.write_text(RETURNS)
    return path


@pytest.fixture
def compare(prioritise: Run, folder: Path, returns: Path) -> Run:
    def call(before: object, after: object, *words: object) -> Any:
        return prioritise("compare", before, after, "--returns", returns, "--frameworks", folder, *words)

    return call


def impact(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)["impact"]


def test_json(compare: Run) -> None:
    found = impact(compare("plan@v1", "plan@v2", "--format", "json"))
    assert (found["from"], found["until"], found["calculated"]) == ("2022-08-01", "2022-08-14", True)
    # the North has moved its number to 88 under both versions; Kent goes by 90 and 85
    assert found["transitions"] == [
        {"from": "green", "to": "green", "pdus": ["york"]},
        {"from": "amber", "to": "green", "pdus": ["kent"]},
        {"from": "amber", "to": "amber", "pdus": ["hull"]},
    ]
    assert [one["pdu"] for one in found["first_differences"]] == ["kent"]
    assert [(one["activity"], one["withdrawn"]) for one in found["activities"]] == [("visits", ["kent"])]
    assert found["hours"] == []
    assert found["checked"]["pdus"] == ["hull", "kent", "york"]
    assert found["sentence"].startswith("1 of 3 PDUs has another status on 14 August 2022.")


def test_each_decision_that_differs_can_be_opened(compare: Run, prioritise: Run) -> None:
    found = impact(compare("plan@v1", "plan@v2", "--format", "json"))
    (first,) = found["first_differences"]
    for end, status in (("from", "amber"), ("to", "green")):
        words = shlex.split(first["decisions"][end])
        assert words[0] == "prioritise"
        ran = prioritise(*words[1:], "--format", "json")
        assert (ran.code, json.loads(ran.out)["status"]) == (0, status)
        assert first[end] == status


def test_text(compare: Run) -> None:
    ran = compare("plan@v1", "plan@v2")
    assert (ran.code, ran.err) == (0, "")
    assert "Impact on real returns\n----------------------\n\n1 of 3 PDUs has another status" in ran.out
    assert "Amber under A plan (v1), Green under A plan (v2) (1): Kent." in ran.out


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_other_formats(compare: Run, form: str) -> None:
    ran = compare("plan@v1", "plan@v2", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert "Impact on real returns" in ran.out


def test_a_region_alone(compare: Run) -> None:
    found = impact(compare("plan@v1", "plan@v1:north", "--format", "json"))
    assert found["only"] == ["north"]
    # York has 89: below the 90 of the version, and not below the 88 of the North
    assert found["transitions"] == [
        {"from": "amber", "to": "green", "pdus": ["york"]},
        {"from": "amber", "to": "amber", "pdus": ["hull"]},
    ]
    assert [one["decisions"] for one in found["first_differences"]] == [None]


def test_a_draft_in_a_file(compare: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(SECOND.replace("version: v2", "version: v3").replace("below: low", "below: 70"))
    found = impact(compare("plan@v2", draft, "--format", "json"))
    assert [one["pdus"] for one in found["transitions"]] == [["kent", "york"], ["hull"]]
    assert found["first_differences"] == []


def test_returns_with_a_problem(compare: Run, returns: Path) -> None:
    returns.write_text(RETURNS + "leed,2022-08-01,,,,1\n")
    ran = compare("plan@v1", "plan@v2")
    assert (ran.code, ran.out) == (1, "")
    assert "PF504" in ran.err


@pytest.mark.parametrize(
    ("lines", "side", "message"),
    [
        (1, "plan@v2", "The file holds no returns: "),
        (7, "plan@v2:south", "The file holds no returns of south: "),
    ],
)
def test_no_returns(compare: Run, returns: Path, lines: int, side: str, message: str) -> None:
    returns.write_text("".join(RETURNS.splitlines(keepends=True)[:lines]))
    ran = compare("plan@v1", side)
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.err


def test_a_file_that_is_not_there(compare: Run, returns: Path) -> None:
    returns.unlink()
    ran = compare("plan@v1", "plan@v2")
    assert (ran.code, ran.out) == (2, "")
