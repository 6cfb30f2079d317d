"""What any report as PDF must bear: odd signs, long words, long tables, many at once, and the same bytes each time."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reports.compare import ComparisonPage
from reports.compare._page import Item, Section
from reports.pdf import comparison_pdf, explanation_pdf
from reports.pdf._glyphs import fit
from tests.reports.pdf_kit import FOOTER, Pdf, conforms
from tests.reports.report_decisions import amber
from tests.reports.report_framework import ORGANISATION, VERSION

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime.date(2022, 8, 29)
EMPTY = ComparisonPage("A title", "A headline.", (), (), (), (), (), None, (), ())
LONG = "supercalifragilistic" * 40
AGAIN = """
import hashlib
from reports.pdf import explanation_pdf
from tests.reports.report_decisions import amber
from tests.reports.report_framework import ORGANISATION, VERSION
print(hashlib.sha256(explanation_pdf(amber(), VERSION, ORGANISATION)).hexdigest())
"""


def compared(**changes: object) -> Pdf:
    """A comparison that says nothing but what is given."""
    return conforms(comparison_pdf(dataclasses.replace(EMPTY, **changes), DAY))  # type: ignore[arg-type]


def test_the_same_has_the_same_bytes() -> None:
    first = explanation_pdf(amber(), VERSION, ORGANISATION)
    comparison_pdf(EMPTY, DAY)  # another one in between leaves nothing behind
    assert explanation_pdf(amber(), VERSION, ORGANISATION) == first
    assert comparison_pdf(EMPTY, DAY + datetime.timedelta(1)) != comparison_pdf(EMPTY, DAY)


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8"},
        {
            "PYTHONHASHSEED": "2",
            "TZ": "America/Los_Angeles",
            "SOURCE_DATE_EPOCH": "1",
            "TYPST_FONT_PATHS": "/",
        },
    ],
)
def test_another_process_has_the_same_bytes(settings: dict[str, str], tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", AGAIN],
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(explanation_pdf(amber(), VERSION, ORGANISATION)).hexdigest()
    assert ran.stdout.strip() == here


def test_many_at_once_are_each_as_if_alone() -> None:
    titles = [f"Comparison {number}" for number in range(8)]
    alone = [comparison_pdf(dataclasses.replace(EMPTY, title=title), DAY) for title in titles]
    with ThreadPoolExecutor(4) as threads:
        made = list(
            threads.map(lambda title: comparison_pdf(dataclasses.replace(EMPTY, title=title), DAY), titles)
        )
    assert made == alone


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ŵŷ Llŷn é ï ß ł “x” – … £ € ½ ≥ → −", "Ŵŷ Llŷn é ï ß ł “x” – … £ € ½ ≥ → −"),
        ("a \U0001f600 b", "a [U+1F600] b"),
        ("漢字", "[U+6F22][U+5B57]"),
        ("\ue000\ufffe\U000f0000", "[U+E000][U+FFFE][U+F0000]"),
        ("❤\ufe0f", "[U+2764]"),
        ("a\u2060b\ufeffc", "abc"),
        ("a\x00b\x07c\x1bd\x7f", "abcd"),
        ("a\tb\r\nc\u2028d", "a b c d"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("e\u0301", "e\u0301"),
        ("\\u0041 \\n %41 &amp;", "\\u0041 \\n %41 &amp;"),
    ],
)
def test_signs(text: str, shown: str) -> None:
    assert fit({"a": [text]}) == {"a": [shown]}
    pdf = compared(lead=(f"({text})",))
    assert pdf.says(f"({shown})")
    assert "\x00" not in pdf.text


def test_every_sign_of_the_fonts_can_be_set() -> None:
    kept = [sign for sign in map(chr, range(0x20, 0x2FFF)) if fit(f"a{sign}b") == f"a{sign}b"]
    assert len(kept) > 2000
    lines = tuple(" ".join(kept[place : place + 60]) for place in range(0, len(kept), 60))
    comparison_pdf(dataclasses.replace(EMPTY, lead=lines), DAY)  # the typesetter refuses what has no shape


@pytest.mark.parametrize("place", ["title", "headline", "lead", "item"])
def test_a_long_word_goes_on_below_and_can_be_copied(place: str) -> None:
    item = Item("Loosens", "loosens", LONG, LONG, LONG, (LONG,), LONG)
    section = Section(LONG, ((LONG, (item,)),))
    changes: dict[str, object] = {"lead": (LONG,)} if place == "lead" else {place: LONG}
    pdf = compared(**({"changes": (section,)} if place == "item" else changes))
    assert pdf.plain.count(LONG) >= (5 if place == "item" else 1)  # a page may end within one
    wide = max(len(text.strip()) for page in pdf.placed for _, _, text in page)
    assert wide < 110, "no line is wider than the page"


def test_a_long_table_goes_on_on_the_next_page_under_the_same_head() -> None:
    decision = amber()
    figures = decision["measures"][0]["inputs"]
    more = {f"in_post_fte[G{number}]": next(iter(figures.values())) for number in range(120)}
    decision["measures"][0]["inputs"] = {**figures, **more}
    pdf = conforms(explanation_pdf(decision, VERSION, ORGANISATION))
    table = max(pdf.root.all("Table"), key=lambda one: len(one.all("TR")))
    rows = len(table.all("TR"))
    assert rows > 120
    head = pdf.text_of(table.all("TR")[0].children[0])
    assert len(table.all("THead")) == 1, "the head is read once"
    assert sum(page.extract_text().count(f"{head}") > 0 for page in pdf.reader.pages) >= 3
    assert all(y > FOOTER for page in pdf.placed for _, y, _ in page)
