"""Values of a document in words: what stood there, and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports._format import day, listed, plain, quantity
from reports.compare._titles import Titles

_CONDITIONS = ("enter", "exit", "when")
_FIELDS = {
    "stale_after": "too old after",
    "of": "of",
    "from": "from",
    "because": "because",
    "only": "only for",
    "except": "not for",
}


def said(keys: tuple[str, ...], value: Any, titles: Titles) -> str:
    """A value in words, by where it stands."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        told = [said(keys, one, titles) for one in value]
        parted = any("," in one for one in told)  # names that hold commas are not parted by them
        return ("; ".join(told) if parted else listed(told)) or "nothing"
    if isinstance(value, dict):
        return _record(keys, value, titles)
    return _text(keys, str(value), titles)


def _record(keys: tuple[str, ...], value: Mapping[str, Any], titles: Titles) -> str:
    if any(key in keys for key in _CONDITIONS) and _is_condition(value):
        return titles.condition(value)
    if keys[-1] == "bands":
        limits = [f"{plain(key)} {one}" for key, one in value.items() if key != "give"]
        return f"{' and '.join(limits)} gives {value['give']}"
    if keys[-1] in ("never", "always", "where"):
        return "; ".join(f"{plain(word)} {_outcome(word, ids, titles)}" for word, ids in value.items())
    told = []
    for key, one in value.items():
        if one in (None, False, [], {}) or key in ("id", "basis", "decimals"):
            continue
        inner = said((*keys, key), one, titles)
        told.append(inner if key in ("title", "do") else f"{_FIELDS.get(key, plain(key))} {inner}")
    return "; ".join(one.rstrip(".") for one in told) or "nothing"


def _is_condition(value: Mapping[str, Any]) -> bool:
    kinds = [key for key in value if key not in ("for", "source", "basis", "note")]
    return len(kinds) == 1 and isinstance(value[kinds[0]], dict | list)


def _outcome(word: str, ids: Any, titles: Titles) -> str:
    name = titles.activity if word == "permitted" else titles.status
    return listed([name(one) for one in ids], "or")


def _text(keys: tuple[str, ...], value: str, titles: Titles) -> str:
    key = keys[-1]
    if keys[0] == "trigger_points" and key in ("default", "from", "to"):
        return quantity(value, titles.unit(keys[1]))
    if key in ("effective", "until", "published", "on"):
        return day(value)
    if key in ("except", "only") or (len(keys) > 1 and keys[-2] in ("except", "only")):
        return titles.cohort(value)
    if key == "source":
        return titles.source(value)
    if key == "part":
        return titles.part(value)
    if key == "from" and keys[0] == "activities":
        return titles.status(value)
    if key in ("activation", "first_return", "strength", "colour", "basis", "may", "every") and value:
        return plain(value)
    return value


def whole(value: Mapping[str, Any], titles: Titles) -> str:
    """An activity in a sentence or two: that it must be done, or from when on it may be reduced and how."""
    if value.get("mandatory"):
        return f"It must always be done: {value['mandatory']['because'].rstrip('.')}."
    told = []
    for from_, one in (value.get("reductions") or {}).items():
        told.append(f"From {titles.status(from_)} on: {one['do'].rstrip('.')}.")
    return " ".join(told)
