"""The objects of a JSON or NDJSON text, and where each value of theirs stands.

Each object is read by the standard library from where it stands in the text, so that the line of a fault can
be found again; only where there is one is the text searched for it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from engine.returns._cells import exact
from engine.returns._csv import text_of
from engine.returns._rows import Cell, Unusable, refuse
from rules.problems import Place, ReturnsError
from rules.said import said
from rules.suggestions import safe

EXAMPLE = said(
    "Write it as {example}.", example='{"pdu": "york", "as_of": "2022-08-22", "wmt_points": 41230}'
)
_SPACE = re.compile(r"[ \t\r\n]*")


class Twice(dict[str, Any]):
    """An object in which some keys stand more than once."""

    keys_twice: tuple[str, ...] = ()


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Twice(found)
    keys = [key for key, _ in pairs]
    twice.keys_twice = tuple(sorted({key for key in keys if keys.count(key) > 1}))
    return twice


def _real(text: str) -> Cell:
    if "e" in text or "E" in text:
        return Unusable(text[:40], said("Write it out in digits, without an exponent."))
    return exact(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_float=_real,
    parse_int=exact,
    parse_constant=lambda text: Unusable(
        text, said("Leave it out, or write null, where there is no figure.")
    ),
)


class Objects:
    """The objects of a file, and where they stand."""

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        self._text = text_of(data, file, said("Save it as UTF-8."))
        self._spans: dict[int, tuple[int, int]] = {}
        self._ends: list[int] | None = None

    def listed(self) -> Iterator[tuple[int, Any]]:
        """The objects of a JSON file: those of its list, or its only one. They are numbered from 1."""
        position = self._skip(0)
        if self._text[position : position + 1] != "[":
            value, end = self._decode(position)
            self._spans[1] = position, end
            self._nothing_after(end)
            yield 1, value
            return
        position = self._skip(position + 1)
        number = 0
        closed = self._text[position : position + 1] == "]"
        while not closed:
            number += 1
            value, end = self._decode(position)
            self._spans[number] = position, end
            yield number, value
            position = self._skip(end)
            closed = self._text[position : position + 1] == "]"
            if not closed:
                if self._text[position : position + 1] != ",":
                    message = said("This is not valid JSON: a comma or the end of the list is due here.")
                    raise self._fault(message, position)
                position = self._skip(position + 1)
        self._nothing_after(position + 1)

    def lines(self) -> Iterator[tuple[int, Any]]:
        """The objects of an NDJSON file by their line. A line that is no JSON gives its error."""
        start, number = 0, 0
        while start < len(self._text):
            number += 1
            end = self._text.find("\n", start)
            end = len(self._text) if end < 0 else end
            position = self._skip(start)
            if position < end:
                self._spans[number] = position, end
                value: Any
                try:
                    value, after = self._decode(position)
                    if self._skip(after) < end or after > end:
                        message = said("This is not valid JSON: one object is due on each line.")
                        value = self._fault(message, min(after, end))
                except ReturnsError as fault:
                    value = fault
                yield number, value
            start = end + 1

    def place(self, number: int, name: str) -> Place:
        """Where the value of a name stands in an object, else where the object begins."""
        start, end = self._spans.get(number, (0, len(self._text)))
        position = start
        key, _, member = name.partition("[")
        for part in (key, member.removesuffix("]")):
            # A key's text followed by a colon stands nowhere else in JSON: within texts quotes are escaped.
            key_text = re.escape(json.dumps(part, ensure_ascii=False))
            found = re.compile(key_text + r"[ \t\r\n]*:[ \t\r\n]*").search(self._text, position, end)
            if not part or found is None:
                break
            position = found.end()
        return self._at(
            position if position > start else start, f"row {number}, {name}" if name else f"row {number}"
        )

    def _at(self, position: int, path: str) -> Place:
        if self._ends is None:
            self._ends = [match.start() for match in re.finditer("\n", self._text)]
        line = bisect_right(self._ends, position - 1)
        before = self._ends[line - 1] if line else -1
        return Place(self._file, line + 1, position - before, safe(path))

    def _skip(self, position: int) -> int:
        match = _SPACE.match(self._text, position)
        return match.end() if match else position

    def _decode(self, position: int) -> tuple[Any, int]:
        try:
            return _DECODER.raw_decode(self._text, position)
        except json.JSONDecodeError as error:
            what = error.msg[:1].lower() + error.msg[1:]
            message = said("This is not valid JSON: {fault}.", fault=what)
            raise self._fault(message, error.pos) from None
        except RecursionError:
            message = said("This is nested too deeply.")
            raise refuse("PF501", message, self._at(position, ""), EXAMPLE) from None

    def _fault(self, message: str, position: int) -> ReturnsError:
        hint = said("Look for a comma, a bracket or a quotation mark too many or too few just before it.")
        return refuse("PF501", message, self._at(position, ""), hint)

    def _nothing_after(self, end: int) -> None:
        position = self._skip(end)
        if position < len(self._text):
            message = said("This is not valid JSON: the file goes on after its end.")
            raise self._fault(message, position)
