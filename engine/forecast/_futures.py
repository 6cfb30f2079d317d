"""The futures of one unit: many possible courses of its figures, side by side as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from engine.columns import Frame, Numbers
from engine.forecast._added import Added, Fixed, Happening, Walked
from engine.forecast._categories import walked_words
from engine.forecast._draws import below, happens, stream
from engine.forecast._moves import OWN, Origins, moves, origins_of
from engine.forecast._rates import Rates
from engine.forecast._setup import Setup, Words, following
from engine.forecast.pipeline import CERTAIN, Known, Trend, UnitPipeline
from rules.check.names import default_figure
from rules.figures import FigureSpec, figure_specs

_NO_LIMIT = 1 << 62
Limits = tuple[Numbers, Numbers]
Specs = tuple[dict[str, FigureSpec], slice]
"""What the inputs of a version take, and the places of the days on which it judges."""


class Cause(NamedTuple):
    """Something that moves figures: events of one kind, a trend of one figure, or how an input usually moves."""

    kind: Literal["event", "trend", "rate"]
    id: str


@dataclass(slots=True)
class Figure:
    """One figure of the futures: what it is now, and what each cause adds."""

    base: int
    added: dict[Cause, list[Added]] = field(default_factory=dict)

    def add(self, cause: Cause, added: Added) -> None:
        """Add something more."""
        self.added.setdefault(cause, []).append(added)


@dataclass(slots=True)
class Futures:
    """So many futures of a unit. `figures` are those that something moves; all others stay as they are.

    `words` are the categories that may change. `held` are the keys of figures that some future held at their lowest
    or highest; `without_effect` those that the pipeline is about and that stay unknown. `own_share` is how much of
    the rates is the unit's own past, in percent; None where nothing is known of how figures move.
    """

    setup: Setup
    times: int
    figures: dict[str, Figure] = field(default_factory=dict)
    without_effect: tuple[str, ...] = ()
    own_share: int | None = None
    words: dict[str, Words] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    _limits: dict[str, Limits] = field(default_factory=dict)
    _specs: list[Specs] = field(default_factory=list)

    def causes(self) -> list[Cause]:
        """Everything that moves some figure."""
        found = {cause for figure in self.figures.values() for cause in figure.added}
        return sorted(found | {_rate_of(key) for key in self.words})

    def frame(self, first: int, last: int, without: Cause | None = None) -> Frame:
        """The futures from one up to another (left out), as columns; without one cause if that is asked for."""
        setup = self.setup
        figures: dict[str, int | Numbers] = dict(setup.figures)
        for key, figure in self.figures.items():
            total: Numbers = np.full((len(setup.days), 1), figure.base, np.int64)
            for cause, causes in figure.added.items():
                for added in causes if cause != without else ():
                    total = total + added.part(first, last)
            figures[key] = self._bounded(key, figure.base, total)
        categories: dict[str, str | Words] = dict(setup.categories)
        for key, words in self.words.items():
            if _rate_of(key) != without:
                categories[key] = Words(words.ids, words.codes[:, first:last])
        return following(setup.past, setup.days, setup.keys, figures, categories, last - first)

    def known(self, key: str) -> Figure | None:
        """A figure that can be moved, from what the newest return is read with or from its default."""
        if key not in self.figures:
            base = self.setup.figures.get(key)
            if base is None:
                base = _default(self.setup, key)
            if base is None:
                return None
            self.figures[key] = Figure(base)
        return self.figures[key]

    def _bounded(self, key: str, base: int, total: Numbers) -> Numbers:
        """Held within what the versions take on each day; what no version took before stays as it is."""
        if key not in self._limits:
            if not self._specs:
                self._specs = [(figure_specs(one.version), rows) for one, rows in self.setup.judged()]
            self._limits[key] = _limits(self.setup, self._specs, key, base)
        low, high = self._limits[key]
        least, most = total.min(axis=1, initial=_NO_LIMIT), total.max(axis=1, initial=-_NO_LIMIT)
        if (least >= low[:, 0]).all() and (most <= high[:, 0]).all():
            return total
        self.held.add(key)
        found: Numbers = np.minimum(np.maximum(total, low), high)
        return found


def futures_of(
    setup: Setup, rates: Rates | None, place: int, pipeline: UnitPipeline, times: int, seed: int
) -> Futures:
    """The futures of a unit. `place` is the unit's among those that rates were learnt from; None: rates are off."""
    found = Futures(setup, times)
    trends = {trend.key: trend for trend in pipeline.trends}
    if rates is not None:
        found.own_share = _add_rates(found, rates, place, seed, trends)
        found.words = walked_words(setup, rates.past.frame, _periods(setup).tolist(), times, seed)
    missing = {key for key in trends if not _add_trend(found, trends[key])}
    for event in pipeline.known:
        missing.update(_add_event(found, event, seed))
    found.without_effect = tuple(sorted(missing))
    return found


def _rate_of(key: str) -> Cause:
    """How the input of a figure usually moves."""
    return Cause("rate", key.partition("[")[0])


