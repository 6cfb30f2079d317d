"""The explanation of a decision as PDF: every word of the page is there, in the same order, for everybody to read."""

from __future__ import annotations

import functools

import pytest

from reports import context
from reports._explanation import Check
from reports.pdf import explanation_pdf
from rules.model import Version
from tests.reports import report_decisions as given
from tests.reports import test_report_forms as forms
from tests.reports.pdf_kit import Pdf, conforms
from tests.reports.report_framework import ORGANISATION, VERSION, VERSION_DOCUMENT

HOSTILE = (
    "#panic(1) #sys.inputs.data $x^2$ @ref *b* _e_ `r` <l> [c](https://a.example) \\ // /* \"q\" 'q' -- ~ "
    '= h - i + j / k: \\u{41} {{ 7*7 }} https://b.example #read("base.typ")'
)
"""What means something to a typesetter. None of it may."""


@functools.cache
def shown(name: str) -> Pdf:
    return conforms(explanation_pdf(given.ALL[name](), VERSION, ORGANISATION))


@pytest.mark.parametrize("name", given.ALL)
def test_every_decision_conforms_and_says_what_the_page_says(name: str) -> None:
    pdf, words = shown(name), given.context(given.ALL[name]())
    assert pdf.headings()[0] == (1, words.title)
    sections = [text for level, text in pdf.headings() if level == 2]
    h = words.headings
    assert sections == [
        h.conditions, h.reductions, h.duties, h.refusals, h.data, h.settings, h.audit,
    ]  # fmt: skip
    told = [words.why, words.place, *words.lead, *words.conditions_intro, *words.data, *words.audit.command]
    told += [label.text for label in words.labels]
    told += [text for check in (*words.deciding, *words.others) for text in texts(check)]
    for part in words.reductions:
        for item in part.items:
            told += [item.title, item.lead, item.do, *(line.text for line in item.limits)]
    told += [duty.because for duties in words.duties for duty in duties.items]
    told += [title for refusal in words.refusals for title in (refusal.reason, *refusal.titles)]
    tables = [table for table in (words.settings, *words.audit.figures) if table is not None]
    told += [cell for table in tables for row in table.rows for cell in row]
    missing = [text for text in told if not pdf.says(text)]
    assert not missing


def texts(check: Check) -> list[str]:
    return [check.text, *check.details, *(text for part in check.parts for text in texts(part))]


def test_a_condition_says_in_words_whether_it_is_met() -> None:
    pdf = shown("amber")
    assert pdf.says("Met. Amber begins when")
    assert pdf.says("Not met.")


def test_tables_have_headings_and_captions() -> None:
    pdf, words = shown("amber"), given.context(given.amber())
    tables = [table for table in (words.settings, *words.audit.figures) if table is not None]
    assert len(tables) >= 2
    assert [pdf.text_of(one) for one in pdf.root.all("Caption")] == [table.caption for table in tables]
    for table, found in zip(tables, pdf.root.all("Table"), strict=True):
        assert [pdf.text_of(cell) for cell in found.all("TH")] == list(table.columns)
        assert len(found.all("TR")) == len(table.rows) + 1


def test_links_lead_where_they_say() -> None:
    pdf = shown("red")
    links = [note.get_object()["/A"]["/URI"] for page in pdf.reader.pages for note in page.get("/Annots", [])]
    assert set(links) == {"https://questions-statements.parliament.uk/"} or not links
    assert len(pdf.root.all("Link")) >= len(set(links))


@pytest.mark.parametrize(
    "name", ["amber", "red", "declared_over_unknown", "suspended", "refusals", "synthetic"]
)
def test_no_word_becomes_markup(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "POISON", HOSTILE)
    decision, version, organisation = forms.poison(name)
    pdf, clean = conforms(explanation_pdf(decision, version, organisation)), shown(name)
    words = context(decision, version, organisation)
    assert pdf.says(words.title)
    assert pdf.says(HOSTILE)
    assert "49" not in pdf.text.replace("7*7", "") or "49" in clean.text
    for tag in (
        "H1",
        "H2",
        "H3",
        "H4",
        "Table",
        "TR",
        "Code",
        "Formula",
        "Figure",
        "Note",
        "Reference",
        "Em",
    ):
        assert len(pdf.root.all(tag)) == len(clean.root.all(tag)), tag


def test_only_web_addresses_are_links() -> None:
    for address in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://a b"):
        sources = {**VERSION_DOCUMENT["sources"], "updates": {"title": "Updates", "url": address}}
        version = Version.model_validate({**VERSION_DOCUMENT, "sources": sources})
        pdf = conforms(explanation_pdf(given.amber(), version, ORGANISATION))
        found = [str(one["/URI"]) for one in pdf.objects() if isinstance(one, dict) and "/URI" in one]
        assert address not in found


def test_its_day_is_the_decision_s() -> None:
    pdf = shown("amber")
    assert pdf.reader.metadata is not None
    assert str(pdf.reader.metadata.creation_date).startswith(given.amber()["as_of"])
    assert pdf.reader.metadata.subject == given.context(given.amber()).why
