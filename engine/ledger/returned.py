"""The returns that the ledger holds, as they stood once so many records were known; and the views of its documents."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping

import orjson
import sqlalchemy as sa

from engine.ledger.documents import texts_of
from engine.ledger.records import return_of
from engine.ledger.store import tables
from engine.ledger.store.chain import opened
from engine.ledger.view import View
from rules.figures import Return
from rules.library import load_views
from rules.views import CheckedView


def returns_between(
    view: View, first: datetime.date, last: datetime.date, inputs: Collection[str] | None = None
) -> dict[str, list[Return]]:
    """The returns of all units for the days from `first` to `last`, by unit and in the order of their days.

    Of each unit the newest before them is there too, so that a unit without any is known from one that is late. Of
    several for one day the newest that was known counts, as in decisions. With `inputs` they hold the numbers of these
    inputs only: returns are many, and most questions look at few figures.
    """
    returns, records = tables.returns, tables.records
    known = (returns.c.framework == view.policy.framework.id, returns.c.seq <= view.known)
    between = (returns.c.as_of >= first.isoformat(), returns.c.as_of <= last.isoformat())
    newest = (
        sa.select(sa.func.max(returns.c.seq)).where(*known, *between).group_by(returns.c.pdu, returns.c.as_of)
    )
    days = (
        sa.select(returns.c.pdu, sa.func.max(returns.c.as_of).label("as_of"))
        .where(*known, returns.c.as_of < first.isoformat())
        .group_by(returns.c.pdu)
        .subquery()
    )
    before = (
        sa.select(sa.func.max(returns.c.seq))
        .join(days, sa.and_(days.c.pdu == returns.c.pdu, days.c.as_of == returns.c.as_of))
        .where(*known)
        .group_by(returns.c.pdu)
    )
    rows = view.connection.execute(
        sa.select(records.c.body, records.c.recorded_at).where(records.c.seq.in_(newest.union_all(before)))
    )
    found: dict[str, list[Return]] = {}
    for row in rows:
        payload = orjson.loads(opened(row.body))
        if inputs is not None:
            numbers = {
                key: text for key, text in payload["numbers"].items() if key.partition("[")[0] in inputs
            }
            payload = {**payload, "numbers": numbers, "categories": {}}
        given = return_of(payload, row.recorded_at)
        found.setdefault(given.pdu, []).append(given)
    for own in found.values():
        own.sort(key=lambda one: one.as_of)
    return found


def views_of(view: View) -> Mapping[str, CheckedView]:
    """The views of the documents in force, by their ids. Raises DocumentError where they cannot be used."""
    policy = view.policy
    if policy.views is None:
        folder = f"{policy.framework.id}/views/"
        own = {path: hash_ for path, hash_ in view.documents.documents.items() if path.startswith(folder)}
        texts = texts_of(view.connection, view.documents._replace(documents=own))
        policy.views = load_views(texts, policy.framework)
    return policy.views
