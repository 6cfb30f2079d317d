"""Which statuses are possible at all while some figures are unknown. What no figures bring is not looked for.

Truths are three-valued: what holds whatever the unknown figures are is certain. From the levels that are possible
before a step follow those that are possible after it. Only the plain decider is asked: nothing is decided here, and
all that is said to be reached is proved by both.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from engine.distance._ahead import Way
from engine.distance._goals import Bounds
from engine.distance._single import Resumed, step_days
from engine.distance.values import Goal
from rules.decide import FALSE, Deciders, Outcome, PlainDecider, Program, Situation
from rules.figures import Return
from rules.framework import Framework, Setting
from rules.policy import Policy, mapped_level
from rules.reading import Latest, Reader, Reading


def possible_goals(
    way: Way, goals: Sequence[Goal], unknown: Iterable[str], plain: Callable[[Program], PlainDecider]
) -> tuple[bool, ...]:
    """For each goal whether it might be reached while some figures of the returns to come are unknown.

    No duration of a version that judges may lie within another: what is unknown ends a run, which is only then
    surely no shorter than it would be. `plain` gives the decider of a program.
    """
    watcher = _Watcher(way, goals, plain)
    fold = Resumed(way, watcher)
    course = way.changed({})
    fold.course = replace(course, framework=_Veiled(course.framework, frozenset(unknown), way.day))
    watcher.watching = True
    for day in step_days(way):
        fold.visit(day)
        if all(watcher.met):
            break
    return tuple(watcher.met)


class _Veiled(Framework):
    """A framework whose readers take some figures of later returns for unknown, whatever would stand in for them."""

    __slots__ = ("_base", "_day", "_known", "_unknown")

    def __init__(self, base: Framework, unknown: frozenset[str], day: datetime.date) -> None:
        super().__init__(base.id, base.policies, base.regions, base.scenarios, base.pinned)
        self._base, self._unknown, self._day = base, unknown, day
        self._known: dict[int, tuple[Reader, Reader]] = {}

    def setting(self, policy: Policy, region: str, pdu: str, day: datetime.date) -> Setting:
        """What is set for a unit on a day, under a version."""
        return self._base.setting(policy, region, pdu, day)

    def reader(self, policy: Policy, setting: Setting) -> Reader:
        """The reader of a version under a setting, with a veil before some figures."""
        base = self._base.reader(policy, setting)
        found = self._known.get(id(base))
        if found is None:
            found = self._known[id(base)] = (base, _VeiledReader(base, self._unknown, self._day))
        return found[1]


class _VeiledReader(Reader):
    """Reads as another does, but knows nothing of some figures of returns after a day."""

    def __init__(self, base: Reader, unknown: frozenset[str], day: datetime.date) -> None:
        self.__dict__.update(base.__dict__)  # all that is compiled is the same
        self._places = [place for place, key in enumerate(base.keys) if key in unknown]
        self._day = day

    def read(self, given: Return, latest: Latest) -> Reading:
        """Read one return; `latest` is brought up to date with its figures."""
        reading = super().read(given, latest)
        if given.as_of <= self._day:
            return reading
        figures = list(reading.figures)
        for place in self._places:
            figures[place] = None
        measures, values = self._work_out(figures)
        return reading._replace(figures=tuple(figures), measures=measures, values=values)


class _Watcher(Deciders):
    """Decides plainly, and follows every level that is possible."""

    def __init__(self, way: Way, goals: Sequence[Goal], plain: Callable[[Program], PlainDecider]) -> None:
        super().__init__()
        self._way, self._goals, self._plain = way, goals, plain
        self._levels, self._policy = {way.level}, way.policy
        self.met = [False] * len(goals)
        self.watching = False

    def decide(self, program: Program, situation: Situation) -> Outcome:
        """The plain outcome of a step."""
        plain = self._plain(program)
        outcome = plain.decide(situation)
        if self.watching and situation.moves:
            self._step(program, plain, outcome.truths)
        return outcome

    def _step(self, program: Program, plain: PlainDecider, truths: Sequence[int]) -> None:
        self._begin(program.policy)
        enter = [FALSE if nodes is None else truths[nodes.node] for nodes in program.enters]
        leave = [FALSE if node is None else truths[node] for node in program.exits]
        self._levels = {
            level
            for before in self._levels
            for over in (False, True)
            for level in plain.candidates(enter, leave, before, over)
        }
        for place, goal in enumerate(self._goals):
            low, high = Bounds.of(goal, self._way.policy, program.policy)
            self.met[place] = self.met[place] or any(low <= level <= high for level in self._levels)

    def _begin(self, policy: Policy) -> None:
        if policy is not self._policy:
            ids = self._policy.version.status_ids
            self._levels = {mapped_level(ids[level], self._policy, policy) for level in self._levels}
            self._policy = policy
