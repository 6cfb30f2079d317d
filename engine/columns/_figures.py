"""The figures that one version takes from a frame: what fits, what is carried forward, what stands in."""

from __future__ import annotations

import numpy as np

from engine.columns._arrays import Days, Flags, Numbers, Whole, marked, widened
from engine.columns._frame import NOT_GIVEN, CategoryColumn, Frame, NumberColumn
from rules.check.names import default_figure
from rules.figures import FigureSpec, figure_specs
from rules.model import Version
from rules.reading import scaled

Bounds = tuple[int | None, int | None]
LONG_AGO = np.int32(-(2**30))


class FigureColumns:
    """Takes figures from a frame as one version reads them."""

    def __init__(self, version: Version, keys: tuple[str, ...]) -> None:
        specs = figure_specs(version)
        self._specs = [(key, specs[key.partition("[")[0]]) for key in keys]
        self._carry = [version.inputs[spec.id].carry_forward for _, spec in self._specs]
        defaults = [default_figure(version, spec.id) for _, spec in self._specs]
        self._defaults = [
            None if default is None else scaled(spec, default)
            for (_, spec), default in zip(self._specs, defaults, strict=True)
        ]
        self._bounds = [
            (
                None if spec.minimum is None else scaled(spec, spec.minimum),
                None if spec.maximum is None else scaled(spec, spec.maximum),
            )
            for _, spec in self._specs
        ]
        self.longest_carry = max((carry for carry in self._carry if carry is not None), default=0)

    def read(self, frame: Frame, first: int, last: int, earlier: int) -> list[Whole]:
        """The figures of the rows from `first` up to `last`, which is left out.

        What may be carried forward is looked for from the row `earlier` on.
        """
        rows, all_rows = slice(first, last), slice(earlier, last)
        found = []
        for (key, spec), bounds, carry, default in zip(
            self._specs, self._bounds, self._carry, self._defaults, strict=True
        ):
            whole, given = _fitting(frame, key, spec, bounds, rows)
            if given is not None and carry is not None:
                whole, given = _fitting(frame, key, spec, bounds, all_rows)
                if given is not None:
                    whole, given = _carried(whole, given, frame.day[all_rows], frame.has[all_rows], carry)
                whole = whole._replace(numbers=whole.numbers[first - earlier :])
                given = None if given is None else given[first - earlier :]
            if given is not None and default is not None:
                most = max(whole.most, abs(default))
                if default:
                    numbers = np.where(given, widened(whole.numbers, most), default)
                    whole = Whole(numbers, most, whole.signed or default < 0, None)
            elif given is not None:
                whole = whole._replace(unknown=marked(~given))
            found.append(whole)
        return found


def _fitting(
    frame: Frame, key: str, spec: FigureSpec, bounds: Bounds, rows: slice
) -> tuple[Whole, Flags | None]:
    """The figures that fit, in the version's scale, and where there is one (None: everywhere)."""
    number, category = frame.numbers.get(key), frame.categories.get(key)
    if spec.values is None and number is not None:
        return _number(number, spec, bounds, rows)
    if spec.values is not None and category is not None:
        return _category(category, spec.values, rows)
    shape = frame.day[rows].shape
    return Whole(np.zeros(shape, np.int32), 1, False, None), np.zeros(shape, np.bool_)


def _number(
    column: NumberColumn, spec: FigureSpec, bounds: Bounds, rows: slice
) -> tuple[Whole, Flags | None]:
    numbers, given = column.numbers[rows], None if column.complete else column.given[rows]
    low, high = column.low, column.high
    if column.decimals > spec.decimals:
        factor = 10 ** (column.decimals - spec.decimals)
        whole = numbers // factor
        fits = whole * factor == numbers
        given = fits if given is None else given & fits
        numbers = np.where(given, whole, 0)
        low, high = -(-low // factor), high // factor
    elif column.decimals < spec.decimals:
        factor = 10 ** (spec.decimals - column.decimals)
        low, high = low * factor, high * factor
        numbers = widened(numbers, max(-low, high)) * factor
    least, greatest = bounds
    outside = False
    if least is not None and low < least:
        given, outside = _kept(given, numbers >= least), True
    if greatest is not None and high > greatest:
        given, outside = _kept(given, numbers <= greatest), True
    if outside and given is not None:
        numbers = np.where(given, numbers, 0)
    low, high = min(low, 0), max(high, 0)
    return Whole(numbers, max(1, -low, high), low < 0, None), given


def _kept(given: Flags | None, fits: Flags) -> Flags:
    return fits if given is None else given & fits


def _category(column: CategoryColumn, values: tuple[str, ...], rows: slice) -> tuple[Whole, Flags | None]:
    places = [values.index(id_) if id_ in values else NOT_GIVEN for id_ in column.ids]
    codes = np.array([*places, NOT_GIVEN], np.int32)[column.codes[rows]]
    given = None if column.complete and NOT_GIVEN not in places else codes != NOT_GIVEN
    return Whole(np.maximum(codes, 0), max(1, len(values)), False, None), given


def _carried(whole: Whole, given: Flags, day: Days, has: Flags, carry: int) -> tuple[Whole, Flags | None]:
    """Figures not given are the newest earlier ones, unless those are older than `carry` days."""
    numbers, found = whole.numbers.copy(), given.copy()
    latest: Numbers = numbers[0].copy()
    latest_day = np.where(given[0], day[0], LONG_AGO)
    for row in range(1, len(numbers)):
        own = given[row]
        lacking = has[row] & ~own
        if lacking.any():
            usable = lacking & (day[row] - latest_day <= carry)
            np.copyto(numbers[row], latest, where=usable)
            found[row] |= usable
        np.copyto(latest, whole.numbers[row], where=own)
        np.copyto(latest_day, day[row], where=own)
    complete = bool((found | ~has).all())
    return whole._replace(numbers=numbers), None if complete else found
