"""`may` and `relief` on the command line: every form, and every wrong use, which prints nothing to stdout."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import ROWS

Run = Callable[..., Any]
MORE = ROWS + "kent,2022-08-08,,,,10\nkent,2022-08-08,PO,10,10,\nkent,2022-08-08,PSO,10,10,\n"
RELEASES = (
    "        releases: {minutes: 60, per: points, every: month, basis: illustrative}\n        lapses_after:"
)
RELIEF = 'relief: {shortfall: {formula: "4 * (100 - staffing)", basis: illustrative}}\n'


@pytest.fixture
def ask(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    folder, file = policy_folder(), tmp_path / "returns.csv"
    for name in ("v1", "v2"):
        version = folder / "plan" / f"{name}.yaml"
        text = version.read_text("utf-8").replace("        lapses_after:", RELEASES)
        version.write_text(text + RELIEF, "utf-8")

    def call(command: str, *words: object, rows: str = ROWS) -> Any:
        file.write_text(rows)
        return prioritise(command, "--frameworks", folder, "--returns", file, *words)

    return call


class TestMay:
    def test_text(self, ask: Run) -> None:
        ran = ask("may", "york", "visits")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Yes, within limits. Home visits, York, 8 August 2022.\n")
        assert "Last day: 30 October 2022." in ran.out
        assert ask("may", "york", "mappa").out.startswith("No. MAPPA meetings, York")

    def test_json(self, ask: Run) -> None:
        told = json.loads(ask("may", "york", "visits", "--no-cohort", "--format", "json").out)
        assert (told["answer"], told["until"], told["cohorts"]) == ("limited", "2022-10-30", [])
        (decision,) = json.loads(ask("evaluate", "--format", "json").out)
        assert told["decision"] == decision["id"]

    def test_no_is_an_answer_and_no_failure(self, ask: Run) -> None:
        ran = ask("may", "kent", "visits", rows=MORE)
        assert (ran.code, ran.out[:3]) == (0, "No.")

    def test_out(self, ask: Run, tmp_path: Path) -> None:
        ran = ask("may", "york", "visits", "--out", tmp_path / "answer.txt")
        assert (ran.code, ran.out) == (0, "")
        assert (tmp_path / "answer.txt").read_text("utf-8").startswith("Yes")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("yorc", "visits"), "Did you mean york?"),
            (("york", "visit"), "Did you mean visits?"),
            (("york", "visits", "--cohort", "mappa"), "There is no cohort mappa in plan@v1."),
            (("york", "visits", "--cohort", "mappa", "--no-cohort"), "Give one of them."),
            (("york", "visits", "--cohort", ""), "There is no cohort"),
            (("york", "visits", "--format", "html"), "Invalid value"),
            (("york",), "Missing argument"),
            (("york", "visits", "--as-of", "soon"), "is no day"),
            (("york", "visits", "--framework", "plans"), "Did you mean plan?"),
        ],
    )
    def test_wrong_use(self, ask: Run, words: tuple[str, ...], said: str) -> None:
        ran = ask("may", *words)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err

    @pytest.mark.parametrize("command", [("may", "york", "visits"), ("relief", "york"), ("relief", "--all")])
    def test_refused_returns(self, ask: Run, command: tuple[str, ...]) -> None:
        ran = ask(*command, rows=ROWS.replace("10,7", "10,seven"))
        assert (ran.code, ran.out) == (1, "")
        assert "PF508" in ran.err

    @pytest.mark.parametrize("command", [("may", "york", "visits"), ("relief", "york"), ("relief", "--all")])
    def test_no_version_is_in_force(self, ask: Run, command: tuple[str, ...]) -> None:
        ran = ask(*command, "--as-of", "2022-07-31", rows=ROWS.replace("08-08", "07-25"))
        assert (ran.code, ran.out) == (1, "")
        assert "No version of plan is in force on 2022-07-31." in ran.err


class TestRelief:
    def test_text(self, ask: Run) -> None:
        ran = ask("relief", "york")
        assert (ran.code, ran.err) == (0, "")
        assert "Amber: 60.0 hours a month are missing." in ran.out
        assert "releases 10.0 hours a month" in ran.out

    @pytest.mark.parametrize(("form", "begins"), [("html", "<!doctype html>"), ("markdown", "# Are the")])
    def test_pages(self, ask: Run, form: str, begins: str) -> None:
        ran = ask("relief", "york", "--format", form)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(begins)

    def test_json(self, ask: Run) -> None:
        told = json.loads(ask("relief", "york", "--format", "json").out)
        assert (told["shortfall"]["hours"], told["released"], told["covers"]) == ("60.0", "10.0", False)
        (decision,) = json.loads(ask("evaluate", "--format", "json").out)
        assert told["decision"] == decision["id"]
        assert json.loads(ask("relief", "--all", "--format", "json").out) == [told]

    def test_a_unit_without_a_return(self, ask: Run) -> None:
        ran = ask("relief", "hull")
        assert (ran.code, "this PDU has sent no figures" in " ".join(ran.out.split())) == (0, True)

    def test_all(self, ask: Run) -> None:
        ran = ask("relief", "--all", rows=MORE)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.index("York") < ran.out.index("Kent")
        assert "Of 2 PDUs, for 1 they are enough and for 1 they are not." in ran.out

    def test_a_region(self, ask: Run) -> None:
        ran = ask("relief", "--region", "south", rows=MORE)
        assert (ran.code, "Kent" in ran.out, "York" in ran.out) == (0, True, False)
        both = ask("relief", "--region", "south", "--region", "north", "--format", "csv", rows=MORE)
        rows = list(csv.DictReader(io.StringIO(both.out)))
        assert [(row["pdu"], row["covers"]) for row in rows] == [("kent", "true"), ("york", "false")]

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ((), "Name a unit"),
            (("york", "--all"), "Name a unit"),
            (("york", "--region", "north"), "Name a unit"),
            (("yorc",), "Did you mean york?"),
            (("--region", "nord"), "Did you mean north?"),
            (("--all", "--format", "html"), "not as html"),
            (("--region", "north", "--format", "markdown"), "not as markdown"),
            (("york", "--format", "pdf"), "Invalid value"),
        ],
    )
    def test_wrong_use(self, ask: Run, words: tuple[str, ...], said: str) -> None:
        ran = ask("relief", *words)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err

    def test_a_region_without_returns(self, ask: Run) -> None:
        ran = ask("relief", "--region", "south")
        assert (ran.code, ran.out) == (1, "")
        assert "nothing can be told" in ran.err

    def test_an_empty_file(self, ask: Run) -> None:
        ran = ask("relief", "york", rows="pdu,as_of,grade,required,in_post,points\n")
        assert (ran.code, ran.out) == (1, "")
        assert "nothing can be told" in ran.err
