"""Signing in through OpenID Connect against a provider on this machine, where people go on to, and signing out."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from api.pages.people import safe_path
from tests.http.issuer import Issuer
from tests.http.pages_kit import Browser, PagesWorld, form_of, guarded_world, person, seen
from tests.http.provider import CLIENT, Provider
from tests.http.sign_in_kit import begun, came_back, refused

EVIL = [
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example",
    "\\\\evil.example",
    "http:evil.example", "javascript:alert(1)", "evil.example", "", " /", "/\t/evil.example", "/\r\nSet-Cookie: a=b",
    "/\x00", "/a\\..\\b", "/" + "a" * 500, "?x", "#x", "data:text/html,x",
]  # fmt: skip


@pytest.fixture
def world(signing_in: PagesWorld) -> PagesWorld:
    return signing_in


# What fits ---------------------------------------------------------------------------------------------------------


def test_somebody_signs_in_and_comes_to_where_they_wanted(world: PagesWorld, provider: Provider) -> None:
    browser = Browser(world)
    first = browser.get("/regions/north?sort=status")
    assert first.status_code == 401
    (link,) = [href for href, _ in seen(first).links if href.startswith("/sign-in")]
    assert link == "/sign-in?after=/regions/north%3Fsort%3Dstatus"
    sent = browser.get(link)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}
    assert asked.keys() == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method",
    }  # fmt: skip
    assert (asked["response_type"], asked["client_id"], asked["scope"]) == ("code", CLIENT, "openid")
    assert asked["redirect_uri"] == "http://localhost/sign-in/callback"
    assert asked["code_challenge_method"] == "S256"
    assert all(len(asked[name]) >= 32 for name in ("state", "nonce", "code_challenge"))
    assert re.fullmatch(
        r"signing-in=[\w=-]+; Path=/; HttpOnly; SameSite=Lax; Max-Age=600", sent.headers["set-cookie"]
    )
    done = browser.get(provider.authorise(sent.headers["location"]))
    assert (done.status_code, done.headers["location"]) == (303, "/regions/north?sort=status")
    assert done.headers["cache-control"] == "no-store"
    (told,) = provider.asked
    proof = base64.urlsafe_b64encode(hashlib.sha256(told["code_verifier"].encode()).digest()).rstrip(b"=")
    assert proof.decode() == asked["code_challenge"]
    assert "signing-in" not in browser.cookies, "what was kept for it is gone"
    page = seen(browser.get(done.headers["location"]))
    assert "Signed in as jo" in page.words
    assert "Sign out" in page.words


def test_each_attempt_is_another(world: PagesWorld) -> None:
    tries = [parse_qs(urlsplit(begun(Browser(world))).query) for _ in range(3)]
    for name in ("state", "nonce", "code_challenge"):
        assert len({one[name][0] for one in tries}) == 3


def test_the_session_is_a_cookie_that_no_script_reads(world: PagesWorld, provider: Provider) -> None:
    browser = Browser(world)
    answer = came_back(browser, provider)
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("session=")]
    found = re.fullmatch(r"session=([\w=-]+); Path=/; HttpOnly; SameSite=Lax; Max-Age=(\d+)", cookie)
    assert found is not None
    assert 590 <= int(found[2]) <= 600, "it ends with the token"
    assert b"jo" not in base64.urlsafe_b64decode(f"{found[1]}=="), "nobody can read it"


def test_over_https_cookies_are_bound_to_the_host(tmp_path: Path, issuer: Issuer, provider: Provider) -> None:
    more: dict[str, Any] = {"token_issuer": provider.url, "public_url": "https://prioritise.example/"}
    with guarded_world(tmp_path / "world", issuer, **more) as world:
        browser = Browser(world)
        answer = came_back(browser, provider)
        assert provider.asked[0]["redirect_uri"] == "https://prioritise.example/sign-in/callback"
        for cookie in answer.headers.get_list("set-cookie"):
            assert cookie.startswith("__Host-")
            assert "; Secure" in cookie
            assert "; Path=/;" in cookie
            assert "Domain" not in cookie
        page = browser.get("/")
        assert page.status_code == 200
        form = page.headers["set-cookie"]
        assert form.startswith("__Host-form=")
        assert "; Secure" in form


def test_a_client_with_a_secret_proves_itself(tmp_path: Path, issuer: Issuer, provider: Provider) -> None:
    provider.secret = "s3cret"
    more: dict[str, Any] = {"token_issuer": provider.url}
    with guarded_world(tmp_path / "a", issuer, **more, oidc_client_secret="s3cret") as world:
        assert came_back(Browser(world), provider).status_code == 303
    with guarded_world(tmp_path / "b", issuer, **more, oidc_client_secret="other") as world:
        browser = Browser(world)
        refused(browser, came_back(browser, provider))
    assert all("client_secret" not in asked for asked in provider.asked)


def test_what_somebody_may_do_is_what_their_token_says(world: PagesWorld, provider: Provider) -> None:
    provider.person = {
        "sub": "al",
        "authorities": ["ROLE_PRIORITISE_PDU_HEAD", "ROLE_OTHER"],
        "pdus": ["york"],
    }
    browser = Browser(world)
    assert came_back(browser, provider).status_code == 303
    assert browser.get("/pdus/york/return").status_code == 200
    for path in ("/pdus/hull/return", "/pdus/york/declare", "/record"):
        assert browser.get(path).status_code == 403, path


def test_somebody_without_a_role_sees_nothing(world: PagesWorld, provider: Provider) -> None:
    provider.person = {"sub": "al", "authorities": []}
    browser = Browser(world)
    assert came_back(browser, provider).status_code == 303
    assert browser.get("/").status_code == 403


@pytest.mark.parametrize("more", ["&session_state=x", "&scope=openid&authuser=0&prompt=none&hd=x", "&error="])
def test_what_an_issuer_adds_is_passed_over(world: PagesWorld, provider: Provider, more: str) -> None:
    answer = came_back(Browser(world), provider, change=more)
    assert answer.status_code == (401 if "error" in more else 303)


# Where somebody goes on to ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", EVIL)
def test_nobody_is_sent_elsewhere(world: PagesWorld, provider: Provider, after: str) -> None:
    assert safe_path(after) == "/"
    answer = came_back(Browser(world), provider, after)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ("/", "/"), ("/pdus/york?x=1&y=%2F#why", "/pdus/york?x=1&y=%2F#why"), ("/?q=Llŷn", "/?q=Ll%C5%B7n"),
        ("/a b", "/a%20b"), ("/?q=<b>\"'", "/?q=%3Cb%3E%22'"),
    ],
)  # fmt: skip
def test_somebody_comes_to_where_they_wanted(
    world: PagesWorld, provider: Provider, after: str, place: str
) -> None:
    answer = came_back(Browser(world), provider, after)
    assert (answer.status_code, answer.headers["location"]) == (303, place)


@pytest.mark.parametrize(
    ("path", "after"),
    [
        ("/pdus/york", "/pdus/york"),
        ("/regions/north?sort=status&order=down", "/regions/north%3Fsort%3Dstatus%26order%3Ddown"),
        ("//evil.example/x", "/"),
        ("/%2Fevil.example", "/%252Fevil.example"),
        ("/sign-in/callback", "/"),
        ("/?q=%22%3E%3Cb%3E", "/%3Fq%3D%2522%253E%253Cb%253E"),
    ],
)
def test_the_page_that_asks_to_sign_in_leads_back(world: PagesWorld, path: str, after: str) -> None:
    answer = Browser(world).get(path)
    if answer.status_code == 404:
        assert after == "/" or "%25" in after, "there is no such page: nobody is asked to sign in for it"
        return
    assert answer.status_code == 401
    (link,) = [href for href, _ in seen(answer).links if href.startswith("/sign-in")]
    assert link == f"/sign-in?after={after}"
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_where_people_cannot_sign_in_the_page_says_so(tmp_path: Path, issuer: Issuer) -> None:
    with PagesWorld(tmp_path / "world", issuer) as world:
        answer = Browser(world).get("/")
        assert answer.status_code == 401
        assert "People cannot sign in to this service" in seen(answer).words
        assert "Sign in" not in [text for _, text in seen(answer).links]
        assert Browser(world).get("/sign-in").status_code == 404


# Signing out -------------------------------------------------------------------------------------------------------


def signed_in(world: PagesWorld, provider: Provider) -> Browser:
    browser = Browser(world)
    assert came_back(browser, provider).status_code == 303
    return browser


def test_signing_out_ends_the_session_here_and_there(world: PagesWorld, provider: Provider) -> None:
    browser = signed_in(world, provider)
    assert browser.get("/").status_code == 200
    out = browser.post("/sign-out", {"form_token": browser.token()})
    assert (out.status_code, out.headers["location"]) == (303, "/signed-out")
    assert "session" not in browser.cookies
    assert "session=; " in out.headers["set-cookie"]
    assert "Max-Age=0" in out.headers["set-cookie"]
    page = seen(browser.get("/signed-out"))
    (onward,) = [href for href, _ in page.links if href.startswith(provider.url)]
    assert onward == f"{provider.url}/end?client_id=pages&post_logout_redirect_uri=http%3A%2F%2Flocalhost%2F"
    assert page.meta["refresh"] == f"0; url={onward}"
    assert browser.get("/").status_code == 401


def test_signing_out_where_the_issuer_has_no_place_for_it(world: PagesWorld, provider: Provider) -> None:
    provider.discovery = {"end_session_endpoint": None}
    browser = signed_in(world, provider)
    out = browser.post("/sign-out", {"form_token": browser.token()})
    page = seen(browser.get(out.headers["location"]))
    assert "refresh" not in page.meta
    assert ("/sign-in", "Sign in again") in page.links


def test_signing_out_while_the_issuer_is_out_of_reach(tmp_path: Path, issuer: Issuer) -> None:
    with guarded_world(tmp_path / "world", issuer, token_issuer="http://127.0.0.1:9") as world:
        browser = Browser(world, person("hq"))
        out = browser.post("/sign-out", {"form_token": browser.token()})
        assert out.status_code == 303
        assert "session" not in browser.cookies
        page = browser.get("/signed-out")
        assert page.status_code == 200
        assert "refresh" not in seen(page).meta


def test_signing_out_is_no_link(world: PagesWorld, provider: Provider) -> None:
    browser = signed_in(world, provider)
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/").status_code == 200


def test_every_page_of_somebody_signed_in_has_a_way_out(world: PagesWorld, provider: Provider) -> None:
    browser = signed_in(world, provider)
    for path in ("/", "/frameworks", "/pdus/york/return"):
        text = browser.get(path).text
        (token,) = re.findall(
            r'action="/sign-out" method="post"><input type="hidden" name="form_token" value="(\w+)"', text
        )
        assert browser.post("/sign-out", {"form_token": token}).status_code == 303
        browser = signed_in(world, provider)
    assert form_of(browser.get("/pdus/york/return"))["form_token"]
