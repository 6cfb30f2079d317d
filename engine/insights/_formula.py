"""Formulas over totals as Python over whole numbers, in the way in which those of measures are worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.formula import FigureOf
from rules.formula.exact import FormulaLines
from rules.formula.tree import Subject
from rules.views import FigureOfView
from rules.written_out import written_out

Worked = Callable[..., int | None]


def worked(figure: FigureOfView, decimals: Mapping[str, int]) -> Worked:
    """A function from a figure's totals, in their order, to its rounded value times `10 ** figure.decimals`.

    It gives None where it would divide by zero. `decimals` are those that each input's whole numbers have.
    """
    names = {name: f"f{place}" for place, name in enumerate(figure.totals)}

    def total(subject: Subject) -> str:
        assert isinstance(subject, FigureOf), "a view uses no measures"
        return subject.input

    lines = FormulaLines(
        lambda subject: [names[total(subject)]],
        lambda subject: decimals[figure.totals[total(subject)].input],
    )
    value = lines.rounded(figure.formula, 10**figure.decimals)
    made: Worked = written_out(f"work_out({', '.join(names.values())})", [*lines.lines, f"return {value}"])
    return made
