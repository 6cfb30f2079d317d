"""What `prioritise check` does with what is proved: errors fail, warnings fail under --strict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.prove.planted_case import amber
from tests.prove.planted_policy import CLEAN, GUARANTEE, Files, lay_out, with_changes

BROKEN = with_changes((GUARANTEE, "  - §{name: nobody is Red, never: {status: red}}\n"))
"""A guarantee that breaks."""
FLAPS = with_changes(amber("{staffing: {below: amber_point}}", "§{staffing: {at_least: 94.9}}"))
"""A status that flaps."""


class Checked(NamedTuple):
    """What a call gave, and the place of the mark."""

    code: int
    out: str
    file: str
    line: int


Check = Callable[..., Checked]


@pytest.fixture
def check(tmp_path: Path, prioritise: Callable[..., Any]) -> Check:
    """Lays a folder out and calls `prioritise check` on it."""

    def call(files: Files, *options: str) -> Checked:
        places = lay_out(tmp_path, files)
        ran = prioritise("check", "--frameworks", tmp_path, *options)
        return Checked(ran.code, ran.out, *(places[0] if places else ("", 0)))

    return call


def test_nothing_wrong(check: Check) -> None:
    assert check(CLEAN, "--strict")[:2] == (0, "")


@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_a_broken_guarantee_fails(check: Check, options: tuple[str, ...]) -> None:
    ran = check(BROKEN, *options)
    assert ran.code == 1
    (line,) = ran.out.splitlines()
    assert line.startswith(f"{ran.file}:{ran.line}:")
    assert ": PF271 " in line


@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_no_proofs_leaves_guarantees_out(check: Check, options: tuple[str, ...]) -> None:
    assert check(BROKEN, "--no-proofs", *options)[:2] == (0, "")


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--strict",), 1), (("--no-proofs",), 0), (("--no-proofs", "--strict"), 1)],
)
def test_warnings_fail_under_strict(check: Check, options: tuple[str, ...], code: int) -> None:
    ran = check(FLAPS, *options)
    assert ran.code == code
    (line,) = ran.out.splitlines()
    assert line.startswith(f"{ran.file}:{ran.line}:")
    assert ": PF324 " in line
    assert "94.9" in line


def test_json(check: Check) -> None:
    ran = check(BROKEN, "--format", "json")
    (problem,) = json.loads(ran.out)
    assert (ran.code, problem["code"]) == (1, "PF271")
    assert (problem["file"], problem["line"]) == (ran.file, ran.line)
    assert problem["message"]
    assert problem["hint"]
    assert problem["path"].startswith("guarantees[0]")


def test_github(check: Check) -> None:
    broken = check(BROKEN, "--format", "github")
    assert broken.code == 1
    (line,) = broken.out.splitlines()
    assert line.startswith(f"::error file={broken.file},line={broken.line},")
    assert "title=PF271::" in line
    flaps = check(FLAPS, "--format", "github")
    assert flaps.code == 0
    (line,) = flaps.out.splitlines()
    assert line.startswith(f"::warning file={flaps.file},line={flaps.line},")
    assert "title=PF324::" in line


def test_other_commands_prove_nothing(prioritise: Callable[..., Any], tmp_path: Path) -> None:
    """A guarantee that breaks is for its authors; it keeps nobody from deciding."""
    lay_out(tmp_path, BROKEN)
    assert prioritise("test", "--frameworks", tmp_path).code == 0
