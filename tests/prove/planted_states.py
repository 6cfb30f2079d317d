"""Every state of a tiny policy, gone through one by one with the plain decider.

What is gone through: all figures, unknown ones among them; all runs that some history of returns gives, weekly,
sooner than due or after a long gap; all statuses that can be entered, with the stay over or not; the first
step; and every trigger point within its bounds, on the grid of the figures and between two steps of it.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from rules.decide import NONE, TRUE, Hold, Leaf, Outcome, PlainDecider, Program, Situation, compile_policy
from rules.figures import Figure, Return
from rules.policy import Policy
from rules.reading import Reader
from tests.prove.planted_measures import Figures, Value, worked
from tests.prove.planted_random import Stated, Tiny

EVERY = 7
GAPS = (3, 7, 99)
"""Sooner than due, as due, and later than the longest gap, so that every run is broken."""
DAY = datetime.date(2022, 8, 1)


class Step(NamedTuple):
    """One step that can happen: the figures, the setting, where the unit stood, and what follows."""

    alike: list[Figures]
    """The figures: any of these, which every comparison takes alike."""
    setting: int
    standing: int
    outcome: Outcome
    holds: tuple[bool | None, ...]
    """What `when` of each guarantee comes to."""


class States:
    """All states of one policy."""

    def __init__(self, policy: Policy, tiny: Tiny) -> None:
        self.policy = policy
        self.tiny = tiny
        self.settings = [
            dict(zip(tiny.bounds, numbers, strict=True))
            for numbers in itertools.product(*tiny.bounds.values())
        ]
        self.worlds = [World(policy, tiny, setting) for setting in self.settings]
        self.steps = list(self._steps())

    def _steps(self) -> Iterator[Step]:
        """Every step, standing by standing: what a step gives is where the next one may stand."""
        stays = [status.minimum_stay > 0 for status in self.policy.version.statuses]
        standings, waiting = {NONE}, [NONE]
        while waiting:
            standing = waiting.pop()
            for stay_over in (True, False) if standing != NONE and stays[standing] else (True,):
                for number, world in enumerate(self.worlds):
                    for alike, holds, outcome in world.outcomes(standing, stay_over):
                        yield Step(alike, number, standing, outcome, holds)
                        if outcome.status not in standings:
                            standings.add(outcome.status)
                            waiting.append(outcome.status)


class World:
    """The states under one setting of the trigger points."""

    def __init__(self, policy: Policy, tiny: Tiny, setting: dict[str, Fraction]) -> None:
        numbers = {name: Decimal(number.numerator) / number.denominator for name, number in setting.items()}
        self.program: Program = compile_policy(policy, numbers)
        self.plain = PlainDecider(self.program)
        self.levels = self.program.levels
        leaves = [index for index, node in enumerate(self.program.nodes) if isinstance(node, Leaf)]
        reader = Reader(self.program)
        none = (0,) * len(self.program.runs)
        kinds: dict[object, tuple[list[Figures], tuple[int | None, ...], tuple[bool | None, ...]]] = {}
        for figures in all_figures(tiny):
            given = {name: _figure(figures[name]) for name in tiny.figures if figures[name] is not None}
            values = reader.read(Return("york", DAY, given), {}).values
            holds = tuple(
                None if one.when is None else one.when.truth(figures, setting) for one in tiny.guarantees
            )
            truths = self.decide(values, none, 0, True).truths
            # Figures that every comparison takes alike make no difference to anything that is decided.
            kind = kinds.setdefault((tuple(truths[leaf] for leaf in leaves), holds), ([], values, holds))
            kind[0].append(figures)
        self.kinds = list(kinds.values())
        self.runs = sorted(self._runs())

    def decide(
        self, values: tuple[int | None, ...], runs: tuple[int, ...], standing: int, stay_over: bool
    ) -> Outcome:
        """One step; the active status is the calculated one, and nothing is withheld or has lapsed."""
        first = standing == NONE and self.program.at_once
        actives = (*range(self.levels), NONE)
        blocked = (0,) * len(self.program.policy.reductions)
        return self.plain.decide(Situation(values, runs, standing, stay_over, True, first, actives, blocked))

    def _runs(self) -> set[tuple[int, ...]]:
        """What the runs, in periods, can be at a return if their conditions hold then."""
        start = (0,) * len(self.program.runs)
        known, waiting = {start}, [start]
        found: set[tuple[int, ...]] = set()
        # A run that has lasted for as long as is asked is counted no further.
        holds = [self.program.nodes[node] for node in self.program.runs]
        enough = [EVERY * node.needs for node in holds if isinstance(node, Hold)]
        truths: dict[tuple[int, tuple[int, ...]], tuple[int, ...]] = {}
        while waiting:
            lengths = waiting.pop()
            for gap in GAPS:
                added = min(gap, EVERY)
                held = tuple(
                    min(most, length + added) if length and gap <= 14 else EVERY
                    for length, most in zip(lengths, enough, strict=True)
                )
                periods = tuple((2 * length + EVERY) // (2 * EVERY) for length in held)
                found.add(periods)
                for number, (_, values, _) in enumerate(self.kinds):
                    key = number, periods
                    if key not in truths:
                        truths[key] = self.decide(values, periods, 0, True).truths
                    after = tuple(
                        length if truths[key][node] == TRUE else 0
                        for length, node in zip(held, self.program.held, strict=True)
                    )
                    if after not in known:
                        known.add(after)
                        waiting.append(after)
        return found

    def outcomes(
        self, standing: int, stay_over: bool
    ) -> Iterator[tuple[list[Figures], tuple[bool | None, ...], Outcome]]:
        """Every step from one standing."""
        for alike, values, holds in self.kinds:
            for runs in self.runs:
                yield alike, holds, self.decide(values, runs, standing, stay_over)


def _figure(value: Value) -> Figure:
    return value if isinstance(value, str) else Decimal(str(value))


def all_figures(tiny: Tiny) -> Iterator[Figures]:
    """All figures of one return, with the measures of them."""
    for values in itertools.product(*tiny.figures.values()):
        yield worked(dict(zip(tiny.figures, values, strict=True)))


def comes(outcome: tuple[str, str], step: Step, policy: Policy) -> bool:
    """Whether a step has an outcome. An indeterminate one has no status."""
    word, value = outcome
    status = step.outcome.status
    if word == "permitted":
        return bool(step.outcome.permitted)
    level = policy.levels[value]
    if status == NONE:
        return False
    if word == "enter":
        return status == level and step.standing != level
    return {"status": status == level, "at_least": status >= level, "at_most": status <= level}[word]


def broken_by(stated: Stated, number: int, step: Step, policy: Policy) -> bool:
    """Whether a step breaks a guarantee, where an outcome that is indeterminate is none that `always` asks for."""
    if stated.when is not None and step.holds[number] is not True:
        return False
    if stated.where is not None and not comes(stated.where, step, policy):
        return False
    return comes(stated.outcome, step, policy) is (stated.word == "never")
