"""Odd but legal spellings are taken, and mean what they say."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import yaml

from rules.formula import Comparison, Group, walk
from rules.policy import Policy
from tests.support import PLAN, changed, policy_of, read_version, told

EXIT = "      staffing: {at_least: 95}\n      for: 2 weeks\n"
FORMULA = "    formula: 100 * points / available\n"
RED_END = "    binding: true\n"
MORE = "".join(f"  - {{id: s{n}, enter: {{points: {{above: {n}}}}}}}\n" for n in range(9))
DECLARATIONS = "declarations: {by: director, may: [raise, lower], at_most: 28 days}\n"
Row = tuple[str, str, str, str, Any]


def dig(policy: Policy, path: str) -> Any:
    """What stands at a path of attributes and keys; `exit` and `threshold` are those of Amber's exit."""
    found: Any = {"exit": exit_of, "threshold": threshold, "depth": lambda one: len(exit_of(one))}.get(path)
    if found is not None:
        return found(policy)
    found = policy
    for part in path.split("."):
        if isinstance(found, dict):
            found = found[part]
        elif isinstance(found, list | tuple):
            found = found[int(part)]
        else:
            found = getattr(found, part)
    return found


def exit_of(policy: Policy) -> Any:
    """Amber's exit in a few words: each rule, how it combines or compares, and its periods."""
    condition = policy.exits[1]
    assert condition is not None
    return [
        (one.rule, one.operator if isinstance(one, Group) else one.comparator, one.periods)
        for one in walk(condition)
    ]


def threshold(policy: Policy) -> Any:
    """What Amber's exit compares with."""
    condition = policy.exits[1]
    assert isinstance(condition, Comparison)
    return getattr(condition.threshold, "value", None) or str(condition.threshold)


