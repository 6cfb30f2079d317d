"""Plain YAML text of plain Python values."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]+ (?:days?|weeks?)")
_AMBIGUOUS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def to_yaml(document: Any) -> str:
    """The text of a document: block style, numbers plain, texts quoted where they need to be."""
    return "\n".join(_lines(document)) + "\n"


def _lines(value: Any) -> list[str]:
    """The lines of a mapping or a list that is not empty."""
    lines: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            head = f"{_scalar(key)}:"
            if _is_flat(inner):
                lines.append(f"{head} {_flat(inner)}")
            else:
                lines.append(head)
                lines += [f"  {line}" for line in _lines(inner)]
        return lines
    for inner in value:
        first, *rest = [_flat(inner)] if _is_flat(inner) else _lines(inner)
        lines.append(f"- {first}")
        lines += [f"  {line}" for line in rest]
    return lines


def _is_flat(value: Any) -> bool:
    if isinstance(value, list):
        return not any(isinstance(inner, (dict, list)) for inner in value)
    return not isinstance(value, dict) or not value


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(inner) for inner in value) + "]"
    return "{}" if isinstance(value, dict) else _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise TypeError(f"no YAML for {value!r}")
    plain = _PLAIN.fullmatch(value) and value.lower() not in _AMBIGUOUS
    return value if plain else json.dumps(value, ensure_ascii=False)
