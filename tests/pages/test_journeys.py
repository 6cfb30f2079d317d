"""What people come for, from the first page to the last, with nothing but the keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.pages.conftest import Windows
from tests.pages.keys import Keys
from tests.pages.looking import Visit

Journey = Callable[[Page, Keys], None]
Walk = Callable[[Journey], None]

WITH = [True, False] if os.environ.get("PAGES") == "all" else [False]
"""Every run walks without scripts; `make pages` with them too."""


@pytest.fixture(params=WITH, ids={True: "scripts", False: "no scripts"}.get)
def walk(request: pytest.FixtureRequest, windows: Windows) -> Walk:
    """Makes a journey that begins at home, with scripts or without."""

    def go(journey: Journey) -> None:
        def work(visit: Visit) -> None:
            visit.begin(scripts=request.param)
            visit.go("/")
            journey(visit.page, Keys(visit.page))
            assert visit.told == []

        windows.do("sample", work)

    return go


def _find(page: Page, keys: Keys, part: str, name: str) -> None:
    """From home to the page of a unit."""
    keys.to("Any part of its name")
    keys.type(part)
    with page.expect_navigation():
        keys.press("Enter")
    keys.follow(name)
    assert page.locator("h1").inner_text().endswith(name)


def test_the_content_is_one_key_away(walk: Walk) -> None:
    def journey(page: Page, keys: Keys) -> None:
        keys.to("Skip to main content")
        keys.press("Enter")
        keys.to("Any part of its name")
        assert page.evaluate("document.activeElement.id") == "q"

    walk(journey)


def test_a_head_asks_whether_home_visits_may_be_reduced_for_a_case_under_mappa(walk: Walk) -> None:
    def journey(page: Page, keys: Keys) -> None:
        _find(page, keys, "kirk", "Kirklees")
        keys.follow("May I reduce something?")
        keys.choose("What would you like to do less of?", "Home visits")
        keys.to("Cases managed under MAPPA")
        keys.press("Space")
        keys.follow("May I?")
        answer = page.get_by_role("region", name="No")
        assert answer.get_by_role("heading", name="No").is_visible()
        assert "Cases managed under MAPPA" in answer.inner_text()
        assert page.locator("#cohort-mappa").is_checked()  # the question stands there as it was asked

    walk(journey)


def test_a_director_tries_88_in_place_of_90_and_sees_who_would_move(walk: Walk) -> None:
    def journey(page: Page, keys: Keys) -> None:
        keys.follow("Try it")
        keys.choose("PDU", "Bolton")
        keys.follow("Take this one")
        keys.to("Officers available, Amber below")
        assert "90% now" in page.locator("#t-amber_staffing-hint").inner_text()
        keys.type("88")
        keys.follow("See what follows")
        result = page.locator(".answer")
        assert "1 of the 9 PDUs in Greater Manchester would have another status today" in result.inner_text()
        assert result.get_by_role("listitem").filter(has_text="Amber today, Green with").count() == 1
        assert "amber_staffing: 88" in result.inner_text()
        keys.follow("Oldham")

    walk(journey)


def test_hq_lists_what_a_version_has_loosened(walk: Walk) -> None:
    def journey(page: Page, keys: Keys) -> None:
        keys.follow("Frameworks")
        keys.follow("What changed in it")
        assert page.locator("h1").inner_text() == "Compared: Version 3, and Phase 3 Version 8"
        loosened = page.locator(".changes li").filter(has=page.locator(".effect--loosens"))
        told = " ".join(loosened.all_inner_texts())
        assert "Home visits" in told
        assert "Protected learning time" not in told  # that was tightened

    walk(journey)


def test_a_head_corrects_the_return_of_last_week(walk: Walk) -> None:
    def journey(page: Page, keys: Keys) -> None:
        _find(page, keys, "plym", "Plymouth")
        keys.follow("Send figures, or correct them")
        keys.to("The day that the figures are about")
        keys.type("2022-11-14")
        keys.follow("Take this day")
        assert "A return for 14 November 2022 is recorded" in page.locator("main").inner_text()
        caseload = page.get_by_label("Caseload")
        new = str(int(caseload.input_value()) + 1)
        keys.to("Caseload")
        keys.type(new)
        keys.to("A note")
        keys.type("One case was counted twice.")
        keys.follow("Check what you send")
        assert "Nothing is recorded yet" in page.locator("main").inner_text()
        keys.follow("Record these figures")
        assert page.get_by_role("alert").get_by_text("recorded").is_visible()
        keys.follow("Send figures, or correct them")
        keys.to("The day that the figures are about")
        keys.type("2022-11-14")
        keys.follow("Take this day")
        assert caseload.input_value() == new
        keys.follow("Record of who did what")
        newest = page.locator("tbody tr").first.inner_text()
        assert "Plymouth" in newest
        assert "14 November 2022" in newest

    walk(journey)


def test_somebody_reads_why_a_unit_is_indeterminate(walk: Walk) -> None:
    def journey(page: Page, keys: Keys) -> None:
        _find(page, keys, "leeds", "Leeds")
        told = page.locator("main").inner_text()
        assert "Indeterminate: the newest return is too old. It is from 31 October 2022" in told
        assert "The last clear status was Amber, on 14 November 2022" in told
        keys.follow("The whole decision")
        keys.to("Hashes, figures, rules and the command")
        keys.press("Enter")
        assert page.get_by_text("To work it out again").is_visible()

    walk(journey)
