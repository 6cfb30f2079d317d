"""The time that is released by what is permitted on a day: minutes for each unit of a figure, exactly."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from engine.columns import Frame
from engine.columns._figures import FigureColumns
from engine.compare._worlds import World
from engine.compare.impact_values import Hours, Released
from rules.formula import FigureOf, Scope, Subject
from rules.measures import Workings
from rules.policy import Policy, ReductionOf

PERIODS = ("day", "week", "month", "quarter", "year")


def hours(worlds: tuple[World, World], frame: Frame, day: datetime.date) -> tuple[Hours, ...]:
    """What is released in both worlds by what is permitted on a day, by the period in which it is released."""
    before, after = (_released(world, frame, day) for world in worlds)
    said = [every for every in PERIODS if every in before or every in after]
    nothing = Released(Fraction(0), Fraction(0), 0, 0)
    return tuple(Hours(every, before.get(every, nothing), after.get(every, nothing)) for every in said)


def _released(world: World, frame: Frame, day: datetime.date) -> dict[str, Released]:
    policy = world.framework.policies[0]
    stands = [_stands(policy, world, unit, day) for unit in range(len(frame.units))]
    figures = _Figures(policy, frame, day)
    found: dict[str, Released] = {}
    unsaid = 0
    for unit, reductions in enumerate(stands):
        for one in reductions:
            releases = one.reduction.releases
            if releases is None:
                unsaid += 1
                continue
            held = found.get(releases.every, Released(Fraction(0), Fraction(0), 0, 0))
            figure = figures.of(unit, releases.per)
            if figure is None:
                found[releases.every] = held._replace(unknown=held.unknown + 1)
                continue
            minutes = Fraction(releases.minutes) * figure
            shown = Fraction(0) if releases.basis == "published" else minutes
            found[releases.every] = held._replace(
                minutes=held.minutes + minutes, illustrative=held.illustrative + shown
            )
    return {every: one._replace(unsaid=unsaid) for every, one in found.items()}


def _stands(policy: Policy, world: World, unit: int, day: datetime.date) -> list[ReductionOf]:
    """Of the reductions that a unit is permitted the one that stands for each activity."""
    flags = world.permits.on(day)[:, unit].tolist()
    permitted = [
        policy.reductions[policy.numbers[key]]
        for key, flag in zip(world.permits.keys, flags, strict=True)
        if flag
    ]
    best: dict[str, ReductionOf] = {}
    for one in permitted:
        other = best.get(one.activity.id)
        if other is None or one.level > other.level:
            best[one.activity.id] = one
    return list(best.values())


class _Figures:
    """What the newest return of each unit says, as one version reads it."""

    def __init__(self, policy: Policy, frame: Frame, day: datetime.date) -> None:
        scope = Scope(policy.version)
        texts = {
            one.reduction.releases.per for one in policy.reductions if one.reduction.releases is not None
        }
        self._subjects: dict[str, Subject] = {text: scope.total(text) for text in texts}
        self._workings = Workings(policy, list(self._subjects.values()))
        known = frame.has & (frame.day <= day.toordinal())
        rows = np.where(known, np.arange(frame.rows)[:, None], -1).max(axis=0, initial=-1)
        self._rows: list[int] = rows.tolist()
        last = int(rows.max(initial=-1)) + 1
        columns = FigureColumns(policy.version, self._workings.keys)
        self._figures = columns.read(frame, 0, last, 0) if last else []
        self._read: dict[int, tuple[Sequence[int | None], Sequence[int | None]]] = {}

    def of(self, unit: int, per: str) -> Fraction | None:
        """A figure, a sum of figures or a measure of a unit; None where it is not known."""
        subject = self._subjects[per]
        figures, measures = self._of_unit(unit)
        if isinstance(subject, FigureOf):
            parts = [figures[self._workings.position(key)] for key in subject.keys]
            if None in parts:
                return None
            value: int | None = sum(part for part in parts if part is not None)
        else:
            value = self._workings.value(subject, figures, measures)
        return None if value is None else Fraction(value, 10 ** self._workings.decimals(subject))

    def _of_unit(self, unit: int) -> tuple[Sequence[int | None], Sequence[int | None]]:
        if unit not in self._read:
            row = self._rows[unit]
            figures = [
                None
                if row < 0 or (one.unknown is not None and one.unknown[row, unit])
                else int(one.numbers[row, unit])
                for one in self._figures
            ] or [None] * len(self._workings.keys)
            self._read[unit] = figures, self._workings.work_out(figures)
        return self._read[unit]
