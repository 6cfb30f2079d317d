"""Faults in formulas, conditions and points: each is told with its code, at its place, with a way out."""

from __future__ import annotations

import pytest

from tests.rules_cases import Case, assert_told, case, ids

FORMULA = "    formula: 100 * points / available\n"
EXIT = "      staffing: {at_least: 95}\n      for: 2 weeks\n"
WHEN = "        when: {staffing: {below: 85}}\n"
ALL = "- all: [{alert: {is: very-high}}, {pressure: {at_least: 2}}]"
COUNT = "{at_least: 2, of: [{workload: {above: 99}}, {alert: {one_of: [high]}}, {points: {is: 9}}]}"
BANDS = "[{below: 70, give: 3}, {below: 85, give: 2}], otherwise: 0}"


def formula(code: str, text: str) -> Case:
    """A fault in the formula of `workload`; the mark stands in the formula."""
    return case(code, (FORMULA, f"    formula: {text}\n"))


def exit_(code: str, text: str) -> Case:
    """A fault in the exit of Amber."""
    return case(code, (EXIT, f"      {text}\n"))


def when(code: str, text: str) -> Case:
    """A fault in the condition of a reduction."""
    return case(code, (WHEN, f"        when: {text}\n"))


FORMULAS = [
    formula("PF210", "100 * §pionts / available"),
    formula("PF210", "100 * points / §Available"),
    formula("PF210", "§grade"),
    formula("PF210", "points + §pdu"),
    formula("PF211", "100 * points /§"),
    formula("PF211", "100 * (points / available§"),
    formula("PF211", "100 * points§) / available"),
    formula("PF211", '"§* points"'),
    formula("PF211", "points §available"),
    formula("PF211", "points §% available"),
    formula("PF211", "points §^ 2"),
    formula("PF211", "points §< available"),
    formula("PF211", "min(§)"),
    formula("PF211", "min §+ 1"),
    formula("PF211", "max(points,§)"),
    formula("PF211", "1§e3 * points"),
    formula("PF211", "1§.points"),
    formula("PF211", "points §; available"),
    formula("PF211", "points * §– available"),
    formula("PF211", "§" + "٣"),
    formula("PF211", "required_fte[§1]"),
    formula("PF211", "required_fte[PO §PSO]"),
    formula("PF211", "§" + "points + " * 500 + "points"),
    formula("PF211", "points" + " + points" * 200 + " §+ points"),
    formula("PF211", "(" * 60 + "§points" + ")" * 60),
    formula("PF211", '"100 * §"'),
    formula("PF211", "§>-\n      100 *\n      points /"),
    formula("PF212", "§required_fte / 2"),
    formula("PF212", "§required_fte[] / 2"),
    formula("PF212", "§required_fte[PO, CA]"),
    formula("PF212", "§required_fte[PO, PO]"),
    formula("PF212", "§required_fte[all, PO]"),
    formula("PF212", "§points[PO]"),
    formula("PF212", "§staffing[PO]"),
    formula("PF213", "100 * §alert"),
    formula("PF213", "100 * §red_staffing"),
    case("PF214", (FORMULA, "    formula: §100 * workload\n")),
    case("PF214", (FORMULA, "    formula: §pressure\n"), ("{of: staffing,", "{of: workload,")),
    case("PF214", ("{of: staffing,", "§{of: pressure,")),
    case(
        "PF214",
        (FORMULA, "    formula: §a + 1\n"),
        ("  pressure:\n", "  a: {formula: b}\n  b: {formula: workload}\n  pressure:\n"),
    ),
    case("PF210", ("{of: staffing,", "{of: §stafing,")),
    case("PF212", ("{of: staffing,", "{of: §in_post_fte,")),
    case("PF213", ("{of: staffing,", "{of: §alert,")),
    case("PF210", ("per: points", "per: §pionts")),
    case("PF210", ("per: points", 'per: §"required_fte[all"')),
    case("PF212", ("per: points", "per: §required_fte")),
    case("PF217", (BANDS, "[§{give: 3}], otherwise: 0}")),
    case("PF217", (BANDS, "[{below: 70, give: §2.5}], otherwise: 0}")),
    case("PF217", (BANDS, "[{below: 70, give: 2}], otherwise: §0.1}")),
    case("PF201", (BANDS, "§[], otherwise: 0}")),
    case("PF206", (BANDS, "[{below: 70, give: 3}]}"), ("points: {of", "points: §{of")),
]

