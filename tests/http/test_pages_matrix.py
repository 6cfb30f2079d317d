"""Every page and form, every role, own and other units, and nobody: what is allowed is written out by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from fastapi.routing import APIRoute

from api.pages.routes import ROUTERS as PAGES
from tests.http.issuer import Issuer
from tests.http.pages_kit import PEOPLE, Browser, PagesWorld, guarded_world, person, seen
from tests.http.world import World, a_return

READERS = "viewer head director hq director-of-none swapped"
SENDERS = "head director hq director-of-none swapped"
"""Whoever has a role that sends figures for some unit."""
DECIDERS = "director hq director-of-none swapped"
ALL = " ".join(PEOPLE)
OWN, NEAR, FAR = "york", "hull", "kent"
"""The head's and the director's; the director's alone; nobody's but HQ's."""
SENT = {OWN: "head director hq", NEAR: "director hq", FAR: "hq"}
DECIDED = {OWN: "director hq", NEAR: "director hq", FAR: "hq"}
REGIONS = {"north": "director hq", "south": "hq"}
FIGURES = {
    "day": "2022-08-29",
    "f-required-PO": "10",
    "f-required-PSO": "10",
    "f-in_post-PO": "8",
    "f-in_post-PSO": "10",
    "f-points": "1",
    "confirm": "yes",
}
DECLARED = {
    "status": "amber",
    "from": "2022-08-31",
    "until": "2022-09-02",
    "by": "regional-director",
    "reason": "The office is flooded.",
    "confirm": "yes",
}
SUSPENDED = {"from": "2022-08-31", "reason": "All is set aside.", "confirm": "yes"}
ENDED = {"last_day": "2022-09-01", "reason": "The office is open.", "confirm": "yes"}
CSV = "pdu,as_of,grade,required,in_post,points\n{0},2022-08-29,,,,POINTS\n{0},2022-08-29,PO,10,8,\n"
POINTS = itertools.count(1)
"""Other figures each time, so that there is something to record."""


class Known(NamedTuple):
    """The world, HQ's header, and the id of York's decision."""

    world: PagesWorld
    hq: dict[str, str]
    decision: str


class Row(NamedTuple):
    """A page or a form, whom it is about, and who may have it. Everybody else is refused."""

    method: str
    route: str
    path: str | Callable[[Known], str]
    allowed: str
    fields: dict[str, Any] | None = None
    file: str | None = None


def latest(rest: str) -> Callable[[Known], str]:
    """The address of York's decision, with what follows."""
    return lambda known: f"/decisions/{known.decision}{rest}"


def event(kind: str, whom: dict[str, str]) -> Callable[[Known], str]:
    """A new declaration or suspension, which is to be ended."""

    def make(known: Known) -> str:
        given = {
            "from": "2022-08-31",
            "until": "2022-09-05",
            "by": "regional-director",
            "reason": "x",
            **whom,
        }
        given |= {"status": "amber"} if kind == "declaration" else {}
        told = known.world.post(f"/v1/{kind}s", given, headers=known.hq)
        return f"{told.headers['location'].removeprefix('/v1')}/end"

    return make


