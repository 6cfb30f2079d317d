"""Every page at 1280 and 320 px, with scripts and without: in every state by `make pages`, else each page in one."""

from __future__ import annotations

import os

import pytest

from tests.pages.conftest import Windows
from tests.pages.looking import Visit
from tests.pages.markup import faults_of
from tests.pages.states import OFTEN, STATES, State

LARGEST = 100_000
"""So many bytes a page may take on its way."""
LOOKED_AT = STATES if os.environ.get("PAGES") == "all" else OFTEN


@pytest.mark.parametrize("state", LOOKED_AT, ids=lambda state: state.name)
def test_state(state: State, windows: Windows) -> None:
    def look(visit: Visit) -> list[str]:
        faults = []
        for scripts in (True, False):
            visit.begin(scripts=scripts)
            state.reach(visit)
            answer = visit.answer
            assert answer is not None
            assert answer.status == state.status
            assert state.shows in " ".join(visit.page.locator("body").inner_text().split())
            if scripts:
                assert answer.request.sizes()["responseBodySize"] <= LARGEST
                faults += [*visit.found(), *faults_of(answer.text())]
            else:
                faults += (f"without scripts: {one}" for one in visit.found_without_scripts())
        return faults

    assert windows.do(state.place, look) == []
