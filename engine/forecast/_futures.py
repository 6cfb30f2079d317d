"""The futures of one unit: many possible courses of its figures, side by side as columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from engine.columns import Frame, Numbers
from engine.forecast._categories import walked_words
from engine.forecast._draws import below, happens, stream
from engine.forecast._moves import OWN, Moves, Origins, moves, origins_of
from engine.forecast._rates import Rates
from engine.forecast._setup import Setup, Words, following
from engine.forecast.pipeline import Known, Trend, UnitPipeline
from rules.check.names import default_figure
from rules.figures import figure_specs

_WHOLE = 1 << 32
_NO_LIMIT = 1 << 62


class Cause(NamedTuple):
    """Something that moves figures: events of one kind, a trend of one figure, or how an input usually moves."""

    kind: Literal["event", "trend", "rate"]
    id: str


@dataclass(slots=True)
class Figure:
    """One figure of the futures: what it is now, and what each cause adds, by day and future (or by day alone)."""

    base: int
    added: dict[Cause, Numbers] = field(default_factory=dict)


@dataclass(slots=True)
class Futures:
    """So many futures of a unit. `figures` are those that something moves; all others stay as they are.

    `words` are the categories that may change. `held` are the keys of figures that some future held at their lowest
    or highest; `without_effect` those that an event is about and that stay unknown.
    """

    setup: Setup
    times: int
    figures: dict[str, Figure]
    without_effect: tuple[str, ...]
    own_share: int | None
    words: dict[str, Words] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    _limits: dict[str, tuple[Numbers, Numbers]] = field(default_factory=dict)

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
            for cause, added in figure.added.items():
                if cause != without:
                    total = total + (added if added.shape[1] == 1 else added[:, first:last])
            figures[key] = self._bounded(key, figure.base, total)
        categories: dict[str, str | Words] = dict(setup.categories)
        for key, words in self.words.items():
            if _rate_of(key) != without:
                categories[key] = Words(words.ids, words.codes[:, first:last])
        return following(setup.past, setup.days, setup.keys, figures, categories, last - first)

    def _bounded(self, key: str, base: int, total: Numbers) -> Numbers:
        """Held within what the versions take on each day; what no version took before stays as it is."""
        if key not in self._limits:
            self._limits[key] = _limits(self.setup, key, base)
        low, high = self._limits[key]
        below, above = total.min(axis=1, initial=_NO_LIMIT), total.max(axis=1, initial=-_NO_LIMIT)
        if (below >= low[:, 0]).all() and (above <= high[:, 0]).all():
            return total
        self.held.add(key)
        found: Numbers = np.minimum(np.maximum(total, low), high)
        return found


def _rate_of(key: str) -> Cause:
    """How the input of a figure usually moves."""
    return Cause("rate", key.partition("[")[0])


def futures_of(
    setup: Setup, rates: Rates | None, place: int, pipeline: UnitPipeline, times: int, seed: int
) -> Futures:
    """The futures of a unit. `place` is the unit's among those that rates were learnt from; None: rates are off."""
    figures: dict[str, Figure] = {}
    trends = {trend.key: trend for trend in pipeline.trends}
    share = None
    if rates is not None:
        share = _add_rates(figures, setup, rates, place, times, seed, trends)
    missing = [key for key in trends if not _add_trend(figures, setup, trends[key])]
    for event in pipeline.known:
        missing += _add_event(figures, setup, event, times, seed)
    found = Futures(setup, times, figures, tuple(sorted(set(missing))), share)
    if rates is not None:
        found.words = walked_words(setup, rates.past.frame, _periods(setup).tolist(), times, seed)
    return found


def _figure(figures: dict[str, Figure], setup: Setup, key: str) -> Figure | None:
    """The figure of a key, from what the newest return is read with or from its default; None if it is unknown."""
    if key not in figures:
        base = setup.figures.get(key)
        if base is None:
            base = _default(setup, key)
        if base is None:
            return None
        figures[key] = Figure(base)
    return figures[key]


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
    figures: dict[str, Figure],
    setup: Setup,
    rates: Rates,
    place: int,
    times: int,
    seed: int,
    trends: Mapping[str, Trend],
) -> int | None:
    """Add how figures usually move. Gives the share of the unit's own past in it, in percent; None for nothing."""
    periods = _periods(setup)
    origins = origins_of(rates, place)
    if not origins.periods.size or not periods.size:
        return None
    horizon = int(periods[-1])
    chosen, share = _chosen(rates, origins, setup, horizon, times, seed)
    for series in rates.past.series:
        key = series.key.key
        if key not in setup.figures:
            continue
        found = moves(rates, series, place, origins, horizon)
        if found is None or not (found.paths.any() or found.expected.any()):
            continue
        added = _walked(found, chosen, rates.length, periods)
        if key not in trends:
            added = added + found.expected[periods - 1][:, None]
        figure = _figure(figures, setup, key)
        assert figure is not None, "it was given"
        figure.added[Cause("rate", series.key.input)] = added
    return share


