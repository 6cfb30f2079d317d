"""Reading a file of events: declarations and suspensions, as YAML or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from engine.returns._event_rules import check_events, check_scopes
from rules.model import Events, Organisation, Version
from rules.model.read import read_model
from rules.problems import Findings, Place, Problem, ReturnsError
from rules.text import MAX_BYTES, Mapping, Node, Scalar, Sequence, Source, parse

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
    problems = check_scopes(events, organisation, source.place)
    if versions is not None:
        problems += check_events(events, versions, source.place, pinned=pinned)
    if problems:
        raise ReturnsError(problems)
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
    return Source(source.file, _without_nulls(source.root), source.text) if source is not None else None


def _whole(halves: re.Match[str]) -> str:
    high, low = int(halves[1], 16), int(halves[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


def _without_nulls(node: Node) -> Node:
    """The node without keys whose value is null. Its depth is bounded by the parser."""
    if isinstance(node, Mapping):
        kept = {
            key: _without_nulls(child)
            for key, child in node.entries.items()
            if not (isinstance(child, Scalar) and child.plain and child.text == "null")
        }
        return Mapping(kept, node.keys, node.line, node.column)
    if isinstance(node, Sequence):
        return Sequence(tuple(_without_nulls(child) for child in node.items), node.line, node.column)
    return node
