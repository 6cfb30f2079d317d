"""`relief` in a version: what is taken, and every way in which it can be wrong, at its place."""

from __future__ import annotations

import pytest

from rules.check.version import check_version
from rules.check.warnings import warn_of_version
from rules.problems import Findings
from rules.text import parse
from tests.rules_cases import assert_told, case, ids
from tests.support import PLAN, changed, read_version

END = "guarantees:\n"
RELEASES = "        releases: {minutes: 60, per: points, every: month, basis: illustrative}\n"
FORMULA = 'formula: "130 * (required_fte[all] - in_post_fte[all])"'


def relief(shortfall: str) -> tuple[str, str]:
    """A block of relief put before the guarantees."""
    return END, f"relief:\n  shortfall: {shortfall}\n{END}"


def block(*lines: str) -> tuple[str, str]:
    return relief("".join(f"\n    {line}" for line in lines))


WRONG = [
    case("PF280", (RELEASES, ""), (END, f"§relief:\n  shortfall: {{{FORMULA}, basis: illustrative}}\n{END}")),
    case("PF281", block("formula: §130 * 4 + max(1, 2)", "basis: illustrative")),
    case("PF282", ("minutes: 60", "minutes: §-60"), block(FORMULA, "basis: illustrative")),
    case("PF282", ("minutes: 60", "minutes: §-0.5"), block(FORMULA, "basis: illustrative")),
    # shape
    case("PF206", relief(f"§{{{FORMULA}}}")),
    case("PF206", relief("§{basis: illustrative}")),
    case("PF206", (END, f"relief: §{{}}\n{END}")),
    case("PF201", (END, f"relief: §12\n{END}")),
    case("PF201", (END, f"relief:§\n{END}")),
    case("PF201", relief("§[1]")),
    case("PF201", block("formula:§", "basis: illustrative")),
    case("PF201", block("formula: §[1, 2]", "basis: illustrative")),
    case("PF207", relief(f"{{{FORMULA}, basis: illustrative, §hours: 3}}")),
    case("PF207", (END, f"relief:\n  §gap: {{}}\n  shortfall: {{{FORMULA}, basis: illustrative}}\n{END}")),
    case("PF208", block(FORMULA, "basis: §guessed")),
    case("PF209", block(FORMULA, "basis: illustrative", "decimals: §10")),
    case("PF209", block(FORMULA, "basis: illustrative", "decimals: §1.5")),
    case("PF209", block(FORMULA, "basis: illustrative", 'decimals: §"1"')),
    case("PF223", block(FORMULA, "basis: published", "source: §lore")),
    # the formula
    case("PF210", block("formula: 130 * §nothing", "basis: illustrative")),
    case("PF211", block("formula: 130 *§", "basis: illustrative")),
    case("PF211", block("formula: 130 * (points§", "basis: illustrative")),
    case("PF212", block("formula: 130 * §in_post_fte", "basis: illustrative")),
    case("PF212", block("formula: 130 * §in_post_fte[PQ]", "basis: illustrative")),
    case("PF213", block("formula: 130 * §alert", "basis: illustrative")),
    case("PF213", block("formula: staffing - §amber_staffing", "basis: illustrative")),
    case("PF228", block(f"formula: §{' * '.join(['points'] * 70)}", "basis: illustrative")),
    # one slip does not hide another
    case(
        "PF282 PF223", ("minutes: 60", "minutes: §-60"), block(FORMULA, "basis: published", "source: §lore")
    ),
]


@pytest.mark.parametrize(("codes", "changes"), WRONG, ids=ids(WRONG))
def test_wrong(codes: str, changes: tuple[tuple[str, str], ...]) -> None:
    assert_told(codes, changes)


RIGHT = [
    relief(f"{{{FORMULA}, basis: illustrative}}"),
    block(FORMULA, "basis: published", "source: law", "decimals: 0", "note: A remark."),
    block("formula: staffing", "basis: illustrative"),
    block("formula: min(points, available) / max(points, 1)", "basis: illustrative", "decimals: 9"),
]


@pytest.mark.parametrize("change", RIGHT)
def test_right(change: tuple[str, str]) -> None:
    policy, problems = read_version(changed(PLAN, change))
    assert not problems
    assert policy is not None
    assert policy.shortfall is not None


def test_without_relief_less_than_nothing_was_always_taken() -> None:
    policy, problems = read_version(changed(PLAN, ("minutes: 60", "minutes: -60")))
    assert not problems
    assert policy is not None
    assert policy.shortfall is None


def test_decimals_are_one_unless_given() -> None:
    policy, _ = read_version(changed(PLAN, relief(f"{{{FORMULA}, basis: illustrative}}")))
    assert policy is not None
    assert policy.version.relief is not None
    assert policy.version.relief.shortfall.decimals == 1


def warned(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    findings = Findings()
    source = parse(changed(PLAN, *changes), "v1.yaml", findings)
    assert source is not None
    policy = check_version(source, findings)
    assert policy is not None
    warn_of_version(policy, source, findings)
    return [(one.code, one.message) for one in findings.problems]


SPARE = ("  alert: {title", "  spare_hours: {title: Spare}\n  alert: {title")
MEASURE = ("trigger_points:\n", "  spare_work: {title: Spare, formula: 2 * points}\ntrigger_points:\n")


@pytest.mark.parametrize(
    ("spare", "code", "formula"),
    [(SPARE, "PF302", "spare_hours"), (MEASURE, "PF303", "spare_work")],
)
def test_what_only_the_shortfall_uses_is_used(spare: tuple[str, str], code: str, formula: str) -> None:
    assert code in [found for found, _ in warned(spare)]
    assert code not in [
        found for found, _ in warned(spare, block(f"formula: {formula}", "basis: illustrative"))
    ]


def test_published_without_a_source_is_warned_of() -> None:
    told = "The shortfall is called published and names no source."
    assert ("PF308", told) in warned(block(FORMULA, "basis: published"))
    assert told not in [message for _, message in warned(block(FORMULA, "basis: illustrative"))]
    assert told not in [message for _, message in warned(block(FORMULA, "basis: published", "source: law"))]


def test_a_region_cannot_set_it() -> None:
    # Regions set trigger points, and a formula takes none: neither as a name nor hidden in a measure.
    policy, problems = read_version(
        changed(PLAN, block("formula: 2 * amber_staffing", "basis: illustrative"))
    )
    assert policy is None
    assert [one.code for one in problems] == ["PF213"]
