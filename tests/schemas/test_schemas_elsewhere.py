"""The documents of other tests and of the pages, broken and odd ones: the schemas say of them what the loader says."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from engine.decision_schema import schema
from tests.docs.docs_blocks import ERRORS, Block, page_blocks
from tests.docs.docs_problems import bases, merged
from tests.rules.test_documents import SHAPES, WHOLE
from tests.rules.test_documents_accepted import ROWS, Row
from tests.rules.test_documents_formulas import CONDITIONS, FORMULAS
from tests.rules_cases import Case, ids
from tests.schemas.schema_editor import seen
from tests.schemas.test_schemas_documents import SHAPE
from tests.support import PLAN, changed, marked

NAMES = {
    "version": "framework",
    "region": "region",
    "organisation": "organisation",
    "scenarios": "scenarios",
}
VALIDATORS = {name: Draft202012Validator(schema(name)) for name in (*NAMES.values(), "events")}
UNSEEN = (
    "title:§",  # an editor sees null, which may have been the text "null"
    "source:§\n          basis",
    "at_least: §, below: 9",
    "effective: §2022-02-30",  # a day that does not exist, in the form of one
    *("default: §7.5e1", "default: §+75", "default: §.75", "default: §75.", "default: §0x4B"),  # numbers
    *("default: §0.1234567890123456", "§1234567890123456 * points / available"),
    "{at_least: §4, of: [{workload: {above: 99}}, {alert: {one_of: [high]}}, {points: {is: 9}}]}",
)
"""Faults of form that an editor's parser has made invisible, or that take more than a schema."""

UNSEEN_EXAMPLES = (
    "title:\n",
    "effective: 2022-02-30\n",
)
PASTED = "a pasted text"  # with a break of lines that only YAML 1.1, which reads it here, takes for one

BROKEN = [one for one in (*SHAPES, *WHOLE, *FORMULAS, *CONDITIONS) if SHAPE & set(one[0].split())]
LEGAL = [row for row in ROWS if row[0] != PASTED]
EXAMPLES = [
    block
    for block in page_blocks(ERRORS)
    if block.heading in SHAPE and block.marks.get("apply", "").removeprefix("second-") in (*NAMES, "events")
]


@pytest.mark.parametrize("broken", BROKEN, ids=ids(BROKEN))
def test_a_version_that_is_broken_in_shape_is_refused(broken: Case) -> None:
    _, changes = broken
    text, _ = marked(changed(PLAN, *changes))
    unseen = any(part in changes[-1][1] for part in UNSEEN)
    assert VALIDATORS["framework"].is_valid(seen(text)) == unseen


@pytest.mark.parametrize("row", LEGAL, ids=[row[0] for row in LEGAL])
def test_an_odd_and_legal_version_is_taken(row: Row) -> None:
    text = changed(PLAN, (row[1], row[2]))
    assert [fault.message for fault in VALIDATORS["framework"].iter_errors(seen(text))] == []


@pytest.mark.parametrize("block", EXAMPLES, ids=[f"{block.heading}-{block.line}" for block in EXAMPLES])
def test_an_example_of_a_fault_of_shape_is_refused(block: Block) -> None:
    what = block.marks["apply"].removeprefix("second-")
    text = block.text if what == "events" else merged(bases()[what], block.text)
    assert VALIDATORS[NAMES.get(what, what)].is_valid(seen(text)) == (block.text in UNSEEN_EXAMPLES)
