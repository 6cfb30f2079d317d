"""Sentences that are said in English here, and can be told in another language where people read them.

Whoever finds a problem does not know who will read it: a program, a terminal, a page in Welsh. So the text is English,
as it stands in logs and in answers to programs, and keeps what it was made of: a text with places, which translators
know, and what fills them. The names of the two functions are what is looked for when texts are taken out of the
source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self


class Said(str):
    """An English text that knows what it was made of.

    `form` is its text with places. Where `number` says how many of something there are, that is the one for one, and
    `many` the one for several.
    """

    __slots__ = ("form", "many", "number", "values")
    form: str
    many: str
    number: int | None
    values: Mapping[str, Any]

    def __new__(cls, form: str, many: str, number: int | None, values: Mapping[str, Any]) -> Self:
        """Fill in the places."""
        chosen = form if number is None or number == 1 else many
        made = super().__new__(cls, chosen.format_map(values) if values else chosen.format())
        made.form, made.many, made.number, made.values = form, many, number, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Said, (self.form, self.many, self.number, dict(self.values))

    def with_values(self, values: Mapping[str, Any]) -> Said:
        """The same text with other values in its places."""
        return Said(self.form, self.many, self.number, values)


def said(text: str, /, **values: Any) -> Said:
    """A sentence with its places filled in. A value that was itself `said` is told in the other language too.

    Braces that are no places are written twice.
    """
    return Said(text, "", None, values)


def said_of(number: int, one: str, many: str, /, **values: Any) -> Said:
    """The form of a sentence that goes with so many of something. The number is filled in where `values` have it."""
    return Said(one, many, number, values)
