from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from api.http.auth.keys import FileKeys, KeysError, UrlKeys, read_keys
from tests.http.issuer import Issuer, ec_key, jwk_of, jwks, rsa_key
from tests.http.kit import app_of, ask, problem

BOTH = ("RS256", "ES256")


def rsa_jwk(**more: Any) -> dict[str, Any]:
    return jwk_of(rsa_key("rsa"), "rsa", **more)


def test_fit_keys_are_read() -> None:
    found = read_keys(Issuer().jwks(), BOTH)
    assert {kid: key.algorithm_name for kid, key in found.items()} == {"rsa": "RS256", "ec": "ES256"}
    assert read_keys(Issuer().jwks(), ("ES256",)).keys() == {"ec"}


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "a"},
        {"kty": "RSA"},
        {"kty": "RSA", "n": 5, "e": []},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "tiny"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "none"},
        {},
        "text",
        rsa_jwk(use="enc"),
        rsa_jwk(key_ops=["encrypt"]),
        rsa_jwk(alg="RS512"),
        rsa_jwk(alg="HS256"),
        rsa_jwk(alg="none"),
        rsa_jwk(d="AQAB"),
        jwk_of(rsa_key("small", 1024), "small"),
        jwk_of(ec_key("long", ec.SECP384R1), "long"),
        {"kty": "EC", "crv": "P-192"},
    ],
)
def test_unfit_keys_are_left_out(key: Any) -> None:
    with pytest.raises(KeysError, match="no key that can be used"):
        read_keys(jwks(key), BOTH)
    assert read_keys(jwks(key, jwk_of(ec_key("ec"), "fit")), BOTH).keys() == {"fit"}


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b"[]", b"null", b"\xff", b'{"keys"', b"[" * 50_000, b'{"keys": null}', b'{"keys": {}}'],
)
def test_what_is_no_set_of_keys(text: bytes) -> None:
    with pytest.raises(KeysError):
        read_keys(text, BOTH)


def test_a_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_bytes(jwks(rsa_jwk()))
    keys = FileKeys(file, BOTH)

    def known(kid: str) -> bool:
        return asyncio.run(keys.key(kid)) is not None

    assert known("rsa")
    assert not known("ec")
    assert keys.generation == 1
    file.write_bytes(jwks(jwk_of(ec_key("ec"), "ec")))
    os.utime(file, ns=(1, 1))
    assert known("ec")
    assert not known("rsa")
    assert keys.generation == 2
    for wrong in (b"half a file", b"{}"):
        file.write_bytes(wrong)
        assert known("ec"), "a file that became wrong takes nothing away"
    file.unlink()
    assert known("ec")
    assert keys.generation == 2


def test_a_revoked_key_ends_what_was_remembered(tmp_path: Path) -> None:
    issuer = Issuer()
    app = app_of(issuer.settings(tmp_path))
    header = issuer.bearer("viewer")
    assert ask(app, "GET", "/v1/me", headers=header).status_code == 200
    (tmp_path / "jwks.json").write_bytes(jwks(jwk_of(ec_key("ec"), "ec")))
    ask(app, "GET", "/v1/me", headers=issuer.bearer("viewer", kid="ec"))  # has the file looked at
    problem(ask(app, "GET", "/v1/me", headers=header), 401, "PF727")


@pytest.mark.parametrize("text", [None, b"", b"x" * 300_000])
def test_without_keys_nobody_is_believed_and_the_fault_is_ours(tmp_path: Path, text: bytes | None) -> None:
    issuer = Issuer()
    given = issuer.settings(tmp_path)
    if text is None:
        (tmp_path / "jwks.json").unlink()
    else:
        (tmp_path / "jwks.json").write_bytes(text)
    answer = ask(app_of(given), "GET", "/v1/me", headers=issuer.bearer("viewer"))
    told = problem(answer, 503, "PF733")
    assert "jwks.json" not in json.dumps(told)
    assert "retry-after" in answer.headers


class Site:
    """An issuer's address on this machine."""

    def __init__(self) -> None:
        self.text, self.status, self.delay, self.asked = b"", 200, 0.0, 0
        self.headers: dict[str, str] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked += 1
                time.sleep(site.delay)
                self.send_response(site.status)
                for name, value in site.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(site.text)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/keys"

    def keys(self, *, max_age: float = 60, min_interval: float = 60, timeout: float = 2) -> UrlKeys:
        return UrlKeys(self.url, BOTH, max_age=max_age, min_interval=min_interval, timeout=timeout)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.text = jwks(rsa_jwk())
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_keys_are_fetched_once(site: Site) -> None:
    keys = site.keys()

    async def ask_often() -> None:
        found = await asyncio.gather(*(keys.key("rsa") for _ in range(20)))
        assert all(found)
        assert await keys.key("rsa")

    asyncio.run(ask_often())
    assert (site.asked, keys.generation) == (1, 1)


