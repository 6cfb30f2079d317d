"""`prioritise status`."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from api.cli._evaluate import STYLES, capital
from api.cli._ledger import counted, differ, documents_of, end_if_undecided, ledger_at, telling, titles
from api.cli._load import parent, unit
from api.cli._terminal import FOUND_PROBLEMS, console, end, progress, say, tell, write_out
from engine.canonical import canonical_bytes
from engine.deciding import Undecided
from engine.ledger.asking import events_of
from engine.ledger.ledger import Ledger
from engine.ledger.records import DECLARATION
from engine.ledger.shorts import Short
from engine.ledger.store import moment, utc_now
from engine.ledger.undecided import Unsettled, unsettled_by
from engine.ledger.view import View
from engine.parents import is_parent
from reports import context
from rules.model import Pdu
from rules.problems import EngineError, StoreError, did_you_mean

COLUMNS = (
    "pdu", "name", "region", "as_of", "known_at", "status", "since", "previous", "calculated", "calculated_since",
    "review_by", "framework", "version", "decision", "decided_for", "recorded",
)  # fmt: skip


class Question(NamedTuple):
    """What is asked: of one unit or of those of a region, for which day, and as known when."""

    pdu: str | None
    region: str | None
    as_of: datetime.date | None
    known_at: datetime.datetime | None


def run(store: str | None, frameworks: Path | None, name: str | None, question: Question, form: str) -> None:
    """Print the statuses, or the short answer for one unit."""
    if question.pdu is not None and question.region is not None:
        end("--region is for the table of all units: leave it out, or leave out the unit.")
    if question.known_at is not None and question.known_at > utc_now():
        end(f"--known-at {moment(question.known_at)} is still to come.")
    known_at = None if question.known_at is None else moment(question.known_at)
    with telling(form in ("json", "ndjson")), ledger_at(store, name) as ledger:
        if frameworks is not None:
            _compare(ledger, frameworks)
        try:
            _answer(ledger, question, known_at, form)
        except StoreError as error:
            if known_at is not None and any(one.code == "PF710" for one in error.problems):
                end(f"At {known_at} nothing was recorded yet.", FOUND_PROBLEMS)
            raise


def _answer(ledger: Ledger, question: Question, known_at: str | None, form: str) -> None:
    """Ask the ledger, and print what it says. Raises StoreError, UsageError."""
    with ledger.view(question.as_of, known_at) as view:
        units = _units(view, question)
        if form == "table" and question.pdu is not None:
            _tell_one(view, units[0], known_at)
            return
        found, undecided, faults = _answers(view, units)
        for message in dict.fromkeys(one.message for one in undecided):
            say(message)
        _print(view, found, form, known_at)
        end_if_undecided(faults, form in ("json", "ndjson"))


def _compare(ledger: Ledger, folder: Path) -> None:
    """Say where the documents of a folder are not those in force. Raises StoreError, DocumentError, UsageError."""
    if differ(ledger, documents_of(folder)):
        say(f"The documents in {folder} are not those in force: `prioritise tick --frameworks` adopts them.")


def _units(view: View, question: Question) -> list[Pdu]:
    organisation = view.policy.library.organisation
    if question.pdu is not None:
        if is_parent(question.pdu):
            return [parent(view.policy.engine, question.pdu).pdu]
        return [unit(organisation, question.pdu)]
    regions = [region.id for region in organisation.regions]
    if question.region is not None and question.region not in regions:
        hint = did_you_mean(question.region, regions)
        end(f"There is no {organisation.group.one} {question.region}. {hint}")
    return view.units(question.region)


def _answers(
    view: View, units: list[Pdu]
) -> tuple[list[tuple[Pdu, Short]], list[Undecided], list[Unsettled]]:
    """The short answers; those that there are none for; and those that cannot be given, by a fault of the engine."""
    found: list[tuple[Pdu, Short]] = []
    undecided: list[Undecided] = []
    faults: list[Unsettled] = []
    fresh = view.settled is None or view.day > view.settled
    with progress("Deciding", len(units) if fresh else 0) as advance:
        for pdu in units:
            try:
                short = view.short(pdu)
            except EngineError as error:
                known = view.undecided.get(pdu.id)
                faults.append(known or unsettled_by(error, pdu.id, view.day, "time"))
            else:
                if isinstance(short, Undecided):
                    undecided.append(short)
                else:
                    found.append((pdu, short))
            advance()
    return found, undecided, faults


def _print(view: View, found: list[tuple[Pdu, Short]], form: str, known_at: str | None) -> None:
    rows = [_row(view, pdu, short, known_at) for pdu, short in found]
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "ndjson":
        write_out(b"".join(canonical_bytes(row) + b"\n" for row in rows), None)
    elif form == "csv":
        sys.stdout.write(_csv(rows))
    elif rows:
        _table(view, found, known_at)


def _row(view: View, pdu: Pdu, short: Short, known_at: str | None) -> dict[str, Any]:
    """The short answer, with the fields that it has over HTTP."""
    told = short._asdict()
    told |= {"name": pdu.name, "region": pdu.region, "as_of": view.day.isoformat(), "known_at": known_at}
    told |= {"framework": {"id": view.policy.framework.id, "version": short.version}}
    told |= {"decision": short.id, "decided_for": short.as_of}
    return {key: told[key] for key in COLUMNS if key != "version"}


def _csv(rows: Iterable[Mapping[str, Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        used = row["framework"]
        recorded = "true" if row["recorded"] else "false"
        cells = {**row, "framework": used["id"], "version": used["version"], "recorded": recorded}
        writer.writerow("" if cells[key] is None else cells[key] for key in COLUMNS)
    return text.getvalue()


def _table(view: View, found: list[tuple[Pdu, Short]], known_at: str | None) -> None:
    """All units, in a table that reads well at 80 columns, and how many have each status."""
    from rich.table import Table
    from rich.text import Text

    organisation, shown = view.policy.library.organisation, titles(view.policy.framework)
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(capital(organisation.unit.one), ratio=1, overflow="fold")
    for heading in ("Status", "Since", "Review by", "Before"):
        table.add_column(heading, no_wrap=True)
    styles = _styles(view)
    for pdu, short in found:
        status = Text(shown.get(short.status, short.status), style=styles.get(short.status, "bold"))
        before = "-" if short.previous is None else shown.get(short.previous, short.previous)
        table.add_row(pdu.name, status, short.since, short.review_by or "-", before)
    console().print(table)
    print()
    counts = Counter(short.status for _, short in found)
    order = {status: place for place, status in enumerate(shown)}
    listed = [
        f"{counts[status]:,} {shown.get(status, status)}"
        for status in sorted(counts, key=lambda one: (order.get(one, len(order)), one))
    ]
    words = organisation.unit
    tell(f"{len(found):,} {words.one if len(found) == 1 else words.many}: {', '.join(listed)}.")
    tell(_when(view, known_at))


def _when(view: View, known_at: str | None) -> str:
    known = f", as it was known at {known_at}" if known_at is not None else ""
    if view.settled is None or view.day > view.settled:
        return f"As of {view.day}{known}; decided for this question, and not recorded."
    return f"As of {view.day}{known}."


def _styles(view: View) -> dict[str, str]:
    return {
        status.id: STYLES.get(status.colour or "", "")
        for policy in view.policy.framework.policies
        for status in policy.version.statuses
    }


def _tell_one(view: View, pdu: Pdu, known_at: str | None) -> None:
    """The short answer for one unit, in words."""
    decision = view.decision(pdu)
    if isinstance(decision, Undecided):
        say(decision.message)
        return
    words = context(decision, view.policy.version_of(decision), view.policy.library.organisation)
    tell(f"{words.title}.")
    for sentence in (words.why, *words.lead):
        tell(sentence)
    count = len(decision["permitted"])
    tell(
        f"{counted(count, 'activity', 'activities')} may be reduced." if count else "Nothing may be reduced."
    )
    standing = list(_standing(view, pdu))
    if standing:
        print()
        tell("What people have decided, and is not over:")
        for line in standing:
            print(f"  {line}")
    print()
    tell(_when(view, known_at)[:-1] + f", by {decision['framework']['title']}.")
    print(f"Decision {decision['id']}")
    if decision["decided_at"] is not None:
        tell(f"recorded at {decision['decided_at']}.")


def _standing(view: View, pdu: Pdu) -> Iterator[str]:
    """The declarations and suspensions for a unit that are not over on the day, by the ids that end them."""
    shown, group = titles(view.policy.framework), view.policy.library.organisation.group.one
    for one in events_of(view.connection, view.policy.framework.id, known=view.known):
        facts = one.facts
        first, last = facts["from"], one.end["last_day"] if one.end is not None else facts["until"]
        is_over = last is not None and (last < first or last < view.day.isoformat())
        for_it = facts["pdu"] == pdu.id or (facts["pdu"] is None and facts["region"] in (None, pdu.region))
        if is_over or not for_it:
            continue
        what = shown.get(facts["status"], facts["status"]) if one.kind == DECLARATION else "suspended"
        scope = f", for the {group}" if facts["region"] else ", for everyone"
        whom = "" if facts["pdu"] else scope
        yield f"{one.id}: {what} from {first} until {last or 'further notice'}{whom}"
