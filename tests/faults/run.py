"""Kills writers, and the database server, at random moments, and looks after each kill whether anything is lost."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import NamedTuple

from engine.ledger.store import Store
from tests.faults import ledger_work, work
from tests.faults.work import Seen, acknowledged
from tests.ledger.postgres import Server

WRITERS = 3
SERVER_EVERY = 4
"""Of PostgreSQL's kills every so-manieth is one of the whole server."""
_context = multiprocessing.get_context("forkserver")


class Work(NamedTuple):
    """What the writers write, and what must be true of it."""

    prepare: Callable[[str], object]
    write: Callable[[str, str, str], None]
    look_through: Callable[[Store, Path, Seen], Seen]
    finish: Callable[[str], object]
    longest: float
    """So many seconds pass at most between two kills: a few writes' time."""


THROUGH = {
    "store": Work(lambda _: None, work.write, work.look_through, lambda _: None, 0.12),
    "ledger": Work(ledger_work.prepare, ledger_work.write, ledger_work.look_through, ledger_work.finish, 0.6),
}


class Result(NamedTuple):
    """What a run did; where something was lost it raised instead."""

    kills: int
    server_kills: int
    records: int
    batches: int
    acknowledged: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.kills} kills of writers, {self.server_kills} of the server: {self.records:,} records in "
            f"{self.batches:,} transactions, {self.acknowledged:,} of them acknowledged; none lost, none in part, "
            f"none twice, the chain whole; {self.seconds:.0f} s"
        )


class Writers:
    """Processes that write to one store, each started again when it is killed."""

    def __init__(self, write: Callable[[str, str, str], None], url: str, notes: Path, random_: random.Random):
        self._write, self._url, self._notes, self._random = write, url, notes, random_
        self._running = [self._start() for _ in range(WRITERS)]

    def _start(self) -> ForkServerProcess:
        number = len(list(self._notes.iterdir()))
        note = self._notes / f"{number}"
        note.touch()
        process = _context.Process(target=self._write, args=(self._url, f"w{number}", str(note)), daemon=True)
        process.start()
        return process

    def kill_one(self) -> None:
        """Kill one in the middle of whatever it does."""
        at = self._random.randrange(WRITERS)
        process = self._running[at]
        if not process.is_alive():
            raise RuntimeError(f"a writer ended by itself, with {process.exitcode}")
        process.kill()
        process.join()
        self._running[at] = self._start()

    def stop(self) -> None:
        """Kill all."""
        for process in self._running:
            process.kill()
            process.join()


def run(
    kind: str,
    kills: int,
    seed: int | None = None,
    progress: Callable[[int], object] = lambda _: None,
    through: str = "ledger",
) -> Result:
    """So many kills against a fresh store of the kind, `sqlite` or `postgresql`; written to as one of `THROUGH`."""
    does = THROUGH[through]
    started, random_ = time.monotonic(), random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    server = Server(safe=True).start().prepare() if kind == "postgresql" else None
    url = server.fresh() if server is not None else str(folder / "ledger.sqlite3")
    notes = folder / "notes"
    notes.mkdir()
    _context.set_forkserver_preload(["tests.faults.run"])
    does.prepare(url)
    store, server_kills = Store(url), 0
    begun = seen = Seen(store.head())
    writers = Writers(does.write, url, notes, random_)
    try:
        for number in range(1, kills + 1):
            time.sleep(random_.uniform(0.0, does.longest))
            if server is not None and number % SERVER_EVERY == 2:
                server.kill()
                server_kills += 1
                server.start()
            else:
                writers.kill_one()
            seen = does.look_through(store, notes, seen)
            progress(number)
        writers.stop()
        seen = does.look_through(store, notes, begun)  # once more, from the first record
        does.finish(url)
        promised = len(acknowledged(notes))
        seconds = time.monotonic() - started
        return Result(kills - server_kills, server_kills, seen.seq, seen.batches, promised, seconds)
    finally:
        writers.stop()
        store.close()
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
