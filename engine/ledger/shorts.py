"""Short answers: the status of a unit and since when, by day and over time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from engine.active import DAY
from engine.decision import Decision
from engine.ledger.store import tables
from rules.framework import Framework

_TOLD = ("id", "status", "since", "previous", "calculated", "calculated_since", "review_by")


class Short(NamedTuple):
    """The short answer for one unit: the status and since when, with the id of the decision that says so.

    `as_of` is the day that the decision was made for, and `recorded` whether it stands in the ledger; one that does
    not was made for the question. Days are ISO text.
    """

    pdu: str
    region: str
    as_of: str
    id: str
    status: str
    since: str
    previous: str | None
    calculated: str
    calculated_since: str | None
    review_by: str | None
    version: str
    recorded: bool


class Stretch(NamedTuple):
    """Days in a row with one status, as recorded, and the decision that it began with. Days are ISO text."""

    first: str
    last: str
    status: str
    decision: str


def short_at(connection: sa.Connection, seq: int) -> Short:
    """The short answer that a recorded decision gives."""
    return short_of(
        connection.execute(sa.select(tables.decisions).where(tables.decisions.c.seq == seq)).one()
    )


def newest_by_day(
    connection: sa.Connection,
    framework: str,
    pdu: str,
    first: datetime.date,
    last: datetime.date,
    known: int,
) -> list[Short]:
    """For each day with decisions the newest that was known, in the order of days."""
    decisions = tables.decisions
    newest = (
        sa.select(sa.func.max(decisions.c.seq))
        .where(
            decisions.c.framework == framework,
            decisions.c.pdu == pdu,
            decisions.c.as_of >= first.isoformat(),
            decisions.c.as_of <= last.isoformat(),
            decisions.c.seq <= known,
        )
        .group_by(decisions.c.as_of)
    )
    rows = connection.execute(
        sa.select(decisions).where(decisions.c.seq.in_(newest)).order_by(decisions.c.as_of)
    )
    return [short_of(row) for row in rows]


def short_of(row: Any) -> Short:
    """A row of `decisions` as the short answer."""
    told = {key: getattr(row, key) for key in _TOLD}
    return Short(pdu=row.pdu, region=row.region, as_of=row.as_of, version=row.version, recorded=True, **told)


def shortened(decision: Decision) -> Short:
    """The short answer that a decision gives which was made for the question."""
    told = {key: decision[key] for key in _TOLD}
    pdu, version = decision["pdu"], decision["framework"]["version"]
    return Short(
        pdu=pdu["id"], region=pdu["region"], as_of=decision["as_of"], version=version, recorded=False, **told
    )


def stretched(
    shorts: Sequence[Short], first: datetime.date, last: datetime.date, framework: Framework
) -> list[Stretch]:
    """Short answers in the order of their days as stretches of one status; days without a version are left out."""
    found = _stretches(shorts, first, last)
    return [piece for stretch in found for piece in _in_force(stretch, framework)]


def _in_force(stretch: Stretch, framework: Framework) -> Iterator[Stretch]:
    """A stretch without the days on which no version is in force."""
    day, last = datetime.date.fromisoformat(stretch.first), datetime.date.fromisoformat(stretch.last)
    for policy in framework.policies:
        until, effective = policy.version.until, policy.version.effective
        if until is None or until < day or effective > last:
            continue
        following = min(
            (one.version.effective for one in framework.policies if one.version.effective > until),
            default=None,
        )
        if following is None or following > until + DAY:
            if framework.in_force(day) is not None:
                yield stretch._replace(first=day.isoformat(), last=min(until, last).isoformat())
            day = last + DAY if following is None else following
    if day <= last and framework.in_force(day) is not None:
        yield stretch._replace(first=day.isoformat())


def _stretches(shorts: Sequence[Short], first: datetime.date, last: datetime.date) -> Iterator[Stretch]:
    """Short answers in the order of their days as stretches of one status."""
    held: Stretch | None = None
    for short in shorts:
        start = max(short.as_of, first.isoformat())
        if held is not None and held.status == short.status:
            continue
        if held is not None:
            ended = (datetime.date.fromisoformat(start) - DAY).isoformat()
            yield held._replace(last=ended)
        held = Stretch(start, start, short.status, short.id)
    if held is not None:
        yield held._replace(last=last.isoformat())
