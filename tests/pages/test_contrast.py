"""Every colour of the pages' own styles can be read on what it stands on: a contrast of at least 4.5 to 1."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from reports._colours import NEUTRAL, PALETTE
from tests.reports.test_report_contrast import contrast, long

_CSS = (resources.files("reports.pages") / "assets" / "site.css").read_text("utf-8")
_RULES = [(names.strip(), body) for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", _CSS)]
_GROUNDS = ("#ffffff", "#f4f8fb")
"""The page, and the ground of its footer."""
COLOURS = (*PALETTE, "none")


def _of(selector: str) -> dict[str, str]:
    """The properties of a rule with just this selector, its colours in six digits."""
    (body,) = (body for names, body in _RULES if names.split("\n")[-1] == selector)
    return _properties(body)


def _properties(body: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
    return {name.strip(): _plain(value.strip()) for name, value in pairs}


def _plain(value: str) -> str:
    return long(value) if re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}", value) else value


@pytest.mark.parametrize("colour", COLOURS)
def test_statuses(colour: str) -> None:
    ground, ink = PALETTE.get(colour, NEUTRAL)
    badge = _of(f".status--{colour}")
    assert (badge["background"], badge["color"]) == (ground, ink)
    assert (_of(f".fill--{colour}")["fill"], _of(f".ink--{colour}")["fill"]) == (ground, ink)
    assert contrast(ground, ink) >= 4.5
    assert (
        contrast(_of(f".fill--{colour}")["stroke"], "#ffffff") >= 3
    )  # the edge sets it off, whatever its colour


def test_letters_of_statuses() -> None:
    letter = _of(".status__letter")
    assert contrast(letter["background"], letter["color"]) >= 4.5


def test_every_word() -> None:
    looked = 0
    for names, body in _RULES:
        own = _properties(body)
        ink, ground = own.get("color", ""), own.get("background", "")
        if not ink.startswith("#"):
            continue
        looked += 1
        for one in (ground,) if ground.startswith("#") else _GROUNDS:
            if ink == "#ffffff" and not ground.startswith("#"):
                raise AssertionError(f"{names} has white words on an unknown ground")
            assert contrast(ink, one) >= 4.5, names
    assert looked > len(COLOURS)


@pytest.mark.parametrize("part", ["line", "dot", "level", "axis", "lead"])
def test_drawings(part: str) -> None:
    style = _of(f".chart__{part}")
    ink = style.get("stroke") or style["fill"]
    assert contrast(ink, "#ffffff") >= 4.5


def test_words_of_drawings() -> None:
    assert contrast(_of(".chart")["fill"], "#ffffff") >= 4.5
