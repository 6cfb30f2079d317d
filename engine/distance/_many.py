"""Distances straight from returns: of one decision, and of many units."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from engine.deciding import Engine, Undecided, by_unit
from engine.decision import Decision
from engine.distance._distance import distance
from engine.distance.values import Told
from rules.figures import Return
from rules.model import Events


class Measured(NamedTuple):
    """A distance and the decision that it rests on."""

    distance: Told
    decision: Decision


def distance_of(engine: Engine, returns: Sequence[Return], events: Events, decision: Decision) -> Told:
    """How far the unit of a decision is from another status, on the day of the decision. Raises DisagreementError.

    Of the returns those of the unit up to that day count.
    """
    day, id_ = datetime.date.fromisoformat(decision["as_of"]), decision["pdu"]["id"]
    own = [one for one in returns if one.pdu == id_ and one.as_of <= day]
    ((pdu, own),) = by_unit(engine.organisation, own, [id_])
    return distance(engine, engine.course(pdu, own, events), day, decision)


def distance_all(
    engine: Engine,
    returns: Sequence[Return],
    events: Events,
    *,
    as_of: datetime.date | None = None,
    only: Sequence[str] = (),
    notes: Mapping[str, list[dict[str, Any]]] | None = None,
    progress: Callable[[], None] = lambda: None,
) -> tuple[list[Measured], list[Undecided]]:
    """How far each unit is from another status on one day, in the order of ids; and the units without a decision.

    `as_of` is the day of the newest return unless given; returns after it are left out. Raises DisagreementError.
    """
    day = as_of if as_of is not None else max((one.as_of for one in returns), default=None)
    if day is None:
        return [], []
    kept = [one for one in returns if one.as_of <= day]
    units = by_unit(engine.organisation, kept, only or tuple({one.pdu for one in returns}))
    found: dict[str, Measured] = {}
    undecided = []
    for pdu, own in sorted(
        units, key=lambda unit: (unit[0].region, unit[0].id)
    ):  # a region shares its rulesets
        course = engine.course(pdu, own, events)
        decision = engine.decision(course, day, asked=as_of, notes=(notes or {}).get(pdu.id, ()))
        if isinstance(decision, Undecided):
            undecided.append(decision)
        else:
            found[pdu.id] = Measured(distance(engine, course, day, decision), decision)
        progress()
    return [found[id_] for id_ in sorted(found)], sorted(undecided, key=lambda one: one.pdu)
