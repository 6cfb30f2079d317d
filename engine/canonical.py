"""The canonical form of decisions: sorted keys, no spaces, UTF-8 unescaped, decimals as text, no floats."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import orjson

NOT_HASHED = ("id", "decided_at", "asked")
Value = TypeVar("Value")


class FixedDict(dict[str, Any]):
    """A mapping that many decisions share and none changes; its canonical form is written once."""

    __slots__ = ("written",)

    def __init__(self, value: Mapping[str, Any]) -> None:
        super().__init__(value)
        self.written = orjson.Fragment(canonical_bytes(dict(value)))


class FixedList(list[Value], Generic[Value]):
    """A list that many decisions share and none changes; its canonical form is written once."""

    __slots__ = ("written",)

    def __init__(self, value: list[Value]) -> None:
        super().__init__(value)
        self.written = orjson.Fragment(canonical_bytes(list(value)))


def _fixed(value: Any) -> orjson.Fragment:
    if isinstance(value, FixedDict | FixedList):
        return value.written
    raise TypeError(f"a decision does not hold {type(value).__name__}")


def canonical_bytes(value: Any) -> bytes:
    """A value of texts, whole numbers, truths, nulls, lists and mappings as canonical JSON."""
    return orjson.dumps(value, default=_fixed, option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS)


def digest(value: Any) -> str:
    """`sha256:` and the hash of the canonical form."""
    return "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()


def decision_id(decision: Mapping[str, Any]) -> str:
    """The id of a decision: the hash of its facts."""
    return digest({key: value for key, value in decision.items() if key not in NOT_HASHED})
