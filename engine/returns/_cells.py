"""From a cell to a figure, a day or a word. Nothing is guessed; what does not fit says how to write it."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from decimal import Decimal

from engine.returns._rows import Cell, Unusable
from rules.figures import Figure, FigureSpec, Misfit
from rules.model._fields import NUMBER, number_text, plain_decimal, read_day
from rules.said import said

LONGEST = 40
_TOO_LONG = Decimal("9" * LONGEST)
_PLAIN_HINT = said("Write digits, as in 82.5, or nothing.")
_EMPTY_HINT = said("Leave it empty where there is no figure.")
_HINTS = (
    (
        re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"),
        said("Write it without commas; a decimal takes a point."),
    ),
    (re.compile(r"[-+]?[0-9]+,[0-9]+"), said("Write the decimal with a point: {pointed}.", pointed="")),
    (
        re.compile(r"[-+]?[0-9]{1,3}([ .'\u00a0\u202f][0-9]{3})+([.,][0-9]+)?"),
        said("Write it without separators."),
    ),
    (re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+"), said("Write it out in digits, without an exponent.")),
    (re.compile(r"\+[0-9]+(\.[0-9]+)?"), said("Leave out the plus.")),
    (re.compile(r"-?\.[0-9]+|-?[0-9]+\."), said("Write a digit on each side of the point, as in 0.5.")),
    (re.compile(r".*[%£$]|[£$].*"), said("Leave out the sign, and write the digits alone.")),
    (re.compile(r"(?i)[-+]?(nan|inf|infinity|null|none|nil|n/?a|#n/a|tbc|unknown|-+|\?+)"), _EMPTY_HINT),
)


def exact(text: str) -> Decimal:
    """The number that a text of digits writes.

    A number of absurd length is not worked out: any number as long as the one given instead is refused
    alike, and turning a million digits into a number takes minutes.
    """
    if len(text) <= LONGEST:
        return Decimal(text)
    whole, _, fraction = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    whole, fraction = whole.lstrip("-").lstrip("0") or "0", fraction.rstrip("0")
    if len(whole) + len(fraction) > LONGEST:
        return _TOO_LONG
    return Decimal(f"{sign}{whole}.{fraction}" if fraction else sign + whole)


def number_hint(text: str) -> str:
    """How to write what was meant as a number."""
    for pattern, hint in _HINTS:
        if pattern.fullmatch(text[:80]):
            return hint.with_values({"pointed": text[:80].replace(",", ".").lstrip("+")})
    return _PLAIN_HINT


def figure_of(cell: Cell, spec: FigureSpec, *, loose: bool, binary: bool) -> Figure | Misfit:
    """The figure that a cell gives for an input, or why it gives none."""
    if cell is None or isinstance(cell, Unusable | datetime.date):
        return _unfit(cell, spec)
    if spec.values is not None:
        word = number_text(cell) if loose and isinstance(cell, Decimal) and cell.is_finite() else cell
        return spec.misfit(word) or word
    if isinstance(cell, str):
        if not loose:
            message = said(
                "{input} takes a number, not the text {text}.", input=spec.id, text=repr(cell[:60])
            )
            is_number = NUMBER.fullmatch(cell)
            hint = said("Give it as a number, not as text.") if is_number else number_hint(cell)
            return Misfit("PF508", message, hint)
        if not NUMBER.fullmatch(cell):
            message = said("{input} takes a number, not {shown}.", input=spec.id, shown=repr(cell[:60]))
            return Misfit("PF508", message, number_hint(cell))
        cell = exact(cell)
    misfit = spec.misfit(cell)
    if misfit is None:
        return plain_decimal(cell)
    if not cell.is_finite():
        return replace(misfit, hint=_EMPTY_HINT)
    if binary and misfit.code == "PF517" and len(str(cell)) <= LONGEST:
        hint = said(
            "The file holds {number}; round it there, as in {formula}.",
            number=str(cell),
            formula=f"=ROUND(A1, {spec.decimals})",
        )
        return replace(misfit, hint=hint)
    return misfit


def _unfit(cell: Unusable | datetime.date | None, spec: FigureSpec) -> Misfit:
    hint = cell.hint if isinstance(cell, Unusable) else ""
    if spec.values is not None:
        values = ", ".join(spec.values)
        message = (
            said("{input} takes one of {known}, not {shown}.", input=spec.id, known=values, shown=cell.shown)
            if isinstance(cell, Unusable)
            else said(
                "{input} takes one of {known}, not the day {day}.", input=spec.id, known=values, day=cell
            )
        )
        return Misfit("PF511", message, hint or said("Write one of {known}.", known=values))
    message = (
        said("{input} takes a number, not {shown}.", input=spec.id, shown=cell.shown)
        if isinstance(cell, Unusable)
        else said("{input} takes a number, not the day {day}.", input=spec.id, day=cell)
    )
    return Misfit("PF508", message, hint or _PLAIN_HINT)


def day_of(cell: Cell) -> datetime.date | Misfit:
    """The day that a cell gives, or why it gives none."""
    hint = said("Write the year first, as in 2022-08-03.")
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, str):
        day = read_day(cell)
        if day is not None:
            return day
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell, re.ASCII):
            return Misfit(
                "PF505", said("There is no day {day}.", day=cell), said("Look it up in the calendar.")
            )
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", cell):
            hint = said("Write the day alone, without a time.")
        return Misfit("PF505", said("{text} is not a day.", text=repr(cell[:60])), hint)
    if isinstance(cell, Decimal):
        hint = said("Format it as a date, or: Write the year first, as in 2022-08-03.")
        return Misfit("PF505", said("A number ({number}) is not a day.", number=str(cell)[:40]), hint)
    if cell is None:
        return Misfit("PF505", said("A day is due here, not nothing."), hint)
    return Misfit("PF505", said("A day is due here, not {shown}.", shown=cell.shown), cell.hint or hint)


def word_of(cell: Cell, *, loose: bool) -> str | None:
    """The word or text that a cell gives; None where it holds something else."""
    if isinstance(cell, str):
        return cell
    if loose and isinstance(cell, Decimal) and cell.is_finite():
        return number_text(cell)
    return None


def shown_cell(cell: Cell) -> str:
    """A cell that was no word, for a message."""
    if isinstance(cell, Unusable):
        return cell.shown
    return f"the day {cell}" if isinstance(cell, datetime.date) else f"the number {str(cell)[:40]}"
