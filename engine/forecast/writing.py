"""Writing a pipeline as a file that `read_pipeline` reads back to the same value: YAML, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from engine.forecast._drafts import split_key
from engine.forecast._table import COLUMNS
from engine.forecast.pipeline import CERTAIN, Known, Pipeline, Trend
from rules.figures import Vocabulary
from rules.model._fields import number_text

Form = Literal["yaml", "json", "csv"]
FORMS: Mapping[str, Form] = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv"}
"""The form that a file's ending tells."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9.]+%|[0-9]+ days", re.ASCII)
_WORDS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])
"""What other readers of YAML take for something else than a text."""


def write_pipeline(pipeline: Pipeline, form: Form, vocabulary: Vocabulary) -> bytes:
    """The bytes of a file; `vocabulary` tells the list that each member is of, for the columns of a table."""
    if form == "csv":
        return _table(pipeline, vocabulary)
    parts = {
        "events": [_event(one) for one in pipeline.known],
        "trends": [_trend(one) for one in pipeline.trends],
    }
    if form == "json":
        text = ",\n".join(
            f'"{name}": [\n' + ",\n".join(f"  {_flow(entry, _quoted)}" for entry in entries) + "\n]"
            for name, entries in parts.items()
        )
        return f"{{\n{text}\n}}\n".encode()
    lines = []
    for name, entries in parts.items():
        if entries:
            lines += [f"{name}:", *(f"  - {_flow(entry, _bare)}" for entry in entries)]
    return ("\n".join(lines or ["{}"]) + "\n").encode()


def without_unknown(pipeline: Pipeline, vocabulary: Vocabulary) -> Pipeline:
    """The pipeline without changes of figures that a framework does not have, and without what is empty then."""

    def is_known(key: str) -> bool:
        input_id, member = split_key(key)
        spec = vocabulary.inputs.get(input_id)
        return spec is not None and (member in spec.members if spec.per else member is None)

    known = []
    for event in pipeline.known:
        changes = tuple(change for change in event.changes if is_known(change[0]))
        known += [replace(event, changes=changes)] if changes else []
    return Pipeline(tuple(known), tuple(trend for trend in pipeline.trends if is_known(trend.key)))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _bare(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS else _quoted(text)


def _flow(value: Any, say: Callable[[str], str]) -> str:
    """A value on one line. Numbers stand as their exact digits."""
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, dict):
        quote = _quoted if say is _quoted else str
        return "{" + ", ".join(f"{quote(key)}: {_flow(inner, say)}" for key, inner in value.items()) + "}"
    return say(value)


def _event(one: Known) -> dict[str, Any]:
    change: dict[str, Any] = {}
    for key, amount in one.changes:
        input_id, member = split_key(key)
        if member is None:
            change[input_id] = amount
        else:
            change.setdefault(input_id, {})[member] = amount
    return {
        "event": one.id,
        "pdu": one.pdu,
        "on": str(one.on),
        "kind": one.kind,
        "change": change,
        **_rest(one),
    }


def _rest(one: Known) -> dict[str, str]:
    """What may be left out, where it is not."""
    return {
        **({"likelihood": f"{number_text(one.likelihood)}%"} if one.likelihood != CERTAIN else {}),
        **({"until": str(one.until)} if one.until is not None else {}),
        **({"spread": f"{one.spread} days"} if one.spread else {}),
        **_words(one),
    }


def _words(one: Known | Trend) -> dict[str, str]:
    return {key: text for key, text in (("basis", one.basis), ("note", one.note)) if text}


def _trend(one: Trend) -> dict[str, Any]:
    return {
        **{key: text for key, text in (("pdu", one.pdu), ("region", one.region)) if text is not None},
        "input": one.key,
        **({"per_week": one.per_week} if one.per_week is not None else {}),
        **({"percent": f"{number_text(one.percent)}%"} if one.percent is not None else {}),
        **_words(one),
    }


def _table(pipeline: Pipeline, vocabulary: Vocabulary) -> bytes:
    rows: list[dict[str, str]] = []
    for event in pipeline.known:
        head = {"event": event.id, "pdu": event.pdu, "on": str(event.on), "kind": event.kind, **_rest(event)}
        for key, amount in event.changes:
            rows.append({**head, **_figure(key, vocabulary), "change": number_text(amount)})
    for trend in pipeline.trends:
        told = {key: text for key, text in _trend(trend).items() if key != "input"}
        row = {key: text if isinstance(text, str) else number_text(text) for key, text in told.items()}
        rows.append({**row, **_figure(trend.key, vocabulary)})
    lists = [name for name in vocabulary.lists if any(name in row for row in rows)]
    at = COLUMNS.index("input") + 1
    columns = [*COLUMNS[:at], *lists, *COLUMNS[at:]]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _figure(key: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The cells that name a figure."""
    input_id, member = split_key(key)
    spec = vocabulary.inputs.get(input_id)
    if member is None:
        return {"input": input_id}
    return {"input": input_id, str(spec.per): member} if spec is not None else {"input": key}
