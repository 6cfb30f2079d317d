"""`prioritise declare` and `prioritise suspend`, and the ends of both."""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from api.cli._ledger import (
    acting,
    documents_of,
    end_if_undecided,
    ledger_at,
    tell_problems,
    telling,
    titles,
)
from api.cli._ledger_load import recorded, told
from api.cli._terminal import FOUND_PROBLEMS, end, tell
from engine.active import DAY
from engine.ledger.asking import Told
from engine.ledger.documents import Policy
from engine.ledger.ledger import Ledger
from engine.ledger.overview import Overview
from engine.ledger.recording import Receipt
from engine.ledger.records import DECLARATION, declaration_of, suspension_of
from engine.ledger.shorts import Short
from engine.returns import read_events
from rules.model import Declaration, Suspension
from rules.problems import EngineError, Place, Problem, ReturnsError, StoreError

_COMMANDS = {"declaration": "declare", "suspension": "suspend"}
_WORDS = {"pdu": "PDU", "status": "STATUS"}
"""How the keys of an event are called on the command line, where they are no options of their names."""
_SAID = "said.json"
_PLACES = {_SAID: "", "id": "--end", "last_day": "--last-day"}
"""The places of problems that are to be told as words of the command line."""


class Said(NamedTuple):
    """An event as it was said on the command line."""

    kind: str
    words: list[str]
    region: str | None
    everyone: bool
    start: datetime.date | None
    until: datetime.date | None
    by: str | None
    reason: str | None
    renew: list[str]


def run(
    store: str | None,
    frameworks: Path | None,
    name: str | None,
    said: Said,
    ending: str | None,
    last_day: datetime.date | None,
    form: str,
) -> None:
    """Record an event, or the end of one, and what follows from it."""
    facts = _facts(said, last_day) if ending is None else None
    if ending is not None:
        _check_end(said)
    as_json = form == "json"
    with telling(as_json), ledger_at(store, name, make=frameworks is not None) as ledger:
        documents = documents_of(frameworks) if frameworks is not None else None
        try:
            with acting(ledger, documents) as (act, meter), meter.phase("Deciding", len(act.policy.pdus)):
                if facts is not None:
                    event = _fit(facts, said.kind, act.policy)
                    receipt = act.declare(event) if isinstance(event, Declaration) else act.suspend(event)
                else:
                    assert ending is not None
                    _check_reason(said, act.policy)
                    one = _of_kind(act.event(ending), said.kind)
                    event = declaration_of(one.facts) if one.kind == DECLARATION else suspension_of(one.facts)
                    last = last_day if last_day is not None else act.today - DAY
                    receipt = act.end(one, last, said.reason or "")
        except (ReturnsError, StoreError) as error:
            if any(problem.place.file not in _PLACES for problem in error.problems):
                raise
            tell_problems([_placed(problem, said.kind) for problem in error.problems], as_json)
            sys.exit(FOUND_PROBLEMS)
        if as_json:
            print(json.dumps(told(receipt), ensure_ascii=False, indent=2))
            end_if_undecided(receipt.undecided, as_json)
            return
        with ledger.policy() as policy:
            tell(_declared(receipt, event, policy) if ending is None else _ended(ending, event, last))
        tell(recorded(receipt))
        tell(_now(ledger, event))
        end_if_undecided(receipt.undecided, as_json)


def _facts(said: Said, last_day: datetime.date | None) -> dict[str, Any]:
    """What was said, under the keys of an events file. Wrong use ends the program."""
    command = _COMMANDS[said.kind]
    if last_day is not None:
        end("--last-day is for --end.")
    words = list(said.words)
    facts: dict[str, Any] = {}
    wider = [option for option, given in (("--region", said.region), ("--everyone", said.everyone)) if given]
    due = (["STATUS"] if said.kind == "declaration" else []) + ([] if wider else ["PDU"])
    if len(wider) > 1:
        end("--region and --everyone exclude each other.")
    if len(words) != len(due):
        shown = "[PDU] STATUS" if said.kind == "declaration" else "[PDU]"
        for_whom = (
            f"with {wider[0]} no unit is named" if wider else "name a unit, or give --region or --everyone"
        )
        end(f"Write prioritise {command} {shown} …: {for_whom}.")
    if said.kind == "declaration":
        facts["status"] = words.pop()
    if words:
        facts["pdu"] = words.pop()
    if said.region is not None:
        facts["region"] = said.region
    needed = {"from": said.start, "until": said.until, "by": said.by, "reason": said.reason}
    if said.kind == "suspension":
        del needed["until"]
    lacking = [f"--{key}" for key, value in needed.items() if value is None]
    if lacking:
        end(f"prioritise {command} needs {', '.join(lacking)} too.")
    days = {"from": said.start, "until": said.until}
    facts |= {key: value.isoformat() for key, value in days.items() if value is not None}
    facts |= {"by": said.by, "reason": said.reason}
    return facts | ({"renew": said.renew} if said.renew else {})


