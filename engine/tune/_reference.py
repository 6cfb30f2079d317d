"""What candidates are compared with: the status that each unit was said to have on each day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.active import unit_events
from engine.columns import NOT_GIVEN, Frame, Numbers, status_ids
from rules.framework import Framework
from rules.model import Events, Pdu
from rules.policy import Policy, mapped_level
from rules.problems import UsageError

DAY = datetime.timedelta(days=1)
NONE = -3
"""In place of a status: nothing is said of the day. No code of a decision is the same."""
Said = tuple[str, Policy | None]
"""A status, and the version that it was said under."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The status of each unit on each day, as a place in the framework's ids, or NONE.

    `kind` says where it comes from: `declared`, or `input`, and `name` which file or input that is.
    """

    kind: str
    name: str
    codes: Numbers

    @property
    def unit_days(self) -> int:
        """On how many days of units something is said."""
        return int(np.count_nonzero(self.codes != NONE))


def declared_reference(
    name: str, events: Events, framework: Framework, frame: Frame, first: datetime.date, last: datetime.date
) -> Reference:
    """What was declared. On days of a suspension nothing is."""

    def said(unit: Pdu) -> Callable[[datetime.date], Said | None]:
        own = unit_events(events, unit.id, unit.region)

        def on(day: datetime.date) -> Said | None:
            declared = None if own.suspended(day) is not None else own.declared(day)
            return None if declared is None else (declared.status, framework.in_force(declared.from_))

        return on

    return Reference("declared", name, _codes(framework, frame, first, last, said))


def input_reference(
    name: str, framework: Framework, frame: Frame, first: datetime.date, last: datetime.date
) -> Reference:
    """What a category of the returns says: it holds until the next return, or until its own is too old.

    A return that does not give it, or gives a word that is no status, says nothing. Raises UsageError where the
    input cannot say a status.
    """
    check_input(name, framework)
    ids = set(status_ids(framework))

    def said(unit: Pdu) -> Callable[[datetime.date], Said | None]:
        given = _given(name, frame, int(frame.places[unit.id][0]))
        days = sorted(given)
        place = -1

        def on(day: datetime.date) -> Said | None:
            nonlocal place
            while place + 1 < len(days) and days[place + 1] <= day.toordinal():
                place += 1
            policy = framework.in_force(day)
            if place < 0 or policy is None:
                return None
            word = given[days[place]]
            if word not in ids or day.toordinal() - days[place] > policy.version.returns.stale_after:
                return None
            return word, framework.in_force(datetime.date.fromordinal(days[place]))

        return on

    return Reference("input", name, _codes(framework, frame, first, last, said))


def check_input(name: str, framework: Framework) -> None:
    """The input is a category, for the unit as a whole, and may be a status. Raises UsageError."""
    spec = framework.vocabulary.inputs[name]
    if spec.values is None:
        raise UsageError(f"{name} is a number: a reference is a category whose values are statuses.")
    if spec.per is not None:
        raise UsageError(f"{name} is given for each {spec.per}: a reference is one word for the whole unit.")
    if not set(spec.values) & set(status_ids(framework)):
        raise UsageError(
            f"No value of {name} is a status. Its values are {', '.join(spec.values)}; "
            f"the statuses are {', '.join(status_ids(framework))}."
        )


def _given(name: str, frame: Frame, column: int) -> Mapping[int, str | None]:
    """What each return of a unit says, by its day."""
    words = frame.categories.get(name)
    found: dict[int, str | None] = {}
    for row in np.flatnonzero(frame.has[:, column]).tolist():
        code = NOT_GIVEN if words is None else int(words.codes[row, column])
        found[int(frame.day[row, column])] = None if words is None or code == NOT_GIVEN else words.ids[code]
    return found


def _codes(
    framework: Framework,
    frame: Frame,
    first: datetime.date,
    last: datetime.date,
    said: Callable[[Pdu], Callable[[datetime.date], Said | None]],
) -> Numbers:
    """What is said, in the words of the version of each day: a status that it has not is the nearest less severe."""
    place = {id_: code for code, id_ in enumerate(status_ids(framework))}
    days = [first + number * DAY for number in range((last - first).days + 1)]
    policies = [framework.in_force(day) for day in days]
    codes = np.full((len(days), len(frame.units)), NONE, np.int8)
    for column, unit in enumerate(frame.units):
        on = said(unit)
        for row, (day, policy) in enumerate(zip(days, policies, strict=True)):
            word = on(day)
            if word is not None and policy is not None and unit.exists_on(day):
                codes[row, column] = place[_as_of(*word, policy, framework)]
    return codes


def _as_of(status: str, said_under: Policy | None, policy: Policy, framework: Framework) -> str:
    """The status of a version that stands for one that was said, maybe under another version."""
    if policy.level(status) is not None:
        return status
    knowing = [one for one in (said_under, *reversed(framework.policies)) if one is not None]
    then = next(one for one in knowing if one.level(status) is not None)
    return policy.version.status_ids[mapped_level(status, then, policy)]
