"""Schemas and loader agree: on whole documents, on small edits of them, and on many random changes."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rules.schema._values import up_to
from tests.oracle.generate import random_case, to_yaml
from tests.schemas.schema_changes import ALL_VALUES, CLEAR_VALUES, changed, tree, written
from tests.schemas.schema_documents import BASES, EVENTS, RETURNS, SCENARIOS
from tests.schemas.schema_editor import SCHEMAS, problems, resolved, seen
from tests.schemas.schema_tables import BROKEN, LEGAL

VALIDATORS = {name: Draft202012Validator(content) for name, content in SCHEMAS.items()}
# What an editor can see to be wrong; other codes are of names that do not exist, of bounds and of order.
SHAPE = frozenset(
    [
        "PF201",
        "PF202",
        "PF204",
        "PF205",
        "PF206",
        "PF207",
        "PF208",
        "PF209",
        "PF215",
        "PF222",
        "PF230",
        "PF520",
        "PF530",
    ]
)


def faults(name: str, content: Any) -> list[str]:
    """What a schema says of a document, as an editor or a program sees it."""
    return [f"{fault.json_path}: {fault.message}" for fault in VALIDATORS[name].iter_errors(content)]


def edited(name: str, old: str, new: str) -> str:
    """A base document with one edit."""
    assert BASES[name].count(old) >= 1, old
    return BASES[name].replace(old, new, 1)


@pytest.mark.parametrize("name", BASES)
def test_whole_documents_are_taken_by_both(name: str) -> None:
    assert problems(name, BASES[name]) == ()
    assert faults(name, seen(BASES[name])) == []


@pytest.mark.parametrize(("name", "old", "new", "code"), BROKEN)
def test_what_is_broken_in_shape_is_refused_by_both(name: str, old: str, new: str, code: str) -> None:
    text = edited(name, old, new)
    assert code in {problem.code for problem in problems(name, text)}
    assert faults(name, seen(text))


@pytest.mark.parametrize(("name", "old", "new"), LEGAL)
def test_what_is_odd_and_legal_is_taken_by_both(name: str, old: str, new: str) -> None:
    text = edited(name, old, new)
    assert [str(problem) for problem in problems(name, text)] == []
    assert faults(name, seen(text)) == []


def test_events_in_json_may_hold_null_where_nothing_is_given() -> None:
    events = seen(EVENTS)
    events["declarations"][0] |= {"renew": None, "region": None}
    events["declarations"][1]["pdu"] = None
    events["suspensions"][1]["until"] = None
    assert problems("events.json", json.dumps(events)) == ()
    assert faults("events", events) == []
    events["declarations"][0]["reason"] = None
    assert problems("events.json", json.dumps(events))


def test_a_return_may_stand_alone() -> None:
    one = json.loads(RETURNS)[0]
    assert problems("returns", json.dumps(one)) == ()
    assert faults("returns", one) == []


def test_random_versions_are_taken() -> None:
    for number in range(40):
        for version in random_case(random.Random(number), 2).versions:
            text = to_yaml(version)
            assert faults("framework", seen(text)) == [], text


# What a scenario expects of these is judged when it runs.
JUDGED_LATER = (
    "        previous: green\n",
    "        outstayed: false\n",
    "        measures: {staffing: 82.5, pressure: unknown}\n",
)


def changes(first: int, count: int, *, odd: bool) -> list[tuple[str, str]]:
    """Documents with one change each."""
    scenarios = SCENARIOS
    for line in JUDGED_LATER:
        assert line in scenarios
        scenarios = scenarios.replace(line, "")
    texts = {**BASES, "scenarios": scenarios}
    del texts["returns"]
    found = []
    for number in range(first, first + count):
        dice = random.Random(number)
        name = dice.choice(list(texts))
        changed_tree = changed(tree(texts[name]), dice, ALL_VALUES if odd else CLEAR_VALUES)
        found.append((name, written(changed_tree)))
    return found


def test_the_schema_takes_every_change_that_the_loader_takes() -> None:
    taken = 0
    for name, text in changes(0, 1000, odd=True):
        if not problems(name, text):
            taken += 1
            assert faults(name, seen(text)) == [], text
    assert taken > 200


def test_the_schema_refuses_every_change_that_breaks_the_shape() -> None:
    refused = 0
    for name, text in changes(10_000, 1000, odd=False):
        said = [problem for problem in problems(name, text) if problem.code in SHAPE]
        if said:
            refused += 1
            assert not VALIDATORS[name].is_valid(seen(text)), (text, *map(str, said))
    assert refused > 200


@pytest.mark.parametrize("highest", [10, 99, 100, 5217, 36_525])
def test_a_pattern_takes_the_whole_numbers_up_to_a_highest(highest: int) -> None:
    pattern = re.compile(up_to(highest))
    taken = [number for number in range(2 * highest + 20) if pattern.fullmatch(str(number))]
    assert taken == list(range(1, highest + 1))
    assert not pattern.fullmatch("01")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[
            ("", None),
            ("~", None),
            ("null", None),
            ("Null", None),
            ("none", "none"),
            ("no", "no"),
            ("on", "on"),
        ],
        *[("true", True), ("False", False), ("12", 12), ("-3", -3), ("007", 7), ("0o17", 15), ("0x1F", 31)],
        *[("1.10", 1.1), (".5", 0.5), ("1e3", 1000.0), ("1_000", "1_000"), ("2022-08-03", "2022-08-03")],
        *[("1.2.3", "1.2.3"), ("14 days", "14 days"), ("-.inf", float("-inf")), ("+1", 1), ("y", "y")],
    ],
)
def test_plain_scalars_are_resolved_as_editors_do(text: str, value: Any) -> None:
    assert resolved(text) == value
    assert type(resolved(text)) is type(value)
