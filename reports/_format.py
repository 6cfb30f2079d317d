"""Days, numbers, units and lists as people write them. Nothing here depends on the locale of the machine."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# Marks that turn the direction of writing; in a name they could make a page show what is not there.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """A text on one line, without control characters (which a terminal would obey)."""
    joined = " ".join(text.split())
    if joined.isprintable():  # nearly always, and then there is nothing to leave out
        return joined
    return "".join(sign for sign in joined if unicodedata.category(sign) != "Cc" and sign not in _TURNING)


def read_day(iso: str | datetime.date) -> datetime.date:
    """The day that an ISO text writes."""
    return iso if isinstance(iso, datetime.date) else datetime.date.fromisoformat(iso)


def day(iso: str | datetime.date) -> str:
    """A day as in `22 August 2022`."""
    value = read_day(iso)
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def day_before(iso: str | datetime.date) -> str:
    """The day before, for an end that is written as the first day without."""
    return day(read_day(iso) - datetime.timedelta(days=1))


def day_after(iso: str | datetime.date, size: int) -> str:
    """The day so many days later, as people write it."""
    return day(later(iso, size))


def later(iso: str | datetime.date, size: int) -> str:
    """The day so many days later, as a decision writes it."""
    return (read_day(iso) + datetime.timedelta(days=size)).isoformat()


def is_number(text: object) -> bool:
    """Whether a value of a decision is a number; categories are not."""
    try:
        return Decimal(str(text)).is_finite()
    except ArithmeticError:
        return False


def number(text: str) -> str:
    """A number with its thousands set apart: `41,230`, `82.5`."""
    whole, point, fraction = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(digits):,}" if digits.isdigit() else digits
    return f"{sign}{groups}{point}{fraction}"


def shortest(value: Decimal) -> str:
    """A number without an exponent and without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def singular(unit: str) -> str:
    """One of a unit: `points` is `point`. A unit that is no plural stays as it is."""
    if unit.endswith("ies"):
        return unit[:-3] + "y"
    if unit.endswith("s") and not unit.endswith("ss"):
        return unit[:-1]
    return unit


def quantity(text: str, unit: str | None) -> str:
    """A number with its unit: `82.5%`, `13 FTE`, `1 case`."""
    shown = number(text)
    if not unit:
        return shown
    if unit == "percent":
        return f"{shown}%"
    return f"{shown} {singular(unit) if Decimal(text) == 1 else unit}"


def difference(text: str, unit: str | None) -> str:
    """How far two numbers are apart, without a sign. Between two percentages these are points."""
    size = shortest(abs(Decimal(text)))
    return quantity(size, "points" if unit == "percent" else unit)


def count(size: int, one: str, many: str | None = None) -> str:
    """`1 week`, `2 weeks`."""
    return f"{number(str(size))} {one if size == 1 else many or one + 's'}"


def days(size: int) -> str:
    """A length in days: `1 day`, `14 days`."""
    return count(size, "day")


def span(periods: int, every: int) -> str:
    """So many periods of `every` days, in weeks where that is exact."""
    length = periods * every
    return count(length // 7, "week") if every % 7 == 0 else days(length)


def listed(texts: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def sentence(text: str) -> str:
    """A text of the framework as a sentence: a capital first and a full stop at the end. An address stays as it is."""
    text = clean(text)
    if text.startswith(("http://", "https://")):
        return text if " " not in text else f"{text}."
    closed = text if text.endswith((".", "!", "?", ":", "…", ".)")) else f"{text}."
    return capital(closed)


def capital(text: str) -> str:
    """The text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def plain(identifier: str) -> str:
    """An id as words: `regional-director` is `regional director`."""
    return identifier.replace("-", " ").replace("_", " ")
