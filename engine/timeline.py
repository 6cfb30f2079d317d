"""Status over time: one unit's returns, versions and events folded into where it stands on any day.

The fold visits the days on which something can change: returns, first and last days of versions, settings,
declarations and suspensions, and the day on which the newest return has become too old. On each it does, in
this order: version, step, active status, permission, clocks.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable, Iterator, Mapping

from engine.active import INDETERMINATE, SUSPENDED, UNDECLARED, active_levels
from engine.clocks import Clocks, Granted, Key
from engine.course import Course
from engine.runs import Counting, Runs
from engine.standing import NOTHING_DECLARED, Active, Clear, Declared, Standing, Step
from rules.decide import NONE, Deciders, Outcome, Program, Situation
from rules.figures import Return
from rules.library import Setting
from rules.policy import Policy, mapped_level
from rules.reading import Latest, Reader

DAY = datetime.timedelta(days=1)


def standings(course: Course, asked: Iterable[datetime.date], deciders: Deciders) -> Iterator[Standing]:
    """Where the unit stands on each day asked, in the order of days; days without a version are left out.

    Raises DisagreementError where the two deciders differ.
    """
    wanted = set(asked)
    last = max(wanted, default=None)
    start = None if last is None else course.start(last)
    if last is None or start is None:
        return
    turning = {day for day in course.turning_days() if start < day <= last}
    fold = Fold(course, deciders)
    for day in sorted(turning | {day for day in wanted if day >= start} | {start}):
        stale_day = fold.stale_day()
        if stale_day is not None and stale_day < day:
            fold.visit(stale_day)
        standing = fold.visit(day)
        if standing is not None and day in wanted:
            yield standing


_Before = tuple[Policy, int, frozenset[Key], Mapping[Key, datetime.date]]


class Fold:
    """The state of one unit, carried from day to day."""

    def __init__(self, course: Course, deciders: Deciders) -> None:
        self.course = course
        self.deciders = deciders
        self.policy: Policy | None = None
        self.previous_policy: Policy | None = None
        self.reader: Reader | None = None
        self.counting: Counting | None = None
        self.runs: Runs | None = None
        self.latest: Latest = {}
        self.step: Step | None = None
        self.seen = 0
        self.ids: tuple[str, ...] = ()
        self.stays: tuple[int, ...] = ()
        """The ids and the minimum stays of the statuses of the version in force."""
        self.lasts = DAY
        """For how long an answer rests on a return, under the version in force."""
        self.calculated: int | None = None
        self.calculated_since: datetime.date | None = None
        self.mapped: tuple[str, str] | None = None
        self.determinate = False
        self.indeterminate_since: datetime.date | None = None
        self.last_determinate: tuple[str, datetime.date] | None = None
        self.active: Active | None = None
        self.before_indeterminate: Active | None = None
        self.clocks = Clocks()
        self.permitted: frozenset[Key] = frozenset()
        self.numbers: tuple[int, ...] | None = None
        """The numbers of what is permitted, if that follows from the active status."""
        self.clear: Clear | None = None
        self.granted = Granted(())
        self.actives: dict[tuple[int | None, bool, int], tuple[int, ...]] = {}
        """The active levels under the version in force, by what they follow from."""

    def fork(self) -> Fold:
        """The same state once more; what becomes of one is not seen by the other."""
        other = copy.copy(self)
        other.latest, other.clocks = dict(self.latest), copy.copy(self.clocks)
        return other

    def stale_day(self) -> datetime.date | None:
        """The day on which the newest return will be too old, while the answer rests on it."""
        return self._rests_until() if self.policy is not None and self.determinate else None

    def _rests_until(self) -> datetime.date | None:
        return self.course.days[self.seen - 1] + self.lasts if self.seen else None

    def own_turn(self, day: datetime.date) -> datetime.date | None:
        """The first day after the one just visited on which the answer changes only because time passes."""
        policy = self.policy
        if policy is None:
            return None
        ahead = [self._rests_until(), self.clocks.next_lapse(policy, self.course.setting(policy, day), day)]
        if not self.determinate and self.last_determinate is not None:
            ahead.append(self.last_determinate[1] + (policy.version.returns.grace + 1) * DAY)
        return min((turn for turn in ahead if turn is not None and turn > day), default=None)

    def visit(self, day: datetime.date) -> Standing | None:
        """Live through one day. None where no version is in force."""
        policy, yesterday = self.course.policy(day), self._yesterday()
        arrived = self._arrivals(day)
        if policy is None:
            self._was_clear(yesterday, day)
            self.policy, self.determinate = None, False
            return None
        began = policy is not self.policy
        if began:
            self._begin(policy, day)
        newest = self.course.returns[self.seen - 1] if self.seen else None
        stale = newest is not None and day - newest.as_of >= self.lasts
        setting = self.course.setting(policy, day)
        events = self.course.events
        declared = NOTHING_DECLARED
        if events.declarations:
            self.clocks.renew(events.renewed(day))
            declared = self._declared(policy, day)
        suspended = events.suspended(day) if events.suspensions else None
        actives = self._actives(policy, declared.level, suspended is not None)
        blocked, lapsed = self.clocks.blocked(policy, setting, day), self.clocks.lapsed
        if newest is not None and not stale and (arrived or began):
            outcome = self._move(day, policy, setting, newest, actives, blocked)
            self.determinate = outcome.status != NONE
        else:
            self.determinate = self.step is not None and self.step.outcome.status != NONE and not stale
            outcome = self._stay(policy, setting, actives, blocked)
        if self.determinate:
            self.indeterminate_since = None
            assert self.calculated is not None, "a determinate day has a calculated status"
            self.last_determinate = (self.ids[self.calculated], day)
        else:
            self._was_clear(yesterday, day)
            self.indeterminate_since = self.indeterminate_since or day
        active = self._active(day, outcome, suspended is not None)
        if arrived:
            self.clocks.clear_below(policy, outcome.active)
        in_grace = self._permit(day, policy, setting, outcome, active.status)
        reader = self.reader if self.step is not None else None
        return Standing(
            day,
            policy,
            reader or self.course.framework.reader(policy, setting),
            setting,
            self.step,
            newest,
            self.course.days[self.seen - 2] if self.seen > 1 else None,
            stale,
            self.calculated,
            self.calculated_since,
            self.determinate,
            self.indeterminate_since,
            self.last_determinate,
            self.mapped,
            active,
            outcome.active,
            declared,
            suspended,
            outcome,
            self.permitted,
            in_grace,
            lapsed,
            self.clocks.snapshot(),
        )

    def _arrivals(self, day: datetime.date) -> bool:
        """Take note of the returns up to a day; whether one is of that day."""
        days, seen = self.course.days, self.seen
        while seen < len(days) and days[seen] <= day:
            seen += 1
        self.seen = seen
        return seen > 0 and days[seen - 1] == day

    def _yesterday(self) -> _Before | None:
        """What was determinate on the last day visited, and so until the day before the next one; if anything."""
        if not self.determinate or self.policy is None or self.calculated is None:
            return None
        return self.policy, self.calculated, self.permitted, self.clocks.snapshot()

    def _was_clear(self, before: _Before | None, day: datetime.date) -> None:
        """Today nothing is determinate: if something was before, yesterday was the last clear day."""
        if before is not None:
            policy, level, permitted, starts = before
            yesterday = day - DAY
            self.last_determinate = (policy.version.statuses[level].id, yesterday)
            self.clear = Clear(policy, yesterday, permitted, starts)

    def _permitted_when_clear(self) -> frozenset[Key]:
        """What was permitted on the last clear day."""
        if self.clear is None:
            return frozenset()
        policy, day, permitted, starts = self.clear
        return self._usable(permitted, policy, self.course.setting(policy, day), day, Clocks(starts))

    def _actives(self, policy: Policy, declared: int | None, suspended: bool) -> tuple[int, ...]:
        """The active level for each calculated one."""
        last_level = NONE if self.calculated is None else self.calculated
        known = (declared, suspended, last_level)
        found = self.actives.get(known)
        if found is None:
            found = self.actives[known] = active_levels(policy, declared, suspended, last_level)
        return found

    @staticmethod
    def _usable(
        permitted: frozenset[Key], policy: Policy, setting: Setting, day: datetime.date, clocks: Clocks
    ) -> frozenset[Key]:
        """What is neither withheld nor lapsed on a day, of what was permitted before it."""
        blocked = clocks.blocked(policy, setting, day)
        numbers = policy.numbers
        return frozenset([key for key in permitted if key in numbers and not blocked[numbers[key]]])

    def _begin(self, policy: Policy, day: datetime.date) -> None:
        """A version begins: the status is found in it, and runs will be counted anew."""
        if self.previous_policy is not None and self.calculated is not None:
            old = self.previous_policy.version.statuses[self.calculated].id
            self.calculated = mapped_level(old, self.previous_policy, policy)
            new = policy.version.statuses[self.calculated].id
            if new != old:
                self.mapped, self.calculated_since = (old, new), day
        self.policy = self.previous_policy = policy
        self.reader, self.step = None, None
        self.ids = tuple(policy.levels)
        self.stays = tuple(status.minimum_stay for status in policy.version.statuses)
        self.numbers, self.actives, self.granted = None, {}, Granted(policy.reductions)
        self.lasts = (policy.version.returns.stale_after + 1) * DAY

    def _declared(self, policy: Policy, day: datetime.date) -> Declared:
        """The declaration in force on the day, with its level as this version has it."""
        declaration = self.course.events.declared(day)
        if declaration is None:
            return NOTHING_DECLARED
        then = self.course.policy(declaration.from_) or policy
        days = self.course.events.days_without_break(day)
        return Declared(declaration, mapped_level(declaration.status, then, policy), days)

    def _replay(self, reader: Reader, before: Return) -> None:
        """Count every run anew over the returns before one, as this program judges them."""
        program, counting = reader.program, Counting(reader.program)
        runs = counting.none
        self.reader, self.latest, self.counting = reader, {}, counting
        for given in self.course.returns[: self.seen]:
            if given.as_of >= before.as_of:
                break
            reading = reader.read(given, self.latest)
            held = counting.if_held(runs, given.as_of)
            periods = counting.counted(held)
            runs = counting.after(given.as_of, held, self._truths(program, reading.values, periods))
        self.runs = runs

    def _truths(
        self, program: Program, values: tuple[int | None, ...], periods: tuple[int, ...]
    ) -> tuple[int, ...]:
        """What an earlier return makes true, without any status."""
        nothing = (NONE,) * (program.levels + 1)
        blocked = (1,) * len(program.policy.reductions)
        situation = Situation(values, periods, NONE, False, False, False, nothing, blocked)
        return self.deciders.decide(program, situation).truths

    def _move(
        self,
        day: datetime.date,
        policy: Policy,
        setting: Setting,
        newest: Return,
        actives: tuple[int, ...],
        blocked: tuple[int, ...],
    ) -> Outcome:
        """Take a step: judge the newest return and move the calculated status."""
        reader = self.course.framework.reader(policy, setting)
        if reader is not self.reader or self.runs is None:
            self._replay(reader, newest)
        program, counting, runs = reader.program, self.counting, self.runs
        assert counting is not None
        assert runs is not None
        reading = reader.read(newest, self.latest)
        held = counting.if_held(runs, newest.as_of)
        first = self.calculated is None and program.at_once
        standing, stay_over = NONE, True
        if self.calculated is not None and self.calculated_since is not None:
            standing = self.calculated
            stay_over = (day - self.calculated_since).days >= self.stays[standing]
        periods = counting.counted(held)
        situation = Situation(reading.values, periods, standing, stay_over, True, first, actives, blocked)
        outcome = self.deciders.decide(program, situation)
        self.runs = counting.after(newest.as_of, held, outcome.truths)
        if outcome.status not in (NONE, self.calculated):
            self.calculated, self.calculated_since, self.mapped = outcome.status, day, None
        self.step = Step(day, reading, setting, periods, outcome, first)
        return outcome

    def _stay(
        self, policy: Policy, setting: Setting, actives: tuple[int, ...], blocked: tuple[int, ...]
    ) -> Outcome:
        """No step: the conditions stand as judged at the last one; permission is judged for the day."""
        standing = self.calculated if self.determinate and self.calculated is not None else NONE
        step = self.step
        if step is None or self.reader is None:
            program = self.course.framework.reader(policy, setting).program
            values: tuple[int | None, ...] = (None,) * len(program.slots)
            held: tuple[int, ...] = (0,) * len(program.runs)
            first = False
        else:
            program, values, held, first = self.reader.program, step.reading.values, step.held, step.first
        situation = Situation(values, held, standing, False, False, first, actives, blocked)
        return self.deciders.decide(program, situation)

    def _active(self, day: datetime.date, outcome: Outcome, suspended: bool) -> Active:
        """The active status of the day, and since when it is."""
        if suspended:
            status = SUSPENDED
        elif outcome.active != NONE:
            status = self.ids[outcome.active]
        else:
            status = UNDECLARED if self.determinate else INDETERMINATE
        return self._follow(status, day)

    def _permit(
        self, day: datetime.date, policy: Policy, setting: Setting, outcome: Outcome, status: str
    ) -> bool:
        """What is permitted on the day, or stands in grace; whether it is the latter."""
        in_grace = status == INDETERMINATE and self._in_grace(policy, day)
        if in_grace:
            self.numbers = None
            self.permitted = self._usable(self._permitted_when_clear(), policy, setting, day, self.clocks)
        elif outcome.permitted != self.numbers:  # mostly the same as on the day before
            self.numbers = outcome.permitted
            self.permitted = self.granted[outcome.permitted]
        self.clocks.start(self.permitted, day)
        return in_grace

    def _in_grace(self, policy: Policy, day: datetime.date) -> bool:
        grace = policy.version.returns.grace
        return self.last_determinate is not None and (day - self.last_determinate[1]).days <= grace

    def _follow(self, status: str, day: datetime.date) -> Active:
        """Keep since when the active status is what it is; an indeterminate stretch does not break another."""
        if self.active is None:
            self.active = Active(status, day, None)
        elif status != self.active.status:
            kept = self.before_indeterminate
            if status == INDETERMINATE:
                self.before_indeterminate = self.active
            if self.active.status == INDETERMINATE and kept is not None and kept.status == status:
                self.active = kept
            else:
                self.active = Active(status, day, self.active.status)
        return self.active
