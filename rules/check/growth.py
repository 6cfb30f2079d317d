"""How large the value of a measure can become, before any figure is known.

Values are exact, so each multiplication adds digits; measures of measures could reach millions of digits, and one
return would take minutes. What is asked here is a bound only: it may lie far above what the figures ever give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.formula import Arithmetic, Constant, Extreme, FigureOf, Formula, MeasureOf
from rules.model import Version
from rules.model._fields import MAX_DIGITS
from rules.policy import PointsOf
from rules.problems import Findings
from rules.text import Path_, Source

MAX_BITS = 3_000
"""About 900 digits: a product of sixty figures."""
_POINTS = 4 * MAX_DIGITS
"""Bits of a number that is written in a document."""
_Measures = Mapping[str, Formula | PointsOf]


@dataclass(frozen=True, slots=True)
class _Size:
    """Bits of a value's magnitude and of its denominator; `below` is the denominator itself where it is certain."""

    above: int
    bits: int
    below: int | None = None

    @classmethod
    def over(cls, above: int, below: int) -> _Size:
        """A value of so many bits over a denominator that is certain."""
        return cls(above, below.bit_length() if below > 1 else 0, below)

    @property
    def total(self) -> int:
        """Bits of the greatest number that stands for it."""
        return self.above + self.bits


def check_growth(
    version: Version,
    measures: _Measures,
    source: Source,
    findings: Findings,
    further: Mapping[Path_, Formula],
) -> None:
    """Note the first measure that could become too large. Each comes after those that it uses.

    `further` are formulas over measures that stand elsewhere, by their paths.
    """
    sizes: dict[str, _Size] = {}
    for name, content in measures.items():
        scale = 10 ** version.measures[name].decimals
        if isinstance(content, PointsOf):
            sizes[name] = _Size.over(_POINTS, scale)
            continue
        most = _Most(version, sizes)
        sizes[name] = _Size.over(most.of(content).above + 1, scale)
        if most.seen > MAX_BITS:
            _too_large(name, ("measures", name, "formula"), source, findings)
            return
    for path, formula in further.items():
        most = _Most(version, sizes)
        most.of(formula)
        if most.seen > MAX_BITS:
            _too_large(f"the {path[-2]}", path, source, findings)


def _too_large(what: str, path: Path_, source: Source, findings: Findings) -> None:
    message = f"The value of {what} could have hundreds of digits."
    findings.add("PF228", message, source.place(path), "Multiply or divide less often.")


class _Most:
    """Looks for the greatest number in working out a formula."""

    def __init__(self, version: Version, sizes: Mapping[str, _Size]) -> None:
        self._version = version
        self._sizes = sizes
        self.seen = 0

    def of(self, formula: Formula) -> _Size:
        """The size of a formula's value."""
        found = self._size(formula)
        self.seen = max(self.seen, found.total)
        return found

    def _size(self, formula: Formula) -> _Size:
        if isinstance(formula, Constant):
            above, below = formula.value.as_integer_ratio()
            return _Size.over(abs(above).bit_length(), below)
        if isinstance(formula, FigureOf):
            figure = (10**MAX_DIGITS * len(formula.keys)).bit_length()
            return _Size.over(figure, 10 ** self._version.inputs[formula.input].decimals)
        if isinstance(formula, MeasureOf):
            return self._sizes.get(formula.measure, _Size(0, 0))  # one with a fault of its own
        if isinstance(formula, Extreme):
            sizes = [self.of(argument) for argument in formula.arguments]
            return _Size(max(size.above for size in sizes), max(size.bits for size in sizes))
        return _joined(formula, self.of(formula.left), self.of(formula.right))


def _joined(formula: Arithmetic, one: _Size, other: _Size) -> _Size:
    if formula.operator == "*":
        return _Size(one.above + other.above, one.bits + other.bits)
    if formula.operator == "/":
        return _Size(one.above + other.bits, one.bits + other.total)
    above = max(one.above, other.above) + 1
    if one.below is not None and one.below == other.below:
        return _Size(above, one.bits, one.below)
    return _Size(above, one.bits + other.bits)
