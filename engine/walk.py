"""The days on which a unit's answer can change, visited in order; and a fold that is kept and taken further.

Where a new return or event lies after the last day that was visited, nothing before it can have changed, so the
fold goes on from where it stands. A correction needs a new walk.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterable, Iterator

from engine.course import Course
from engine.standing import Standing
from engine.timeline import DAY, Fold
from rules.decide import NONE, Deciders
from rules.problems import EngineError


def turns(
    course: Course, first: datetime.date, last: datetime.date, deciders: Deciders
) -> Iterator[tuple[datetime.date, Standing | None]]:
    """Where the unit stands on `first`, and on each later day up to `last` on which that may have changed.

    From one of these days to the next the status and what is permitted stay as they are. Days before the unit
    or the framework begins are left out; None stands for days without a version. Raises DisagreementError.
    """
    start = course.start(last)
    if start is None:
        return
    fold = Fold(course, deciders)
    turning = {day for day in course.turning_days() if start < day <= last} | {start, max(start, first)}
    for day, standing in _visits(fold, sorted(turning), None, last, fold.own_turn):
        if day >= first:
            yield day, standing


def _visits(
    fold: Fold,
    known: Iterable[datetime.date],
    turn: datetime.date | None,
    last: datetime.date,
    own_turn: Callable[[datetime.date], datetime.date | None],
) -> Iterator[tuple[datetime.date, Standing | None]]:
    """Visit the days that are known beforehand, and between them those that come only because time passes.

    `known` are in order; `turn` is the first day of the other kind, and `own_turn` gives the next after a day that
    was visited.
    """
    ahead = iter(known)
    following = next(ahead, None)
    while True:
        day = following if turn is None or (following is not None and following <= turn) else turn
        if day is None or day > last:
            return
        if day == following:
            following = next(ahead, None)
        try:
            standing = fold.visit(day)
        except EngineError as error:
            error.day = day
            raise
        yield day, standing
        turn = own_turn(day)


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
        ahead = sorted(day for day in days if self.day is None or day > self.day)
        turn = None if self.day is None else self._own_turn(self.day)
        for day, standing in _visits(self._fold, ahead, turn, last, self._own_turn):
            self.day, self.standing = day, standing
            yield day, standing

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

    def _own_turn(self, day: datetime.date) -> datetime.date | None:
        """The first day after the one just visited on which the decision changes only because time passes."""
        ahead = (self._fold.own_turn(day), *self._reviews(day))
        return min((turn for turn in ahead if turn is not None), default=None)

    def _reviews(self, day: datetime.date) -> Iterator[datetime.date | None]:
        """The next days on which a review falls due or the status outstays."""
        standing = self.standing
        if standing is None:
            return
        policy = standing.policy
        if standing.active_level != NONE:
            status = policy.version.statuses[standing.active_level]
            since = standing.active.since
            yield _next_review(since, status.review_every, day)
            if status.outstays_after is not None and day < (ends := since + status.outstays_after * DAY):
                yield ends
        for key in standing.permitted:
            every = policy.reductions[policy.numbers[key]].reduction.review_every
            yield _next_review(standing.clocks[key], every, day)


def _next_review(since: datetime.date, every: int | None, day: datetime.date) -> datetime.date | None:
    """The first review after a day: on it the next one is told instead."""
    return None if not every else since + ((day - since).days // every + 1) * every * DAY
