"""The one small tree that formulas and conditions are read into.

A formula is arithmetic over figures and measures; a condition compares one figure or measure with a
threshold, or combines conditions. Both are values: what they come to is worked out elsewhere
(`rules.formula.exact` for formulas, `rules.decide` for conditions).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

COMPARATORS = ("below", "at_most", "above", "at_least", "is", "one_of", "none_of")
GroupOperator = Literal["any", "all", "none", "count"]
OPERATORS: dict[str, GroupOperator] = {"any": "any", "all": "all", "none": "none", "count": "count"}


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in a formula."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class FigureOf:
    """An input's figure, or the sum of its figures over some members of its list."""

    input: str
    members: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the figures it takes, as `rules.figures.figure_key` writes them."""
        return tuple(f"{self.input}[{member}]" for member in self.members) or (self.input,)

    def __str__(self) -> str:
        return f"{self.input}[{', '.join(self.members)}]" if self.members else self.input


@dataclass(frozen=True, slots=True)
class MeasureOf:
    """A measure's rounded value."""

    measure: str

    def __str__(self) -> str:
        return self.measure


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left operator right`, with one of + - * /."""

    operator: str
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Extreme:
    """`min(…)` or `max(…)`. Unknown where any part is."""

    function: Literal["min", "max"]
    arguments: tuple[Formula, ...]


Formula = Constant | FigureOf | MeasureOf | Arithmetic | Extreme
Subject = FigureOf | MeasureOf


def references(formula: Formula) -> Iterator[Subject]:
    """The figures and measures that a formula uses, in the order written."""
    waiting = [formula]  # a tree of hundreds of levels is slow to walk by recursion
    while waiting:
        part = waiting.pop()
        if isinstance(part, FigureOf | MeasureOf):
            yield part
        elif isinstance(part, Arithmetic):
            waiting += (part.right, part.left)
        elif isinstance(part, Extreme):
            waiting += reversed(part.arguments)


@dataclass(frozen=True, slots=True)
class TriggerPointOf:
    """A trigger point, by name; its number depends on the unit's settings."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Categories:
    """One or more categories of an input."""

    ids: tuple[str, ...]


Threshold = Constant | TriggerPointOf | FigureOf | MeasureOf | Categories


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a condition says about itself. `line` is its line in the document."""

    source: str | None = None
    basis: str | None = None
    note: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure or measure against one threshold. `periods` is its duration, in return periods."""

    rule: str
    subject: Subject
    comparator: str
    threshold: Threshold
    periods: int | None
    remarks: Remarks


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions combined by any, all, none or count (at least `at_least` of them)."""

    rule: str
    operator: GroupOperator
    parts: tuple[Condition, ...]
    at_least: int
    periods: int | None
    remarks: Remarks


Condition = Comparison | Group


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything below it, parents first."""
    yield condition
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from walk(part)
