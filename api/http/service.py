"""What is served: the ledger, the documents that it decides by, and the current answers; kept up to date by itself."""

from __future__ import annotations

import asyncio
import random
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from api.http import logs
from api.http.folder import Folder, shipped
from api.http.health import own_version
from api.http.kept import Kept
from api.http.metrics import Metrics
from api.http.outlooks import Outlooks
from api.http.past import Past
from api.http.settings import PREFIX, ServiceSettings
from api.http.snapshot import Snapshots, Today
from engine.ledger.documents import set_payload
from engine.ledger.ledger import Clock, Ledger
from engine.ledger.overview import Overview, stale_units
from engine.ledger.recording import Receipt
from engine.ledger.records import Actor
from engine.ledger.store import default_url, utc_now
from engine.ledger.undecided import Unsettled
from engine.ledger.view import View
from rules.library import take_texts
from rules.problems import Place, PrioritiseError, Problem, UsageError

if TYPE_CHECKING:
    from reports.pages import UnitPage

SERVICE = Actor("service")
"""Who records what the service does by itself."""
MOST_UNITS = 256
"""The pages of so many units are kept."""
_LONGEST_WAIT = 300.0
_AGAIN = 15.0
"""So many seconds after a day could not be settled, questions do not try it again."""
_TRY = 300.0
"""So many seconds after units could not be decided, the rounds try them again; a new day or documents do at once."""


class Stopping(Exception):
    """The service stops: what was being recorded is given up, and nothing of it stands."""


