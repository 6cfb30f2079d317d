"""Reading a file of events: declarations and suspensions, as YAML or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from pydantic import BaseModel

from rules.check.events import check_events, check_scopes
from rules.model import Declaration, Events, Organisation, Suspension, Version
from rules.model.read import read_model
from rules.problems import Findings, Place, Problem, ReturnsError
from rules.text import MAX_BYTES, Mapping, Node, Scalar, Sequence, Source, parse

_INNER: dict[str, type[BaseModel]] = {"declarations": Declaration, "suspensions": Suspension}
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def read_events(
    data: bytes,
    name: str,
    *,
    organisation: Organisation,
    versions: Iterable[Version] | None = None,
    pinned: bool = False,
) -> Events:
    """The events that a file holds. Raises `ReturnsError` with every problem at once.

    With `versions` (of one framework) the events are held against it too, as `check_events` does.
    """
    findings = Findings()
    source = _parse_json(data, name, findings) if PurePath(name).suffix.lower() == ".json" else None
    if source is None and not findings.problems:
        source = parse(data, name, findings)
    if source is None:
        raise ReturnsError(findings.problems)
    events = read_model(Events, source, findings)
    if events is None:
        raise ReturnsError(_shape(problem) for problem in findings.problems)
    with findings.reading():
        problems = check_scopes(events, organisation, source.place)
        if versions is not None:
            problems += check_events(events, versions, source.place, pinned=pinned)
        for problem in problems:
            findings.take(problem)
    if findings.problems:
        raise ReturnsError(findings.problems)
    return events


def _shape(problem: Problem) -> Problem:
    """A fault of shape under the code that events have for it."""
    return replace(problem, code="PF520")


def _parse_json(data: bytes, name: str, findings: Findings) -> Source | None:
    """A JSON text by way of YAML, which knows where things stand.

    What JSON has and YAML has not is brought into line first: tabs, which stand between values only, and
    characters written as two halves. A value `null` is one that is not given.
    """
    if len(data) > MAX_BYTES:
        return None  # the parser of YAML says so
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(name, error.lineno, error.colno)
        findings.add(
            "PF520", f"This is not valid JSON: {error.msg}.", place, "Check commas, brackets and quotes."
        )
        return None
    except (RecursionError, ValueError):
        findings.add(
            "PF520", "This is nested too deeply, or a number is too long.", Place(name), "Flatten it."
        )
        return None
    source = parse(_PAIR.sub(_whole, text.replace("\t", " ")), name, findings)
    return (
        Source(source.file, _without_nulls(source.root, Events), source.text) if source is not None else None
    )


def _whole(halves: re.Match[str]) -> str:
    high, low = int(halves[1], 16), int(halves[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


def _without_nulls(node: Node, model: type[BaseModel]) -> Node:
    """The node without those keys of a model whose value is null. An unknown key stays, so that it is told."""
    if isinstance(node, Sequence):
        items = tuple(_without_nulls(child, model) for child in node.items)
        return Sequence(items, node.line, node.column)
    if not isinstance(node, Mapping):
        return node
    known = {field.alias or name for name, field in model.model_fields.items()}
    kept = {
        key: _without_nulls(child, _INNER.get(key, model))
        for key, child in node.entries.items()
        if not (key in known and isinstance(child, Scalar) and child.plain and child.text == "null")
    }
    return Mapping(kept, node.keys, node.line, node.column)
