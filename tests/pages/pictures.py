"""Takes the pictures of the documentation: `make screenshots` writes them into docs/images/.

The service runs on the sample figures, on one fixed day. Each picture shows a part of a page, as a reader would see it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, FloatRect

from tests.pages.chromium import Chromium
from tests.pages.looking import Visit, open_window
from tests.pages.places import SILENT, open_places
from tests.pages.png import smaller

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
LARGEST = 100_000
"""So many bytes a picture may have."""
WIDTH = 900
_HEIGHT, _MARGIN = 1400, 6
_UNIT = "kirklees"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its file, how the page is reached, a text in it, and the parts shown with all between them."""

    name: str
    reach: Callable[[Visit], None]
    shows: str
    parts: Sequence[str]


def _at(path: str) -> Callable[[Visit], None]:
    return lambda visit: visit.go(path)


_COMPARED = _at("/frameworks/compare?from=version-3&to=phase-3-v8")


def _may(visit: Visit) -> None:
    visit.go(f"/pdus/{_UNIT}/may")
    visit.page.get_by_label("What would you like to do less of?").select_option("Home visits")
    visit.page.get_by_label("Cases managed under MAPPA").check()
    visit.page.get_by_role("button", name="May I?").click()


def _try(visit: Visit) -> None:
    visit.go("/try?pdu=bolton")
    visit.page.locator("#t-amber_staffing").fill("88")
    visit.page.get_by_role("button", name="See what follows").click()


def _correct(visit: Visit) -> None:
    visit.go("/pdus/plymouth/return?day=2022-11-14")
    visit.page.get_by_label("Caseload").fill("2449")
    visit.page.get_by_label("A note").fill("Twelve cases were counted twice.")
    visit.page.get_by_role("button", name="Check what you send").click()


def _record(visit: Visit) -> None:
    _correct(visit)
    visit.page.get_by_role("button", name="Record these figures").click()
    visit.go("/record")


PICTURES = (
    Picture("status.png", _at(f"/pdus/{_UNIT}"), "3 October 2022", ("h1", ".contents", ".govuk-inset-text")),
    Picture(
        "may.png",
        _may,
        "never for this case",
        ("h1", ".answer p:last-of-type"),
    ),
    Picture(
        "indeterminate.png",
        _at(f"/pdus/{SILENT}"),
        "the newest return is too old",
        ("h1", ".contents", ".govuk-inset-text"),
    ),
    Picture("try.png", _try, "1 of the 9 PDUs in Greater Manchester", (".answer h2", ".answer ul")),
    Picture("compare.png", _COMPARED, "permits more than Version 3", ("h1", "h1 ~ p:nth-of-type(3)")),
    Picture("loosens.png", _COMPARED, "Home visits", ("#examples", "#examples + ul > li:nth-child(4)")),
    Picture("correct.png", _correct, "2,449 cases", ("main tbody tr:nth-last-child(3)", "main form")),
    Picture("record.png", _record, "the figures of Plymouth", ("main thead", "main tbody tr")),
)
"""In this order: the last one records something."""


def take(folder: Path) -> None:
    """Write every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = Chromium()
    try:
        with tempfile.TemporaryDirectory() as own:
            (Path(own) / "own").mkdir()
            with open_places(Path(own) / "own", Path(own)) as places:
                window = chromium.do(lambda browser: open_window(browser, places.sample))
                for picture in PICTURES:
                    (folder / picture.name).write_bytes(chromium.do(partial(taken, window, picture)))
                    print(folder / picture.name)
    finally:
        chromium.close()


def taken(visit: Visit, picture: Picture, _: Browser | None = None) -> bytes:
    """One picture, as a PNG file."""
    visit.begin(scripts=True)
    page = visit.page
    page.set_viewport_size({"width": WIDTH, "height": _HEIGHT})
    picture.reach(visit)
    if picture.shows not in page.locator("main").inner_text():
        raise ValueError(f"{picture.name} would not show {picture.shows!r}.")
    page.evaluate("document.activeElement.blur()")
    boxes = [box for part in picture.parts if (box := page.locator(part).first.bounding_box())]
    left, top = min(box["x"] for box in boxes), min(box["y"] for box in boxes)
    right, bottom = (
        max(box["x"] + box["width"] for box in boxes),
        max(box["y"] + box["height"] for box in boxes),
    )
    clip: FloatRect = {
        "x": left - _MARGIN,
        "y": top - _MARGIN,
        "width": right - left + 2 * _MARGIN,
        "height": bottom - top + 2 * _MARGIN,
    }
    return smaller(page, page.screenshot(full_page=True, clip=clip))


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