def _check_end(said: Said) -> None:
    """Whether nothing was said beside an end but what belongs to it. Wrong use ends the program."""
    given = {
        "a unit or a status": said.words,
        "--region": said.region,
        "--everyone": said.everyone,
        "--from": said.start,
        "--until": said.until,
        "--by": said.by,
        "--renew": said.renew,
    }
    stray = next((option for option, value in given.items() if value), None)
    if stray is not None:
        end(f"--end takes --reason and --last-day, and not {stray}.")
    if not (said.reason or "").strip():
        end("--end needs --reason.")


def _fit(facts: dict[str, Any], kind: str, policy: Policy) -> Declaration | Suspension:
    """The event, read as one of a file is. Raises ReturnsError."""
    events = read_events(
        json.dumps({f"{kind}s": [facts]}).encode(),
        _SAID,
        organisation=policy.library.organisation,
        versions=[one.version for one in policy.framework.policies],
    )
    return events.declarations[0] if events.declarations else events.suspensions[0]


def _check_reason(said: Said, policy: Policy) -> None:
    """Whether the reason of an end is one that an event could have. Raises ReturnsError."""
    _fit({"from": "2022-01-31", "by": "someone", "reason": said.reason}, "suspension", policy)


def _of_kind(found: Told, kind: str) -> Told:
    """The event, if it is one that the command ends. Raises StoreError."""
    if found.kind != kind:
        hint = f"End it with prioritise {_COMMANDS[found.kind]} --end {found.id}."
        raise StoreError([Problem("PF708", f"{found.id} is a {found.kind}.", Place("id"), hint)])
    return found


def _placed(problem: Problem, kind: str) -> Problem:
    """A problem at the word or option that it is about."""
    place = problem.place
    if place.file != _SAID:
        hint = problem.hint
        if problem.code == "PF708" and not hint.startswith("End it"):
            hint = "prioritise status PDU names those that are not over."
        return replace(problem, place=Place(_PLACES[place.file]), hint=hint)
    keys = [key for key in place.path.replace("[", ".").split(".") if not key.rstrip("]").isdigit()]
    key = keys[1] if len(keys) > 1 else None
    shown = f"prioritise {_COMMANDS[kind]}" if key is None else _WORDS.get(key, f"--{key}")
    return replace(problem, place=Place(shown), also=())


def _whom(event: Declaration | Suspension, policy: Policy) -> str:
    organisation = policy.library.organisation
    if event.pdu is not None:
        return policy.pdus[event.pdu].name
    if event.region is not None:
        return next(region.name for region in organisation.regions if region.id == event.region)
    return f"every {organisation.unit.one}"


def _declared(receipt: Receipt, event: Declaration | Suspension, policy: Policy) -> str:
    until = f"until {event.until}" if event.until is not None else "until further notice"
    whom, id_ = _whom(event, policy), receipt.events[-1]
    if isinstance(event, Declaration):
        status = titles(policy.framework).get(event.status, event.status)
        return f"{id_}: {status} is declared for {whom} from {event.from_} {until}."
    return f"{id_}: the framework is suspended for {whom} from {event.from_} {until}."


def _ended(id_: str, event: Declaration | Suspension, last: datetime.date) -> str:
    if last < event.from_:
        return f"{id_} is taken back: it began on {event.from_}, and counts on no day."
    return f"{id_} is ended: its last day is {last}."


def _now(ledger: Ledger, event: Declaration | Suspension) -> str:
    """The statuses today of those whom an event is for."""
    with ledger.view() as view:
        shown, whom = titles(view.policy.framework), _whom(event, view.policy)
        units = [pdu for pdu in view.units(event.region) if event.pdu in (None, pdu.id)]
        faults: dict[str, EngineError] = {}
        shorts = Overview().shorts(view, units, faults)
        decided = [one for unit in units if isinstance(one := shorts.get(unit.id), Short)]
    if not decided:
        return "No status is decided today."
    if event.pdu is not None:
        short = decided[0]
        return f"Today {units[0].name} is {shown.get(short.status, short.status)}, since {short.since}."
    counts = Counter(short.status for short in decided)
    return f"Today for {whom}: {', '.join(_ordered(counts, shown))}."


def _ordered(counts: Counter[str], shown: dict[str, str]) -> Iterator[str]:
    order = list(shown)
    for status in sorted(counts, key=lambda one: order.index(one) if one in order else len(order)):
        yield f"{counts[status]:,} {shown.get(status, status)}"
