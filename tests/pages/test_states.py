"""Every page in every state, at 1280 and 320 px, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.pages.chromium import Chromium
from tests.pages.looking import NARROW, WIDE, visiting
from tests.pages.markup import faults_of
from tests.pages.places import Places
from tests.pages.states import STATES, State

LARGEST = 100_000
"""So many bytes a page may take on its way."""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_state(state: State, scripts: bool, chromium: Chromium, places: Places) -> None:
    """Without scripts a wide page is the same markup as with them, so that axe looks at the narrow one only."""

    def look(browser: Browser) -> list[str]:
        with visiting(browser, getattr(places, state.place), scripts=scripts) as visit:
            state.reach(visit)
            answer = visit.answer
            assert answer is not None
            assert answer.status == state.status
            assert state.shows in visit.page.locator("body").inner_text()
            if not scripts:
                return visit.found([NARROW])
            assert answer.request.sizes()["responseBodySize"] <= LARGEST
            return [*visit.found([WIDE, NARROW]), *faults_of(answer.text())]

    assert chromium.do(look) == []
