"""Whatever is asked or sent, pages answer with a page: never with a fault of the service."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.http.pages_kit import Browser, PagesWorld, seen
from tests.http.world import a_return

ODD = [
    "", "x", "\x00", "é", "\U0001f600", "%", "%zz", "../..", "'\"<>", "A" * 79, "A" * 300, "2022-08-29", "9999-12-31",
    "0001-01-01", "-1", "1e9", "NaN", "null", "[]", "york\n", "v1", "v2", "amber", "name", "down", "true", " ",
    "visits", "10", "5.5", "2022-08-30", "regional-director",
]  # fmt: skip
PAGES: dict[str, tuple[str, ...]] = {
    "/": ("q",),
    "/pdus/{}": (),
    "/pdus/{}/may": ("activity", "cohort", "no_cohort", "asked"),
    "/pdus/york/may": ("activity", "cohort", "no_cohort", "asked"),
    "/pdus/{}/ahead": (),
    "/decisions/{}": (),
    "/decisions/{}/pdf": (),
    "/country": ("sort", "order", "status", "csv"),
    "/regions/{}": ("sort", "order", "status"),
    "/regions/{}/forecasts": ("csv",),
    "/pdus/york": ("csv", "done"),
    "/regions/{}/pdf": ("sort",),
    "/frameworks": ("day",),
    "/frameworks/{}": (),
    "/frameworks/{}/pdf": (),
    "/frameworks/{}/yaml": (),
    "/frameworks/compare": ("from", "to"),
    "/frameworks/compare.pdf": ("from", "to"),
    "/declarations/{}/end": (),
    "/suspensions/{}/end": (),
    "/try": ("pdu",),
    "/record": ("before",),
    "/pdus/{}/return": ("day",),
    "/pdus/york/return": ("day",),
    "/pdus/{}/declare": (),
    "/regions/{}/suspend": (),
    "/sign-in": ("after",),
    "/sign-in/callback": ("code", "state", "error"),
    "/assets/{}": (),
}
FORMS = (
    "/pdus/york/return", "/pdus/york/declare", "/regions/north/declare", "/pdus/york/suspend", "/everyone/suspend",
    "/try?pdu=york", "/returns/upload",
)  # fmt: skip
FIELDS = (
    "day", "note", "confirm", "change", "status", "from", "until", "by", "reason", "renew", "last_day", "file",
    "f-points", "f-required-PO", "f-in_post-PSO", "f-required", "f-x", "low", "p-low",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesWorld]:
    with PagesWorld(tmp_path_factory.mktemp("odd") / "world") as made:
        made.post("/v1/returns", [a_return("york", "2022-08-22", 8)])
        yield made


@pytest.mark.parametrize("page", PAGES)
def test_odd_addresses(world: PagesWorld, page: str) -> None:
    choose, browser, before = random.Random(page), Browser(world), world.head()
    for _ in range(25):
        names = choose.sample(PAGES[page], choose.randint(0, len(PAGES[page])))
        query = "&".join(f"{name}={quote(choose.choice(ODD))}" for name in names)
        path = page.format(quote(choose.choice(ODD), safe="")) + (f"?{query}" if query else "")
        answer = browser.get(path)
        assert answer.status_code < 500, path
        if answer.status_code >= 400 and not path.startswith("/assets/"):
            assert "Code PF7" in seen(answer).words or seen(answer).title.startswith("Error: "), path
    assert world.head() == before


@pytest.mark.parametrize("form", FORMS)
def test_odd_forms(world: PagesWorld, form: str) -> None:
    choose, browser = random.Random(form), Browser(world)
    for _ in range(25):
        names = choose.sample(FIELDS, choose.randint(0, 8))
        fields = {name: choose.choice(ODD) for name in names} | {"form_token": browser.token()}
        before = world.head()
        answer = browser.post(form, fields)
        assert answer.status_code in (200, 303, 422), fields
        if answer.status_code != 303:
            assert world.head() == before
            assert seen(answer).h1
