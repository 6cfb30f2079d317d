"""The template of translations, and translations that are whole, wrong or missing."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from reports.language import ENGLISH, CatalogueError, language_of, languages, ngettext, speaking
from reports.language import gettext as _
from reports.language.template import FOLDER, ROOT, TEMPLATE, extracted, messages, renew, written

FUNCTIONS = {"_": 0, "N_": 0, "gettext": 0, "ngettext": 0, "pgettext": 1, "npgettext": 1}
"""What marks a text, and how many arguments stand before it."""


@pytest.fixture(scope="module")
def source() -> Catalog:
    return extracted()


def test_the_template_is_what_the_source_has(source: Catalog) -> None:
    with (FOLDER / TEMPLATE).open("rb") as file:
        kept = read_po(file)
    assert messages(kept) == messages(source), "run make catalogues"


def test_the_template_names_nobody(source: Catalog) -> None:
    head = written(source).decode().partition("\n\n")[0]
    for text in ("ORGANIZATION", "FIRST AUTHOR", "EMAIL", "FULL NAME", "LL@", "@", str(Path.home())):
        assert text not in head
    assert "Project-Id-Version: Prioritise" in head


def test_every_text_that_is_marked_is_found(source: Catalog) -> None:
    """What stands within an f-string, for one, is not."""
    known = {(one.context or "", text) for one in source for text in _several(one.id)}
    missed = [(place, text) for place, text in _marked() if text not in known]
    assert missed == []


def _marked() -> Iterator[tuple[str, tuple[str, str]]]:
    for room in ("reports", "api"):
        for path in sorted((ROOT / room).rglob("*.py")):
            text = path.read_text("utf-8")
            if "language" not in text:
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    before = FUNCTIONS.get(node.func.id)
                    given = [str(one.value) for one in node.args if isinstance(one, ast.Constant)]
                    if before is not None and len(given) > before:
                        place = f"{path.relative_to(ROOT)}:{node.lineno}"
                        yield place, (given[0] if before else "", given[before])


def _several(texts: object) -> list[str]:
    return [texts] if isinstance(texts, str) else [str(text) for text in texts]  # type: ignore[attr-defined]


def test_no_text_is_marked_twice_as_one_and_as_many(source: Catalog) -> None:
    """A catalogue has one entry for a text and its context: `ngettext` of it would be lost beside `gettext`."""
    plural = {(one.context or "", one.id[0]) for one in source if not isinstance(one.id, str)}
    single = {(one.context or "", one.id) for one in source if isinstance(one.id, str)}
    assert plural & single == set()


# Translations ------------------------------------------------------------------------------------------------------

HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def po(folder: Path, text: str, tag: str = "cy", head: str = HEAD) -> Path:
    (folder / f"{tag}.po").write_text(head + text, "utf-8")
    return folder


@pytest.mark.parametrize("tag", languages())
def test_every_language_that_ships_can_be_spoken(tag: str) -> None:
    assert language_of(tag).tag == tag
    assert language_of(tag).locale.language


def test_english_is_there_and_first() -> None:
    assert languages()[0] == "en-GB"
    assert language_of("en") is language_of("en-GB") is ENGLISH


@pytest.mark.parametrize("tag", ["xx", "cy", "", "../cy", "/etc/passwd", "c", "cy_GB", "en-GB-oed", "cy\0"])
def test_there_is_no_such_language(tmp_path: Path, tag: str) -> None:
    with pytest.raises(
        CatalogueError, match=r"^There is no translation for the language .* There are: en-GB"
    ):
        language_of(tag, tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "a', "cannot be read"),
        ('msgid "{day}"\nmsgstr "x"\n', r"line \d+: the places of 'x' are not those of its text: day"),
        ('msgid "On {day}"\nmsgstr "{day} {tag}"\n', "not those of its text: tag"),
        ('msgid "On {day}"\nmsgstr "{ddydd}"\n', "day, ddydd"),
        ('msgid "On {day}"\nmsgstr "{day"\n', "a brace too many or too few"),
        ('msgid "Today"\nmsgstr "heddiw}"\n', "a brace too many or too few"),
        ('msgid "On %(day)s"\nmsgstr "ar y dydd"\n', "not those of its text: day"),
        ('msgid "On %(day)s"\nmsgstr "%(dydd)s"\n', "day, dydd"),
        (
            'msgid "{number} week"\nmsgid_plural "{number} weeks"\nmsgstr[0] "un"\nmsgstr[1] "{size} wythnos"\n',
            "not those of its text",
        ),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_translations_that_cannot_be_used(tmp_path: Path, text: str | bytes, told: str) -> None:
    if isinstance(text, bytes):
        (tmp_path / "cy.po").write_bytes(HEAD.encode() + b'msgid "a"\nmsgstr "' + text + b'"\n')
    else:
        po(tmp_path, text)
    with pytest.raises(CatalogueError, match=told):
        language_of("cy", tmp_path)


def test_the_form_for_one_may_leave_the_number_out(tmp_path: Path) -> None:
    po(
        tmp_path,
        'msgid "{number} day"\nmsgid_plural "{number} days"\nmsgstr[0] "un diwrnod"\nmsgstr[1] "{number} o ddyddiau"\n',
    )
    with speaking(language_of("cy", tmp_path)):
        told = [ngettext("{number} day", "{number} days", size).format(number=size) for size in (1, 2)]
    assert told == ["un diwrnod", "2 o ddyddiau"]


def test_plurals_are_those_of_the_language(tmp_path: Path) -> None:
    """Polish has three; which one it is goes by the last digits."""
    head = HEAD.replace(
        "nplurals=2; plural=(n != 1);",
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    )
    forms = 'msgstr[0] "{number} dzień"\nmsgstr[1] "{number} dni"\nmsgstr[2] "{number} dnia"\n'
    po(tmp_path, f'msgid "{{number}} day"\nmsgid_plural "{{number}} days"\n{forms}', "pl", head)
    with speaking(language_of("pl", tmp_path)):
        told = [ngettext("{number} day", "{number} days", size).format(number=size) for size in (1, 3, 5, 22)]
    assert told == ["1 dzień", "3 dni", "5 dnia", "22 dni"]


def test_what_nobody_has_translated_stays_english(tmp_path: Path) -> None:
    po(
        tmp_path,
        'msgid "Home"\nmsgstr "Hafan"\n\nmsgid "Country"\nmsgstr ""\n\n#, fuzzy\nmsgid "Back"\nmsgstr "?"\n',
    )
    with speaking(language_of("cy", tmp_path)):
        assert [_("Home"), _("Country"), _("Back"), _("Menu")] == ["Hafan", "Country", "Back", "Menu"]
    assert _("Home") == "Home"


def test_a_translation_is_begun_and_brought_up_to_the_source(tmp_path: Path, source: Catalog) -> None:
    renew(tmp_path, ("cy",))
    assert (tmp_path / TEMPLATE).exists()
    begun = (tmp_path / "cy.po").read_bytes()
    assert b"Language: cy" in begun
    assert b"nplurals=5" in begun, "Welsh has five"
    older = begun.replace(b'msgid "Breadcrumb"\nmsgstr ""', b'msgid "Breadcrumb"\nmsgstr "Briwsion"')
    older = older.replace(b'msgid "Skip to main content"', b'msgid "Skip what is gone"')
    assert begun != older
    (tmp_path / "cy.po").write_bytes(older)
    renew(tmp_path)
    with speaking(language_of("cy", tmp_path)):
        assert _("Breadcrumb") == "Briwsion"
    again = read_po(io.BytesIO((tmp_path / "cy.po").read_bytes()))
    assert {one.id for one in again if one.id} == {one.id for one in source if one.id}
    stamp = (tmp_path / "cy.po").stat().st_mtime_ns
    renew(tmp_path)
    assert (tmp_path / "cy.po").stat().st_mtime_ns == stamp, "what has not changed is not written"
