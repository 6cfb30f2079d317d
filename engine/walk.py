"""One unit's fold that is kept, and taken further as days pass and returns arrive.

Where a new return or event lies after the last day that was visited, nothing before it can have changed, so the
fold goes on from where it stands. A correction needs a new walk.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable, Iterator

from engine.course import Course
from engine.standing import Standing
from engine.timeline import DAY, Fold
from rules.decide import NONE, Deciders


class Walk:
    """A unit's way through time, by the days on which its decision can change. Not safe for several threads."""

    def __init__(self, course: Course, deciders: Deciders) -> None:
        self._fold = Fold(course, deciders)
        self.day: datetime.date | None = None
        """The last day visited."""
        self.standing: Standing | None = None
        """Where the unit stood on it; None where no version was in force."""

    @property
    def course(self) -> Course:
        """Everything that the decisions depend on, as it is known now."""
        return self._fold.course

    def know(self, course: Course) -> None:
        """Go on with a course that differs from the one before only after the last day visited."""
        self._fold.course = course

    def until(
        self, last: datetime.date, also: Iterable[datetime.date] = ()
    ) -> Iterator[tuple[datetime.date, Standing | None]]:
        """Visit each later day up to `last` on which the decision may change, and `also` some others.

        Gives where the unit stands on each; None where no version is in force. From one of these days to the next
        a decision stays as it is, but for its own day and for how long a declaration has been in force. Raises
        DisagreementError.
        """
        start = self.course.start(last)
        if start is None:
            return
        days = {start, *(day for day in (*self.course.turning_days(), *also) if start < day <= last)}
        ahead = iter(sorted(day for day in days if self.day is None or day > self.day))
        known = next(ahead, None)
        while True:
            turns = (known, *self._own_turns())
            day = min((turn for turn in turns if turn is not None), default=None)
            if day is None or day > last:
                return
            while known is not None and known <= day:
                known = next(ahead, None)
            self.standing = self._fold.visit(day)
            self.day = day
            yield day, self.standing

    def on(self, day: datetime.date) -> Standing | None:
        """Where the unit stands on a day that is not before the last one visited; the walk itself stays.

        None where no version is in force. Raises DisagreementError.
        """
        if day == self.day:
            return self.standing
        visited = list(self.fork().until(day, [day]))
        return visited[-1][1] if visited else None

    def fork(self) -> Walk:
        """A second walk from the same place; where one goes does not move the other."""
        other = copy.copy(self)
        other._fold = self._fold.fork()
        return other

    def _own_turns(self) -> Iterator[datetime.date | None]:
        """The next days, after the last one visited, on which the decision changes only because time passes."""
        if self.day is None:
            return
        yield self._fold.own_turn(self.day)
        standing = self.standing
        if standing is None:
            return
        policy = standing.policy
        if standing.active_level != NONE:
            status = policy.version.statuses[standing.active_level]
            since = standing.active.since
            yield _next_review(since, status.review_every, self.day)
            if status.outstays_after is not None and self.day < (ends := since + status.outstays_after * DAY):
                yield ends
        for key in standing.permitted:
            every = policy.reductions[policy.numbers[key]].reduction.review_every
            yield _next_review(standing.clocks[key], every, self.day)


def _next_review(since: datetime.date, every: int | None, day: datetime.date) -> datetime.date | None:
    """The first review after a day: on it the next one is told instead."""
    return None if not every else since + ((day - since).days // every + 1) * every * DAY
