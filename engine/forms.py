"""Parts of decisions that are always alike but for a few values: code that fills them in, written out once.

A *part* is described once: what is fixed, and what is left open. From it comes the Python that makes its value,
and the Python that makes its canonical bytes, so that the two cannot tell different things.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from engine.canonical import canonical_bytes, canonical_form
from rules.written_out import written_out

Piece = bytes | str
"""Canonical bytes that are fixed, or the Python that gives them."""


Choice = tuple[str, tuple[Any, ...], str]
"""A key, the values that it may have, and the Python of the number of the one that it has."""


class Part(NamedTuple):
    """The Python that gives a part's value, and the pieces that its canonical bytes are joined from."""

    value: str
    pieces: tuple[Piece, ...]


def listing(parts: Iterable[Part]) -> Part:
    """A list of parts."""
    given = list(parts)
    pieces: list[Piece] = [b"["]
    for number, part in enumerate(given):
        pieces += [b","] if number else []
        pieces += part.pieces
    return Part(f"[{', '.join(part.value for part in given)}]", (*pieces, b"]"))


class Form:
    """A function in the making: lines that give names to values, and the values that they refer to.

    Of the document only keys stand in the Python, as literals; whatever else is fixed is referred to. Without
    `written` it can give no canonical bytes, and is made sooner.
    """

    def __init__(self, arguments: str, *, written: bool = True) -> None:
        self._written = written
        self._arguments = arguments
        self._lines: list[str] = []
        self._known: dict[str, Any] = {"dumps": orjson.dumps, "written": canonical_form}
        self._further: dict[str, None] = {}
        """Lines that only the canonical bytes need."""
        self._names = map("p{}".format, itertools.count())

    def say(self, line: str) -> None:
        """Add a line."""
        self._lines.append(line)

    def name(self, value: str) -> str:
        """Give a name to the value of a Python expression."""
        name = next(self._names)
        self.say(f"{name} = {value}")
        return name

    def refer(self, name: str, value: object) -> str:
        """Let lines refer to a value by a name."""
        self._known[name] = value
        return name

    def single(self, name: str) -> Part:
        """A text, a whole number or null that has a name."""
        self._further[f"w_{name} = dumps({name})"] = None
        return Part(name, (f"w_{name}",))

    @staticmethod
    def text(value: str) -> Part:
        """A text, a whole number or null, or a list of such, by the Python that gives it."""
        return Part(value, (f"dumps({value})",))

    @staticmethod
    def truth(value: str) -> Part:
        """A truth, by the Python that gives it."""
        return Part(value, (f"b'true' if {value} else b'false'",))

    @staticmethod
    def shared(value: str) -> Part:
        """A mapping or list that many decisions share, by the Python that gives it."""
        return Part(value, (f"{value}.written()",))

    @staticmethod
    def optional(value: str) -> Part:
        """A mapping or null, by the Python that gives it."""
        return Part(value, (f"b'null' if {value} is None else written({value})",))

    @staticmethod
    def items(value: str) -> Part:
        """A list that is often empty, by the Python that gives it."""
        return Part(value, (f"written({value}) if {value} else b'[]'",))

    def mapping(
        self, fixed: Mapping[str, Any], open_: Mapping[str, Part], choice: Choice | None = None
    ) -> Part:
        """A mapping. Where some of it is fixed it is a copy with all keys, which takes less than filling one.

        With a choice there is one to copy for each of its values.
        """
        if choice is not None:
            return self._chosen(fixed, open_, choice)
        pieces = self._pieces(fixed, open_)
        if not fixed:
            return Part(f"{{{', '.join(f'{key!r}: {part.value}' for key, part in open_.items())}}}", pieces)
        name = next(self._names)
        whole = self.refer(name.upper(), {**fixed, **dict.fromkeys(open_)})
        return self._filled(name, whole, open_, pieces)

    def completed(
        self, name: str, fixed: Mapping[str, Any], held: Mapping[str, Part], missing: Mapping[str, Part]
    ) -> Part:
        """A mapping that has a name and holds all but what is missing, which is filled in."""
        for key, part in missing.items():
            self.say(f"{name}[{key!r}] = {part.value}")
        return Part(name, self._pieces(fixed, {**held, **missing}))

    def _chosen(self, fixed: Mapping[str, Any], open_: Mapping[str, Part], choice: Choice) -> Part:
        key, values, index = choice
        name = next(self._names)
        wholes = tuple({**fixed, **dict.fromkeys(open_), key: value} for value in values)
        pieces: tuple[Piece, ...] = ()
        if self._written:
            written = self.refer(f"W_{name}", tuple(map(canonical_bytes, values)))
            pieces = self._pieces(fixed, {**open_, key: Part("", (f"{written}[{index}]",))})
        return self._filled(name, f"{self.refer(name.upper(), wholes)}[{index}]", open_, pieces)

    def _filled(self, name: str, whole: str, open_: Mapping[str, Part], pieces: tuple[Piece, ...]) -> Part:
        """A copy of a mapping, with what is open filled in."""
        self.say(f"{name} = {whole}.copy()")
        for key, part in open_.items():
            self.say(f"{name}[{key!r}] = {part.value}")
        return Part(name, pieces)

    def function(self, parts: Iterable[Part]) -> Callable[..., Any]:
        """The function that gives the values of some parts, and then, if `written`, their canonical bytes."""
        given, lines = list(parts), self._lines
        results = [part.value for part in given]
        if self._written:
            lines = [*lines, *self._further]
            results += [self._joined(part.pieces) for part in given]
        returned = f"return {', '.join(results)}"
        filled: Callable[..., Any] = written_out(f"fill({self._arguments})", [*lines, returned], self._known)
        return filled

    def _joined(self, pieces: Iterable[Piece]) -> str:
        """The Python that fills pieces into what is fixed between them."""
        given = list(pieces)
        fixed = b"".join([b"%b" if isinstance(piece, str) else piece.replace(b"%", b"%%") for piece in given])
        open_ = [piece for piece in given if isinstance(piece, str)]
        return (
            f"{self.refer(next(self._names).upper(), fixed)} % ({''.join(f'{piece}, ' for piece in open_)})"
        )

    def _pieces(self, fixed: Mapping[str, Any], open_: Mapping[str, Part]) -> tuple[Piece, ...]:
        """The canonical bytes of a mapping, in pieces; none where none are wanted."""
        if not self._written:
            return ()
        pieces: list[Piece] = [b"{"]
        for key in sorted({*fixed, *open_}):
            pieces += [b","] if len(pieces) > 1 else []
            pieces += [canonical_bytes(key), b":"]
            pieces += open_[key].pieces if key in open_ else [canonical_bytes(fixed[key])]
        return (*pieces, b"}")
