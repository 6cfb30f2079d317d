"""PDF by the command line: to a file or to stdout, and only where there is such a form."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reports.pdf_kit import conforms
from tests.small_policy import ROWS

Run = Callable[..., Any]


@pytest.fixture
def desk(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    folder, file = policy_folder(), tmp_path / "returns.csv"
    file.write_text(ROWS)

    def call(command: str, *words: object) -> Any:
        return prioritise(command, *words, "--frameworks", folder, "--returns", file)

    return call


def test_an_explanation(desk: Run, tmp_path: Path) -> None:
    out = tmp_path / "york.pdf"
    ran = desk("explain", "york", "--format", "pdf", "--out", out)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    pdf = conforms(out.read_bytes())
    assert pdf.headings()[0] == (1, "York: Amber since 8 August 2022")
    assert any("change the status" in text for _, text in pdf.headings())


def test_a_comparison_with_and_without_returns(desk: Run, prioritise: Run, tmp_path: Path) -> None:
    out = tmp_path / "compared.pdf"
    ran = desk("compare", "plan@v1", "plan@v2", "--format", "pdf", "--out", out)
    assert (ran.code, ran.out) == (0, "")
    with_returns = conforms(out.read_bytes())
    assert with_returns.says("Impact on real returns")
    assert str(with_returns.reader.metadata.creation_date).startswith("2022-08-14")
    words = ("compare", "plan@v1", "plan@v2", "--format", "pdf", "--out", out)
    ran = prioritise(*words, "--frameworks", tmp_path / "policy")
    assert ran.code == 0
    without = conforms(out.read_bytes())
    assert not without.says("Impact on real returns")
    assert str(without.reader.metadata.creation_date).startswith("2022-09-05")
    first = out.read_bytes()
    assert prioritise(*words, "--frameworks", tmp_path / "policy").code == 0
    assert out.read_bytes() == first


def test_to_stdout_byte_by_byte(policy_folder: Callable[..., Path], tmp_path: Path) -> None:
    folder, file = policy_folder(), tmp_path / "returns.csv"
    file.write_text(ROWS)
    program = [sys.executable, "-c", "from api.cli import main; main()"]
    words = ["explain", "york", "--frameworks", str(folder), "--returns", str(file), "--format", "pdf"]
    ran = subprocess.run([*program, *words], capture_output=True, check=True)
    assert conforms(ran.stdout).says("York")


@pytest.mark.parametrize(
    "words",
    [
        ("preview", "no-such.yaml"),
        ("distance", "york"),
        ("evaluate",),
        ("relief", "york"),
    ],
)
def test_other_commands_have_no_such_form(desk: Run, words: tuple[str, ...]) -> None:
    ran = desk(*words, "--format", "pdf")
    assert ran.code == 2
    assert "pdf" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("pdu", ["yorc", "region:nort"])
def test_nothing_is_written_where_there_is_nothing_to_explain(desk: Run, pdu: str, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    ran = desk("explain", pdu, "--format", "pdf", "--out", out)
    assert ran.code in (1, 2)
    assert ran.err
    assert not out.exists()


def test_a_folder_that_is_not_there(desk: Run, tmp_path: Path) -> None:
    ran = desk("explain", "york", "--format", "pdf", "--out", tmp_path / "none" / "york.pdf")
    assert ran.code == 2
    assert ran.err
