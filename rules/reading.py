"""One return as one program reads it: figures found or stood in for, measures, and the values to compare."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from rules.check.names import default_figure
from rules.decide import Program, Slot
from rules.decide.program import LIMIT
from rules.figures import Figure, FigureSpec, Return, figure_specs
from rules.formula import FigureOf, Subject
from rules.formula.exact import product
from rules.measures import Workings, short_text
from rules.model._fields import MAX_DIGITS

How = Literal["given", "carried", "default", "missing", "unfit"]
Latest = dict[str, tuple[datetime.date, int]]
"""The newest earlier figure of each key, with the day of the return that gave it."""
Values = Sequence[int | None]
MAX_FIGURES = 1 << 10
"""How many figures of an input are kept as they were read."""


class Origin(NamedTuple):
    """How a figure was found that the return itself does not give, and on which day, if any, it was given.

    `unfit` is a figure that this version does not take (too many decimals, out of range) with nothing to stand
    in for it: it counts as not given.
    """

    how: How
    as_of: datetime.date | None


class Reading(NamedTuple):
    """A return as read: figures by `Reader.keys`, measures by `Reader.measures`, values by slot.

    Figures and measures are scaled whole numbers, a category its position; None is unknown. `texts` has the
    figures as text, `origins` tells of each figure, by its position, that the return does not give.
    """

    as_of: datetime.date
    figures: tuple[int | None, ...]
    texts: tuple[str | None, ...]
    origins: dict[int, Origin]
    measures: tuple[int | None, ...]
    values: tuple[int | None, ...]

    def origin(self, index: int) -> Origin:
        """How a figure was found, and the day of the return that gave it."""
        return self.origins.get(index) or Origin("given", self.as_of)


class Reader:
    """Reads the returns of any unit under one program. Holds no state of a unit.

    `further` are figures that it reads besides those that the program uses.
    """

    def __init__(self, program: Program, further: Sequence[Subject] = ()) -> None:
        self.program = program
        version = program.policy.version
        subjects = [
            subject for slot in program.slots for subject in (slot.subject, slot.minus) if subject is not None
        ]
        workings = Workings(program.policy, [*subjects, *further])
        slots = [_slot(slot, workings) for slot in program.slots]
        self.keys = workings.keys
        self.measures = workings.measures
        self._work_out = workings.function(slots)
        specs = figure_specs(version)
        self.specs: tuple[FigureSpec, ...] = tuple(specs[key.partition("[")[0]] for key in self.keys)
        self._fits = [_fits(spec) for spec in self.specs]
        self._numbers = [key for key, fit in zip(self.keys, self._fits, strict=True) if fit.kind is Decimal]
        self._categories = [key for key, fit in zip(self.keys, self._fits, strict=True) if fit.kind is str]
        self._carry = [version.inputs[spec.id].carry_forward for spec in self.specs]
        self._carried = [
            (key, index) for index, key in enumerate(self.keys) if self._carry[index] is not None
        ]
        defaults = [default_figure(version, spec.id) for spec in self.specs]
        self._defaults = [
            None if default is None else scaled(spec, default)
            for spec, default in zip(self.specs, defaults, strict=True)
        ]

    def read(self, given: Return, latest: Latest) -> Reading:
        """Read one return; `latest` is brought up to date with its figures."""
        day, written = given.as_of, given.texts
        texts = [*map(written.get, self.keys)]
        figures = [fit[text] for fit, text in zip(self._fits, texts, strict=True)]
        take = given.figures.get
        if str in map(type, map(take, self._numbers)) or Decimal in map(type, map(take, self._categories)):
            figures = [
                figure if isinstance(take(key), fit.kind) else None  # `1` may be a number, and a category
                for key, fit, figure in zip(self.keys, self._fits, figures, strict=True)
            ]
        origins: dict[int, Origin] = {}
        if None in figures:
            for index, value in enumerate(figures):
                if value is None:
                    lacking: How = "missing" if texts[index] is None else "unfit"
                    earlier = latest.get(self.keys[index])
                    value, origins[index] = self._stand_in(index, earlier, day, lacking)
                    texts[index] = None if value is None else figure_text(self.specs[index], value)
                    figures[index] = value
        latest.update(
            {
                key: (day, value)
                for key, index in self._carried
                if (value := figures[index]) is not None and index not in origins
            }
        )
        measures, values = self._work_out(figures)
        return Reading(day, tuple(figures), tuple(texts), origins, measures, values)

    def _stand_in(
        self, index: int, earlier: tuple[datetime.date, int] | None, day: datetime.date, otherwise: How
    ) -> tuple[int | None, Origin]:
        """What counts for a figure that is not given: the newest earlier one, the default, or nothing."""
        carry = self._carry[index]
        if carry is not None and earlier is not None and (day - earlier[0]).days <= carry:
            return earlier[1], Origin("carried", earlier[0])
        default = self._defaults[index]
        return default, Origin(otherwise if default is None else "default", None)


class _Fits(dict[str | None, int | None]):
    """From the text of a figure to its scaled number, as an input takes it; None where none is given or taken.

    Figures come back week after week, so each that was met is kept, up to a bound.
    """

    def __init__(self, spec: FigureSpec) -> None:
        super().__init__()
        self._spec = spec
        self.kind = Decimal if spec.values is None else str
        largest = 10**MAX_DIGITS - 1
        self._low = -largest if spec.minimum is None else max(-largest, scaled(spec, spec.minimum))
        self._high = largest if spec.maximum is None else min(largest, scaled(spec, spec.maximum))

    def __missing__(self, text: str | None) -> int | None:
        if len(self) >= MAX_FIGURES:
            self.clear()
        figure = self[text] = None if text is None else self._fit(text)
        return figure

    def _fit(self, text: str) -> int | None:
        spec = self._spec
        if spec.values is not None:
            return spec.values.index(text) if text in spec.values else None
        whole, _, part = text.partition(".")
        places = spec.decimals - len(part)
        if places >= 0:
            try:
                number = int(whole + part + "0" * places)
            except ValueError:  # it is no number, or a very long one
                return None
            if self._low <= number <= self._high:
                return number  # no need to look further: few digits, and none of them lost
        figure = Decimal(text)
        return None if spec.misfit(figure) is not None else scaled(spec, figure)


_fits = lru_cache(maxsize=1 << 10)(_Fits)
"""One for all readers of an input that takes the same figures."""


def figure_text(spec: FigureSpec, value: int) -> str:
    """A scaled figure as text: a number in its shortest form, or a category's id."""
    return short_text(value, spec.decimals) if spec.values is None else spec.values[value]


def scaled(spec: FigureSpec, figure: Figure) -> int:
    """A figure that fits as a whole number: scaled by its input's decimals, or a category's position."""
    if isinstance(figure, str):
        return (spec.values or ()).index(figure)
    return int(figure.scaleb(spec.decimals))


def _slot(slot: Slot, workings: Workings) -> str:
    """The Python of a slot's value, held within what the deciders take.

    No threshold lies beyond, so no comparison changes.
    """
    (value,) = workings.names(slot.subject)
    if slot.minus is None:
        if isinstance(slot.subject, FigureOf):  # it has 15 digits at most
            return value
        beyond = f"{LIMIT} if {value} > 0 else {-LIMIT}"
        return f"{value} if {value} is None or {-LIMIT} <= {value} <= {LIMIT} else {beyond}"
    (minus,) = workings.names(slot.minus)
    one = product(10 ** (slot.decimals - workings.decimals(slot.subject)), value)
    other = product(10 ** (slot.decimals - workings.decimals(slot.minus)), minus)
    held = f"max({-LIMIT}, min({LIMIT}, {one} - {other}))"
    return f"None if {value} is None or {minus} is None else {held}"
