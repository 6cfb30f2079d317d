"""Some of the candidates decided again one by one, with both deciders."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.bulk import UNKNOWN
from engine.bulk._check import single_codes
from engine.columns import INDETERMINATE, Numbers, status_ids
from engine.tune._sweep import Swept
from engine.tune._trial import Trial
from rules.decide import Deciders
from rules.figures import Return
from rules.model import Pdu
from rules.problems import DisagreementError, Place, Problem

PAIRS, DAYS = 3, 12
"""So many times a candidate is decided again for a unit, each on so many days."""


class Checked(NamedTuple):
    """What was decided again and gave the same: candidates with their units, and on how many days in all."""

    pairs: tuple[tuple[int, str], ...]
    days: int


def chosen(trial: Trial) -> list[tuple[int, int]]:
    """Some candidates, each with a unit (its place). The same trial gives the same."""
    dice = _dice(trial)
    size = len(trial.candidates)
    picked = sorted(dice.sample(range(size), min(PAIRS, size)))
    return [(candidate, dice.randrange(len(trial.frame.units))) for candidate in picked]


def checked(
    trial: Trial,
    swept: Swept,
    pairs: Sequence[tuple[int, int]],
    returns: Callable[[set[str]], list[tuple[Pdu, list[Return]]]],
) -> Checked:
    """What was decided again. Raises DisagreementError (PF902) where it differs.

    `returns` gives the returns of some units, read with care.
    """
    dice, deciders = _dice(trial), Deciders()
    units = [trial.frame.units[unit].id for _, unit in pairs]
    given = {pdu.id: (pdu, own) for pdu, own in returns(set(units))}
    ids, total = status_ids(trial.framework), 0
    try:
        for (candidate, unit), id_ in zip(pairs, units, strict=True):
            pdu, own = given[id_]
            days = _days(trial, own, dice)
            framework = trial.judging(trial.candidates[candidate])
            single = single_codes(framework, pdu, own, days, ids, deciders)
            _compare(swept.kept[candidate, unit], single, trial, candidate, pdu)
            total += len(days)
    finally:
        deciders.close()
    named = [(candidate, id_) for (candidate, _), id_ in zip(pairs, units, strict=True)]
    return Checked(tuple(named), total)


def _dice(trial: Trial) -> random.Random:
    return random.Random(
        f"{trial.framework.id} {trial.region} {trial.first} {trial.last} {len(trial.candidates)}"
    )


def _days(trial: Trial, returns: Sequence[Return], dice: random.Random) -> list[datetime.date]:
    """Some days since the unit's first return, the last one among them."""
    first = min(max(trial.first, min(one.as_of for one in returns)), trial.last)
    span = range(first.toordinal(), trial.last.toordinal() + 1)
    picked = {*dice.sample(span, min(DAYS - 1, len(span))), span[-1]}
    return [datetime.date.fromordinal(day) for day in sorted(picked)]


def _compare(
    codes: Numbers, single: dict[datetime.date, int], trial: Trial, candidate: int, pdu: Pdu
) -> None:
    ids = status_ids(trial.framework)

    def word(code: int) -> str:
        return ids[code] if code >= 0 else UNKNOWN if code == INDETERMINATE else "without a decision"

    for day, alone in single.items():
        together = int(codes[(day - trial.first).days])
        if together != alone:
            message = (
                f"With candidate {candidate}, {pdu.id} is {word(together)} on {day} when all candidates are judged "
                f"at once, and {word(alone)} when it is judged alone."
            )
            hint = "Nothing was written. Keep the returns and the policy folder, and report this."
            raise DisagreementError([Problem("PF902", message, Place("engine"), hint)])
