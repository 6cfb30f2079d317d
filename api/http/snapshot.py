"""The current answers, ready as bytes: made once for each state of the ledger and each day in London.

At every request the ledger is asked for its newest record, so that whoever reads after a write was acknowledged, by
whichever worker, is answered from that write or a later one. On SQLite that takes some microseconds and is done at
once. PostgreSQL is asked in a thread, one question at a time: all who come while one is under way share the next,
which begins after they came. So its load is bounded, and no answer is older than its request.
"""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

import orjson

from api.http.answers import Tagged
from api.http.cursors import cursor
from api.http.shorts import told, written
from engine.deciding import Undecided
from engine.ledger.ledger import LONDON, Ledger
from engine.ledger.overview import Overview, newest_record
from engine.ledger.shorts import Short
from engine.ledger.store.location import locate
from engine.ledger.view import View
from rules.model import Pdu, Region
from rules.problems import EngineError

CHANGES = "changes"
"""The kind of cursor with which the feed of changes goes on."""
_MARK = 16


class Current(NamedTuple):
    """One unit today: its short answer as recorded, as a value, and as bytes."""

    unit: Pdu
    short: Short
    told: dict[str, Any]
    answer: Tagged


class Snapshot:
    """The answers of one day, once `head` records were known. Never changed, but for tables made when first asked."""

    def __init__(self, view: View, overview: Overview, before: Snapshot | None) -> None:
        self.head, hash_, self.recorded_at = newest_record(view.connection)
        self.changes = changes_cursor(self.head, hash_)
        self.day = view.day
        self.as_of = view.day.isoformat()
        self.settled = view.settled is not None and view.settled >= view.day
        self.documents = view.documents
        self.framework = view.policy.framework.id
        self.organisation = view.policy.library.organisation
        policy = view.policy.framework.in_force(view.day)
        self.version = (policy or view.policy.framework.policies[-1]).version
        """The version in force; the last one, where none is."""
        self.statuses = () if policy is None else tuple(status.id for status in policy.version.statuses)
        self.register: Mapping[str, Pdu] = view.policy.pdus
        self.regions: Mapping[str, Region] = {one.id: one for one in view.policy.library.organisation.regions}
        self.units = view.units()
        self.faults: dict[str, EngineError] = {}
        self.current: dict[str, Current] = {}
        self.undecided: dict[str, Undecided] = {}
        shorts = overview.shorts(view, self.units, self.faults)
        for unit in self.units:
            self._take(unit, shorts.get(unit.id), before)
        self._tables: dict[tuple[str, str | None], Tagged] = {}
        self.kept: dict[Hashable, Any] = {}
        """What pages have worked out of the same state; whoever needs it first puts it there."""

    def _take(self, unit: Pdu, short: Short | Undecided | None, before: Snapshot | None) -> None:
        if isinstance(short, Undecided):
            self.undecided[unit.id] = short
        elif short is not None:
            old = before.current.get(unit.id) if before is not None and before.day == self.day else None
            if old is not None and old.short == short and old.unit == unit:
                self.current[unit.id] = old  # nothing new of it: its bytes are the same
            else:
                value = told(short, unit, self.framework, self.as_of, None)
                self.current[unit.id] = Current(unit, short, value, Tagged(orjson.dumps(value)))

    def table(self, form: str, region: str | None) -> Tagged:
        """All units' answers, or a region's, in one form. Raises EngineError."""
        found = self._tables.get((form, region))
        if found is None:
            self.check(region)
            rows = [one.told for one in self.current.values() if region in (None, one.unit.region)]
            body = written(form, rows, self.as_of, None, self.changes)
            found = self._tables[form, region] = Tagged(body, form, varies=True)
        return found

    def check(self, region: str | None) -> None:
        """Raise the fault of a unit, or of one of a region: a list without it would seem to be whole."""
        for id_, error in self.faults.items():
            if region in (None, self.register[id_].region):
                raise error


class Today:
    """Today in London, worked out once a day."""

    def __init__(self, clock: Callable[[], datetime.datetime]) -> None:
        self._clock = clock
        self._day = datetime.date.min
        self._from = self._until = datetime.datetime.max.replace(tzinfo=datetime.UTC)

    def __call__(self) -> datetime.date:
        """The day now."""
        now = self._clock()
        if not self._from <= now < self._until:
            self._day = now.astimezone(LONDON).date()
            self._from, self._until = _midnight(self._day), _midnight(self._day + datetime.timedelta(1))
        return self._day

    def left(self) -> float:
        """Seconds until it ends."""
        self()
        return (self._until - self._clock()).total_seconds()


class Snapshots:
    """Keeps the current snapshot current. Used within one event loop."""

    def __init__(
        self,
        ledger: Ledger,
        overview: Overview,
        today: Callable[[], datetime.date],
        settle: Callable[[], None],
        pool: Executor,
    ) -> None:
        self._ledger = ledger
        self._overview = overview
        self._today = today
        self._settle = settle
        self._pool = pool
        self._is_quick = locate(ledger.store.url).path is not None
        self._found: Snapshot | None = None
        self._building: asyncio.Task[None] | None = None
        self._asking: asyncio.Task[int] | None = None
        self._next: asyncio.Task[int] | None = None

    async def current(self) -> Snapshot:
        """The snapshot of everything that was acknowledged before this was called. Raises StoreError."""
        head = await self.head()
        found = self._found
        if found is not None and found.head >= head and found.day == self._today():
            return found
        return await self._renewed(head)

    async def head(self) -> int:
        """The newest record that was acknowledged before this was called, or a later one. Raises StoreError."""
        return self._ledger.head() if self._is_quick else await asyncio.shield(self._asked())

    @property
    def newest(self) -> Snapshot | None:
        """The last one that was made, whether it is still current or not."""
        return self._found

    async def _renewed(self, head: int) -> Snapshot:
        while True:
            if self._building is None:
                self._building = asyncio.create_task(self._build())
            await asyncio.shield(self._building)  # whoever waits may give up; the others still wait
            found = self._found
            if found is not None and found.head >= head and found.day == self._today():
                return found

    async def _build(self) -> None:
        try:
            loop = asyncio.get_running_loop()
            self._found = await loop.run_in_executor(self._pool, partial(self._read, self._found))
        finally:
            self._building = None

    def _read(self, before: Snapshot | None) -> Snapshot:
        """In a thread: settle the day where that has not been done, and take all answers at one moment."""
        day = self._today()
        with self._ledger.view(day) as view:
            if view.settled is not None and view.settled >= day:
                return Snapshot(view, self._overview, before)
        self._settle()
        with self._ledger.view(day) as view:
            return Snapshot(view, self._overview, before)

    def _asked(self) -> asyncio.Task[int]:
        """A question for the newest record that begins from now on."""
        if self._next is None:
            self._next = asyncio.create_task(self._ask(self._asking))
        return self._next

    async def _ask(self, before: asyncio.Task[int] | None) -> int:
        if before is not None:
            with suppress(Exception):
                await before
        self._asking, self._next = self._next, None
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._ledger.head)


def changes_cursor(seq: int, hash_: str) -> str:
    """Where the feed of changes stands once so many records were seen; the hash tells this ledger from another."""
    return cursor(CHANGES, str(seq), hash_.rpartition(":")[2][:_MARK])


def _midnight(day: datetime.date) -> datetime.datetime:
    """The moment at which a day begins in London."""
    return datetime.datetime.combine(day, datetime.time(), LONDON).astimezone(datetime.UTC)
