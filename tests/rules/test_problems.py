"""Problems as values: their order, each once, and one told for many that have one cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.library import check_library, load_library
from rules.problems import DocumentError, Findings, Place, Problem, folded, ordered
from tests.support import NORTH, PLAN, SCENARIOS, changed, write_library

V1, N, S = "plan/v1.yaml", "plan/regions/north.yaml", "plan/scenarios/s.yaml"


def problem(
    line: int, code: str = "PF223", message: str = "x is no status.", file: str = "a.yaml"
) -> Problem:
    return Problem(code, message, Place(file, line, 1, f"items[{line}]"), "Did you mean y?")


def test_problems_are_ordered_by_place_and_told_once() -> None:
    some = [problem(2), problem(10), problem(1, "PF240"), problem(1), problem(2), problem(1, file="A.yaml")]
    assert [(one.place.file, one.place.line, one.code) for one in ordered(some)] == [
        ("A.yaml", 1, "PF223"),
        ("a.yaml", 1, "PF223"),
        ("a.yaml", 1, "PF240"),
        ("a.yaml", 2, "PF223"),
        ("a.yaml", 10, "PF223"),
    ]


def test_three_that_say_the_same_are_told_and_four_are_one() -> None:
    assert len(folded(problem(line) for line in range(1, 4))) == 3
    (one,) = folded(problem(line) for line in (4, 1, 3, 2))
    assert (one.place.line, [place.line for place in one.also]) == (1, [2, 3, 4])
    assert one.hint == "Did you mean y? The same stands in 3 more places."


def test_what_differs_in_code_words_or_file_has_another_cause() -> None:
    some = [problem(line) for line in range(1, 4)]
    other = [problem(4, message="z is no status."), problem(5, "PF250"), problem(6, file="b.yaml")]
    assert len(folded([*some, *other])) == 6


def test_what_is_said_of_values_is_told_at_each() -> None:
    some = [problem(line, "PF209", "A number is due here, not x.") for line in range(1, 9)]
    assert folded(some) == ordered(some)


def test_warnings_are_no_errors() -> None:
    findings = Findings([problem(1, "PF301"), problem(2, "PF403"), problem(3)])
    assert [one.code for one in findings.errors] == ["PF403", "PF223"]
    assert [one.code for one in findings.blocking] == ["PF223"]


def test_one_slip_is_no_hundred_problems(tmp_path: Path) -> None:
    """A trigger point that is misspelt where it is defined, a status, a region: whatever rests on them is told once."""
    uses = "".join(f"        - {{staffing: {{below: amber_staffing}}, note: n{n}}}\n" for n in range(100))
    version = changed(
        PLAN,
        ("  amber_staffing: {", "  amber_stafing: {"),
        ("      any:\n        - staffing", f"      any:\n{uses}        - staffing"),
    )
    write_library(tmp_path, {V1: version, N: NORTH, S: SCENARIOS})
    (one,) = check_library(tmp_path)
    assert (one.code, len(one.also)) == ("PF210", 100)
    assert one.hint.startswith("Did you mean amber_stafing?")
    with pytest.raises(DocumentError) as refused:
        load_library(tmp_path)
    assert refused.value.problems == (one,)


def test_scenarios_that_name_what_is_gone_are_told_once_for_each_file(tmp_path: Path) -> None:
    head, one = SCENARIOS.split("  - name: a director")[0].split("  - name: enough staff is green")
    many = head + "".join(f"  - name: number {n}{one}" for n in range(50))
    write_library(tmp_path, {V1: changed(PLAN, ("- id: reports", "- id: report")), S: many})
    found = [one for one in check_library(tmp_path) if not one.is_warning]
    assert [(one.code, len(one.also)) for one in found] == [("PF404", 49)]


def test_a_missing_key_has_its_own_path_at_what_it_is_missing_from(tmp_path: Path) -> None:
    text = changed(PLAN, ("activation: automatic\n", ""), ("strength: should\n        ", ""))
    write_library(tmp_path, {V1: text})
    found = [(one.code, one.place.line, one.place.path) for one in check_library(tmp_path)]
    line = text.splitlines().index("      - from: red") + 1
    assert found == [
        ("PF206", 1, "activation"),
        ("PF206", line, "activities[0].reductions[1].strength"),
    ]


def test_what_is_wrong_with_the_text_has_a_path_too(tmp_path: Path) -> None:
    text = changed(
        PLAN,
        ("    colour: amber\n", "    colour: amber\n    colour: red\n"),
        ("summary: What", "summary: !x What"),
        ("except: [mappa]", "except: [&a mappa]"),
        ("parts: {contact: Contact}", "parts: {<<: {}, contact: Contact}"),
    )
    write_library(tmp_path, {V1: text})
    assert [(one.code, one.place.path) for one in check_library(tmp_path)] == [
        ("PF105", "summary"),
        ("PF106", "statuses[1].colour"),
        ("PF105", "parts.<<"),
        ("PF105", "activities[0].reductions[0].except[0]"),
    ]
