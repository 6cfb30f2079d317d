"""What a forecast from the ledger rests on: the returns of a unit and of those beside it, as far as they were known."""

from __future__ import annotations

from typing import NamedTuple

from engine.ledger.facts import Facts
from engine.ledger.planning import facts_of
from engine.ledger.view import View
from rules.figures import Return
from rules.model import Events, Pdu


class Known(NamedTuple):
    """The units of a region with their returns in the order of days, and the events of the unit asked for."""

    units: list[tuple[Pdu, list[Return]]]
    events: Events


def known_of(view: View, pdu: Pdu) -> Known:
    """What is known of a unit and of all others of its region, which lend it their rates."""
    events = Events()
    units = []
    beside = (one for one in view.policy.pdus.values() if one.region == pdu.region)
    for one in sorted(beside, key=lambda unit: unit.id):
        facts = facts_of(view, one)
        if one.id == pdu.id:
            events = facts.told()
        units.append((one, _series(view, facts)))
    return Known(units, events)


def known_in(view: View, region: str) -> list[tuple[Pdu, list[Return]]]:
    """The units of a region with their returns in the order of days, as far as they were known."""
    own = (one for one in view.policy.pdus.values() if one.region == region)
    return [(one, _series(view, facts_of(view, one))) for one in sorted(own, key=lambda unit: unit.id)]


def _series(view: View, facts: Facts) -> list[Return]:
    return [facts.returns[day] for day in sorted(facts.returns) if day <= view.day]
