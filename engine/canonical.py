"""The canonical form of decisions: sorted keys, no spaces, UTF-8 unescaped, decimals as text, no floats."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

NOT_HASHED = ("id", "decided_at", "asked")


def canonical_bytes(value: Any) -> bytes:
    """A value of texts, whole numbers, truths, nulls, lists and mappings as canonical JSON."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(value: Any) -> str:
    """`sha256:` and the hash of the canonical form."""
    return "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()


def decision_id(decision: Mapping[str, Any]) -> str:
    """The id of a decision: the hash of its facts."""
    return digest({key: value for key, value in decision.items() if key not in NOT_HASHED})
