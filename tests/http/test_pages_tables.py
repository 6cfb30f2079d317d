"""Tables of pages as CSV: every table that a page shows, with the same rows, their values as they are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import unquote

import httpx
import pytest

from reports._explanation import Data, Table
from reports.pages import csv_of, tables_of
from tests.http.kit import problem
from tests.http.pages_kit import Browser, PagesWorld, seen
from tests.http.world import a_return, files

_FORMULA = '=HYPERLINK("http://x")'
_NAMED = files()["organisation.yaml"].replace("name: Hull", f"name: '{_FORMULA}'")
PAGES = [
    "/country", "/regions/north", "/pdus/york", "/pdus/york/ahead", "/decisions/DECISION", "/frameworks/v1",
    "/frameworks/compare?from=v1&to=v2", "/record",
]  # fmt: skip
WITHOUT = ["/", "/try", "/declarations", "/pdus/york/may", "/frameworks", "/returns/upload"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesWorld]:
    folder = tmp_path_factory.mktemp("tables")
    with PagesWorld(folder / "world", changes={"organisation.yaml": _NAMED}) as made:
        rows = [("2022-08-15", 10), ("2022-08-22", 5), ("2022-08-29", 5)]
        sent = [a_return(pdu, *row) for pdu in ("york", "hull") for row in rows]
        assert made.post("/v1/returns", sent).status_code == 201
        yield made


def full(world: PagesWorld, path: str) -> str:
    return path.replace("DECISION", str(world.get("/v1/pdus/york/status").json()["decision"]))


def links(world: PagesWorld, path: str) -> list[str]:
    """Where a page's tables can be had."""
    page = seen(Browser(world).get(full(world, path)))
    return [href for href, text in page.links if text.startswith("Download as CSV")]


def rows_of(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode(), newline="")))


def table(world: PagesWorld, path: str, name: str) -> list[list[str]]:
    sign = "&" if "?" in path else "?"
    return rows_of(Browser(world).get(f"{full(world, path)}{sign}csv={name}"))


@pytest.mark.parametrize("path", PAGES)
def test_every_table_of_a_page_can_be_had(world: PagesWorld, path: str) -> None:
    text = Browser(world).get(full(world, path)).text
    found = links(world, path)
    assert found
    assert len(found) == len(set(found)) == text.count("<table"), "one link for each table"
    for link in found:
        answer = Browser(world).get(link)
        header, *rows = rows_of(answer)
        assert rows
        assert {len(row) for row in rows} == {len(header)}
        assert answer.content.endswith(b"\r\n")
        told = answer.headers["content-disposition"]
        assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.%-]+ ?\.csv", told)
        assert unquote(told).endswith(" 2022-08-31.csv")
        same = Browser(world).get(link, **{"If-None-Match": answer.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")


@pytest.mark.parametrize("path", WITHOUT)
def test_pages_without_tables_have_none(world: PagesWorld, path: str) -> None:
    assert links(world, path) == []
    sign = "&" if "?" in path else "?"
    answer = world.get(f"{path}{sign}csv=units", headers={"Accept": "application/json"})
    assert "This page has no table units." in problem(answer, 404, "PF720")["detail"]


def test_values_are_as_they_are(world: PagesWorld) -> None:
    assert table(world, "/country", "units") == [
        ["Id", "PDU", "Region", "Status", "Since", "Review by"],
        ["hull", "'" + _FORMULA, "The North", "Amber", "2022-08-29", ""],
        ["kent", "Kent", "The South", "Indeterminate", "2022-08-01", ""],
        ["york", "York", "The North", "Amber", "2022-08-29", ""],
    ]
    assert table(world, "/country", "tally")[1:3] == [["Green", "0", "0"], ["Amber", "2", "66"]]
    assert table(world, "/pdus/york", "charts-staffing") == [
        ["Day", "Figure", "Unit"],
        ["2022-08-29", "75.0", "percent"],
        ["2022-08-22", "75.0", "percent"],
        ["2022-08-15", "100.0", "percent"],
    ]
    strip = table(world, "/pdus/york", "strip")
    assert strip[:2] == [["From", "To", "Status"], ["2022-08-29", "2022-08-31", "Amber"]]
    assert table(world, "/frameworks/v1", "triggers")[1][:5] == ["Low", "90", "percent", "80", "95"]
    assert table(world, "/decisions/DECISION", "explanation-settings")[1][:4] == [
        "Low",
        "88",
        "90",
        "percent",
    ]
    chances = table(world, "/pdus/york/ahead", "forecast-outlooks-york-chances")
    assert chances[0][:2] == ["Week", "Day"]
    assert chances[1][:2] == ["1", "2022-09-07"]
    assert all(re.fullmatch(r"\d+\.\d", cell) for row in chances[1:] for cell in row[2:])
    measures = table(world, "/pdus/york/ahead", "forecast-outlooks-york-measures")
    assert measures[0][:6] == [
        "Measure",
        "Unit",
        "Now",
        "4 weeks ahead",
        "4 weeks ahead, low",
        "4 weeks ahead, high",
    ]
    assert measures[1][:3] == ["Staffing", "percent", "75.0"]
    assert [float(cell) for cell in measures[1][3:]]
    (moment, *_rest) = table(world, "/record", "table")[1]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", moment)


def test_what_a_page_was_asked_goes_for_its_tables_too(world: PagesWorld) -> None:
    (link,) = [one for one in links(world, "/country?sort=since&status=amber&done=return") if "units" in one]
    assert link == "/country?sort=since&status=amber&csv=units"
    rows = rows_of(Browser(world).get(link))
    assert [row[0] for row in rows[1:]] == ["hull", "york"]
    compared = links(world, "/frameworks/compare?from=v1&to=v2")
    assert compared
    assert all(link.startswith("/frameworks/compare?from=v1&to=v2&csv=") for link in compared)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/country?csv=unit", "Did you mean units?"),
        ("/pdus/york?csv=charts-x", "This page has no table charts-x."),
        ("/country?csv=%3Cscript%3E", "This page has no table"),
    ],
)
def test_a_table_that_is_not_there(world: PagesWorld, path: str, words: str) -> None:
    answer = Browser(world).get(path)
    assert answer.status_code == 404
    assert words in seen(answer).words
    assert "<script>" not in answer.text.replace("<script>document.body", "")


