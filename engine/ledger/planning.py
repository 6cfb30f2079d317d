"""What questions about the weeks ahead rest on: a unit's course and its decision, as the ledger has them."""

from __future__ import annotations

from typing import NamedTuple

from engine.course import Course
from engine.deciding import Undecided
from engine.decision import Decision
from engine.ledger.facts import Facts, newer_facts
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


def facts_of(view: View, pdu: Pdu) -> Facts:
    """All that was known of a unit: its returns, and the events that bear on it."""
    facts = Facts()
    for record in newer_facts(view.connection, view.policy.framework.id, pdu, 0, view.known):
        facts.take(record)
    return facts


def version_of(view: View, decision: Decision) -> Version:
    """The version of the view's documents that a decision was made under, as it judges that unit or parent."""
    return view.policy.version_of(decision)
