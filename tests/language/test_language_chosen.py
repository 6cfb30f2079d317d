"""How a language is chosen: the setting of the service, the option and the variable of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli._app import app
from api.http.app import from_environment
from api.http.settings import SettingsError, read_settings
from reports import language
from reports.language import ENGLISH, current, language_of, languages, speak
from tests.http.pages_kit import Browser, PagesWorld, seen
from tests.language.test_catalogues import po

WELSH = {
    "Home": "Hafan",
    "Country": "Y wlad",
    "Frameworks": "Fframweithiau",
    "Try it": "Rhowch gynnig arni",
    "Skip to main content": "Neidio i’r prif gynnwys",
    "Pages": "Tudalennau",
    "Menu": "Dewislen",
    "Page not found": "Tudalen heb ei chanfod",
    "Find your %(unit)s": "Dewch o hyd i’ch %(unit)s",
    "Code %(code)s, request %(request)s. Tell them to whoever runs this service.": "Cod %(code)s, cais %(request)s.",
    "About this service": "Am y gwasanaeth hwn",
    "API description": "Disgrifiad o’r API",
    "Unofficial. Nothing here is published by His Majesty’s Prison and Probation Service. The real trigger points "
    "were never published: those that are shown are illustrative, unless a source is named.": "Answyddogol.",
}
"""All that the page of an error says, but for what happened."""


@pytest.fixture
def welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of translations with one in it, in place of those that ship."""
    entries = "\n".join(f'msgid "{text}"\nmsgstr "{told}"\n' for text, told in WELSH.items())
    folder = po(tmp_path, entries)
    monkeypatch.setattr(language._catalogues, "_folder", lambda: folder)
    monkeypatch.setenv("PRIORITISE_LANGUAGE", "")
    yield folder
    speak(ENGLISH)


def test_a_page_in_a_small_translation(welsh: Path, tmp_path: Path) -> None:
    speak(language_of("cy"))
    with PagesWorld(tmp_path / "world") as world:
        page = Browser(world).get("/nonsense")
    assert page.status_code == 404
    assert '<html lang="cy"' in page.text
    told = seen(page)
    assert told.title == "Tudalen heb ei chanfod – Prioritise"
    assert "".join(told.h1) == "Tudalen heb ei chanfod"
    for text in (
        "Hafan",
        "Fframweithiau",
        "Neidio i’r prif gynnwys",
        "Dewch o hyd i’ch PDU",
        "Cod PF720, cais ",
    ):
        assert text in told.words
    for text in ("Home", "Frameworks", "Skip", "not found", "Find your", "Unofficial"):
        assert text not in told.words
    assert 'aria-label="Tudalennau"' in page.text


def test_the_languages_are_those_of_the_folder(welsh: Path) -> None:
    assert languages() == ["en-GB", "cy"]
    (welsh / "fr.po").write_text("")
    (welsh / "notes.txt").write_text("")
    assert languages() == ["en-GB", "cy", "fr"]


def test_without_a_folder_there_is_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language._catalogues, "_folder", lambda: tmp_path / "none")
    assert languages() == ["en-GB"]
    assert read_settings().language == "en-GB"


@pytest.mark.parametrize("tag", ["xx", "english", "../cy", "cy_GB"])
def test_a_service_speaks_no_language_that_is_not_there(welsh: Path, tag: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings(language=tag)
    (problem,) = error.value.problems
    assert (problem.code, problem.place.path) == ("PF735", "PRIORITISE_LANGUAGE")
    assert problem.message == "PRIORITISE_LANGUAGE: It must be one of these: en-GB, cy."


def test_a_service_speaks_no_language_whose_translation_is_broken(welsh: Path) -> None:
    with (welsh / "cy.po").open("a") as file:
        file.write('\nmsgid "{number} cases"\nmsgstr "{nifer} achos"\n')
    with pytest.raises(SettingsError) as error:
        read_settings(language="cy")
    (problem,) = error.value.problems
    assert (problem.code, problem.place.path) == ("PF735", "PRIORITISE_LANGUAGE")
    assert "cy.po, line" in problem.message
    assert "nifer" in problem.message


def test_each_worker_speaks_the_language_of_the_settings(
    welsh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIORITISE_STORE", f"sqlite:///{tmp_path}/ledger.sqlite3")
    monkeypatch.setenv("PRIORITISE_LOG_LEVEL", "error")
    monkeypatch.setenv("PRIORITISE_LANGUAGE", "cy")
    assert from_environment().state.settings.language == "cy"
    assert current().tag == "cy"
    monkeypatch.setenv("PRIORITISE_LANGUAGE", "")
    from_environment()
    assert current() is ENGLISH


@pytest.mark.parametrize(
    ("option", "variable", "spoken"),
    [
        ("", "", "en-GB"),
        ("", "cy", "cy"),
        ("--language cy", "", "cy"),
        ("--language en-GB", "cy", "en-GB"),
        ("--language en", "", "en-GB"),
        ("--language cy", "xx", "cy"),
    ],
)
def test_the_command_line_takes_an_option_and_a_variable(
    welsh: Path, monkeypatch: pytest.MonkeyPatch, option: str, variable: str, spoken: str
) -> None:
    monkeypatch.setenv("PRIORITISE_LANGUAGE", variable)
    app([*option.split(), "schema", "view"], standalone_mode=False)
    assert current().tag == spoken
    assert os.environ["PRIORITISE_LANGUAGE"] in ("", spoken), "serve and its workers read it there"


@pytest.mark.parametrize(
    ("option", "variable"), [("--language xx", ""), ("", "xx"), ("--language ../cy", "cy")]
)
def test_a_wrong_language_is_wrong_use(
    welsh: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    option: str,
    variable: str,
) -> None:
    monkeypatch.setenv("PRIORITISE_LANGUAGE", variable)
    with pytest.raises(SystemExit) as stopped:
        app([*option.split(), "schema", "view"], standalone_mode=False)
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith(": PF735 PRIORITISE_LANGUAGE: It must be one of these: en-GB, cy.\n")
    assert current() is ENGLISH


def test_translations_that_are_broken_are_told_with_their_line(
    welsh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    po(welsh, 'msgid "On {day}"\nmsgstr "{dydd}"\n')
    with pytest.raises(SystemExit) as stopped:
        app(["--language", "cy", "schema", "view"], standalone_mode=False)
    assert stopped.value.code == 2
    assert "PF735 PRIORITISE_LANGUAGE: cy.po, line 6: the places of '{dydd}'" in capsys.readouterr().err


def test_help_needs_no_language(welsh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITISE_LANGUAGE", "xx")
    app(["--help"], standalone_mode=False)
    assert current() is ENGLISH
