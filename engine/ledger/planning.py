"""What questions about the weeks ahead rest on: a unit's course and its decision, as the ledger has them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

import sqlalchemy as sa

from engine.course import Course
from engine.deciding import Undecided
from engine.decision import Decision
from engine.ledger.facts import Facts, newer_facts
from engine.ledger.overview import marks_of
from engine.ledger.store import tables
from engine.ledger.view import View
from rules.model import Pdu, Version


class Ground(NamedTuple):
    """A unit's course, as far as it was known, and the decision in force on the day of the view."""

    course: Course
    decision: Decision


def ground_of(view: View, pdu: Pdu) -> Ground | Undecided:
    """What a question about a unit rests on, or why there is no decision. Raises DisagreementError."""
    decision = view.decision(pdu)
    if isinstance(decision, Undecided):
        return decision
    return Ground(view.policy.course(pdu, facts_of(view, pdu)), decision)


def mark_of(view: View, pdu: Pdu) -> Hashable:
    """What every answer about a unit alone follows from: with the same mark, the same question has the same answer.

    It has the documents, the day, what is known of the unit, and what was decided of it. What is recorded of others
    leaves it as it is.
    """
    decisions = tables.decisions
    decided = view.connection.execute(
        sa.select(sa.func.max(decisions.c.seq)).where(
            decisions.c.framework == view.policy.framework.id,
            decisions.c.pdu == pdu.id,
            decisions.c.seq <= view.known,
        )
    ).scalar()
    known = marks_of(view, [pdu])[pdu.id]
    return view.documents.sha256, pdu.id, view.day, view.settled_of(pdu), known, decided


def facts_of(view: View, pdu: Pdu) -> Facts:
    """All that was known of a unit: its returns, and the events that bear on it."""
    facts = Facts()
    for record in newer_facts(view.connection, view.policy.framework.id, pdu, 0, view.known):
        facts.take(record)
    return facts


def version_of(view: View, decision: Decision) -> Version:
    """The version of the view's documents that a decision was made under, as it judges that unit or parent."""
    return view.policy.version_of(decision)