def test_what_a_form_brings_about_has_no_table_to_download(world: PagesWorld) -> None:
    browser = Browser(world)
    fields = browser.filled("/pdus/york/return?day=2022-08-30", **{"f-required-PO": "10"})
    answer = browser.post("/pdus/york/return", {**fields, "form_token": browser.token()})
    assert answer.status_code in (200, 422)
    assert "Download as CSV" not in answer.text
    told = browser.post("/pdus/york/return?csv=table", {**fields, "form_token": browser.token()})
    assert told.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+44 20", "'+44 20"), ("-x", "'-x"), ("@sum", "'@sum"), ("\tx", "'\tx"), ("\rx", '"\'\rx"'),
        ("-5", "-5"), ("+5.5", "+5.5"), ("-", "'-"), ("2022-08-29", "2022-08-29"), ("a=b", "a=b"), ("", '""'),
        ("-5e3", "'-5e3"), ("-1 or more", "'-1 or more"), ("a,b", '"a,b"'), ('a"b', '"a""b"'), ("Môn", "Môn"),
        ("-\u0665", "'-\u0665"),
    ],
)  # fmt: skip
def test_no_spreadsheet_takes_a_cell_for_a_formula(cell: str, written: str) -> None:
    assert csv_of(Table("x", ("Head",), ((cell,),))).decode() == f"Head\r\n{written}\r\n"


def test_columns_are_guarded_too() -> None:
    assert csv_of(Table("x", ("=a",), (("1",),))) == b"'=a\r\n1\r\n"


def test_the_values_go_before_what_is_shown() -> None:
    shown = Table("x", ("Share",), (("66%",),), Data(("Share (percent)",), (("66",),)))
    assert csv_of(shown) == b"Share (percent)\r\n66\r\n"


def test_tables_have_the_names_of_where_they_stand() -> None:
    one, other = Table("a", (), ()), Table("b", (), ())
    assert tables_of(None) == tables_of("text") == tables_of([]) == {}
    assert tables_of([one, (other,)]) == {"1": one, "2-1": other}
