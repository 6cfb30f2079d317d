"""What is expected of a decision, and what came out, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.decision import Decision
from rules.model import Expectation
from rules.model._fields import number_text, read_number
from rules.text import Scalar


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than expected."""

    field: str
    expected: str
    found: str
    as_of: str | None = None


def compared(expected: Expectation, decision: Decision) -> Iterator[tuple[str, str, str]]:
    """What is expected and what came out, field by field, as text."""
    for field in ("status", "calculated"):
        if getattr(expected, field) is not None:
            yield field, getattr(expected, field), decision[field]
    if expected.since is not None:
        yield "since", expected.since.isoformat(), decision["since"]
    if expected.previous is not None:
        yield "previous", _written(expected.previous), decision["previous"] or "null"
    if expected.outstayed is not None:
        yield "outstayed", _written(expected.outstayed), "true" if decision["outstayed"] else "false"
    permitted = {one["activity"]: one for one in decision["permitted"]}
    if expected.permitted is not None:
        yield "permitted", ", ".join(sorted(expected.permitted)), ", ".join(sorted(permitted))
    for id_ in expected.includes_permitted or ():
        yield "includes_permitted", id_, id_ if id_ in permitted else "not permitted"
    for id_, status in (expected.reductions or {}).items():
        yield f"reductions.{id_}", status, permitted[id_]["from"] if id_ in permitted else "not permitted"
    for id_, day in (expected.ends or {}).items():
        found = str(permitted[id_]["ends"]) if id_ in permitted else "not permitted"
        yield f"ends.{id_}", day.isoformat(), found
    protected = {one["activity"] for one in decision["protected"]}
    for id_ in expected.protected or ():
        yield "protected", id_, id_ if id_ in protected else "not protected"
    measures = {one["id"]: one["value"] for one in decision["measures"]}
    for id_, value in (expected.measures or {}).items():
        yield f"measures.{id_}", _number(_written(value)), _number(measures.get(id_) or "unknown")
    for rule in expected.because or ():
        yield "because", rule, rule if rule in decision["fired"] else "did not fire"


def _written(value: Any) -> str:
    return value.text if isinstance(value, Scalar) else str(value)


def _number(text: str) -> str:
    """A number in its shortest form, so that 82.50 is 82.5; other words as they are."""
    number = read_number(text)
    return text if number is None else number_text(number)
