"""The schema of returns: made for the inputs of a framework, in all its versions."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.returns import read_returns, write_returns
from engine.sample import sample_returns
from rules.figures import Vocabulary
from rules.library import load_library
from rules.model import Organisation, Version
from rules.problems import Findings, ReturnsError
from rules.schema import returns_schema, schema
from rules.text import parse, value_of

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
COMMON = """
format: 1
framework: plan
title: A plan
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
statuses: [{id: green}]
activities: []
"""
FIRST = (
    COMMON
    + """
version: v1
effective: 2022-01-01
lists: {grade: {PO: Officer, CA: Administrator}, stage: {NQO: New}}
inputs:
  staff: {title: Staff, unit: FTE, decimals: 1, per: grade, minimum: 0}
  points: {decimals: 0, minimum: 0, maximum: 100}
  change: {decimals: 0}
  alert: {values: [none, high]}
  gone: {decimals: 0}
"""
)
SECOND = (
    COMMON
    + """
version: v2
effective: 2022-07-01
lists: {grade: {PO: Officer, PSO: Services officer}, stage: {NQO: New}}
inputs:
  staff: {title: All staff, unit: FTE, decimals: 2, per: grade, minimum: 0}
  points: {decimals: 0, minimum: -5, maximum: 50}
  change: {decimals: 2, per: stage}
  alert: {values: [high, severe]}
"""
)
ORGANISATION = (
    "{format: 1, regions: [{id: north, name: North}], pdus: [{id: york, name: York, region: north}]}"
)


def model(kind: Any, text: str) -> Any:
    """A document as its model."""
    source = parse(text, "x.yaml", Findings())
    assert source is not None
    return kind.model_validate(value_of(source.root))


VOCABULARY = Vocabulary([model(Version, FIRST), model(Version, SECOND)])
UNITS: Organisation = model(Organisation, ORGANISATION)
VALIDATOR = Draft202012Validator(returns_schema(VOCABULARY))


def taken(one: dict[str, Any]) -> bool:
    """Whether the reader of returns takes a return."""
    try:
        read_returns(
            json.dumps(one).encode(),
            "x.json",
            vocabulary=VOCABULARY,
            organisation=UNITS,
            today=datetime.date(2022, 12, 1),
        )
    except ReturnsError:
        return False
    return True


@pytest.mark.parametrize(
    "figures",
    [
        {"staff": {"PO": 1.5, "CA": 2}},
        {"staff": {"PO": 1.25, "PSO": None}},
        {"points": 100},
        {"points": -5},
        {"points": 20.0},
        {"change": 3},
        {"change": {"NQO": -2.25}},
        {"alert": "none"},
        {"alert": "severe"},
        {"gone": 1},
        {},
    ],
)
def test_what_some_version_takes_is_taken(figures: dict[str, Any]) -> None:
    days = ("2022-02-01", "2022-08-01")
    assert any(taken({"pdu": "york", "as_of": day, **figures}) for day in days)
    for day in days:
        assert VALIDATOR.is_valid({"pdu": "york", "as_of": day, **figures})


@pytest.mark.parametrize(
    "figures",
    [
        {"staff": 3},
        {"staff": {"PO": -1}},
        {"staff": {"NQO": 1}},
        {"points": 101},
        {"points": 0.5},
        {"change": "3"},
        {"alert": "milder"},
        {"others": 1},
        {"points": 10**15},
    ],
)
def test_what_no_version_takes_is_refused(figures: dict[str, Any]) -> None:
    for day in ("2022-02-01", "2022-08-01"):
        one = {"pdu": "york", "as_of": day, **figures}
        assert not taken(one)
        assert not VALIDATOR.is_valid(one)


def test_figures_are_explained_as_the_newest_version_calls_them() -> None:
    properties = returns_schema(VOCABULARY)["$defs"]["Return"]["properties"]
    assert properties["staff"]["title"] == "All staff"
    assert properties["staff"]["description"] == "All staff, one figure for each grade."
    assert properties["staff"]["properties"]["PSO"]["title"] == "Services officer"
    assert (
        properties["staff"]["properties"]["PSO"]["description"]
        == "All staff in FTE, with at most 2 decimals."
    )


def test_what_the_sample_sends_fits_the_schema_that_is_shipped() -> None:
    library = load_library(FRAMEWORKS)
    returns = list(sample_returns(library.organisation))
    vocabulary = library.framework().vocabulary
    sent = json.loads(write_returns(returns[::97], vocabulary, "json"))
    assert len(sent) > 50
    assert [fault.message for fault in Draft202012Validator(schema("returns")).iter_errors(sent)] == []
    for one in sent[:5]:
        assert Draft202012Validator(schema("returns", vocabulary)).is_valid(one)
