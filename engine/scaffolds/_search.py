"""Figures to make an example of: some at which nothing is triggered, and the nearest change that triggers something.

Nothing here knows what a figure means. All start equal, so that shares of one another are whole, and are moved
one by one until the conditions say what is looked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from rules.decide import FALSE, NONE, TRUE, UNKNOWN, PlainDecider, Situation, compile_policy
from rules.figures import Figure, FigureSpec, Return
from rules.policy import Policy
from rules.reading import Reader

START = Decimal(20)
_DAY = datetime.date(2000, 1, 3)
_FACTORS = tuple(map(Decimal, ("0.9", "1.1", "0.75", "1.25", "0.5", "1.5", "2", "0.25", "4", "10", "0")))
_NUMBERS = tuple(map(Decimal, ("0", "1", "2", "5", "10", "50", "100", "1000")))
_STEPS = tuple(map(Decimal, ("0.95", "0.9", "0.8", "0.7", "0.6", "0.5", "0.4", "0.3", "0.2", "0.1", "0")))
_RISES = tuple(map(Decimal, ("1.05", "1.1", "1.2", "1.3", "1.5", "2", "3", "5", "10", "100")))
_PASSES = 4
Score = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A change of one figure that would begin a status: the figure's key, its new value, the status' level."""

    key: str
    figure: Figure
    level: int


