"""The record of who did what: newest first, and a director sees what is about the own regions, or everyone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.ledger.deeds import Deed, Within, deeds
from tests.http.issuer import Issuer
from tests.http.pages_kit import Browser, PagesWorld, guarded_world, person, seen
from tests.http.world import a_return

DECLARED = {
    "from": "2022-08-31", "until": "2022-09-05", "status": "amber", "by": "regional-director",
    "reason": "The office is <b>flooded</b>.",
}  # fmt: skip
READERS = ("director", "hq", "operator")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[PagesWorld]:
    """Five deeds, a minute apart: returns, a declaration for Kent and its end, a suspension of all, a correction."""
    with guarded_world(tmp_path_factory.mktemp("record"), issuer) as made:
        hq = issuer.bearer("hq", sub="helen")
        director = issuer.bearer("regional-director", sub="rob", regions=["north"])

        def passes() -> None:
            made.clock.now += datetime.timedelta(minutes=1)

        rows = [a_return(unit, day, 8) for unit in ("york", "kent") for day in ("2022-08-15", "2022-08-22")]
        assert made.post("/v1/returns", rows, headers=hq).status_code == 201
        passes()
        told = made.post("/v1/declarations", {**DECLARED, "pdu": "kent"}, headers=hq)
        passes()
        ended = made.post(f"{told.headers['location']}/end", {"reason": "It is dry."}, headers=hq)
        assert ended.status_code == 200, ended.text
        passes()
        everyone = {"from": "2022-09-01", "reason": "All is set aside."}
        assert made.post("/v1/suspensions", everyone, headers=hq).status_code == 201
        passes()
        assert (
            made.post("/v1/returns", [a_return("york", "2022-08-22", 7)], headers=director).status_code == 201
        )
        yield made


def rows_of(text: str) -> list[list[str]]:
    """The cells of each entry, as text."""
    table = text[text.index("<tbody") : text.index("</tbody>")]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in table.split("</tr>")[:-1]]
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in row] for row in cells]


@pytest.mark.parametrize("who", ["hq", "operator"])
def test_all_of_it_newest_first(world: PagesWorld, who: str) -> None:
    answer = Browser(world, person(who)).get("/record")
    rows = rows_of(answer.text)
    assert [row[1] for row in rows] == [
        "rob, through a-client", "helen, through a-client", "helen, through a-client", "helen, through a-client",
        "helen, through a-client", "local:loader",
    ]  # fmt: skip
    assert [row[2] for row in rows] == ["Regional director", "HQ", "HQ", "HQ", "HQ", "None"]
    assert [row[0] for row in rows][:2] == ["31 August 2022, 10:34", "31 August 2022, 10:33"], "in London"
    what = [row[3] for row in rows]
    assert what[0].startswith("Sent the figures of York for 22 August 2022.")
    assert "Set the framework aside for everyone, from 1 September 2022 until it is ended." in what[1]
    assert "Decided by: HQ. Reason: All is set aside." in what[1]
    assert "Ended a declaration for Kent" in what[2]
    assert "Reason: It is dry." in what[2]
    assert "Declared Amber for Kent, from 31 August 2022 to 5 September 2022." in what[3]
    assert "Decided by: Regional director. Reason: The office is &lt;b&gt;flooded&lt;/b&gt;." in what[3]
    assert what[4].startswith("Sent 4 returns of 2 PDUs, for days from 15 August 2022 to 22 August 2022.")
    assert "decisions followed." in what[4]
    assert what[5].startswith("Put documents of policy in force.")
    times = re.findall(r'<time datetime="([^"]+)">', answer.text)
    assert times == sorted(times, reverse=True)
    assert times[0] == "2022-08-31T09:34:00.000000Z"


def test_a_director_sees_the_own_region_and_what_is_for_everyone(world: PagesWorld) -> None:
    rows = rows_of(Browser(world, person("director")).get("/record").text)
    what = [row[3] for row in rows]
    assert what[0].startswith("Sent the figures of York")
    assert "for everyone" in what[1]
    assert what[2].startswith("Sent 2 returns of York, for days from 15 August 2022 to 22 August 2022.")
    assert "Put documents" in what[3]
    assert len(what) == 4
    assert not any("Kent" in one for one in what)


def test_a_director_of_no_region_sees_what_is_for_everyone_only(world: PagesWorld) -> None:
    rows = rows_of(Browser(world, person("director-of-none")).get("/record").text)
    assert len(rows) == 2
    assert "for everyone" in rows[0][3]
    assert "decisions followed" not in rows[0][3]


@pytest.mark.parametrize("who", ["nobody", "viewer", "head", "no-role"])
def test_others_do_not_see_it(world: PagesWorld, who: str) -> None:
    answer = Browser(world, person(who)).get("/record")
    assert answer.status_code == (401 if who == "nobody" else 403)
    assert "helen" not in answer.text


def test_the_way_to_it_is_shown_to_those_who_may(world: PagesWorld) -> None:
    for who in ("viewer", "head", "director", "hq"):
        links = [href for href, _ in seen(Browser(world, person(who)).get("/")).links]
        assert ("/record" in links) == (who in READERS), who


def test_names_and_reasons_cannot_write_into_the_page(tmp_path: Path, issuer: Issuer) -> None:
    with guarded_world(tmp_path / "world", issuer) as world:
        hq = issuer.bearer("hq", sub='<script>alert(1)</script>"', client_id="<img src=x>")
        assert world.post("/v1/declarations", {**DECLARED, "pdu": "york"}, headers=hq).status_code == 201
        text = Browser(world, person("hq")).get("/record").text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "<script>alert" not in text
        assert "<img" not in text


def test_it_goes_on_page_by_page(world: PagesWorld) -> None:
    framework = "plan"
    with world.ledger.store.reading() as connection:
        whole = deeds(connection, framework, before=None, size=100)
        assert whole.before is None
        found: list[Deed] = []
        before = None
        for _ in range(20):
            page = deeds(connection, framework, before=before, size=2)
            assert len(page.deeds) <= 2
            found += page.deeds
            before = page.before
            if before is None:
                break
        assert tuple(found) == whole.deeds
        north = Within(["york", "hull"], ["north"])
        parts: list[object] = []
        before = None
        while True:
            page = deeds(connection, framework, before=before, size=1, within=north)
            parts += page.deeds
            if page.before is None:
                break
            before = page.before
        assert tuple(parts) == deeds(connection, framework, before=None, size=100, within=north).deeds
    last = whole.deeds[-1].recorded_at
    text = Browser(world, person("hq")).get(f"/record?before={whole.deeds[0].recorded_at}").text
    assert len(rows_of(text)) == len(whole.deeds) - 1
    assert "Newest entries" in text
    empty = Browser(world, person("hq")).get(f"/record?before={last}").text
    assert "Nothing is recorded here." in empty


def test_of_another_framework_there_is_nothing(world: PagesWorld) -> None:
    with world.ledger.store.reading() as connection:
        found = deeds(connection, "another", before=None, size=100).deeds
    assert all(deed.returns is None and not deed.events for deed in found)


@pytest.mark.parametrize(
    "before",
    ["x", "2022-08-31", "2022-08-31T09:30:00Z", "2022-08-31T09:30:00.000000Z'", "'; DROP TABLE records; --", "9" * 41,
     "2022-08-31T09:30:00.000000z", "٢٠٢٢-08-31T09:30:00.000000Z"],
)  # fmt: skip
def test_a_moment_that_is_none(world: PagesWorld, before: str) -> None:
    answer = Browser(world, person("hq")).ask("GET", "/record", params={"before": before})
    assert answer.status_code == 422
    assert "Code PF724" in seen(answer).words


def test_on_an_open_service_nobody_is_known(tmp_path: Path) -> None:
    with PagesWorld(tmp_path / "world") as world:
        assert world.post("/v1/returns", [a_return("york", "2022-08-29", 8)]).status_code == 201
        rows = rows_of(Browser(world).get("/record").text)
        assert rows[0][1:3] == ["Not known: the service was open", "HQ"]


def test_looking_records_nothing(world: PagesWorld) -> None:
    before = world.head()
    for who in READERS:
        Browser(world, person(who)).get("/record")
    assert world.head() == before
