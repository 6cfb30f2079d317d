"""GET /v1/parents and below: regions, and the whole, that have a status of their own.

Region North is by sums of York, Hull and (until 10 August) Leeds, the whole by counts of PDUs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.http.models.decisions import History
from api.http.models.parents import ParentAnswer, ParentList
from api.http.models.status import Status
from tests.http.kit import problem
from tests.http.reads import LOADER, given, past_weeks, record
from tests.http.world import World, a_return, files

ROLLUP = """\
rollup:
  region: {by: sums}
  country:
    by: count
    title: The whole country
    statuses: {amber: {enter: {"units_at[amber]": {at_least: 1}, basis: illustrative}}}
"""
CHANGES = {"plan/v1.yaml": files()["plan/v1.yaml"] + ROLLUP}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Only read."""
    with past_weeks(tmp_path_factory.mktemp("world"), changes=CHANGES) as found:
        found.ledger.tick(LOADER)
        yield found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[World]:
    """Of a test's own."""
    with past_weeks(tmp_path, changes=CHANGES) as found:
        yield found


def test_all_parents_with_those_below_them(world: World) -> None:
    answer = world.get("/v1/parents")
    assert answer.status_code == 200
    page = ParentList.model_validate_json(answer.content)
    assert [(one.parent, one.level, one.children) for one in page.parents] == [
        ("region:north", "region", ["hull", "york"]),
        ("region:south", "region", ["kent"]),
        ("country:everyone", "country", ["hull", "kent", "york"]),
    ]
    assert [one.current.status if one.current else None for one in page.parents] == [
        "amber",
        "green",
        "amber",
    ]
    assert page.parents[2].name == "The whole country"


