"""Links between the pages lead somewhere, and the pages keep to what they may say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.docs_blocks import PAGES, README, ROOT, headings, page_blocks, prose

LINK = re.compile(r"\]\(([^)\s]+)\)")
FOLDERS = ("rules", "engine", "frameworks", "reports", "api", "tests", "docs", "bench")


def anchor(heading: str) -> str:
    """The anchor of a heading, as web pages for Markdown make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower().replace("`", ""))
    return kept.replace(" ", "-")


def links() -> list[tuple[Path, str]]:
    return [
        (page, link)
        for page in PAGES
        for link in LINK.findall(prose(page))
        if not link.startswith("https://")
    ]


@pytest.mark.parametrize(("page", "link"), links(), ids=[f"{page.name}-{link}" for page, link in links()])
def test_a_link_leads_somewhere(page: Path, link: str) -> None:
    name, _, fragment = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    assert target.exists()
    assert target.is_relative_to(ROOT)
    if fragment:
        assert fragment in [anchor(heading) for heading in headings(target)]


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(LINK.findall(prose(README)))
    assert {f"docs/{page.name}" for page in PAGES if page != README} - linked == set()


def test_the_readme_names_every_folder_and_the_test_command() -> None:
    text = README.read_text("utf-8")
    assert [folder for folder in FOLDERS if f"`{folder}/`" not in text] == []
    assert "make test" in text
    assert text.index("<!-- bench:start -->") < text.index("<!-- bench:end -->")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_no_path_of_a_machine(page: Path) -> None:
    assert re.findall(r"/(?:home|root|tmp|Users|work)/\S*", page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert [block.place for block in page_blocks(page) if not block.kind] == []
