"""The courses of all PDUs, brought into agreement with the public figures for September 2023."""

from __future__ import annotations

import datetime

from engine.sample._course import Course, draw, week_number
from engine.sample._draws import UNIT, spread, stream
from engine.sample._public import (
    MONTH_FIRST,
    MOST_VACANT,
    OTHER_LEVEL,
    PUBLIC_VACANCIES,
    SIZES,
    in_month,
)
from rules.model import Organisation, Pdu

_LARGEST = 240  # posts, before what is agreed anew each April


def month_days(start: datetime.date) -> list[datetime.date]:
    """The days of the public figures' month on which a weekly return falls due, counting from `start`."""
    first = MONTH_FIRST + datetime.timedelta(days=(start - MONTH_FIRST).days % 7)
    return [day for day in (first + datetime.timedelta(weeks=week) for week in range(5)) if in_month(day)]


def _sizes(organisation: Organisation, seed: int) -> dict[str, int]:
    """Required posts by PDU. What replaces others has their posts, shared with what else replaces them."""
    sizes = {
        pdu.id: SIZES.get(pdu.id) or stream(seed, f"size/{pdu.id}").randrange(65, 226)
        for pdu in organisation.pdus
    }
    heirs: dict[str, int] = {}
    for pdu in organisation.pdus:
        for replaced in pdu.replaces:
            heirs[replaced] = heirs.get(replaced, 0) + 1
    for pdu in organisation.pdus:
        posts = sum(sizes.get(replaced, 0) // heirs[replaced] for replaced in pdu.replaces)
        if posts:
            sizes[pdu.id] = min(max(posts, 45), _LARGEST)
    return sizes


def courses(organisation: Organisation, start: datetime.date, seed: int) -> dict[str, Course]:
    """The course of every PDU, by its id."""
    sizes = _sizes(organisation, seed)
    days = month_days(start)
    found: dict[str, Course] = {}
    for region in organisation.regions:
        pdus = [pdu for pdu in organisation.pdus if pdu.region == region.id]
        whole = [pdu for pdu in pdus if all(pdu.exists_on(day) for day in days)]
        vacancies = _vacancies(region.id, sizes, whole)
        level = OTHER_LEVEL
        if vacancies is not None:
            level = vacancies * 1000 // sum(sizes[pdu.id] for pdu in whole)
        for pdu in pdus:
            found[pdu.id] = draw(pdu, sizes[pdu.id], level, stream(seed, pdu.id))
        if vacancies is not None:
            _agree([found[pdu.id] for pdu in pdus], [found[pdu.id] for pdu in whole], days, vacancies)
    return found


def _vacancies(region: str, sizes: dict[str, int], whole: list[Pdu]) -> int | None:
    """The public figure, where the region's PDUs can have that many vacancies; PDUs grow towards it first."""
    vacancies = PUBLIC_VACANCIES.get(region)
    if vacancies is None or not whole:
        return None
    posts = sum(sizes[pdu.id] for pdu in whole)
    wanted = vacancies * 6
    if posts < wanted:
        for pdu in whole:
            if pdu.id not in SIZES:
                sizes[pdu.id] = min(sizes[pdu.id] * wanted // posts, _LARGEST)
        posts = sum(sizes[pdu.id] for pdu in whole)
    return vacancies if vacancies * 1000 <= MOST_VACANT * posts else None


def _agree(region: list[Course], whole: list[Course], days: list[datetime.date], vacancies: int) -> None:
    """Move people in or out, in fifths of a post, until the month's average is the public figure exactly.

    A number that holds for all of a PDU's weeks moves the month's sum by a multiple of its weeks. What is
    then still missing begins in one of the month's later weeks, in the largest PDU, and stays.
    """
    vacant = 0
    for course in region:
        for day in days:
            if course.pdu.exists_on(day):
                required = course.required(day)
                vacant += sum(required.values()) - sum(course.staff(day, required).values())
    units = (vacant - vacancies * 100 * len(days)) // UNIT  # exact: everything is in fifths of a post
    every_week, rest = divmod(units, len(days))
    for course, share in zip(whole, spread(every_week, [sum(c.posts.values()) for c in whole]), strict=True):
        course.offset = {"PO": share // 2 * UNIT, "PSO": (share - share // 2) * UNIT}
    if rest:
        largest = max(whole, key=lambda course: (sum(course.posts.values()), course.pdu.id))
        largest.step_week, largest.step = week_number(days[-rest]), UNIT