class Service:
    """The state behind the routes."""

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        metrics: Metrics | None = None,
        clock: Clock = utc_now,
        begun: Callable[[], None] = lambda: None,
    ) -> None:
        self.settings = settings
        self._begun = begun
        self.metrics = metrics
        self.clock = clock
        url = settings.store.get_secret_value() if settings.store else default_url()
        self.ledger = Ledger(url, framework=settings.framework, version=own_version(), clock=clock)
        self.overview = Overview()
        self.today = Today(clock)
        self.folder = Folder(settings.frameworks or shipped())
        self.outlooks = Outlooks(settings.pipeline)
        self.units: Kept[UnitPage] = Kept(MOST_UNITS)
        """What the page of a unit tells, while nothing new is known of that unit."""
        self.refused: tuple[Problem, ...] = ()
        """Why the documents in the folder are not the ones in use, where they cannot be used."""
        self.undecided: tuple[Unsettled, ...] = ()
        """The units that could not be decided when somebody last looked: they have no answer, and the others have."""
        self._tried = float("-inf")
        self._faults: set[Unsettled] = set()
        self._proposed: str | None = None
        self._pool = ThreadPoolExecutor(3, "service")
        self.snapshots = Snapshots(self.ledger, self.overview, self.today, self.settle, self._pool)
        self.past = Past(self.snapshots, self.today)
        self._keeping = threading.Lock()
        self._failed: tuple[object, float] = (None, 0.0)
        self._stopping = threading.Event()
        self._woken: asyncio.Event | None = None
        self._told_to_read = False
        self._failures = 0
        self._told: object = None
        self._rounds: asyncio.Task[None] | None = None
        self._counted: tuple[object, object] | None = None

    # For the shell ------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Take up the documents, settle the day, and go on looking after both. Faults are told, not raised."""
        self._woken = asyncio.Event()
        self._listen()
        await self._round()
        try:
            await self.snapshots.current()  # so that the first who asks need not wait for it
        except PrioritiseError:
            pass  # told by the round before
        except Exception as error:
            logs.log().error("snapshot", **logs.fault(error))
        self._begun()
        self._rounds = asyncio.create_task(self._go_on())

    async def stop(self) -> None:
        """End what is being done, and close the ledger."""
        self._stopping.set()
        if self._woken is not None:
            self._woken.set()
        if self._rounds is not None:
            with suppress(asyncio.CancelledError):
                await self._rounds
        await asyncio.to_thread(self._close)

    def problems(self) -> Sequence[Problem]:
        """Why questions cannot be answered: the ledger is out of reach, or there are no documents that can be used."""
        try:
            with self.ledger.view() as view:
                self._see(view)
                return []
        except UsageError as error:
            return [self._usage(error)]
        except PrioritiseError as error:
            if self.refused and [problem.code for problem in error.problems] == ["PF710"]:
                return self.refused
            return error.problems

    def info(self) -> Mapping[str, Any]:
        """The store, the documents in use, those in the folder that were refused, and how far all is settled."""
        told: dict[str, Any] = {
            "store": self.ledger.store.shown,
            "folder": str(self.folder.path),
            "refused": [problem.as_dict() for problem in self.refused],
        }
        try:
            with self.ledger.view() as view:
                told["framework"] = view.policy.framework.id
                told["documents"] = dict(view.documents.documents)
                told["set"] = view.documents.sha256
                told["adopted_at"] = view.documents.recorded_at
                told["settled"] = None if view.settled is None else view.settled.isoformat()
                told["undecided"] = [told_of(one) for one in self._see(view)]
                told["records"] = self.ledger.head()
        except PrioritiseError as error:
            told["problems"] = [problem.as_dict() for problem in error.problems]
        told["today"] = self.today().isoformat()
        return told

    # For the routes -----------------------------------------------------------------------------------------------

    def recorded(self, receipt: Receipt | None) -> None:
        """Count the decisions of a write, and what it could not decide. Every write is to be told."""
        if receipt is None:
            return
        if self.metrics is not None:
            for status, count in receipt.decisions.items():
                self.metrics.decided(status, count)
            for one in receipt.undecided:
                if one.code == "PF900":
                    self.metrics.disagreed()
        new = [one for one in receipt.undecided if one not in self._faults]
        if new:
            self._faults.update(new)
            logs.log().error(
                "undecided", units=[told_of(one) for one in new], problems=[one.message for one in new]
            )

    async def reload(self) -> Receipt | None:
        """Take up the documents in the folder now; None where they are in use already.

        Raises DocumentError or UsageError where they cannot be used, and StoreError.
        """
        return await asyncio.to_thread(self._propose, True)

    # Keeping up to date -------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Settle the day, if nobody has. In a thread. A fault is told; whoever asks is answered all the same."""
        with self._keeping:
            day, at = self._failed
            if day == self.today() and time.monotonic() - at < _AGAIN:
                return
            with suppress(PrioritiseError):
                self._tick()

    def _tick(self) -> None:
        try:
            with self.ledger.view() as view:
                due = self._see(view) and time.monotonic() - self._tried >= _TRY
                if view.settled is not None and view.settled >= view.day and not due:
                    return
            self._tried = time.monotonic()
            self.recorded(self.ledger.tick(SERVICE, self._may_go_on))
        except PrioritiseError as error:
            self._failed = (self.today(), time.monotonic())
            self._report("the day is not settled", error)
            raise

    def _propose(self, at_once: bool) -> Receipt | None:
        """Have the ledger decide by the documents in the folder, if they have changed. In a thread."""
        with self._keeping:
            if not at_once and self._proposed is not None and not self.folder.changed():
                return None
            self.folder.take()
            try:
                texts = take_texts(self.folder.path)
                proposed = set_payload(texts)["set"]
                if proposed == self._proposed and not at_once:
                    return None  # touched, but the words are the same
                self._proposed = None  # whatever goes wrong, they are still to be taken up
                receipt = self.ledger.adopt(texts, SERVICE, self._may_go_on)
            except UsageError as error:
                self._refuse([self._usage(error)], None)
                raise
            except PrioritiseError as error:
                if not _is_passing(error):
                    self._refuse(error.problems, proposed)
                raise
            self._proposed, self.refused = proposed, ()
            if self.metrics is not None:
                self.metrics.loaded(self.clock().timestamp())
        if receipt is not None:
            self.recorded(receipt)
            logs.log().info("documents", set=proposed, records=receipt.last - receipt.first + 1)
        return receipt

    def _refuse(self, problems: Iterable[Problem], proposed: str | None) -> None:
        self.refused, self._proposed = tuple(problems), proposed or ""
        told = [str(problem) for problem in self.refused[:20]]
        logs.log().error("documents refused", count=len(self.refused), problems=told)

    async def _go_on(self) -> None:
        """Rounds, until told to stop: at the set interval, later after failures, and as soon as a day has begun."""
        assert self._woken is not None
        while not self._stopping.is_set():
            wait = self.settings.reload_interval * 2 ** min(self._failures, 10)
            wait = min(wait, max(_LONGEST_WAIT, self.settings.reload_interval)) * random.uniform(0.8, 1.0)
            until_midnight = self.today.left() + 0.05
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), min(wait, until_midnight))
            self._woken.clear()
            if not self._stopping.is_set():
                await self._round()

    async def _round(self) -> None:
        """Look at the folder and the day once. Nothing is raised."""
        at_once, self._told_to_read = self._told_to_read, False
        loop = asyncio.get_running_loop()
        try:
            failed = await loop.run_in_executor(self._pool, self._look, at_once)
        except Stopping:
            return
        except Exception as error:
            logs.log().error("round", **logs.fault(error))
            failed = True
        self._failures = self._failures + 1 if failed else 0

    def _look(self, at_once: bool) -> bool:
        """One round, in a thread; whether it is to be tried again after a longer while."""
        failed = False
        try:
            self._propose(at_once)
        except UsageError:
            pass  # told already
        except PrioritiseError as error:
            if _is_passing(error):
                failed = True
                self._report("the documents are not taken up", error)
        try:
            with self._keeping:
                self._tick()
            if not failed:
                self._told = None
            self._count()
            if self.metrics is not None:
                self.metrics.ready(not self.problems())
        except PrioritiseError as error:
            failed |= [problem.code for problem in error.problems] != ["PF710"]
        return failed

    def _count(self) -> None:
        """Tell the metrics how many units have no fresh return, where that may have changed."""
        if self.metrics is None:
            return
        seen = (self.ledger.head(), self.today())
        if seen != self._counted:
            with self.ledger.view() as view:
                self.metrics.stale(stale_units(view))
                self.metrics.undecided(len(self._see(view)))
            self._counted = seen

    def _see(self, view: View) -> tuple[Unsettled, ...]:
        """Take note of the units that cannot be decided."""
        found = self.undecided = tuple(view.undecided[id_] for id_ in sorted(view.undecided))
        self._faults &= set(found)
        return found

    def _report(self, what: str, error: PrioritiseError) -> None:
        """Log a fault, once for as long as it stays the same."""
        told = [str(problem) for problem in error.problems] or [str(error)]
        if told != self._told:
            self._told = told
            logs.log().error(what, problems=told)

    def _may_go_on(self) -> None:
        """Called between units while something is recorded."""
        if self._stopping.is_set():
            raise Stopping

    def _listen(self) -> None:
        """Read the folder again at SIGHUP, where there is such a thing and this is the main thread."""
        hup = getattr(signal, "SIGHUP", None)
        if hup is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(hup, self._read_again)

    def _read_again(self) -> None:
        self._told_to_read = True
        if self._woken is not None:
            self._woken.set()

    def _usage(self, error: UsageError) -> Problem:
        place = Place("settings", path=f"{PREFIX}FRAMEWORKS")
        return Problem("PF735", error.message, place)

    def _close(self) -> None:
        self._pool.shutdown()
        self.ledger.close()


def told_of(fault: Unsettled) -> dict[str, str]:
    """A unit that cannot be decided, as those who run the service are told of it."""
    return {"pdu": fault.pdu, "first": fault.first.isoformat(), "code": fault.code}


def _is_passing(error: PrioritiseError) -> bool:
    """Whether it is the ledger's fault, which may pass, and not the documents'."""
    return any(problem.code.startswith("PF7") for problem in error.problems)
