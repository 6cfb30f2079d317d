"""The least change of one lever that brings each goal, or that none does: found by columns, proved one by one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import numpy as np

from engine.columns import Numbers
from engine.distance._ahead import Changes, Way
from engine.distance._columns import Ahead
from engine.distance._possible import possible_goals
from engine.distance._shapes import Shapes
from engine.distance._single import Proof
from engine.distance.values import Goal, Lever, Reach, Told, Why
from rules.problems import DisagreementError, Place, Problem

NEAR = 256
"""Changes of so many steps are tried first; nearly always that is enough."""


class Search:
    """Looks for changes of one unit, and keeps what it has found."""

    def __init__(
        self, ahead: Ahead, way: Way, goals: Sequence[Goal], levers: Sequence[Lever], shapes: Shapes
    ) -> None:
        self.ahead, self.way, self.goals = ahead, way, goals
        self.usable = [one for one in levers if one.free and one.start is not None]
        self._levers = levers
        self._best: dict[tuple[str, int], tuple[int, int]] = {}
        self._shapes = shapes
        self._possible: dict[tuple[str, ...], tuple[bool, ...]] = {}
        self._try({one.key: outward(one, 1, NEAR) for one in self.usable})
        far = {
            one.key: steps
            for one in self.usable
            if any(self._open(one, goal) for goal in range(len(goals)))
            and (steps := outward(one, NEAR + 1, max(one.down, one.up))).size
        }
        if far:
            self._try(far)

    def impossible(self, levers: Sequence[Lever], goal: int) -> bool:
        """Whether it is certain that no figures of some levers bring a goal."""
        # what no figures of all of them bring, no figures of one do: so that is mostly the only question
        every = tuple(one.key for one in self.usable)
        return any(not self._possibly_known(keys)[goal] for keys in (every, tuple(one.key for one in levers)))

    def _possibly_known(self, keys: tuple[str, ...]) -> tuple[bool, ...]:
        found = self._possible.get(keys)
        if found is None:
            found = self._possible[keys] = self._possibly(keys)
        return found

    def _possibly(self, keys: Sequence[str]) -> tuple[bool, ...]:
        if any(self._shapes.of(one).nested for one in self.way.policies):
            return (True,) * len(self.goals)
        return possible_goals(self.way, self.goals, keys, self._shapes.plain)

    def reaches(self, goal: int, proof: Proof) -> tuple[Reach, ...]:
        """How each lever reaches a goal, proved. Raises DisagreementError (PF902) where the proof fails."""
        self.check({}, goal, self.by_itself[goal], proof)
        return tuple(self._reach(one, goal, proof) for one in self._levers)

    def check(self, changes: Changes, goal: int, on: datetime.date | None, proof: Proof) -> None:
        """The single path must reach the goal on the very day, or not at all. Raises DisagreementError (PF902)."""
        alone = proof.reached(changes)[goal]
        if alone != on:
            figures = ", ".join(f"{key} {figure}" for key, figure in changes.items()) or "nothing changed"
            message = (
                f"With {figures}, {self.way.course.pdu.id} reaches {self.goals[goal].status} {on or 'never'} when "
                f"many changes are judged at once, and {alone or 'never'} when this one is judged alone."
            )
            hint = "Keep the returns and the policy folder, and report this."
            raise DisagreementError([Problem("PF902", message, Place("engine"), hint)])

    def _reach(self, lever: Lever, goal: int, proof: Proof) -> Reach:
        by_itself = self.by_itself[goal]
        if by_itself is not None:
            return Reach(lever, 0, by_itself, self.way.count(by_itself))
        found = self._best.get((lever.key, goal))
        if found is None:
            return Reach(lever, why=self._why(lever, goal))
        steps, day = found[0], _day(found[1])
        assert day is not None, "a goal is reached on some day"
        self.check({lever.key: lever.at(steps)}, goal, day, proof)
        less = steps - lever.stride if steps > 0 else steps + lever.stride
        self.check({lever.key: lever.at(less)} if less else {}, goal, None, proof)
        return Reach(lever, steps, day, self.way.count(day))

    def _why(self, lever: Lever, goal: int) -> Why:
        if lever.start is None:
            return "not_given"
        if not lever.free:
            return "no_part"
        return "not_found" if lever.whole and not self.impossible([lever], goal) else "cannot"

    def _open(self, lever: Lever, goal: int) -> bool:
        """Whether larger changes of a lever might still bring a goal."""
        known = self.by_itself[goal] is not None or (lever.key, goal) in self._best
        return not known and not self.impossible([lever], goal)

    def _try(self, steps: Mapping[str, Numbers]) -> None:
        """Try changes of each lever in their order; keep the first of each that brings a goal."""
        chosen = self._distinct(steps)
        followed = self.ahead.follow([{}, *({lever.key: lever.at(k)} for lever, k in chosen)])
        self.path: tuple[Told, ...] = followed.path
        """How the status goes if nothing changes, step by step."""
        self.by_itself = tuple(_day(int(days[0])) for days in followed.days)
        """For each goal the day on which it comes if nothing changes, if it does."""
        for goal, days in enumerate(followed.days):
            for (lever, k), day in zip(chosen, days[1:].tolist(), strict=True):
                if day:
                    self._best.setdefault((lever.key, goal), (k, day))

    def _distinct(self, steps: Mapping[str, Numbers]) -> list[tuple[Lever, int]]:
        """For each lever the first change of each kind: those by which the comparisons come out in some new way."""
        levers = [one for one in self.usable if len(steps.get(one.key, ()))]
        if not levers:
            return []
        sizes = [len(steps[one.key]) for one in levers]
        total = 1 + sum(sizes)
        values, first = [], 1
        for lever, size in zip(levers, sizes, strict=True):
            own = np.zeros(total, np.int64)
            own[first : first + size] = steps[lever.key]
            values.append(lever_figures(lever, own))
            first += size
        kinds = self.ahead.signatures([one.key for one in levers], values, [one.decimals for one in levers])
        found, first = [], 1
        for lever, size in zip(levers, sizes, strict=True):
            own = kinds[first : first + size]
            _, firsts = np.unique(own, return_index=True)
            places = sorted(int(place) for place in firsts if own[place] != kinds[0])
            found += [(lever, int(steps[lever.key][place])) for place in places]
            first += size
        return found


def outward(lever: Lever, first: int, last: int) -> Numbers:
    """The changes of a lever of `first` to `last` steps, the smaller first; of equal ones upwards first."""
    stride = lever.stride
    sizes = np.arange(-(-first // stride) * stride, last + 1, stride, dtype=np.int64)
    both = np.stack((sizes, -sizes), axis=1).reshape(-1)
    found: Numbers = both[(both <= lever.up) & (both >= -lever.down)]
    return found


def lever_figures(lever: Lever, steps: Numbers) -> Numbers:
    """The figures of a lever after some steps, as whole numbers in its scale."""
    assert lever.start is not None, "a figure that is not known cannot be changed"
    start = int(lever.start.scaleb(lever.decimals))
    step = lever.step.scaleb(lever.decimals)
    top, bottom = step.as_integer_ratio()
    found: Numbers = start + steps // bottom * top
    return found


def _day(ordinal: int) -> datetime.date | None:
    return datetime.date.fromordinal(ordinal) if ordinal else None
