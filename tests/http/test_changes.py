"""GET /v1/changes: nothing is left out, and nothing comes twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.http.cursors import cursor
from api.http.models.changes import Changes
from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.reads import LOADER, given, past_weeks, record
from tests.http.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Only read."""
    with past_weeks(tmp_path_factory.mktemp("world")) as found:
        found.ledger.tick(LOADER)
        yield found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[World]:
    """Of a test's own."""
    with past_weeks(tmp_path) as found:
        found.ledger.tick(LOADER)
        yield found


def page(world: World, query: str = "") -> dict[str, Any]:
    answer = world.get(f"/v1/changes?{query}")
    Changes.model_validate_json(answer.content)
    told: dict[str, Any] = answer.json()
    return told


def everything(world: World, query: str = "", limit: int = 1000) -> list[dict[str, Any]]:
    found, after = [], ""
    while True:
        told = page(world, f"limit={limit}{query}{after}")
        found += told["changes"]
        if not told["more"]:
            return found
        after = f"&after={told['next']}"


def test_what_changed(world: World) -> None:
    of_york = [one for one in everything(world) if one["pdu"] == "york" and one["to_status"] == "amber"]
    assert len(of_york) == 1
    change = of_york[0]
    assert (change["as_of"], change["from_status"], change["cause"]) == ("2022-08-29", "green", "return")
    assert change["recorded_at"] == "2022-08-30T09:00:00.000000Z"
    assert {"status", "since"} <= set(change["kinds"])
    now = world.get("/v1/pdus/york/status").json()
    assert now["decision"] == change["to_decision"]


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 1000])
def test_pages_of_any_size_join_up(world: World, limit: int) -> None:
    whole = everything(world)
    numbers = [one["number"] for one in whole]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 5
    assert everything(world, limit=limit) == whole


def test_pollers_go_on(fresh: World) -> None:
    """Whatever is written between and during polls, each change is seen once and in order."""
    seen: list[int] = []
    after = ""
    for staff in ("5", "10", "4", "9", "10", "3"):
        told = page(fresh, f"limit=2{after}")
        seen += [one["number"] for one in told["changes"]]
        after = f"&after={told['next']}"
        record(fresh.ledger, given("hull", "2022-08-29", staff), given("kent", "2022-08-29", staff))
    while told["more"] or told["changes"]:
        told = page(fresh, f"limit=2{after}")
        seen += [one["number"] for one in told["changes"]]
        after = f"&after={told['next']}"
    assert seen == [one["number"] for one in everything(fresh)]


def test_next_is_given_where_nothing_is_new(fresh: World) -> None:
    last = page(fresh, "limit=1000")
    empty = page(fresh, f"after={last['next']}")
    assert (empty["changes"], empty["more"], empty["next"]) == ([], False, last["next"])
    record(fresh.ledger, given("hull", "2022-08-22", "5"), given("hull", "2022-08-29", "5"))
    assert {one["pdu"] for one in page(fresh, f"after={last['next']}")["changes"]} == {"hull"}


def test_from_statuses_to_changes(fresh: World) -> None:
    """The statuses and what changes after them are the whole."""
    cursor_ = fresh.get("/v1/statuses").json()["changes"]
    assert page(fresh, f"after={cursor_}")["changes"] == []
    record(fresh.ledger, given("york", "2022-08-29", "10"))
    told = page(fresh, f"after={cursor_}")["changes"]
    assert [(one["pdu"], one["to_status"], one["cause"]) for one in told] == [("york", "green", "correction")]
    past = fresh.get("/v1/statuses?known_at=2022-08-30T08:00:00Z").json()
    later = page(fresh, f"after={past['changes']}&pdu=york&limit=1000")["changes"]
    assert [one["to_status"] for one in later if "status" in one["kinds"]][-2:] == ["amber", "green"]


