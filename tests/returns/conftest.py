"""A tiny organisation and framework, and what the tests of returns and events share."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest

from engine.returns import Returns, read_events, read_returns
from rules.figures import Vocabulary
from rules.model import Events, Organisation, Version
from rules.problems import Findings
from rules.text import parse, value_of

TODAY = datetime.date(2022, 9, 1)

ORGANISATION = """
format: 1
regions:
  - {id: north, name: The North}
  - {id: south, name: The South}
pdus:
  - {id: york, name: York and Selby, code: Y01, region: north}
  - {id: hull, name: Hull, region: north}
  - {id: leeds, name: Leeds, region: north, until: 2022-05-31}
  - {id: leeds-east, name: Leeds East, region: north, from: 2022-06-01, replaces: [leeds]}
  - {id: "101", name: Kent, region: south}
"""

COMMON = """
format: 1
framework: plan
title: A plan
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
statuses: [{id: green}, {id: red, enter: {staffing: {below: 80}}}]
"""

FIRST = (
    COMMON
    + """
version: v1
effective: 2022-01-01
until: 2022-07-31
lists: {grade: {PO: Officer, PSO: Services officer}}
inputs:
  in_post_fte: {decimals: 1, per: grade, minimum: 0}
  old_count: {decimals: 0, minimum: 0, maximum: 100}
activities: []
"""
)

SECOND = (
    COMMON
    + """
version: v2
effective: 2022-08-03
declarations: {by: regional-director, may: [raise, lower], at_most: 28 days}
lists:
  grade: {PO: Officer, PSO: Services officer, CA: Administrator}
  stage: {NQO: Newly qualified, L1: Learner}
inputs:
  required_fte: {decimals: 2, per: grade, minimum: 0}
  in_post_fte: {decimals: 2, per: grade, minimum: 0}
  learner_fte: {decimals: 2, per: stage, minimum: 0, default: 0}
  wmt_points: {decimals: 0, minimum: 0, maximum: 10000000}
  change: {decimals: 1}
  local_alert: {values: [none, high, very-high], default: none}
activities: [{id: home-visits, reductions: [{from: red, strength: may, do: Less.}]}]
"""
)


def model(kind: Any, text: str) -> Any:
    """A document as its model."""
    findings = Findings()
    source = parse(text, "document.yaml", findings)
    assert source is not None, findings.problems
    return kind.model_validate(value_of(source.root))


ORGANISED: Organisation = model(Organisation, ORGANISATION)
VERSIONS: list[Version] = [model(Version, FIRST), model(Version, SECOND)]
VOCABULARY = Vocabulary(VERSIONS)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return VOCABULARY


@pytest.fixture(scope="session")
def versions() -> list[Version]:
    return VERSIONS


@pytest.fixture(scope="session")
def read() -> Callable[..., Returns]:
    """`read_returns` with the tiny framework; a text is taken as UTF-8."""

    def reader(data: bytes | str, name: str = "returns.csv", **options: Any) -> Returns:
        raw = data.encode() if isinstance(data, str) else data
        given: dict[str, Any] = {"vocabulary": VOCABULARY, "organisation": ORGANISED, "today": TODAY}
        return read_returns(raw, name, **given | options)

    return reader


@pytest.fixture(scope="session")
def events() -> Callable[..., Events]:
    """`read_events` with the tiny organisation and the framework's versions."""

    def reader(data: bytes | str, name: str = "events.yaml", **options: Any) -> Events:
        raw = data.encode() if isinstance(data, str) else data
        given: dict[str, Any] = {"organisation": ORGANISED, "versions": VERSIONS}
        return read_events(raw, name, **given | options)

    return reader


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """A workbook of the given rows."""

    def build(*rows: list[Any]) -> bytes:
        import openpyxl

        book = openpyxl.Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        sink = io.BytesIO()
        book.save(sink)
        return sink.getvalue()

    return build


@pytest.fixture(scope="session")
def parquet() -> Callable[..., bytes]:
    """A Parquet file of the given columns."""

    def build(**columns: Any) -> bytes:
        import pyarrow
        import pyarrow.parquet

        sink = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.table(columns), sink)
        return sink.getvalue()

    return build
