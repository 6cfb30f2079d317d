"""GET /v1/pdus/{pdu}/status and GET /v1/statuses."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from api.http.models.status import Status, Statuses
from engine.ledger.ledger import Ledger
from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.reads import given, past_weeks, record
from tests.http.world import World

YORK = "/v1/pdus/york/status"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Only read."""
    with past_weeks(tmp_path_factory.mktemp("world")) as found:
        yield found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[World]:
    """Of a test's own."""
    with past_weeks(tmp_path) as found:
        yield found


def test_the_status_now(world: World) -> None:
    answer = world.get(YORK)
    told = answer.json()
    Status.model_validate_json(answer.content)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "private, no-cache"
    decision = told.pop("decision")
    assert decision.startswith("sha256:")
    assert told == {
        "pdu": "york",
        "name": "York",
        "region": "north",
        "as_of": "2022-08-31",
        "known_at": None,
        "status": "amber",
        "since": "2022-08-29",
        "previous": "green",
        "calculated": "amber",
        "calculated_since": "2022-08-29",
        "review_by": None,
        "framework": {"id": "plan", "version": "v1"},
        "decided_for": "2022-08-29",
        "recorded": True,
    }
    with world.ledger.view() as view:
        recorded = view.decision(view.policy.pdus["york"])
    assert not hasattr(recorded, "message")
    assert recorded["id"] == decision


@pytest.mark.parametrize(
    ("query", "status", "decided_for"),
    [
        ("as_of=2022-08-28", "green", "2022-08-22"),
        ("as_of=2022-08-29", "amber", "2022-08-29"),
        ("known_at=2022-08-29T12:00:00Z", "green", "2022-08-29"),
        ("as_of=2022-08-23&known_at=2022-08-29T12:00:00Z", "green", "2022-08-22"),
        ("as_of=2022-08-30&known_at=2022-08-30T08:59:59Z", "green", "2022-08-30"),
        ("as_of=2022-08-30&known_at=2022-08-30T09:00:00Z", "amber", "2022-08-29"),
        ("as_of=2022-08-30&known_at=2022-08-30T10:00:00%2B01:00", "amber", "2022-08-29"),
        ("as_of=2022-08-30&known_at=2022-08-30t09:00:00.000000999z", "amber", "2022-08-29"),
    ],
)
def test_as_at_a_day_and_as_known_at_a_moment(
    world: World, query: str, status: str, decided_for: str
) -> None:
    answer = world.get(f"{YORK}?{query}")
    told = Status.model_validate_json(answer.content)
    assert (told.status, told.decided_for) == (status, decided_for)


def test_a_day_to_come_is_decided_and_not_recorded(world: World) -> None:
    head = world.head()
    told = world.get(f"{YORK}?as_of=2022-09-20").json()
    assert (told["status"], told["recorded"], told["decided_for"]) == ("indeterminate", False, "2022-09-20")
    assert told["framework"]["version"] == "v2"
    assert world.get(f"{YORK}?as_of=9999-12-31").json()["status"] == "indeterminate"
    assert world.get(f"{YORK}?as_of=2022-09-20").json() == told
    assert world.head() == head or world.ledger.texts()[0].seq < head  # at most today was settled


def test_today_by_its_name_is_the_same(world: World) -> None:
    assert world.get(f"{YORK}?as_of=2022-08-31").content == world.get(YORK).content
    assert world.get("/v1/statuses?as_of=2022-08-31").content == world.get("/v1/statuses").content


def test_history_agrees_with_what_was_ready(world: World) -> None:
    """The quick way and the long way give the same answers."""
    ready = {one["pdu"]: one for one in world.get("/v1/statuses").json()["statuses"]}
    moment = "2022-08-31T09:30:00Z"
    long = world.get(f"/v1/statuses?known_at={moment}").json()["statuses"]
    assert {one["pdu"]: {**one, "known_at": None} for one in long} == ready
    for pdu, told in ready.items():
        assert world.get(f"/v1/pdus/{pdu}/status").json() == told


def test_etag_says_whether_it_changed(fresh: World) -> None:
    tag = fresh.get(YORK).headers["etag"]
    for form in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = fresh.get(YORK, headers={"If-None-Match": form})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    old = fresh.get(f"{YORK}?as_of=2022-08-28")
    assert (
        fresh.get(f"{YORK}?as_of=2022-08-28", headers={"If-None-Match": old.headers["etag"]}).status_code
        == 304
    )
    record(fresh.ledger, given("kent", "2022-08-30", "9"))
    assert fresh.get(YORK, headers={"If-None-Match": tag}).status_code == 304, "of York nothing changed"
    record(fresh.ledger, given("york", "2022-08-29", "10"))
    changed = fresh.get(YORK, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.json()["status"]) == (200, "green")


