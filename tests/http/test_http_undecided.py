"""A PDU on which the two deciders differ: it is refused clearly, the others go on, and it is caught up by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.http import service as service_module
from api.http.service import Service
from tests.http.house import House, until
from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.reads import LOADER, at, given, record
from tests.http.world import World, a_return, call
from tests.ledger.plant import BAD, Plant, plant
from tests.ledger.stores import postgresql_url

__all__ = ["plant", "postgresql_url"]
FAULT = {"pdu": "hull", "first": "2022-08-29", "code": "PF900"}


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """York and Hull are green since 22 August; now is 31 August."""
    url = None if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    with World(tmp_path / "world", url=url) as made:
        record(
            made.ledger, given("york", "2022-08-22"), given("hull", "2022-08-22"), given("kent", "2022-08-22")
        )
        yield made


def test_an_upload_of_all_records_all_and_names_the_one(world: World, plant: Plant) -> None:
    begun = world.get("/v1/changes").json()["next"]
    body = [a_return("york"), a_return("hull", points=BAD), a_return("kent")]
    answer = world.post("/v1/returns", body, headers={"Idempotency-Key": "week-35"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["returns"] == 3
    assert told["undecided"] == [FAULT]
    assert [one["pdu"] for one in told["decisions"]] == ["kent", "york"]
    again = world.post("/v1/returns", body, headers={"Idempotency-Key": "week-35"})
    assert again.json() == told

    for path in ("status", "decision"):
        problem(world.get(f"/v1/pdus/hull/{path}"), 503, "PF900")
        problem(world.get(f"/v1/pdus/hull/{path}?as_of=2022-08-30"), 503, "PF900")
        assert world.get(f"/v1/pdus/hull/{path}?as_of=2022-08-28").json()["status"] == "green"
    problem(world.get("/v1/statuses"), 503, "PF900")
    problem(world.get("/v1/statuses?as_of=2022-08-30"), 503, "PF900")
    assert len(world.get("/v1/statuses?as_of=2022-08-28").json()["statuses"]) == 3
    assert world.get("/v1/statuses?region=south").status_code == 200
    assert world.get("/v1/pdus/york/status").json()["status"] == "green"
    (stretch,) = world.get("/v1/pdus/hull/history").json()["stretches"]
    assert (stretch["last"], stretch["status"]) == ("2022-08-28", "green")
    (change,) = world.get(f"/v1/changes?after={begun}&pdu=hull").json()["changes"]
    assert (change["kinds"], change["as_of"], change["to_status"]) == (["undecided"], "2022-08-29", None)
    assert (change["from_status"], change["to_decision"], change["cause"]) == ("green", None, "return")


def test_writes_about_others_go_on(world: World, plant: Plant) -> None:
    world.post("/v1/returns", a_return("hull", points=BAD))
    for day in ("2022-09-01T09:00:00+00:00", "2022-09-02T09:00:00+00:00"):
        at(world.clock, day)
        told = world.post("/v1/returns", a_return("york", day[:10])).json()
        assert (told["returns"], told["undecided"]) == (1, [])
    event = {"from": "2022-09-02", "until": "2022-09-03", "reason": "Flood"}
    answer = world.post("/v1/suspensions", event)
    assert answer.status_code == 201, answer.text
    assert [one["pdu"] for one in answer.json()["undecided"]] == ["hull"], "it is for everyone"
    assert world.get("/v1/pdus/york/status").json()["status"] == "suspended"
    problem(world.get("/v1/pdus/hull/status"), 503, "PF900")
    plant.on = False
    answer = world.post("/v1/returns", a_return("hull", "2022-09-02"))
    assert answer.json()["undecided"] == []
    told = world.get("/v1/pdus/hull/status").json()
    assert (told["status"], told["calculated"]) == ("suspended", "green"), "also what was decided meanwhile"


def test_those_who_run_it_are_told(world: World, plant: Plant) -> None:
    assert world.get("/health/ready").json() == {"status": "ready"}
    assert world.get("/info").json()["undecided"] == []
    world.post("/v1/returns", a_return("hull", points=BAD))
    ready = world.get("/health/ready")
    assert ready.status_code == 200, "the others are answered"
    (told,) = ready.json()["undecided"]
    assert (told["code"], told["path"]) == ("PF900", "hull")
    assert "cannot be decided from 2022-08-29 on" in told["message"]
    assert world.get("/info").json()["undecided"] == [FAULT]
    assert "prioritise_disagreements_total 1.0" in world.get("/metrics").text
    plant.on = False
    world.ledger.tick(LOADER)
    assert world.get("/health/ready").json() == {"status": "ready"}
    assert world.get("/info").json()["undecided"] == []


def test_others_than_operators_hear_the_code_only(tmp_path: Path, issuer: Issuer, plant: Plant) -> None:
    with World(tmp_path, issuer) as world:
        hq = issuer.bearer("hq")
        answer = world.post("/v1/returns", a_return("hull", points=BAD), headers=hq)
        assert answer.json()["undecided"] == [FAULT]
        told = world.get("/health/ready")
        assert [one["code"] for one in told.json()["undecided"]] == ["PF900"]
        assert "hull" not in told.text
        assert "hull" in world.get("/health/ready", headers=issuer.bearer("operator")).text
        problem(world.get("/info", headers=hq), 403, "PF728")


def test_the_service_catches_up_by_itself(
    tmp_path: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(tmp_path)
    monkeypatch.setattr(service_module, "_TRY", 0.1)

    async def work(service: Service, app: FastAPI) -> None:
        answer = await call(app, "POST", "/v1/returns", json=a_return("hull", points=BAD))
        assert answer.json()["undecided"] == [FAULT]
        assert service.metrics is not None
        counted = service.metrics.text
        await until(lambda: b"prioritise_undecided_units 1.0" in counted())
        head = service.ledger.head()
        await until(lambda: b"prioritise_disagreements_total 1.0" not in counted())
        assert service.ledger.head() == head, "it tries, and records nothing"
        problem(await call(app, "GET", "/v1/pdus/hull/status"), 503, "PF900")
        plant.on = False
        await until(lambda: service.ledger.head() > head)
        assert (await call(app, "GET", "/v1/pdus/hull/status")).json()["recorded"]
        await until(lambda: b"prioritise_undecided_units 0.0" in counted())

    house.run(work)


def test_a_service_that_starts_tries_at_once(tmp_path: Path, plant: Plant) -> None:
    house = House(tmp_path)

    async def before(service: Service, app: FastAPI) -> None:
        await call(app, "POST", "/v1/returns", json=a_return("hull", points=BAD))

    async def after(service: Service, app: FastAPI) -> None:
        assert service.undecided == ()
        told = (await call(app, "GET", "/v1/pdus/hull/status")).json()
        assert told["recorded"]

    house.run(before, reload_interval=3600)
    plant.on = False
    house.run(after, reload_interval=3600)
    assert house.kinds()[-1] == "undecided", "its end"
