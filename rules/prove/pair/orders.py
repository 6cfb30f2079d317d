"""Measures of two versions of which one is never above the other: a later formula often only adds or takes away.

Without this, each number at which the two cannot lie would have to be found one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.formula import Arithmetic, FigureOf, Formula, MeasureOf, Subject, references
from rules.policy import PointsOf
from rules.prove import formulas
from rules.prove.pair.merge import Content, Merged
from rules.prove.ranges import ZERO, Ranges
from rules.prove.solver import Shelf, Solver
from rules.prove.terms import Term, all_of, compared, declared, defined, plus, stated, times

LIMIT = 100_000
Order = tuple[MeasureOf, MeasureOf]
"""A measure, and one that is never below it."""


def ordered_measures(merged: Merged, subjects: Iterable[Subject], shelf: Shelf) -> Iterator[Order]:
    """The measures of one name, each worked out otherwise in both versions, that have an order."""
    looked_at, ranges = set(subjects), Ranges(merged.policy)
    first, second = (renaming.measures for renaming in merged.renamings)
    for name in first:
        one, other = MeasureOf(first[name]), MeasureOf(second.get(name, first[name]))
        if one != other and one in looked_at and other in looked_at:
            order = _order(merged, ranges, one, other, shelf)
            if order is not None:
                yield order


def _order(merged: Merged, ranges: Ranges, one: MeasureOf, other: MeasureOf, shelf: Shelf) -> Order | None:
    """The order of two measures that are divided by the same, if what is divided has one."""
    if ranges.scope.decimals(one) != ranges.scope.decimals(other):
        return None
    contents = merged.policy.measures[one.measure], merged.policy.measures[other.measure]
    (top, divisor), (other_top, other_divisor) = map(_divided, contents)
    if top is None or other_top is None or divisor != other_divisor:
        return None
    if divisor is not None and ranges.span(divisor).low < ZERO:
        return None
    lines: list[str] = []
    left, right = (_worked(part, ranges, lines) for part in (top, other_top))
    if left is None or right is None:
        return None
    mine, theirs = times(right.denominator, left.numerator), times(left.denominator, right.numerator)
    lines += [defined("above", compared(">", mine, theirs)), defined("below", compared("<", mine, theirs))]
    solver = Solver(dict.fromkeys(lines), LIMIT, shelf)
    if solver.ask("above") == "no":
        return one, other
    return (other, one) if solver.ask("below") == "no" else None


def _divided(content: Content) -> tuple[Formula | None, Formula | None]:
    """What is divided, and what by, if by anything."""
    if isinstance(content, PointsOf):
        return None, None
    if isinstance(content, Arithmetic) and content.operator == "/":
        return content.left, content.right
    return content, None


def _worked(formula: Formula, ranges: Ranges, lines: list[str]) -> formulas.Worked | None:
    """A formula over figures within their bounds, if it is a sum of multiples of them."""
    figures = [one for one in references(formula) if isinstance(one, FigureOf)]
    if len(figures) < len(list(references(formula))):
        return None
    for figure in figures:
        for key in figure.keys:
            lines.append(declared(f"|{key}|", "Int"))
            for low, high in ranges.reach(FigureOf(figure.input, figure.members[:1])).stretches:
                ends = ((">=", low), ("<=", high))
                inside = [compared(how, f"|{key}|", end) for how, end in ends if end is not None]
                lines.append(stated(all_of(inside)))

    def leaf(subject: Subject) -> tuple[Term, int]:
        assert isinstance(subject, FigureOf)
        total: Term = 0
        for key in subject.keys:
            total = plus(total, f"|{key}|")
        return total, 10 ** ranges.scope.decimals(subject)

    found = formulas.worked(formula, leaf, lambda term: term)
    return found if found.linear else None
