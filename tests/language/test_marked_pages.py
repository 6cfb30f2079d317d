"""Every page in a language that is none: what is still English on it was not marked for translation."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import pypdf

from reports.pages import Site as Around
from reports.pages import error_page, page, signed_out_page
from tests.language import policy
from tests.language.pseudo import pieces_of, speaking_nothing, told_plainly
from tests.language.sites import SILENT, Site, shipped_site, wards_site

NAMES = frozenset({"Prioritise", "regional", "director", "Regional", "local", "loader"})
"""The service's own name, and the names of who acted."""
VALUES = frozenset({
    "none", "very", "high", "orange", "may", "should", "percent", "month", "caseload", "stage", "shortfall",
    "simplified", "winter", "yellow", "staffing", "PSO", "SPO", "NQO", "PDU", "grade", "Grade", "Stage",
})  # fmt: skip
"""What documents say by an id or a key: a category, a colour, a strength, a unit, a list, a version."""
_EVENT = {"from": "2022-11-22", "until": "2022-12-02", "by": "regional-director", "reason": "1"}
_STAFF = {f"f-{name}-{shift}": "10" for name in ("needed", "there") for shift in ("early", "late", "night")}
_NEW = {"day": "2022-11-22", **_STAFF, "f-beds": "24", "note": "1"}
Asked = tuple[str, dict[str, Any] | None]


def _all(*paths: str) -> list[Asked]:
    return [(path, None) for path in paths]


SHIPPED = _all(
    "/", "/?q=a", "/?q=1234", "/pdus/york", f"/pdus/{SILENT}", "/pdus/brent", "/pdus/york/may",
    "/pdus/york/may?asked=true&activity=home-visits", "/pdus/york/may?asked=true&activity=mappa-level-2-3",
    "/pdus/york/ahead", "/country", "/country?sort=since&order=down&status=amber", "/regions/london",
    "/frameworks", "/frameworks?day=2022-06-01", "/frameworks?day=1999-01-01", "/frameworks/phase-3-v8",
    "/frameworks/version-3", "/frameworks/compare", "/frameworks/compare?from=version-3&to=phase-3-v8",
    "/try", "/try?pdu=york", "/pdus/york/return",
    "/returns/upload", "/pdus/york/declare", "/declarations", "/record", "/regions/london/forecasts",
)  # fmt: skip
WARDS = [
    *_all(*(f"/pdus/{unit}" for unit in (
        "long", "calm", "busy", "short", "old", "told", "aside", "silent", "partial", "closed", "new",
    ))),
    *_all(
        "/", "/country?status=suspended", "/regions/coast", "/regions/moor",
        "/pdus/long/may?asked=true&activity=work-4",
        "/pdus/long/may?asked=true&activity=work-7&no_cohort=true", "/pdus/long/may?asked=true&activity=work-1",
        "/pdus/long/may?asked=true&activity=work-1&cohort=frail", "/pdus/long/ahead", "/frameworks/winter",
        "/try?pdu=short", "/pdus/long/return?day=2022-11-21", "/regions/moor/declare", "/everyone/suspend",
        "/pdus/long/suspend", "/regions/coast/suspend", "/declarations", "/record", "/pdus/calm?done=return",
        "/country?done=upload", "/?done=declared", "/?done=suspended", "/declarations?done=ended",
    ),
    ("/pdus/long/declare", {"status": "closing", **_EVENT}),
    ("/regions/coast/suspend", _EVENT),
    ("/pdus/calm/return", _NEW),
    ("/pdus/long/return", {**_NEW, "day": "2022-11-21"}),
    ("/try?pdu=short", {"t-short": "80", **_STAFF, "f-beds": "24"}),
]  # fmt: skip
FAULTY: list[Asked] = [
    *_all(
        "/pdus/york/may?asked=true", "/pdus/calm/return?day=monday", "/frameworks?day=spring", "/nonsense",
        "/pdus/calmer", "/country?sort=colour", "/record?before=x",
        "/pdus/long/may?asked=true&activity=work-1&cohort=frail&no_cohort=true",
    ),
    ("/regions/moor/declare", {"until": ""}),
    ("/pdus/long/suspend", {}),
    ("/pdus/calm/return", {"day": "2022-11-22", "f-there-early": "ten"}),
    ("/try?pdu=long", {"t-short": "9", "f-there-early": "few"}),
    ("/returns/upload", {}),
]  # fmt: skip
HEAD = b"pdu,as_of,shift,needed,there,beds\n"
FILES: dict[str, bytes] = {
    "1.csv": HEAD
    + b"calm,2022-11-21,,,,24\ncalm,2022-11-21,early,ten,1e3,\ncalm,2022-11-21,late,1.23456,-4,\n",
    "2.csv": HEAD + b"calmer,2022-11-21,,,,24\ncalm,2022-02-30,,,,24\ncalm,,,,,24\n,2022-11-21,,,,24\n",
    "3.csv": HEAD + b"calm,2022-11-21,noon,1,1,\ncalm,2022-11-21,,1,1,\ncalm,2022-11-21,early,1,1,24\n",
    "4.csv": HEAD
    + b"calm,2022-11-21,,,,24\ncalm,2022-11-21,,,,25\ncalm,2023-11-21,,,,24\nclosed,2022-11-21,,,,1\n",
    "5.csv": HEAD + b"calm,2022-11-21,,,,24,7\ncalm,2022-11-21\ncalm,2022-11-21,,,,999999999\n",
    "6.csv": b"pdu,as_of,bedz\n",
    "7.csv": b"as_of,beds,beds\n",
    "8.csv": b"",
    "9.csv": b"\xff\xfe\x00",
    "10.csv": b"PK\x03\x04",
    "11.csv": HEAD + b"\xe9\n",
    "12.csv": HEAD + b'"calm,2022-11-21,,,,24\n',
    "13.csv": HEAD + b'"calm"x,2022-11-21,,,,24\n',
}
"""Files of returns with every kind of fault that a page tells of."""
TYPED = frozenset({
    "calm", "calmer", "calmx", "closed", "colour", "ten", "there", "noon", "early", "late", "needed", "beds", "bedz",
    "night", "shift", "pdu", "as_of", "reason", "before", "note", "source", "basis", "alert", "few", "york",
    "aside", "busy", "long", "new", "old", "partial", "short", "silent", "told",
})  # fmt: skip
"""What stands in these, in an address or a form; the names of what is sent, and the ids of units."""
FORMULAS = policy.formulas([*policy.shipped().values(), *policy.wards_files().values()])


