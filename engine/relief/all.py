"""Relief of many units on one day, each decided and worked out in one walk through its days."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from engine.deciding import Engine, Undecided, by_unit, no_unit, no_version
from engine.relief.build import relief_of
from engine.relief.values import Relief
from rules.figures import Return
from rules.model import Events, Pdu


def relief_all(
    engine: Engine,
    returns: Sequence[Return],
    events: Events,
    *,
    as_of: datetime.date | None = None,
    only: Sequence[str] = (),
    notes: Mapping[str, list[dict[str, Any]]] | None = None,
    progress: Callable[[], None] = lambda: None,
) -> tuple[list[Relief], list[Undecided]]:
    """The relief of each unit on one day, in the order of ids; and those that have no decision.

    The decisions are those of `engine.deciding.decide_all`: `as_of` is the day of the newest return unless given,
    and returns after it are left out. Raises DisagreementError.
    """
    day = as_of if as_of is not None else max((one.as_of for one in returns), default=None)
    if day is None:
        return [], []
    kept = [one for one in returns if one.as_of <= day]
    units = by_unit(engine.organisation, kept, only or tuple({one.pdu for one in returns}))
    found: list[tuple[str, Relief | Undecided]] = []
    for pdu, own in sorted(units, key=lambda unit: (unit[0].region, unit[0].id)):
        found.append((pdu.id, _one(engine, pdu, own, events, day, (notes or {}).get(pdu.id, ()))))
        progress()
    found.sort(key=lambda pair: pair[0])
    relieved = [one for _, one in found if isinstance(one, Relief)]
    return relieved, [one for _, one in found if isinstance(one, Undecided)]


def _one(
    engine: Engine,
    pdu: Pdu,
    returns: Iterable[Return],
    events: Events,
    day: datetime.date,
    notes: Iterable[Mapping[str, Any]],
) -> Relief | Undecided:
    if not pdu.exists_on(day):
        return no_unit(pdu, day)
    course = engine.course(pdu, returns, events)
    for standing in engine.standings(course, [day]):
        return relief_of(course, standing, engine.write(course, standing, notes=notes))
    return no_version(engine.framework, pdu, day)
