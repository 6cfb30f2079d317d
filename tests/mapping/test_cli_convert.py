"""`convert`, and `--mapping` of `evaluate` and `load`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rules.library import load_library
from tests.mapping.exports import FOLDER
from tests.mapping.kit import EXPORT, MAPPING, write_mapping
from tests.support import PLAN, changed, write_library

Run = Callable[..., Any]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    folder = write_library(tmp_path / "policy", {"plan/v1.yaml": PLAN, "organisation.yaml": REGISTER})
    write_mapping(folder)
    (tmp_path / "export.csv").write_text(EXPORT)
    return folder


REGISTER = """\
format: 1
regions: [{id: north, name: The North}]
pdus:
  - {id: york, name: York, region: north}
  - {id: hull, name: Hull, region: north}
"""


def test_returns_on_stdout_and_the_rest_on_stderr(prioritise: Run, policy: Path, tmp_path: Path) -> None:
    ran = prioritise("convert", tmp_path / "export.csv", "--mapping", "tool", "--frameworks", policy)
    assert ran.code == 0
    assert ran.out.splitlines()[0].startswith("pdu,as_of,grade,required_fte,in_post_fte,points")
    assert "hull,2022-08-29,PO,,0.27,,,,\n" in ran.out
    assert "1 row left out: Kind is 'Total'" in ran.err


def test_what_is_written_is_read_again(prioritise: Run, policy: Path, tmp_path: Path) -> None:
    out = tmp_path / "returns.csv"
    ran = prioritise(
        "convert", tmp_path / "export.csv", "--mapping", "tool", "--frameworks", policy, "--out", out
    )
    assert (ran.code, ran.err) == (0, "")
    assert "2 returns with 6 figures." in ran.out
    ran = prioritise("evaluate", "--returns", out, "--frameworks", policy, "--format", "json")
    direct = prioritise(
        "evaluate", "--returns", tmp_path / "export.csv", "--mapping", "tool", "--frameworks", policy,
        "--format", "json",
    )  # fmt: skip
    assert direct.code == 0
    assert "7 rows read" in direct.err
    assert json.loads(ran.out) == json.loads(direct.out)


def test_a_dry_run_writes_nothing(prioritise: Run, policy: Path, tmp_path: Path) -> None:
    words = ["convert", tmp_path / "export.csv", "--mapping", "tool", "--frameworks", policy, "--dry-run"]
    ran = prioritise(*words, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["returns"] == 2
    assert prioritise(*words, "--out", tmp_path / "x.csv").code == 2
    assert not (tmp_path / "x.csv").exists()


def test_a_mapping_may_lie_anywhere(prioritise: Run, policy: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(MAPPING)
    ran = prioritise("convert", tmp_path / "export.csv", "--mapping", path, "--frameworks", policy)
    assert ran.code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--mapping", "toll"], "Did you mean tool?"),
        (["--mapping", "nowhere.yaml"], "cannot be opened"),
        (["--mapping", "tool", "--day", "2022-08-29"], "Leave --day out"),
        (["--mapping", "tool", "--day", "soon"], "no day"),
        (["--mapping", "tool", "--mapping", "tool"], "one --mapping for all exports"),
        (["--mapping", "tool", "--framework", "other"], "no framework other"),
        ([], "--mapping"),
    ],
)
def test_wrong_use_ends_with_2(
    prioritise: Run, policy: Path, tmp_path: Path, words: list[str], says: str
) -> None:
    ran = prioritise("convert", tmp_path / "export.csv", "--frameworks", policy, *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in " ".join(ran.err.split())


def test_an_export_that_is_not_there_ends_with_2(prioritise: Run, policy: Path, tmp_path: Path) -> None:
    ran = prioritise("convert", tmp_path / "no.csv", "--mapping", "tool", "--frameworks", policy)
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_refused_export_leaves_stdout_empty(
    prioritise: Run, policy: Path, tmp_path: Path, form: str
) -> None:
    (tmp_path / "export.csv").write_text(EXPORT.replace("Hull", "Hul"))
    ran = prioritise(
        "convert", tmp_path / "export.csv", "--mapping", "tool", "--frameworks", policy, "--format", form
    )
    assert (ran.code, ran.out) == (1, "")
    if form == "json":
        (problem,) = json.loads(ran.err)
        assert (problem["code"], problem["line"], problem["path"]) == ("PF542", 7, "row 7, Unit")
    else:
        assert "export.csv:7:2: PF542 There is no PDU 'Hul'." in ran.err


def test_a_broken_mapping_is_told_and_keeps_nobody_from_deciding(
    prioritise: Run, policy: Path, tmp_path: Path
) -> None:
    write_mapping(policy, changed(MAPPING, ("divide: 37", "divide: 0")))
    ran = prioritise("convert", tmp_path / "export.csv", "--mapping", "tool", "--frameworks", policy)
    assert (ran.code, ran.out) == (1, "")
    assert "tool.yaml:21:13: PF298" in ran.err
    assert load_library(policy).framework().id == "plan"
    assert prioritise("check", "--frameworks", policy, "--no-proofs").code == 1


@pytest.mark.parametrize("more", [["--skip-bad-rows"], ["--day", "2022-08-29"]])
def test_evaluate_takes_no_odd_mixture(
    prioritise: Run, policy: Path, tmp_path: Path, more: list[str]
) -> None:
    mapping = [] if "--day" in more else ["--mapping", "tool"]
    ran = prioritise(
        "evaluate", "--returns", tmp_path / "export.csv", "--frameworks", policy, *mapping, *more
    )
    assert (ran.code, ran.out) == (2, "")


@pytest.fixture
def load(prioritise: Run, policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("PRIORITISE_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def call(*words: object) -> Any:
        return prioritise("load", tmp_path / "export.csv", "--store", tmp_path / "l.sqlite3", *words)

    return call


def test_load_takes_a_mapping_and_looks_first(load: Run, policy: Path, tmp_path: Path) -> None:
    first = ["--mapping", "tool", "--frameworks", policy]
    ran = load(*first, "--dry-run")
    assert ran.code == 0
    assert ran.out.startswith("2 returns would be recorded.")
    assert not (tmp_path / "l.sqlite3").exists()
    assert load(*first).out.startswith("2 returns recorded.")
    ran = load("--mapping", "tool", "--dry-run")  # by the documents that the ledger has recorded
    assert ran.out.splitlines()[0] == "0 returns would be recorded; 2 are there already."
    (tmp_path / "export.csv").write_text(EXPORT.replace("Active,18.5", "Active,37"))
    ran = load("--mapping", "tool", "--dry-run", "--format", "json")
    assert json.loads(ran.out) == {
        "dry_run": True, "returns": 1, "unchanged": 1, "corrected": 1, "events": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "more", [["--mapping", "other"], ["--day", "2022-08-29"], ["--mapping", "tool", "--skip-bad-rows"]]
)
def test_load_refuses_what_makes_no_sense(load: Run, policy: Path, tmp_path: Path, more: list[str]) -> None:
    ran = load("--frameworks", policy, *more)
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / "l.sqlite3").exists()


def test_load_refuses_a_bad_export_and_records_nothing(load: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text(EXPORT.replace("Hull", "Hul"))
    ran = load("--frameworks", policy, "--mapping", "tool")
    assert (ran.code, ran.out) == (1, "")
    assert "PF542" in ran.err
    assert not (tmp_path / "l.sqlite3").exists()


def test_the_shipped_exports_are_converted_together(prioritise: Run) -> None:
    ran = prioritise(
        "convert", FOLDER / "workload-tool.csv", FOLDER / "workforce.csv",
        "--mapping", "workload-tool", "--mapping", "workforce", "--dry-run",
    )  # fmt: skip
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "6 returns with 78 figures."
