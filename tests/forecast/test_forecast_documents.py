"""Forecasts as JSON and CSV: counts, and exact texts."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from decimal import Decimal
from typing import Any

from engine.forecast import Range
from reports.forecast import Form, tell
from tests.forecast.outlook_kit import OF, library, made, outlook, scored

ORGANISATION = library().organisation


def told(forecast: Any, form: Form, **more: Any) -> str:
    """A unit's forecast in a form."""
    return tell([outlook(forecast)], ORGANISATION, form=form, **more)


def test_json_has_counts_and_exact_texts() -> None:
    whole = json.loads(told(made(), "json", score=scored(), scored=True))
    (found,) = whole["forecasts"]
    assert found["weeks"][15]["counts"] == {
        "green": 456, "amber": 480, "red": 64, "indeterminate": 0, "undecided": 0,
    }  # fmt: skip
    assert found["weeks"][15]["chances"]["amber"] == "48.0"
    assert found["first_worse"] == "2024-05-06"
    assert found["measures"][0]["weeks"][0] == {
        "day": "2024-01-29", "low": "80.2", "middle": "88.0", "high": "93.4", "unknown": 0,
    }  # fmt: skip
    assert found["measures"][1]["weeks"][0]["low"] is None
    assert found["drivers"][1]["points"] == "25.4"
    assert found["assumptions"][1] == {"code": "returns_come", "every": 7, "first": "2024-01-29"}
    assert whole["score"]["horizons"][0]["beats_persistence"] is True
    assert whole["score"]["horizons"][0]["coverage"] == {
        "officers": {"inside": 951, "cases": 1218, "percent": "78.1"}
    }
    assert not any(isinstance(value, float) for value in _values(whole))


def _values(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [one for inner in value.values() for one in _values(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _values(inner)]
    return [value]


def test_a_measure_keeps_its_decimals() -> None:
    one = Range(Decimal("80"), Decimal("80.10"), Decimal("1E+2"), 0)
    found = made(measures=(dataclasses.replace(made().measures[0], weeks=(one,) * 26),))
    week = json.loads(told(found, "json"))["forecasts"][0]["measures"][0]["weeks"][0]
    assert (week["low"], week["middle"], week["high"]) == ("80.0", "80.1", "100.0")


def test_csv_has_a_row_for_each_week_and_status() -> None:
    text = tell([outlook(made(), made(version="phase-3-v8"))], ORGANISATION, form="csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2 * 26 * 5
    assert rows[1] == {
        "pdu": "york", "framework": "sentence-management", "version": rows[0]["version"], "as_of": "2024-01-22",
        "week": "1", "day": "2024-01-29", "status": "amber", "futures": "30", "of": "1000", "chance": "3.0",
    }  # fmt: skip
    for week in range(1, 27):
        same = [int(row["futures"]) for row in rows[: 26 * 5] if row["week"] == str(week)]
        assert sum(same) == OF
