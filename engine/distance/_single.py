"""One change decided by the single path, with both deciders: the proof of what the columns have found."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from engine.distance._ahead import Changes, Way, changes_ahead
from engine.distance._goals import Bounds
from engine.distance.values import Goal
from engine.standing import Standing
from engine.timeline import Fold
from rules.decide import TRUE, Deciders, Hold
from rules.figures import Return

Reached = tuple[datetime.date | None, ...]
"""For each goal the first day on which it is reached, if it is."""


class Resumed(Fold):
    """A fold that goes on from where a unit stands at the end of a day; its runs are counted from past returns."""

    def __init__(self, way: Way, deciders: Deciders) -> None:
        super().__init__(way.course, deciders)
        self.calculated, self.calculated_since = way.level, way.since
        self._arrivals(way.day)
        self._begin(way.policy, way.day)
        self.calculated, self.calculated_since, self.mapped = way.level, way.since, None
        reader = way.course.framework.reader(way.policy, way.course.setting(way.policy, way.dues[0]))
        self._replay(reader, Return(way.course.pdu.id, way.dues[0], {}))


def step_days(way: Way) -> list[datetime.date]:
    """The days ahead on which a step may be taken: those of returns, and those on which a version begins or ends."""
    return sorted({*way.dues, *changes_ahead(way.course, way.day, way.last)})


class Proof:
    """Follows single changes of one unit. Each is followed once."""

    def __init__(self, way: Way, goals: Sequence[Goal], deciders: Deciders) -> None:
        self._way, self._goals = way, goals
        self._start = Resumed(way, deciders)
        self._known: dict[frozenset[tuple[str, object]], Reached] = {}
        self._days = step_days(way)
        self._last_turn = max(changes_ahead(way.course, way.day, way.last), default=datetime.date.min)

    def reached(self, changes: Changes) -> Reached:
        """When each goal is reached with a change. Raises DisagreementError where the two deciders differ."""
        key = frozenset(changes.items())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._follow(changes)
        return found

    def _follow(self, changes: Changes) -> Reached:
        way = self._way
        fold = self._start.fork()
        fold.course = way.changed(changes)
        found: list[datetime.date | None] = [None] * len(self._goals)
        before: Standing | None = None
        for day in self._days:
            standing = fold.visit(day)
            if standing is None:
                before = None
                continue
            if standing.determinate and standing.calculated is not None:
                for place, goal in enumerate(self._goals):
                    low, high = Bounds.of(goal, way.policy, standing.policy)
                    if found[place] is None and low <= standing.calculated <= high:
                        found[place] = day
            if None not in found or (day >= self._last_turn and _at_rest(before, standing)):
                break
            before = standing
        return tuple(found)


def _at_rest(before: Standing | None, now: Standing) -> bool:
    """Whether every further return with the same figures leaves all as it is.

    So it is where two steps came out alike, each run is as long as anything asks for, and the stay is over.
    """
    if before is None or before.step is None or now.step is None or not now.determinate:
        return False
    if before.policy is not now.policy or before.setting is not now.setting:
        return False
    one, other = before.step, now.step
    if one.outcome.truths != other.outcome.truths or before.calculated != now.calculated:
        return False
    if now.calculated is None or now.calculated_since is None:
        return False
    stay = now.policy.version.statuses[now.calculated].minimum_stay
    if (other.day - now.calculated_since).days < stay:
        return False
    program = now.reader.program
    for index, held in zip(program.runs, other.held, strict=True):
        node = program.nodes[index]
        if isinstance(node, Hold) and held < node.needs and other.outcome.truths[node.child] == TRUE:
            return False
    return True
