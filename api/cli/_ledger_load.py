"""`prioritise load`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from api.cli._convert import mapped
from api.cli._ledger import (
    Documents,
    acting,
    counted,
    documents_of,
    end_if_undecided,
    is_new,
    ledger_at,
    seconds,
    telling,
)
from api.cli._ledger_plan import print_plan
from api.cli._load import events_of, returns_of
from api.cli._terminal import say, tell
from engine.canonical import canonical_bytes
from engine.ledger.asking import events_of as recorded_events
from engine.ledger.ledger import Ledger
from engine.ledger.recording import Act, Receipt
from engine.ledger.records import DECLARATION, declaration_of, suspension_of
from engine.returns import Returns
from rules.library import Framework, Shelf
from rules.model import Declaration, Events, Organisation, Suspension


class _Files(NamedTuple):
    """What is to be loaded, and how."""

    returns: Path
    events: Path | None
    skip_bad_rows: bool
    as_json: bool
    mapping: str | None = None
    day: datetime.date | None = None

    def read(
        self, framework: Framework, organisation: Organisation, folder: Shelf | None
    ) -> tuple[Returns, Events]:
        """Returns and events, as fit for a framework; a mapping is looked up in a folder. Raises ReturnsError."""
        if self.mapping is not None or self.day is not None:
            returns = mapped(
                self.returns, self.mapping, folder, framework, organisation, self.day, self.skip_bad_rows
            )
        else:
            returns = returns_of(self.returns, framework, organisation, self.skip_bad_rows, self.as_json)
        return returns, events_of(self.events, framework, organisation)


def run(
    store: str | None,
    frameworks: Path | None,
    name: str | None,
    returns_path: Path,
    events_path: Path | None,
    skip_bad_rows: bool,
    form: str,
    mapping: str | None = None,
    day: datetime.date | None = None,
    dry_run: bool = False,
) -> None:
    """Record the returns of a file, and the events of another, in one write; or only say what that would be."""
    files = _Files(returns_path, events_path, skip_bad_rows, form == "json", mapping, day)
    with telling(files.as_json), ledger_at(store, name, make=True) as ledger:
        documents = documents_of(frameworks) if frameworks is not None or is_new(ledger) else None
        framework, organisation, read_by = _policy(ledger, documents, name)
        folder = documents.texts if documents is not None else ledger.texts()[1] if mapping else None
        returns, events = files.read(framework, organisation, folder)
        if dry_run:
            print_plan(ledger, returns, events, files.as_json, adopts=documents is not None)
            return
        with acting(ledger, documents) as (act, meter):
            if read_by not in (None, act.policy.sha256):  # others have been put in force meanwhile
                returns, events = files.read(act.policy.framework, act.policy.library.organisation, folder)
            with meter.phase("Deciding", len({one.pdu for one in returns.returns})):
                receipt = act.record_returns(returns.returns, returns.notes_by_unit())
            new = list(_new(act, events))
            with meter.phase("Deciding on the events", len(act.policy.pdus) * len(new)):
                for event in new:
                    receipt = act.declare(event) if isinstance(event, Declaration) else act.suspend(event)
    if files.as_json:
        print(json.dumps(told(receipt), ensure_ascii=False, indent=2))
        end_if_undecided(receipt.undecided, files.as_json)
        return
    known = len(events.declarations) + len(events.suspensions) - len(new)
    for line in _lines(receipt, known):
        tell(line)
    if not returns.returns:
        say("The file holds no returns.")
    end_if_undecided(receipt.undecided, files.as_json)


def _policy(
    ledger: Ledger, documents: Documents | None, name: str | None
) -> tuple[Framework, Organisation, str | None]:
    """The framework and the register that files are read by; of recorded ones their hash. Raises StoreError."""
    if documents is not None:
        return documents.library.framework(name), documents.library.organisation, None
    with ledger.policy() as policy:
        return policy.framework, policy.library.organisation, policy.sha256


def _new(act: Act, events: Events) -> Iterator[Declaration | Suspension]:
    """The events that are not recorded yet: a file may be loaded twice. One that was ended stays ended."""
    known = set()
    for one in recorded_events(act.writing.connection, act.policy.framework.id):
        known.add(_facts(declaration_of(one.facts) if one.kind == DECLARATION else suspension_of(one.facts)))
    given: tuple[Declaration | Suspension, ...] = (*events.declarations, *events.suspensions)
    for event in given:
        if _facts(event) not in known:
            known.add(_facts(event))
            yield event


def _facts(event: Declaration | Suspension) -> bytes:
    return canonical_bytes({"kind": type(event).__name__, **event.model_dump(mode="json", by_alias=True)})


def told(receipt: Receipt) -> dict[str, Any]:
    """What a write has recorded, for a program."""
    wrote = receipt.last >= receipt.first
    return {
        "recorded_at": receipt.recorded_at if wrote else None,
        "records": {"first": receipt.first, "last": receipt.last} if wrote else None,
        "returns": receipt.returns,
        "unchanged": receipt.unchanged,
        "corrected": receipt.corrected,
        "events": list(receipt.events),
        "decisions_made": receipt.decisions.total(),
        "undecided": [
            {"pdu": one.pdu, "first": one.first.isoformat(), "code": one.code} for one in receipt.undecided
        ],
    }


def _lines(receipt: Receipt, known: int) -> Iterator[str]:
    """What a write has recorded, in sentences."""
    corrections = f" ({counted(receipt.corrected, 'correction')})" if receipt.corrected else ""
    there = _there(receipt.unchanged)
    yield f"{counted(receipt.returns, 'return')} recorded{corrections}{there}."
    if receipt.events or known:
        there = _there(known)
        named = f" ({', '.join(receipt.events)})" if 0 < len(receipt.events) <= 10 else ""
        yield f"{counted(len(receipt.events), 'event')} recorded{named}{there}."
    yield recorded(receipt)


def _there(known: int) -> str:
    return f"; {known:,} {'was' if known == 1 else 'were'} there already" if known else ""


def recorded(receipt: Receipt) -> str:
    """Which records a write has made."""
    if receipt.last < receipt.first:
        return "Nothing new: the ledger is as it was."
    decisions = counted(receipt.decisions.total(), "decision")
    many = receipt.last > receipt.first
    records = f"records {receipt.first:,} to {receipt.last:,}" if many else f"record {receipt.first:,}"
    return f"{decisions} made; {records} of the ledger, {seconds(receipt.recorded_at)}."
