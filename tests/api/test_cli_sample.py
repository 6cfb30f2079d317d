"""`sample`, `template` and `schema`: what they write can be used at once, and is the same each time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import SECOND

Run = Callable[..., Any]


class TestSample:
    def test_the_same_bytes_each_time(self, prioritise: Run) -> None:
        one, other = (prioritise("sample", "--weeks", 2, "--seed", 7) for _ in range(2))
        assert (one.code, one.out) == (0, other.out)
        assert "synthetic" in one.err
        assert prioritise("sample", "--weeks", 2, "--seed", 8).out != one.out
        assert prioritise("sample", "--weeks", 2).out == prioritise("sample", "--weeks", 2, "--seed", 1).out

    def test_weeks_and_days(self, prioritise: Run) -> None:
        rows = list(
            csv.DictReader(io.StringIO(prioritise("sample", "--weeks", 3, "--from", "2022-08-08").out))
        )
        days = sorted({row["as_of"] for row in rows})
        assert {"2022-08-08", "2022-08-15", "2022-08-22"} <= set(days)
        assert (days[0], days[-1] < "2022-08-29") == ("2022-08-08", True)  # some send theirs a day late
        assert all("synthetic" in (row["basis"] + row["note"]) for row in rows if row["basis"] or row["note"])
        assert len({row["pdu"] for row in rows}) > 100

    def test_out_and_events_can_be_evaluated(self, prioritise: Run, tmp_path: Path) -> None:
        returns, events = tmp_path / "returns.csv", tmp_path / "events.json"
        words = ("--weeks", 2, "--from", "2022-08-08")
        ran = prioritise("sample", *words, "--out", returns, "--events", events)
        assert (ran.code, ran.out) == (0, "")
        assert returns.read_text(encoding="utf-8") == prioritise("sample", *words).out
        asked = ("evaluate", "--returns", returns, "--events", events, "--pdu", "york", "--format", "json")
        evaluated = prioritise(*asked)
        assert (evaluated.code, evaluated.err) == (0, "")
        (york,) = json.loads(evaluated.out)
        assert york["as_of"] == max(row["as_of"] for row in csv.DictReader(io.StringIO(returns.read_text())))
        assert york["returns"][0]["annotations"]["basis"] == "synthetic"

    def test_a_framework_that_has_other_inputs(
        self, prioritise: Run, policy_folder: Callable[..., Path]
    ) -> None:
        ran = prioritise("sample", "--weeks", 1, "--frameworks", policy_folder())
        assert ran.code == 0

    @pytest.mark.parametrize(
        "words",
        [
            ("--weeks", 0),
            ("--weeks", 521),
            ("--weeks", "two"),
            ("--from", "soon"),
            ("--from", "2022-02-30"),
            ("--from", "9999-12-31", "--weeks", 1),
            ("--from", "9999-12-01", "--weeks", 10),
            ("--seed", "x"),
        ],
    )
    def test_wrong_words(self, prioritise: Run, words: tuple[object, ...]) -> None:
        ran = prioritise("sample", *words)
        assert (ran.code, ran.out) == (2, "")


class TestTemplate:
    def test_it_has_the_columns_that_are_needed_and_is_a_good_file(
        self, prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path
    ) -> None:
        folder = policy_folder()
        ran = prioritise("template", "--frameworks", folder)
        assert ran.code == 0
        header = next(csv.reader(io.StringIO(ran.out)))
        assert header[:2] == ["pdu", "as_of"]
        assert {"grade", "required", "in_post", "points"} <= set(header)
        file = tmp_path / "template.csv"
        assert prioritise("template", "--frameworks", folder, "--out", file).out == ""
        assert file.read_text(encoding="utf-8") == ran.out
        again = prioritise("evaluate", "--frameworks", folder, "--returns", file, "--format", "json")
        assert (again.code, again.out) == (0, "[]\n")

    def test_a_workbook(self, prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> None:
        folder, file = policy_folder(), tmp_path / "template.xlsx"
        assert prioritise("template", "--frameworks", folder, "--format", "xlsx", "--out", file).code == 0
        again = prioritise("evaluate", "--frameworks", folder, "--returns", file, "--format", "json")
        assert (again.code, again.out) == (0, "[]\n")

    def test_of_a_version(self, prioritise: Run, policy_folder: Callable[..., Path]) -> None:

        folder = policy_folder(
            {"plan/v2.yaml": SECOND.replace("  points:", "  alerts: {decimals: 0}\n  points:")}
        )
        named = prioritise("template", "--frameworks", folder, "--framework", "plan@v1").out
        assert "alerts" not in named
        assert "alerts" in prioritise("template", "--frameworks", folder).out


@pytest.mark.parametrize(
    "name", ["framework", "region", "scenarios", "organisation", "events", "returns", "decision"]
)
def test_schemas(prioritise: Run, name: str) -> None:
    ran = prioritise("schema", name)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["$schema"].startswith("https://json-schema.org/")
    assert prioritise("schema").out == prioritise("schema", "framework").out