CONDITIONS = [
    exit_("PF210", "§stafing: {at_least: 95}"),
    exit_("PF210", "§nothing: {at_least: 95}"),
    exit_("PF210", "staffing: {at_least: §ninety}"),
    exit_("PF210", '§"staffing workload": {at_least: 95}'),
    exit_("PF212", "§in_post_fte: {at_least: 5}"),
    exit_("PF212", "§in_post_fte[all]: {at_least: 5}"),
    exit_("PF212", "§in_post_fte[PO, PSO]: {at_least: 5}"),
    exit_("PF212", "§in_post_fte[CA]: {at_least: 5}"),
    exit_("PF212", "§points[PO]: {at_least: 5}"),
    exit_("PF212", "staffing: {at_least: §in_post_fte}"),
    exit_("PF213", "§red_staffing: {at_least: 5}"),
    exit_("PF213", "alert: {at_least: §2}"),
    exit_("PF213", "alert: {is: §hihg}"),
    exit_("PF213", "alert: {none_of: [high, §low]}"),
    exit_("PF213", "staffing: {one_of: §[90]}"),
    exit_("PF213", "staffing: {is: §alert}"),
    exit_("PF215", "§[staffing]"),
    exit_("PF215", "§staffing"),
    exit_("PF215", "§{}"),
    exit_("PF215", "§for: 2 weeks"),
    exit_("PF215", "§staffing: {at_least: 95}\n      workload: {at_most: 100}"),
    exit_("PF215", "§any: [{points: {is: 1}}]\n      all: [{points: {is: 1}}]"),
    exit_("PF215", "staffing: §95"),
    exit_("PF215", "staffing: §{}"),
    exit_("PF215", "staffing:§"),
    exit_("PF215", "staffing: {§over: 95}"),
    exit_("PF215", "staffing: {at_least: §[95]}"),
    exit_("PF215", "staffing: {at_least: §, below: 9}"),
    exit_("PF215", "alert: {is: §[high]}"),
    exit_("PF215", "alert: {one_of: §high}"),
    exit_("PF215", "alert: {one_of: §[]}"),
    exit_("PF215", "any: §[]"),
    exit_("PF215", "none: §{points: {is: 1}}"),
    exit_("PF215", "all: [§points]"),
    exit_("PF215", "all:\n        - §points: {is: 1}\n          workload: {above: 1}"),
    case("PF215", (COUNT, "§[{points: {is: 9}}]")),
    case("PF215", (COUNT, "§{at_least: 2}")),
    case("PF215", (COUNT, COUNT.replace("at_least: 2,", "at_least: §0,"))),
    case("PF215", (COUNT, COUNT.replace("at_least: 2,", "at_least: §4,"))),
    case("PF215", (COUNT, COUNT.replace("at_least: 2,", "at_least: §1.5,"))),
    case("PF215", (COUNT, COUNT.replace("at_least: 2,", 'at_least: §"2",'))),
    case("PF215", (COUNT, "{at_least: 1, of: §[]}")),
    case("PF215", (COUNT, "§" + COUNT.replace("of:", "among: 1, of:"))),
    case("PF216", ("          for: 4 weeks", "          for: §10 days")),
    case("PF216", (ALL, "- {points: {is: 1}, for: §1 day}")),
    case("PF216", ("every: 7 days,", "every: 2 weeks,"), ("for: 2 weeks}", "for: §1 week}")),
    case("PF205", (ALL, "- {points: {is: 1}, for: §fortnight}")),
    case("PF208", (ALL, "- {points: {is: 1}, basis: §lore}")),
    case("PF223", (ALL, "- {points: {is: 1}, source: §lore}")),
    when("PF210", "{§visits: {below: 85}}"),
    when("PF215", "§amber"),
    when("PF215", "{none: [{staffing: {below: 85, §bellow: 86}}]}"),
    case("PF210", ("when: {staffing: {at_least: 90}}", "when: {§staff: {at_least: 90}}")),
    case("PF215", ("when: {staffing: {at_least: 90}}", "when: §[]")),
]


@pytest.mark.parametrize(("codes", "changes"), FORMULAS, ids=ids(FORMULAS))
def test_a_fault_in_a_formula_is_told_at_its_place(codes: str, changes: tuple[tuple[str, str], ...]) -> None:
    assert_told(codes, changes)


@pytest.mark.parametrize(("codes", "changes"), CONDITIONS, ids=ids(CONDITIONS))
def test_a_fault_in_a_condition_is_told_at_its_place(
    codes: str, changes: tuple[tuple[str, str], ...]
) -> None:
    assert_told(codes, changes)


def test_every_part_of_a_group_is_looked_at() -> None:
    assert_told(
        "PF210 PF213 PF216 PF215",
        (
            (
                EXIT,
                "      all:\n        - §stafing: {at_least: 95}\n        - any:\n"
                "            - alert: {is: §hihg}\n"
                "            - points: {above: 1}\n              for: §8 days\n"
                "        - points: {§over: 1}\n",
            ),
        ),
    )


def test_a_fault_in_enter_and_one_in_exit_are_both_told() -> None:
    assert_told("PF216 PF210", (("for: 4 weeks", "for: §4 days"), (EXIT, "      §stafing: {at_least: 95}\n")))
