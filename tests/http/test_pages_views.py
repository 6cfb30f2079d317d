"""Every page over HTTP: its headers, nothing inline and nothing from elsewhere, and errors as pages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.http.kit import problem
from tests.http.pages_kit import HTML, Browser, PagesWorld, seen
from tests.http.world import a_return
from tests.reports.pdf_kit import conforms

PAGES = [
    "/", "/?q=yor", "/?q=nobody", "/pdus/york", "/pdus/hull", "/decisions/DECISION", "/pdus/york/may",
    "/pdus/york/may?activity=visits&no_cohort=true", "/pdus/york/may?activity=mappa&no_cohort=true",
    "/pdus/york/may?asked=true", "/pdus/york/ahead", "/country", "/country?sort=status&order=down&status=amber",
    "/regions/north", "/regions/north/forecasts", "/frameworks", "/frameworks?day=2022-09-06", "/frameworks?day=x",
    "/frameworks/v1",
    "/frameworks/compare", "/frameworks/compare?from=v1&to=v2", "/pdus/york/return",
    "/pdus/york/return?day=2022-08-29", "/returns/upload", "/try", "/try?pdu=york", "/pdus/york/declare",
    "/regions/north/declare", "/pdus/york/suspend", "/regions/north/suspend", "/everyone/suspend", "/declarations",
    "/record",
]  # fmt: skip
PDFS = [
    "/decisions/DECISION/pdf", "/frameworks/v1/pdf", "/frameworks/compare.pdf?from=v1&to=v2", "/country/pdf",
    "/regions/north/pdf",
]  # fmt: skip
WRONG = [
    ("/no-such-page", 404, "Page not found"), ("/pdus/yorc", 404, "Page not found"),
    ("/decisions/sha256:0", 404, "Page not found"), ("/regions/nort", 404, "Page not found"),
    ("/regions/nort/pdf", 404, "Page not found"),
    ("/regions/nort/forecasts", 404, "Page not found"), ("/country?csv=x", 404, "Page not found"),
    ("/frameworks/v9", 404, "Page not found"),
    ("/frameworks/v9/pdf", 404, "Page not found"), ("/frameworks/v9/yaml", 404, "Page not found"),
    ("/decisions/x/pdf", 404, "Page not found"), ("/pdus/leeds/may", 404, "Page not found"),
    ("/declarations/x/end", 404, "Page not found"), ("/sign-in", 404, "Page not found"),
    ("/sign-in/callback?code=x&state=y", 404, "Page not found"), ("/signed-out", 404, "Page not found"),
    ("/country?sort=colour", 422, ""), ("/country?order=up", 422, ""), ("/country?page=2", 422, ""),
    ("/frameworks/compare?from=v1&to=v9", 422, ""), ("/frameworks/compare.pdf", 422, ""),
    ("/frameworks/compare.pdf?from=v1", 422, ""), ("/frameworks/compare.pdf?from=v1&to=v9", 422, ""),
    ("/record?before=x", 422, ""), ("/record?before=2022-08-31", 422, ""), ("/?q=1&q=2", 422, ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def open_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesWorld]:
    with PagesWorld(tmp_path_factory.mktemp("open") / "world") as world:
        rows = [("2022-08-15", 10), ("2022-08-22", 5), ("2022-08-29", 5)]
        assert world.post("/v1/returns", [a_return("york", *row) for row in rows]).status_code == 201
        yield world


def full(world: PagesWorld, path: str) -> str:
    return path.replace("DECISION", str(world.get("/v1/pdus/york/status").json()["decision"]))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_with_nothing_inline(open_world: PagesWorld, path: str) -> None:
    answer = Browser(open_world).get(full(open_world, path))
    assert answer.status_code in ((200, 422) if "asked" in path else (200,)), answer.text
    check_page(answer)


def check_page(answer: httpx.Response) -> None:
    """What holds of every page, also of one that tells of an error."""
    page = seen(answer)
    rules = dict(part.partition(" ")[::2] for part in answer.headers["content-security-policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == rules["img-src"] == rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert page.inline == [], "no style and no handler stands in a page"
    for script in page.scripts:
        named = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert rules["script-src"] == f"'self' 'sha256-{named}'"
    assert page.sources
    assert all(source.startswith("/assets/") for source in page.sources), "nothing comes from elsewhere"
    assert len(page.h1) >= 1
    assert answer.text.count("<h1") == 1
    assert page.title.endswith(" – Prioritise")
    assert '<html lang="en-GB"' in answer.text
    assert page.meta["referrer"] == answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert len(answer.content) < 100_000


def test_pages_are_kept_by_nobody_else_and_packed_for_those_who_can(open_world: PagesWorld) -> None:
    browser = Browser(open_world)
    plain = browser.get("/country", **{"Accept-Encoding": "identity"})
    packed = browser.get("/country", **{"Accept-Encoding": "gzip, br"})
    assert plain.headers["cache-control"] == packed.headers["cache-control"] == "private, no-cache"
    assert plain.headers["vary"] == "accept-encoding"
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert packed.content == plain.content
    assert len(gzip.compress(plain.content)) < len(plain.content) / 3


def test_only_pages_with_forms_set_a_cookie(open_world: PagesWorld) -> None:
    for path in ("/", "/pdus/york", "/country", "/frameworks"):
        assert "set-cookie" not in Browser(open_world).get(path).headers, path
    cookie = Browser(open_world).get("/pdus/york/return").headers["set-cookie"]
    assert re.fullmatch(r"form=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Strict", cookie)


def test_head_is_as_get_without_the_page(open_world: PagesWorld) -> None:
    browser = Browser(open_world)
    told = browser.ask("HEAD", "/pdus/york")
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(("path", "status", "title"), WRONG)
def test_errors_are_pages_to_people_and_problems_to_programs(
    open_world: PagesWorld, path: str, status: int, title: str
) -> None:
    answer = Browser(open_world).get(path)
    assert answer.status_code == status
    check_page(answer)
    page = seen(answer)
    assert title in page.words
    code = re.search(r"Code (PF\d+), request (\S+?)\.", page.words)
    assert code is not None
    assert code[2] == answer.headers["x-request-id"]
    assert "Traceback" not in answer.text
    told = problem(open_world.get(path, headers={"Accept": "application/json"}), status, code[1])
    assert told["detail"]


@pytest.mark.parametrize("path", ["/v1/pdus/yorc", "/v1/none", "/assets/none.css"])
def test_programs_paths_tell_problems_whatever_is_accepted(open_world: PagesWorld, path: str) -> None:
    answer = open_world.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/country", "/pdus/york", "/record", "/country/pdf"])
def test_pages_take_no_other_method(open_world: PagesWorld, method: str, path: str) -> None:
    before = open_world.head()
    answer = Browser(open_world).ask(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert open_world.head() == before


def test_what_was_asked_cannot_write_into_the_page(open_world: PagesWorld) -> None:
    bad = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    for path in (
        f"/?q={bad}",
        f"/pdus/{bad}",
        f"/frameworks?day={bad}",
        f"/country?status={bad}",
        f"/frameworks/{bad}",
    ):
        answer = Browser(open_world).get(path)
        assert "<script>alert" not in answer.text, path
        check_page(answer)


def test_styles_are_kept_for_ever_by_their_names(open_world: PagesWorld) -> None:
    page = seen(Browser(open_world).get("/"))
    for source in page.sources:
        answer = open_world.get(source)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert not re.search(rb"url\(\s*['\"]?(https?:)?//", answer.content), "a style fetches nothing"
    assert open_world.get("/assets/../api/http/app.py").status_code == 404
    assert open_world.get("/assets/%2e%2e%2fsettings").status_code == 404


# PDF ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PDFS)
def test_pages_as_pdf(open_world: PagesWorld, path: str) -> None:
    path = full(open_world, path)
    answer = Browser(open_world).get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["x-content-type-options"] == "nosniff"
    pdf = conforms(answer.content)
    assert pdf.headings()
    if not path.startswith("/decisions/"):  # its name is its id
        told = answer.headers["content-disposition"]
        assert re.fullmatch(r"inline; filename\*=UTF-8''[\w.%-]+\.pdf", told)
    assert Browser(open_world).get(path).content == answer.content
    same = Browser(open_world).get(path, **{"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_each_page_that_has_a_pdf_leads_to_it(open_world: PagesWorld) -> None:
    pages = {
        "/decisions/DECISION": ["/decisions/DECISION/pdf", "/decisions/DECISION/text"],
        "/frameworks/v1": ["/frameworks/v1/pdf"],
        "/country": ["/country/pdf"],
        "/regions/north": ["/regions/north/pdf"],
        "/frameworks/compare?from=v1&to=v2": ["/frameworks/compare.pdf?from=v1&to=v2"],
        "/pdus/york": ["/decisions/DECISION/text"],
    }
    for path, due in pages.items():
        links = {href for href, _ in seen(Browser(open_world).get(full(open_world, path))).links}
        for link in due:
            assert full(open_world, link) in links, path
            assert Browser(open_world).get(full(open_world, link)).status_code == 200


def test_a_pdf_is_made_anew_once_something_is_recorded(tmp_path_factory: pytest.TempPathFactory) -> None:
    with PagesWorld(tmp_path_factory.mktemp("anew") / "world") as world:
        browser = Browser(world)
        before = browser.get("/country/pdf")
        world.post("/v1/returns", [a_return("york", "2022-08-29", 10)])
        after = browser.get("/country/pdf")
        assert before.headers["etag"] != after.headers["etag"]
        assert "Green" in conforms(after.content).text


def test_every_link_of_a_page_leads_somewhere(open_world: PagesWorld) -> None:
    browser, links = Browser(open_world), set()
    for path in PAGES:
        page = seen(browser.get(full(open_world, path)))
        links |= {href.partition("#")[0] for href, _ in page.links if href.startswith("/")}
    assert len(links) > 20
    broken = {href: browser.get(href).status_code for href in links if href}
    assert {href for href, status in broken.items() if status != 200} == set()