SIGNING = ("signed-out",)
"""The page that only a service has in which people sign in: it is set by itself."""
TEMPLATES = {
    "ahead": "/pdus/york/ahead", "area": "/country", "compare": "/frameworks/compare", "decision": "DECISION",
    "end": "END", "error": "/nonsense", "event": "/pdus/york/declare", "event-check": "/pdus/long/declare",
    "framework": "/frameworks/winter", "frameworks": "/frameworks", "home": "/", "may": "/pdus/york/may",
    "past": "/regions/london/forecasts", "record": "/record", "return": "/pdus/york/return",
    "return-check": "/pdus/calm/return", "standing": "/declarations", "try": "/try", "unit": "/pdus/york",
    "upload": "/returns/upload",
}  # fmt: skip
"""An address at which each is shown; of some the text of another page says where."""
PRINTED = ("/country/pdf", "/regions/london/pdf", "/frameworks/phase-3-v8/pdf")


def plain(page: str, known: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """What is plain on a page. That it is a page at all shows in its language and its one heading."""
    assert '<html lang="el"' in page
    assert page.count("<h1") == 1
    return told_plainly(pieces_of(page), NAMES | VALUES | known, FORMULAS)


def faults(
    site: Site, asked: Iterable[Asked], known: frozenset[str] = frozenset(), files: Mapping[str, bytes] = {}
) -> dict[str, Any]:
    """The pages with plain texts, and these: of addresses and forms, and what follows when files are sent."""
    found = {path: plain(site.page(path, fields), known) for path, fields in asked}
    found |= {name: plain(site.sent(file, name), known) for name, file in files.items()}
    return {path: texts for path, texts in found.items() if texts}


def test_pages_of_the_shipped_framework(tmp_path: Path) -> None:
    with speaking_nothing(), shipped_site(tmp_path) as site:
        assert faults(site, SHIPPED) == {}
        for path in PRINTED:
            reader = pypdf.PdfReader(io.BytesIO(site.browser.get(path).content))
            lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
            assert len(lines) > 20
            assert told_plainly(lines, NAMES | VALUES, FORMULAS) == {}


def test_pages_in_every_state(tmp_path: Path) -> None:
    with speaking_nothing(), wards_site(tmp_path) as site:
        assert faults(site, WARDS) == {}
        decision = re.search(r'href="(/decisions/[^"/]+)"', site.page("/pdus/long"))
        end = re.search(r'href="(/declarations/[^"]+/end)"', site.page("/declarations"))
        assert decision is not None
        assert end is not None
        assert faults(site, [(decision[1], None), (end[1], None)]) == {}
        wrong = (end[1], {"confirm": "yes", "last_day": "soon"})
        assert faults(site, [*FAULTY, wrong], TYPED, FILES) == {}


def test_pages_around_signing_in() -> None:
    around = Around(
        "Prioritise", "1", "1", "1", "1", (), person="1", signs_in=True, sees_record=True, notice="1"
    )
    with speaking_nothing():
        for onward in (None, "https://example.org/out"):
            assert plain(page("signed-out", around, page=signed_out_page(onward))) == {}
        for sign_in in (None, "/sign-in"):
            told = error_page("PF727", "", "", (), "1", sign_in)
            assert plain(page("error", dataclasses.replace(around, person=None), page=told)) == {}


def test_each_template_of_a_page_is_shown() -> None:
    folder = resources.files("reports").joinpath("templates", "pages")
    names = {one.name.removesuffix(".html.j2") for one in folder.iterdir()}
    assert {name for name in names if not name.startswith("_")} - {"base", *SIGNING} == set(TEMPLATES)
    assert set(TEMPLATES.values()) - {"DECISION", "END"} <= {path for path, _ in (*SHIPPED, *WARDS, *FAULTY)}
