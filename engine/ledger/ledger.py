"""The ledger: what is recorded of units, people's decisions and policy, and what was decided from it."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.ledger.documents import DocumentSet, Policy, Shelves, newest_set, set_payload, texts_of
from engine.ledger.fresh import Fresh
from engine.ledger.glance import glance
from engine.ledger.recording import Act, Receipt
from engine.ledger.records import Actor
from engine.ledger.settling import Settler
from engine.ledger.store import NOTHING, WAITS, Store, utc_now
from engine.ledger.view import View, known_by
from rules.library import Texts, load_library
from rules.problems import Place, Problem, StoreError

LONDON = ZoneInfo("Europe/London")
Clock = Callable[[], datetime.datetime]


class Ledger:
    """A store of records, and the policy that it decides by. Safe for many threads; close it after use.

    `framework` names the framework that is decided where the documents hold several. `version` is the program's
    own version, which each decision is recorded with.
    """

    def __init__(
        self, url: str, *, framework: str | None = None, version: str = "", clock: Clock = utc_now
    ) -> None:
        self.store = Store(url, clock=clock)
        self._clock = clock
        self.shelves = Shelves(framework)
        self._settler = Settler(version)
        self._deciding = threading.Lock()
        self._sets: dict[tuple[int, str], DocumentSet] = {}

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store, and free the loaded rulesets."""
        self.store.close()
        self.shelves.close()

    def today(self) -> datetime.date:
        """Today in London."""
        return self._clock().astimezone(LONDON).date()

    def head(self) -> int:
        """The newest record's number; cheap. Raises StoreError."""
        return self.store.head()

    # Writing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def act(
        self, by: Actor, progress: Callable[[], None] = lambda: None, *, under_recorded: bool = True
    ) -> Iterator[Act]:
        """One transaction of the only writer: all that is recorded in it stands together, or nothing does.

        Time is settled through today first, under the recorded documents; where other documents are to be adopted
        (`under_recorded` is off) then, under those. A unit that cannot be decided keeps no other from being decided:
        the receipt names it. Raises StoreError.
        """
        with self._turn():
            try:
                with (
                    self.store.writing() as writing,
                    closing(Act(writing, self.shelves, self._settler, by, self.today(), progress)) as act,
                ):
                    self._settler.begin(writing.head)
                    if under_recorded:
                        act.begin()
                    yield act
            except BaseException:  # also where only the commit failed: what was followed is not recorded
                self._settler.forget()
                raise
            self._settler.end(writing.head)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One writer at a time within this process. Raises StoreError: PF702 where the wait is too long."""
        if not self._deciding.acquire(timeout=WAITS):
            message = f"Another call has been writing to the ledger for more than {WAITS} seconds. {NOTHING}"
            raise StoreError([Problem("PF702", message, Place(self.store.shown), "Try again.")])
        try:
            yield
        finally:
            self._deciding.release()

    def adopt(self, texts: Texts, by: Actor, progress: Callable[[], None] = lambda: None) -> Receipt | None:
        """Decide by these documents from now on. None where they are the ones in force.

        Raises DocumentError where they cannot be used; StoreError, UsageError.
        """
        payload = set_payload(texts)
        with self.store.reading() as connection:
            newest = newest_set(connection, _ALL)
        if newest is not None and newest.sha256 == payload["set"]:
            return None
        library = load_library(texts)
        self.shelves.check(library)
        with self.act(by, progress, under_recorded=False) as act:
            return act.adopt(texts, library)

    def tick(self, by: Actor, progress: Callable[[], None] = lambda: None) -> Receipt:
        """Record the decisions that differ because the day has changed, and try the units that could not be decided.

        Raises StoreError.
        """
        with self.act(by, progress) as act:
            return act.receipt() if act.documents is None else act.retry()

    def forget(self) -> None:
        """Forget what is kept in mind of units, as a new process would have it."""
        with self._deciding:
            self._settler.forget()

    # Asking -------------------------------------------------------------------------------------------------------

    @contextmanager
    def view(self, as_of: datetime.date | None = None, known_at: str | None = None) -> Iterator[View]:
        """The ledger as at a day (today, or the day of `known_at`), as known at a moment (now).

        `known_at` is text as records have it. Raises StoreError: PF710 where there were no documents.
        """
        with self.store.reading() as connection:
            day, known, told = as_of, _ALL, None
            if known_at is not None:
                known, newest, is_last = known_by(connection, known_at)
                told = newest if is_last else known_at
                day = as_of or london_day(known_at)
            with self._seen(connection, known, day or self.today(), told) as view:
                yield view

    @contextmanager
    def view_at(self, seq: int, as_of: datetime.date) -> Iterator[View]:
        """The ledger as at a day, as it was known once a record was: by its documents. Raises StoreError."""
        with self.store.reading() as connection, self._seen(connection, seq, as_of, None) as view:
            yield view

    @contextmanager
    def _seen(
        self, connection: sa.Connection, known: int, day: datetime.date, told: str | None
    ) -> Iterator[View]:
        seen = glance(connection, known)
        documents = None if seen.documents is None else self._sets.get(seen.documents)
        if documents is None:
            documents = newest_set(connection, known)
            if documents is None or seen.documents is None:
                raise no_documents(self.store.shown)
            if len(self._sets) >= _MAX_SETS:
                self._sets.clear()
            self._sets[seen.documents] = documents
        with self.shelves.policy(connection, documents) as policy:
            yield View(connection, policy, documents, known, day, Fresh(), told, seen)

    @contextmanager
    def policy(self) -> Iterator[Policy]:
        """The policy in force. Raises StoreError: PF710 where there is none."""
        with self.view() as view:
            yield view.policy

    def texts(self, known_at: str | None = None) -> tuple[DocumentSet, Texts]:
        """The documents in force, with their words. Raises StoreError."""
        with self.store.reading() as connection:
            known = _ALL if known_at is None else known_by(connection, known_at)[0]
            documents = newest_set(connection, known)
            if documents is None:
                raise no_documents(self.store.shown)
            return documents, texts_of(connection, documents)


_ALL = 2**62
"""A number that no record reaches."""
_MAX_SETS = 64
"""So many sets of documents are kept by their numbers and hashes; what they say is kept on the shelves."""


def london_day(moment: str) -> datetime.date:
    """The day in London of a moment, as records have it."""
    return datetime.datetime.fromisoformat(moment).astimezone(LONDON).date()


def no_documents(shown: str) -> StoreError:
    """There is nothing yet to decide by."""
    message = "The ledger holds no framework documents yet, so there is nothing to decide by."
    hint = (
        "Load returns with `prioritise load`, or start `prioritise serve`: both record the documents first."
    )
    return StoreError([Problem("PF710", message, Place(shown), hint)])
