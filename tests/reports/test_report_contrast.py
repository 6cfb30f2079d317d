"""Every word of the page can be read on what it stands on: a contrast of at least 4.5 to 1."""

from __future__ import annotations

import re

import pytest

from reports import explain
from reports._colours import NEUTRAL, PALETTE
from rules.model import Version
from tests.reports import report_decisions as given
from tests.reports.report_framework import ORGANISATION, VERSION, VERSION_DOCUMENT


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class TestContrast:
    @pytest.mark.parametrize("colour", [*PALETTE, "none"])
    def test_of_statuses(self, colour: str) -> None:
        background, text = PALETTE.get(colour, NEUTRAL)
        assert contrast(background, text) >= 4.5

    def test_every_colour_of_the_format_is_there(self) -> None:
        for colour in PALETTE:
            document = {**VERSION_DOCUMENT}
            document["statuses"] = [
                {"id": "amber", "colour": colour},
                *VERSION_DOCUMENT["statuses"][2:],
            ]
            Version.model_validate(document)
        assert set(PALETTE) == {
            "green",
            "yellow",
            "amber",
            "orange",
            "red",
            "purple",
            "black",
            "blue",
            "grey",
        }

    def test_of_the_page(self) -> None:
        style = re.search(
            r"<style>(.*?)</style>", explain(given.amber(), VERSION, ORGANISATION, form="html"), re.S
        )
        assert style is not None
        texts = {long(value) for value in re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", style[1])} - {
            "#ffffff"
        }
        grounds = {"#ffffff", "#f5f6f7"}
        assert texts
        for text in texts:
            for ground in grounds:
                assert contrast(text, ground) >= 4.5, (text, ground)
        assert contrast("#1a1a1a", "#ffffff") >= 4.5  # white words stand on this one only


def long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(sign * 2 for sign in colour[1:])