FIRST = "version.statuses.0.id"
TITLE = "version.title"
RED_POINT = "version.trigger_points.red_staffing.default"
AMBER_POINT = "version.trigger_points.amber_staffing.default"
WORDS = [
    ("a version of 1.10", "version: v1", "version: 1.10", "version.version", "1.10"),
    ("a version like a day", "version: v1", "version: 2022-08-01", "id", "plan@2022-08-01"),
    ("a quoted version", "version: v1", "version: '1.0'", "version.version", "1.0"),
    ("an id of no", "- id: green", "- id: no", FIRST, "no"),
    ("an id of null", "- id: green", "- id: null", FIRST, "null"),
    ("an id of digits", "- id: green", "- id: 007", FIRST, "007"),
    ("an id in Welsh", "- id: green", "- id: gwyrdd-tŷ", FIRST, "gwyrdd-tŷ"),
    ("an id of eighty letters", "- id: green", f"- id: {'g' * 80}", FIRST, "g" * 80),
    ("a title of yes", "title: A plan", "title: yes", TITLE, "yes"),
    ("a title like a number", "title: A plan", "title: 1e3", TITLE, "1e3"),
    ("a title with a hash", "title: A plan", "title: A#plan", TITLE, "A#plan"),
    ("a title and a comment", "title: A plan", "title: A plan # x", TITLE, "A plan"),
    ("a folded text", "title: A plan", "title: >-\n  A\n  plan", TITLE, "A plan"),
    ("a literal text", "title: A plan", "title: |\n  A\n  plan", TITLE, "A\nplan"),
    ("a text over two lines", "title: A plan", "title: A\n  plan", TITLE, "A plan"),
    ("a pasted text", "title: A plan", "title: A\u2028plan\x85", TITLE, "A\u2028plan\x85"),
    ("an escaped text", "title: A plan", 'title: "A \\u2013 plan"', TITLE, "A \u2013 plan"),
    ("a part named no", "{contact: Contact}", "{contact: Contact, no: off}", "version.parts.no", "off"),
    ("a colour in quotes", "colour: amber", "colour: 'amber'", "version.statuses.1.colour", "amber"),
    ("a quoted key", "summary:", '"summary":', "version.summary", "What this edition is for."),
    ("an explicit key", "title: A plan", "? title\n: A plan", TITLE, "A plan"),
    ("names unlike in capitals", "  alert:", "  Points: {}\n  alert:", "version.inputs.Points.decimals", 0),
    ("nobody may declare", DECLARATIONS, "", "version.declarations", None),
    ("no activities", PLAN[PLAN.index("activities:") :], "activities: []\n", "reductions", ()),
    ("twelve statuses", RED_END, RED_END + MORE, "version.statuses.11.id", "s8"),
]
NUMBERS = [
    ("trailing zeros", "default: 75}", "default: 75.000}", RED_POINT, Decimal(75)),
    ("zeros without end", "default: 75}", f"default: 7.5{'0' * 99}}}", RED_POINT, Decimal("7.5")),
    ("leading zeros", "default: 75}", "default: 0075}", RED_POINT, Decimal(75)),
    ("a negative number", "default: 75}", "default: -0.5}", RED_POINT, Decimal("-0.5")),
    ("minus nothing", "default: 75}", "default: -0.0}", RED_POINT, Decimal(0)),
    ("fifteen digits", "default: 75}", f"default: {'9' * 15}}}", RED_POINT, Decimal("9" * 15)),
    ("a default on its lower bound", "default: 90,", "default: 80.0,", AMBER_POINT, Decimal(80)),
    ("a default on its upper bound", "default: 90,", "default: 95,", AMBER_POINT, Decimal(95)),
    ("bounds of one number", "{from: 80, to: 95}", "{from: 90, to: 90}", AMBER_POINT, Decimal(90)),
    ("a format with a zero", "format: 1", "format: 1.0", "version.format", 1),
    ("a quoted day", "2022-08-01", '"2022-08-01"', "version.effective", datetime.date(2022, 8, 1)),
    ("a leap day", "2022-08-01", "2024-02-29", "version.effective", datetime.date(2024, 2, 29)),
    ("a last day that is the first", "steps:", "until: 2022-08-01\nsteps:", "version.version", "v1"),
    ("one week", "review_every: 7 days", "review_every: 1 week", "version.statuses.1.review_every", 7),
    ("one day", "minimum_stay: 14 days", "minimum_stay: 1 day", "version.statuses.1.minimum_stay", 1),
    (
        "a grace of no days",
        "stale_after: 14 days",
        "stale_after: 1 day, grace: 0 days",
        "version.returns.grace",
        0,
    ),
]
RULES = [
    ("is with a category", EXIT, "      alert: {is: none}\n", "exit", [("exit.amber", "is", None)]),
    ("a quoted category", EXIT, '      alert: {is: "none"}\n', "exit", [("exit.amber", "is", None)]),
    ("is with a number", EXIT, "      staffing: {is: 95.0}\n", "threshold", Decimal(95)),
    ("finer than the measure", EXIT, "      staffing: {above: 94.99}\n", "threshold", Decimal("94.99")),
    ("a trigger point", EXIT, "      staffing: {above: amber_staffing}\n", "threshold", "amber_staffing"),
    ("an input as threshold", EXIT, "      points: {below: available}\n", "threshold", "available"),
    ("a measure as threshold", EXIT, "      staffing: {is: workload}\n", "threshold", "workload"),
    (
        "a member as threshold",
        EXIT,
        '      points: {is: "in_post_fte[PO]"}\n',
        "threshold",
        "in_post_fte[PO]",
    ),
    ("a member", EXIT, "      in_post_fte[PO]: {above: 5}\n", "exit", [("exit.amber", "above", None)]),
    (
        "two comparators mean both",
        EXIT,
        "      staffing: {at_least: 95, below: 120}\n      for: 2 weeks\n",
        "exit",
        [("exit.amber", "all", 2), ("exit.amber.0", "at_least", None), ("exit.amber.1", "below", None)],
    ),
    (
        "groups within groups",
        EXIT,
        "      none: [{any: [{all: [{points: {is: 1}}]}]}]\n",
        "exit",
        [
            ("exit.amber", "none", None),
            ("exit.amber.0", "any", None),
            ("exit.amber.0.0", "all", None),
            ("exit.amber.0.0.0", "is", None),
        ],
    ),
    (
        "a duration on a group and on its part",
        EXIT,
        "      any: [{points: {is: 1}, for: 7 days}]\n      for: 3 weeks\n",
        "exit",
        [("exit.amber", "any", 3), ("exit.amber.0", "is", 1)],
    ),
    (
        "a count of all its parts",
        EXIT,
        "      count: {of: [{points: {is: 1}}], at_least: 1.0}\n",
        "exit",
        [("exit.amber", "count", None), ("exit.amber.0", "is", None)],
    ),
    (
        "conditions as deep as the text may be",
        EXIT,
        f"      {'any: [{' * 16}points: {{is: 1}}{'}]' * 16}\n",
        "depth",
        17,
    ),
    ("a formula of one number", FORMULA, "    formula: 5\n", "measures.workload.value", Decimal(5)),
    (
        "a formula over lines",
        FORMULA,
        "    formula: >-\n      100 * points\n      / available\n",
        "version.measures.workload.formula",
        "100 * points / available",
    ),
    (
        "a formula with 200 operators",
        FORMULA,
        f"    formula: points{' + points' * 200}\n",
        "measures.workload.operator",
        "+",
    ),
    (
        "a measure used before it is written",
        FORMULA,
        "    formula: pressure + 1\n",
        "measures.workload.left.measure",
        "pressure",
    ),
    (
        "a sum that a release counts",
        "per: points",
        'per: "in_post_fte[all]"',
        "reductions.0.reduction.releases.per",
        "in_post_fte[all]",
    ),
]
ROWS: list[Row] = [*WORDS, *NUMBERS, *RULES]


