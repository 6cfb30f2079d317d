"""Signing in through OpenID Connect, against a provider on this machine: what fits, and everything that does not."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from api.pages.people import safe_path
from tests.http.issuer import Issuer, rsa_key
from tests.http.pages_kit import Browser, PagesWorld, form_of, guarded_world, seen
from tests.http.provider import CLIENT, Provider, provider_of

EVIL = [
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example",
    "\\\\evil.example",
    "http:evil.example", "javascript:alert(1)", "evil.example", "", " /", "/\t/evil.example", "/\r\nSet-Cookie: a=b",
    "/\x00", "/a\\..\\b", "/" + "a" * 500, "?x", "#x", "data:text/html,x",
]  # fmt: skip


@pytest.fixture(scope="module")
def always(issuer: Issuer) -> Iterator[Provider]:
    with provider_of(issuer) as made:
        yield made


@pytest.fixture
def provider(always: Provider) -> Provider:
    """A provider that answers as it should."""
    always.begin_anew()
    return always


@pytest.fixture(scope="module")
def still_world(
    tmp_path_factory: pytest.TempPathFactory, issuer: Issuer, always: Provider
) -> Iterator[PagesWorld]:
    with guarded_world(tmp_path_factory.mktemp("sign-in"), issuer, token_issuer=always.url) as made:
        yield made


@pytest.fixture
def world(still_world: PagesWorld) -> PagesWorld:
    """A world that knows nothing of the provider yet."""
    still_world.app.state.sign_in._known = None
    return still_world


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


# What does not -----------------------------------------------------------------------------------------------------


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
        from tests.http.pages_kit import person

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
