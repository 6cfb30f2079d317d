"""A sample of what was decided in bulk, decided again one by one, with both deciders."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from engine.bulk._past import Checked, Past, named
from engine.bulk._read import Bulk
from engine.columns import INDETERMINATE, NO_DECISION, Daily
from engine.course import course_of
from engine.timeline import standings
from rules.decide import Deciders
from rules.figures import Return
from rules.framework import Framework
from rules.model import Events, Pdu
from rules.problems import DisagreementError, Place, Problem

UNITS, DAYS = 2, 24
"""So many units of each run are decided again, each on so many days."""


def checked(past: Past, found: Daily, bulk: Bulk) -> Past:
    """The same, with what was checked. Raises DisagreementError (PF902) where the two ways differ.

    Which units and days are taken follows from the run, so that the same run checks the same.
    """
    dice = random.Random(f"{past.framework.id} {past.first} {past.last} {len(past.units)}")
    columns = {unit.pdu.id: column for column, unit in enumerate(past.units)}
    chosen = dice.sample(sorted(columns), min(UNITS, len(columns)))
    days, deciders = 0, Deciders()
    try:
        for pdu, returns in bulk.returns(chosen):
            asked = _days(past, returns, dice)
            single = single_codes(past.framework, pdu, returns, asked, found.ids, deciders)
            for day in asked:
                code = int(found.codes[(day - past.first).days, columns[pdu.id]])
                if code != single[day]:
                    raise _differs(past, pdu, day, code, single[day], found.ids)
            days += len(asked)
    finally:
        deciders.close()
    return replace(past, checked=Checked(tuple(sorted(chosen)), days))


def _days(past: Past, returns: list[Return], dice: random.Random) -> list[datetime.date]:
    """Some days since the unit's first return, the last one among them."""
    first = max(past.first, min(one.as_of for one in returns))
    span = range(first.toordinal(), past.last.toordinal() + 1)
    picked = {*dice.sample(span, min(DAYS - 1, len(span))), *span[-1:]}
    return [datetime.date.fromordinal(day) for day in sorted(picked)]


def single_codes(
    framework: Framework,
    pdu: Pdu,
    returns: list[Return],
    days: list[datetime.date],
    ids: tuple[str, ...],
    deciders: Deciders,
) -> dict[datetime.date, int]:
    """The calculated status on some days by the single path, as `daily` codes it. Raises DisagreementError."""
    course = course_of(framework, pdu, returns, Events())
    found = dict.fromkeys(days, NO_DECISION)
    for standing in standings(course, days, deciders):
        if pdu.exists_on(standing.day):
            found[standing.day] = INDETERMINATE
            if standing.determinate and standing.calculated is not None:
                found[standing.day] = ids.index(standing.policy.version.status_ids[standing.calculated])
    return found


def _differs(
    past: Past, pdu: Pdu, day: datetime.date, code: int, single: int, ids: tuple[str, ...]
) -> DisagreementError:
    word = named(ids)
    message = (
        f"{pdu.id} is {word(code) or 'without a decision'} on {day} when all units are judged at once, and "
        f"{word(single) or 'without a decision'} when it is judged alone."
    )
    hint = "Nothing was written. Keep the returns and the policy folder, and report this."
    return DisagreementError([Problem("PF902", message, Place("engine"), hint)])
