"""`prioritise load`."""

from __future__ import annotations

import json
from pathlib import Path

from api.cli._ledger import Documents, acting, counted, documents_of, ledger_at, telling
from api.cli._load import events_of, notes_by_unit, returns_of
from api.cli._terminal import say, tell
from engine.ledger.asking import events_of as recorded_events
from engine.ledger.documents import Policy
from engine.ledger.ledger import Ledger
from engine.ledger.recording import Act, Receipt
from engine.ledger.records import event_payload
from rules.library import Framework
from rules.model import Declaration, Events, Organisation, Suspension
from rules.problems import DocumentError


def run(
    store: str | None,
    frameworks: Path | None,
    name: str | None,
    file: Path,
    events_path: Path | None,
    skip_bad_rows: bool,
    form: str,
) -> None:
    """Record the returns of a file, and the events of another, in one write."""
    as_json = form == "json"
    with telling(as_json), ledger_at(store, name, make=True) as ledger:
        documents = documents_of(frameworks) if frameworks is not None or ledger.head() == 0 else None
        framework, organisation = _read_by(ledger, documents, name)
        returns = returns_of(file, framework, organisation, skip_bad_rows, as_json)
        events = events_of(events_path, framework, organisation)
        notes = notes_by_unit(returns)
        units = len({one.pdu for one in returns.returns})
        with acting(ledger, documents) as (act, meter):
            with meter.phase("Deciding", units):
                receipt = act.record_returns(returns.returns, notes)
            new = _new(act, events)
            with meter.phase("Deciding on the events", len(new)):
                for event in new:
                    receipt = act.declare(event) if isinstance(event, Declaration) else act.suspend(event)
    known = len(events.declarations) + len(events.suspensions) - len(new)
    if as_json:
        print(json.dumps(receipt_json(receipt), ensure_ascii=False, indent=2))
        return
    for line in _lines(receipt, known):
        tell(line)
    if not returns.returns:
        say("The file holds no returns.")


def _read_by(
    ledger: Ledger, documents: Documents | None, name: str | None
) -> tuple[Framework, Organisation]:
    """The framework that the file is read by, and the register of units. Raises StoreError, UsageError."""
    if documents is not None:
        return documents.library.framework(name), documents.library.organisation
    with ledger.policy() as policy:
        return policy.framework, policy.library.organisation


def _new(act: Act, events: Events) -> list[Declaration | Suspension]:
    """The events that are not recorded yet: a file may be loaded twice. One that was ended stays ended."""
    framework = act.policy.framework.id
    known = set()
    for told in recorded_events(act.writing.connection, framework):
        known.add(_facts(framework, _event(told.kind, told.facts)))
