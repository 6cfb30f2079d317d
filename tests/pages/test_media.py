"""Pages as they are for people who choose their own colours, and on paper."""

from __future__ import annotations

import pytest

from tests.pages.conftest import Windows
from tests.pages.looking import Visit
from tests.pages.places import Place

_DRAWN: list[tuple[Place, str]] = [
    ("wards", "/pdus/long"),
    ("wards", "/country"),
    ("sample", "/pdus/york/ahead"),
    ("sample", "/regions/london"),
]
_PAPER = 680
"""So many pixels are as wide as a sheet of A4 between its margins."""
_UNSEEN = """() => [...document.querySelectorAll('details > :not(summary), main h2, main table, main svg')]
  .filter(one => !one.closest('nav'))
  .filter(one => !one.checkVisibility({contentVisibilityAuto: true}) || !one.getBoundingClientRect().height)
  .map(one => one.outerHTML.slice(0, 100))"""


_COLOURS = """() => [...document.querySelectorAll('main svg')].map(svg =>
  [svg, ...svg.querySelectorAll('*')].map(one => {
    const {fill, stroke, color} = getComputedStyle(one)
    return [one.tagName, fill, stroke, color].join()
  }))"""
_GROUNDS = "[...document.querySelectorAll('main svg')].map(svg => getComputedStyle(svg).backgroundColor)"


@pytest.mark.parametrize(("place", "path"), _DRAWN, ids=[path for _, path in _DRAWN])
def test_drawings_keep_their_colours_where_a_reader_chooses_all_others(
    place: Place, path: str, windows: Windows
) -> None:
    """They stand on white then, since their own inks are made for it."""

    def look(visit: Visit) -> tuple[list[list[str]], list[list[str]], set[str], str]:
        visit.begin(scripts=True)
        visit.go(path)
        before = visit.page.evaluate(_COLOURS)
        visit.page.emulate_media(forced_colors="active", color_scheme="dark")
        try:
            page = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
            return before, visit.page.evaluate(_COLOURS), set(visit.page.evaluate(_GROUNDS)), page
        finally:
            visit.page.emulate_media(forced_colors="none", color_scheme="light")

    before, after, grounds, page = windows.do(place, look)
    assert page == "rgb(0, 0, 0)"  # the reader's own colours are in force
    assert grounds == {"rgb(255, 255, 255)"}
    assert after == before


@pytest.mark.parametrize(("place", "path"), _DRAWN, ids=[path for _, path in _DRAWN])
def test_on_paper_nothing_is_hidden_or_cut_off(place: Place, path: str, windows: Windows) -> None:
    def look(visit: Visit) -> tuple[list[str], list[str], bool]:
        visit.begin(scripts=True)
        visit.go(path)
        visit.page.set_viewport_size({"width": _PAPER, "height": 900})
        visit.page.emulate_media(media="print")
        try:
            navigation = visit.page.get_by_role("navigation", name="Pages").is_visible()
            return visit.page.evaluate(_UNSEEN), list(visit.sizes()), navigation
        finally:
            visit.page.emulate_media(media="screen")

    unseen, faults, navigation = windows.do(place, look)
    assert unseen == []
    assert faults == []
    assert not navigation
