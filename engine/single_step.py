"""One step of a unit that stood somewhere, decided without its whole past."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from engine.course import Course
from engine.standing import Standing
from engine.timeline import Fold
from rules.decide import Deciders, Program


class Before(NamedTuple):
    """Where a unit stood before a return: its calculated level and since when, or None for both."""

    level: int | None
    since: datetime.date | None


class _FromThere(Fold):
    """Takes one step by both deciders; the returns before it are judged by the plain one, to count runs."""

    def _truths(
        self, program: Program, values: tuple[int | None, ...], periods: tuple[int, ...]
    ) -> tuple[int, ...]:
        return self.deciders.of(program).truths(values, periods)


def step_from(course: Course, before: Before, day: datetime.date, deciders: Deciders) -> Standing | None:
    """Where a unit stands on a day, from where it stood before the newest return that it has by then.

    The course need only have the returns that count for runs and figures on that day. Of the standing the step,
    the calculated status and the outcome are what they are in the whole course. None where no version is in force.
    The plain decider alone judges earlier returns, so this is for whoever holds the status against one that was found
    in another way.
    Raises DisagreementError.
    """
    fold = _FromThere(course, deciders)
    fold.calculated, fold.calculated_since = before
    newest = max((one for one in course.days if one <= day), default=day)
    standing = fold.visit(newest)
    return standing if newest == day else fold.visit(day)
