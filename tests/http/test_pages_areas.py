"""Pages of regions and the country: returns that have not come, and statuses of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.ledger.view import View
from rules.problems import DisagreementError, Place, Problem
from tests.http.pages_kit import Browser, PagesWorld, seen
from tests.http.reads import LOADER, given, record
from tests.http.test_parents import CHANGES
from tests.http.world import files

_ORGANISATION = (
    files()["organisation.yaml"]
    .replace("name: The North}", "name: The North, contact: north@example.org}")
    .replace("name: Kent, region: south}", "name: Kent, region: south, contact: 0113 496 0000}")
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesWorld]:
    """York has sent all that was due, Hull's return is late, and Kent has never sent one."""
    folder = tmp_path_factory.mktemp("areas")
    with PagesWorld(folder, changes={"organisation.yaml": _ORGANISATION}) as made:
        record(made.ledger, given("york", "2022-08-22", "5"), given("york", "2022-08-29", "5"))
        record(made.ledger, given("hull", "2022-08-22"))
        yield made


@pytest.fixture(scope="module")
def above(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesWorld]:
    """Regions and the country have statuses of their own."""
    with PagesWorld(tmp_path_factory.mktemp("above"), changes=CHANGES) as made:
        for day in ("2022-08-15", "2022-08-22", "2022-08-29"):
            staff = {"york": "5", "hull": "10", "kent": "10"} if day > "2022-08-15" else {}
            record(made.ledger, *(given(pdu, day, staff.get(pdu, "10")) for pdu in ("york", "hull", "kent")))
        made.ledger.tick(LOADER)
        yield made


def owed(world: PagesWorld, path: str) -> list[list[str]]:
    """The table for spreadsheets, without its columns."""
    answer = Browser(world).get(f"{path}?csv=owing")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8", answer.text
    return list(csv.reader(io.StringIO(answer.text, newline="")))[1:]


def test_who_owes_a_return_and_whom_to_ask(world: PagesWorld) -> None:
    page = seen(Browser(world).get("/country"))
    assert "2 of 3 PDUs owe a return" in page.words
    assert "No return yet" in page.words
    assert "Due on 29 August 2022, 2 days ago. The newest is of 22 August 2022." in page.words
    assert "None has ever come. The first was due on 1 August 2022." in page.words
    assert "north@example.org" in page.words
    assert "0113 496 0000" in page.words
    assert owed(world, "/country") == [
        ["kent", "Kent", "The South", "No return yet", "", "2022-08-01", "30", "0113 496 0000"],
        ["hull", "Hull", "The North", "Late", "2022-08-22", "2022-08-29", "2", "north@example.org"],
    ]


def test_a_return_that_is_too_old_comes_before_a_late_one(tmp_path: Path) -> None:
    with PagesWorld(tmp_path) as made:
        record(
            made.ledger, given("york", "2022-08-22"), given("hull", "2022-08-15"), given("kent", "2022-08-29")
        )
        page = seen(Browser(made).get("/country"))
        assert [row[3] for row in owed(made, "/country")] == ["Too old", "Late"]
        told = (
            "Due on 22 August 2022, 9 days ago. The newest is of 15 August 2022, which is too old to count."
        )
        assert told in page.words


def test_a_region_has_its_own(world: PagesWorld) -> None:
    page = seen(Browser(world).get("/regions/north"))
    assert "1 of 2 PDUs owes a return" in page.words
    assert "No return yet" not in page.words
    assert "Whom to ask" in page.words
    assert [row[0] for row in owed(world, "/regions/north")] == ["hull"]
    assert ("/pdus/hull", "Hull") in page.links


def test_it_is_what_the_api_tells(world: PagesWorld) -> None:
    told = world.get("/v1/overdue?kind=missing&kind=stale&kind=late").json()
    entries = {
        (one["pdu"], one["newest"] or "", one["due"], str(one["days"]))
        for region in told["regions"]
        for one in region["owed"]
    }
    assert entries == {(row[0], row[4], row[5], row[6]) for row in owed(world, "/country")}


def test_where_all_has_come_it_says_so(above: PagesWorld) -> None:
    for path in ("/country", "/regions/south"):
        page = seen(Browser(above).get(path))
        assert "None: every return that was due has come." in page.words
        answer = Browser(above).get(f"{path}?csv=owing")
        assert len(answer.text.splitlines()) == 1, "only the columns"


