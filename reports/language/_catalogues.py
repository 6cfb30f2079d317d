"""Translations as files: which languages there are, and reading one of them."""

from __future__ import annotations

import io
import re
import string
from collections.abc import Iterator, Sequence
from gettext import GNUTranslations
from importlib import resources
from typing import TYPE_CHECKING, Final

from reports.language._language import ENGLISH, Language

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from babel.messages import Message

_ENDING: Final = ".po"
_JINJA: Final = re.compile(r"%\((\w+)\)s")


class CatalogueError(ValueError):
    """A language without translations, or translations that cannot be used. The text says what to do."""


def languages() -> list[str]:
    """The tags of all languages that can be spoken, English first."""
    folder = _folder()
    # A package that was built without translations has no folder for them.
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    return [ENGLISH.tag, *sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))]


def language_of(tag: str, folder: Traversable | None = None) -> Language:
    """A language with its texts, from `<tag>.po` in the folder of the translations.

    Raises:
        CatalogueError: There is no such file, it cannot be read, or a translation lacks a place of its text or has
            one too many, so that a page would come without its figure.
    """
    if tag in (ENGLISH.tag, "en"):
        return ENGLISH
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
        source = ((folder or _folder()) / f"{tag}{_ENDING}").read_bytes()
    except (UnknownLocaleError, ValueError, OSError) as error:
        raise CatalogueError(f"There is no translation for the language {tag[:40]!r}. {_known()}") from error
    return Language(tag, _read(tag, source))


def _read(tag: str, source: bytes) -> GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(io.BytesIO(source), locale=tag.replace("-", "_"), abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        raise CatalogueError(f"{tag}{_ENDING} cannot be read: {error}") from error
    for message in catalogue:
        for told in faults(message):
            raise CatalogueError(f"{tag}{_ENDING}, line {message.lineno}: {told}")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def faults(message: Message) -> Iterator[str]:
    """What would go wrong with a translation: places that its text does not fill, or that it leaves out."""
    originals = _several(message.id)
    wanted = {name for text in originals for name in _places(text)}
    for text in filter(None, _several(message.string)) if message.id else ():
        try:
            found = set(_places(text))
        except ValueError as error:
            yield f"{text[:60]!r} has a brace too many or too few ({error})."
            continue
        # The form for one may leave the number out ("one day"); no form may name what is not there.
        if found - wanted or (len(originals) == 1 and wanted - found):
            odd = ", ".join(sorted(found ^ wanted))
            yield f"the places of {text[:60]!r} are not those of its text: {odd}."


def _several(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _places(text: str) -> Iterator[str]:
    """The names that are filled in a text: by Jinja those of `%(name)s`, by `format` those of `{name}`."""
    if _JINJA.search(text):
        yield from _JINJA.findall(text)
        return
    for _, name, _, _ in string.Formatter().parse(text):
        if name is not None:
            yield name


def _known() -> str:
    return f"There are: {', '.join(languages())}."


def _folder() -> Traversable:
    return resources.files("reports.language").joinpath("catalogues")
