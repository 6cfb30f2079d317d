"""One write to the ledger: facts are appended, and what follows from them is decided in the same transaction."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from engine.active import DAY
from engine.ledger.asking import Told, events_of
from engine.ledger.documents import DocumentSet, Policy, Shelves, newest_set, set_payload
from engine.ledger.faults import Faults
from engine.ledger.parents import cause_above
from engine.ledger.records import (
    DECLARATION,
    DOCUMENTS,
    END,
    RETURN,
    SUSPENSION,
    TICK,
    UNDECIDED,
    Actor,
    Cause,
    Payload,
    event_payload,
    index_rows,
    return_payload,
)
from engine.ledger.revisions import Revision
from engine.ledger.settling import Affected, Settler
from engine.ledger.store import Writing, tables
from engine.ledger.store.chain import sha256
from engine.ledger.store.idempotency import Answer, keep, prune, recall
from engine.ledger.undecided import Unsettled, begun_payload, ended_payload, undecided_by
from engine.ledger.units import decision_at, recorded_before
from engine.ledger.view import settled_through
from engine.parents import is_parent
from rules.figures import Return
from rules.library import Library, Texts
from rules.model import Declaration, Pdu, Suspension
from rules.problems import DocumentError, Place, Problem, StoreError, UsageError
from rules.said import said
from rules.suggestions import safe


class Receipt(NamedTuple):
    """What a write has recorded: it stands in the ledger once the write has ended without an error.

    `first` and `last` are the numbers of its records (none where `last` is less). `unchanged` counts returns that
    were recorded already, `corrected` those that replace another. `decisions` counts those made, by status;
    `undecided` are the units that were to be decided and could not be.
    """

    first: int
    last: int
    recorded_at: str
    returns: int
    unchanged: int
    corrected: int
    events: tuple[str, ...]
    decisions: Counter[str]
    undecided: tuple[Unsettled, ...]


class Act:
    """What is done in one write. Used within `Ledger.act`."""

    def __init__(
        self,
        writing: Writing,
        shelves: Shelves,
        settler: Settler,
        by: Actor,
        today: datetime.date,
        progress: Callable[[], None],
    ) -> None:
        self.writing = writing
        self.today = today
        self._shelves = shelves
        self._settler = settler
        self._by = by
        self._progress = progress
        self._base = writing.head
        self._decisions: Counter[str] = Counter()
        self._events: list[str] = []
        self._counts = {"returns": 0, "unchanged": 0, "corrected": 0}
        self.documents: DocumentSet | None = newest_set(writing.connection, writing.head)
        self._policy: Policy | None = None
        self._taken: list[Policy] = []
        self._settled: datetime.date | None = None
        self._faults = Faults({})

    def begin(self) -> None:
        """Take the policy in force, and settle all units through today."""
        if self.documents is not None:
            self._use(self._shelves.take(self.writing.connection, self.documents))
            self._pass_time()

    @property
    def policy(self) -> Policy:
        """The policy in force. Raises StoreError: PF710 where there is none."""
        if self._policy is None:
            raise StoreError(
                [Problem("PF710", "The ledger holds no framework documents yet.", Place("store"))]
            )
        return self._policy

    def close(self) -> None:
        """The write is over, well or not."""
        for policy in self._taken:
            self._shelves.leave(policy)

    def receipt(self) -> Receipt:
        """What has been recorded so far."""
        writing = self.writing
        return Receipt(
            self._base + 1,
            writing.head,
            writing.recorded_at,
            events=tuple(self._events),
            decisions=self._decisions.copy(),
            undecided=self._faults.tried(),
            **self._counts,
        )

    def recall(self, client: str, key: str, request_sha256: str) -> Answer | None:
        """The answer that this request was given before. Raises StoreError: PF707 where the key was another's."""
        return recall(self.writing.connection, client, key, request_sha256)

    def keep(self, client: str, key: str, request_sha256: str, status: int, body: bytes) -> None:
        """Keep the answer to this request with what it records, should the request come again."""
        keep(self.writing, client, key, request_sha256, status, body)

    def adopt(self, texts: Texts, library: Library) -> Receipt:
        """Put other documents in force, and decide again what they change."""
        payload = set_payload(texts)
        if self.documents is None or self.documents.sha256 != payload["set"]:
            rows = [{"sha256": sha256(text), "text": text} for text in texts.documents.values()]
            self.writing.insert(tables.texts, rows)
            record = self._append(DOCUMENTS, payload)
            first, before = self.documents is None, self._before()
            self.documents = DocumentSet(
                record, self.writing.recorded_at, payload["set"], payload["documents"]
            )
            self._use(self._shelves.put(library, payload["set"]))
            if not first:
                revision = Revision(before, self.policy)
                changed = [(pdu, revision.first_day(pdu)) for pdu in self.policy.everyone.values()]
                self._settle(Affected(pdu, "documents", day) for pdu, day in changed if day is not None)
            self._pass_time()
            self.retry()
        return self.receipt()

    @property
    def undecided(self) -> Mapping[str, Unsettled]:
        """The units that cannot be decided, by their ids: they have no answer, and the others go on."""
        return self._faults.now

    def retry(self) -> Receipt:
        """Try once more to decide the units that could not be decided, where this write has not tried yet."""
        self._settle(self._faults.left(self.policy.everyone))
        return self.receipt()

    def _before(self) -> Policy | None:
        """The policy in force until now; None where its documents cannot be read any more."""
        if self._policy is not None or self.documents is None:
            return self._policy
        try:
            found = self._shelves.take(self.writing.connection, self.documents)
        except (DocumentError, UsageError):
            return None
        self._taken.append(found)
        return found

    def record_returns(
        self, returns: Iterable[Return], notes: Mapping[str, list[dict[str, Any]]] | None = None
    ) -> Receipt:
        """Record returns, and decide what follows from them. One that stands already is not recorded again."""
        policy = self.policy
        by_unit: dict[str, list[Return]] = {}
        for one in returns:
            by_unit.setdefault(one.pdu, []).append(one)
        affected = []
        for id_ in sorted(by_unit):
            cause = self._returns_of(id_, by_unit[id_], (notes or {}).get(id_, []))
            if cause is not None:
                affected.append(Affected(policy.pdus[id_], cause))
        self._settle(affected)
        return self.receipt()

    def declare(self, declaration: Declaration) -> Receipt:
        """Record a declaration that was found fit, and decide what follows from it."""
        return self._event(DECLARATION, declaration)

    def suspend(self, suspension: Suspension) -> Receipt:
        """Record a suspension that was found fit, and decide what follows from it."""
        return self._event(SUSPENSION, suspension)

    def event(self, id_: str) -> Told:
        """A declaration or a suspension as it stands. Raises StoreError: PF708 where there is none of that id."""
        found = events_of(self.writing.connection, self.policy.framework.id, id_=id_)
        if not found:
            message = said("There is no declaration or suspension {id}.", id=repr(safe(id_)))
            hint = said("Look up its id in the list of those in force.")
            raise StoreError([Problem("PF708", message, Place("id"), hint)])
        return found[0]

    def end(self, event: Told, last: datetime.date, reason: str) -> Receipt:
        """Give an event an earlier last day; one before its first day takes it back altogether.

        Raises StoreError: PF709 where it was ended before, or ends by then anyway.
        """
        facts, until = event.facts, event.facts["until"]
        if event.end is not None:
            last_day = event.end["last_day"]
            raise _ended(
                said("{id} was ended already, with {day} as its last day.", id=event.id, day=last_day)
            )
        if until is not None and last.isoformat() >= until:
            raise _ended(
                said(
                    "{id} ends on {until} in any case, which is not after {last}.",
                    id=event.id,
                    until=until,
                    last=last,
                )
            )
        payload = {
            "framework": self.policy.framework.id,
            "id": event.id,
            "pdu": facts["pdu"],
            "region": facts["region"],
            "last_day": last.isoformat(),
            "reason": reason,
        }
        self._append(END, payload)
        self._events.append(event.id)
        self._settle(Affected(pdu, "end") for pdu in self._whom(facts["pdu"], facts["region"]))
        return self.receipt()

    def _event(self, kind: str, event: Declaration | Suspension) -> Receipt:
        id_ = f"{kind}-{self.writing.head + 1}"
        self._append(kind, event_payload(self.policy.framework.id, id_, event))
        self._events.append(id_)
        cause: Cause = "declaration" if isinstance(event, Declaration) else "suspension"
        self._settle(Affected(pdu, cause) for pdu in self._whom(event.pdu, event.region))
        return self.receipt()

    def _whom(self, pdu: str | None, region: str | None) -> list[Pdu]:
        """The units that an event is for: one, those of a region, or all."""
        each = self.policy.pdus.values()
        if pdu is not None:
            return [one for one in each if one.id == pdu]
        return [one for one in each if region in (None, one.region)]

    def _returns_of(self, pdu: str, given: list[Return], notes: list[dict[str, Any]]) -> Cause | None:
        """Append the returns of one unit that are new; whether some of them correct others, or None if none is."""
        known = _hashes(self.writing.connection, self.policy.framework.id, pdu)
        cause: Cause | None = None
        for one in sorted(given, key=lambda each: each.as_of):
            before = known.get(one.as_of.isoformat())
            if before == one.sha256:
                self._counts["unchanged"] += 1
                continue
            self._counts["returns"] += 1
            self._counts["corrected"] += before is not None
            cause = "correction" if before is not None or cause == "correction" else "return"
            own = [note for note in notes if note["as_of"] in (None, one.as_of.isoformat())]
            self._append(RETURN, return_payload(self.policy.framework.id, one, own))
        return cause

    def _append(self, kind: str, payload: Payload) -> int:
        record = self.writing.append(kind, payload, self._by.facts())
        for table, row in index_rows(record.seq, kind, payload):
            self.writing.insert(table, [row])
        return record.seq

    def _use(self, policy: Policy) -> None:
        """Decide by a policy that was taken from the shelves, until the end of the write."""
        self._taken.append(policy)
        if self._policy is None:
            self._faults = Faults(undecided_by(self.writing.connection, self._base))
        self._faults.try_again()
        self._policy = policy
        other = self.writing.connection.execute(
            sa.select(tables.ticks.c.framework)
            .where(tables.ticks.c.framework != policy.framework.id)
            .limit(1)
        ).scalar()
        if other is not None:
            message = f"This ledger decides by {other}, and one ledger holds one framework."
            hint = f"Name another store for {policy.framework.id}."
            raise StoreError([Problem("PF712", message, Place("store"), hint)])
        self._settled = settled_through(self.writing.connection, policy.framework.id, self.writing.head)
        if self._settled is not None:  # another machine's clock may be ahead: no day begins twice
            self.today = max(self.today, self._settled)

    def _pass_time(self) -> None:
        """Settle all units through today, if they are not."""
        if self._settled is None or self._settled < self.today:
            prune(self.writing)
            self._append(TICK, {"framework": self.policy.framework.id, "day": self.today.isoformat()})
            self._settle(Affected(pdu, "time") for pdu in self.policy.pdus.values())
            self._settled = self.today

    def _settle(self, units: Iterable[Affected]) -> None:
        """Settle units, and after them the parents above them: these follow from what was decided below."""
        units = list(units)
        if not self.policy.engine.parents.all:
            self._decide(units)
            return
        named = {one.pdu.id: one for one in units if is_parent(one.pdu.id)}
        below = [one for one in units if one.pdu.id not in named]
        self._decide(below)
        for level in self.policy.above((one.pdu for one in below), named):
            self._decide([named.get(pdu.id) or Affected(pdu, cause_above(below)) for pdu in level])

    def _decide(self, units: Iterable[Affected]) -> None:
        due = map(self._faults.due, units)
        found = self._settler.settle(
            self.writing, self.policy, due, self._settled, self.today, self._by, self._progress
        )
        self._decisions += found.decisions
        for fault, is_over in self._faults.take(found):
            self._note(fault, is_over)

    def _note(self, fault: Unsettled, is_over: bool) -> None:
        """Record that a unit cannot be decided, or that it can be again."""
        self.writing.flush()
        day = (self.today if is_over else fault.first) + DAY
        connection, framework = self.writing.connection, self.policy.framework.id
        seq = recorded_before(connection, framework, fault.pdu, day, self.writing.head)
        decision = None if seq is None else decision_at(connection, seq)
        payload = ended_payload if is_over else begun_payload
        unit = self.policy.everyone[fault.pdu]
        self._append(UNDECIDED, payload(framework, unit, fault, self._settler.version, decision))


def _ended(message: str) -> StoreError:
    hint = said("Nothing was recorded. What is to hold for longer is a new declaration or suspension.")
    return StoreError([Problem("PF709", message, Place("last_day"), hint)])


def _hashes(connection: sa.Connection, framework: str, pdu: str) -> dict[str, str]:
    """The hash of the return that counts for each day of a unit."""
    returns = tables.returns
    rows = connection.execute(
        sa.select(returns.c.as_of, returns.c.sha256)
        .where(returns.c.framework == framework, returns.c.pdu == pdu)
        .order_by(returns.c.seq)
    )
    return {row.as_of: row.sha256 for row in rows}