class Figures:
    """Finds figures for one version, with the defaults of its trigger points."""

    def __init__(self, policy: Policy) -> None:
        numbers = {name: point.default for name, point in policy.version.trigger_points.items()}
        self._program = compile_policy(policy, numbers)
        self._reader = Reader(self._program)
        self._decider = PlainDecider(self._program)
        self._version = policy.version
        self.specs: dict[str, FigureSpec] = dict(zip(self._reader.keys, self._reader.specs, strict=True))
        inputs = policy.version.inputs
        self.needed = [key for key, spec in self.specs.items() if inputs[spec.id].default is None]
        """The figures that a return must give, because no default stands in for them."""

    def healthy(self) -> dict[str, Figure]:
        """Figures at which nothing is triggered, as far as some can be found."""
        figures = {key: self._start(self.specs[key]) for key in self.needed}
        best = self._score(figures)
        for _ in range(_PASSES):
            before = best
            for keys in self._together():
                start = dict(figures)
                for change in self._changes(keys, start):
                    score = self._score({**start, **change})
                    if score < best:  # of equally good changes the first and smallest is kept
                        figures, best = {**start, **change}, score
            if best == before:
                break
        return figures

    def _together(self) -> Iterator[list[str]]:
        """What is moved at once: the figures of one input for all members of its list, then each alone."""
        groups: dict[str, list[str]] = {}
        for key in self.needed:
            groups.setdefault(self.specs[key].id, []).append(key)
        yield from (keys for keys in groups.values() if len(keys) > 1)
        yield from ([key] for key in self.needed)

    def _changes(self, keys: list[str], figures: Mapping[str, Figure]) -> Iterator[dict[str, Figure]]:
        ways = [list(self._values(self.specs[key], figures[key])) for key in keys]
        yield from (dict(zip(keys, values, strict=True)) for values in zip(*ways, strict=False))

    def trigger(self, healthy: Mapping[str, Figure]) -> Trigger | None:
        """The change of one figure, as small as its steps allow, that would begin the mildest status."""
        found: list[Trigger] = []
        for key in self._movable():
            for way in self._ways(self.specs[key], healthy.get(key)):
                trigger = self._along(key, way, healthy)
                if trigger is not None:
                    found.append(trigger)
                    break
            if found and found[-1].level == 1:
                return found[-1]
        return min(found, key=lambda one: one.level, default=None)

    def _movable(self) -> list[str]:
        """What people can change comes first, then what a return must give, then the rest."""
        inputs = self._version.inputs

        def order(key: str) -> tuple[bool, bool]:
            return inputs[self.specs[key].id].lever is None, key not in self.needed

        return sorted(self.specs, key=order)

    def _along(self, key: str, way: list[Figure], healthy: Mapping[str, Figure]) -> Trigger | None:
        """The first value on a way that triggers something, brought as near as the input's steps allow."""
        last = healthy.get(key)
        for value in way:
            level = self._level({**healthy, key: value})
            if level is None:
                return None
            if level == 0:
                last = value
                continue
            if isinstance(value, Decimal) and isinstance(last, Decimal):
                value = self._nearest(last, value, self._grid(self.specs[key]), self._trips(healthy, key))
                level = self._level({**healthy, key: value}) or level
            return Trigger(key, value, level)
        return None

    def _trips(self, healthy: Mapping[str, Figure], key: str) -> Callable[[Decimal], bool]:
        return lambda value: self._level({**healthy, key: value}) not in (None, 0)

    @staticmethod
    def _nearest(good: Decimal, bad: Decimal, step: Decimal, trips: Callable[[Decimal], bool]) -> Decimal:
        """By halving: the value nearest to the good one that still trips, so many steps away from it."""
        sign = 1 if bad > good else -1
        low, high = 0, int(abs(bad - good) / step)
        if not high or not trips(good + sign * high * step):
            return bad
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if trips(good + sign * middle * step) else (middle, high)
        return good + sign * high * step

    def _grid(self, spec: FigureSpec) -> Decimal:
        lever = self._version.inputs[spec.id].lever
        return lever.step if lever is not None else Decimal(1).scaleb(-spec.decimals)

    def _ways(self, spec: FigureSpec, base: Figure | None) -> Iterator[list[Figure]]:
        """Values further and further away from a figure."""
        if spec.values is not None:
            yield [value for value in spec.values if value != base]
            return
        start = base if isinstance(base, Decimal) else START
        for factors in (_STEPS, _RISES):
            yield list(self._fitting(spec, [start * factor for factor in factors]))

    def _start(self, spec: FigureSpec) -> Figure:
        if spec.values is not None:
            return spec.values[0]
        return next(self._fitting(spec, [START]), spec.minimum or Decimal(0))

    def _values(self, spec: FigureSpec, base: Figure) -> Iterator[Figure]:
        if spec.values is not None or not isinstance(base, Decimal):
            yield from spec.values or ()
            return
        bounds = [number for number in (spec.minimum, spec.maximum) if number is not None]
        yield from self._fitting(spec, [*(base * factor for factor in _FACTORS), *_NUMBERS, *bounds])

    @staticmethod
    def _fitting(spec: FigureSpec, numbers: list[Decimal]) -> Iterator[Decimal]:
        """Numbers as the input takes them: with its decimals, within its bounds."""
        for number in numbers:
            if spec.minimum is not None:
                number = max(number, spec.minimum)
            if spec.maximum is not None:
                number = min(number, spec.maximum)
            fitting = number.quantize(Decimal(1).scaleb(-spec.decimals), ROUND_FLOOR)
            if spec.misfit(fitting) is None:
                yield fitting

    def _truths(self, figures: Mapping[str, Figure]) -> tuple[int, ...]:
        """The truths of all conditions, as at a first return on which durations are left out."""
        reading = self._reader.read(Return("scaffold", _DAY, dict(figures)), {})
        program = self._program
        situation = Situation(
            values=reading.values,
            runs=(10**6,) * len(program.runs),
            standing=NONE,
            stay_over=True,
            moves=True,
            first=True,
            active=(NONE,) * (program.levels + 1),
            blocked=(1,) * len(program.policy.reductions),
        )
        return self._decider.decide(situation).truths

    def _enters(self, truths: tuple[int, ...]) -> list[int]:
        return [FALSE if nodes is None else truths[nodes.bare] for nodes in self._program.enters]

    def _level(self, figures: Mapping[str, Figure]) -> int | None:
        """The most severe status whose beginning holds, without its durations; None where some is not known."""
        enters = self._enters(self._truths(figures))
        if UNKNOWN in enters:
            return None
        return max((level for level, truth in enumerate(enters) if truth == TRUE), default=0)

    def _score(self, figures: Mapping[str, Figure]) -> Score:
        """The fewer conditions are not known, the milder the status and the fewer conditions hold, the better."""
        truths = self._truths(figures)
        enters = self._enters(truths)
        level = max((level for level, truth in enumerate(enters) if truth == TRUE), default=0)
        holding = sum(
            truths[nodes.bare] == TRUE
            for rule, nodes in self._program.rules.items()
            if rule.startswith("enter.")
        )
        return enters.count(UNKNOWN), level, holding
