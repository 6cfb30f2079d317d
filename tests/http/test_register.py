"""GET /v1/pdus and GET /v1/pdus/{pdu}."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.http.cursors import cursor
from api.http.models.register import Register, RegisteredPdu
from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.reads import given, past_weeks, record
from tests.http.world import World
from tests.small_policy import ORGANISATION

REGISTER = ORGANISATION.replace("name: The North}", "name: The North, contact: north@example.test}").replace(
    "name: Kent, region: south}",
    "name: Kéntish Straße, region: south, from: 2022-08-01, code: K1, tags: [coast, rural], contact: Jo}",
) + (
    "  - {id: leeds-north, name: Leeds North, region: north, from: 2022-08-11, replaces: [leeds]}\n"
    "  - {id: zeal, name: Zeal, region: south, from: 2023-01-01}\n"
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Only read."""
    with past_weeks(tmp_path_factory.mktemp("world"), changes={"organisation.yaml": REGISTER}) as found:
        yield found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[World]:
    """Of a test's own."""
    with past_weeks(tmp_path, changes={"organisation.yaml": REGISTER}) as found:
        yield found


def ids(world: World, query: str = "") -> list[str]:
    answer = world.get(f"/v1/pdus?{query}")
    page = Register.model_validate_json(answer.content)
    return [one.pdu for one in page.pdus]


def test_who_is_there_today(world: World) -> None:
    assert ids(world) == ["hull", "kent", "leeds-north", "york"]
    assert world.get("/v1/pdus").json()["next"] is None


def test_one_with_everything(world: World) -> None:
    answer = world.get("/v1/pdus/kent")
    RegisteredPdu.model_validate_json(answer.content)
    told = answer.json()
    current = told.pop("current")
    assert told == {
        "pdu": "kent",
        "name": "Kéntish Straße",
        "region": "south",
        "region_name": "The South",
        "code": "K1",
        "tags": ["coast", "rural"],
        "contact": "Jo",
        "from": "2022-08-01",
        "until": None,
        "replaces": [],
    }
    assert current == world.get("/v1/pdus/kent/status").json()


def test_contact_is_the_regions_where_there_is_none(world: World) -> None:
    assert world.get("/v1/pdus/york").json()["contact"] == "north@example.test"


def test_one_that_has_ended_and_one_to_come(world: World) -> None:
    ended = world.get("/v1/pdus/leeds").json()
    assert (ended["until"], ended["current"]) == ("2022-08-10", None)
    assert world.get("/v1/pdus/leeds-north").json()["replaces"] == ["leeds"]
    assert world.get("/v1/pdus/zeal").json()["current"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("region=north", ["hull", "leeds-north", "york"]),
        ("status=amber", ["york"]),
        ("status=green&region=south", ["kent"]),
        ("status=indeterminate", ["leeds-north"]),
        ("status=suspended", []),
        ("q=YOR", ["york"]),
        ("q=kentish", ["kent"]),
        ("q=K%C3%89NT", ["kent"]),
        ("q=ke%CC%81nt", ["kent"]),
        ("q=STRASSE", ["kent"]),
        ("q=north", ["leeds-north"]),
        ("q=", ["hull", "kent", "leeds-north", "york"]),
        ("q=nobody", []),
        ("q=%25", []),
        ("region=south&status=amber&q=k", []),
    ],
)
def test_filters(world: World, query: str, found: list[str]) -> None:
    assert ids(world, query) == found


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 500])
def test_pages_join_up(world: World, limit: int) -> None:
    seen: list[str] = []
    after = ""
    for _ in range(9):
        page = world.get(f"/v1/pdus?limit={limit}{after}").json()
        assert len(page["pdus"]) <= limit
        seen += [one["pdu"] for one in page["pdus"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == ["hull", "kent", "leeds-north", "york"]


def test_a_page_goes_on_though_statuses_change(fresh: World) -> None:
    first = fresh.get("/v1/pdus?limit=1&status=green").json()
    record(fresh.ledger, given("hull", "2022-08-22", "5"), given("hull", "2022-08-29", "5"))
    rest = fresh.get(f"/v1/pdus?status=green&after={first['next']}").json()
    assert [one["pdu"] for one in rest["pdus"]] == ["kent"]


def test_etags(world: World) -> None:
    for path in ("/v1/pdus", "/v1/pdus/york", "/v1/pdus?q=y"):
        tag = world.get(path).headers["etag"]
        assert world.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("region=nort", "PF724"),
        ("region=", "PF724"),
        ("status=ambre", "PF724"),
        ("status=AMBER", "PF724"),
        ("limit=0", "PF724"),
        ("limit=501", "PF724"),
        ("limit=many", "PF724"),
        ("limit=1.5", "PF724"),
        ("q=" + "x" * 201, "PF724"),
        ("name=york", "PF724"),
        ("q=a&q=b", "PF724"),
        ("as_of=2022-08-01", "PF724"),
        ("after=", "PF729"),
        ("after=york", "PF729"),
        ("after=" + "A" * 500, "PF729"),
        ("after=%00", "PF729"),
        ("after=" + cursor("changes", "york"), "PF729"),
        ("after=" + cursor("pdus", "york", "more"), "PF729"),
        ("after=" + cursor("pdus", "york")[:-1], "PF729"),
        ("after=" + cursor("pdus", "york").swapcase(), "PF729"),
    ],
)
def test_wrong_questions(world: World, query: str, code: str) -> None:
    told = problem(world.get(f"/v1/pdus?{query}"), 422, code)
    assert told["problems"][0]["path"] == f"/{query.partition('=')[0]}"


@pytest.mark.parametrize("pdu", ["yorkk", "YORK", "%20", "york%00", "x" * 2000])
def test_no_such_pdu(world: World, pdu: str) -> None:
    problem(world.get(f"/v1/pdus/{pdu}"), 404, "PF720")


def test_stray_parameters_of_one(world: World) -> None:
    problem(world.get("/v1/pdus/york?as_of=2022-08-01"), 422, "PF724")


@pytest.mark.parametrize("path", ["/v1/pdus", "/v1/pdus/york"])
def test_only_for_those_who_may(tmp_path: Path, path: str) -> None:
    issuer = Issuer()
    with past_weeks(tmp_path, issuer=issuer) as world:
        problem(world.get(path), 401, "PF727")
        problem(world.get(path, headers=issuer.bearer("operator")), 403, "PF728")
        assert world.get(path, headers=issuer.bearer("pdu-head")).status_code == 200
