"""What keeps a check short whatever a file holds: limits of size, and limits of what is told."""

from __future__ import annotations

import pytest

from rules.check.scenarios import check_scenarios
from rules.problems import LONGEST, MAX_TOLD, Findings, Place, Problem, did_you_mean
from rules.text import parse
from tests.support import PLAN, SCENARIOS, changed, policy_of, read_version, told


def codes(text: str) -> list[str]:
    """The codes of a version's problems, by place."""
    return [problem.code for problem in read_version(text)[1]]


def test_of_many_errors_a_thousand_are_told_and_that_there_are_more() -> None:
    measures = "".join(f"  x{number}: {{formula: y{number}, unit: [a]}}\n" for number in range(2_000))
    policy, problems = read_version(changed(PLAN, ("measures:\n", f"measures:\n{measures}")))
    assert policy is None
    assert len(problems) == MAX_TOLD + 1
    assert problems[0].code == "PF108"
    assert problems[0].place.line == 1


def test_warnings_are_counted_for_themselves_and_stop_nothing() -> None:
    findings = Findings()
    with findings.reading():
        for line in range(1, MAX_TOLD + 10):
            findings.add("PF301", "It is never used.", Place("f.yaml", line))
        findings.add("PF210", "It is no input.", Place("f.yaml", 1))
    assert [problem.code for problem in findings.problems[-3:]] == ["PF301", "PF319", "PF210"]
    assert [problem.code for problem in findings.errors] == ["PF210"]


def test_each_file_has_its_own_thousand() -> None:
    findings = Findings()
    for file in ("a.yaml", "b.yaml"):
        with findings.reading():
            for line in range(1, 2 * MAX_TOLD):
                findings.add("PF210", "It is no input.", Place(file, line))
    assert len(findings.problems) == 2 * (MAX_TOLD + 1)


def test_hints_end_before_the_search_for_them_takes_long() -> None:
    names = [f"name_{number}" for number in range(3_000)]
    assert did_you_mean("nam_17", names) == "Did you mean name_17?"
    with Findings().reading():
        hints = [did_you_mean(f"nam_{number}", names) for number in range(500)]
    assert hints[0].startswith("Did you mean ")
    assert hints[-1] == "Check the spelling: it is not among the names known here."
    assert did_you_mean("nam_17", names) == "Did you mean name_17?"


def test_a_message_is_one_short_line_whatever_it_quotes() -> None:
    problem = Problem("PF210", "a\x1b[31m\u202e\nb" + "x" * 9_999, Place("f.yaml"), "\x00" * 600)
    assert problem.message.startswith(r"a\x1b[31m\u202e\nb")
    assert len(problem.message) == len(problem.hint) == LONGEST
    assert problem.message.isprintable()
    assert problem.hint.isprintable()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("title: A plan", 'title: "A\\0plan"', "PF201"),
        ("title: A plan", 'title: "A\\x1b[31m plan"', "PF201"),
        ("- id: green", '- id: "gr\\u200been"', "PF202"),
        ("version: v1", 'version: "v\\u202e1"', "PF202"),
        ("default: 75}", "default: 0.0000000000000001}", "PF209"),
        ("{below: red_staffing}", "{below: 0.0000000000000001}", "PF209"),
        ("title: A plan", f"title: A plan\n? {'x' * 201}\n: y", "PF109"),
        ("format: 1\n", "%A b\n" * 11 + "---\nformat: 1\n", "PF105"),
        ("points / available", f"max({'points, ' * 201}points)", "PF211"),
        ("100 * points / available", f"points{' * points' * 199}", "PF228"),
    ],
)
def test_what_could_do_harm_is_refused(old: str, new: str, code: str) -> None:
    found = read_version(changed(PLAN, (old, new)))[1]
    assert [problem.code for problem in found] == [code], told(found)


def test_measures_of_measures_may_not_grow_without_end() -> None:
    squares = "".join(f"  x{number + 1}: {{formula: x{number} * x{number}}}\n" for number in range(5))
    good = changed(PLAN, ("measures:\n", f"measures:\n  x0: {{formula: points}}\n{squares}"))
    assert codes(good) == []
    more = "".join(f"  x{number + 1}: {{formula: x{number} * x{number}}}\n" for number in range(5, 9))
    policy, problems = read_version(
        changed(good, ("  x5: {formula: x4 * x4}\n", f"  x5: {{formula: x4 * x4}}\n{more}"))
    )
    assert policy is None
    assert [problem.code for problem in problems] == ["PF228"]
    assert problems[0].place.path == "measures.x6.formula"


def test_a_long_sum_and_a_long_chain_are_no_growth() -> None:
    chain = "".join(f"  x{number + 1}: {{formula: x{number} + points / 7}}\n" for number in range(200))
    text = changed(
        PLAN, ("measures:\n", f"measures:\n  x0: {{formula: '{'points + ' * 199}points'}}\n{chain}")
    )
    assert codes(text) == []


def test_the_figures_of_a_file_of_scenarios_are_limited() -> None:
    days = "".join(f"      - {{as_of: {2000 + n // 12}-{n % 12 + 1:02}-01}}\n" for n in range(1_100))
    inputs = "".join(f"i{number}: 1, " for number in range(100))
    text = changed(
        SCENARIOS,
        ("      - {as_of: 2022-08-08}\n", days),
        ("{required_fte", f"{{{inputs}required_fte"),
    )
    findings = Findings()
    source = parse(text, "f.yaml", findings)
    assert source is not None
    assert check_scenarios(source, "plan", [policy_of(PLAN)], None, findings) is None
    assert [problem.code for problem in findings.problems] == ["PF402"]