@pytest.mark.parametrize("tag", ['"other"', '""', "nonsense", 'W/"0"', ","])
def test_another_etag_is_no_match(world: World, tag: str) -> None:
    assert world.get(YORK, headers={"If-None-Match": tag}).status_code == 200


def test_head_has_no_body(world: World) -> None:
    answer = world.ask("HEAD", YORK)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == world.get(YORK).headers["etag"]


def test_whoever_wrote_is_read_at_once(fresh: World) -> None:
    """Also what another worker has written."""
    assert fresh.get("/v1/pdus/hull/status").json()["status"] == "green"
    other = Ledger(fresh.ledger.store.url, clock=fresh.clock)
    record(other, given("hull", "2022-08-22", "5"), given("hull", "2022-08-29", "5"))
    other.close()
    assert fresh.get("/v1/pdus/hull/status").json()["status"] == "amber"
    both = {one["pdu"]: one["status"] for one in fresh.get("/v1/statuses").json()["statuses"]}
    assert both == {"hull": "amber", "kent": "green", "york": "amber"}


def test_all_forms_say_the_same(world: World) -> None:
    answer = world.get("/v1/statuses")
    told = Statuses.model_validate_json(answer.content)
    rows = [one.model_dump() for one in told.statuses]
    assert [row["pdu"] for row in rows] == ["hull", "kent", "york"], "Leeds has ended"
    assert answer.headers["vary"] == "accept"
    lines = world.get("/v1/statuses", headers={"Accept": "application/x-ndjson"})
    assert [json.loads(line) for line in lines.text.splitlines()] == rows
    table = world.get("/v1/statuses", headers={"Accept": "text/csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    cells = list(csv.DictReader(io.StringIO(table.text)))
    assert [(row["pdu"], row["status"], row["decision"], row["recorded"]) for row in cells] == [
        (row["pdu"], row["status"], row["decision"], "true") for row in rows
    ]
    assert [row["version"] for row in cells] == ["v1"] * 3
    assert len({form.headers["etag"] for form in (answer, lines, table)}) == 3


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "application/json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/csv;q=0.5, application/x-ndjson", "application/x-ndjson"),
        ("application/json;q=0, */*", "application/x-ndjson"),
        ("TEXT/CSV", "text/csv; charset=utf-8"),
        ("text/html, application/*;q=0.1", "application/json"),
        ("", "application/json"),
    ],
)
def test_accept_is_weighed(world: World, accept: str, given: str) -> None:
    assert world.get("/v1/statuses", headers={"Accept": accept}).headers["content-type"] == given


def test_a_region_and_a_day(world: World) -> None:
    def ids(query: str) -> list[str]:
        return [one["pdu"] for one in world.get(f"/v1/statuses?{query}").json()["statuses"]]

    assert ids("region=north") == ["hull", "york"]
    assert ids("region=south&as_of=2022-08-05") == ["kent"]
    assert ids("as_of=2022-08-05") == ["hull", "kent", "leeds", "york"]
    assert ids("as_of=1999-01-01") == [], "no version is in force"


def test_a_formula_in_a_name_is_only_text(tmp_path: Path) -> None:
    from tests.small_policy import ORGANISATION

    register = ORGANISATION.replace("name: Kent", "name: '=1+1'")
    with World(tmp_path, changes={"organisation.yaml": register}) as world:
        table = world.get("/v1/statuses", headers={"Accept": "text/csv"}).text
    assert [row["name"] for row in csv.DictReader(io.StringIO(table))] == ["Hull", "'=1+1", "York"]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/v1/pdus/yorkk/status", "There is no PDU yorkk. Did you mean york?"),
        ("/v1/pdus/YORK/status", "There is no PDU YORK."),
        ("/v1/pdus/leeds/status", "Leeds does not exist on 2022-08-31."),
        ("/v1/pdus/leeds/status?as_of=2022-08-11", "Leeds does not exist on 2022-08-11."),
        ("/v1/pdus/york/status?as_of=2022-07-31", "No version of plan is in force on 2022-07-31."),
        ("/v1/pdus/yorkk/status?as_of=2022-08-15", "There is no PDU yorkk. Did you mean york?"),
        (
            "/v1/pdus/york/status?known_at=2022-08-01T00:00:00Z",
            "Nothing was recorded by 2022-08-01T00:00:00.000000Z.",
        ),
        (
            "/v1/pdus/york/status?known_at=0999-08-01T00:00:00Z",
            "Nothing was recorded by 0999-08-01T00:00:00.000000Z.",
        ),
        (
            "/v1/statuses?known_at=2022-08-01T00:00:00Z",
            "Nothing was recorded by 2022-08-01T00:00:00.000000Z.",
        ),
        (f"/v1/pdus/{'x' * 300}/status", f"There is no PDU {'x' * 100}…."),
        (f"/v1/pdus/{quote('=<b>')}/status", "There is no PDU =<b>."),
    ],
)
def test_no_answer_is_a_404_that_says_why(world: World, path: str, detail: str) -> None:
    assert problem(world.get(path), 404, "PF720")["detail"].startswith(detail)


