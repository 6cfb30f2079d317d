"""`evaluate`: what it decides, how it prints it, what it refuses and how it ends."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import FIRST, ORGANISATION

Run = Callable[..., Any]
ROWS = """\
pdu,as_of,grade,required,in_post,points
york,2022-08-01,,,,10
york,2022-08-01,PO,10,10,
york,2022-08-01,PSO,10,10,
york,2022-08-08,PO,10,7,
york,2022-08-08,PSO,10,10,
york,2022-08-15,,,,10
york,2022-08-15,PO,10,7,
york,2022-08-15,PSO,10,10,
kent,2022-08-15,PO,10,7.8,
kent,2022-08-15,PSO,10,10,
"""


@pytest.fixture
def evaluate(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    """Runs `evaluate` on some rows; further words follow."""
    folder = policy_folder()

    def call(*words: object, rows: str | bytes = ROWS, name: str = "returns.csv") -> Any:
        file = tmp_path / name
        file.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
        return prioritise("evaluate", "--frameworks", folder, "--returns", file, *words)

    return call


def decided(ran: Any) -> dict[str, Any]:
    """Decisions by their units."""
    return {one["pdu"]["id"]: one for one in json.loads(ran.out)}


class TestFormats:
    def test_json(self, evaluate: Run) -> None:
        ran = evaluate("--format", "json")
        assert (ran.code, ran.err) == (0, "")
        found = json.loads(ran.out)
        assert [one["pdu"]["id"] for one in found] == ["kent", "york"]
        york = found[1]
        assert (york["status"], york["as_of"], york["since"]) == ("amber", "2022-08-15", "2022-08-15")
        assert york["asked"] == {"as_of": None, "known_at": None}
        bare = {key: value for key, value in york.items() if key not in ("id", "decided_at", "asked")}
        canonical = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert york["id"] == "sha256:" + hashlib.sha256(canonical).hexdigest()

    def test_ndjson_is_canonical_line_by_line(self, evaluate: Run) -> None:
        ran = evaluate("--format", "ndjson")
        lines = ran.out.splitlines()
        for line in lines:
            assert line == json.dumps(
                json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False
            )
        assert [json.loads(line) for line in lines] == json.loads(evaluate("--format", "json").out)

    def test_csv(self, evaluate: Run) -> None:
        ran = evaluate("--format", "csv")
        kent, york = csv.DictReader(io.StringIO(ran.out, newline=""))
        assert (york["pdu"], york["status"], york["permitted"], york["version"]) == (
            "york",
            "amber",
            "visits",
            "v1",
        )
        assert (kent["status"], kent["previous"], kent["declared"], kent["outstayed"]) == (
            "amber",
            "indeterminate",
            "",
            "false",
        )
        assert york["decision"] == decided(evaluate("--format", "json"))["york"]["id"]

    def test_table(self, evaluate: Run) -> None:
        ran = evaluate()
        assert (ran.code, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert max(map(len, lines)) <= 80
        (york,) = [line for line in lines if line.startswith("York")]
        for word in ("Amber", "2022-08-15"):
            assert word in york
        assert "illustrative" in ran.out
        assert "\x1b" not in ran.out

    def test_table_with_long_names(self, evaluate: Run, policy_folder: Callable[..., Path]) -> None:

        long = (
            "The United Probation Delivery Unit of the Whole of York and everything around it, East and West"
        )
        policy_folder({"organisation.yaml": ORGANISATION.replace("name: York", f'name: "{long}"')})
        lines = evaluate().out.splitlines()
        assert max(map(len, lines)) <= 80
        assert (
            "".join(line.split("│")[0].strip() for line in lines if "│" in line)
            .replace(" ", "")
            .count("Whole")
            == 1
        )

    def test_the_same_bytes_each_time(self, evaluate: Run) -> None:
        assert evaluate("--format", "json").out == evaluate("--format", "json").out


class TestDays:
    def test_as_of(self, evaluate: Run) -> None:
        york = decided(evaluate("--format", "json", "--as-of", "2022-08-14"))["york"]
        assert (york["status"], york["as_of"], york["asked"]["as_of"]) == (
            "green",
            "2022-08-14",
            "2022-08-14",
        )
        kent = decided(evaluate("--format", "json", "--as-of", "2022-08-14"))["kent"]
        assert kent["indeterminate_because"] == [{"code": "no_return"}]  # its return is of a later day
        late = evaluate("--format", "json", "--as-of", "2022-08-30")
        assert (late.code, {one["status"] for one in json.loads(late.out)}) == (0, {"indeterminate"})

    def test_no_version_in_force(self, evaluate: Run) -> None:
        for form, printed in (("json", "[]\n"), ("ndjson", ""), ("table", "")):
            ran = evaluate("--format", form, "--as-of", "2022-07-31")
            assert (ran.code, ran.out) == (0, printed)
            assert "No version of plan is in force on 2022-07-31." in ran.err
        only_header = list(csv.reader(io.StringIO(evaluate("--format", "csv", "--as-of", "2022-07-31").out)))
        assert len(only_header) == 1

    def test_a_unit_that_has_ended(self, evaluate: Run) -> None:
        ran = evaluate("--pdu", "leeds", "--format", "json")
        assert (ran.code, ran.out, "Leeds" in ran.err) == (0, "[]\n", True)

    def test_a_named_version_judges_all_days(self, evaluate: Run) -> None:
        ran = evaluate("--format", "json", "--as-of", "2022-07-31", "--framework", "plan@v1")
        assert (ran.code, {one["framework"]["version"] for one in json.loads(ran.out)}) == (0, {"v1"})
        # Kent's 89.0% is below v1's 90 and not below v2's 85.
        assert decided(evaluate("--format", "json"))["kent"]["status"] == "amber"
        assert decided(evaluate("--format", "json", "--framework", "plan@v2"))["kent"]["status"] == "green"
        assert decided(evaluate("--format", "json", "--framework", "plan"))["kent"]["status"] == "amber"


class TestUnits:
    def test_only_some(self, evaluate: Run) -> None:
        assert list(decided(evaluate("--format", "json", "--pdu", "york"))) == ["york"]
        both = decided(evaluate("--format", "json", "--pdu", "york", "--pdu", "hull", "--pdu", "york"))
        assert (list(both), both["hull"]["status"]) == (["hull", "york"], "indeterminate")

    def test_an_unknown_one(self, evaluate: Run) -> None:
        ran = evaluate("--pdu", "yorc")
        assert (ran.code, ran.out) == (2, "")
        assert "york" in ran.err


class TestRefused:
    BAD = ROWS + "york,2022-08-15,CA,10,ten,\nyork,2022-02-30,PO,1,1,\natlantis,2022-08-15,PO,1,1,\n"

    @pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv"])
    def test_every_problem_is_listed_and_nothing_printed(
        self, evaluate: Run, form: str, tmp_path: Path
    ) -> None:
        ran = evaluate("--format", form, rows=self.BAD)
        assert (ran.code, ran.out) == (1, "")
        if form in ("json", "ndjson"):
            listed = json.loads(ran.err)
            assert {one["code"] for one in listed} >= {"PF504", "PF505", "PF507"}
            assert listed[0].keys() == {"code", "message", "file", "line", "column", "path", "hint", "also"}
            assert [one["line"] for one in listed] == sorted(one["line"] for one in listed)
            assert {one["file"] for one in listed} == {str(tmp_path / "returns.csv")}
        else:
            for line in ran.err.splitlines():
                assert line.startswith(f"{tmp_path / 'returns.csv'}:1")
            assert all(code in ran.err for code in ("PF504", "PF505", "PF507"))

    def test_skip_bad_rows(self, evaluate: Run) -> None:
        ran = evaluate("--format", "json", "--skip-bad-rows", rows=self.BAD)
        assert ran.code == 0
        assert list(decided(ran)) == ["kent", "york"]
        # The row of the unknown grade takes York's return of that day away.
        york = decided(ran)["york"]
        assert (york["status"], york["returns"][0]["as_of"]) == ("green", "2022-08-08")
        assert {"code": "PF608", "as_of": "2022-08-15"} in york["data_quality"]
        assert "PF507" in ran.err
        assert "PF507" not in ran.out

    def test_an_identical_row_is_ignored_and_noted(self, evaluate: Run) -> None:
        ran = evaluate("--format", "json", rows=ROWS + "york,2022-08-15,PO,10.0,7.0,\n")
        assert ran.code == 0
        assert {"code": "PF602", "as_of": "2022-08-15"} in decided(ran)["york"]["data_quality"]
        ran = evaluate("--format", "json", rows=ROWS + "york,2022-08-15,PO,10,8,\n")
        assert (ran.code, ran.out, [one["code"] for one in json.loads(ran.err)]) == (1, "", ["PF512"])

    @pytest.mark.parametrize(
        ("rows", "name", "code"),
        [
            (b"", "returns.csv", "PF503"),
            (b"\xff\xfe\x00\x01", "returns.csv", "PF501"),
            (b"no table", "returns.xlsx", "PF501"),
            (b"PAR1", "returns.parquet", "PF501"),
            (b"{", "returns.json", "PF501"),
            (b"x", "returns.doc", "PF501"),
            (b"pdu,as_of,in_posts\n", "returns.csv", "PF502"),
            (b"pdu,as_of,points\nyork,2999-01-01,1\n", "returns.csv", "PF506"),
            (b"pdu,as_of,points\nleeds,2022-08-15,1\n", "returns.csv", "PF515"),
        ],
    )
    def test_bytes_that_are_wrong(self, evaluate: Run, rows: bytes, name: str, code: str) -> None:
        ran = evaluate("--format", "json", rows=rows, name=name)
        assert (ran.code, ran.out, {one["code"] for one in json.loads(ran.err)}) == (1, "", {code})

    def test_a_file_without_returns(self, evaluate: Run) -> None:
        ran = evaluate("--format", "json", rows="pdu,as_of,points\n")
        assert (ran.code, ran.out) == (0, "[]\n")
        assert "no returns" in ran.err
        asked = evaluate(
            "--format", "json", "--pdu", "york", "--as-of", "2022-08-03", rows="pdu,as_of,points\n"
        )
        assert decided(asked)["york"]["indeterminate_because"] == [{"code": "no_return"}]

    def test_a_broken_framework_decides_nothing(
        self, evaluate: Run, policy_folder: Callable[..., Path]
    ) -> None:
        folder = policy_folder({"plan/v3.yaml": "format: 1\n"})
        ran = evaluate("--format", "json")
        assert (ran.code, ran.out) == (1, "")
        assert {one["file"] for one in json.loads(ran.err)} == {str(folder / "plan" / "v3.yaml")}


class TestEvents:
    def test_a_declaration_and_a_suspension(self, evaluate: Run, tmp_path: Path) -> None:
        file = tmp_path / "events.yaml"
        file.write_text(
            "declarations:\n"
            "  - {from: 2022-08-15, until: 2022-08-20, status: green, by: director, reason: x, pdu: york}\n"
            "suspensions: [{from: 2022-08-10, by: director, reason: x, region: south}]\n"
        )
        found = decided(evaluate("--format", "json", "--events", file))
        assert {pdu: one["status"] for pdu, one in found.items()} == {"york": "green", "kent": "suspended"}
        assert "(declared)" in evaluate("--events", file).out

    @pytest.mark.parametrize("form", ["table", "json"])
    def test_refused_events(self, evaluate: Run, tmp_path: Path, form: str) -> None:
        file = tmp_path / "events.json"
        file.write_text(
            '{"declarations": [{"from": "2022-08-15", "until": "2022-12-20", "status": "purple",'
            ' "by": "nobody", "reason": "x", "renew": ["nothing"], "pdu": "atlantis"}]}'
        )
        ran = evaluate("--format", form, "--events", file)
        assert (ran.code, ran.out) == (1, "")
        expected = {"PF521", "PF522", "PF524", "PF525"}
        found = (
            {one["code"] for one in json.loads(ran.err)}
            if form == "json"
            else {c for c in expected if c in ran.err}
        )
        assert found == expected


def test_without_a_framework_where_there_are_two(evaluate: Run, policy_folder: Callable[..., Path]) -> None:

    policy_folder({"other/v1.yaml": FIRST.replace("framework: plan", "framework: other")})
    ran = evaluate()
    assert (ran.code, ran.out) == (2, "")
    assert "other" in ran.err
    assert "plan" in ran.err
    assert evaluate("--framework", "other").code == 0