@pytest.mark.parametrize(
    ("old", "new", "path", "due"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_it_is_taken_as_written(old: str, new: str, path: str, due: Any) -> None:
    assert dig(policy_of(PLAN, (old, new)), path) == due


def plain(text: str) -> Any:
    """The document as JSON takes it, numbers and all, with texts as texts."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def meaning(policy: Policy) -> Any:
    """All that a policy says, without the lines on which it says it."""
    conditions = [(one.rule, one.periods) for root in policy.conditions() for one in walk(root)]
    placed = {"statuses", "activities", "guarantees", "inputs"}
    return policy.version.model_dump(exclude=placed), policy.measures, conditions


def test_a_document_may_stand_between_its_marks() -> None:
    assert meaning(policy_of("---\n" + PLAN + "...\n")) == meaning(policy_of(PLAN))


def test_keys_may_stand_in_any_order() -> None:
    moved = changed(PLAN, ("format: 1\n", ""), ("steps: {down: 1}\n", "steps: {down: 1}\nformat: 1\n"))
    assert meaning(policy_of(moved)) == meaning(policy_of(PLAN))


@pytest.mark.parametrize("indent", [None, 1])
def test_json_is_yaml(indent: int | None) -> None:
    flow = json.dumps(plain(PLAN), indent=indent, ensure_ascii=indent is None)
    policy, problems = read_version(flow)
    assert policy is not None, told(problems)
    assert meaning(policy) == meaning(policy_of(PLAN))


def test_block_style_without_any_brackets_means_the_same() -> None:
    block = yaml.safe_dump(plain(PLAN), default_flow_style=False, sort_keys=False)
    policy, problems = read_version(block)
    assert policy is not None, told(problems)
    assert meaning(policy) == meaning(policy_of(PLAN))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: "# A comment\n\n" + text + "\n# The end",
        lambda text: text.rstrip("\n"),
        lambda text: text.replace(": {", ":\t{"),
        lambda text: text.replace("}\n", "}   \t\n"),
    ],
    ids=["CRLF", "CR", "BOM", "comments", "no last line break", "tabs between", "trailing blanks"],
)
def test_white_space_and_comments_mean_nothing(change: Callable[[str], str]) -> None:
    policy, problems = read_version(change(PLAN))
    assert policy is not None, told(problems)
    assert meaning(policy) == meaning(policy_of(PLAN))


def test_the_hash_of_a_version_is_that_of_its_text() -> None:
    one, other = policy_of(PLAN), policy_of(changed(PLAN, ("title: A plan", "title: Another plan")))
    assert one.sha256 == policy_of(PLAN).sha256 != other.sha256
    assert re.fullmatch("sha256:[0-9a-f]{64}", one.sha256)