def _chosen(
    rates: Rates, origins: Origins, setup: Setup, horizon: int, times: int, seed: int
) -> tuple[list[Numbers], int]:
    """Which path each future takes, and which ones follow where the first has ended; the own share in percent."""
    own, others = origins.own, len(origins.periods) - origins.own
    weight, of = (own, own + OWN) if others else (1, 1)
    count = -(-horizon // rates.length)
    draws = stream(seed, setup.pdu.id, "rates", 2 * count * times).reshape(times, count, 2)
    chosen = []
    for number in range(count):
        which, where = draws[:, number, 0], draws[:, number, 1]
        near = own + below(where, max(1, others))
        chosen.append(np.where(happens(which, weight, of), below(where, max(1, own)), near))
    return chosen, 100 * weight // of


def _walked(found: Moves, chosen: Sequence[Numbers], length: int, periods: Numbers) -> Numbers:
    """What the chosen paths add, one after the other, by day and future.

    Beyond the first, paths are taken without their mean: nothing is expected of weeks so far ahead.
    """
    by_period = np.ascontiguousarray(found.paths.T)
    pieces: list[Numbers] = []
    before: Numbers = np.zeros(len(chosen[0]), by_period.dtype)
    for number, paths in enumerate(chosen):
        if number == 1:
            by_period = by_period - found.mean[:, None]
        wanted = (
            periods[(periods > number * length) & (periods <= (number + 1) * length)] - 1 - number * length
        )
        pieces.append(by_period[wanted].take(paths, axis=1) + before)
        before = before + by_period[-1].take(paths)
    return np.concatenate(pieces)


def _add_trend(figures: dict[str, Figure], setup: Setup, trend: Trend) -> bool:
    """Add a trend: so much for each week since the newest return. Whether the figure is known."""
    figure = _figure(figures, setup, trend.key)
    if figure is None:
        return False
    known = setup.keys[trend.key]
    if trend.per_week is not None:
        each = Fraction(trend.per_week) * 10**known.decimals
    else:
        each = Fraction(trend.percent or 0) / 100 * figure.base
    steps = [_nearest(each * (day - setup.newest) / 7, known.step) for day in setup.days]
    figure.added[Cause("trend", trend.key)] = np.array(steps, np.int64)[:, None]
    return True


def _nearest(number: Fraction, step: int) -> int:
    """To the nearest step, halves away from nought."""
    whole = (abs(number) / step + Fraction(1, 2)).__floor__() * step
    return whole if number >= 0 else -whole


def _add_event(
    figures: dict[str, Figure], setup: Setup, event: Known, times: int, seed: int
) -> Iterable[str]:
    """Add what an event changes. Gives the keys of figures that are not known, on which it has no effect."""
    there = _there(setup, event, times, seed)
    cause = Cause("event", event.kind)
    for key, change in event.changes:
        figure = _figure(figures, setup, key)
        if figure is None:
            yield key
            continue
        scaled = change.scaleb(setup.keys[key].decimals)
        added = there * int(scaled.to_integral_value(ROUND_HALF_UP))
        figure.added[cause] = figure.added[cause] + added if cause in figure.added else added


def _there(setup: Setup, event: Known, times: int, seed: int) -> Numbers:
    """Whether an event's change is in the figures, by day and future: 1 or 0, less what the newest return has of it."""
    days = np.array([setup.newest, *setup.days], np.int64)[:, None]
    until = _NO_LIMIT if event.until is None else event.until.toordinal()
    begins: Numbers = np.full((1, 1), event.on.toordinal(), np.int64)
    if event.spread:
        late = stream(seed, setup.pdu.id, f"day/{event.id}", times)
        begins = begins + below(late, event.spread + 1)[None]
    there = (begins <= days) & (days <= until)
    if event.likelihood < 100:
        comes = stream(seed, setup.pdu.id, f"event/{event.id}", times)
        there = there & happens(comes, int(event.likelihood * 100), 10_000)[None]
    found: Numbers = there[1:].astype(np.int64) - there[:1]
    return found


def _limits(setup: Setup, key: str, base: int) -> tuple[Numbers, Numbers]:
    """The lowest and the highest that a figure may be on each of the days to come."""
    known, input_ = setup.keys[key], key.partition("[")[0]
    low = np.full((len(setup.days), 1), -_NO_LIMIT, np.int64)
    high = np.full((len(setup.days), 1), _NO_LIMIT, np.int64)
    for policy, rows in setup.judged():
        spec = figure_specs(policy.version).get(input_)
        if spec is not None:
            least = -_NO_LIMIT if spec.minimum is None else _scaled(spec.minimum, known.decimals)
            greatest = _NO_LIMIT if spec.maximum is None else _scaled(spec.maximum, known.decimals)
            if least <= base <= greatest:
                low[rows], high[rows] = least, greatest
    return low, high


def _scaled(number: Decimal, decimals: int) -> int:
    return int(number.scaleb(decimals).to_integral_value())
