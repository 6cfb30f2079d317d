"""Distances of many units as one table, as text or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from reports._build import tidy
from reports._explanation import Table
from reports._format import capital
from reports._names import Names
from reports._render import columns, fill
from reports._words import distance as words
from rules.model import Organisation, Version

Told = Mapping[str, Any]
Row = tuple[Told, Told, Version]
"""A distance, the decision that it rests on, and the version that the decision names."""
COLUMNS = (
    "pdu", "name", "region", "as_of", "status", "calculated", "direction", "target", "without_change", "input",
    "from", "to", "change", "steps", "reaches", "returns", "earliest", "because", "decision",
)  # fmt: skip


def all_table(found: Sequence[Row], organisation: Organisation) -> str:
    """A line for each unit: the smallest change of one figure, either way."""
    rows = []
    for told, decision, version in found:
        names = Names(decision, version, organisation)
        by_way = {target["direction"]: target for target in told["targets"]}
        rows.append(
            (
                decision["pdu"]["name"],
                names.status(told["status"]),
                *(_cell(names, by_way.get(way)) for way in ("less_severe", "more_severe")),
            )
        )
    heads = (capital(organisation.unit.one), *words.columns())
    table: Table = tidy(Table(words.caption(), heads, tuple(rows)))
    return f"{fill(table.caption)}:\n\n{columns(table)}\n\n{fill(words.all_note())}\n"


def _cell(names: Names, target: Told | None) -> str:
    if target is None:
        return words.none()
    status = names.status(target["status"])
    if target["without_change"] is not None:
        return words.comes_cell(status, target["without_change"])
    best = min(
        (one for one in target["levers"] if one["reaches"]), key=lambda one: abs(one["steps"]), default=None
    )
    if best is not None:
        key = best["input"]
        return words.one_cell(names.figure(key), best["change"], names.unit_of(key), status, best["earliest"])
    if target["joint"] is not None:
        return words.together_cell(len(target["joint"]["levers"]), status, target["joint"]["earliest"])
    return words.no_single()


def all_csv(found: Sequence[Row]) -> str:
    """A row for each unit, status and figure that people can change. An empty cell: there is none."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for told, decision, _ in found:
        codes = " ".join(one["code"] for one in told["because"])
        own = {
            **told,
            "name": decision["pdu"]["name"],
            "region": decision["pdu"]["region"],
            "because": codes or None,
        }
        rows: list[dict[str, Any]] = [
            {
                **own,
                "direction": target["direction"],
                "target": target["status"],
                "without_change": target["without_change"],
                **lever,
                "reaches": "true" if lever["reaches"] else "false",
                "because": codes or (lever["because"] or {}).get("code"),
            }
            for target in told["targets"]
            for lever in target["levers"]
        ]
        for row in rows or [own]:
            writer.writerow("" if row.get(key) is None else row[key] for key in COLUMNS)
    return text.getvalue()
