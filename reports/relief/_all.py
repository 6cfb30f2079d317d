"""Relief of many units as one table, as text or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.relief import Relief, document
from reports._build import tidy
from reports._explanation import Table
from reports._format import capital, number
from reports._names import Names
from reports._render import columns, fill
from reports._words import relief as words
from reports._words import relief_tables as tables
from reports.language import gettext as _
from rules.model import Organisation, Version

COLUMNS = (
    "pdu", "name", "region", "as_of", "status", "shortfall", "released", "covers", "remaining", "least",
    "least_hours", "next_status", "next_hours", "next_covers", "next_unknown", "unknown", "because", "decision",
)  # fmt: skip
VersionOf = Callable[[Relief], Version]


def all_table(found: Sequence[Relief], version_of: VersionOf, organisation: Organisation) -> str:
    """A line for each unit, those whose reductions are not enough first, and a sentence that sums up."""
    told = [(one, document(one, version_of(one))) for one in found]
    weight = {False: 0, None: 1, True: 2}
    told.sort(key=lambda pair: (weight[pair[1]["covers"]], pair[0].decision["pdu"]["name"]))
    rows = []
    for one, document_ in told:
        names = Names(one.decision, version_of(one), organisation)
        shortfall, ahead = document_["shortfall"], document_["next_status"]
        rows.append(
            (
                one.decision["pdu"]["name"],
                names.status(document_["status"]),
                tables.not_known() if shortfall is None else number(shortfall["hours"]),
                _hours(document_["released"], document_["unknown"]),
                tables.verdict(document_["covers"]),
                tables.NONE if ahead is None else _hours(ahead["hours"], ahead["unknown"]),
            )
        )
    heads = (
        capital(organisation.unit.one),
        _(tables.STATUS),
        _(tables.MISSING),
        _(tables.RELEASED),
        _(tables.ENOUGH),
        _(tables.ONE_UP),
    )
    table: Table = tidy(Table(_(tables.HOURS), heads, tuple(rows)))
    enough, short, open_ = (
        sum(document_["covers"] is verdict for one, document_ in told) for verdict in (True, False, None)
    )
    unit = organisation.unit
    summary = words.all_summary(enough, short, open_, unit.one, unit.many)
    return f"{columns(table)}\n\n{fill(summary)}\n{fill(_(words.ALL_NOTE))}\n"


def all_csv(found: Sequence[Relief], version_of: VersionOf) -> str:
    """A row for each unit. Lists are ids with spaces between them; an empty cell is not known."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in found:
        told, pdu = document(one, version_of(one)), one.decision["pdu"]
        least, ahead = told["least"], told["next_status"]
        row = {
            **told,
            "name": pdu["name"],
            "region": pdu["region"],
            "shortfall": None if told["shortfall"] is None else told["shortfall"]["hours"],
            "covers": _flag(told["covers"]),
            "least": None if least is None else " ".join(least["activities"]),
            "least_hours": None if least is None else least["hours"],
            "next_status": None if ahead is None else ahead["status"],
            "next_hours": None if ahead is None else ahead["hours"],
            "next_covers": None if ahead is None else _flag(ahead["covers"]),
            "next_unknown": None if ahead is None else _activities(ahead["unknown"]),
            "unknown": _activities(told["unknown"]),
            "because": None if told["because"] is None else told["because"]["code"],
        }
        writer.writerow("" if row[key] is None else row[key] for key in COLUMNS)
    return text.getvalue()


def _activities(entries: Sequence[Mapping[str, Any]]) -> str:
    return " ".join(entry["activity"] for entry in entries)


def _hours(text: str, unknown: Sequence[object]) -> str:
    """Hours that are known; where nothing of them is, that they are not."""
    if not unknown:
        return number(text)
    return tables.or_more(number(text)) if text.strip("0.") else tables.not_known()


def _flag(value: bool | None) -> str | None:
    return None if value is None else "true" if value else "false"
