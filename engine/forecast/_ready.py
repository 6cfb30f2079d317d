"""What the forecasts of a region's units share: the way ahead, what was learnt, and where every unit stands."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.columns import Beginning, Columns, Frame, Numbers, Steps, daily, figures_wanted
from engine.forecast._past import Key, keys_of, past_of
from engine.forecast._rates import Rates, learn
from engine.forecast._setup import Setup, Way, set_up
from rules.framework import Framework
from rules.policy import Policy

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ready:
    """Units at the end of what is known. `now` has the code of each one's calculated status on the day."""

    columns: Columns
    frame: Frame
    way: Way
    keys: Mapping[str, Key]
    rates: Rates | None
    beginning: Beginning
    now: Numbers

    def set_up(self, place: int) -> Setup | None:
        """One unit, by its place in the frame; None if it has no return to go by."""
        return set_up(self.columns, self.frame, place, self.way, self.keys, self.beginning)


def make_ready(
    framework: Framework, frame: Frame, day: datetime.date, weeks: int, *, rates: bool = True
) -> Ready:
    """Learn from a frame whose last return is not after the day, and see where units stand."""
    columns = Columns(framework)
    way = way_ahead(framework, day, weeks)
    steps: list[Steps] = list(columns.steps(frame))
    beginning = Beginning.after(day, len(frame.units), steps)
    now = daily(columns, frame, day, day, steps).codes[0]
    keys = keys_of([policy.version for policy in way.policies], _wanted(columns, frame, way), frame)
    learnt = None
    if rates and way.judging is not None:
        every = way.judging.version.returns.every
        learnt = learn(past_of(frame, keys, every), -(-weeks * 7 // every))
    return Ready(columns, frame, way, {key.key: key for key in keys}, learnt, beginning, now)


def _wanted(columns: Columns, frame: Frame, way: Way) -> frozenset[str]:
    """The figures that some version on the way wants for a measure or a condition; nothing comes of others."""
    return frozenset(key for policy in way.policies for key in figures_wanted(columns, frame, policy))


def way_ahead(framework: Framework, day: datetime.date, weeks: int) -> Way:
    """The versions in force from a day to the end of so many weeks."""
    last = day + 7 * weeks * DAY
    found: list[Policy] = []
    turns = [
        policy.version.effective for policy in framework.policies if day < policy.version.effective <= last
    ]
    for turn in [day] if framework.pinned else [day, *turns]:
        policy = framework.in_force(turn)
        if policy is not None and policy not in found:
            found.append(policy)
    return Way(day, last, tuple(found), found[0] if found else None)


def severity(policies: Sequence[Policy]) -> tuple[str, ...]:
    """The statuses of some versions, least severe first: the last version's order, and the others' among them.

    A status that later versions lack comes after the nearest less severe one of its own version.
    """
    found: list[str] = []
    for policy in reversed(policies):
        place = 0
        for id_ in policy.version.status_ids:
            if id_ in found:
                place = found.index(id_) + 1
            else:
                found.insert(place, id_)
                place += 1
    return tuple(found)
