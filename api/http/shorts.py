"""Short answers as values and bytes: one unit's, and many units' as JSON, NDJSON or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from api.http.answers import CSV, JSON, NDJSON
from engine.ledger.shorts import Short
from rules.model import Pdu

FORMS = (JSON, NDJSON, CSV)
COLUMNS = (
    "pdu",
    "name",
    "region",
    "as_of",
    "known_at",
    "status",
    "since",
    "previous",
    "calculated",
    "calculated_since",
    "review_by",
    "framework",
    "version",
    "decision",
    "decided_for",
    "recorded",
)


def told(short: Short, unit: Pdu, framework: str, day: str, known_at: str | None) -> dict[str, Any]:
    """The short answer for a unit on a day, as known at a moment."""
    return {
        "pdu": unit.id,
        "name": unit.name,
        "region": unit.region,
        "as_of": day,
        "known_at": known_at,
        "status": short.status,
        "since": short.since,
        "previous": short.previous,
        "calculated": short.calculated,
        "calculated_since": short.calculated_since,
        "review_by": short.review_by,
        "framework": {"id": framework, "version": short.version},
        "decision": short.id,
        "decided_for": short.as_of,
        "recorded": short.recorded,
    }


def written(
    form: str, rows: Iterable[Mapping[str, Any]], day: str, known_at: str | None, changes: str
) -> bytes:
    """Many units' short answers in one form."""
    if form == NDJSON:
        return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
    if form == CSV:
        return _table(rows)
    return orjson.dumps({"as_of": day, "known_at": known_at, "changes": changes, "statuses": list(rows)})


def _table(rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        used = row["framework"]
        recorded = "true" if row["recorded"] else "false"
        cells = {**row, "framework": used["id"], "version": used["version"], "recorded": recorded}
        writer.writerow({name: _plain(cell) for name, cell in cells.items()})
    return text.getvalue().encode()


def _plain(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
