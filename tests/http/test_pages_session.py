"""Sessions: sealed cookies that end with their token, that nobody can change, and whose secret can be renewed."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from api.http.auth import Person
from api.http.problems import Refusal
from api.pages.people import sealed as sealing
from api.pages.people import session as sessions
from api.pages.people.sealed import LONGEST, Seal
from api.pages.people.session import Sessions
from tests.http.issuer import Issuer
from tests.http.pages_kit import SECRET, Browser, PagesWorld, guarded_world, person, seen

OTHER = "another secret of more than thirty-two characters"
JO = Person("jo", "pages", frozenset({"hq"}), frozenset({"york"}), frozenset({"north"}))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[PagesWorld]:
    with guarded_world(tmp_path_factory.mktemp("session"), issuer) as made:
        yield made


def made(*secrets: str, seconds: int = 3600) -> Sessions:
    return Sessions(secrets or (SECRET,), secure=False, seconds=seconds)


def cookie_of(header: str) -> bytes:
    return header.partition(";")[0].encode()


def person_of(sessions: Sessions, cookie: bytes, path: str = "/") -> Person | None:
    return sessions.person(path, {b"cookie": cookie})


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """So many seconds pass."""
    then = time.time() + seconds
    clock = SimpleNamespace(time=lambda: then)
    monkeypatch.setattr(sealing, "time", clock)
    monkeypatch.setattr(sessions, "time", clock)


def test_a_session_has_all_that_is_known_of_a_person() -> None:
    cookie = cookie_of(made().begun(JO, time.time() + 60))
    assert person_of(made(), cookie) == JO
    assert person_of(made(), b"x=1; " + cookie + b"; y=2") == JO


@pytest.mark.parametrize("path", ["/v1/", "/v1/pdus", "/v1/../", "/v1//"])
def test_to_the_api_it_says_nothing(path: str) -> None:
    assert person_of(made(), cookie_of(made().begun(JO, time.time() + 60)), path) is None


def test_it_ends_with_its_token(world: PagesWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(world, person("hq"))
    header = world.app.state.sessions.begun(JO, time.time() + 1000)
    assert 900 <= int(header.partition("Max-Age=")[2]) <= 1000
    browser._take(header)
    assert browser.get("/").status_code == 200
    later(monkeypatch, 900)
    assert browser.get("/").status_code == 200
    later(monkeypatch, 1001)
    answer = browser.get("/")
    assert answer.status_code == 401
    assert "your session has ended" in seen(answer).words


def test_it_never_lasts_longer_than_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    short = made(seconds=300)
    header = short.begun(JO, time.time() + 24 * 3600)
    assert int(header.partition("Max-Age=")[2]) <= 300
    later(monkeypatch, 250)
    assert person_of(short, cookie_of(header)) == JO
    later(monkeypatch, 301)
    assert person_of(short, cookie_of(header)) is None


def test_with_a_token_that_has_ended_it_never_begins() -> None:
    assert person_of(made(), cookie_of(made().begun(JO, time.time() - 1))) is None


def test_no_sign_of_it_can_be_changed() -> None:
    name, _, value = cookie_of(made().begun(JO, time.time() + 60)).partition(b"=")
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place in range(len(value)):
        other = letters[(letters.index(value[place]) + 1) % 64]
        changed = value[:place] + bytes([other]) + value[place + 1 :]
        assert person_of(made(), name + b"=" + changed) is None, place


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value[:-4], lambda value: value[4:], lambda value: value + b"AAAA", lambda value: b"",
        lambda value: value + value, lambda value: value + b"=", lambda value: b"!" + value,
        lambda value: value[:8] + b"\n" + value[8:], lambda value: value[:8] + b" " + value[8:],
        lambda value: b"A" * 16, lambda value: b"A", lambda value: b"\xff" * 20, lambda value: value.swapcase(),
        lambda value: b"A" * (LONGEST + 4), lambda value: base64.b64encode(b'{"subject": "jo", "roles": ["hq"]}'),
    ],
)  # fmt: skip
def test_what_was_changed_is_passed_over(world: PagesWorld, change: object) -> None:
    name, _, value = cookie_of(world.app.state.sessions.begun(JO, time.time() + 60)).partition(b"=")
    changed = change(value)  # type: ignore[operator]
    assert person_of(made(), name + b"=" + changed) is None
    browser = Browser(world)
    browser.cookies["session"] = changed.replace(b"\n", b"\t").decode("latin-1")
    assert browser.get("/pdus/york").status_code == 401


def test_what_was_sealed_for_another_purpose_is_no_session() -> None:
    value = {"subject": "jo", "client": None, "roles": ["hq"], "pdus": [], "regions": []}
    for purpose in ("signing-in", "Session", ""):
        sealed = Seal((SECRET,), purpose).sealed(value, time.time() + 60)
        assert person_of(made(), f"session={sealed}".encode()) is None
    assert person_of(
        made(), b"session=" + Seal((SECRET,), "session").sealed(value, time.time() + 60).encode()
    )


def test_a_session_of_another_service_is_none() -> None:
    assert person_of(made(), cookie_of(made(OTHER).begun(JO, time.time() + 60))) is None


def test_secrets_can_be_renewed(tmp_path: Path, issuer: Issuer) -> None:
    old, both, new = made(SECRET), made(OTHER, SECRET), made(OTHER)
    before = cookie_of(old.begun(JO, time.time() + 60))
    assert person_of(both, before) == JO, "whoever has signed in stays so"
    assert person_of(new, before) is None, "once the old secret is gone they sign in again"
    after = cookie_of(both.begun(JO, time.time() + 60))
    assert person_of(new, after) == JO, "the first one seals"
    assert person_of(old, after) is None
    with guarded_world(tmp_path / "world", issuer, session_secrets=(OTHER, SECRET)) as world:
        browser = Browser(world)
        browser.cookies["session"] = before.partition(b"=")[2].decode()
        assert browser.get("/").status_code == 200
        assert "Signed in as jo" in seen(browser.get("/")).words


def test_each_seal_is_another() -> None:
    until = time.time() + 60
    assert len({made().begun(JO, until) for _ in range(20)}) == 20


def test_many_units_fit_and_too_many_are_refused() -> None:
    units = frozenset(f"a-unit-with-a-rather-long-name-{number}" for number in range(250))
    many = Person("jo", "pages", frozenset({"pdu-head"}), units, frozenset())
    assert person_of(made(), cookie_of(made().begun(many, time.time() + 60))) == many
    import hashlib

    odd = frozenset(hashlib.sha256(str(number).encode()).hexdigest() for number in range(250))
    with pytest.raises(Refusal) as refusal:
        made().begun(Person("jo", "pages", frozenset({"pdu-head"}), odd, frozenset()), time.time() + 60)
    assert (refusal.value.code, refusal.value.status_code) == ("PF728", 403)


def test_an_open_service_has_no_sessions(tmp_path: Path) -> None:
    with PagesWorld(tmp_path / "world") as world:
        assert world.app.state.sessions is None
        browser = Browser(world)
        browser.cookies["session"] = cookie_of(made().begun(JO, time.time() + 60)).partition(b"=")[2].decode()
        page = seen(browser.get("/"))
        assert "Signed in" not in page.words
        assert "Sign in" not in page.words
