"""The pictures of the documentation can be taken, and the two documents that show them fit on two sheets of paper."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.pages.chromium import Chromium
from tests.pages.conftest import Windows
from tests.pages.pictures import LARGEST, PICTURES, WIDTH, Picture, taken
from tests.pages.png import size

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_SHEET = """<!doctype html><html lang="en"><title>A document</title><base href="{folder}/"><style>
body {{ font: 10pt/1.35 sans-serif; }} h1, h2 {{ margin: 0.6em 0 0.2em; }} p, ul, pre {{ margin: 0.4em 0; }}
img {{ zoom: 0.45; }} pre {{ font-size: 8pt; white-space: pre-wrap; }}
td, th {{ padding: 1pt 6pt; text-align: left; vertical-align: top; }}
</style>{text}"""


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_taken(picture: Picture, windows: Windows) -> None:
    found = windows.do("sample", lambda visit: taken(visit, picture))
    width, height = size(found)
    assert 300 <= width <= WIDTH
    assert 100 <= height <= WIDTH
    assert len(found) <= LARGEST


@pytest.mark.parametrize("name", ["pdu-heads", "hq"])
def test_a_document_is_printed_on_two_sheets(name: str, chromium: Chromium, tmp_path: Path) -> None:
    text = MarkdownIt().enable("table").render((_DOCS / f"{name}.md").read_text("utf-8"))
    page = tmp_path / "page.html"
    page.write_text(_SHEET.format(folder=_DOCS.as_uri(), text=text), "utf-8")

    def printed(browser: Browser) -> tuple[bytes, bool]:
        with browser.new_context() as context:
            sheet = context.new_page()
            sheet.goto(page.as_uri())
            whole: bool = sheet.evaluate("[...document.images].every(one => one.naturalWidth > 0)")
            margin = {"top": "15mm", "bottom": "15mm", "left": "15mm", "right": "15mm"}
            return sheet.pdf(format="A4", margin=margin), whole  # type: ignore[arg-type]

    content, whole = chromium.do(printed)
    assert whole
    assert len(PdfReader(io.BytesIO(content)).pages) <= 2
