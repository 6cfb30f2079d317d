"""Parents on the command line: `evaluate --parents`, and explanations of a region and of the whole."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.decision_schema import decision_schema
from tests.parents.parents_kit import OPEL

Run = Callable[..., Any]
ROWS = """\
pdu,as_of,beds,occupied,handover,alert
abbey,2024-12-02,600,590,70,
bridge,2024-12-02,200,150,10,
castle,2024-12-02,100,100,61,high
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "returns.csv"
    path.write_text(ROWS)
    return path


def test_parents_stand_after_the_units(prioritise: Run, file: Path) -> None:
    ran = prioritise("evaluate", "--returns", file, "--frameworks", OPEL, "--parents", "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    rows = [
        (row["pdu"], row["name"], row["region"], row["status"])
        for row in csv.DictReader(io.StringIO(ran.out))
    ]
    assert rows[3:] == [
        ("region:moor", "The Moor", "moor", "opel-4"),
        ("region:vale", "The Vale", "vale", "opel-3"),
        ("country:everyone", "The country", "country:everyone", "opel-4"),
    ]
    assert [row[0] for row in rows[:3]] == ["abbey", "bridge", "castle"]


def test_without_the_option_only_units_are_decided(prioritise: Run, file: Path) -> None:
    ran = prioritise("evaluate", "--returns", file, "--frameworks", OPEL, "--format", "json")
    assert [one["pdu"]["id"] for one in json.loads(ran.out)] == ["abbey", "bridge", "castle"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--pdu", "region:vale"), ["region:vale"]),
        (("--pdu", "abbey", "--pdu", "country:everyone"), ["abbey", "country:everyone"]),
        (("--pdu", "castle", "--parents"), ["castle", "region:moor", "country:everyone"]),
    ],
)
def test_some_are_decided_by_their_ids(
    prioritise: Run, file: Path, words: tuple[str, ...], expected: list[str]
) -> None:
    ran = prioritise("evaluate", "--returns", file, "--frameworks", OPEL, *words, "--format", "json")
    assert [one["pdu"]["id"] for one in json.loads(ran.out)] == expected


def test_decisions_on_parents_are_decisions_like_any(prioritise: Run, file: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    file.write_text(ROWS.replace("bridge,2024-12-02,200,150,10,", "bridge,2024-12-02,200,,10,"))
    ran = prioritise("evaluate", "--returns", file, "--frameworks", OPEL, "--parents", "--format", "json")
    decisions = json.loads(ran.out)
    for decision in decisions:
        jsonschema.validate(decision, decision_schema())
    codes = {note["code"] for decision in decisions for note in decision["data_quality"]}
    assert {"PF612", "PF613"} <= codes


def test_a_region_is_explained_like_a_unit(prioritise: Run, file: Path) -> None:
    ran = prioritise("explain", "region:vale", "--returns", file, "--frameworks", OPEL)
    assert (ran.code, ran.err) == (0, "")
    for words in ("The Vale: Level 3", "Score is 4.5 points", "Emergency care", "mean(score, beds)"):
        assert words in ran.out


def test_the_whole_is_explained_by_its_counts(prioritise: Run, file: Path) -> None:
    ran = prioritise(
        "explain", "country:everyone", "--returns", file, "--frameworks", OPEL, "--format", "markdown"
    )
    words = " ".join(ran.out.split())
    assert "The country" in words
    assert "Share of systems at this status or a more severe one (Level 4) is 50%" in words


def test_what_the_children_lacked_is_said_by_name(prioritise: Run, file: Path) -> None:
    file.write_text(ROWS.replace("bridge,2024-12-02,200,150,10,\n", "") + "castle,2024-12-05,100,,61,\n")
    ran = prioritise("explain", "country:everyone", "--returns", file, "--frameworks", OPEL)
    words = " ".join(ran.out.split())
    assert (
        "The Vale has no clear status, so it cannot be counted." in words
        or "The Vale has sent no return" in words
    )
    ran = prioritise("explain", "region:moor", "--returns", file, "--frameworks", OPEL)
    assert "Not given by Castle Hospital: Score." in " ".join(ran.out.split())


def test_a_region_that_is_none_is_refused(prioritise: Run, file: Path) -> None:
    for command in (("explain", "region:vales"), ("evaluate", "--pdu", "region:vales")):
        ran = prioritise(*command, "--returns", file, "--frameworks", OPEL)
        assert ran.code == 2
        assert ran.out == ""
        assert "Nothing called region:vales has a status of its own. Did you mean region:vale?" in ran.err


def test_a_framework_without_rollup_has_no_parents(
    prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path
) -> None:
    folder, file = policy_folder(), tmp_path / "returns.csv"
    file.write_text("pdu,as_of,points\nyork,2022-08-08,10\n")
    plain = prioritise("evaluate", "--returns", file, "--frameworks", folder, "--format", "json")
    ran = prioritise("evaluate", "--returns", file, "--frameworks", folder, "--parents", "--format", "json")
    assert (ran.code, ran.out) == (0, plain.out)
    assert "No version of plan says how a region or the whole gets a status (rollup)." in " ".join(
        ran.err.split()
    )
    ran = prioritise("explain", "region:north", "--returns", file, "--frameworks", folder)
    assert (ran.code, ran.out) == (2, "")


def test_a_fault_in_the_rules_for_parents_is_told_by_check(prioritise: Run, tmp_path: Path) -> None:
    shutil.copytree(OPEL, tmp_path / "policy")
    first = tmp_path / "policy" / "escalation" / "first.yaml"
    first.write_text(first.read_text().replace("weight: beds", "weight: bed"))
    ran = prioritise("check", "--frameworks", tmp_path / "policy")
    assert ran.code == 1
    assert "first.yaml:41:29: PF210 bed is no input and no measure. Did you mean beds?" in " ".join(
        ran.out.split()
    )


def test_the_ledger_tells_the_status_of_a_region(prioritise: Run, file: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "ledger.sqlite3")
    ran = prioritise("load", file, *store, "--frameworks", OPEL)
    assert ran.code == 0, ran.err
    told = prioritise("status", "region:vale", *store, "--as-of", "2024-12-02", "--format", "json")
    (row,) = json.loads(told.out)
    assert (row["pdu"], row["name"], row["status"]) == ("region:vale", "The Vale", "opel-3")
    words = prioritise("status", "country:everyone", *store, "--as-of", "2024-12-02").out
    assert "The country: Level 4" in words
    assert prioritise("replay", *store).code == 0
    wrong = prioritise("status", "region:dale", *store)
    assert (wrong.code, wrong.out) == (2, "")
    assert "Did you mean region:vale?" in wrong.err
