"""Cells of an export: as words to compare, and as exact numbers. Nothing is guessed."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction

from engine.returns.tables import Cell, Unusable
from rules.model._fields import number_text
from rules.model.mapping import ExportFile

LONGEST = 40
_MARKS = {"comma": ",", "point": ".", "space": "[ \u00a0\u202f]"}


def text_of_cell(cell: Cell) -> str:
    """A cell as text; an empty one is the empty text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Unusable):
        return cell.shown
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return number_text(cell) if cell.is_finite() and len(str(cell)) <= LONGEST else str(cell)[:LONGEST]


class Numbers:
    """Reads numbers as an export writes them: exact, and nothing but a number."""

    def __init__(self, reads: ExportFile) -> None:
        mark = re.escape(_MARKS[reads.decimal])
        whole = "[0-9]+"
        self._between = None if reads.thousands == "none" else _MARKS[reads.thousands]
        if self._between is not None:
            between = self._between if reads.thousands == "space" else re.escape(self._between)
            whole = f"(?:[0-9]{{1,3}}(?:{between}[0-9]{{3}})+|[0-9]+)"
        self._pattern = re.compile(f"(-?)({whole})(?:{mark}([0-9]+))?", re.ASCII)
        self._known: dict[str, Fraction | None] = {}
        self.hint = "Write digits, as in " + ("82,5." if reads.decimal == "comma" else "82.5.")
        if reads.thousands == "none":
            self.hint += " The mapping says how thousands and decimals are written (reads:)."

    def read(self, cell: Cell) -> Fraction | None:
        """The number of a cell, or None where it is none that can be taken."""
        if isinstance(cell, Decimal):
            return Fraction(cell) if cell.is_finite() and len(str(cell)) <= LONGEST else None
        if not isinstance(cell, str) or len(cell) > LONGEST:
            return None
        if cell not in self._known:
            if len(self._known) > 100_000:
                self._known.clear()
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def _read(self, text: str) -> Fraction | None:
        found = self._pattern.fullmatch(text)
        if found is None:
            return None
        sign, whole, fraction = found.groups()
        digits = re.sub("[^0-9]", "", whole)
        return Fraction(f"{sign}{digits}.{fraction or 0}")


def rounded(value: Fraction, decimals: int) -> Decimal:
    """A number rounded to so many decimals, halves away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return _decimal(-whole if value < 0 else whole, decimals)


def exact(value: Fraction) -> Decimal | None:
    """A number as a decimal, or None where it has no end, as a third has none."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    if rest != 1 or places > LONGEST:
        return None
    return _decimal(value.numerator * 10**places // value.denominator, places)


def _decimal(whole: int, places: int) -> Decimal:
    digits = tuple(map(int, str(abs(whole))))
    return Decimal((1 if whole < 0 else 0, digits, -places))
