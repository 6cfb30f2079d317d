"""What is known of the weeks after a sample: who starts, leaves, comes back and moves on. Synthetic, like the rest.

Nearly all of it is what the sample's figures go on to do, so a forecast that is given it should be nearer to
what a longer sample shows. Some of it may come to nothing, as plans do: those entries have a low likelihood.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from engine.forecast.pipeline import CERTAIN, Known, Pipeline, Trend
from engine.sample._awkward import LOAN, SICKNESS, Awkward, awkward_pdus
from engine.sample._course import STAGES, Course, Week
from engine.sample._courses import courses
from engine.sample._draws import UNIT, stream
from engine.sample._returns import START, WEEKS
from rules.figures import figure_key
from rules.model import Organisation

AHEAD = 26
"""So many weeks after the last one are known of."""

_NOTICE = 12  # weeks: nobody tells of leaving earlier
_POST = 100  # hundredths: what is less than a post is not told of
_INTAKE = 200  # what begins together, and is known of for longer
_BASIS = "synthetic"
_LASTING: tuple[Awkward, ...] = (SICKNESS, LOAN)
"""Awkward cases that end, as against slips of the pen, of which nobody knows beforehand."""
_WEEK = datetime.timedelta(weeks=1)


def sample_pipeline(
    organisation: Organisation, *, start: datetime.date = START, weeks: int = WEEKS, seed: int = 1
) -> Pipeline:
    """The pipeline that belongs to `sample_returns` with the same values, as known on the day of its last week.

    One trend, of the region whose workload moves most, and for each unit a few events: whole posts gained and
    lost, learners who move on, posts agreed anew, long absences and loans that end, a post that may be filled.
    """
    last = start + (weeks - 1) * _WEEK
    cases = awkward_pdus(organisation, start)
    found = courses(organisation, start, seed)
    known: list[Known] = []
    for id_, course in found.items():
        if not course.pdu.exists_on(last):
            continue
        case = cases.get(id_)
        path = _path(course, case if case in _LASTING else None, last, weeks)
        draws = stream(seed, f"pipeline/{id_}/{last}")
        events = [*_staff(path), *_learners(path), *_posts(path), *_lasting(path, case, weeks)]
        events += _perhaps(path, draws)
        known += [
            _event(id_, number, *event) for number, event in enumerate(sorted(events, key=_order), start=1)
        ]
    return Pipeline(tuple(known), tuple(_trend(organisation, found, last)))


Path = list[tuple[datetime.date, Week]]
Event = tuple[datetime.date, str, dict[str, int], int, int, str]
"""A day, a kind, changes in hundredths by figure, a likelihood in percent, a spread in days, a note."""


def _order(event: Event) -> tuple[datetime.date, str, str]:
    return event[0], event[1], str(event[2])


def _path(course: Course, case: Awkward | None, last: datetime.date, weeks: int) -> Path:
    """The last week and those after it, as long as the unit exists."""
    path: Path = []
    for ahead in range(AHEAD + 1):
        day = last + ahead * _WEEK
        if not course.pdu.exists_on(day):
            break
        week = course.week(day)
        if case is not None and weeks - 1 + ahead in case.weeks:
            case.change(week)
        path.append((day, week))
    return path


def _event(
    pdu: str,
    number: int,
    day: datetime.date,
    kind: str,
    changes: Mapping[str, int],
    likelihood: int,
    spread: int,
    note: str,
) -> Known:
    exact = tuple(sorted((key, Decimal(amount) / 100) for key, amount in changes.items()))
    chance = CERTAIN if likelihood == 100 else Decimal(likelihood)
    return Known(f"{pdu}-{number}", pdu, kind, day, exact, chance, None, spread, note, _BASIS)


def _staff(path: Path) -> Iterator[Event]:
    """Whole posts gained and lost, on the day by which the figures have moved by so much."""
    for grade in ("PO", "PSO"):
        told = path[0][1].in_post[grade]
        for ahead, (day, week) in enumerate(path[1:], start=1):
            moved = week.in_post[grade] - told
            if abs(moved) < (_POST if ahead <= _NOTICE else _INTAKE) or (moved < 0 and ahead > _NOTICE):
                continue
            kind, likelihood = ("starter", 90) if moved > 0 else ("leaver", 100)
            yield day, kind, {figure_key("in_post_fte", grade): moved}, likelihood, 0, ""
            told = week.in_post[grade]


def _learners(path: Path) -> Iterator[Event]:
    """Learners who move from stage to stage, and those who begin."""
    for (_, before), (day, after) in pairwise(path):
        moved = {
            figure_key("learner_fte", stage): after.learners[stage] - before.learners[stage]
            for stage in STAGES
            if after.learners[stage] != before.learners[stage]
        }
        if moved:
            yield day, "moves_on", moved, 100, 0, ""


def _posts(path: Path) -> Iterator[Event]:
    """Posts agreed anew in April."""
    for (_, before), (day, after) in pairwise(path):
        moved = {
            figure_key("required_fte", grade): posts - old
            for grade, posts in after.required.items()
            if posts is not None and (old := before.required[grade]) is not None and posts != old
        }
        if moved:
            yield day, "posts", moved, 100, 0, ""


def _lasting(path: Path, case: Awkward | None, weeks: int) -> Iterator[Event]:
    """The end of a long absence or of a loan that lasts beyond the sample."""
    if case is None or case not in _LASTING or weeks - 1 not in case.weeks:
        return
    ahead = case.weeks[-1] + 1 - (weeks - 1)
    if ahead >= len(path):
        return
    (_, before), (day, after) = path[ahead - 1], path[ahead]
    if case is SICKNESS:
        kind, input_id, old, new = "absence_ends", "absent_fte", before.absent, after.absent
    else:
        kind, input_id, old, new = "loan_ends", "on_loan_fte", before.on_loan or {}, after.on_loan or {}
    moved = {
        figure_key(input_id, grade): new[grade] - old[grade]
        for grade in old
        if abs(new[grade] - old[grade]) >= _POST
    }
    if moved:
        yield day, kind, moved, 80, 14, ""


def _perhaps(path: Path, draws: random.Random) -> Iterator[Event]:
    """A return from sickness that is hoped for, and a post that may be filled: what may come to nothing."""
    first = path[0][1]
    back = min(first.absent["PSO"], _POST) // UNIT * UNIT
    hoped, filled, in_weeks = draws.randrange(3), draws.randrange(4), draws.randrange(2, 11)
    if back and not hoped and in_weeks < len(path):
        changes = {figure_key("absent_fte", "PSO"): -back}
        yield path[in_weeks][0], "absence_ends", changes, 60, 14, ""
    later = in_weeks + 6
    if not filled and later < len(path):
        changes = {figure_key("in_post_fte", "PO"): _POST}
        yield path[later][0], "starter", changes, 25, 28, "Advertised for the third time."


def _trend(organisation: Organisation, found: Mapping[str, Course], last: datetime.date) -> Iterator[Trend]:
    """The workload of the region in which it moves most, as a percentage each week."""
    most: tuple[int, str, Decimal] | None = None
    for region in organisation.regions:
        days = last, last + AHEAD * _WEEK
        units = [
            one
            for one in found.values()
            if one.pdu.region == region.id and all(one.pdu.exists_on(day) for day in days)
        ]
        before, after = (sum(one.week(day).demand for one in units) for day in days)
        if not before:
            continue
        hundredths = abs(after - before) * 10_000 // (before * AHEAD)
        if hundredths and (most is None or hundredths > most[0]):
            percent = Decimal(hundredths if after > before else -hundredths) / 100
            most = hundredths, region.id, percent
    if most is not None:
        yield Trend("wmt_points", None, most[2], None, most[1], "", _BASIS)
