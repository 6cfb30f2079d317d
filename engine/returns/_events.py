"""Reading a file of events: declarations and suspensions, as YAML or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import PurePath

from pydantic import BaseModel

from engine.returns._json_document import parse_json
from rules.check.events import check_events, check_scopes
from rules.model import Declaration, Events, Organisation, Suspension, Version
from rules.model.read import read_model
from rules.problems import Findings, Problem, ReturnsError
from rules.text import parse

_INNER: dict[str, type[BaseModel]] = {"declarations": Declaration, "suspensions": Suspension}


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
    is_json = PurePath(name).suffix.lower() == ".json"
    source = parse_json(data, name, findings, "PF520", Events, _INNER) if is_json else None
    if source is None and not findings.problems:
        source = parse(data, name, findings)
    if source is None:
        raise ReturnsError(findings.problems)
    events = read_model(Events, source, findings)
    if events is None:
        raise ReturnsError(_shape(problem) for problem in findings.problems)
    with findings.reading():
        against = () if versions is None else check_events(events, versions, source.place, pinned=pinned)
        for problem in chain(check_scopes(events, organisation, source.place), against):
            findings.take(problem)
    if findings.problems:
        raise ReturnsError(findings.problems)
    return events


def _shape(problem: Problem) -> Problem:
    """A fault of shape under the code that events have for it."""
    return replace(problem, code="PF520")
