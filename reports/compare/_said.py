"""Values of a document in words: what stood there, and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports._format import day, listed, plain, quantity
from reports._words import documents as words
from reports.compare._titles import Titles

_CONDITIONS = ("enter", "exit", "when")
_LENGTHS = (
    "every", "stale_after", "longest_gap", "grace", "at_most", "minimum_stay", "review_every", "outstays_after",
    "lapses_after", "carry_forward", "for",
)  # fmt: skip
"""Fields that hold a length in days or weeks."""


def said(keys: tuple[str, ...], value: Any, titles: Titles) -> str:
    """A value in words, by where it stands."""
    if value is None:
        return words.nothing()
    if isinstance(value, bool):
        return words.yes_or_no(value)
    if isinstance(value, list):
        told = [said(keys, one, titles) for one in value]
        parted = any("," in one for one in told)  # names that hold commas are not parted by them
        return ("; ".join(told) if parted else listed(told)) or words.nothing()
    if isinstance(value, dict):
        return _record(keys, value, titles)
    return _text(keys, str(value), titles)


def _record(keys: tuple[str, ...], value: Mapping[str, Any], titles: Titles) -> str:
    if any(key in keys for key in _CONDITIONS) and _is_condition(value):
        return titles.condition(value)
    if keys[-1] == "bands":
        return words.band({key: str(one) for key, one in value.items() if key != "give"}, str(value["give"]))
    if keys[-1] in ("never", "always", "where"):
        return "; ".join(words.outcome(word, _names(word, ids, titles)) for word, ids in value.items())
    told = []
    for key, one in value.items():
        if one in (None, False, [], {}) or key in ("id", "basis", "decimals"):
            continue
        inner = said((*keys, key), one, titles)
        told.append(inner if key in ("title", "do") else words.keyed(key, inner))
    return "; ".join(one.rstrip(".") for one in told) or words.nothing()


def _is_condition(value: Mapping[str, Any]) -> bool:
    kinds = [key for key in value if key not in ("for", "source", "basis", "note")]
    return len(kinds) == 1 and isinstance(value[kinds[0]], dict | list)


def _names(word: str, ids: Any, titles: Titles) -> list[str]:
    name = titles.activity if word == "permitted" else titles.status
    return [name(one) for one in ids]


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
    if key in _LENGTHS:
        return words.length(value)
    if key in ("activation", "first_return", "strength", "colour", "basis", "may", "every") and value:
        return plain(value)
    return value


def whole(value: Mapping[str, Any], titles: Titles) -> str:
    """An activity in a sentence or two: that it must be done, or from when on it may be reduced and how."""
    if value.get("mandatory"):
        return words.must_be_done(value["mandatory"]["because"].rstrip("."))
    told = []
    for from_, one in (value.get("reductions") or {}).items():
        told.append(words.from_status(titles.status(from_), one["do"].rstrip(".")))
    return " ".join(told)
