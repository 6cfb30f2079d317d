"""Which language is spoken: one for the program, and another for a block where somebody asks for it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from gettext import NullTranslations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale


@dataclass(frozen=True, eq=False)
class Language:
    """A language: its tag (BCP 47, as HTML writes it) and its texts. How it writes days and numbers follows the tag."""

    tag: str
    texts: NullTranslations

    @functools.cached_property
    def locale(self) -> Locale:
        """What the Unicode Common Locale Data Repository says of it."""
        from babel import Locale

        return Locale.parse(self.tag, sep="-")


ENGLISH: Final = Language("en-GB", NullTranslations())
"""The language of the source."""

_program: Language = ENGLISH
_block: ContextVar[Language | None] = ContextVar("language", default=None)


def current() -> Language:
    """The language that is spoken here and now."""
    return _block.get() or _program


def speak(language: Language) -> None:
    """Speak it in the whole program from now on."""
    global _program
    _program = language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak it within a block, whatever the rest of the program speaks."""
    token = _block.set(language)
    try:
        yield
    finally:
        _block.reset(token)
