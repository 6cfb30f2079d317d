"""The canonical form of decisions: sorted keys, no spaces, UTF-8 unescaped, decimals as text, no floats."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import orjson

NOT_HASHED = ("id", "decided_at", "asked")
Value = TypeVar("Value")


class FixedDict(dict[str, Any]):
    """A mapping that many decisions share and none changes; its canonical form is written once, if at all."""

    __slots__ = ("_written",)
    _written: bytes

    def written(self) -> bytes:
        """The canonical form."""
        try:
            return self._written
        except AttributeError:  # a slot is empty until it is set
            self._written = canonical_bytes(dict(self))
            return self._written


class FixedList(list[Value], Generic[Value]):
    """A list that many decisions share and none changes; its canonical form is written once, if at all."""

    __slots__ = ("_written",)
    _written: bytes

    def written(self) -> bytes:
        """The canonical form."""
        try:
            return self._written
        except AttributeError:
            self._written = b"[%b]" % b",".join(map(canonical_form, self))
            return self._written


_FIXED = (FixedDict, FixedList)


def canonical_form(value: Any) -> bytes:
    """The canonical form of a value that may have been written before."""
    return value.written() if isinstance(value, _FIXED) else canonical_bytes(value)


def _fixed(value: Any) -> orjson.Fragment:
    if isinstance(value, _FIXED):
        return orjson.Fragment(value.written())
    raise TypeError(f"a decision does not hold {type(value).__name__}")


def canonical_bytes(value: Any) -> bytes:
    """A value of texts, whole numbers, truths, nulls, lists and mappings as canonical JSON."""
    return orjson.dumps(value, default=_fixed, option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS)


def readable_bytes(value: Any) -> bytes:
    """The same kind of value as JSON for people: in its own order, and with a line for each part."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)


def digest(value: Any) -> str:
    """`sha256:` and the hash of the canonical form."""
    return digest_of(canonical_bytes(value))


def digest_of(written: bytes) -> str:
    """`sha256:` and the hash of something in canonical form."""
    return "sha256:" + hashlib.sha256(written).hexdigest()


def decision_id(decision: Mapping[str, Any]) -> str:
    """The id of a decision: the hash of its facts."""
    return digest({key: value for key, value in decision.items() if key not in NOT_HASHED})