def test_filters(world: World) -> None:
    whole = everything(world)
    assert everything(world, "&region=north", 2) == [one for one in whole if one["region"] == "north"]
    assert everything(world, "&pdu=kent", 1) == [one for one in whole if one["pdu"] == "kent"]
    assert everything(world, "&pdu=kent&region=north") == []
    assert page(world, "pdu=leeds")["next"] == page(world, "limit=1000")["next"], "all was looked through"


def test_a_cursor_is_good_after_a_restart(world: World, tmp_path: Path) -> None:
    first = page(world, "limit=2")
    rest = page(world, f"after={first['next']}&limit=1000")
    with World(tmp_path / "again", url=world.ledger.store.url) as other:
        assert page(other, f"after={first['next']}&limit=1000") == rest


def test_a_cursor_of_another_ledger_is_refused(fresh: World, tmp_path: Path) -> None:
    told = page(fresh, "limit=2")
    record(fresh.ledger, given("hull", "2022-08-30", "8"))
    with past_weeks(tmp_path / "other") as other:
        record(other.ledger, given("hull", "2022-08-30", "7"))
        answer = other.get(f"/v1/changes?after={page(fresh, 'limit=1000')['next']}")
        found = problem(answer, 422, "PF729")
        assert "/v1/statuses" in found["problems"][0]["hint"]
    assert page(fresh, f"after={told['next']}")["changes"]


def test_a_ledger_put_back_is_noticed(fresh: World, tmp_path: Path) -> None:
    """A backup has fewer records: who has seen more must not wait for them in silence."""
    fresh.ledger.close()
    for file in tmp_path.glob("ledger.sqlite3*"):
        shutil.copy(file, tmp_path / file.name.replace("ledger", "backup"))
    record(fresh.ledger, given("hull", "2022-08-22", "5"), given("hull", "2022-08-29", "5"))
    seen = page(fresh, "limit=1000")["next"]
    with World(tmp_path / "restored", url=f"sqlite:///{tmp_path}/backup.sqlite3") as restored:
        problem(restored.get(f"/v1/changes?after={seen}"), 422, "PF729")


MADE_UP = [
    "",
    "0",
    "1",
    "-1",
    "abc",
    "A" * 401,
    "%00",
    "\u0660",
    cursor("changes", "1"),
    cursor("changes", "1", "abc", "def"),
    cursor("pdus", "york"),
    cursor("changes", "-1", "0" * 16),
    cursor("changes", "1e3", "0" * 16),
    cursor("changes", "9" * 30, "0" * 16),
    cursor("changes", "999999999", "0" * 16),
    cursor("changes", "1", "0" * 16),
    cursor("changes", "\u0661", "0" * 16),
]


@pytest.mark.parametrize("after", MADE_UP)
def test_made_up_cursors(world: World, after: str) -> None:
    told = problem(world.get("/v1/changes", params={"after": after}), 422, "PF729")
    assert told["problems"][0]["path"] == "/after"


@pytest.mark.parametrize("cut", [1, 2, 5, 20])
def test_cut_cursors(world: World, cut: int) -> None:
    whole = page(world, "limit=1")["next"]
    for part in (whole[:-cut], whole[cut:], whole + "A" * cut):
        problem(world.get("/v1/changes", params={"after": part}), 422, "PF729")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=1001", "limit=-1", "limit=all", "region=nort", "region=", "pdu=yorkk", "pdu=",
        "since=2022-08-01", "limit=1&limit=2", "pdu=york&pdu=hull",
    ],
)  # fmt: skip
def test_wrong_questions(world: World, query: str) -> None:
    told = problem(world.get(f"/v1/changes?{query}"), 422, "PF724")
    assert told["problems"][0]["path"] == f"/{query.partition('=')[0]}"


def test_only_for_those_who_may(tmp_path: Path) -> None:
    issuer = Issuer()
    with past_weeks(tmp_path, issuer=issuer) as world:
        problem(world.get("/v1/changes"), 401, "PF727")
        problem(world.get("/v1/changes", headers=issuer.bearer("operator")), 403, "PF728")
        assert world.get("/v1/changes", headers=issuer.bearer("viewer")).status_code == 200