def test_an_unknown_key_has_them_fetched_again_but_not_too_often(site: Site) -> None:
    keys = site.keys(min_interval=0.3)

    async def turn_over() -> None:
        assert await keys.key("rsa")
        assert await keys.key("ec") is None
        assert site.asked == 1, "asked just now"
        site.text = jwks(jwk_of(ec_key("ec"), "ec"))
        await asyncio.sleep(0.35)
        assert await keys.key("ec")
        for _ in range(50):
            assert await keys.key("forged") is None
        assert site.asked == 2
        assert await keys.key("rsa") is None, "no longer the issuer's"

    asyncio.run(turn_over())
    assert keys.generation == 2


def test_old_keys_are_renewed_in_the_background(site: Site) -> None:
    keys = site.keys(max_age=0.1, min_interval=0.05)

    async def grow_old() -> None:
        await keys.key("rsa")
        await asyncio.sleep(0.15)
        site.delay = 0.6
        began = time.monotonic()
        assert await keys.key("rsa")
        assert time.monotonic() - began < 0.5, "nobody waits for it"
        await asyncio.sleep(1.0)

    asyncio.run(grow_old())
    assert site.asked == 2
    assert keys.generation == 1, "they are the same keys"


def test_keys_are_kept_while_the_address_is_out_of_reach(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = site.keys(max_age=0.05, min_interval=0.01)

    async def lose_it() -> None:
        assert await keys.key("rsa")
        site.status = 500
        for _ in range(5):
            await asyncio.sleep(0.06)
            assert await keys.key("rsa")
        monkeypatch.setattr("api.http.auth.keys.KEPT", 0.01)
        with pytest.raises(KeysError):
            await keys.key("rsa")

    asyncio.run(lose_it())


def breaks(name: str, value: Any) -> Callable[[Site], None]:
    return lambda site: setattr(site, name, value)


@pytest.mark.parametrize(
    "fault",
    [
        breaks("status", 404),
        breaks("status", 500),
        breaks("text", b"no keys"),
        breaks("text", b" " * 300_000),
        breaks("url", "http://127.0.0.1:1/keys"),
        breaks("delay", 1.0),
    ],
)
def test_keys_that_cannot_be_fetched(site: Site, fault: Callable[[Site], None]) -> None:
    fault(site)
    keys = site.keys(timeout=0.2)
    with pytest.raises(KeysError):
        asyncio.run(keys.key("rsa"))
    assert keys.generation == 0


def test_a_redirect_is_not_followed(site: Site) -> None:
    site.status, site.headers = 302, {"Location": "http://127.0.0.1:1/evil"}
    with pytest.raises(KeysError):
        asyncio.run(site.keys().key("rsa"))
    assert site.asked == 1


def test_a_slow_issuer_holds_up_nobody_else(site: Site, tmp_path: Path) -> None:
    site.delay = 0.8
    keys = site.keys()

    async def meanwhile() -> float:
        fetching = asyncio.create_task(keys.key("rsa"))
        await asyncio.sleep(0.05)
        began = time.monotonic()
        await asyncio.sleep(0.01)
        free = time.monotonic() - began
        assert await fetching
        return free

    assert asyncio.run(meanwhile()) < 0.5


def test_somebody_who_gives_up_waiting_stops_nothing(site: Site) -> None:
    site.delay = 0.2
    keys = site.keys()

    async def give_up() -> None:
        first = asyncio.create_task(keys.key("rsa"))
        second = asyncio.create_task(keys.key("rsa"))
        await asyncio.sleep(0.05)
        first.cancel()
        assert await second

    asyncio.run(give_up())
    assert site.asked == 1


def test_a_token_is_verified_with_keys_from_an_address(site: Site, tmp_path: Path) -> None:
    issuer = Issuer()
    given = issuer.settings(tmp_path, jwks_file=None, jwks_url=site.url)
    app = app_of(given)
    assert ask(app, "GET", "/v1/me", headers=issuer.bearer("viewer")).status_code == 200
    problem(ask(app, "GET", "/v1/me", headers=issuer.bearer("viewer", kid="ec")), 401, "PF727")