def test_one_parent(world: World) -> None:
    answer = world.get("/v1/parents/region:north")
    one = ParentAnswer.model_validate_json(answer.content)
    assert (one.name, one.children) == ("The North", ["hull", "york"])
    assert one.current is not None
    assert (one.current.pdu, one.current.region, one.current.recorded) == ("region:north", "north", True)
    again = world.get("/v1/parents/region:north", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_status_is_the_short_answer_of_any_unit(world: World) -> None:
    answer = world.get("/v1/parents/region:north/status")
    told = Status.model_validate_json(answer.content)
    # 75% of York and 100% of Hull are 87.5%, below 88 for two weeks on 29 August.
    assert (told.status, told.since, told.previous) == ("amber", "2022-08-29", "green")
    decision = world.get(f"/v1/decisions/{told.decision}").json()
    assert (decision["id"], decision["pdu"]["name"]) == (told.decision, "The North")
    assert [one["value"] for one in decision["measures"]] == ["87.5"]


def test_as_at_a_day_and_as_known_at_a_moment(world: World) -> None:
    before = world.get("/v1/parents/region:north/status?as_of=2022-08-23").json()
    assert (before["status"], before["as_of"]) == ("green", "2022-08-23")
    known = world.get("/v1/parents/region:north/status?as_of=2022-08-29&known_at=2022-08-24T00:00:00Z").json()
    assert (known["status"], known["recorded"]) == ("green", False)
    later = world.get("/v1/parents/country:everyone/decision?as_of=2022-09-03").json()
    assert (later["status"], later["decided_at"], later["asked"]["as_of"]) == ("amber", None, "2022-09-03")


def test_the_decision_has_its_reasons(world: World) -> None:
    decision = world.get("/v1/parents/country:everyone/decision").json()
    (enter,) = [one for one in decision["conditions"] if one["rule"] == "enter.amber"]
    assert (enter["measure"], enter["value"], enter["holds"]) == ("units_at[amber]", "1", True)
    assert [one["activity"] for one in decision["protected"]] == ["mappa"]


def test_the_status_over_time(world: World) -> None:
    answer = world.get("/v1/parents/country:everyone/history?from=2022-08-15&until=2022-08-31")
    told = History.model_validate_json(answer.content)
    assert [(str(one.first), str(one.last), one.status) for one in told.stretches] == [
        ("2022-08-15", "2022-08-28", "green"),
        ("2022-08-29", "2022-08-31", "amber"),
    ]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_decision_on_a_parent_is_explained(world: World, form: str) -> None:
    id_ = world.get("/v1/parents/country:everyone/status").json()["decision"]
    answer = world.get(f"/v1/decisions/{id_}/report?format={form}")
    assert answer.status_code == 200
    assert "The whole country" in answer.text
    assert "PDUs at this status or a more severe one (Amber)" in " ".join(answer.text.split())


def test_a_return_over_http_decides_parents(fresh: World) -> None:
    cursor = fresh.get("/v1/statuses").json()["changes"]
    assert fresh.post("/v1/returns", a_return("kent", "2022-08-31", staff=2)).status_code in (200, 201)
    assert fresh.get("/v1/parents/region:south/status").json()["as_of"] == "2022-08-31"
    told = fresh.get(f"/v1/changes?after={cursor}&pdu=region:south").json()["changes"]
    assert {one["pdu"] for one in told} <= {"region:south"}
    decided = fresh.get("/v1/parents/region:south/decision").json()
    assert [one["value"] for one in decided["measures"]] == ["60.0"]


def test_the_feed_tells_of_parents_by_their_ids(world: World) -> None:
    told = world.get("/v1/changes?region=north").json()["changes"]
    assert {one["pdu"] for one in told} == {"york", "hull", "region:north"}
    told = world.get("/v1/changes?pdu=country:everyone").json()["changes"]
    assert {one["region"] for one in told} == {"country:everyone"}
    assert [one["to_status"] for one in told][-1] == "amber"


def test_units_and_their_lists_are_as_ever(world: World) -> None:
    assert [one["pdu"] for one in world.get("/v1/statuses").json()["statuses"]] == ["hull", "kent", "york"]
    assert [one["pdu"] for one in world.get("/v1/pdus").json()["pdus"]] == ["hull", "kent", "york"]
    assert world.get("/v1/pdus/york/status").json()["status"] == "amber"


@pytest.mark.parametrize(
    ("path", "code", "status", "words"),
    [
        ("/v1/parents/region:nort", "PF720", 404, "Did you mean region:north?"),
        ("/v1/parents/north/status", "PF720", 404, "Nothing called north has a status of its own."),
        ("/v1/parents/york/decision", "PF720", 404, "Nothing called york"),
        ("/v1/parents/country:all/history", "PF720", 404, "Nothing called country:all"),
        ("/v1/pdus/region:north/status", "PF720", 404, "There is no PDU region:north."),
        ("/v1/parents/region:north/status?as_of=2022-02-30", "PF730", 422, "as_of"),
        ("/v1/parents/region:north/decision?as_of=1800-01-01", "PF730", 422, "as_of"),
        ("/v1/parents/region:north/status?known_at=2032-01-01T00:00:00Z", "PF730", 422, "known_at"),
        (
            "/v1/parents/region:north/status?known_at=2000-01-01T00:00:00Z",
            "PF720",
            404,
            "Nothing was recorded",
        ),
        ("/v1/parents/region:north/history?from=2022-09-01&until=2022-08-01", "PF730", 422, "Swap them."),
        ("/v1/parents?region=north", "PF724", 422, "region"),
        ("/v1/changes?pdu=region:nowhere", "PF724", 422, "region:nowhere"),
    ],
)
def test_what_there_is_not_is_refused(world: World, path: str, code: str, status: int, words: str) -> None:
    answer = world.get(path)
    problem(answer, status, code)
    assert words in answer.text


def test_a_day_before_the_framework_has_no_status(world: World) -> None:
    answer = world.get("/v1/parents/region:north/status?as_of=2022-07-01")
    problem(answer, 404, "PF720")


def test_a_version_without_rollup_gives_no_status(world: World) -> None:
    """The second version begins on 5 September."""
    answer = world.get("/v1/parents/region:north/status?as_of=2022-09-06")
    problem(answer, 404, "PF720")
    assert "The version of plan in force on 2022-09-06 gives The North no status of its own." in answer.text


def test_without_rollup_there_are_no_parents(tmp_path: Path) -> None:
    with past_weeks(tmp_path) as plain:
        record(plain.ledger, given("york", "2022-08-30", "5"))
        assert plain.get("/v1/parents").json() == {"parents": []}
        assert plain.get("/v1/parents/region:north").status_code == 404
        assert {one["pdu"] for one in plain.get("/v1/changes").json()["changes"]} == {"york", "hull", "kent"}
