"""Every code has a section in docs/errors.md, and every example there gives the code that it claims."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.docs.docs_blocks import ERRORS, ROOT, Block, headings, page_blocks
from tests.docs.docs_problems import Desk, said

CODE = re.compile(r"\bPF[0-9]{3}\b")
NOT_SHOWN = {
    "PF102": "it takes a file of more than 1 MiB",
    "PF108": "it takes more than 1,000 errors",
    "PF319": "it takes more than 1,000 warnings",
    "PF293": "it takes more than 40 figures",
    "PF272": "it takes conditions too hard to settle",
    "PF329": "it takes conditions too hard to settle",
    "PF516": "it takes a file of more than 64 MiB",
    "PF539": "it takes thousands of events",
    "PF900": "it takes a fault of the engine",
    "PF901": "it takes a fault of the engine",
    "PF902": "it takes a fault of the engine",
    "PF903": "it takes a folder of returns",
    "PF904": "it takes a folder of results",
}
"""Codes without an example that can be run, and why."""


def emitted() -> set[str]:
    """The codes that stand in the source."""
    found: set[str] = set()
    for room in ("rules", "engine", "reports", "api"):
        for path in (ROOT / room).rglob("*.py"):
            found.update(CODE.findall(path.read_text("utf-8")))
    return found


def documented() -> list[str]:
    return [heading for heading in headings(ERRORS) if CODE.fullmatch(heading)]


EXAMPLES = [block for block in page_blocks(ERRORS) if "apply" in block.marks]
BLOCKS = list(page_blocks(ERRORS))


def test_every_code_has_a_section_and_every_section_a_code() -> None:
    assert set(documented()) - emitted() == set()
    assert emitted() - set(documented()) == set()


def test_sections_stand_in_order_and_once() -> None:
    assert documented() == sorted(set(documented()))


def test_every_code_has_an_example() -> None:
    shown = {block.heading for block in EXAMPLES}
    notes = {code for code in documented() if code.startswith(("PF6", "PF7"))}
    assert set(documented()) - shown - notes == set(NOT_SHOWN)


@pytest.mark.parametrize("code", [code for code in documented() if code.startswith("PF7")])
def test_a_code_of_the_service_is_brought_about_by_a_test(code: str) -> None:
    """A store or a service is needed for these, so their examples are those tests."""
    rooms = [ROOT / "tests" / name for name in ("api", "faults", "http", "ledger")]
    assert any(code in path.read_text("utf-8") for room in rooms for path in room.rglob("*.py"))


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"{block.heading}-{block.line}")
def test_an_example_gives_its_code(block: Block, tmp_path: Path) -> None:
    problems = Desk(tmp_path).problems(block)
    assert block.heading in {problem.code for problem in problems}, block.place


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"{block.heading}-{block.line}")
def test_what_the_program_says_is_shown_as_it_says_it(block: Block, tmp_path: Path) -> None:
    after = BLOCKS[BLOCKS.index(block) + 1]
    assert "says" in after.marks, f"{block.place}: what the program says is missing"
    found = [said(problem) for problem in Desk(tmp_path).problems(block) if problem.code == block.heading]
    for line in after.text.splitlines():
        assert line in found, f"{after.place}: the program says {found}"


@pytest.mark.parametrize("code", [code for code in documented() if code.startswith("PF6")])
def test_a_note_is_shown_as_it_stands_in_a_decision(code: str) -> None:
    notes = [json.loads(block.text) for block in BLOCKS if block.heading == code and block.kind == "json"]
    assert notes
    assert {note["code"] for note in notes} == {code}
