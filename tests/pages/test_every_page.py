"""No page is forgotten: each is looked at in every run, and the list of its states is where it is named."""

from __future__ import annotations

import re

import pytest

from api.pages.routes import ROUTERS
from tests.pages.states import OFTEN, State

_NO_PAGES = re.compile(r"/assets/.*|.*/(pdf|yaml|text|markdown)|.*\.pdf")
_ELSEWHERE = {"/sign-in", "/sign-in/callback"}
"""They lead elsewhere, and are no pages of ours."""
_ALIKE = {
    "/regions/{region}/declare": "/pdus/{pdu}/declare",
    "/regions/{region}/suspend": "/pdus/{pdu}/suspend",
    "/everyone/suspend": "/pdus/{pdu}/suspend",
    "/suspensions/{id}/end": "/declarations/{id}/end",
}
"""One page for several sorts of places."""
PAGES = sorted(
    {
        _ALIKE.get(path, path)
        for router in ROUTERS
        for path, methods in ((route.path, route.methods) for route in router.routes)  # type: ignore[attr-defined]
        if "GET" in methods and not _NO_PAGES.fullmatch(path) and path not in _ELSEWHERE
    }
)


def _shows(state: State, page: str) -> bool:
    if state.leads_to is not None:
        return state.leads_to == page
    wanted = re.sub(r"\{\w+\}", "[^/]+", page)
    path = state.path.partition("?")[0]
    # A fixed name is not one that any name would fit.
    return re.fullmatch(wanted, path) is not None and (path in PAGES) == (path == page)


@pytest.mark.parametrize("page", PAGES)
def test_it_is_looked_at_in_every_run(page: str) -> None:
    assert [state.name for state in OFTEN if _shows(state, page)]
