"""The service by itself: documents, days and faults that come and go while it runs."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from api.http.app import create_app, from_environment
from api.http.folder import Folder
from api.http.routes import ROUTERS
from api.http.service import Service
from engine.ledger.ledger import Ledger
from rules.library import take_texts
from rules.problems import DocumentError, Place, Problem, StoreError
from tests.http.house import BROKEN, WAIT, House, codes, until
from tests.http.issuer import Issuer
from tests.http.kit import ask, problem
from tests.http.reads import LOADER, at, given, record
from tests.http.world import call, files
from tests.support import write_library


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_it_takes_up_the_documents_and_settles_the_day(house: House) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        assert list(service.problems()) == []
        assert (await call(app, "GET", "/health/ready")).json() == {"status": "ready"}
        assert (await call(app, "GET", "/v1/pdus/york/status")).json()["status"] == "indeterminate"
        info = (await call(app, "GET", "/info")).json()
        assert (info["framework"], info["refused"], info["settled"]) == ("plan", [], "2022-08-31")
        assert set(info["documents"]) == set(files())
        assert "prioritise_stale_units 3.0" in (await call(app, "GET", "/metrics")).text

    house.run(work)
    assert house.kinds() == ["documents", "tick"]
    house.run(work)
    assert house.kinds() == ["documents", "tick"], "nothing is new at the second start"


def test_broken_documents_and_an_empty_ledger(house: House) -> None:
    house.write(BROKEN)

    async def work(service: Service, app: FastAPI) -> None:
        assert codes(service.problems()) == {"PF226"}
        told = problem(await call(app, "GET", "/health/ready"), 503, "PF733")
        assert told["problems"][0]["path"].startswith("trigger_points"), "an operator is told where"
        problem(await call(app, "GET", "/v1/pdus/york/status"), 503, "PF710")
        problem(await call(app, "GET", "/v1/statuses?as_of=2022-08-05"), 503, "PF710")
        problem(await call(app, "GET", "/v1/changes"), 503, "PF710")
        info = (await call(app, "GET", "/info")).json()
        assert {one["code"] for one in info["refused"]} == {"PF226"}
        assert (await call(app, "GET", "/health/live")).status_code == 200
        house.write(files())
        await until(lambda: not service.problems())
        assert (await call(app, "GET", "/v1/pdus/york/status")).status_code == 200

    house.run(work)


def test_broken_documents_leave_what_is_recorded_in_use(house: House) -> None:
    house.run(_nothing)
    house.write(BROKEN)

    async def work(service: Service, app: FastAPI) -> None:
        assert list(service.problems()) == []
        assert codes(service.refused) == {"PF226"}
        ready = await call(app, "GET", "/health/ready")
        assert ready.status_code == 200
        assert [one["code"] for one in ready.json()["refused"]] == ["PF226"]
        assert (await call(app, "GET", "/v1/pdus/york/status")).status_code == 200
        house.write(files())
        await until(lambda: not service.refused)
        assert (await call(app, "GET", "/health/ready")).json() == {"status": "ready"}

    house.run(work)
    assert house.kinds() == ["documents", "tick"]


async def _nothing(service: Service, app: FastAPI) -> None:
    """Only start and stop."""


def test_what_is_refused_is_told_in_full_to_operators_only(house: House, tmp_path: Path) -> None:
    house.run(_nothing)
    house.write(BROKEN)
    issuer = Issuer()
    settings = issuer.settings(tmp_path, store=house.url, frameworks=house.folder)
    service = Service(settings, clock=house.clock)
    app = create_app(settings, service, ROUTERS)

    async def work() -> None:
        await service.start()
        plain = (await call(app, "GET", "/health/ready")).json()
        assert "v1.yaml" not in str(plain)
        assert plain["refused"][0]["code"] == "PF226"
        whole = await call(app, "GET", "/health/ready", headers=issuer.bearer("operator"))
        assert "v1.yaml" in whole.text
        problem(await call(app, "GET", "/info", headers=issuer.bearer("viewer")), 403, "PF728")
        await service.stop()

    asyncio.run(work())


def test_a_changed_document_is_taken_up(house: House) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        await asyncio.to_thread(
            record, service.ledger, given("kent", "2022-08-22", "8"), given("kent", "2022-08-29", "8")
        )
        assert (await call(app, "GET", "/v1/pdus/kent/status")).json()["status"] == "green"
        old = files()["plan/v1.yaml"]
        house.write({"plan/v1.yaml": old.replace("default: 90", "default: 93")})
        await until(lambda: service.ledger.texts()[0].seq > 2)
        assert (await call(app, "GET", "/v1/pdus/kent/status")).json()["status"] == "amber"

    house.run(work)


def test_a_touched_document_is_not_recorded_again(house: House) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        for _ in range(3):
            os.utime(house.folder / "plan/v1.yaml")
            await asyncio.sleep(0.2)

    house.run(work)
    assert house.kinds() == ["documents", "tick"]


@pytest.mark.parametrize("how", ["no folder", "no register", "a file for a folder"])
def test_a_folder_that_cannot_be_used(house: House, how: str, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    if how == "no register":
        folder.mkdir()
    elif how == "a file for a folder":
        folder.write_text("x")

    async def work(service: Service, app: FastAPI) -> None:
        assert service.problems()
        problem(await call(app, "GET", "/health/ready"), 503, "PF733")
        with suppress(OSError):
            folder.unlink()
        write_library(folder, files())
        await until(lambda: not service.problems())

    house.run(work, frameworks=folder)


def test_a_framework_that_is_not_there(house: House) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        assert codes(service.problems()) <= {"PF735", "PF710"}
        told = problem(await call(app, "GET", "/health/ready"), 503, "PF733")
        assert "plans" in str(told["problems"])

    house.run(work, framework="plans")


def test_a_folder_that_goes_leaves_the_ledger_in_use(house: House, tmp_path: Path) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        house.folder.rename(tmp_path / "gone")
        await until(lambda: service.refused)
        assert codes(service.refused) == {"PF735"}
        assert list(service.problems()) == []
        assert (await call(app, "GET", "/v1/pdus/york/status")).status_code == 200
        (tmp_path / "gone").rename(house.folder)
        await until(lambda: not service.refused)

    house.run(work)


def test_the_hangup_signal_reads_at_once(house: House) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        changed = files()["plan/v1.yaml"].replace("default: 90", "default: 93")
        house.write({"plan/v1.yaml": changed})
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: service.ledger.head() > 2)

    house.run(work, reload_interval=3600)
    assert house.kinds().count("documents") == 2


def test_reload_on_demand_raises_what_is_wrong(house: House) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        assert await service.reload() is None
        house.write(BROKEN)
        with pytest.raises(DocumentError) as raised:
            await service.reload()
        assert codes(raised.value.problems) == codes(service.refused) == {"PF226"}
        house.write(files() | {"plan/v1.yaml": files()["plan/v1.yaml"].replace("90", "91")})
        receipt = await service.reload()
        assert receipt is not None
        assert service.refused == ()

    house.run(work, reload_interval=3600)


def test_the_day_is_settled_after_midnight(house: House) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        await asyncio.to_thread(record, service.ledger, given("york", "2022-08-29"))
        at(house.clock, "2022-09-12T23:00:00+00:00")
        await until(lambda: service.info()["settled"] == "2022-09-13")
        assert "prioritise_stale_units 3.0" in (await call(app, "GET", "/metrics")).text

    house.run(work)
    assert house.kinds().count("tick") == 2


def test_many_workers_settle_a_day_once(house: House) -> None:
    async def work() -> None:
        services = [house.service()[0] for _ in range(3)]
        await asyncio.gather(*(service.start() for service in services))
        at(house.clock, "2022-09-13T09:00:00+00:00")
        await until(lambda: all(one.info()["settled"] == "2022-09-13" for one in services))
        await asyncio.sleep(0.3)
        await asyncio.gather(*(service.stop() for service in services))

    asyncio.run(work())
    assert house.kinds() == ["documents", "tick", "tick"]


def test_a_tick_that_fails_is_tried_again_later(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    tick, tried = Ledger.tick, []

    def failing(self: Ledger, *more: Any) -> Any:
        tried.append(time.monotonic())
        if len(tried) < 4:
            raise StoreError([Problem("PF702", "The disk is full.", Place("store"))])
        return tick(self, *more)

    async def work(service: Service, app: FastAPI) -> None:
        monkeypatch.setattr(Ledger, "tick", failing)
        at(house.clock, "2022-09-13T09:00:00+00:00")
        await until(lambda: service.info()["settled"] == "2022-09-13")

    house.run(work)
    gaps = [after - before for before, after in pairwise(tried)]
    assert len(tried) == 4
    assert gaps[-1] > gaps[0] > 0, "it waits longer each time"


def test_a_ledger_that_cannot_be_opened_yet(house: House, tmp_path: Path) -> None:
    """It starts all the same, is not ready, and is once the folder is there."""
    url = f"sqlite:///{tmp_path}/later/ledger.sqlite3"

    async def work(service: Service, app: FastAPI) -> None:
        told = problem(await call(app, "GET", "/health/ready"), 503, "PF733")
        assert told["problems"][0]["code"] == "PF701"
        assert codes([Problem(one["code"], "", Place("")) for one in service.info()["problems"]]) == {"PF701"}
        problem(await call(app, "GET", "/v1/pdus/york/status"), 503, "PF701")
        problem(await call(app, "GET", "/v1/statuses"), 503, "PF701")
        problem(await call(app, "GET", "/v1/pdus"), 503, "PF701")
        problem(await call(app, "GET", "/v1/changes"), 503, "PF701")
        (tmp_path / "later").mkdir()
        await until(lambda: not service.problems())
        assert (await call(app, "GET", "/v1/pdus/york/status")).status_code == 200

    house.run(work, store=url)


def test_a_ledger_of_a_newer_program(house: House) -> None:
    house.run(_nothing)
    with house.ledger() as ledger, ledger.store.writing() as writing:
        writing.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    async def work(service: Service, app: FastAPI) -> None:
        assert codes(service.problems()) == {"PF703"}
        problem(await call(app, "GET", "/v1/pdus/york/status"), 503, "PF703")

    house.run(work)


def test_stopping_gives_up_what_is_being_recorded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it stands, and the next start does it."""
    house.run(_nothing)
    with house.ledger() as ledger:
        record(ledger, *(given(pdu, "2022-08-29") for pdu in ("york", "hull", "kent")))
    before = house.kinds()
    begun = threading.Event()
    may = Service._may_go_on

    def slow(self: Service) -> None:
        begun.set()
        time.sleep(0.3)
        may(self)

    async def work(service: Service, app: FastAPI) -> None:
        monkeypatch.setattr(Service, "_may_go_on", slow)
        at(house.clock, "2022-09-13T09:00:00+00:00")
        await asyncio.to_thread(begun.wait, WAIT)

    house.run(work)
    assert house.kinds() == before
    monkeypatch.undo()
    house.run(_nothing)
    assert house.kinds().count("tick") == 2


