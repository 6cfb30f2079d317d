"""Measures of a policy over whole columns, and the values that its conditions compare."""

from __future__ import annotations

from collections.abc import Callable

from engine.columns._arrays import Whole, either, widened
from engine.columns._formulas import FormulaCompiler, Source, Worked, banded, rounded
from rules.decide import Program
from rules.formula import MeasureOf, Subject
from rules.measures import Workings, band_range
from rules.policy import PointsOf

Work = Callable[[Source], Whole]
"""From figures and other measures to a measure."""


class MeasureColumns:
    """Works out a policy's measures over columns. `keys` are the figures that it wants, in their order."""

    def __init__(self, program: Program) -> None:
        policy = program.policy
        subjects = [
            subject for slot in program.slots for subject in (slot.subject, slot.minus) if subject is not None
        ]
        workings = Workings(policy, subjects)
        self.keys = workings.keys
        self._at = {key: index for index, key in enumerate(self.keys)}
        self._order = {name: index for index, name in enumerate(policy.measures)}
        self._decimals = workings.decimals
        self._slots = program.slots
        compiler = FormulaCompiler(self._at.__getitem__, self._order.__getitem__, self._decimals)
        self._worked: list[Work] = []
        for name, content in policy.measures.items():
            scale = 10 ** policy.version.measures[name].decimals
            if isinstance(content, PointsOf):
                self._worked.append(self._points(content, scale))
            else:
                self._worked.append(_formula(compiler.compile(content), scale))

    def work_out(self, place: int, source: Source) -> Whole:
        """The scaled values of a measure, by its place in the order of the policy."""
        return self._worked[place](source)

    def slot(self, place: int, source: Source) -> Whole:
        """What a slot compares: a value, or the difference of two."""
        slot = self._slots[place]
        value = self._take(slot.subject, source)
        if slot.minus is None:
            return value
        less = self._take(slot.minus, source)
        one = 10 ** (slot.decimals - self._decimals(slot.subject))
        other = 10 ** (slot.decimals - self._decimals(slot.minus))
        most = value.most * one + less.most * other
        numbers = widened(value.numbers, most) * one - widened(less.numbers, most) * other
        return Whole(numbers, most, True, either(value.unknown, less.unknown))

    def _take(self, subject: Subject, source: Source) -> Whole:
        """A figure's or measure's scaled values."""
        if isinstance(subject, MeasureOf):
            return source.measure(self._order[subject.measure])
        return source.figure(self._at[subject.keys[0]]).settled()

    def _points(self, content: PointsOf, scale: int) -> Work:
        looked_at = 10 ** self._decimals(content.subject)
        bands = [(*band_range(pairs, looked_at), int(given * scale)) for pairs, given in content.bands]
        otherwise = int(content.otherwise * scale)
        return lambda source: banded(bands, otherwise, self._take(content.subject, source))


def _formula(worked: Worked, scale: int) -> Work:
    return lambda source: rounded(worked(source), scale, source.shape)
