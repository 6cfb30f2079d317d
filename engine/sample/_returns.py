"""From the courses of the PDUs to staffing returns."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from engine.sample._awkward import CORRECTED, GAP, LATE, MISSED, SECOND, Awkward, awkward_pdus
from engine.sample._course import EPOCH, Course, Week
from engine.sample._courses import courses
from engine.sample._public import in_month
from rules.figures import Figure, Return, figure_key
from rules.model import Organisation

START = EPOCH
"""The first framework's first day."""
WEEKS = 104

_CORRECTED_AFTER = datetime.timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Correction:
    """A return that takes the place of an earlier one for the same PDU and day, and when it was recorded."""

    recorded_on: datetime.date
    corrected: Return


def sample_returns(
    organisation: Organisation, *, start: datetime.date = START, weeks: int = WEEKS, seed: int = 1
) -> list[Return]:
    """A return for every PDU and week in which it exists, by day and then as the organisation lists them."""
    return sample_with_corrections(organisation, start=start, weeks=weeks, seed=seed)[0]


def sample_corrections(
    organisation: Organisation, *, start: datetime.date = START, weeks: int = WEEKS, seed: int = 1
) -> list[Correction]:
    """What corrects `sample_returns` later: a file may not hold two different rows for one thing."""
    return sample_with_corrections(organisation, start=start, weeks=weeks, seed=seed)[1]


def sample_with_corrections(
    organisation: Organisation, *, start: datetime.date = START, weeks: int = WEEKS, seed: int = 1
) -> tuple[list[Return], list[Correction]]:
    """The returns of `sample_returns` and what corrects them later, worked out in one go."""
    returns: list[Return] = []
    corrections: list[Correction] = []
    cases = awkward_pdus(organisation, start)
    days = [start + datetime.timedelta(weeks=week) for week in range(weeks)]
    for pdu_id, course in courses(organisation, start, seed).items():
        case = cases.get(pdu_id)
        for number, day in enumerate(days):
            if not course.pdu.exists_on(day):
                continue
            if case is None or number not in case.weeks or (case.moves_sums and in_month(day)):
                returns.append(_to_return(course, day, course.week(day)))
            else:
                _awkward(course, case, number, day, returns, corrections)
    place = {pdu.id: position for position, pdu in enumerate(organisation.pdus)}
    returns.sort(key=lambda found: (found.as_of, place[found.pdu]))
    corrections.sort(key=lambda found: (found.recorded_on, place[found.corrected.pdu]))
    return returns, corrections


def _awkward(
    course: Course,
    case: Awkward,
    number: int,
    day: datetime.date,
    returns: list[Return],
    corrections: list[Correction],
) -> None:
    """The return, or returns, of a week with something awkward about it."""
    if case is MISSED or case is GAP:
        return
    if case is LATE:
        late = day + datetime.timedelta(days=1 + number // 4 % 2)
        if course.pdu.exists_on(late) and not in_month(late):
            day = late
    week = course.week(day)
    case.change(week)
    week.note = case.note()
    returns.append(_to_return(course, day, week))
    if case is SECOND:
        later = day + datetime.timedelta(days=2)
        right = course.week(day)
        right.note = case.note()
        if course.pdu.exists_on(later) and not in_month(later):
            returns.append(_to_return(course, later, right))
    if case is CORRECTED:
        right = course.week(day)
        right.note = f"{case.note()} This is the corrected one."
        corrections.append(Correction(day + _CORRECTED_AFTER, _to_return(course, day, right)))


def _to_return(course: Course, day: datetime.date, week: Week) -> Return:
    figures: dict[str, Figure] = {}
    _put(figures, "required_fte", week.required)
    _put(figures, "in_post_fte", week.in_post)
    _put(figures, "absent_fte", week.absent)
    if week.on_loan is not None:
        _put(figures, "on_loan_fte", week.on_loan)
    _put(figures, "learner_fte", week.learners)
    if week.workload:
        figures["wmt_points"] = Decimal(week.demand * week.points_factor)
        figures["wmt_available"] = Decimal(week.available)
    figures["caseload"] = Decimal(week.caseload)
    if week.alert is not None:
        figures["local_alert"] = week.alert
    annotations = {"basis": "synthetic", "note": week.note} if week.note else {"basis": "synthetic"}
    return Return(course.pdu.id, day, figures, annotations)


def _put(
    figures: dict[str, Figure], input_id: str, members: Mapping[str, int] | Mapping[str, int | None]
) -> None:
    for member, hundredths in members.items():
        if hundredths is not None:
            figures[_key(input_id, member)] = _fte(hundredths)


_key = cache(figure_key)


@cache
def _fte(hundredths: int) -> Decimal:
    """Hundredths of a post as an exact number, without zeros at its end."""
    whole, part = divmod(hundredths, 100)
    return Decimal(f"{whole}.{part:02}".rstrip("0").rstrip("."))