READS: list[tuple[str, str | Callable[[Known], str]]] = [
    ("/", "/"),
    ("/", "/?q=yor"),
    ("/pdus/{pdu}", "/pdus/york"),
    ("/pdus/{pdu}", "/pdus/kent"),
    ("/decisions/{id}", latest("")),
    ("/decisions/{id}/pdf", latest("/pdf")),
    ("/decisions/{id}/text", latest("/text")),
    ("/decisions/{id}/markdown", latest("/markdown")),
    ("/pdus/{pdu}/may", "/pdus/kent/may?activity=visits&no_cohort=true"),
    ("/pdus/{pdu}/ahead", "/pdus/york/ahead"),
    ("/country", "/country"),
    ("/country/pdf", "/country/pdf"),
    ("/regions/{region}", "/regions/south"),
    ("/regions/{region}/pdf", "/regions/south/pdf"),
    ("/regions/{region}/forecasts", "/regions/south/forecasts"),
    ("/frameworks", "/frameworks"),
    ("/frameworks/compare", "/frameworks/compare?from=v1&to=v2"),
    ("/frameworks/compare.pdf", "/frameworks/compare.pdf?from=v1&to=v2"),
    ("/frameworks/{version}", "/frameworks/v1"),
    ("/frameworks/{version}/pdf", "/frameworks/v1/pdf"),
    ("/frameworks/{version}/yaml", "/frameworks/v1/yaml"),
    ("/declarations", "/declarations"),
    ("/try", "/try?pdu=kent"),
]
ROWS = [
    *(Row("GET", route, path, READERS) for route, path in READS),
    Row("POST", "/try", "/try?pdu=kent", READERS, FIGURES),
    *(Row("GET", "/pdus/{pdu}/return", f"/pdus/{pdu}/return", may) for pdu, may in SENT.items()),
    *(Row("POST", "/pdus/{pdu}/return", f"/pdus/{pdu}/return", may, FIGURES) for pdu, may in SENT.items()),
    Row("GET", "/returns/upload", "/returns/upload", SENDERS),
    *(Row("POST", "/returns/upload", "/returns/upload", may, {}, CSV.format(pdu)) for pdu, may in SENT.items()),
    *(Row("GET", "/pdus/{pdu}/declare", f"/pdus/{pdu}/declare", may) for pdu, may in DECIDED.items()),
    *(Row("POST", "/pdus/{pdu}/declare", f"/pdus/{pdu}/declare", may, DECLARED) for pdu, may in DECIDED.items()),
    *(Row("GET", "/pdus/{pdu}/suspend", f"/pdus/{pdu}/suspend", may) for pdu, may in DECIDED.items()),
    *(Row("POST", "/pdus/{pdu}/suspend", f"/pdus/{pdu}/suspend", may, SUSPENDED) for pdu, may in DECIDED.items()),
    *(Row("GET", "/regions/{region}/declare", f"/regions/{one}/declare", may) for one, may in REGIONS.items()),
    *(Row("POST", "/regions/{region}/declare", f"/regions/{one}/declare", may, DECLARED)
      for one, may in REGIONS.items()),
    *(Row("GET", "/regions/{region}/suspend", f"/regions/{one}/suspend", may) for one, may in REGIONS.items()),
    *(Row("POST", "/regions/{region}/suspend", f"/regions/{one}/suspend", may, SUSPENDED)
      for one, may in REGIONS.items()),
    Row("GET", "/everyone/suspend", "/everyone/suspend", "hq"),
    Row("POST", "/everyone/suspend", "/everyone/suspend", "hq", SUSPENDED),
    *(Row("GET", f"/{kind}s/{{id}}/end", event(kind, {"pdu": FAR}), DECIDERS)
      for kind in ("declaration", "suspension")),
    *(Row("POST", f"/{kind}s/{{id}}/end", event(kind, {"pdu": pdu}), may, ENDED)
      for kind in ("declaration", "suspension") for pdu, may in DECIDED.items()),
    *(Row("POST", f"/{kind}s/{{id}}/end", event(kind, {"region": one}), may, ENDED)
      for kind in ("declaration", "suspension") for one, may in REGIONS.items()),
    *(Row("POST", f"/{kind}s/{{id}}/end", event(kind, {}), "hq", ENDED) for kind in ("declaration", "suspension")),
    Row("GET", "/record", "/record", "director hq operator director-of-none swapped"),
    Row("POST", "/sign-out", "/sign-out", ALL, {}),
]  # fmt: skip
ELSEWHERE = {
    ("GET", "/assets/{name}"),
    ("GET", "/sign-in"),
    ("GET", "/sign-in/callback"),
    ("GET", "/signed-out"),
}
"""What needs nobody, and is tested where it belongs."""


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[PagesWorld]:
    with guarded_world(tmp_path_factory.mktemp("matrix"), issuer) as world:
        returns = [a_return(pdu, day, 8) for pdu in (OWN, NEAR, FAR) for day in ("2022-08-15", "2022-08-22")]
        assert world.post("/v1/returns", returns, headers=issuer.bearer("hq")).status_code == 201
        yield world


