"""Words from outside: shown safely, and with what was probably meant by them."""

from __future__ import annotations

from collections.abc import Iterable

from rules.problems import did_you_mean
from rules.said import said


def safe(text: str) -> str:
    """A text from a file, short and fit to be printed."""
    return text[:60].encode("utf-8", "backslashreplace").decode("utf-8")


class Suggestions:
    """Hints for unknown words. Only the first few hundred words get one: looking for them takes time."""

    def __init__(self, known: Iterable[str], named: dict[str, str] | None = None) -> None:
        self._known = tuple(known)
        self._same = {_plain(word): word for word in self._known}
        self._named = {_plain(name): word for name, word in (named or {}).items()}
        self._given: dict[str, str] = {}

    def hint(self, word: str) -> str:
        """What to do about an unknown word; empty where nothing useful can be said."""
        if word not in self._given:
            if len(self._given) >= 300:
                return ""
            self._given[word] = self._look(word)
        return self._given[word]

    def _look(self, word: str) -> str:
        plain = _plain(word[:80])
        if plain in self._named:
            return said("Write its id {id}.", id=self._named[plain])
        if plain in self._same:
            return said("Did you mean {name}?", name=self._same[plain])
        return did_you_mean(word, self._known)


def _plain(word: str) -> str:
    """A word without the differences that people do not see."""
    return " ".join(word.casefold().replace("_", " ").split())
