"""`prioritise evaluate`."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from api.cli._load import events_of, library, parent, returns_of, shipped, unit, units_of
from api.cli._terminal import console, progress, reporting, say, tell, write_out
from engine.canonical import canonical_bytes
from engine.deciding import Engine, Undecided, decide_all, decide_parents
from engine.decision import Decision
from engine.parents import is_parent
from rules.library import Framework
from rules.model import Organisation

COLUMNS = (
    "pdu", "name", "region", "as_of", "framework", "version", "status", "since", "previous", "calculated",
    "calculated_since", "declared", "outstayed", "review_by", "permitted", "decision",
)  # fmt: skip


def run(
    frameworks: Path | None,
    name: str | None,
    returns_path: Path,
    events_path: Path | None,
    as_of: datetime.date | None,
    pdus: list[str],
    parents: bool,
    skip_bad_rows: bool,
    form: str,
    mapping: str | None = None,
    mapped_day: datetime.date | None = None,
) -> None:
    """Decide each unit of a file and print the decisions. With a mapping the file is another tool's export."""
    as_json = form in ("json", "ndjson")
    with reporting(as_json):
        loaded = library(frameworks)
        framework = loaded.framework(name)
        whole = [id_ for id_ in pdus if is_parent(id_)]
        pdus = [unit(loaded.organisation, id_).id for id_ in pdus if not is_parent(id_)]
        if mapping is not None or mapped_day is not None:
            from api.cli._convert import mapped  # what reads other tools' exports is seldom needed

            folder = frameworks if frameworks is not None else shipped()
            returns = mapped(
                returns_path, mapping, folder, framework, loaded.organisation, mapped_day, skip_bad_rows
            )
        else:
            returns = returns_of(returns_path, framework, loaded.organisation, skip_bad_rows, as_json)
        events = events_of(events_path, framework, loaded.organisation)
        notes = returns.notes_by_unit()
        units = pdus
        if not pdus and not whole:
            units = sorted({one.pdu for one in returns.returns} | units_of(notes, loaded.organisation))
        with Engine(framework, loaded.organisation) as engine:
            above = parents_asked(engine, whole, pdus, everyone=parents)
            decisions: list[Decision] = []
            undecided: list[Undecided] = []
            if units:
                with progress("Deciding", len(units)) as advance:
                    decisions, undecided = decide_all(
                        engine,
                        returns.returns,
                        events,
                        as_of=as_of,
                        only=units,
                        notes=notes,
                        progress=advance,
                    )
            if above:
                more, none = decide_parents(engine, returns.returns, events, as_of=as_of, only=above)
                decisions, undecided = decisions + more, undecided + none
    for message in dict.fromkeys(one.message for one in undecided):
        say(message)
    if not decisions and not undecided:
        say("The file holds no returns: there is nothing to decide.")
    if form == "json":
        print(json.dumps(decisions, ensure_ascii=False, indent=2))
    elif form == "ndjson":
        write_out(b"".join(canonical_bytes(decision) + b"\n" for decision in decisions), None)
    elif form == "csv":
        sys.stdout.write(as_csv(decisions))
    elif decisions:
        print_table(decisions, framework, loaded.organisation)


def parents_asked(engine: Engine, named: list[str], units: list[str], *, everyone: bool) -> list[str]:
    """The parents to decide: those named, and if asked all of them, or those of the units that were named."""
    found = dict.fromkeys(parent(engine, id_).pdu.id for id_ in named)
    if everyone:
        known = engine.parents.all
        if not known:
            say(f"No version of {engine.framework.id} says how a region or the whole gets a status (rollup).")
        found |= dict.fromkeys(id_ for id_ in known if not units or set(units) & set(known[id_].units))
    return list(found)


def as_csv(decisions: Iterable[Mapping[str, Any]]) -> str:
    """One row for each decision."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for decision in decisions:
        declared = decision["declared"]
        row = {
            **{key: decision[key] for key in COLUMNS if key in decision},
            "pdu": decision["pdu"]["id"],
            "name": decision["pdu"]["name"],
            "region": decision["pdu"]["region"],
            "framework": decision["framework"]["id"],
            "version": decision["framework"]["version"],
            "declared": declared["status"] if declared else None,
            "outstayed": "true" if decision["outstayed"] else "false",
            "permitted": " ".join(one["activity"] for one in decision["permitted"]),
            "decision": decision["id"],
        }
        writer.writerow("" if row[key] is None else row[key] for key in COLUMNS)
    return text.getvalue()


def capital(word: str) -> str:
    """A word with a capital letter first; the rest as it is."""
    return word[:1].upper() + word[1:]


STYLES = {
    "green": "green", "yellow": "yellow", "amber": "dark_orange", "orange": "dark_orange", "red": "red",
    "purple": "magenta", "black": "bold", "blue": "blue", "grey": "dim",
}  # fmt: skip


def print_table(
    decisions: list[dict[str, Any]],
    framework: Framework,
    organisation: Organisation,
    title: str | None = None,
) -> None:
    """The decisions as a table that reads well at 80 columns."""
    from rich.table import Table
    from rich.text import Text

    shown: dict[str, tuple[str, str]] = {}
    for policy in framework.policies:
        for status in policy.version.statuses:
            shown[status.id] = (status.title or status.id, STYLES.get(status.colour or "", ""))
    days = sorted({decision["as_of"] for decision in decisions})
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    table.add_column(capital(organisation.unit.one), ratio=1, overflow="fold")
    headings = ("Status", "Since", "Review by") if len(days) == 1 else ("As of", "Status", "Since")
    for heading in headings:
        table.add_column(heading, no_wrap=True)
    table.add_column("May reduce", justify="right")
    for decision in decisions:
        word, style = shown.get(decision["status"], (decision["status"].capitalize(), "bold"))
        declared = decision["declared"]
        marked = word + (" (declared)" if declared and declared["in_force"] else "")
        told = {
            "As of": decision["as_of"],
            "Status": Text(marked, style=style),
            "Since": decision["since"],
            "Review by": decision["review_by"] or "-",
        }
        cells = [told[heading] for heading in headings]
        table.add_row(decision["pdu"]["name"], *cells, str(len(decision["permitted"])))
    console().print(table)
    titles = " and ".join(dict.fromkeys(decision["framework"]["title"] for decision in decisions))
    print()
    tell(f"{f'As of {days[0]}' if len(days) == 1 else 'Each on its own day'}, by {titles}.")
    points = [point for decision in decisions for point in decision["settings"]["trigger_points"].values()]
    if any(point["basis"] == "illustrative" for point in points):
        tell("The trigger points are illustrative: examples, not published policy.")
