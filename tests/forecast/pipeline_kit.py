"""A small framework and register to read pipelines with."""

from __future__ import annotations

from functools import cache
from typing import Any

from engine.forecast import Pipeline, read_pipeline
from rules.figures import Vocabulary
from rules.model import Organisation, Version
from rules.problems import Findings, Place, Problem, ReturnsError
from rules.text import parse, value_of
from tests.small_policy import FIRST, ORGANISATION, SECOND

SECOND_MORE = SECOND.replace(
    "  points: {decimals: 0, minimum: 0, maximum: 1000}\n",
    "  points: {decimals: 0, minimum: 0, maximum: 1000}\n"
    "  alert: {values: [none, high], default: none}\n"
    "  learners: {decimals: 1, per: stage, minimum: 0}\n",
).replace("lists: {grade:", "lists: {stage: {L1: First year, L2: Second year}, grade:")


@cache
def organisation() -> Organisation:
    found: Organisation = _model(Organisation, ORGANISATION)
    return found


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary([_model(Version, FIRST), _model(Version, SECOND_MORE)])


def _model(kind: Any, text: str) -> Any:
    source = parse(text, "document.yaml", Findings())
    assert source is not None
    return kind.model_validate(value_of(source.root))


def read(text: str | bytes, name: str = "pipeline.yaml") -> Pipeline:
    """The pipeline of a text."""
    data = text.encode() if isinstance(text, str) else text
    return read_pipeline(data, name, vocabulary=vocabulary(), organisation=organisation())


def refused(text: str | bytes, name: str = "pipeline.yaml") -> tuple[Problem, ...]:
    """Every problem of a text that is refused."""
    try:
        read(text, name)
    except ReturnsError as error:
        return error.problems
    raise AssertionError("it was taken")


def place_of(text: str) -> Place:
    """Where the mark ^ stands in a text."""
    before = text[: text.index("^")]
    return Place("pipeline.yaml", before.count("\n") + 1, len(before) - before.rfind("\n"))
