"""A PDF in another language: it says which one it is in, and the foot of its pages speaks it too."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from gettext import NullTranslations

import pytest

from reports.language import Language, speaking
from reports.pdf import explanation_pdf
from reports.pdf._compile import compiled
from tests.reports import report_decisions as given
from tests.reports.pdf_kit import reader_of
from tests.reports.report_framework import ORGANISATION, VERSION

FOOT = "{page} of {pages}"


class Texts(NullTranslations):
    """Some texts, and the others as they are."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)


def amber(language: Language) -> bytes:
    with speaking(language):
        return explanation_pdf(given.amber(), VERSION, ORGANISATION)


@pytest.mark.parametrize(
    ("tag", "told"),
    [("cy", "cy"), ("fr-CA", "fr-CA"), ("es-419", "es"), ("en-GB", "en-GB")],
)
def test_the_file_says_its_language(tag: str, told: str) -> None:
    reader = reader_of(amber(Language(tag, NullTranslations())))
    assert reader.trailer["/Root"]["/Lang"] == told


def test_the_foot_of_each_page_and_its_texts_are_in_the_language() -> None:
    pages = reader_of(
        amber(Language("cy", Texts({FOOT: "tudalen {page} o {pages}", "Source": "Ffynhonnell"})))
    ).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"tudalen {number} o {len(pages)}" in page.extract_text()
    text = "".join(page.extract_text() for page in pages)
    assert "Ffynhonnell: " in text
    assert "29 Awst 2022" in text


def test_a_sign_without_a_shape_in_the_foot_breaks_nothing() -> None:
    reader = reader_of(amber(Language("cy", Texts({FOOT: "{page} ⟦{pages}⟧"}))))
    assert f"1 [U+27E6]{len(reader.pages)}[U+27E7]" in reader.pages[0].extract_text()


def test_one_language_leaves_nothing_behind_for_the_next() -> None:
    english = explanation_pdf(given.amber(), VERSION, ORGANISATION)
    amber(Language("cy", Texts({FOOT: "tudalen {page} o {pages}"})))
    assert explanation_pdf(given.amber(), VERSION, ORGANISATION) == english
    assert "1 of " in reader_of(english).pages[0].extract_text()


def test_a_text_with_a_place_in_it_is_no_place() -> None:
    """Only what the foot says is filled."""
    with speaking(Language("cy", Texts({}))):
        made = compiled("area", AREA, datetime.date(2022, 8, 29))
    assert "{page} of {pages}" in reader_of(made).pages[0].extract_text()


AREA = {
    "title": "{page} of {pages}",
    "headline": "None.",
    "counts": {"caption": None, "columns": ["Status", "PDUs"], "rows": []},
    "changes": [],
    "reviews": [],
    "outstayed": [],
    "units": {"caption": None, "columns": ["PDU", "Status", "Since", "Review by", "Past"], "rows": []},
    "strip": [10, 10],
    "headings": {
        name: name
        for name in (
            "counts", "changes", "no_changes", "reviews", "outstayed", "none", "none_today", "illustrative", "units",
        )
    },
}  # fmt: skip