def _default(setup: Setup, key: str) -> int | None:
    policy, known = setup.way.judging, setup.keys.get(key)
    input_ = key.partition("[")[0]
    if policy is None or known is None or input_ not in policy.version.inputs:
        return None
    found = default_figure(policy.version, input_)
    return int(found.scaleb(known.decimals)) if isinstance(found, Decimal) else None


def _periods(setup: Setup) -> Numbers:
    """How many periods each of the days to come is after the newest return."""
    policy = setup.way.judging
    assert policy is not None, "who has days to come is judged by a version"
    found: Numbers = (np.array(setup.days, np.int64) - setup.newest) // policy.version.returns.every
    return found


def _add_rates(
    futures: Futures, rates: Rates, place: int, seed: int, trends: Mapping[str, Trend]
) -> int | None:
    """Add how figures usually move. Gives the share of the unit's own past in it, in percent; None for nothing."""
    setup = futures.setup
    periods, origins = _periods(setup), origins_of(rates, place)
    if not origins.periods.size or not periods.size:
        return None
    horizon = int(periods[-1])
    chosen, share = _chosen(futures, origins, -(-horizon // rates.length), seed)
    for series in rates.past.series:
        key = series.key.key
        found = moves(rates, series, place, origins, horizon) if key in setup.figures else None
        if found is not None and (found.paths.any() or found.expected.any()):
            figure = futures.known(key)
            assert figure is not None, "it was given"
            figure.add(_rate_of(key), Walked(found, chosen, periods, expected=key not in trends))
    return share


def _chosen(futures: Futures, origins: Origins, count: int, seed: int) -> tuple[list[Numbers], int]:
    """Which path each future takes, and which ones follow where the first has ended; the own share in percent."""
    own, others = origins.own, len(origins.periods) - origins.own
    weight, of = (own, own + OWN) if others else (1, 1)
    chosen = []
    for number in range(count):
        draws = stream(seed, futures.setup.pdu.id, f"rates/{number}", 2 * futures.times)
        which, where = draws[::2], draws[1::2]
        near = own + below(where, max(1, others))
        chosen.append(np.where(happens(which, weight, of), below(where, max(1, own)), near))
    return chosen, 100 * weight // of


def _add_trend(futures: Futures, trend: Trend) -> bool:
    """Add a trend: so much for each week since the newest return. Whether the figure is known."""
    figure, setup = futures.known(trend.key), futures.setup
    if figure is None:
        return False
    known = setup.keys[trend.key]
    if trend.per_week is not None:
        each = Fraction(trend.per_week) * 10**known.decimals
    else:
        each = Fraction(trend.percent or 0) / 100 * figure.base
    steps = [_nearest(each * (day - setup.newest) / 7, known.step) for day in setup.days]
    figure.add(Cause("trend", trend.key), Fixed(np.array(steps, np.int64)))
    return True


def _nearest(number: Fraction, step: int) -> int:
    """To the nearest step, halves away from nought."""
    whole = (abs(number) / step + Fraction(1, 2)).__floor__() * step
    return whole if number >= 0 else -whole


def _add_event(futures: Futures, event: Known, seed: int) -> Iterator[str]:
    """Add what an event changes. Gives the keys of figures that are not known, on which it has no effect."""
    setup, times = futures.setup, futures.times
    days = np.array([setup.newest, *setup.days], np.int64)
    begins: Numbers = np.full(1, event.on.toordinal(), np.int64)
    if event.spread:
        begins = begins + below(stream(seed, setup.pdu.id, f"day/{event.id}", times), event.spread + 1)
    comes = None
    if event.likelihood < CERTAIN:
        draws = stream(seed, setup.pdu.id, f"event/{event.id}", times)
        comes = happens(draws, int(event.likelihood * 100), 10_000)
    until = _NO_LIMIT if event.until is None else event.until.toordinal()
    for key, change in event.changes:
        figure = futures.known(key)
        if figure is None:
            yield key
        else:
            exact = change.scaleb(setup.keys[key].decimals).to_integral_value(ROUND_HALF_UP)
            figure.add(Cause("event", event.kind), Happening(int(exact), days, begins, until, comes))


def _limits(setup: Setup, specs: Iterable[Specs], key: str, base: int) -> Limits:
    """The lowest and the highest that a figure may be on each of the days to come."""
    known, input_ = setup.keys[key], key.partition("[")[0]
    low = np.full((len(setup.days), 1), -_NO_LIMIT, np.int64)
    high = np.full((len(setup.days), 1), _NO_LIMIT, np.int64)
    for inputs, rows in specs:
        spec = inputs.get(input_)
        if spec is not None:
            least = -_NO_LIMIT if spec.minimum is None else _scaled(spec.minimum, known.decimals)
            greatest = _NO_LIMIT if spec.maximum is None else _scaled(spec.maximum, known.decimals)
            if least <= base <= greatest:
                low[rows], high[rows] = least, greatest
    return low, high


def _scaled(number: Decimal, decimals: int) -> int:
    return int(number.scaleb(decimals).to_integral_value())
