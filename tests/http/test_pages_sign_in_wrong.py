"""Signing in where something does not fit: nobody is signed in, and nothing of it is told."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.http.issuer import Issuer, rsa_key
from tests.http.pages_kit import Browser, PagesWorld, guarded_world, seen
from tests.http.provider import CLIENT, Provider
from tests.http.sign_in_kit import begun, came_back, refused


@pytest.fixture
def world(signing_in: PagesWorld) -> PagesWorld:
    return signing_in


def test_without_what_was_kept_in_the_browser(world: PagesWorld, provider: Provider) -> None:
    browser = Browser(world)
    back = provider.authorise(begun(browser))
    other = Browser(world)
    refused(other, other.get(back))
    assert provider.asked == [], "the code is not even used"


def test_with_what_another_attempt_has_kept(world: PagesWorld, provider: Provider) -> None:
    """An attacker's answer in somebody's browser would sign them in as the attacker."""
    mallory, victim = Browser(world), Browser(world)
    back = provider.authorise(begun(mallory))
    begun(victim)
    refused(victim, victim.get(back))
    assert provider.asked == []


@pytest.mark.parametrize("state", ["", "x", None])
def test_a_wrong_state(world: PagesWorld, provider: Provider, state: str | None) -> None:
    browser = Browser(world)
    back = provider.authorise(begun(browser))
    query = parse_qs(urlsplit(back).query)
    told = "" if state is None else f"&state={state}"
    refused(browser, browser.get(f"/sign-in/callback?code={query['code'][0]}{told}"))
    assert provider.asked == []


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?error=access_denied", "?state=x&error=server_error&error_description=%3C"]
)
def test_coming_back_with_nothing(world: PagesWorld, query: str) -> None:
    browser = Browser(world)
    refused(browser, browser.get(f"/sign-in/callback{query}"))
    begun(browser)
    refused(browser, browser.get(f"/sign-in/callback{query}"))


def test_somebody_who_declined_is_not_signed_in_although_there_is_a_code(
    world: PagesWorld, provider: Provider
) -> None:
    browser = Browser(world)
    refused(browser, came_back(browser, provider, change="&error=access_denied"))
    assert provider.asked == []


def test_another_issuer_s_answer(world: PagesWorld, provider: Provider) -> None:
    browser = Browser(world)
    back = provider.authorise(begun(browser))
    refused(browser, browser.get(back.replace(quote(provider.url, safe=""), "https%3A%2F%2Fevil.example")))
    assert provider.asked == []


NOW = int(time.time())
IDENTITY: dict[str, dict[str, Any]] = {
    "wrong nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "wrong audience": {"aud": "another"},
    "the API's audience": {"aud": "prioritise"},
    "no audience": {"aud": None},
    "given to another": {"aud": [CLIENT, "another"], "azp": "another"},
    "wrong issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "expired": {"exp": NOW - 3600},
    "no expiry": {"exp": None},
    "not valid yet": {"nbf": NOW + 3600},
    "somebody else": {"sub": "mallory"},
    "nobody": {"sub": None},
    "of another access token": {"at_hash": "x"},
}
ACCESS: dict[str, dict[str, Any]] = {
    "wrong audience": {"aud": "another"},
    "no audience": {"aud": None},
    "wrong issuer": {"iss": "https://evil.example"},
    "expired": {"exp": NOW - 3600},
    "no expiry": {"exp": None},
    "somebody else": {"sub": "mallory"},
    "nobody": {"sub": None},
    "an unfit name": {"sub": "a\nb"},
}


@pytest.mark.parametrize("name", IDENTITY)
def test_an_id_token_that_does_not_fit(world: PagesWorld, provider: Provider, name: str) -> None:
    provider.identity = IDENTITY[name]
    browser = Browser(world)
    refused(browser, came_back(browser, provider))


@pytest.mark.parametrize("name", ACCESS)
def test_an_access_token_that_does_not_fit(world: PagesWorld, provider: Provider, name: str) -> None:
    provider.access = ACCESS[name]
    browser = Browser(world)
    refused(browser, came_back(browser, provider))


@pytest.mark.parametrize(
    "answer",
    [
        {"id_token": None}, {"access_token": None}, {"id_token": 1}, {"access_token": ["x"]}, {"id_token": ""},
        {"id_token": "a.b.c"}, {"access_token": "a.b.c"}, {"access_token": "é"},
        {"id_token": "eyJhbGciOiJub25lIn0.e30."},
    ],
)  # fmt: skip
def test_an_answer_without_fit_tokens(world: PagesWorld, provider: Provider, answer: dict[str, Any]) -> None:
    provider.answer = answer
    browser = Browser(world)
    refused(browser, came_back(browser, provider))


def test_an_id_token_of_another_s_key(world: PagesWorld, provider: Provider) -> None:
    provider.key = rsa_key("mallory")
    browser = Browser(world)
    refused(browser, came_back(browser, provider))


def test_a_code_counts_once(world: PagesWorld, provider: Provider) -> None:
    browser = Browser(world)
    back = provider.authorise(begun(browser))
    kept = dict(browser.cookies)
    assert browser.get(back).status_code == 303
    again = Browser(world)
    refused(again, again.get(back))
    thief = Browser(world)
    thief.cookies = kept
    refused(thief, thief.get(back))
    assert len(provider.asked) == 2


@pytest.mark.parametrize(
    ("status", "raw", "told"),
    [(400, None, 401), (401, None, 401), (500, None, 503), (503, b"", 503), (302, None, 401), (200, b"x", 401),
     (200, b"[]", 401), (200, b"{}", 401), (200, b"{" * 300_000, 401), (200, b"\xff", 401)],
)  # fmt: skip
def test_an_issuer_in_trouble(
    world: PagesWorld, provider: Provider, status: int, raw: bytes | None, told: int
) -> None:
    browser = Browser(world)
    back = provider.authorise(begun(browser))
    provider.status, provider.raw = status, raw
    refused(browser, browser.get(back), told)


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"}, {"issuer": None}, {"authorization_endpoint": None},
        {"token_endpoint": None}, {"authorization_endpoint": "http://evil.example/x"},
        {"token_endpoint": "http://evil.example/x"}, {"token_endpoint": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"}, {"end_session_endpoint": "http://evil.example"},
        {"token_endpoint": ["x"]},
    ],
)  # fmt: skip
def test_an_issuer_that_describes_itself_wrongly(
    world: PagesWorld, provider: Provider, discovery: dict[str, Any]
) -> None:
    provider.discovery = discovery
    browser = Browser(world)
    answer = browser.get("/sign-in")
    refused(browser, answer, 503)
    assert "Code PF733" in seen(answer).words
    assert "location" not in answer.headers


@pytest.mark.parametrize("raw", [b"x", b"[]", b"\xff", b"1"])
def test_an_issuer_that_does_not_describe_itself(world: PagesWorld, provider: Provider, raw: bytes) -> None:
    provider.raw = raw
    browser = Browser(world)
    refused(browser, browser.get("/sign-in"), 503)
    provider.raw = None
    assert begun(browser).startswith(provider.url), "once it does, all is well"


def test_an_issuer_that_is_not_there(tmp_path: Path, issuer: Issuer) -> None:
    with guarded_world(tmp_path / "world", issuer, token_issuer="http://127.0.0.1:9") as world:
        browser = Browser(world)
        refused(browser, browser.get("/sign-in"), 503)
        assert browser.get("/v1/pdus", Authorization="Bearer x").status_code == 401
