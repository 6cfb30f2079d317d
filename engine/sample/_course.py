"""The course of one PDU: its posts, its people and its work in any week.

A week's figures follow from the week alone, not from the week before, so samples of any length agree. What
moves: a slow cycle of leaving and recruiting for each PDU, its own intakes, a shortage that grew until
autumn 2022 and was worked off by September 2023, learner cohorts that move on every six months, sickness
that peaks in January, and a workload that rose until spring 2023.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from engine.sample._draws import between, saw, to_unit, wave
from rules.model import Pdu

EPOCH = datetime.date(2022, 1, 31)
GRADES = ("PO", "PSO", "SPO", "CA")
STAGES = ("PQIP1", "PQIP2", "PQIP3", "NQO")
CAPACITY = {"PQIP1": 20, "PQIP2": 40, "PQIP3": 60, "NQO": 80}
"""How much of a full workload a learner can carry, in percent."""

_HALF_YEAR = 26
_STAGE_WEEKS = (26, 26, 26, 39)
_INTAKE = 9  # the first intake after the first day: early April
_SHORTAGE = ((0, 400), (30, 1000), (82, 0))  # weeks from the first day: thousandths of the worst
_WORK = ((0, 0), (30, 20), (64, 35), (104, 15))
_POINTS_PER_POST = 10  # for a hundredth of a post: 1,000 for a whole one
_PRESENT = 950  # thousandths of staff that are there in a usual week
_NOISE = 53


def week_number(day: datetime.date) -> int:
    """Weeks since the first day of the framework."""
    return (day - EPOCH).days // 7


@dataclass(slots=True)
class Week:
    """One week of one PDU, before it becomes a return. FTE in hundredths; None is not given."""

    required: dict[str, int | None]
    in_post: dict[str, int]
    absent: dict[str, int]
    on_loan: dict[str, int] | None
    learners: dict[str, int]
    demand: int
    caseload: int
    alert: str | None = "none"
    points_factor: int = 1
    workload: bool = True
    note: str = ""

    @property
    def available(self) -> int:
        """Workload points that the people who are there can take."""
        loans = self.on_loan or {}
        present = sum(self.in_post[g] - self.absent[g] - loans.get(g, 0) for g in ("PO", "PSO"))
        return present * _POINTS_PER_POST + learner_points(self.learners)


def learner_points(learners: dict[str, int]) -> int:
    """Workload points that learners can take."""
    return sum(fte * CAPACITY[stage] for stage, fte in learners.items()) * _POINTS_PER_POST // 100


@dataclass(slots=True)
class Course:
    """What makes one PDU different from another; `level` and `levels` are vacancies per thousand posts."""

    pdu: Pdu
    posts: dict[str, int]
    level: int
    levels: dict[str, int]
    lean: int
    amplitude: int
    period: int
    phase: int
    sickness: int
    case_points: int
    growth: tuple[int, ...]
    cohorts: tuple[int, ...]
    noise: tuple[int, ...]
    offset: dict[str, int] = field(default_factory=dict)
    step_week: int | None = None
    step: int = 0

    def required(self, day: datetime.date) -> dict[str, int]:
        """The posts on a day: agreed anew each April, whole posts."""
        year = day.year if day.month >= 4 else day.year - 1
        more = 1000 + self.growth[year % len(self.growth)]
        return {grade: posts * more // 100_000 * 100 for grade, posts in self.posts.items()}

    def staff(self, day: datetime.date, required: dict[str, int]) -> dict[str, int]:
        """Who is in post on a day, by grade."""
        week = week_number(day)
        cycle = self.amplitude * wave(week + self.phase, self.period) // 1000
        short = (35 + self.level // 8) * between(_SHORTAGE, week) // 1000 + cycle
        intake = self.cohorts[0] * saw(week - _INTAKE - 13, _HALF_YEAR) // 1000
        starters = self.posts["PSO"] * saw(week + self.phase, 13) * 3 // 100_000
        vacant = {
            "PO": self.levels["PO"] + self.lean + short * 12 // 10,
            "PSO": self.levels["PSO"] + self.lean + short,
            "SPO": self.levels["SPO"] + short // 4,
            "CA": self.levels["CA"] + short // 2,
        }
        people = {grade: required[grade] * (1000 - vacant[grade]) // 1000 for grade in GRADES}
        people["PO"] += intake
        people["PSO"] += starters
        staff = {grade: to_unit(people[grade]) + self.offset.get(grade, 0) for grade in GRADES}
        if self.step_week is not None and week >= self.step_week:
            staff["PSO"] += self.step
        return staff

    def learners(self, week: int) -> dict[str, int]:
        """The learners by stage: a cohort begins every half year and moves on every half year."""
        found = dict.fromkeys(STAGES, 0)
        newest = (week - _INTAKE) // _HALF_YEAR
        age = (week - _INTAKE) % _HALF_YEAR
        for back in range(5):
            size = self.cohorts[(newest - back) % len(self.cohorts)]
            weeks = age + back * _HALF_YEAR
            for stage, length in zip(STAGES, _STAGE_WEEKS, strict=True):
                if weeks < length:
                    left = 100 if back >= 2 and size > 200 else 0  # one does not finish
                    found[stage] += size - left
                    break
                weeks -= length
        return found

    def week(self, day: datetime.date) -> Week:
        """The figures of one day."""
        week = week_number(day)
        required = self.required(day)
        staff = self.staff(day, required)
        learners = self.learners(week)
        noise = self.noise[week % _NOISE]
        sick = self.sickness + 14 * wave(week + 15, 52) // 1000 + noise
        absent = {
            grade: to_unit(staff[grade] * max(sick + shift, 0) // 1000)
            for grade, shift in zip(GRADES, (4, 0, -12, 6), strict=True)
        }
        cycle = 50 * wave(week + self.phase - 4, self.period) // 1000
        load = 1010 + self.level * 70 // 100 + self.lean // 2 + cycle + between(_WORK, week) + noise // 2
        usual = (staff["PO"] + staff["PSO"]) * _PRESENT // 1000 * _POINTS_PER_POST + learner_points(learners)
        demand = usual * load // 1000
        alert = "high" if load + noise >= 1180 else "none"
        posts: dict[str, int | None] = dict(required)
        loans = dict.fromkeys(GRADES, 0)
        return Week(posts, staff, absent, loans, learners, demand, demand // self.case_points, alert)


def draw(pdu: Pdu, size: int, level: int, draws: random.Random) -> Course:
    """A PDU of so many posts, in a region with so many vacancies per thousand posts."""
    officers, services, seniors = (
        draws.randrange(345, 376),
        draws.randrange(305, 336),
        draws.randrange(85, 96),
    )
    posts = {
        "PO": size * officers // 1000 * 100,
        "PSO": size * services // 1000 * 100,
        "SPO": max(size * seniors // 1000, 2) * 100,
    }
    posts["CA"] = size * 100 - sum(posts.values())
    levels = {"PO": 10 + level * 11 // 10, "SPO": 30, "CA": level * 8 // 10}
    rest = level * size * 100 - sum(levels[grade] * posts[grade] for grade in levels)
    levels["PSO"] = rest // posts["PSO"]
    return Course(
        pdu=pdu,
        posts=posts,
        level=level,
        levels=levels,
        lean=draws.randrange(-40, 41),
        amplitude=draws.randrange(55, 126),
        period=draws.randrange(48, 93),
        phase=draws.randrange(0, 93),
        sickness=draws.randrange(26, 51),
        case_points=draws.randrange(38, 48),
        growth=tuple(draws.randrange(0, 26) for _ in range(4)),
        cohorts=tuple(max(size * draws.randrange(22, 46) // 1000, 1) * 100 for _ in range(7)),
        noise=tuple(draws.randrange(-9, 10) for _ in range(_NOISE)),
    )
