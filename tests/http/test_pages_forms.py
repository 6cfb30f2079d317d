"""Forms are taken only from our own pages: whatever comes from elsewhere is refused, and records nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.pages.people.cookies import read
from api.pages.people.forms import masked
from tests.http.issuer import Issuer
from tests.http.pages_kit import PUBLIC, Browser, PagesWorld, form_of, guarded_world, person, seen
from tests.http.test_pages_matrix import DECLARED, ENDED, FIGURES, SUSPENDED
from tests.http.world import World, a_return

FORMS: dict[str, dict[str, Any]] = {
    "/pdus/york/return": FIGURES,
    "/returns/upload": {"file": "x"},
    "/pdus/york/declare": DECLARED,
    "/regions/north/declare": DECLARED,
    "/pdus/york/suspend": SUSPENDED,
    "/regions/north/suspend": SUSPENDED,
    "/everyone/suspend": SUSPENDED,
    "/declarations/EVENT/end": ENDED,
    "/try?pdu=york": FIGURES,
    "/sign-out": {},
}
HEX = "0123456789abcdef" * 2
WRONG_TOKENS = [
    "", "x", "0" * 64, HEX, HEX * 2, HEX * 3, "é" * 64, " ", "00" * 31, "g" * 64, "0x" + "0" * 62,
]  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[PagesWorld]:
    with guarded_world(tmp_path_factory.mktemp("forms"), issuer) as made:
        hq = issuer.bearer("hq")
        made.post("/v1/returns", [a_return("york", "2022-08-22", 8)], headers=hq)
        made.post("/v1/declarations", {**DECLARED, "confirm": None, "pdu": "york"}, headers=hq)
        yield made


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, world: PagesWorld, issuer: Issuer) -> tuple[str, dict[str, Any]]:
    path: str = request.param
    if "EVENT" in path:
        given = {key: value for key, value in DECLARED.items() if key != "confirm"} | {"pdu": "hull"}
        told = world.post("/v1/declarations", given, headers=issuer.bearer("hq"))
        path = path.replace("EVENT", told.headers["location"].rpartition("/")[2])
    return path, FORMS[request.param]


def refused(world: World, browser: Browser, path: str, fields: dict[str, Any], **headers: str) -> None:
    before = world.head()
    session = browser.cookies.get("session")
    answer = browser.post(path, fields, headers)
    assert answer.status_code == 403, answer.text
    assert "Code PF728" in seen(answer).words
    assert world.head() == before
    assert browser.cookies.get("session") == session, "nobody is signed out by another site"


def test_without_a_token(world: PagesWorld, form: tuple[str, dict[str, Any]]) -> None:
    path, fields = form
    browser = Browser(world, person("hq"))
    refused(world, browser, path, fields)
    browser.token()
    refused(world, browser, path, fields)


def test_with_the_token_but_without_the_cookie(world: PagesWorld, form: tuple[str, dict[str, Any]]) -> None:
    path, fields = form
    browser = Browser(world, person("hq"))
    token = browser.token()
    del browser.cookies["form"]
    refused(world, browser, path, {**fields, "form_token": token})


def test_with_another_browser_s_token(world: PagesWorld, form: tuple[str, dict[str, Any]]) -> None:
    path, fields = form
    browser, other = Browser(world, person("hq")), Browser(world, person("hq"))
    browser.token()
    refused(world, browser, path, {**fields, "form_token": other.token()})


@pytest.mark.parametrize("token", WRONG_TOKENS)
def test_with_a_wrong_token(world: PagesWorld, token: str) -> None:
    browser = Browser(world, person("hq"))
    browser.token()
    refused(world, browser, "/pdus/york/return", {**FIGURES, "form_token": token})


@pytest.mark.parametrize("cookie", ["", "x", "0" * 31, "0" * 33, "G" * 32, HEX.upper(), "é", '"' + HEX + '"'])
def test_with_a_wrong_cookie(world: PagesWorld, cookie: str) -> None:
    browser = Browser(world, person("hq"))
    browser.cookies["form"] = cookie.encode().decode("latin-1")
    try:
        token = masked(cookie)
    except ValueError:
        token = masked(HEX)
    refused(world, browser, "/pdus/york/return", {**FIGURES, "form_token": token})


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "http://localhost.evil.example", "http://evil.example/localhost", "http://localhost:81",
        "http://localhost@evil.example", "https://", "x", "null", "http://[", "",
    ],
)  # fmt: skip
def test_from_another_origin(world: PagesWorld, form: tuple[str, dict[str, Any]], origin: str) -> None:
    path, fields = form
    browser = Browser(world, person("hq"))
    headers = {"Origin": origin or "null", "Sec-Fetch-Site": "" if origin in ("null", "") else "same-origin"}
    refused(world, browser, path, {**fields, "form_token": browser.token()}, **headers)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "x"])
@pytest.mark.parametrize("origin", [PUBLIC, "null", ""])
def test_from_another_site_as_the_browser_says(world: PagesWorld, site: str, origin: str) -> None:
    browser = Browser(world, person("hq"))
    fields = {**FIGURES, "form_token": browser.token()}
    refused(world, browser, "/pdus/york/return", fields, **{"Sec-Fetch-Site": site, "Origin": origin})


@pytest.mark.parametrize(
    ("origin", "site"),
    [(PUBLIC, "same-origin"), (PUBLIC, ""), ("", ""), ("", "none"), ("null", "same-origin"), ("", "same-origin"),
     ("HTTP://LOCALHOST", "")],
)  # fmt: skip
def test_from_our_own_pages(world: PagesWorld, origin: str, site: str) -> None:
    browser = Browser(world, person("hq"))
    fields = {**FIGURES, "confirm": "", "form_token": browser.token()}
    answer = browser.post("/pdus/york/return", fields, {"Origin": origin, "Sec-Fetch-Site": site})
    assert answer.status_code == 200, answer.text


def test_a_token_in_the_address_or_a_header_is_none(world: PagesWorld) -> None:
    browser = Browser(world, person("hq"))
    token = browser.token()
    refused(world, browser, "/pdus/york/return", FIGURES, **{"X-CSRF-Token": token, "Form-Token": token})
    before = world.head()
    assert browser.post(f"/pdus/york/return?form_token={token}", FIGURES).status_code in (403, 422)
    assert world.head() == before


def test_each_page_masks_the_token_anew_and_all_of_them_count(world: PagesWorld) -> None:
    browser = Browser(world, person("hq"))
    pages = [browser.filled("/pdus/york/return") for _ in range(3)]
    tokens = {page["form_token"] for page in pages}
    assert len(tokens) == 3
    assert browser.cookies["form"] not in str(pages)
    for page in pages:
        assert browser.post("/pdus/york/return", {**page, **FIGURES, "confirm": ""}).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"x", "multipart/form-data; boundary=a"),
        (b"--a\r\nx", "multipart/form-data; boundary=a"),
        (b"x", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"", "text/plain"),
        (b"a=1&" * 5000, "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_is_refused(world: PagesWorld, body: bytes, kind: str) -> None:
    browser, before = Browser(world, person("hq")), world.head()
    browser.token()
    answer = browser.ask("POST", "/pdus/york/return", {"Content-Type": kind, "Origin": PUBLIC}, content=body)
    assert answer.status_code in (400, 403), answer.text
    seen(answer)
    assert world.head() == before


def test_a_form_that_is_too_large_is_refused(world: PagesWorld) -> None:
    browser, before = Browser(world, person("hq")), world.head()
    fields = {**FIGURES, "note": "x" * (2 << 20), "form_token": browser.token()}
    assert browser.post("/pdus/york/return", fields).status_code == 413
    assert world.head() == before


# What forms do when they are ours -----------------------------------------------------------------------------------


def test_figures_are_shown_once_more_before_they_are_recorded(world: PagesWorld) -> None:
    browser, before = Browser(world, person("head")), world.head()
    fields = browser.filled("/pdus/york/return", **{**FIGURES, "confirm": "", "f-points": "777"})
    check = browser.post("/pdus/york/return", fields)
    assert check.status_code == 200
    assert "777" in seen(check).words
    assert world.head() == before, "not yet"
    done = browser.post("/pdus/york/return", form_of(check) | {"confirm": "yes"})
    assert (done.status_code, done.headers["location"]) == (303, "/pdus/york?done=return")
    assert done.headers["cache-control"] == "no-store"
    assert world.head() > before
    assert "The figures are recorded" in seen(browser.get(done.headers["location"])).words


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"f-points": "777"}, "1 figure is changed."),
        ({"f-points": "777", "f-in_post-PO": "9"}, "2 figures are changed."),
        ({"f-points": ""}, "1 figure is changed."),
        ({}, "No figure is another than the one that is recorded."),
        ({"note": "Counted anew."}, "No figure is another than the one that is recorded."),
    ],
)
def test_a_correction_tells_what_it_changes(
    world: PagesWorld, issuer: Issuer, changes: dict[str, str], told: str
) -> None:
    sent = world.post("/v1/returns", [a_return("york", "2022-08-22", 8)], headers=issuer.bearer("hq"))
    assert sent.status_code in (200, 201)
    browser = Browser(world, person("head"))
    fields = browser.filled("/pdus/york/return?day=2022-08-22", **changes)
    check = browser.post("/pdus/york/return", fields)
    assert check.status_code == 200
    rows = re.findall(r'<tr class="govuk-table__row">(.*?)</tr>', check.text, re.S)[1:]
    changed = [row for row in rows if ">changed<" in row]
    assert len(changed) == len(changes)
    assert len([row for row in rows if ">the same<" in row]) == len(rows) - len(changes)
    assert told in seen(check).words


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"f-points": "many"}, "points"),
        ({"f-points": "-1"}, "points"),
        ({"f-points": "1001"}, "points"),
        ({"f-in_post-PO": "1.25"}, "in_post"),
        ({"day": "2022-02-30"}, "day"),
        ({"day": "2022-09-30"}, "still to come"),
        ({"day": ""}, "day"),
    ],
)
@pytest.mark.parametrize("confirm", ["", "yes"])
def test_wrong_figures_come_back_with_what_is_wrong(
    world: PagesWorld, changes: dict[str, str], told: str, confirm: str
) -> None:
    browser, before = Browser(world, person("head")), world.head()
    fields = {**FIGURES, **changes, "confirm": confirm, "form_token": browser.token()}
    answer = browser.post("/pdus/york/return", fields)
    assert answer.status_code == 422
    page = seen(answer)
    assert page.title.startswith("Error: ")
    assert "There is a problem" in page.words
    assert told in answer.text
    assert world.head() == before


def test_a_file_that_is_wrong_is_recorded_in_no_part(world: PagesWorld) -> None:
    browser, before = Browser(world, person("hq")), world.head()
    rows = "pdu,as_of,grade,required,in_post,points\nyork,2022-08-30,,,,1\nyorc,2022-08-30,,,,x\n"
    for file in (rows.encode(), b"", b"PK\x03\x04 no workbook", b"\xff\xfe\x00"):
        answer = browser.ask(
            "POST",
            "/returns/upload",
            {"Origin": PUBLIC},
            data={"form_token": browser.token()},
            files={"file": ("r.csv", file)},
        )
        assert answer.status_code == 422, answer.text
        assert seen(answer).title.startswith("Error: ")
        assert world.head() == before


def test_a_declaration_names_the_role_of_whoever_declares(world: PagesWorld) -> None:
    browser, before = Browser(world, person("director")), world.head()
    fields = {**DECLARED, "by": "hq", "form_token": browser.token()}
    answer = browser.post("/pdus/hull/declare", fields)
    assert answer.status_code in (403, 422)
    assert world.head() == before


# Cookies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("a=1", "1"), ("b=2; a=1", "1"), ("a=1; a=2", "1"), (" a=1 ", "1"), ("a=", ""), ("a", None), ("", None),
        (None, None), ("aa=1", None), ("b={\"x\": [1,2]}; a=1", "1"), ("b[c]=x; a=1==", "1=="), ("a=x=y", "x=y"),
        ("__Host-a=1", None), ("A=1", None), (";;a=1;", "1"), ("b=\"x; a=2\"", '2"'),
    ],
)  # fmt: skip
def test_a_cookie_is_found_among_others(header: str | None, found: str | None) -> None:
    assert read(header, "a", secure=False) == found


def test_over_https_only_cookies_of_this_very_host_count() -> None:
    assert read("a=1; __Host-a=2", "a", secure=True) == "2"
    assert read("a=1", "a", secure=True) is None
