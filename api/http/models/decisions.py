"""Decisions as they are told over HTTP: the document itself, and those in short."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.http.models.fields import Day, Hash, Moment, Schema, Told
from engine.decision_schema import decision_schema

_PREFIX = "Decision"


def decision_components() -> dict[str, Schema]:
    """The decision document's schema as components of the API's description, each with a name of its own."""
    found = decision_schema()
    parts = found.pop("$defs")
    found.pop("$schema")
    named = {f"{_PREFIX}{name}": _moved({"title": name, **part}) for name, part in parts.items()}
    return {_PREFIX: _moved(found) | {"title": _PREFIX}, **named}


def _moved(node: Any) -> Any:
    if isinstance(node, list):
        return [_moved(one) for one in node]
    if not isinstance(node, dict):
        return node
    if "allOf" in node:  # the others say what must be there beside; programs made from it could not be
        return _moved(node["allOf"][0])
    moved = {
        key: f"#/components/schemas/{_PREFIX}{one.rpartition('/')[2]}" if key == "$ref" else _moved(one)
        for key, one in node.items()
    }
    title = moved.get("title")
    if isinstance(title, str) and (
        "properties" in moved or "anyOf" in moved
    ):  # programs made from it go by titles
        moved["title"] = f"{_PREFIX} {title}"
    return moved


DECISION: Schema = {"$ref": f"#/components/schemas/{_PREFIX}"}
"""A reference to the decision document, for the responses of a route."""


class DecisionInShort(Told):
    """One recorded decision in short."""

    decision: Hash = Field(description="The decision's id.")
    as_of: Day = Field(description="The day that it was made for; it holds until the next one.")
    recorded_at: Moment
    status: str
    since: Day
    previous: str | None
    calculated: str
    calculated_since: Day | None
    review_by: Day | None
    version: str


class Decisions(Told):
    """A page of the decisions recorded for a PDU, in the order in which they were recorded."""

    pdu: str
    decisions: list[DecisionInShort]
    next: str | None = Field(description="The cursor of the next page; null where this is the last.")


class Stretch(Told):
    """Days in a row with one status."""

    first: Day
    last: Day
    status: str
    decision: Hash = Field(description="The decision that it began with.")


class History(Told):
    """A PDU's status over time."""

    pdu: str
    first: Day
    last: Day
    stretches: list[Stretch]
