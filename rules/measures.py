"""Measures worked out exactly: whole numbers and fractions, never floats.

A formula gives an exact fraction of scaled whole numbers, or None for *unknown*. A measure's value is that
fraction rounded half away from zero to its decimals, kept as a whole number scaled by `10 ** decimals`; this
rounded value is what is compared, shown and used further on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from rules.formula import Formula, MeasureOf, Scope, Subject
from rules.formula.exact import FormulaLines
from rules.policy import PointsOf, Policy
from rules.written_out import written_out

Values = Sequence[int | None]
Worked = Callable[[Values], tuple[tuple[int | None, ...], tuple[int | None, ...]]]
"""From figures (scaled, None where unknown) to measures, and to further values that follow from both."""


@lru_cache(maxsize=1 << 12)
def short_text(value: int, decimals: int) -> str:
    """A scaled whole number in its shortest form: (1300, 2) is `13`."""
    whole, part = divmod(abs(value), 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{decimals}d}".rstrip("0") if part else f"{sign}{whole}"


@lru_cache(maxsize=1 << 12)
def scaled_text(value: int, decimals: int) -> str:
    """A scaled whole number as a decimal with exactly so many decimals: (825, 1) is `82.5`."""
    if decimals == 0:
        return str(value)
    whole, part = divmod(abs(value), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{decimals}d}"


class Workings:
    """Works out the measures of one policy from the figures of one return.

    `keys` are the figures that the policy uses anywhere, in a fixed order; `measures` its measures in the order
    in which they are worked out. How they are is written out as one Python function, in which nothing but whole
    numbers of the policy stands.
    """

    def __init__(self, policy: Policy, further: Sequence[Subject]) -> None:
        self.policy = policy
        self._scope = Scope(policy.version)
        self._positions: dict[str, int] = {}
        self.measures: tuple[str, ...] = tuple(policy.measures)
        self._order = {name: index for index, name in enumerate(self.measures)}
        self._lines = FormulaLines(self.names, self.decimals)
        for name in self.measures:
            self._measure(name)
        for subject in further:
            self.names(subject)
        self._whole: Worked | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that the policy uses."""
        return tuple(self._positions)

    def position(self, key: str) -> int:
        """Where a figure stands in the order of `keys`."""
        return self._positions.setdefault(key, len(self._positions))

    def decimals(self, subject: Subject) -> int:
        """The decimals of a subject's values."""
        return self._scope.decimals(subject)

    def names(self, subject: Subject) -> list[str]:
        """What a subject's values are called in the function: a measure's, or those of some figures."""
        if isinstance(subject, MeasureOf):
            return [f"m{self._order[subject.measure]}"]
        return [f"f{self.position(key)}" for key in subject.keys]

    def work_out(self, figures: Values) -> tuple[int | None, ...]:
        """The measures' scaled values, in the order of `measures`."""
        if self._whole is None:
            self._whole = self.function()
        return self._whole(figures)[0]

    def rounded(self, formula: Formula, scale: int) -> str:
        """The Python of a further formula over figures and measures, times `scale` and rounded, for `function`."""
        return self._lines.rounded(formula, scale)

    def function(self, further: Sequence[str] = ()) -> Worked:
        """From figures to the measures' scaled values, and to some more Python expressions of `names`."""
        figures = [f"f{index}" for index in range(len(self._positions))]
        measures = [f"m{index}" for index in range(len(self.measures))]
        lines = [f"{_tuple(figures)} = figures"] if figures else []
        lines += [*self._lines.lines, f"return {_tuple(measures)}, {_tuple(further)}"]
        made: Worked = written_out("work_out(figures)", lines)
        return made

    def value(self, subject: Subject, figures: Values, measures: Values) -> int | None:
        """A subject's scaled value, from figures and measures."""
        if isinstance(subject, MeasureOf):
            return measures[self._order[subject.measure]]
        return figures[self.position(subject.keys[0])]

    def _measure(self, name: str) -> None:
        """Add the lines of a measure."""
        content, lines = self.policy.measures[name], self._lines
        scale = 10 ** self.policy.version.measures[name].decimals
        measure = f"m{self._order[name]}"
        if not isinstance(content, PointsOf):
            value = lines.rounded(content, scale)
            lines.lines.append(f"{measure} = {value}")
            return
        (looked_at,) = self.names(content.subject)
        lines.lines.append(f"{measure} = None if {looked_at} is None else {int(content.otherwise * scale)}")
        for pairs, given in reversed(content.bands):  # the first that fits counts, so it is looked at last
            low, high = band_range(pairs, 10 ** self._scope.decimals(content.subject))
            limits = [f"{looked_at} is not None"]
            limits += [] if low is None else [f"{looked_at} >= {low}"]
            limits += [] if high is None else [f"{looked_at} <= {high}"]
            lines.lines.append(f"if {' and '.join(limits)}: {measure} = {int(given * scale)}")


def _tuple(names: Sequence[str]) -> str:
    return f"({''.join(f'{name}, ' for name in names)})"


def band_range(pairs: Sequence[tuple[str, Decimal]], scale: int) -> tuple[int | None, int | None]:
    """The lowest and highest scaled whole value that fits every limit of a band."""
    low: int | None = None
    high: int | None = None
    for comparator, number in pairs:
        exact = Fraction(number) * scale
        if comparator in ("below", "at_most"):
            top = math.ceil(exact) - 1 if comparator == "below" else math.floor(exact)
            high = top if high is None else min(high, top)
        else:
            bottom = math.floor(exact) + 1 if comparator == "above" else math.ceil(exact)
            low = bottom if low is None else max(low, bottom)
    return low, high
