"""The words of messages about documents: each names the kind of thing, and says what to write instead."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from rules.figures import FigureSpec
from rules.problems import Findings
from rules.text import parse
from tests.support import NORTH, PLAN, changed, library_problems


def spec(decimals: int) -> FigureSpec:
    return FigureSpec("staff", "Staff", "FTE", decimals, None, (), None, None, None)


@pytest.mark.parametrize(
    ("decimals", "message", "hint"),
    [
        (0, "staff 1.125 is no whole number.", "Round it to whole numbers before it is sent."),
        (1, "staff 1.125 has more than 1 decimal.", "Round it to 1 decimal before it is sent."),
        (2, "staff 1.125 has more than 2 decimals.", "Round it to 2 decimals before it is sent."),
    ],
)
def test_decimals_are_counted_in_words(decimals: int, message: str, hint: str) -> None:
    misfit = spec(decimals).misfit(Decimal("1.125"))
    assert misfit is not None
    assert (misfit.code, misfit.message, misfit.hint) == ("PF509", message, hint)


NOT_LINED_UP = "This line does not line up with those above it."
NOT_FOLLOWING = "This line does not follow from the one above it."
CLOSED = "Something stands after a quotation mark or a bracket that is closed already."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a: 1\nb: "x\nc: 2\n', "The quotation mark in line 2 is not closed."),
        ("a: 'x\n---\n", "The quotation mark in line 1 is not closed."),
        ("a: b: c\n", "A plain text holds a colon with a space after it."),
        ("a: 'don't'\n", CLOSED),
        ("a: [1, 2]]\n", CLOSED),
        ("a:\n\tb: 1\n", "A tab stands where a line is indented."),
        ("a: 1\n\tb: 2\n", "A tab stands where a line is indented."),
        ("a: |\n\tb\n", "A tab stands where a line is indented."),
        ("a:\n  b: 1\n c: 2\n", NOT_LINED_UP),
        ("a: 1\n- b\n", NOT_LINED_UP),
        ("- a\nb: 1\n", NOT_LINED_UP),
        ("a:\n  b: 1\n   c: 2\n", NOT_FOLLOWING),
        ("a\nb: 1\n", NOT_FOLLOWING),
        ("a: 1\nb\n", "The key in line 2 has no colon after it."),
        ("a: [1, 2\nb: 3\n", "The bracket in line 1 is not closed, or a comma is missing."),
        ("a: - b\n", "A list begins in the middle of a line."),
        ("a: @b\n", "A plain text cannot begin with @."),
        ("a: \u2028\nb: `x`\n", "A plain text cannot begin with `."),
    ],
)
def test_what_is_no_yaml_is_told_in_plain_words(text: str, message: str) -> None:
    findings = Findings()
    assert parse(text, "a.yaml", findings) is None
    assert [(one.code, one.message) for one in findings.problems] == [("PF103", message)]


def test_rarer_faults_are_told_in_the_words_of_yaml() -> None:
    findings = Findings()
    parse("a: }\n", "a.yaml", findings)
    (problem,) = findings.problems
    assert problem.message == (
        "This is not valid YAML: while parsing a block node did not find expected node content."
    )


def test_units_are_not_looked_for_in_a_region_that_is_not_known(tmp_path: Path) -> None:
    north = changed(NORTH, ("region: north", "region: nort"), ("      york:", "      yorc:"))
    problems, _ = library_problems(tmp_path, {"plan/v1.yaml": PLAN, "plan/regions/north.yaml": north})
    assert [(one.code, one.message) for one in problems] == [("PF257", "nort is no region.")]


@pytest.mark.parametrize(
    ("expected", "code", "message"),
    [
        ("status: ambre", "PF404", "There is no status ambre."),
        ("permitted: [visitz]", "PF404", "There is no activity visitz."),
        ("reductions: {visits: ambre}", "PF404", "There is no status ambre."),
        ("ends: {visitz: 2022-08-08}", "PF404", "There is no activity visitz."),
        ("measures: {staffin: 1}", "PF404", "There is no measure staffin."),
        ("status: green}\n    region: nort\n    inputs: {", "PF407", "There is no region nort."),
        ("status: green}\n    pdu: yorc\n    inputs: {", "PF407", "There is no PDU yorc."),
    ],
)
def test_the_kind_of_an_unknown_name_is_told(tmp_path: Path, expected: str, code: str, message: str) -> None:
    scenarios = (
        "format: 1\nframework: plan\nversion: v1\nscenarios:\n"
        f"  - name: An example\n    returns: [{{as_of: 2022-08-08}}]\n    expect: {{{expected}}}\n"
    )
    files = {"plan/v1.yaml": PLAN, "plan/scenarios/one.yaml": scenarios}
    problems, _ = library_problems(tmp_path, files)
    assert [(one.code, one.message) for one in problems if one.code.startswith("PF4")] == [(code, message)]
