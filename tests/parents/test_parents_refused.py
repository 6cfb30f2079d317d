"""Rules for parents that are wrong: each fault with its code, its place and what to do."""

from __future__ import annotations

import pytest

from rules.check.version import check_version
from rules.check.warnings import warn_of_version
from rules.problems import Findings
from rules.text import parse
from tests.parents.parents_kit import FIRST, read
from tests.support import MARK

COUNTS = "statuses: {amber: {enter: {units: {at_least: 1}}}, red: {enter: {units: {at_least: 2}}}}"


def counting(old: str, new: str) -> str:
    """Rules that count, with the first of one text changed for another."""
    return f"rollup: {{region: {{by: count, {COUNTS.replace(old, new, 1)}}}}}"


@pytest.mark.parametrize(
    ("code", "rollup", "word"),
    [
        ("PF286", "§rollup: {}", "neither region nor country"),
        ("PF284", "rollup: {region: {by: sums, §means: {staffing: {weight: 1}}}}", "by: mean"),
        ("PF284", "rollup: {region: {by: sums, §statuses: {red: {enter: {units: {is: 1}}}}}}", "by: count"),
        ("PF284", "rollup: {region: {by: §mean}}", "needs means"),
        ("PF284", "rollup: {region: {by: §count}}", "needs statuses"),
        ("PF285", "rollup: {region: {by: sums, combine: {alert: §largest}}}", "most_severe"),
        ("PF285", "rollup: {region: {by: sums, combine: {absent: §most_severe}}}", "largest"),
        ("PF287", "rollup: {country: {by: sums, of: §regions}}", "region"),
        ("PF288", "rollup: {region: {by: count, §statuses: {red: {enter: {units: {is: 1}}}}}}", "amber"),
        ("PF210", "rollup: {region: {by: sums, combine: {§absnt: sum}}}", "absent"),
        ("PF210", "rollup: {region: {by: mean, means: {§stafing: {weight: 1}}}}", "staffing"),
        ("PF210", "rollup: {region: {by: mean, means: {staffing: {weight: §requird}}}}", "required"),
        ("PF210", "rollup: {region: {by: mean, means: {staffing: {weight: §2}}}}", "2"),
        ("PF213", "rollup: {region: {by: mean, means: {staffing: {weight: §alert}}}}", "category"),
        (
            "PF220",
            counting("{amber", "{green: {§enter: {units: {is: 1}}}, amber"),
            "first status",
        ),
        (
            "PF223",
            counting("{amber", "{ambr: §{enter: {units: {is: 1}}}, amber"),
            "amber",
        ),
        (
            "PF212",
            counting("units", "§units_at"),
            "units_at[red]",
        ),
        (
            "PF212",
            counting("units", '§"units_share[ambr]"'),
            "amber",
        ),
        (
            "PF212",
            counting("units", '§"units[red]"'),
            "units",
        ),
        (
            "PF210",
            counting("at_least: 1", "at_least: §lowest"),
            "",
        ),
        (
            "PF213",
            counting("at_least: 1", "one_of: §[1]"),
            "number",
        ),
        (
            "PF216",
            counting("}}}, red", "}, for: §10 days}}, red"),
            "7",
        ),
        (
            "PF223",
            counting("}}}, red", "}, source: §law}}, red"),
            "law",
        ),
        ("PF207", "rollup: {region: {by: sums, §complte: 90}}", "complete"),
        ("PF207", "rollup: {§regions: {by: sums}}", "region"),
        ("PF206", "rollup: {region: §{complete: 90}}", "by"),
        ("PF208", "rollup: {region: {by: §total}}", "sums"),
        ("PF208", "rollup: {region: {by: sums, combine: {absent: §mean}}}", "sum"),
        ("PF209", "rollup: {region: {by: sums, complete: §90.5}}", "fraction"),
        ("PF201", "rollup: §[]", ""),
    ],
)
def test_a_fault_has_its_code_and_its_place(code: str, rollup: str, word: str) -> None:
    assert MARK in rollup
    marked = f"{FIRST}{rollup}\n"
    before = marked[: marked.index(MARK)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    policy, problems = read(marked.replace(MARK, ""))
    assert policy is None
    found = [one for one in problems if one.code == code]
    assert found, [str(one) for one in problems]
    assert (found[0].place.line, found[0].place.column) == (line, column), str(found[0])
    assert word in f"{found[0].message} {found[0].hint}"


def test_a_name_that_counts_take_is_refused_where_it_is_defined() -> None:
    text = FIRST.replace("  absent:", "  units:").replace("- absent", "- units")
    policy, problems = read(f"{text}rollup: {{region: {{by: count, {COUNTS}}}}}\n")
    assert policy is None
    assert [(one.code, one.place.line) for one in problems] == [("PF289", 13)]
    assert read(text)[0] is not None  # without counts the name is free


@pytest.mark.parametrize("percent", ["0", "101", "-5"])
def test_a_share_beyond_100_percent_is_refused(percent: str) -> None:
    policy, problems = read(f"{FIRST}rollup: {{region: {{by: sums, complete: {percent}}}}}\n")
    assert policy is None
    assert len(problems) == 1


def test_every_fault_is_told_at_once() -> None:
    text = (
        f"{FIRST}rollup: {{region: {{by: mean, combine: {{x: sum}}}}, country: {{by: count, of: regions}}}}\n"
    )
    assert sorted(one.code for one in read(text)[1]) == ["PF210", "PF284", "PF284"]


def test_conditions_over_counts_share_the_limit_of_the_version() -> None:
    many = ", ".join("{units: {is: 1}}" for _ in range(2_100))
    red = f"red: {{enter: {{any: [{many}]}}}}"
    policy, problems = read(
        f"{FIRST}rollup: {{region: {{by: count, statuses: {{amber: {{enter: {{units: {{is: 1}}}}}}, {red}}}}}}}\n"
    )
    assert policy is None
    assert "PF228" in {one.code for one in problems}


@pytest.mark.parametrize(
    "rollup",
    [
        "rollup: {region: {by: sums}}",
        "rollup: {region: {by: sums, complete: 1, combine: {alert: most_severe, absent: largest, required: smallest}}}",
        "rollup: {region: {by: mean, means: {staffing: {weight: required}}}, country: {by: sums, of: regions}}",
        "rollup: {country: {by: mean, means: {staffing: {weight: 1}}, title: All of it}}",
        counting("", ""),
        counting("units", '"units_at[ red ]"'),
        counting("at_least: 1", 'below: "units_at[green]"'),
        counting("at_least: 1", "below: low"),
        counting("{units: {at_least: 1}}", "{staffing: {below: low}}"),
    ],
)
def test_what_is_right_is_taken(rollup: str) -> None:
    policy, problems = read(f"{FIRST}{rollup}\n")
    assert problems == ()
    assert policy is not None
    assert policy.parents


def warnings(rollup: str, text: str = FIRST) -> list[str]:
    """The codes of the warnings about the rules for parents, or about what they use."""
    findings = Findings()
    source = parse(f"{text}{rollup}\n", "first.yaml", findings)
    assert source is not None
    policy = check_version(source, findings)
    assert policy is not None, [str(one) for one in findings.problems]
    warn_of_version(policy, source, findings)
    return [one.code for one in findings.problems if "rollup" in one.place.path or "lonely" in one.message]


def test_what_only_parents_use_is_used() -> None:
    lonely = FIRST.replace(
        "trigger_points: {", "trigger_points: {lonely: {default: 2, basis: illustrative}, "
    )
    used = counting("at_least: 1}", "at_least: lonely}, basis: illustrative")
    assert warnings("", lonely) == ["PF301"]
    assert "PF301" not in warnings(used, lonely)


def test_numbers_of_parents_without_a_basis_are_told() -> None:
    assert warnings(counting("", "")) == ["PF308", "PF308"]
    told = counting("{at_least: 1}", "{at_least: 1}, basis: illustrative")
    assert warnings(told) == ["PF308"]


def test_durations_within_durations_are_told_of_parents_too() -> None:
    nested = "{any: [{units: {at_least: 1}, for: 1 week}], for: 2 weeks, basis: illustrative}"
    assert "PF310" in warnings(counting("{units: {at_least: 1}}", nested))
