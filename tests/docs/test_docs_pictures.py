"""The pictures of the documentation are there, small, made by `make screenshots`, and told in words."""

from __future__ import annotations

import re

from tests.docs.docs_blocks import PAGES, ROOT, prose
from tests.pages.pictures import FOLDER, LARGEST, PICTURES, WIDTH
from tests.pages.png import size

_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
SHOWN = [(page.parent / path, words) for page in PAGES for words, path in _PICTURE.findall(prose(page))]


def test_every_picture_is_made_by_the_command_and_shown_once() -> None:
    made = sorted(picture.name for picture in PICTURES)
    assert sorted(path.name for path, _ in SHOWN) == made
    assert sorted(path.name for path in FOLDER.iterdir()) == made
    assert {path.parent for path, _ in SHOWN} == {FOLDER}
    assert FOLDER == ROOT / "docs" / "images"


def test_pictures_are_small() -> None:
    for picture in PICTURES:
        content = (FOLDER / picture.name).read_bytes()
        width, height = size(content)
        assert 300 <= width <= WIDTH
        assert 100 <= height <= 2 * WIDTH
        assert len(content) <= LARGEST


def test_who_cannot_see_a_picture_is_told_what_it_shows() -> None:
    assert [path.name for path, words in SHOWN if len(words.split()) < 5] == []
