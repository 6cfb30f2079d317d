"""The documents that the ledger decides by: sets of texts as they were recorded, and the policy read from them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple

import orjson
import sqlalchemy as sa

from engine.canonical import digest
from engine.course import Course, course_of
from engine.deciding import Engine
from engine.decision import Decision
from engine.ledger.facts import Facts
from engine.ledger.records import Payload
from engine.ledger.store import tables
from engine.ledger.store.chain import Record, sha256, unpacked
from engine.parents import COUNTRY, framework_of, is_parent
from engine.standing import Standing
from engine.walk import Walk
from rules.library import Framework, Library, Texts, load_library
from rules.model import Pdu, Version
from rules.problems import UsageError
from rules.said import said
from rules.views import CheckedView

MAX_KEPT = 4
"""So many sets are kept read, with their loaded rulesets: the one in force, and those that questions go back to."""


class DocumentSet(NamedTuple):
    """A set of documents as recorded: its hash, and the hash of each text by its path."""

    seq: int
    recorded_at: str
    sha256: str
    documents: Mapping[str, str]


def set_payload(texts: Texts) -> Payload:
    """A set of documents, as it is recorded."""
    hashes = {path: sha256(text) for path, text in texts.documents.items()}
    return {"set": digest(hashes), "documents": hashes}


def set_of(record: Record) -> DocumentSet:
    """The set of documents that a record holds."""
    payload = orjson.loads(record.body)
    return DocumentSet(record.seq, record.recorded_at, payload["set"], payload["documents"])


_NEWEST = (
    sa.select(tables.records)
    .join(tables.document_sets, tables.document_sets.c.seq == tables.records.c.seq)
    .where(tables.document_sets.c.seq <= sa.bindparam("known"))
    .order_by(tables.document_sets.c.seq.desc())
    .limit(1)
)


def newest_set(connection: sa.Connection, known: int) -> DocumentSet | None:
    """The documents in force once so many records were known, if there were any."""
    found = connection.execute(_NEWEST, {"known": known}).first()
    return None if found is None else set_of(unpacked(found))


def texts_of(connection: sa.Connection, documents: DocumentSet) -> Texts:
    """The words of a set of documents."""
    rows = connection.execute(
        sa.select(tables.texts.c.sha256, tables.texts.c.text).where(
            tables.texts.c.sha256.in_(set(documents.documents.values()))
        )
    )
    by_hash = {row.sha256: bytes(row.text) for row in rows}
    return Texts({path: by_hash[hash_] for path, hash_ in documents.documents.items()})


class Policy:
    """The policy of one set of documents under one framework, with its loaded rulesets."""

    def __init__(self, library: Library, framework: str | None, sha256: str) -> None:
        self.library = library
        self.framework = library.framework(framework)
        if self.framework.pinned:
            raise UsageError(said("The ledger decides by the version in force on each day: name no version."))
        self.engine = Engine(self.framework, library.organisation)
        self.pdus = {pdu.id: pdu for pdu in library.organisation.pdus}
        self.sha256 = sha256
        self.views: Mapping[str, CheckedView] | None = None
        """Read when they are first asked for (`engine.ledger.returned`)."""
        self.users = 0
        self.dropped = False

    def course(self, pdu: Pdu, facts: Facts) -> Course:
        """Everything that a unit's decisions depend on."""
        if is_parent(pdu.id):
            return course_of(self.framework_of(pdu), pdu, facts.returns.values(), facts.told())
        return self.engine.course(pdu, facts.returns.values(), facts.told())

    @cached_property
    def everyone(self) -> Mapping[str, Pdu]:
        """The units, and the parents that the framework gives a status of their own, by their ids."""
        return {**self.pdus, **{id_: parent.pdu for id_, parent in self.engine.parents.all.items()}}

    def framework_of(self, pdu: Pdu) -> Framework:
        """The framework that a unit or a parent is decided by."""
        return framework_of(self.engine.parents.all[pdu.id]) if is_parent(pdu.id) else self.framework

    def version_of(self, decision: Decision) -> Version:
        """The version that a decision names, as it judges the unit or parent that the decision is on."""
        pdu, named = self.everyone.get(decision["pdu"]["id"]), decision["framework"]
        framework = self.library.frameworks[named["id"]] if pdu is None else self.framework_of(pdu)
        return next(one.version for one in framework.policies if one.version.version == named["version"])

    def above(self, units: Iterable[Pdu], named: Collection[str]) -> list[list[Pdu]]:
        """The parents of some units, and those named: regions first, then the whole, which may follow from them."""
        ids = {unit.id for unit in units}
        found = [
            parent.pdu
            for id_, parent in self.engine.parents.all.items()
            if id_ in named or not ids.isdisjoint(parent.units)
        ]
        levels = ([one for one in found if one.id != COUNTRY], [one for one in found if one.id == COUNTRY])
        return [level for level in levels if level]

    def write(self, walk: Walk, standing: Standing, facts: Facts, decided_at: str | None) -> Decision:
        """The decision on where a unit stands, with what was noted of the return that it rests on."""
        notes = facts.notes.get(standing.newest.as_of, ()) if standing.newest is not None else ()
        return self.engine.write(walk.course, standing, decided_at=decided_at, notes=notes)


class Shelves:
    """The policies in use, by the hash of their set. Safe for many threads."""

    def __init__(self, framework: str | None) -> None:
        self._framework = framework
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Policy] = OrderedDict()

    @contextmanager
    def policy(self, connection: sa.Connection, documents: DocumentSet) -> Iterator[Policy]:
        """The policy of a recorded set, for as long as it is used. Raises DocumentError, UsageError."""
        found = self.take(connection, documents)
        try:
            yield found
        finally:
            self.leave(found)

    def take(self, connection: sa.Connection, documents: DocumentSet) -> Policy:
        """The policy of a recorded set; `leave` it once it is no longer used. Raises DocumentError, UsageError."""
        with self._lock:
            found = self._kept.get(documents.sha256)
            if found is not None:
                self._kept.move_to_end(documents.sha256)
                found.users += 1
                return found
        return self.put(load_library(texts_of(connection, documents)), documents.sha256)

    def check(self, library: Library) -> None:
        """Whether a library has the framework that is decided. Raises UsageError where it has not."""
        library.framework(self._framework)

    def put(self, library: Library, sha256: str) -> Policy:
        """Keep a policy that was read, and take it; `leave` it once it is no longer used."""
        made = Policy(library, self._framework, sha256)
        with self._lock:
            policy = self._kept.setdefault(sha256, made)
            self._kept.move_to_end(sha256)
            policy.users += 1
            gone = [self._kept.popitem(last=False)[1] for _ in range(len(self._kept) - MAX_KEPT)]
            for one in gone:
                one.dropped = True
            unused = [one for one in gone if one.users == 0]
        for one in unused:
            one.engine.close()
        return policy

    def leave(self, policy: Policy) -> None:
        """A policy that was taken is no longer used: its rulesets are freed, if it is not kept."""
        with self._lock:
            policy.users -= 1
            unused = policy.dropped and policy.users == 0
        if unused:
            policy.engine.close()

    def close(self) -> None:
        """Free the loaded rulesets."""
        with self._lock:
            kept, self._kept = self._kept, OrderedDict()
        for policy in kept.values():
            policy.engine.close()
