"""What the ledger's records hold: a payload for each kind, and the index rows that follow from it.

A payload is plain values, written as canonical JSON. Figures are told as numbers and categories apart, so that a
return is read back as it was.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from engine.ledger.store import tables
from rules.figures import Figure, Return
from rules.model import Declaration, Suspension

DOCUMENTS, RETURN, DECLARATION, SUSPENSION, END = "documents", "return", "declaration", "suspension", "end"
DECISION, TICK, UNDECIDED = "decision", "tick", "undecided"
EVENTS = (DECLARATION, SUSPENSION, END)
Payload = Mapping[str, Any]
Cause = Literal["return", "correction", "declaration", "suspension", "end", "time", "documents"]
"""Why something was decided: what was recorded, or that time passed."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who has something recorded: a person's or program's id as their token has it, their role and their client."""

    subject: str
    role: str | None = None
    client: str | None = None

    def facts(self) -> Mapping[str, str | None]:
        """As it stands in a record."""
        return {"subject": self.subject, "role": self.role, "client": self.client}


def return_payload(framework: str, given: Return, notes: Iterable[Mapping[str, Any]] = ()) -> Payload:
    """A return; `notes` are entries of `data_quality` of the decisions that rest on it."""
    texts = given.texts
    categories = {key for key, figure in given.figures.items() if isinstance(figure, str)}
    return {
        "framework": framework,
        "pdu": given.pdu,
        "as_of": given.as_of.isoformat(),
        "sha256": given.sha256,
        "numbers": {key: text for key, text in texts.items() if key not in categories},
        "categories": {key: text for key, text in texts.items() if key in categories},
        "annotations": dict(given.annotations),
        "notes": [dict(note) for note in notes],
    }


def return_of(payload: Payload, recorded_at: str) -> Return:
    """The return of a payload, with the moment at which it was recorded."""
    figures: dict[str, Figure] = {key: Decimal(text) for key, text in payload["numbers"].items()}
    figures.update(payload["categories"])
    day = datetime.date.fromisoformat(payload["as_of"])
    return Return(payload["pdu"], day, figures, payload["annotations"], recorded_at)


def event_payload(framework: str, id_: str, event: Declaration | Suspension) -> Payload:
    """A declaration or a suspension."""
    return {"framework": framework, "id": id_, **event.model_dump(mode="json", by_alias=True)}


def declaration_of(payload: Payload) -> Declaration:
    """The declaration of a payload."""
    return Declaration.model_validate(_facts(payload))


def suspension_of(payload: Payload) -> Suspension:
    """The suspension of a payload."""
    return Suspension.model_validate(_facts(payload))


def _facts(payload: Payload) -> dict[str, Any]:
    """The facts of an event as its model takes them: with days as days."""
    facts = {key: value for key, value in payload.items() if key not in ("framework", "id")}
    for key in ("from", "until"):
        facts[key] = None if facts[key] is None else datetime.date.fromisoformat(facts[key])
    return {key: value for key, value in facts.items() if value is not None}


def index_rows(seq: int, kind: str, payload: Payload) -> list[tuple[sa.Table, dict[str, Any]]]:
    """The rows of the index tables that follow from a record."""
    row: dict[str, Any] = {"seq": seq}
    if kind == DOCUMENTS:
        return [(tables.document_sets, {**row, "sha256": payload["set"]})]
    if kind == TICK:
        return [(tables.ticks, {**row, "framework": payload["framework"], "day": payload["day"]})]
    row["framework"] = payload["framework"]
    if kind == RETURN:
        keys = ("pdu", "as_of", "sha256")
        return [(tables.returns, {**row, **{key: payload[key] for key in keys}})]
    if kind in EVENTS:
        event = {"kind": kind, "event_id": payload["id"], "pdu": payload["pdu"], "region": payload["region"]}
        return [(tables.events, {**row, **event})]
    return _undecided_rows(row, payload) if kind == UNDECIDED else _decision_rows(row, payload)


def _undecided_rows(row: dict[str, Any], payload: Payload) -> list[tuple[sa.Table, dict[str, Any]]]:
    change = payload["change"]
    whose = {"pdu": payload["pdu"], "region": payload["region"], "cause": payload["cause"]}
    return [] if change is None else [(tables.changes, {**row, **whose, **change})]


def _decision_rows(row: dict[str, Any], payload: Payload) -> list[tuple[sa.Table, dict[str, Any]]]:
    decision, change = payload["decision"], payload["change"]
    whose = {
        **row,
        "pdu": decision["pdu"]["id"],
        "region": decision["pdu"]["region"],
        "as_of": decision["as_of"],
    }
    keys = ("id", "status", "since", "previous", "calculated", "calculated_since", "review_by")
    told = {key: decision[key] for key in keys}
    found = [(tables.decisions, {**whose, **told, "version": decision["framework"]["version"]})]
    if change is not None:
        found.append(
            (tables.changes, {**whose, **change, "to_id": decision["id"], "cause": payload["cause"]})
        )
    return found
