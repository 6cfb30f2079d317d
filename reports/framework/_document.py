"""A version of a framework in words, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass

from reports._explanation import Badge, DutyPart, Label, Line, Reference, Table


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition in words; a group has its parts. `basis` says where its number comes from."""

    text: str
    basis: str | None
    note: str | None
    parts: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusText:
    """A status: what it means, when it begins, when it ends, and what else is said of it."""

    id: str
    badge: Badge
    style: str
    meaning: str | None
    enter: Clause | None
    exit: Clause | None
    facts: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Reducible:
    """What may be done instead of an activity's usual work, from a status on."""

    title: str
    usual: str | None
    lead: str
    do: str
    limits: tuple[Line, ...]
    when: Clause | None
    source: Reference | None


@dataclass(frozen=True, slots=True)
class ReduciblePart:
    """The reductions of one part of the work."""

    title: str | None
    items: tuple[Reducible, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """All reductions that begin at a status."""

    id: str
    title: str
    parts: tuple[ReduciblePart, ...]


@dataclass(frozen=True, slots=True)
class FrameworkDocument:
    """The whole version."""

    id: str
    title: str
    in_force: str
    approved: str | None
    summary: str | None
    changes: tuple[str, ...]
    labels: tuple[Label, ...]
    rules: tuple[Line, ...]
    statuses: tuple[StatusText, ...]
    triggers: Table | None
    duties_intro: str
    duties: tuple[DutyPart, ...]
    levels: tuple[Level, ...]
    measures: Table | None
    cohorts: tuple[Line, ...]
    sources: tuple[Reference, ...]
