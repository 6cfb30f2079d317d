"""The tables of keys in the reference of the format are as the models are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rules.schema.reference import WRITTEN, described_models, renewed, tables
from tests.docs.docs_blocks import FORMAT, ROOT

PAGE = FORMAT.read_text("utf-8")
ROW = re.compile(r"\| `\w+` \|(.+)\|")


def table(name: str) -> str:
    """A table of the page."""
    start = PAGE.index(f"<!-- keys:{name} -->")
    return PAGE[start : PAGE.index("<!-- /keys -->", start)]


def test_the_tables_are_current() -> None:
    assert renewed(PAGE) == PAGE, "run make schemas"


def test_everything_that_may_be_written_has_one_table() -> None:
    assert sorted(tables(PAGE)) == sorted([*described_models(), *WRITTEN])


@pytest.mark.parametrize("name", sorted(described_models()))
def test_a_table_says_of_each_key_what_is_due_and_what_it_means(name: str) -> None:
    rows = table(name).splitlines()[3:]
    fields = described_models()[name].model_fields
    assert [row.split("`")[1] for row in rows] == [field.alias or key for key, field in fields.items()]
    for row, field in zip(rows, fields.values(), strict=True):
        assert ROW.fullmatch(row)
        needed, due, meaning, otherwise = (cell.strip() for cell in row.split(" | ")[1:])
        assert (needed == "yes") == field.is_required()
        assert due != "-"
        assert meaning.endswith(".")
        assert otherwise.strip(" |") == "-" or not field.is_required()


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_a_table_of_what_is_kept_as_written_has_every_key(name: str) -> None:
    rows = table(name).splitlines()[3:]
    assert [row.split("`")[1] for row in rows] == list(WRITTEN[name]["properties"])


def test_nested_mappings_link_to_their_table() -> None:
    assert "see [Reductions](#reductions)" in table("Activity")
    assert "see [Conditions](#conditions)" in table("Reduction")
    assert "see [Outcomes](#outcomes)" in table("Guarantee")


def test_defaults_and_bounds_are_told() -> None:
    assert "| a whole number, 0 to 9 |" in table("Input")
    assert "`0 days`" in table("Status")
    assert "`{one: PDU, many: PDUs}`" in table("Organisation")
    assert "`false`" in table("Status")


def test_the_command_renews_a_page_and_leaves_the_words_around_it(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Keys\n\nBefore.\n<!-- keys:Lever -->\nold\n<!-- /keys -->\nAfter.\n", "utf-8")
    subprocess.run(
        [sys.executable, "-m", "rules.schema.reference", str(page)], cwd=ROOT, check=True, timeout=60
    )
    lines = page.read_text("utf-8").splitlines()
    assert lines[:4] == ["# Keys", "", "Before.", "<!-- keys:Lever -->"]
    assert lines[-2:] == ["<!-- /keys -->", "After."]
    assert any(line.startswith("| `step` | yes | a number above 0 |") for line in lines)
    assert "old" not in lines


def test_a_table_of_nothing_is_a_fault() -> None:
    with pytest.raises(KeyError):
        renewed("<!-- keys:Wall -->\n<!-- /keys -->\n")
