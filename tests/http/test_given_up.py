"""A write whose caller is answered, or has gone, while it still waits: it must not be recorded later."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.http.problems import Refusal
from api.http.threads import reading, still_wanted, writing
from tests.http.house import until
from tests.http.kit import problem
from tests.http.world import World, a_return, call

PATH = "/v1/returns"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path / "world", handling_timeout=0.5) as made:
        made.get("/v1/pdus/york/status")
        yield made


@contextmanager
def busy(world: World) -> Iterator[None]:
    """While another write is under way, all others wait for it."""
    with world.ledger._deciding:
        yield


def test_nothing_is_recorded_of_a_call_that_was_answered_before_its_turn(world: World) -> None:
    before = world.head()
    mine = {"Idempotency-Key": "mine"}
    with busy(world):
        problem(world.post(PATH, a_return(), headers=mine), 503, "PF731")
    time.sleep(1.0)  # it has its turn now
    assert world.head() == before, "not even the key is kept"
    answer = world.post(PATH, a_return(), headers=mine)
    assert answer.status_code == 201
    assert "idempotency-replayed" not in answer.headers
    assert answer.json()["returns"] == 1
    assert world.post(PATH, a_return(), headers=mine).headers["idempotency-replayed"] == "true"


def test_a_later_call_is_not_overtaken_by_one_that_was_given_up(world: World) -> None:
    """The first is told that it failed, and sends something else: what it sent first must not come after that."""
    with busy(world):
        problem(world.post(PATH, a_return(staff=5)), 503, "PF731")
        problem(world.post(PATH, a_return(staff=6)), 503, "PF731")
    told = world.post(PATH, a_return(staff=7)).json()
    assert told["returns"] == 1
    time.sleep(1.0)
    with world.ledger.view() as view:
        decision = view.decision(view.policy.pdus["york"])
    assert isinstance(decision, dict)
    assert decision["measures"][0]["inputs"]["in_post[PO]"]["value"] == "7"


def test_a_client_that_goes_while_it_waits_has_recorded_nothing(world: World) -> None:
    before = world.head()

    async def leave() -> None:
        waits = asyncio.create_task(call(world.app, "POST", PATH, json=a_return()))
        await asyncio.sleep(0.2)
        waits.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waits

    with busy(world):
        world._runner.run(leave())
    time.sleep(1.0)
    assert world.head() == before


def test_work_goes_on_for_those_who_wait_and_refuses_for_those_who_do_not() -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), []

    def work() -> str:
        begun.set()
        go_on.wait(10)
        try:
            still_wanted()
        except Refusal as refusal:
            ended.append(refusal.code)
            raise
        ended.append("recorded")
        return "recorded"

    async def given_up() -> None:
        task = asyncio.create_task(writing(work))
        await asyncio.to_thread(begun.wait, 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        go_on.set()
        await until(lambda: ended)

    asyncio.run(given_up())
    assert ended == ["PF731"]
    ended.clear()
    assert asyncio.run(writing(work)) == "recorded"
    assert ended == ["recorded"]


def test_only_writes_ask_whether_they_are_still_wanted() -> None:
    """One call that was given up says nothing about the next, nor about questions."""
    still_wanted()
    asyncio.run(reading(still_wanted))
    asyncio.run(writing(still_wanted))
