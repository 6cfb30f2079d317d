"""What is in force on a day: versions, settings, declarations and suspensions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .evaluate import Document, number

Event = dict[str, Any]


def version_on(versions: Sequence[Document], day: date) -> Document | None:
    """The version in force on a day; `until` is the last day of its version."""
    begun = [version for version in versions if version["effective"] <= day]
    if not begun or ("until" in begun[-1] and day > begun[-1]["until"]):
        return None
    return begun[-1]


def ids(version: Document) -> list[str]:
    """The status ids, least severe first."""
    return [status["id"] for status in version["statuses"]]


def mapped(status: str, old: Document, new: Document) -> str:
    """The status itself, or the nearest less severe one of `old` that exists in both."""
    order = ids(old)
    for candidate in reversed(order[: order.index(status) + 1]):
        if candidate in ids(new):
            return candidate
    return ids(new)[0]


def winner(events: Sequence[Event], day: date, pdu: str, region: str) -> Event | None:
    """Of the events in force on a day: the PDU's, the region's, everyone's; then the later one."""
    best: tuple[tuple[int, date, int], Event] | None = None
    for place, event in enumerate(events):
        if applies(event, pdu, region) and in_force(event, day):
            rank = (2 if "pdu" in event else 1 if "region" in event else 0, event["from"], place)
            if best is None or rank > best[0]:
                best = (rank, event)
    return best[1] if best else None


def applies(event: Event, pdu: str, region: str) -> bool:
    return bool(event.get("pdu", pdu) == pdu and event.get("region", region) == region)


def in_force(event: Event, day: date) -> bool:
    return bool(event["from"] <= day and (event.get("until") is None or day <= event["until"]))


def days_without_break(declarations: Sequence[Event], day: date, pdu: str, region: str) -> int:
    """The unbroken days up to this one on which some declaration was in force for the PDU."""
    first = day
    while winner(declarations, first, pdu, region) is not None:
        first -= timedelta(days=1)
    return (day - first).days


def entry_on(settings: Sequence[Event], day: date) -> Event:
    """The entry of the region's settings in force on a day; it replaces all earlier ones entirely."""
    begun = [entry for entry in settings if entry["effective"] <= day]
    return max(begun, key=lambda entry: entry["effective"]) if begun else {}


def trigger_points(version: Document, settings: Sequence[Event], day: date, pdu: str) -> dict[str, Fraction]:
    """The trigger points in force on a day: the PDU's number, else the region's, else the default."""
    entry = entry_on(settings, day)
    points = {name: spec["default"] for name, spec in version.get("trigger_points", {}).items()}
    points.update(entry.get("trigger_points", {}))
    points.update(entry.get("pdus", {}).get(pdu, {}).get("trigger_points", {}))
    return {name: number(value) for name, value in points.items()}


def withheld(settings: Sequence[Event], day: date, pdu: str) -> set[str]:
    """The activities whose reductions are withheld on a day; a PDU may withhold more."""
    entry = entry_on(settings, day)
    return {*entry.get("withhold", []), *entry.get("pdus", {}).get(pdu, {}).get("withhold", [])}
