"""Texts of the source in the language that is spoken. The names are those of GNU gettext, which its tools look for."""

from __future__ import annotations

from reports.language._language import current
from rules.said import Said


def gettext(text: str) -> str:
    """The text in the language that is spoken, or as it is where nobody has translated it."""
    return current().texts.gettext(text)


def ngettext(one: str, many: str, size: int) -> str:
    """The form of a text that goes with so many of something."""
    return current().texts.ngettext(one, many, size)


def pgettext(context: str, text: str) -> str:
    """A text that would be translated otherwise elsewhere: `context` tells translators which one it is."""
    return current().texts.pgettext(context, text)


def npgettext(context: str, one: str, many: str, size: int) -> str:
    """`ngettext` for a text with a context."""
    return current().texts.npgettext(context, one, many, size)


def mark(text: str) -> str:
    """Mark a text for translators, and leave it as it is: `gettext` translates it where it is used."""
    return text


def told(text: str) -> str:
    """What was `said` in English in the language that is spoken; any other text as it is.

    What fills the places of a sentence is told in the same way.
    """
    if not isinstance(text, Said):
        return text
    form = gettext(text.form) if text.number is None else ngettext(text.form, text.many, text.number)
    values = {name: told(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return form.format(**values)
