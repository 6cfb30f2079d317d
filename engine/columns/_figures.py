"""The figures that one version takes from a frame: what fits, what is carried forward, what stands in."""

from __future__ import annotations

import numpy as np

from engine.columns._arrays import Days, Flags, Whole, fitting, marked, widened
from engine.columns._frame import NOT_GIVEN, CategoryColumn, Frame, NumberColumn
from rules.check.names import default_figure
from rules.figures import FigureSpec, figure_specs
from rules.model import Version
from rules.reading import scaled

Bounds = tuple[int | None, int | None]


class FigureColumns:
    """Takes figures from a frame as one version reads them."""

    def __init__(self, version: Version, keys: tuple[str, ...]) -> None:
        specs = figure_specs(version)
        self._specs = [(key, specs[key.partition("[")[0]]) for key in keys]
        self.carry = [version.inputs[spec.id].carry_forward for _, spec in self._specs]
        """For how many days the figures of each key are carried forward; None for not at all."""
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
        self.longest_carry = max((carry for carry in self.carry if carry is not None), default=0)

    def read(self, frame: Frame, first: int, last: int, earlier: int) -> list[Whole]:
        """The figures of all keys, as `take` gives them."""
        return [self.take(place, frame, first, last, earlier).settled() for place in range(len(self._specs))]

    def take(self, place: int, frame: Frame, first: int, last: int, earlier: int) -> Whole:
        """The figures of one key in the rows from `first` up to `last`, which is left out.

        What may be carried forward is looked for from the row `earlier` on.
        """
        (key, spec), bounds = self._specs[place], self._bounds[place]
        carry, default = self.carry[place], self._defaults[place]
        whole, lacking = _fitting(frame, key, spec, bounds, slice(first, last))
        if lacking is not None and carry is not None:
            all_rows = slice(earlier, last)
            source, absent = _fitting(frame, key, spec, bounds, all_rows)
            if absent is not None:
                found = _carried(source, absent, frame.day[all_rows], frame.has[all_rows], carry, lacking)
                whole, lacking = found
        if lacking is None:
            return whole
        if default is None:
            return whole._replace(unknown=lacking)
        if default:
            whole = whole.settled()
            most = max(whole.most, abs(default))
            numbers = np.where(lacking, default, widened(whole.numbers, most))
            return Whole(numbers, most, whole.signed or default < 0, None)
        return whole


def _fitting(
    frame: Frame, key: str, spec: FigureSpec, bounds: Bounds, rows: slice
) -> tuple[Whole, Flags | None]:
    """The figures that fit, in the version's scale, and where a return lacks one (None: nowhere).

    A figure that is lacking is 0.
    """
    number, category = frame.numbers.get(key), frame.categories.get(key)
    has = frame.has[rows]
    if spec.values is None and number is not None:
        whole, given = _number(number, spec, bounds, rows)
    elif spec.values is not None and category is not None:
        whole, given = _category(category, spec.values, rows)
    else:
        return Whole(np.zeros(has.shape, np.int32), 1, False, None), marked(has)
    return whole, None if given is None else marked(has > given)


def _number(
    column: NumberColumn, spec: FigureSpec, bounds: Bounds, rows: slice
) -> tuple[Whole, Flags | None]:
    numbers, given = column.numbers[rows], None if column.complete else column.given[rows]
    low, high, factor = min(column.low, 0), max(column.high, 0), 1
    if column.decimals > spec.decimals:
        shift = 10 ** (column.decimals - spec.decimals)
        wide = widened(numbers, shift)
        whole = wide // shift
        fits = whole * shift == wide
        given = fits if given is None else given & fits
        numbers = whole * given
        low, high = -(-low // shift), high // shift
    else:
        factor = 10 ** (spec.decimals - column.decimals)
    least, greatest = bounds
    outside = False
    if least is not None and low * factor < least:
        given, outside = _kept(given, numbers >= -(-least // factor)), True
    if greatest is not None and high * factor > greatest:
        given, outside = _kept(given, numbers <= greatest // factor), True
    if outside and given is not None:
        numbers = numbers * given
    return Whole(numbers, max(1, -low, high), low < 0, None, factor), given


def _kept(given: Flags | None, fits: Flags) -> Flags:
    return fits if given is None else given & fits


def _category(column: CategoryColumn, values: tuple[str, ...], rows: slice) -> tuple[Whole, Flags | None]:
    codes, kind = column.codes[rows], fitting(len(values))
    numbers = np.zeros(codes.shape, kind)
    given = None if column.complete else codes != NOT_GIVEN
    for code, id_ in enumerate(column.ids):
        if id_ not in values:
            given = _kept(given, codes != code)
        elif values.index(id_):
            numbers += (codes == code) * kind(values.index(id_))
    return Whole(numbers, max(1, len(values)), False, None), given


def _carried(
    whole: Whole, absent: Flags, day: Days, has: Flags, carry: int, lacking: Flags
) -> tuple[Whole, Flags | None]:
    """Figures not given are the newest earlier ones, unless those are older than `carry` days.

    All but `lacking` begin with the rows that may be looked back to; what is given back begins with its rows.
    """
    before = len(day) - len(lacking)
    numbers, still = whole.numbers[before:].copy(), lacking.copy()
    rows, units = np.nonzero(lacking)
    source = rows + before
    due = day[source, units] - carry
    while rows.size:
        source -= 1
        returned = has[source, units] & (source >= 0)
        here = returned & (day[source, units] >= due)
        found = here & ~absent[source, units]
        numbers[rows[found], units[found]] = whole.numbers[source[found], units[found]]
        still[rows[found], units[found]] = False
        ahead = (source > 0) & ~found & (here | ~returned)
        rows, units, source, due = rows[ahead], units[ahead], source[ahead], due[ahead]
    return whole._replace(numbers=numbers), marked(still)
