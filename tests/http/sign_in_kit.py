"""What the tests of signing in share: the steps of a browser, and what a refusal is like."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx

from tests.http.pages_kit import Browser, seen
from tests.http.provider import Provider


def begun(browser: Browser, after: str = "/") -> str:
    """Where the browser is sent to sign in."""
    answer = browser.get(f"/sign-in?after={quote(after, safe='')}")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def came_back(browser: Browser, provider: Provider, after: str = "/", change: str = "") -> httpx.Response:
    """The whole way, with the last step changed."""
    return browser.get(provider.authorise(begun(browser, after)) + change)


def refused(browser: Browser, answer: httpx.Response, status: int = 401) -> None:
    """Nobody is signed in, and the page says how to go on."""
    assert answer.status_code == status, answer.text
    assert "session" not in browser.cookies
    page = seen(answer)
    if status == 401:
        assert ("/sign-in?after=/", "Sign in") in page.links
        assert "Code PF727" in page.words
    assert not re.search(r"eyJ|Traceback|urlopen|jwt", answer.text), "nothing of a token or an error is told"
