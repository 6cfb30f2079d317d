"""Python functions that are written out as text, because calling one for each node or line costs several times as much.

Whoever writes one lets nothing of a document stand in its text but whole numbers and, as literals, keys. Programs
that differ in their numbers alone often have the same text, so each text is compiled once, and kept for a while.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any

MAX_TEXTS, LONGEST = 64, 1 << 16
"""How many texts are kept compiled, and how long one may be to be kept: some tens of megabytes at the very most."""
_compiled = lru_cache(maxsize=MAX_TEXTS)(compile)


def written_out(head: str, body: Iterable[str], known: Mapping[str, object] | None = None) -> Any:
    """The function of a head, as in `name(a, b)`, and the lines of its body, which may use what is `known`."""
    made: dict[str, Any] = dict(known or {})
    text = "\n    ".join([f"def {head}:", *body])
    code: CodeType = (_compiled if len(text) <= LONGEST else compile)(text, "<written out>", "exec")
    exec(code, made)
    return made[head.partition("(")[0]]