@pytest.mark.parametrize("route", [YORK, "/v1/statuses"])
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("as_of=2022-02-30", "PF730"),
        ("as_of=2022-8-1", "PF730"),
        ("as_of=10000-01-01", "PF730"),
        ("as_of=0000-01-01", "PF730"),
        ("as_of=20220801", "PF730"),
        ("as_of=1661731200", "PF730"),
        ("as_of=", "PF730"),
        ("as_of=today", "PF730"),
        ("as_of=2022-08-01T00:00:00Z", "PF730"),
        ("as_of=%D9%A2%D9%A0%D9%A2%D9%A2-08-01", "PF730"),
        ("known_at=2022-08-29", "PF730"),
        ("known_at=2022-08-29T12:00:00", "PF730"),
        ("known_at=2022-08-29T12:00:00+01:00", "PF730"),
        ("known_at=2022-08-29T25:00:00Z", "PF730"),
        ("known_at=2022-08-29T23:59:60Z", "PF730"),
        ("known_at=0001-01-01T00:00:00%2B14:00", "PF730"),
        ("known_at=2022-08-29T12:00:00%2B99:00", "PF730"),
        ("known_at=2022-08-31T09:30:01Z", "PF730"),
        ("known_at=9999-12-31T23:59:59Z", "PF730"),
        ("known_at=now", "PF730"),
        ("asof=2022-08-29", "PF724"),
        ("as_of=2022-08-29&as_of=2022-08-30", "PF724"),
    ],
)
def test_a_wrong_day_or_moment_is_refused(world: World, route: str, query: str, code: str) -> None:
    told = problem(world.get(f"{route}?{query}"), 422, code)
    assert told["problems"][0]["file"] == "query"
    assert told["problems"][0]["path"] == f"/{query.partition('=')[0]}"


def test_hints_for_moments(world: World) -> None:
    def hint(moment: str) -> str:
        return str(problem(world.get(f"{YORK}?known_at={moment}"), 422, "PF730")["problems"][0]["hint"])

    assert "%2B" in hint("2022-08-29T12:00:00+01:00")
    assert "offset" in hint("2022-08-29T12:00:00")


def test_what_is_recorded_may_be_asked_for_though_the_clock_is_behind(fresh: World) -> None:
    record(fresh.ledger, given("kent", "2022-08-30", "9"))
    fresh.clock.now = fresh.clock.now - datetime.timedelta(seconds=1)
    moment = "2022-08-31T09:30:00Z"
    assert fresh.get(f"{YORK}?known_at={moment}").status_code == 200
    problem(fresh.get(f"{YORK}?known_at=2022-08-31T09:30:01Z"), 422, "PF730")


@pytest.mark.parametrize(
    "accept", ["image/png", "text/html", "application/json;q=0", "*/*;q=0", "json", "*/*;q=nan"]
)
def test_other_forms_cannot_be_had(world: World, accept: str) -> None:
    told = problem(world.get("/v1/statuses", headers={"Accept": accept}), 406, "PF732")
    assert "text/csv" in told["detail"]
    problem(world.get("/v1/statuses?region=north", headers={"Accept": accept}), 406, "PF732")


@pytest.mark.parametrize(
    ("region", "hint"), [("nort", "Did you mean north?"), ("", None), ("North", "north"), ("x" * 300, None)]
)
def test_an_unknown_region_is_refused(world: World, region: str, hint: str | None) -> None:
    for more in ("", "&as_of=2022-08-20"):
        told = problem(world.get(f"/v1/statuses?region={region}{more}"), 422, "PF724")
        assert hint is None or hint in told["problems"][0]["hint"]


@pytest.mark.parametrize("path", [YORK, "/v1/statuses", f"{YORK}?as_of=2022-08-20"])
def test_only_for_those_who_may(tmp_path: Path, path: str) -> None:
    issuer = Issuer()
    with past_weeks(tmp_path, issuer=issuer) as world:
        problem(world.get(path), 401, "PF727")
        problem(world.get(path, headers={"Authorization": "Bearer x.y.z"}), 401, "PF727")
        problem(world.get(path, headers=issuer.bearer("operator")), 403, "PF728")
        problem(world.get(path, headers=issuer.bearer()), 403, "PF728")
        assert world.get(path, headers=issuer.bearer("viewer")).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_written_here(world: World, method: str) -> None:
    problem(world.ask(method, YORK), 405, "PF721")
