"""What the shipped fonts can show. A file that can be kept (PDF/A) may hold no sign without a shape."""

from __future__ import annotations

import functools
import re
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reports._format import clean

_SANS = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
"""Texts are set in these two. What the font for code does not have is taken from them."""
_SELECTORS = range(0xFE00, 0xFE10)
"""Signs that choose a look of the sign before them, and have none of their own."""


def fit(value: Any) -> Any:
    """The data of a report with each text on one line, and signs that no shipped font has as in `[U+1F600]`."""
    if isinstance(value, str):
        return _missing().sub(_told, clean(value))
    if isinstance(value, dict):
        return {key: fit(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [fit(one) for one in value]
    return value


def _told(found: re.Match[str]) -> str:
    return "".join(
        f"[U+{ord(sign):04X}]"
        for sign in found[0]
        if unicodedata.category(sign) != "Cf" and ord(sign) not in _SELECTORS
    )


def fonts() -> Path:
    """The folder of the shipped fonts."""
    return Path(__file__).parent / "fonts"


@functools.cache
def _missing() -> re.Pattern[str]:
    """Finds signs that the fonts do not have."""
    known = set.intersection(*(_signs((fonts() / name).read_bytes()) for name in _SANS))
    there = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _stretches(sorted(known)))
    return re.compile(f"[^{there}]+")


def _stretches(signs: list[int]) -> Iterator[tuple[int, int]]:
    first = last = signs[0]
    for sign in signs[1:]:
        if sign != last + 1:
            yield first, last
            first = sign
        last = sign
    yield first, last


def _signs(font: bytes) -> set[int]:
    """The signs that a TrueType font has shapes for, by its table `cmap` (in format 4, as nearly every font has it)."""
    at = _table(font, b"cmap")
    for place in range(struct.unpack_from(">H", font, at + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", font, at + 4 + 8 * place)
        if (platform, encoding) == (3, 1):
            return set(_format_4(font, at + offset))
    raise ValueError("no table of Unicode signs")


def _table(font: bytes, name: bytes) -> int:
    for place in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * place)
        if tag == name:
            return int(offset)
    raise ValueError(f"no table {name!r}")


def _format_4(font: bytes, at: int) -> Iterator[int]:
    kind, _, _, twice = struct.unpack_from(">HHHH", font, at)
    if kind != 4:
        raise ValueError(f"a table of format {kind}")
    count = twice // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", font, at + 14 + skip + part * twice)
        for part, skip in enumerate((0, 2, 2, 2))
    )
    for place in range(count):
        own = at + 16 + 3 * twice + 2 * place  # where this segment's offset stands, from which it counts
        for sign in range(starts[place], min(ends[place], 0xFFFE) + 1):
            glyph = sign
            if offsets[place]:
                (glyph,) = struct.unpack_from(">H", font, own + offsets[place] + 2 * (sign - starts[place]))
                if not glyph:
                    continue
            if (glyph + deltas[place]) % 0x10000:
                yield sign
