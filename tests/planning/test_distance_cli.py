"""`prioritise distance`, and the section of `explain`: in every form, for one unit and many, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import FIRST

Run = Callable[..., Any]
LEVERED = FIRST.replace(
    "in_post: {decimals: 1, per: grade, minimum: 0}",
    "in_post: {title: In post, unit: FTE, decimals: 1, per: grade, minimum: 0, lever: {step: 0.1}}",
)
ROWS = """\
pdu,as_of,grade,required,in_post,points
york,2022-08-08,,,,10
york,2022-08-08,PO,10,7,
york,2022-08-08,PSO,10,10,
hull,2022-08-08,,,,10
hull,2022-08-08,PO,10,10,
hull,2022-08-08,PSO,10,10,
"""
SECTION = "What would change the status"


@pytest.fixture
def ask(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    folder, file = policy_folder({"plan/v1.yaml": LEVERED}), tmp_path / "returns.csv"

    def call(*words: object, rows: str = ROWS, command: str = "distance") -> Any:
        file.write_text(rows)
        return prioritise(command, *words, "--frameworks", folder, "--returns", file)

    return call


def test_text(ask: Run) -> None:
    ran = ask("york")
    assert (ran.code, ran.err) == (0, "")
    joined = " ".join(ran.out.split())
    for sentence in (
        "What would change the status? York, 8 August 2022",
        "The status is Amber, since 8 August 2022.",
        "If the figures stay as they are, Amber goes on.",
        "Green: one status less severe.",
        "In post (Officer): 2 FTE more (7 to 9 FTE). Green would come on 22 August 2022, with the second return "
        "from now.",
        "Staffing is 85.0%, 10 points below 95%.",
        "A return comes every week, the next one on 15 August 2022.",
        "Some of the numbers that the figures are compared with are illustrative.",
        "with one step less it does not.",
    ):
        assert sentence in joined, sentence
    assert "more severe" not in joined, "Amber is the most severe status"


@pytest.mark.parametrize(("form", "beginning"), [("markdown", "# What"), ("html", "<!doctype html>")])
def test_other_forms(ask: Run, form: str, beginning: str) -> None:
    ran = ask("york", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(beginning)
    assert "2 FTE more" in ran.out


def test_json_is_the_document(ask: Run) -> None:
    found = json.loads(ask("york", "--format", "json").out)
    assert (found["pdu"], found["status"], found["targets"][0]["levers"][0]["change"]) == (
        "york",
        "amber",
        "2",
    )
    assert found["decision"] == json.loads(ask("york", "--format", "json", command="explain").out)["id"]


def test_many(ask: Run) -> None:
    ran = ask("--all")
    assert ran.code == 0
    joined = " ".join(ran.out.split())
    assert "Less severe" in joined
    assert "Hull" in joined
    told = json.loads(ask("--region", "north", "--format", "json").out)
    assert [one["pdu"] for one in told] == ["hull", "york"]
    rows = list(csv.DictReader(io.StringIO(ask("--all", "--format", "csv").out)))
    assert {(one["pdu"], one["target"]) for one in rows} == {("hull", "amber"), ("york", "green")}
    assert [one["change"] for one in rows if one["pdu"] == "york"] == ["2", "2"]


def test_a_unit_without_a_return(ask: Run) -> None:
    ran = ask("hull", rows=ROWS[: ROWS.index("hull")])
    assert (ran.code, "There is no return" in ran.out) == (0, True)


def test_out(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "york.md"
    ran = ask("york", "--format", "markdown", "--out", file)
    assert (ran.code, ran.out, "2 FTE more" in file.read_text()) == (0, "", True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Name a unit, or ask with --all or --region for many."),
        (["york", "--all"], "Name a unit, or ask with --all or --region for many."),
        (["yorc"], "york"),
        (["--region", "nort"], "north"),
        (["--all", "--format", "html"], "not as html"),
        (["york", "--format", "pdf"], "pdf"),
        (["york", "--as-of", "tomorrow"], "tomorrow"),
    ],
)
def test_wrong_use(ask: Run, words: list[str], said: str) -> None:
    ran = ask(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_refused_returns(ask: Run) -> None:
    ran = ask("york", rows=ROWS + "york,2022-08-08,PO,ten,7,\n")
    assert (ran.code, ran.out, "PF508" in ran.err) == (1, "", True)
    listed = ask("york", "--format", "json", rows=ROWS + "york,2022-08-08,PO,ten,7,\n")
    assert "PF508" in {one["code"] for one in json.loads(listed.err)}


@pytest.mark.parametrize("words", [["york"], ["--all"]])
def test_no_decision(ask: Run, words: list[str]) -> None:
    ran = ask(*words, "--as-of", "2022-07-31")
    assert (ran.code, ran.out) == (1, "")
    assert "nothing can be told" in ran.err
    empty = ask(*words, rows=ROWS[: ROWS.index("york")])
    assert (empty.code, empty.out) == (1, "")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_explanation_has_the_section(ask: Run, form: str) -> None:
    ran = ask("york", "--format", form, command="explain")
    assert (ran.code, SECTION in ran.out, "2 FTE more" in " ".join(ran.out.split())) == (0, True, True)


def test_the_decision_itself_is_as_before(ask: Run) -> None:
    assert SECTION not in ask("york", "--format", "json", command="explain").out
