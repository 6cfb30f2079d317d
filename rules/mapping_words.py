"""How the words of an export are compared, and how its days are written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache

_MARK = re.compile(r"YYYY|MMMM|MMM|MM|M|DD|D|HH|mm|ss")
_WORDS = re.compile(r"[A-Za-z]+")
_PATTERNS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "MMMM": r"(?P<name>[A-Za-z]+)",
    "MMM": r"(?P<short>[A-Za-z]{3})",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "HH": "[0-9]{1,2}",
    "mm": "[0-9]{2}",
    "ss": "[0-9]{2}",
}
_NAMES = "january february march april may june july august september october november december"
_MONTHS = {
    name: number for number, name in enumerate(_NAMES.split(), start=1)
}  # in English, whatever the locale
_SHORT = {name[:3]: number for name, number in _MONTHS.items()}


@lru_cache(maxsize=1 << 12)
def folded(text: str) -> str:
    """A text without the differences that people do not see: capitals, and how many spaces there are."""
    return " ".join(text.casefold().split())


def without_ends(text: str, ends: Iterable[str]) -> str:
    """A folded text without some words at its beginning and its end, each taken away once."""
    for end in map(folded, ends):
        if text.startswith(f"{end} "):
            text = text[len(end) + 1 :]
        if text.endswith(f" {end}"):
            text = text[: -len(end) - 1]
    return text


class DayFormat:
    """How a day is written. `YYYY`, `MM`/`M`/`MMM`/`MMMM` and `DD`/`D` stand once each; a time is passed over."""

    def __init__(self, text: str) -> None:
        """Raises ValueError, which says what is wrong with the format."""
        parts, at, marks = [], 0, []
        for found in _MARK.finditer(text):
            parts += [re.escape(text[at : found.start()]), _PATTERNS[found[0]]]
            marks.append(found[0][0])
            at = found.end()
        between = _MARK.sub(" ", text)
        if strange := _WORDS.search(between.replace("T", " ")):
            raise ValueError(f"{strange[0][:20]} is no mark of a day.")
        for letter, word in (("Y", "year"), ("M", "month"), ("D", "day")):
            if marks.count(letter) != 1:
                raise ValueError(f"The {word} must stand once.")
        self.text = text
        self._pattern = re.compile("".join([*parts, re.escape(text[at:])]), re.ASCII)

    def read(self, text: str) -> datetime.date | None:
        """The day that a text writes, or None where it writes none that exists."""
        found = self._pattern.fullmatch(" ".join(text.split()))
        if found is None:
            return None
        parts = found.groupdict()
        month: int | None
        if "month" in parts:
            month = int(parts["month"])
        elif "short" in parts:
            month = _SHORT.get(parts["short"].casefold())
        else:
            month = _MONTHS.get(parts["name"].casefold())
        try:
            return datetime.date(int(parts["year"]), month or 0, int(parts["day"]))
        except ValueError:
            return None
