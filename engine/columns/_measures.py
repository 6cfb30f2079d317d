"""Measures of a policy over whole columns, and the values that its conditions compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.columns._arrays import Whole, either, widened
from engine.columns._formulas import FormulaCompiler, Worked, banded, rounded
from rules.decide import Program, Slot
from rules.formula import MeasureOf, Subject
from rules.measures import Workings, band_range
from rules.policy import PointsOf

Work = Callable[[Sequence[Whole], Sequence[Whole], tuple[int, ...]], Whole]
"""From figures, the measures before, and the shape of a column block to a measure."""


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
        compiler = FormulaCompiler(self._at.__getitem__, self._order.__getitem__, self._decimals)
        self._worked: list[Work] = []
        for name, content in policy.measures.items():
            scale = 10 ** policy.version.measures[name].decimals
            if isinstance(content, PointsOf):
                self._worked.append(self._points(content, scale))
            else:
                self._worked.append(_formula(compiler.compile(content), scale))

    def work_out(self, figures: Sequence[Whole], shape: tuple[int, ...]) -> list[Whole]:
        """The measures' scaled values, in the order of the policy."""
        measures: list[Whole] = []
        for worked in self._worked:
            measures.append(worked(figures, measures, shape))
        return measures

    def take(self, subject: Subject, figures: Sequence[Whole], measures: Sequence[Whole]) -> Whole:
        """A figure's or measure's scaled values."""
        if isinstance(subject, MeasureOf):
            return measures[self._order[subject.measure]]
        return figures[self._at[subject.keys[0]]]

    def slot(self, slot: Slot, figures: Sequence[Whole], measures: Sequence[Whole]) -> Whole:
        """What a slot compares: a value, or the difference of two."""
        value = self.take(slot.subject, figures, measures)
        if slot.minus is None:
            return value
        less = self.take(slot.minus, figures, measures)
        one = 10 ** (slot.decimals - self._decimals(slot.subject))
        other = 10 ** (slot.decimals - self._decimals(slot.minus))
        most = value.most * one + less.most * other
        numbers = widened(value.numbers, most) * one - widened(less.numbers, most) * other
        return Whole(numbers, most, True, either(value.unknown, less.unknown))

    def _points(self, content: PointsOf, scale: int) -> Work:
        looked_at = 10 ** self._decimals(content.subject)
        bands = [(*band_range(pairs, looked_at), int(given * scale)) for pairs, given in content.bands]
        otherwise = int(content.otherwise * scale)
        return lambda figures, measures, shape: banded(
            bands, otherwise, self.take(content.subject, figures, measures)
        )


def _formula(worked: Worked, scale: int) -> Work:
    return lambda figures, measures, shape: rounded(worked(figures, measures), scale, shape)
