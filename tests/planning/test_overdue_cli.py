"""`overdue`: the list on a terminal, as CSV, JSON and Markdown, and what is wrong use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ROWS = """\
pdu,as_of,grade,required,in_post,points
york,2022-08-08,,,,10
york,2022-08-08,PO,10,7,
york,2022-08-08,PSO,10,10,
kent,2022-08-22,PO,10,7,
kent,2022-08-22,PSO,10,10,
"""


@pytest.fixture
def overdue(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    folder, file = policy_folder(), tmp_path / "returns.csv"

    def call(*words: object, rows: str = ROWS) -> Any:
        file.write_text(rows)
        return prioritise("overdue", "--frameworks", folder, "--returns", file, *words)

    return call


def test_the_table_is_by_region(overdue: Run) -> None:
    ran = overdue("--as-of", "2022-08-24")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line.strip() for line in lines if line.startswith("The ")] == ["The North", "The South"]
    for words in ("Hull │ No return yet", "York │ Too old", "Kent │ Figure missing"):
        assert words in ran.out
    assert "As of 2022-08-24: 3 PDUs, 0 with nothing to ask about." in lines
    assert "\x1b" not in ran.out


def test_the_day_is_that_of_the_newest_return(overdue: Run) -> None:
    told = json.loads(overdue("--format", "json").out)
    assert told["as_of"] == "2022-08-22"
    assert told["counts"] == {
        "missing": 1, "stale": 0, "late": 1, "not_given": 1, "jump": 0, "unchanged": 0,
    }  # fmt: skip


def test_csv_has_a_row_for_each(overdue: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(overdue("--format", "csv").out)))
    assert [(row["region"], row["pdu"], row["kind"], row["days"], row["figure"]) for row in rows] == [
        ("north", "york", "late", "7", ""),
        ("north", "hull", "missing", "21", ""),
        ("south", "kent", "not_given", "", "points"),
    ]


def test_markdown_is_a_list_to_act_on(overdue: Run, tmp_path: Path) -> None:
    out = tmp_path / "owed.md"
    ran = overdue("--format", "markdown", "--out", out)
    assert (ran.code, ran.out) == (0, "")
    text = out.read_text()
    assert text.startswith("# Returns owed, as of 2022-08-22\n")
    assert "- [ ] **Hull**: no return yet." in text
    assert text.index("**Hull**") < text.index("**York**")  # the most pressing first


@pytest.mark.parametrize(
    ("words", "units"),
    [
        (["--region", "south"], ["kent"]),
        (["--kind", "late"], ["york"]),
        (["--kind", "late", "--kind", "missing"], ["york", "hull"]),
        (["--kind", "late", "--late-after", "7"], []),
        (["--kind", "jump", "--jump-times", "3", "--jump-least", "50", "--unchanged-for", "4"], []),
    ],
)
def test_only_what_is_asked(overdue: Run, words: list[str], units: list[str]) -> None:
    told = json.loads(overdue("--format", "json", *words).out)
    assert [one["pdu"] for region in told["regions"] for one in region["owed"]] == units


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--region", "nroth"], "Did you mean north?"),
        (["--region", ""], "no region"),
        (["--kind", "tardy"], "tardy"),
        (["--as-of", "2022-07-31"], "No version of plan is in force"),
        (["--as-of", "soon"], "no day"),
        (["--late-after", "-1"], "late-after"),
        (["--jump-times", "0"], "jump-times"),
        (["--unchanged-for", "1"], "unchanged-for"),
        (["--format", "html"], "html"),
        (["--out", "list.txt"], "A table is for the terminal"),
        (["--framework", "other"], "no framework other"),
    ],
)
def test_wrong_use_ends_with_2(overdue: Run, words: list[str], says: str) -> None:
    ran = overdue(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in " ".join(ran.err.split())


def test_a_file_without_returns_needs_a_day(overdue: Run) -> None:
    empty = ROWS.splitlines()[0] + "\n"
    assert overdue(rows=empty).code == 2
    told = json.loads(overdue("--as-of", "2022-08-24", "--format", "json", rows=empty).out)
    assert told["counts"]["missing"] == told["pdus"] == 3


@pytest.mark.parametrize("change", [("york,", "yrok,"), ("10,7", "10,seven"), ("2022-08-22", "22/08/2022")])
def test_a_bad_file_is_refused(overdue: Run, change: tuple[str, str]) -> None:
    ran = overdue("--format", "json", rows=ROWS.replace(*change))
    assert (ran.code, ran.out) == (1, "")
    assert json.loads(ran.err)


def test_bad_rows_may_be_left_out(overdue: Run) -> None:
    ran = overdue(
        "--format",
        "json",
        "--skip-bad-rows",
        rows=ROWS.replace("york,2022-08-08,PO,10,7", "york,2022-08-08,PO,10,x"),
    )
    assert ran.code == 0
    assert json.loads(ran.out)["counts"]["missing"] == 2