@pytest.fixture(scope="module")
def known(matrix: PagesWorld, issuer: Issuer) -> Known:
    hq = issuer.bearer("hq")
    return Known(matrix, hq, matrix.get("/v1/pdus/york/status", headers=hq).json()["decision"])


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route}")
def test_who_may_have_what(known: Known, row: Row, who: str) -> None:
    path, matrix = row.path if isinstance(row.path, str) else row.path(known), known.world
    before = matrix.head()
    answer = asked(matrix, row, path, Browser(matrix, person(who)))
    if who in row.allowed.split():
        assert answer.status_code in (200, 303), answer.text
        if row.method == "POST" and row.route not in ("/try", "/sign-out"):
            assert (answer.status_code, matrix.head() > before) == (303, True)
        return
    assert answer.status_code == (401 if PEOPLE[who] is None else 403), answer.text
    page = seen(answer)
    assert "content-security-policy" in answer.headers
    links = [href for href, _ in page.links if href.startswith("/sign-in?after=")]
    assert len(links) == (1 if PEOPLE[who] is None else 0)
    assert matrix.head() == before, "nothing is recorded"


def asked(world: World, row: Row, path: str, browser: Browser) -> httpx.Response:
    if row.method == "GET":
        return browser.get(path)
    points = str(next(POINTS))
    fields = {**(row.fields or {}), "form_token": browser.token()}
    fields |= {"f-points": points} if "f-points" in fields else {}
    if row.file is None:
        return browser.post(path, fields)
    file = row.file.replace("POINTS", points).encode()
    return browser.ask("POST", path, data=fields, files={"file": ("returns.csv", file)})


def test_no_page_is_missing() -> None:
    there = {
        (method, route.path)
        for router in PAGES
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert there == {(row.method, row.route) for row in ROWS} | ELSEWHERE


def test_the_pages_are_left_out_of_the_api_s_description(matrix: PagesWorld) -> None:
    told = matrix.get("/openapi.json").json()["paths"]
    assert not {row.route for row in ROWS} & told.keys()


@pytest.mark.parametrize("who", [name for name in PEOPLE if PEOPLE[name]])
@pytest.mark.parametrize(
    "path", ["/v1/pdus", "/v1/statuses", "/v1/pdus/york/status", "/v1/decisions/x/report"]
)
def test_a_session_says_nothing_to_the_api(matrix: PagesWorld, who: str, path: str) -> None:
    browser = Browser(matrix, person(who))
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("path", ["/v1/returns", "/v1/declarations", "/v1/suspensions"])
def test_a_session_writes_nothing_through_the_api(matrix: PagesWorld, path: str) -> None:
    browser, before = Browser(matrix, person("hq")), matrix.head()
    headers = {"Content-Type": "application/json"}
    answer = browser.ask("POST", path, headers, content=b'{"pdu": "york", "as_of": "2022-08-29"}')
    assert answer.status_code == 401
    assert matrix.head() == before


def test_a_token_opens_pages_too_and_goes_before_the_session(matrix: PagesWorld, issuer: Issuer) -> None:
    assert Browser(matrix).ask("GET", "/pdus/york", issuer.bearer("viewer")).status_code == 200
    browser = Browser(matrix, person("hq"))
    refused = browser.ask("GET", "/pdus/york/return", issuer.bearer("viewer"))
    assert refused.status_code == 403
    wrong = browser.ask("GET", "/", {"Authorization": "Bearer x"})
    assert wrong.status_code == 401, "a token that is wrong is not made good by a session"


def test_what_was_done_bears_who_and_in_which_role(matrix: PagesWorld) -> None:
    browser = Browser(matrix, person("director"))
    fields = {**DECLARED, "form_token": browser.token()}
    assert browser.post("/pdus/hull/declare", fields).status_code == 303
    with matrix.ledger.store.reading() as connection:
        by = connection.exec_driver_sql(
            "SELECT \"by\" FROM records WHERE kind = 'declaration' ORDER BY seq DESC LIMIT 1"
        ).scalar()
    assert by == '{"client":"pages","role":"regional-director","subject":"director"}'
