"""What no record tells: decided for a question, from what was known at the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.course import Course
from engine.deciding import Undecided, no_version
from engine.decision import Decision
from engine.ledger.facts import Facts, newer_facts
from engine.parents import Notes, is_parent
from rules.model import Pdu

if TYPE_CHECKING:
    from engine.ledger.view import View


class Fresh:
    """Decides for a question what no record tells, from what was known then."""

    def decision(self, view: View, pdu: Pdu) -> Decision | Undecided:
        """The decision for a unit on the day asked. Raises EngineError."""
        facts = Facts()
        policy = view.policy
        for record in newer_facts(view.connection, policy.framework.id, pdu, 0, view.known):
            facts.take(record)
        course = policy.course(pdu, facts)
        if is_parent(pdu.id):
            course, notes = self._parent(view, pdu, facts)
            facts.notes = {day: [*told] for day, told in notes.items()}
        walk = policy.engine.walk(course)
        standing = walk.on(view.day)
        if standing is None:
            return no_version(policy.framework, pdu, view.day)
        return policy.write(walk, standing, facts, None)

    @staticmethod
    def _parent(view: View, pdu: Pdu, facts: Facts) -> tuple[Course, Notes]:
        """The course of a parent, from what was known of the units below it; `facts` are its own."""
        policy = view.policy
        courses = {}
        for id_ in policy.engine.parents.all[pdu.id].units:
            unit, known = policy.pdus[id_], Facts()
            for record in newer_facts(view.connection, policy.framework.id, unit, 0, view.known):
                known.take(record)
            courses[id_] = policy.course(unit, known)
        (found,) = policy.engine.parents_over(courses, facts.told(), view.day, [pdu.id])
        return found
