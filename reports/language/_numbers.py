"""Days, numbers and lists as the language that is spoken writes them (Unicode CLDR, through Babel)."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence

from reports.language._language import ENGLISH, current

_CACHED = 8192
"""Days that are kept: some twenty years."""


def day(value: datetime.date) -> str:
    """A day with the name of its month: `22 August 2022`."""
    return _day(current().tag, value)


@functools.lru_cache(_CACHED)
def _day(tag: str, value: datetime.date) -> str:
    from babel.dates import format_date

    return format_date(value, "long", locale=current().locale)


def month(value: datetime.date) -> str:
    """The short name of a day's month: `Jan`."""
    return _months(current().tag)[value.month - 1]


@functools.cache
def _months(tag: str) -> tuple[str, ...]:
    names = current().locale.months["stand-alone"]["abbreviated"]
    short = [str(names[number]) for number in range(1, 13)]
    return tuple(name[:3] if tag == ENGLISH.tag else name for name in short)  # "Sept" is the one with four


def number(text: str) -> str:
    """A number with its thousands set apart and all its decimals: `41,230`, `82.50`."""
    whole, point, fraction = text.partition(".")
    group, decimal = _symbols(current().tag)
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = f"{int(digits):,}".replace(",", group) if digits.isdigit() else digits
    return f"{sign}{groups}{decimal if point else ''}{fraction}"


@functools.cache
def _symbols(tag: str) -> tuple[str, str]:
    """What stands between thousands, and before decimals."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = current().locale
    return get_group_symbol(locale), get_decimal_symbol(locale)


def all_of(texts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return _listed(texts, "standard")


def any_of(texts: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return _listed(texts, "or")


def _listed(texts: Sequence[str], style: str) -> str:
    if len(texts) < 2:
        return "".join(texts)
    pair, start, middle, end = _patterns(current().tag, style)
    if len(texts) == 2:
        return pair.format(*texts)
    found = start.format(texts[0], texts[1])
    for text in texts[2:-1]:
        found = middle.format(found, text)
    return end.format(found, texts[-1])


@functools.cache
def _patterns(tag: str, style: str) -> tuple[str, str, str, str]:
    patterns = current().locale.list_patterns[style]
    return patterns["2"], patterns["start"], patterns["middle"], patterns["end"]
