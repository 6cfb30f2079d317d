"""`explain`: one decision in words, in every format, to the terminal or to a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import ROWS

Run = Callable[..., Any]


@pytest.fixture
def explain(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    folder, file = policy_folder(), tmp_path / "returns.csv"

    def call(*words: object, pdu: str = "york", rows: str = ROWS) -> Any:
        file.write_text(rows)
        return prioritise("explain", pdu, "--frameworks", folder, "--returns", file, *words)

    return call


def test_text(explain: Run) -> None:
    ran = explain()
    assert (ran.code, ran.err) == (0, "")
    for word in ("York", "Amber", "Home visits", "MAPPA meetings"):
        assert word in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(
    ("form", "beginning"), [("html", "<!doctype html>"), ("markdown", "#"), ("json", "{")]
)
def test_other_formats(explain: Run, form: str, beginning: str) -> None:
    ran = explain("--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.lower().startswith(beginning)
    assert "York" in ran.out


def test_json_is_the_decision(explain: Run, prioritise: Run, tmp_path: Path) -> None:
    decision = json.loads(explain("--format", "json").out)
    (same,) = json.loads(
        prioritise(
            "evaluate",
            "--frameworks",
            tmp_path / "policy",
            "--returns",
            tmp_path / "returns.csv",
            "--format",
            "json",
        ).out
    )
    assert decision == same


def test_out(explain: Run, tmp_path: Path) -> None:
    file = tmp_path / "york.html"
    ran = explain("--format", "html", "--out", file)
    assert (ran.code, ran.out) == (0, "")
    assert file.read_text(encoding="utf-8") == explain("--format", "html").out
    assert [one.name for one in tmp_path.iterdir() if "york" in one.name] == ["york.html"]


def test_a_refused_file_leaves_the_page_as_it_was(explain: Run, tmp_path: Path) -> None:
    file = tmp_path / "york.html"
    file.write_text("the page of last week")
    ran = explain("--format", "html", "--out", file, rows=ROWS + "york,2022-08-08,PO,ten,7,\n")
    assert (ran.code, ran.out) == (1, "")
    assert "PF508" in ran.err
    assert file.read_text() == "the page of last week"
    listed = json.loads(explain("--format", "json", rows=ROWS + "york,2022-08-08,PO,ten,7,\n").err)
    assert "PF508" in {one["code"] for one in listed}


@pytest.mark.parametrize("out", [".", "/", "", "policy", "no/such/folder/page.html"])
def test_where_nothing_can_be_written(
    explain: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    explain()  # writes the files that it reads
    before = sorted(tmp_path.rglob("*"))
    ran = explain("--out", out)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written" in ran.err
    assert sorted(tmp_path.rglob("*")) == before


def test_as_of_and_version(explain: Run) -> None:
    stale = json.loads(explain("--format", "json", "--as-of", "2022-08-30").out)
    assert (stale["status"], stale["as_of"]) == ("indeterminate", "2022-08-30")
    before = explain("--as-of", "2022-07-31")
    assert (before.code, before.out) == (1, "")
    assert "No version of plan is in force on 2022-07-31." in before.err
    named = explain("--format", "json", "--as-of", "2022-07-31", "--framework", "plan@v2")
    assert json.loads(named.out)["framework"]["version"] == "v2"
    assert explain("--as-of", "2022-07-31", "--framework", "plan@v2").code == 0


def test_units(explain: Run) -> None:
    unknown = explain(pdu="yorc")
    assert (unknown.code, unknown.out) == (2, "")
    assert "york" in unknown.err
    silent = explain(pdu="hull")
    assert (silent.code, silent.err) == (0, "")
    assert "Hull" in silent.out
    ended = explain("--as-of", "2022-08-11", pdu="leeds")
    assert (ended.code, ended.out, "Leeds" in ended.err) == (1, "", True)


def test_events(explain: Run, tmp_path: Path) -> None:
    file = tmp_path / "events.yaml"
    file.write_text("suspensions: [{from: 2022-08-05, by: director, reason: A flood., region: north}]\n")
    ran = explain("--events", file)
    assert ran.code == 0
    assert "A flood." in ran.out
