"""What stands around pages: who is signed in, also where something went wrong; where one is, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.http.issuer import Issuer
from tests.http.pages_kit import PEOPLE, Browser, PagesWorld, guarded_world, person, seen
from tests.http.test_pages_views import check_page
from tests.http.world import a_return

PLACES = [
    "/country", "/country?sort=status", "/regions/north", "/regions/north/forecasts", "/pdus/york", "/pdus/york/ahead",
    "/pdus/york/may", "/pdus/york/return", "/pdus/york/declare", "/pdus/york/suspend", "/decisions/DECISION",
    "/frameworks", "/frameworks/v1", "/frameworks/compare?from=v1&to=v2", "/try", "/try?pdu=york", "/declarations",
    "/record", "/returns/upload", "/everyone/suspend", "/regions/north/declare", "/no-such-page", "/pdus/yorc",
]  # fmt: skip
NAVIGATION = {
    "/": ("/", "page"), "/?q=york": ("/", "page"), "/country": ("/country", "page"),
    "/country?sort=status&order=down": ("/country", "page"), "/frameworks": ("/frameworks", "page"),
    "/frameworks?day=2022-09-06": ("/frameworks", "page"), "/frameworks/v1": ("/frameworks", "true"),
    "/frameworks/compare": ("/frameworks", "true"), "/try": ("/try", "page"), "/try?pdu=york": ("/try", "page"),
}  # fmt: skip
NOWHERE = [
    "/pdus/york",
    "/regions/north",
    "/declarations",
    "/frameworks/v9",
    "/no-such-page",
    "/country?sort=x",
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[PagesWorld]:
    with guarded_world(tmp_path_factory.mktemp("around"), issuer) as made:
        sent = [a_return("york", "2022-08-22", 8)]
        assert made.post("/v1/returns", sent, headers=issuer.bearer("hq")).status_code == 201
        yield made


def decision(world: PagesWorld, issuer: Issuer) -> str:
    return str(world.get("/v1/pdus/york/status", headers=issuer.bearer("hq")).json()["decision"])


def current(text: str) -> list[tuple[str, str]]:
    """The links of the navigation that are marked, and how."""
    inner = re.search(r'<ul class="govuk-service-navigation__list".*?</ul>', text, re.DOTALL)
    assert inner is not None
    return re.findall(r'<a class="[^"]*" href="([^"]*)" aria-current="([^"]*)"', inner[0])


@pytest.mark.parametrize("path", NAVIGATION)
def test_the_navigation_marks_the_page_and_the_part(world: PagesWorld, path: str) -> None:
    answer = Browser(world, person("hq")).get(path)
    assert answer.status_code == 200, answer.text
    assert current(answer.text) == [NAVIGATION[path]]


@pytest.mark.parametrize("path", NOWHERE)
def test_of_other_pages_and_errors_no_link_is_marked(world: PagesWorld, path: str) -> None:
    assert current(Browser(world, person("hq")).get(path).text) == []


@pytest.mark.parametrize("path", PLACES)
def test_every_page_has_a_way_back(world: PagesWorld, issuer: Issuer, path: str) -> None:
    path = path.replace("DECISION", decision(world, issuer))
    text = Browser(world, person("hq")).get(path).text
    trail = re.search(r'<nav class="govuk-breadcrumbs".*?</nav>', text, re.DOTALL)
    if trail is None:
        assert re.search(r'<a class="govuk-back-link" href="/[^"]*">Back</a>', text)
        return
    places = re.findall(r'<a class="govuk-breadcrumbs__link" href="([^"]*)"', trail[0])
    assert places[0] == "/"
    assert path.partition("?")[0] not in places
    assert trail[0].count('aria-current="page"') == 1, "the page itself stands last, and is no link"
    for place in places:
        assert Browser(world, person("hq")).get(place).status_code == 200


ERRORS = [("/no-such-page", 404), ("/pdus/yorc", 404), ("/country?sort=x", 422), ("/everyone/suspend", 403)]


@pytest.mark.parametrize(("path", "status"), ERRORS)
def test_errors_say_who_is_signed_in(world: PagesWorld, path: str, status: int) -> None:
    browser = Browser(world, person("viewer"))
    answer = browser.get(path)
    assert answer.status_code == status
    check_page(answer)
    assert "Signed in as viewer" in seen(answer).words
    assert browser.cookies["form"], "so that they can sign out from here"
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', answer.text)
    assert token is not None
    gone = browser.post("/sign-out", {"form_token": token[1]})
    assert gone.status_code == 303
    assert "session" not in browser.cookies


def test_errors_show_the_record_to_whom_it_is_open(world: PagesWorld) -> None:
    for name, may in (("director", True), ("viewer", False)):
        links = [href for href, _ in seen(Browser(world, person(name)).get("/no-such-page")).links]
        assert ("/record" in links) is may


@pytest.mark.parametrize(("method", "status"), [("GET", 404), ("TRACE", 501)])
def test_errors_name_nobody_where_nobody_is_signed_in(world: PagesWorld, method: str, status: int) -> None:
    """Also where a request is refused before anybody has looked who asks."""
    answer = Browser(world).ask(method, "/no-such-page")
    assert answer.status_code == status
    page = seen(answer)
    assert "Signed in as" not in page.words
    assert "set-cookie" not in answer.headers
    assert ("/sign-in", "Sign in") in page.links
    assert "/record" not in [href for href, _ in page.links]


def test_an_error_says_nothing_to_have_been_done(world: PagesWorld) -> None:
    answer = Browser(world, person("hq")).get("/pdus/yorc?done=return")
    assert answer.status_code == 404
    assert "govuk-notification-banner" not in answer.text


# What programs ask for ------------------------------------------------------------------------------------------------

PROGRAMS = ["/pdus/york", "/country", "/regions/north", "/decisions/DECISION"]


@pytest.mark.parametrize(
    "who", [name for name in PEOPLE if PEOPLE[name] and name not in ("operator", "no-role")]
)
def test_whoever_signs_in_is_led_to_no_call_that_takes_a_token(
    world: PagesWorld, issuer: Issuer, who: str
) -> None:
    browser = Browser(world, person(who))
    for path in PROGRAMS:
        answer = browser.get(path.replace("DECISION", decision(world, issuer)))
        assert answer.status_code == 200
        assert not [href for href, _ in seen(answer).links if href.startswith("/v1")]
        told = re.search(r'<code class="wrap">(/v1/[^<]*)</code>', answer.text)
        assert told is not None
        assert browser.get(told[1]).status_code == 401, "cookies say nothing to the API"
        assert world.get(told[1], headers=issuer.bearer("viewer")).status_code == 200


@pytest.mark.parametrize("path", PROGRAMS)
def test_without_tokens_it_is_a_link(path: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with PagesWorld(tmp_path_factory.mktemp("open")) as made:
        made.post("/v1/returns", [a_return("york", "2022-08-22", 8)])
        id_ = made.get("/v1/pdus/york/status").json()["decision"]
        page = seen(Browser(made).get(path.replace("DECISION", id_)))
        (link,) = [href for href, _ in page.links if href.startswith("/v1")]
        assert made.get(link).status_code == 200


@pytest.mark.parametrize("form", ["text", "markdown", "pdf"])
def test_a_decision_in_other_forms_for_whoever_is_signed_in(
    world: PagesWorld, issuer: Issuer, form: str
) -> None:
    browser, id_ = Browser(world, person("viewer")), decision(world, issuer)
    links = [href for href, _ in seen(browser.get(f"/decisions/{id_}")).links]
    assert f"/decisions/{id_}/{form}" in links
    answer = browser.get(f"/decisions/{id_}/{form}")
    kinds = {"text": "text/plain", "markdown": "text/markdown", "pdf": "application/pdf"}
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kinds[form]
    same = world.get(f"/v1/decisions/{id_}/report?format={form}", headers=issuer.bearer("viewer"))
    assert same.content == answer.content


def test_a_decision_as_plain_text_is_fit_for_an_e_mail(world: PagesWorld, issuer: Issuer) -> None:
    text = Browser(world, person("viewer")).get(f"/decisions/{decision(world, issuer)}/text").text
    assert "<" not in text
    assert "York" in text.splitlines()[0]
    assert max(len(line) for line in text.splitlines()) <= 100
