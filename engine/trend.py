"""How the measures of a unit have gone: each return read by the version that was in force on its day."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from engine.active import DAY
from engine.course import Course
from engine.texts import scaled_texts
from rules.reading import Latest, Reader


class Point(NamedTuple):
    """A measure on the day of a return: a decimal with all its decimals, or None where it is unknown."""

    day: datetime.date
    value: str | None


class Trend(NamedTuple):
    """One measure over time, oldest first."""

    measure: str
    points: tuple[Point, ...]


def trends(course: Course, day: datetime.date, *, days: int = 364) -> tuple[Trend, ...]:
    """The measures of the version in force on a day, over the returns of so many days up to it.

    A measure that an earlier version did not have, or counted otherwise, is as that version gives it; where no
    version was in force there is no point.
    """
    policy = course.policy(day)
    if policy is None:
        return ()
    found: dict[str, list[Point]] = {id_: [] for id_ in policy.version.measures}
    latest: Latest = {}
    before: Reader | None = None
    for given in course.returns:
        if given.as_of > day:
            break
        judged = course.policy(given.as_of)
        if judged is None:
            continue
        reader = course.framework.reader(judged, course.setting(judged, given.as_of))
        if before is not None and reader.program.policy is not before.program.policy:
            latest = {key: known for key, known in latest.items() if key in reader.keys}
        before = reader
        reading = reader.read(given, latest)
        if given.as_of <= day - days * DAY:
            continue
        for measure, value in zip(reader.measures, reading.measures, strict=True):
            if measure in found:
                texts = scaled_texts(judged.version.measures[measure].decimals)
                found[measure].append(Point(given.as_of, texts[value]))
    return tuple(Trend(id_, tuple(points)) for id_, points in found.items() if points)
