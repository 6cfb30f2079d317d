"""docs/pipeline.md names every key, column and bound of a pipeline, and what it shows of one is one."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from engine.forecast import read_pipeline
from engine.forecast._reading import FORMATS
from engine.forecast._table import COLUMNS
from rules.library import load_library
from rules.model import PipelineEvent, PipelineFile, PipelineTrend
from rules.problems import ReturnsError
from tests.docs.docs_blocks import ROOT, Block, page_blocks

PAGE = ROOT / "docs" / "pipeline.md"
TEXT = PAGE.read_text("utf-8")
BLOCKS = [block for block in page_blocks(PAGE) if "file" in block.marks]
PARTS = [block for block in page_blocks(PAGE) if "part" in block.marks]


@pytest.mark.parametrize("model", [PipelineFile, PipelineEvent, PipelineTrend])
def test_every_key_is_told(model: type[BaseModel]) -> None:
    lists = {"events", "trends"}
    assert [key for key in model.model_fields if f"`{key}`" not in TEXT and f"{key}:" not in TEXT] == []
    assert lists <= set(PipelineFile.model_fields)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_shown(column: str) -> None:
    header = next(block.text.splitlines()[0] for block in BLOCKS if block.kind == "csv")
    assert column in header.split(",")


@pytest.mark.parametrize("ending", FORMATS)
def test_every_ending_is_told(ending: str) -> None:
    assert f"`{ending}`" in TEXT


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.marks["file"])
def test_what_is_shown_is_read_or_refused_as_told(block: Block) -> None:
    library = load_library(ROOT / "frameworks")
    vocabulary, organisation = library.framework().vocabulary, library.organisation
    name = block.marks["file"]
    if name == "wrong.yaml":
        with pytest.raises(ReturnsError) as refused:
            read_pipeline(block.text.encode(), name, vocabulary=vocabulary, organisation=organisation)
        assert all(str(problem) in TEXT for problem in refused.value.problems)
    else:
        found = read_pipeline(block.text.encode(), name, vocabulary=vocabulary, organisation=organisation)
        assert (len(found.known), len(found.trends)) == (3, 1)


def test_a_part_is_read() -> None:
    library = load_library(ROOT / "frameworks")
    vocabulary, organisation = library.framework().vocabulary, library.organisation
    for block in PARTS:
        found = read_pipeline(
            block.text.encode(), "part.yaml", vocabulary=vocabulary, organisation=organisation
        )
        assert found.trends
    assert PARTS


def test_the_table_and_the_list_are_the_same_pipeline() -> None:
    library = load_library(ROOT / "frameworks")
    vocabulary, organisation = library.framework().vocabulary, library.organisation
    one, other = (
        read_pipeline(
            block.text.encode(), block.marks["file"], vocabulary=vocabulary, organisation=organisation
        )
        for block in BLOCKS
        if block.marks["file"] != "wrong.yaml"
    )
    assert [event.changes for event in one.known] == [event.changes for event in other.known]
    assert one.trends == other.trends
