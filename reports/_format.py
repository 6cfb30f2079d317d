"""Days, numbers, units and lists as people write them, in the language that is spoken.

Nothing here depends on the locale of the machine.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from reports import language
from reports.language import gettext as _
from reports.language import ngettext

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
    return language.day(read_day(iso))


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
    return language.number(text)


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
        return _("{number}%").format(number=shown)
    return f"{shown} {singular(unit) if Decimal(text) == 1 else unit}"


def difference(text: str, unit: str | None) -> str:
    """How far two numbers are apart, without a sign. Between two percentages these are points."""
    size = shortest(abs(Decimal(text)))
    if unit == "percent":
        # The forms of a plural go with whole numbers; of others the general one is right.
        whole = 1 if Decimal(size) == 1 else 2
        return ngettext("{number} point", "{number} points", whole).format(number=number(size))
    return quantity(size, unit)


def count(size: int, one: str, many: str | None = None) -> str:
    """So many of what a document names: `1 ward`, `2 wards`. What the project itself names has its `ngettext`."""
    return f"{number(str(size))} {one if size == 1 else many or one + 's'}"


def days(size: int) -> str:
    """A length in days: `1 day`, `14 days`."""
    return ngettext("{number} day", "{number} days", size).format(number=number(str(size)))


def weeks(size: int) -> str:
    """A length in weeks: `1 week`, `2 weeks`."""
    return ngettext("{number} week", "{number} weeks", size).format(number=number(str(size)))


def span(periods: int, every: int) -> str:
    """So many periods of `every` days, in weeks where that is exact."""
    length = periods * every
    return weeks(length // 7) if every % 7 == 0 else days(length)


def listed(texts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return language.all_of(texts)


def either(texts: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return language.any_of(texts)


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