def test_before_the_framework_no_return_is_due(tmp_path: Path) -> None:
    later = {
        name: text.replace("2022-09-05", "2022-11-05").replace("2022-08-", "2022-10-")
        for name, text in files().items()
    }
    with PagesWorld(tmp_path, changes=later) as made:
        answer = Browser(made).get("/country")
        assert answer.status_code == 200, answer.text
        assert "No version of the framework is in force, so no return is due." in seen(answer).words
        assert Browser(made).get("/country?csv=owing").status_code == 404


def test_a_return_takes_a_unit_from_the_list(tmp_path: Path) -> None:
    with PagesWorld(tmp_path) as made:
        browser = Browser(made)
        page = seen(browser.get("/country"))
        assert "3 of 3 PDUs owe a return" in page.words
        assert "Whom to ask" not in page.words, "nobody has said"
        record(made.ledger, given("york", "2022-08-29"))
        assert "2 of 3 PDUs owe a return" in seen(browser.get("/country")).words


# Statuses above the units --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "parent", "status"),
    [
        ("/regions/north", "region:north", "Amber"),
        ("/regions/south", "region:south", "Green"),
        ("/country", "country:everyone", "Amber"),
    ],
)
def test_a_region_and_the_country_have_a_status(
    above: PagesWorld, path: str, parent: str, status: str
) -> None:
    told = above.get(f"/v1/parents/{parent}/status").json()
    page = seen(Browser(above).get(path))
    name = {"region:north": "The North", "region:south": "The South"}.get(parent, "The whole country")
    assert f"{name}: its own status" in page.words
    own = page.words.partition("its own status")[2].partition("How many have each status")[0]
    assert status in own
    assert "Since" in own
    assert told["status"] == status.lower()
    (link,) = [href for href, text in page.links if text.startswith("The whole decision")]
    assert link == f"/decisions/{told['decision']}"


def test_its_decision_leads_back_to_it_and_is_in_force(above: PagesWorld) -> None:
    for parent, home in (("region:north", "/regions/north"), ("country:everyone", "/country")):
        id_ = above.get(f"/v1/parents/{parent}/status").json()["decision"]
        page = seen(Browser(above).get(f"/decisions/{id_}"))
        assert home in [href for href, _ in page.links]
        assert not [href for href, _ in page.links if href.startswith("/pdus/")]
        assert "A later decision is in force now" not in page.words
        for form in ("text", "markdown", "pdf"):
            assert Browser(above).get(f"/decisions/{id_}/{form}").status_code == 200


def test_an_earlier_decision_of_it_says_that_there_is_a_later_one(above: PagesWorld) -> None:
    changes = above.get("/v1/changes?pdu=region:north").json()["changes"]
    earlier = changes[0]["to_decision"]
    assert earlier != above.get("/v1/parents/region:north/status").json()["decision"]
    page = seen(Browser(above).get(f"/decisions/{earlier}"))
    assert "A later decision is in force now" in page.words
    assert ("/regions/north", "See the status today") in page.links


def test_without_rollup_nothing_is_said_of_it(world: PagesWorld) -> None:
    for path in ("/country", "/regions/north"):
        assert "its own status" not in seen(Browser(world).get(path)).words


def test_under_a_version_without_rollup_nothing_is_said_of_it(tmp_path: Path) -> None:
    """The second version, from 5 September, has none."""
    with PagesWorld(tmp_path, changes=CHANGES) as made:
        record(made.ledger, given("york", "2022-08-29"))
        made.clock.pass_days(7)
        answer = Browser(made).get("/regions/north")
        assert answer.status_code == 200, answer.text
        assert "its own status" not in seen(answer).words


def test_one_that_cannot_be_worked_out_keeps_back_nothing_else(
    above: PagesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def differ(self: View, pdu: Any) -> Any:
        raise DisagreementError([Problem("PF900", "They differ.", Place("region:north"))])

    monkeypatch.setattr(View, "decision", differ)
    page = seen(Browser(above).get("/regions/north"))
    assert "The status of The North cannot be worked out now." in page.words
    assert "All 2 PDUs" in page.words
    assert ("/pdus/york", "York") in page.links