def test_an_unforeseen_error_ends_no_round(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    look, tried = Folder.changed, []

    def crash(self: Folder) -> bool:
        tried.append(1)
        if len(tried) < 3:
            raise RuntimeError("unforeseen")
        return look(self)

    async def work(service: Service, app: FastAPI) -> None:
        monkeypatch.setattr(Folder, "changed", crash)
        await until(lambda: len(tried) > 4)
        assert (await call(app, "GET", "/v1/pdus/york/status")).status_code == 200

    house.run(work)


def test_decisions_are_counted(house: House) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        receipt = await asyncio.to_thread(record, service.ledger, given("york", "2022-08-29"))
        service.recorded(receipt)
        service.recorded(None)
        assert 'prioritise_decisions_total{status="green"} 1.0' in (await call(app, "GET", "/metrics")).text

    house.run(work)


def test_stopping_twice_or_before_a_start_does_no_harm(house: House) -> None:
    async def work() -> None:
        service, _ = house.service()
        await service.stop()
        await service.stop()

    asyncio.run(work())


def test_from_the_environment(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIORITISE_STORE", house.url)
    monkeypatch.setenv("PRIORITISE_FRAMEWORKS", str(house.folder))
    monkeypatch.setenv("PRIORITISE_LOG_LEVEL", "error")
    app = from_environment()
    assert app.state.service.metrics is app.state.metrics
    paths = set(app.openapi()["paths"])
    assert {"/v1/pdus", "/v1/pdus/{pdu}", "/v1/pdus/{pdu}/status", "/v1/statuses", "/v1/changes"} <= paths
    assert ask(app, "GET", "/v1/pdus/york").status_code == 503, "nothing has been started"


def test_two_services_with_other_documents_meet_in_the_ledger(house: House, tmp_path: Path) -> None:
    async def work(service: Service, app: FastAPI) -> None:
        elsewhere = write_library(tmp_path / "other", files())
        path = elsewhere / "organisation.yaml"
        path.write_text(path.read_text("utf-8").replace("name: Hull", "name: Kingston"), "utf-8")
        with house.ledger() as other:
            other.adopt(take_texts(elsewhere), LOADER)
        assert (await call(app, "GET", "/v1/pdus/hull")).json()["name"] == "Kingston"
        assert (await call(app, "GET", "/v1/pdus/hull/status")).json()["name"] == "Kingston"

    house.run(work)


@pytest.mark.parametrize(
    "fault", [StoreError([Problem("PF702", "Full.", Place("store"))]), RuntimeError("odd")]
)
def test_a_change_that_could_not_be_recorded_is_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    adopt, tried = Ledger.adopt, []

    def failing(self: Ledger, *more: Any) -> Any:
        tried.append(1)
        if len(tried) < 3:
            raise fault
        return adopt(self, *more)

    async def work(service: Service, app: FastAPI) -> None:
        monkeypatch.setattr(Ledger, "adopt", failing)
        house.write({"plan/v1.yaml": files()["plan/v1.yaml"].replace("default: 90", "default: 93")})
        await until(lambda: service.ledger.head() > 2)
        assert service.refused == ()

    house.run(work)
    assert len(tried) == 3
