"""A language that is none: every text of the source with accents, so that one that was not marked stands out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from html.parser import HTMLParser

from reports.language import ENGLISH, Language, speak
from reports.language.template import extracted

_ACCENTS = str.maketrans("AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz", "ÁáČčĎďÉéĞğĤĥÍíĴĵĶķŁłŇňÓóŘřŠšŤťÚúŴŵÝýŽž")
"""What the fonts have a shape for. Three of the other letters never stand together in a word."""
_KEPT = re.compile(r"(\{\w*\}|%\(\w+\)s|%%|<code>.*?</code>|<[^>]*>|`[^`]*`)")
_WORD = re.compile(r"\w+")
_CODES = re.compile(
    r"\bPF\d+\b|https?://\S+|\w+-\w*\d\S*|sha256:\w+|[\w-]+@[\w.-]+|sentence-management"
    r"|\b(enter|exit|when|status|permit)\.[\w.-]+|\[[a-z-]+|[\w-]+\.yaml|`[^`]*`"
)
"""Codes of problems, addresses, versions, decisions, frameworks, rules, ids in brackets, files and code."""


def accented(text: str) -> str:
    """A text with other letters, but for its places, markup and code."""
    parts = _KEPT.split(text)
    return "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts))


@functools.cache
def _known() -> frozenset[tuple[str, str]]:
    """Every text that translators would find, with its context."""
    found = set()
    for one in extracted():
        texts = [one.id] if isinstance(one.id, str) else list(one.id)
        found |= {(one.context or "", text) for text in texts}
    return frozenset(found)


class Pseudo(NullTranslations):
    """Knows what the catalogue knows, and nothing else."""

    def gettext(self, message: str) -> str:
        return self.pgettext("", message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.npgettext("", msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        return accented(message) if (context, message) in _known() else message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.pgettext(context, msgid1 if n == 1 else msgid2)


@contextmanager
def speaking_nothing() -> Iterator[None]:
    """Speak it in the whole program, with days as Greeks write them: not one of the names of months is plain."""
    speak(Language("el", Pseudo()))
    try:
        yield
    finally:
        speak(ENGLISH)


def plain_words(text: str, known: frozenset[str], formulas: frozenset[str]) -> list[str]:
    """The words of three letters or more without an accent, but for those that are known and those of formulas."""
    text = " ".join(text.split())
    for formula in sorted(formulas, key=len, reverse=True):
        text = text.replace(formula, " ")
    text = _CODES.sub(" ", text)
    return [
        word
        for word in _WORD.findall(text)
        if len(set(word)) > 1 and len(word) > 2 and word.isascii() and word.isalpha() and word not in known
    ]


class _Seen(HTMLParser):
    """What people see or hear of a page, piece by piece."""

    ATTRIBUTES = ("alt", "aria-label", "label", "placeholder", "title")
    UNSEEN = ("code", "pre", "script", "style")

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in self.UNSEEN
        self.pieces += [text for name, text in attrs if name in self.ATTRIBUTES and text]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self.UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self.pieces.append(data)


def pieces_of(page: str) -> list[str]:
    """The texts of a page, without code."""
    seen = _Seen()
    seen.feed(page)
    return seen.pieces


def told_plainly(
    pieces: list[str], known: frozenset[str], formulas: frozenset[str] = frozenset()
) -> dict[str, list[str]]:
    """The pieces that have plain words, with these."""
    found = {" ".join(piece.split()): plain_words(piece, known, formulas) for piece in pieces}
    return {piece: words for piece, words in found.items() if words}
