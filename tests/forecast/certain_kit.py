"""A certain way ahead, told a second time from its description alone: returns that come again, changed by events."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.course import course_of
from engine.forecast import INDETERMINATE, Known, Pipeline
from engine.timeline import standings
from rules.check.names import default_figure
from rules.decide import Deciders
from rules.figures import Figure, Return, figure_specs
from rules.framework import Framework
from rules.model import Events, Pdu
from rules.policy import Policy

DAY = datetime.timedelta(days=1)
NOBODY = Events(declarations=[], suspensions=[])


def versions_between(framework: Framework, first: datetime.date, last: datetime.date) -> list[Policy]:
    """The versions in force on any day."""
    found: list[Policy] = []
    day = first
    while day <= last:
        policy = framework.in_force(day)
        if policy is not None and policy not in found:
            found.append(policy)
        day += DAY
    return found


def read_as(policy: Policy, known: Sequence[Return]) -> dict[str, Figure]:
    """The figures that the newest return is read with: its own, else the newest earlier one that may be carried."""
    newest, specs = known[-1], figure_specs(policy.version)
    found: dict[str, Figure] = {}
    for key in {key for one in known for key in one.figures}:
        spec = specs.get(key.partition("[")[0])
        carry = 0 if spec is None else policy.version.inputs[spec.id].carry_forward or 0
        for one in reversed(known):
            if (newest.as_of - one.as_of).days > carry:
                break
            figure = one.figures.get(key)
            if figure is not None and (spec is None or spec.misfit(figure) is None):
                found[key] = figure
                break
    return found


def ahead(
    policy: Policy, known: Sequence[Return], events: Sequence[Known], day: datetime.date, last: datetime.date
) -> Iterator[Return]:
    """The returns that come after a day: figures given again, with what events add."""
    newest, figures = known[-1], read_as(policy, known)
    due = newest.as_of
    while (due := due + policy.version.returns.every * DAY) <= last:
        if due > day:
            changed: dict[str, Figure] = dict(figures)
            for event in events:
                more = _there(event, due) - _there(event, newest.as_of)
                for key, change in event.changes:
                    base = changed.get(key, default_figure(policy.version, key.partition("[")[0]))
                    if isinstance(base, Decimal):
                        changed[key] = base + more * change
            yield Return(newest.pdu, due, changed)


def _there(event: Known, day: datetime.date) -> int:
    return int(event.on <= day and (event.until is None or day <= event.until))


def single_path(
    framework: Framework,
    pdu: Pdu,
    returns: Sequence[Return],
    days: Sequence[datetime.date],
    deciders: Deciders,
) -> list[str | None]:
    """The calculated status on some days, by the careful path; None without a decision."""
    told: dict[datetime.date, str | None] = dict.fromkeys(days)
    for standing in standings(course_of(framework, pdu, returns, NOBODY), days, deciders):
        if pdu.exists_on(standing.day):
            clear = standing.determinate and standing.calculated is not None
            told[standing.day] = INDETERMINATE
            if clear and standing.calculated is not None:
                told[standing.day] = standing.policy.version.statuses[standing.calculated].id
    return [told[day] for day in days]


def random_events(
    dice: random.Random,
    policies: Sequence[Policy],
    known: Sequence[Return],
    day: datetime.date,
) -> Iterator[Known]:
    """Some certain events of a unit, small enough that figures stay within what every version takes."""
    figures = read_as(policies[0], known)
    keys = {key for key, figure in figures.items() if isinstance(figure, Decimal)}
    keys |= {key for policy in policies for key in _defaulted(policy)} - figures.keys()
    newest = known[-1].as_of
    totals: dict[str, list[Decimal]] = {}
    for number in range(dice.randrange(5)):
        changes = []
        for key in dice.sample(sorted(keys), min(len(keys), dice.randrange(1, 3))):
            specs = [figure_specs(one.version).get(key.partition("[")[0]) for one in policies]
            places = min((spec.decimals for spec in specs if spec is not None), default=0)
            change = Decimal(dice.choice([-30, -3, -1, 1, 2, 10, 50])).scaleb(-places)
            base = figures.get(key, default_figure(policies[0].version, key.partition("[")[0]))
            if not isinstance(base, Decimal):
                continue
            # whatever of the events is there on a day, the figure stays within bounds
            spread = [*totals.get(key, []), change]
            low = base - sum(abs(one) for one in spread)
            high = base + sum(abs(one) for one in spread)
            if all(
                spec is None
                or (
                    (spec.minimum is None or spec.minimum <= low)
                    and (spec.maximum is None or high <= spec.maximum)
                )
                for spec in specs
            ):
                totals[key] = spread
                changes.append((key, change))
        on = newest + dice.randrange(-10, 60) * DAY
        until = None if dice.random() < 0.6 else max(on, day) + dice.randrange(40) * DAY
        if changes:
            yield Known(f"e{number}", known[-1].pdu, "other", on, tuple(changes), until=until)


def _defaulted(policy: Policy) -> list[str]:
    """The figures of no list that have a number as their default."""
    return [
        id_
        for id_, spec in policy.version.inputs.items()
        if spec.per is None and isinstance(default_figure(policy.version, id_), Decimal)
    ]


def pipeline_of(events: Sequence[Known]) -> Pipeline:
    """A pipeline of nothing but some events."""
    return Pipeline(known=tuple(events))
