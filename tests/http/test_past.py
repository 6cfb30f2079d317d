"""Answers about the past that are kept: asked of the ledger once, and never out of date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.http import past as module
from api.http.routes import statuses as routes
from engine.ledger.ledger import Ledger
from rules.problems import Place, Problem, StoreError
from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.reads import LOADER, at, given, past_weeks, record
from tests.http.world import World
from tests.ledger.stores import postgresql_url

__all__ = ["postgresql_url"]
YORK = "/v1/pdus/york/status?as_of=2022-08-28"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with past_weeks(tmp_path) as found:
        yield found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the ledger was asked for."""
    found: list[str] = []
    for name in ("_status", "_statuses"):
        work = getattr(routes, name)

        def counted(*given: Any, work: Any = work, name: str = name) -> Any:
            found.append(name)
            return work(*given)

        monkeypatch.setattr(routes, name, counted)
    return found


@pytest.mark.parametrize(
    "path",
    [
        YORK,
        "/v1/pdus/york/status?known_at=2022-08-30T08:00:00Z",
        "/v1/pdus/york/status?as_of=2022-09-20",
        "/v1/statuses?as_of=2022-08-28",
        "/v1/statuses?as_of=2022-08-28&region=north",
    ],
)
def test_the_same_question_is_asked_once(world: World, asked: list[str], path: str) -> None:
    first = world.get(path)
    again = [world.get(path) for _ in range(3)]
    assert first.status_code == 200
    assert len(asked) == 1
    for one in again:
        assert one.content == first.content
        assert dict(one.headers) | {"x-request-id": ""} == dict(first.headers) | {"x-request-id": ""}
    same = world.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert len(asked) == 1
    assert world.ask("HEAD", path).headers["etag"] == first.headers["etag"]


def test_it_is_asked_anew_after_each_write_and_each_day(world: World, asked: list[str]) -> None:
    assert world.get(YORK).json()["status"] == "green"
    record(world.ledger, given("york", "2022-08-15", "5"))
    assert world.get(YORK).json()["status"] == "amber", "a correction of the weeks before"
    assert len(asked) == 2
    at(world.clock, "2022-09-20T09:00:00+00:00")
    later = "/v1/pdus/york/status?as_of=2022-09-25"
    assert world.get(later).json()["status"] == "indeterminate"
    at(world.clock, "2022-09-25T09:00:00+00:00")
    assert world.get(later).json()["recorded"], "it is today by now"


def test_another_workers_write_is_seen(tmp_path: Path, postgresql_url: str, asked: list[str]) -> None:
    with World(tmp_path, url=postgresql_url) as world, Ledger(postgresql_url, clock=world.clock) as other:
        record(other, given("york", "2022-08-22"), given("york", "2022-08-29"))
        assert [world.get(YORK).json()["status"] for _ in range(2)] == ["green", "green"]
        assert len(asked) == 1
        record(other, given("york", "2022-08-15", "5"), given("york", "2022-08-22", "5"))
        assert [world.get(YORK).json()["status"] for _ in range(2)] == ["amber", "amber"]
        assert len(asked) == 2


def test_each_form_has_its_own(world: World, asked: list[str]) -> None:
    path = "/v1/statuses?as_of=2022-08-28"
    kinds = ("application/json", "text/csv", "application/x-ndjson", "application/json")
    found = [world.get(path, headers={"Accept": kind}).headers["content-type"] for kind in kinds]
    assert [one.partition(";")[0] for one in found] == list(kinds)
    assert len(asked) == 3
    problem(world.get(path, headers={"Accept": "image/png"}), 406, "PF732")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/pdus/yorkk/status?as_of=2022-08-28", 404, "PF720"),
        ("/v1/pdus/york/status?as_of=2022-02-30", 422, "PF730"),
        ("/v1/pdus/york/status?as_of=2022-08-28&as_of=2022-08-28", 422, "PF724"),
        ("/v1/pdus/york/status?day=2022-08-28", 422, "PF724"),
        ("/v1/pdus/york/status?known_at=2022-10-28T09:00:00Z", 422, "PF730"),
    ],
)
def test_what_is_refused_is_not_kept(world: World, path: str, status: int, code: str) -> None:
    for _ in range(2):
        problem(world.get(path), status, code)
    assert not world.service.past._kept


def test_a_moment_that_was_to_come_can_be_asked_for_once_it_is_over(world: World) -> None:
    path = "/v1/pdus/york/status?known_at=2022-08-31T10:00:00Z"
    problem(world.get(path), 422, "PF730")
    at(world.clock, "2022-08-31T10:30:00+00:00")
    assert world.get(path).status_code == 200


def test_who_asks_is_looked_at_each_time(tmp_path: Path, issuer: Issuer) -> None:
    with World(tmp_path, issuer) as world:
        record(world.ledger, given("york", "2022-08-22"))
        assert world.get(YORK, headers=issuer.bearer("viewer")).status_code == 200
        problem(world.get(YORK), 401, "PF727")
        problem(world.get(YORK, headers={"Authorization": "Bearer x"}), 401, "PF727")
        problem(world.get(YORK, headers=issuer.bearer()), 403, "PF728")
        problem(world.get("/v1/pdus/york/status?day=x", headers=issuer.bearer()), 403, "PF728")


def test_what_was_recorded_while_it_was_made_is_not_taken_for_what_was_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = routes._status

    def slow(*given_: Any) -> Any:
        found = work(*given_)  # made from the state before
        record(world.ledger, given("york", "2022-08-15", "5"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(routes, "_status", slow)
        assert world.get(YORK).json()["status"] == "green", "as it was when it was asked"
    assert world.get(YORK).json()["status"] == "amber"


def test_no_more_is_kept_than_there_is_room_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 10_000)
    for day in range(1, 30):
        world.get(f"/v1/pdus/york/status?as_of=2022-08-{day:02d}")
    past = world.service.past
    assert 0 < past._bytes <= 10_000
    assert past._bytes == sum(module._size(key, one) for key, one in past._kept.items())
    assert [key[1] for key in past._kept][-1] == b"as_of=2022-08-29", "what was asked for last is kept"


def test_a_ledger_out_of_reach_gives_no_old_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert world.get(YORK).status_code == 200

    def gone(*_: Any) -> Any:
        raise StoreError([Problem("PF701", "It is gone.", Place("store"))])

    monkeypatch.setattr(world.ledger, "head", gone)
    monkeypatch.setattr(world.ledger, "view", gone)
    problem(world.get(YORK), 503, "PF701")
    problem(world.get("/v1/pdus/york/status?as_of=2022-02-30"), 422, "PF730")


def test_what_needs_no_record_is_kept_too(world: World, asked: list[str]) -> None:
    """A tick without a new day records nothing, so the answers stay."""
    world.get("/v1/pdus/york/status?as_of=2022-12-31")
    world.ledger.tick(LOADER)
    assert not world.get("/v1/pdus/york/status?as_of=2022-12-31").json()["recorded"]
    world.get("/v1/pdus/york/status?as_of=2022-12-31")
    head = world.head()
    world.ledger.tick(LOADER)
    assert world.head() == head
    before = len(asked)
    world.get("/v1/pdus/york/status?as_of=2022-12-31")
    assert len(asked) == before
