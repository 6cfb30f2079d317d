"""The snapshot: made once, never out of date, and no fault of one keeps the others waiting."""

from __future__ import annotations

import asyncio
import datetime
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.http import snapshot as module
from api.http.snapshot import Snapshot, Snapshots, Today
from engine.ledger.fresh import Fresh
from engine.ledger.ledger import Ledger
from engine.ledger.overview import Overview
from rules.problems import DisagreementError, Place, Problem, StoreError
from tests.http.kit import problem
from tests.http.reads import LOADER, at, given, past_weeks, record
from tests.http.world import Clock, World
from tests.ledger.stores import postgresql_url

__all__ = ["postgresql_url"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with past_weeks(tmp_path) as found:
        yield found


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    """Every snapshot that is made."""
    found: list[Snapshot] = []

    class Counted(Snapshot):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            found.append(self)

    monkeypatch.setattr(module, "Snapshot", Counted)
    return found


def within(world: World, work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return world._runner.run(work())


def test_it_is_made_once(world: World, made: list[Snapshot]) -> None:
    async def many() -> set[int]:
        found = await asyncio.gather(*(world.service.snapshots.current() for _ in range(100)))
        return {id(one) for one in (*found, await world.service.snapshots.current())}

    assert len(within(world, many)) == 1
    assert len(made) == 1


def test_it_is_made_anew_after_a_write_and_keeps_what_is_the_same(world: World, made: list[Snapshot]) -> None:
    before = within(world, world.service.snapshots.current)
    record(world.ledger, given("kent", "2022-08-30", "9"))
    after = within(world, world.service.snapshots.current)
    assert after.head == world.head() > before.head
    assert after.current["york"] is before.current["york"]
    assert after.current["kent"] is not before.current["kent"]
    assert len(made) == 2


def test_writes_while_it_is_made_are_not_missed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks after a write that came during the making gets one that has it."""
    read = Snapshots._read
    begun, go_on = threading.Event(), threading.Event()

    def slow(self: Snapshots, before: Snapshot | None) -> Snapshot:
        found = read(self, before)
        if not begun.is_set():
            begun.set()
            go_on.wait(10)
        return found

    monkeypatch.setattr(Snapshots, "_read", slow)

    async def run() -> tuple[Snapshot, Snapshot, int]:
        snapshots = world.service.snapshots
        first = asyncio.create_task(snapshots.current())
        await asyncio.to_thread(begun.wait, 10)
        await asyncio.to_thread(record, world.ledger, given("york", "2022-08-29", "10"))
        second = asyncio.create_task(snapshots.current())
        await asyncio.sleep(0.05)
        go_on.set()
        return await first, await second, world.head()

    old, new, head = within(world, run)
    assert (old.current["york"].short.status, new.current["york"].short.status) == ("amber", "green")
    assert old.head < new.head == head


def test_a_new_day_is_settled_first(world: World, made: list[Snapshot]) -> None:
    """Hull's newest return is of 29 August: on 13 September it is stale."""
    assert world.get("/v1/pdus/hull/status").json()["status"] == "green"
    at(world.clock, "2022-09-12T23:00:00+00:00")  # midnight in London
    told = world.get("/v1/pdus/hull/status").json()
    assert (told["as_of"], told["status"], told["recorded"]) == ("2022-09-13", "indeterminate", True)
    with world.ledger.view() as view:
        assert view.settled == datetime.date(2022, 9, 13)


def test_a_day_that_cannot_be_settled_is_answered_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def full(*_: Any) -> Any:
        tried.append(1)
        raise StoreError([Problem("PF702", "The disk is full.", Place("store"))])

    monkeypatch.setattr(world.ledger, "tick", full)
    at(world.clock, "2022-09-13T09:00:00+00:00")
    told = world.get("/v1/pdus/hull/status").json()
    assert (told["status"], told["since"], told["recorded"]) == ("indeterminate", "2022-09-13", False)
    record_fails = world.get("/v1/statuses").json()["statuses"]
    assert {one["recorded"] for one in record_fails} == {False}
    assert len(tried) == 1, "not at every question"


def test_a_clock_put_back_is_followed(world: World) -> None:
    assert world.get("/v1/pdus/york/status").json()["as_of"] == "2022-08-31"
    at(world.clock, "2022-08-28T09:00:00+00:00")
    told = world.get("/v1/pdus/york/status").json()
    assert (told["as_of"], told["status"]) == ("2022-08-28", "green")


def test_a_fault_is_told_and_the_next_tries_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise StoreError([Problem("PF701", "host.internal cannot be reached.", Place("store"))])

    with monkeypatch.context() as patch:
        patch.setattr(Snapshots, "_read", broken)
        told = problem(world.get("/v1/pdus/york/status"), 503, "PF701")
        assert "host.internal" not in str(told)
        problem(world.get("/v1/statuses"), 503, "PF701")
        problem(world.get("/v1/pdus"), 503, "PF701")
    assert world.get("/v1/pdus/york/status").status_code == 200


def test_a_head_that_cannot_be_asked_for_gives_no_old_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.get("/v1/pdus/york/status").status_code == 200

    def broken() -> int:
        raise StoreError([Problem("PF701", "It is gone.", Place("store"))])

    monkeypatch.setattr(world.ledger, "head", broken)
    problem(world.get("/v1/pdus/york/status"), 503, "PF701")


def test_any_crash_is_a_500_and_passes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Snapshots, "_read", lambda *_: 1 / 0)
        problem(world.get("/v1/pdus/york/status"), 500, "PF726")
    assert world.get("/v1/pdus/york/status").status_code == 200


def test_whoever_gives_up_takes_nothing_from_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, go_on = Snapshots._read, threading.Event()

    def slow(self: Snapshots, before: Snapshot | None) -> Snapshot:
        go_on.wait(10)
        return read(self, before)

    monkeypatch.setattr(Snapshots, "_read", slow)

    async def run() -> Snapshot:
        first = asyncio.create_task(world.service.snapshots.current())
        second = asyncio.create_task(world.service.snapshots.current())
        await asyncio.sleep(0.05)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        go_on.set()
        return await second

    assert within(world, run).current.keys() == {"hull", "kent", "york"}


def test_one_unit_that_cannot_be_decided(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two deciders that differ on Hull: no answer for Hull, no list that leaves it out, and York as ever."""
    decide = Fresh.decision

    def differ(self: Any, view: Any, pdu: Any) -> Any:
        if pdu.id == "hull":
            raise DisagreementError([Problem("PF900", "They differ.", Place("hull"))])
        return decide(self, view, pdu)

    def full(*_: Any) -> Any:
        raise StoreError([Problem("PF702", "The disk is full.", Place("store"))])

    monkeypatch.setattr(Fresh, "decision", differ)
    monkeypatch.setattr(world.ledger, "tick", full)
    at(world.clock, "2022-09-01T09:00:00+00:00")
    problem(world.get("/v1/pdus/hull/status"), 503, "PF900")
    problem(world.get("/v1/pdus/hull"), 503, "PF900")
    problem(world.get("/v1/statuses"), 503, "PF900")
    problem(world.get("/v1/statuses?region=north"), 503, "PF900")
    problem(world.get("/v1/pdus"), 503, "PF900")
    problem(world.get("/v1/pdus?region=north"), 503, "PF900")
    rows = world.get("/v1/statuses?region=south").json()["statuses"]
    assert [one["pdu"] for one in rows] == ["kent"], "another region's list is whole without it"
    assert [one["pdu"] for one in world.get("/v1/pdus?region=south").json()["pdus"]] == ["kent"]
    assert world.get("/v1/pdus/york/status").json()["status"] == "amber"
    assert world.get("/v1/pdus/york").status_code == 200


class SlowHead:
    """A ledger on a server far away: each question for its head takes a while."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.store = ledger.store
        self.asked: list[tuple[float, float]] = []
        self.fails = 0

    def head(self) -> int:
        begun = time.monotonic()
        found = self._ledger.head()
        time.sleep(0.05)
        self.asked.append((begun, time.monotonic()))
        if self.fails:
            self.fails -= 1
            raise StoreError([Problem("PF701", "It does not answer.", Place("store"))])
        return found

    def view(self, *given: Any) -> Any:
        return self._ledger.view(*given)


@pytest.fixture
def far(world: World) -> Iterator[tuple[Snapshots, SlowHead]]:
    ledger = SlowHead(world.ledger)
    with ThreadPoolExecutor(2) as pool:
        found = Snapshots(ledger, Overview(), world.service.today, lambda: None, pool)  # type: ignore[arg-type]
        found._is_quick = False
        yield found, ledger


def test_a_far_ledger_is_asked_once_for_many(world: World, far: tuple[Snapshots, SlowHead]) -> None:
    snapshots, ledger = far

    async def ask(after: float) -> tuple[float, float]:
        await asyncio.sleep(after)
        came = time.monotonic()
        await snapshots.current()
        return came, time.monotonic()

    async def run() -> list[tuple[float, float]]:
        await snapshots.current()
        return await asyncio.gather(*(ask(number / 500) for number in range(100)))

    world.ledger.tick(LOADER)
    calls = within(world, run)
    assert len(ledger.asked) < 12, "a hundred questions within a fifth of a second"
    for begun, ended in zip(ledger.asked, ledger.asked[1:], strict=False):
        assert begun[1] <= ended[0], "one at a time"
    for came, answered in calls:
        assert any(came <= begun and ended <= answered for begun, ended in ledger.asked), (
            "asked after it came"
        )


def test_a_far_ledger_is_right_after_each_write(world: World, far: tuple[Snapshots, SlowHead]) -> None:
    snapshots, _ = far

    async def run() -> list[str]:
        background = [asyncio.create_task(snapshots.current()) for _ in range(20)]
        found = []
        for staff in ("10", "5", "10", "5"):
            await asyncio.to_thread(record, world.ledger, given("york", "2022-08-29", staff))
            found.append((await snapshots.current()).current["york"].short.status)
        await asyncio.gather(*background)
        return found

    assert within(world, run) == ["green", "amber", "green", "amber"]


def test_a_far_ledger_that_fails_fails_those_who_asked(world: World, far: tuple[Snapshots, SlowHead]) -> None:
    snapshots, ledger = far
    ledger.fails = 1

    async def run() -> list[Any]:
        first = await asyncio.gather(*(snapshots.current() for _ in range(5)), return_exceptions=True)
        return [*first, await snapshots.current()]

    *failed, last = within(world, run)
    assert [type(one) for one in failed] == [StoreError] * 5
    assert last.current


def test_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    """Another worker's write is read at once there too, and the history is the same."""
    with World(tmp_path, url=postgresql_url) as world:
        assert not world.service.snapshots._is_quick
        assert world.get("/v1/pdus/york/status").json()["status"] == "indeterminate"
        with Ledger(postgresql_url, clock=world.clock) as other:
            record(other, given("york", "2022-08-22", "5"), given("york", "2022-08-29", "5"))
            assert world.get("/v1/pdus/york/status").json()["status"] == "amber"
            record(other, given("york", "2022-08-29", "10"))
        assert world.get("/v1/pdus/york/status").json()["status"] == "amber", "not two weeks at the exit"
        assert world.get("/v1/pdus/york/status?as_of=2022-08-28").json()["status"] == "amber"
        rows = world.get("/v1/statuses?as_of=2022-08-05").json()["statuses"]
        assert [one["pdu"] for one in rows] == ["hull", "kent", "leeds", "york"]
        told = world.get("/v1/changes").json()
        assert told["changes"]
        assert world.get(f"/v1/changes?after={told['next']}").json()["changes"] == []
        problem(world.get("/v1/changes?after=x"), 422, "PF729")


def test_answers_by_themselves_are_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    decide, decided = Fresh.decision, []

    def counted(self: Any, view: Any, pdu: Any) -> Any:
        decided.append(pdu.id)
        return decide(self, view, pdu)

    monkeypatch.setattr(Fresh, "decision", counted)
    for _ in range(3):
        world.get("/v1/pdus/york/status?as_of=2022-09-20")
    assert decided == ["york"]
    record(world.ledger, given("york", "2022-08-30", "9"))
    world.get("/v1/pdus/york/status?as_of=2022-09-20")
    assert decided == ["york", "york"], "new facts, another decision"
    world.get("/v1/pdus/kent/status?as_of=2022-09-20")
    record(world.ledger, given("york", "2022-08-31", "9"))
    world.get("/v1/pdus/kent/status?as_of=2022-09-20")
    assert decided.count("kent") == 1, "of Kent nothing is new"


@pytest.mark.parametrize(
    ("moment", "day", "hours"),
    [
        ("2022-08-31T22:59:59.999999+00:00", "2022-08-31", 0),
        ("2022-08-31T23:00:00+00:00", "2022-09-01", 24),
        ("2022-12-31T23:59:59+00:00", "2022-12-31", 0),
        ("2023-01-01T00:00:00+00:00", "2023-01-01", 24),
        ("2022-03-27T00:00:00+00:00", "2022-03-27", 23),
        ("2022-10-29T23:00:00+00:00", "2022-10-30", 25),
    ],
)
def test_today_in_london(moment: str, day: str, hours: int) -> None:
    clock = Clock()
    today = Today(clock)
    assert today() == clock.now.astimezone(ZoneInfo("Europe/London")).date()
    at(clock, moment)
    assert today().isoformat() == day
    assert round(today.left() / 3600) == hours
    assert today.left() > 0


def test_many_threads_agree_on_today() -> None:
    clock = Clock()
    today = Today(clock)
    wrong: list[str] = []

    def look() -> None:
        for _ in range(2000):
            before = clock.now
            found = today()
            if before == clock.now and found != before.astimezone(ZoneInfo("Europe/London")).date():
                wrong.append(found.isoformat())

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(50):
        clock.pass_days(1)
        time.sleep(0.0005)
    for thread in threads:
        thread.join()
    assert wrong == []
