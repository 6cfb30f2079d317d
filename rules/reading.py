"""One return as one program reads it: figures found or stood in for, measures, and the values to compare."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from rules.check.names import default_figure
from rules.decide import Program, Slot
from rules.decide.program import LIMIT
from rules.figures import Figure, FigureSpec, Return, figure_specs
from rules.measures import Workings, short_text
from rules.model._fields import MAX_DIGITS

How = Literal["given", "carried", "default", "missing", "unfit"]
Latest = dict[str, tuple[datetime.date, int]]
"""The newest earlier figure of each key, with the day of the return that gave it."""
Values = Sequence[int | None]


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
    """Reads the returns of any unit under one program. Holds no state of a unit."""

    def __init__(self, program: Program) -> None:
        self.program = program
        version = program.policy.version
        subjects = [
            subject for slot in program.slots for subject in (slot.subject, slot.minus) if subject is not None
        ]
        self._workings = Workings(program.policy, subjects)
        self._slots = [_slot(slot, self._workings) for slot in program.slots]
        self.keys = self._workings.keys
        self.measures = self._workings.measures
        specs = figure_specs(version)
        self.specs: tuple[FigureSpec, ...] = tuple(specs[key.partition("[")[0]] for key in self.keys)
        self._fits = [(key, _fitter(spec)) for key, spec in zip(self.keys, self.specs, strict=True)]
        self._carry = [version.inputs[spec.id].carry_forward for spec in self.specs]
        self._carried = [index for index, days in enumerate(self._carry) if days is not None]
        defaults = [default_figure(version, spec.id) for spec in self.specs]
        self._defaults = [
            None if default is None else scaled(spec, default)
            for spec, default in zip(self.specs, defaults, strict=True)
        ]

    def read(self, given: Return, latest: Latest) -> Reading:
        """Read one return; `latest` is brought up to date with its figures."""
        day, written, take = given.as_of, given.texts.get, given.figures.get
        figures = [fit(take(key), written(key)) for key, fit in self._fits]
        texts = [written(key) for key in self.keys]
        origins: dict[int, Origin] = {}
        if None in figures:
            for index, value in enumerate(figures):
                if value is None:
                    lacking: How = "missing" if texts[index] is None else "unfit"
                    earlier = latest.get(self.keys[index])
                    value, origins[index] = self._stand_in(index, earlier, day, lacking)
                    texts[index] = None if value is None else figure_text(self.specs[index], value)
                    figures[index] = value
        for index in self._carried:
            value = figures[index]
            if value is not None and index not in origins:
                latest[self.keys[index]] = (day, value)
        measures = self._workings.work_out(figures)
        values = [slot(figures, measures) for slot in self._slots]
        return Reading(day, tuple(figures), tuple(texts), origins, tuple(measures), tuple(values))

    def _stand_in(
        self, index: int, earlier: tuple[datetime.date, int] | None, day: datetime.date, otherwise: How
    ) -> tuple[int | None, Origin]:
        """What counts for a figure that is not given: the newest earlier one, the default, or nothing."""
        carry = self._carry[index]
        if carry is not None and earlier is not None and (day - earlier[0]).days <= carry:
            return earlier[1], Origin("carried", earlier[0])
        default = self._defaults[index]
        return default, Origin(otherwise if default is None else "default", None)


Fitter = Callable[[Figure | None, str | None], int | None]
"""From a figure, and its text in the shortest form, to its scaled number; None where none is given or taken."""


def _fitter(spec: FigureSpec) -> Fitter:
    """A function that reads the figures of one input, as this version takes them."""

    def checked(figure: Figure | None) -> int | None:
        return None if figure is None or spec.misfit(figure) is not None else scaled(spec, figure)

    if spec.values is not None:
        return lambda figure, text: checked(figure)
    decimals, largest = spec.decimals, 10**MAX_DIGITS - 1
    low = -largest if spec.minimum is None else max(-largest, scaled(spec, spec.minimum))
    high = largest if spec.maximum is None else min(largest, scaled(spec, spec.maximum))

    def fits(figure: Figure | None, text: str | None) -> int | None:
        if isinstance(figure, Decimal) and text is not None:
            whole, _, part = text.partition(".")
            places = decimals - len(part)
            if places >= 0:
                try:
                    number = int(whole + part + "0" * places)
                except ValueError:  # it is no number, or a very long one
                    return checked(figure)
                if low <= number <= high:
                    return number  # no need to look further: few digits, and none of them lost
        return checked(figure)

    return fits


def figure_text(spec: FigureSpec, value: int) -> str:
    """A scaled figure as text: a number in its shortest form, or a category's id."""
    return short_text(value, spec.decimals) if spec.values is None else spec.values[value]


def scaled(spec: FigureSpec, figure: Figure) -> int:
    """A figure that fits as a whole number: scaled by its input's decimals, or a category's position."""
    if isinstance(figure, str):
        return (spec.values or ()).index(figure)
    return int(figure.scaleb(spec.decimals))


def _within(value: int | None) -> int | None:
    """The value within what the deciders take; no threshold lies beyond, so no comparison changes."""
    return value if value is None or -LIMIT <= value <= LIMIT else LIMIT if value > 0 else -LIMIT


def _slot(slot: Slot, workings: Workings) -> Callable[[Values, Values], int | None]:
    """A function from figures and measures to the slot's value."""
    read = workings.reader(slot.subject)
    if slot.minus is None:
        return lambda figures, measures: _within(read(figures, measures))
    less = workings.reader(slot.minus)
    one = 10 ** (slot.decimals - workings.decimals(slot.subject))
    other = 10 ** (slot.decimals - workings.decimals(slot.minus))

    def difference(figures: Values, measures: Values) -> int | None:
        value, minus = read(figures, measures), less(figures, measures)
        return None if value is None or minus is None else _within(value * one - minus * other)

    return difference
