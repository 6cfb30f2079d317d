"""Deciding single steps of small documents with both deciders, for the tests of the rule language."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

from rules.decide import (
    FALSE,
    NONE,
    TRUE,
    UNKNOWN,
    Agreement,
    Leaf,
    Outcome,
    PlainDecider,
    Program,
    ReteDecider,
    Situation,
)
from rules.figures import Figure, Return
from rules.measures import scaled_text
from rules.policy import Policy
from rules.reading import Latest, Reader
from tests.support import policy_of, program_of

DAY = datetime.date(2022, 8, 1)
NAMES = {TRUE: True, UNKNOWN: None, FALSE: False}
Truth = bool | None

SMALL = """\
format: 1
framework: small
version: v1
title: A small plan
effective: 2022-08-01
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
lists:
  grade: {PO: Officer, PSO: Services officer}
inputs:
  x: {decimals: 4}
  y: {decimals: 4}
  z: {decimals: 4}
  big: {decimals: 9}
  k: {decimals: 2, per: grade}
  c: {values: [low, mid, high]}
measures:
  m: {decimals: 1, formula: x}
statuses:
  - id: g
  - id: a
    enter: {x: {above: 0}}
activities: []
"""


def small(*changes: tuple[str, str]) -> Policy:
    """The small document, with changes."""
    return policy_of(SMALL, *changes)


def with_measures(*lines: str) -> Policy:
    """The small document with these measures, each a line such as `m: {decimals: 1, formula: x}`."""
    return small(("  m: {decimals: 1, formula: x}\n", "".join(f"  {line}\n" for line in lines)))


def numbers(**figures: str | int | None) -> dict[str, Figure]:
    """Figures by name; `k_PO` is the member's; a word is a category; None is not given."""
    found: dict[str, Figure] = {}
    for name, figure in figures.items():
        if figure is not None:
            key = f"{name[0]}[{name[2:]}]" if name.startswith("k_") else name
            found[key] = figure if isinstance(figure, str) and figure.isalpha() else Decimal(figure)
    return found


def measured(policy: Policy, figures: Mapping[str, Figure], *earlier: Return) -> dict[str, str | None]:
    """Every measure as text, at one return after earlier ones."""
    reader = Reader(program_of(policy))
    latest: Latest = {}
    for one in earlier:
        reader.read(one, latest)
    reading = reader.read(Return("york", DAY, figures), latest)
    return {
        name: None if value is None else scaled_text(value, policy.version.measures[name].decimals)
        for name, value in zip(reader.measures, reading.measures, strict=True)
    }


class Judge:
    """One program with both deciders, which must agree on every step."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.program: Program = program_of(policy)
        self.reader = Reader(self.program)
        self.rete = ReteDecider(self.program)
        self.both = Agreement(self.program, self.rete, PlainDecider(self.program))

    def decide(self, situation: Situation) -> Outcome:
        """The outcome that both give."""
        return self.both.decide(situation)

    def judge(self, figures: Mapping[str, Figure], runs: int = 0, standing: int = NONE) -> Outcome:
        """The step at one return with these figures."""
        values = self.reader.read(Return("york", DAY, figures), {}).values
        return self.decide(situation(self.program, values, runs=runs, standing=standing))

    def truth(self, rule: str, outcome: Outcome) -> Truth:
        """What a rule came to."""
        return NAMES[outcome.truths[self.program.rules[rule].node]]

    def status(self, outcome: Outcome) -> str | None:
        """The status' id, or None where it is indeterminate."""
        return None if outcome.status == NONE else self.policy.version.status_ids[outcome.status]

    def close(self) -> None:
        """Free the ruleset."""
        self.rete.close()


def situation(
    program: Program,
    values: Sequence[int | None],
    *,
    runs: int = 0,
    standing: int = NONE,
    stay_over: bool = True,
) -> Situation:
    """A step in which the calculated status is active and nothing is blocked."""
    return Situation(
        tuple(values),
        (runs,) * len(program.runs),
        standing,
        stay_over,
        True,
        standing == NONE and program.at_once,
        (*range(program.levels), NONE),
        (0,) * len(program.policy.reductions),
    )


def thresholds(program: Program) -> list[list[int]]:
    """For each slot the whole numbers that something is compared with."""
    found: list[list[int]] = [[] for _ in program.slots]
    for node in program.nodes:
        if isinstance(node, Leaf):
            found[node.slot] += node.numbers
    return found


class Steps:
    """Random situations of a program: values at, just below and just above thresholds, and unknown ones."""

    def __init__(self, program: Program, rng: random.Random) -> None:
        self.program, self.rng = program, rng
        self.values: list[list[int | None]] = []
        for slot, numbers_ in zip(program.slots, thresholds(program), strict=True):
            near: set[int | None] = {number + step for number in numbers_ for step in (-1, 0, 1)}
            if slot.values is not None:
                near = set(range(len(slot.values)))
            self.values.append(
                [*sorted(one for one in near if one is not None and abs(one) < 4 * 10**18), None]
            )
        self.needs = [max(1, getattr(program.nodes[node], "needs", 1)) for node in program.runs]

    def situation(self) -> Situation:
        """One random situation."""
        pick, program = self.rng.choice, self.program
        standing = self.rng.randrange(-1, program.levels)
        actives = [*range(program.levels), NONE]
        if pick([True, False, False]):
            actives = [pick(actives) for _ in actives]
        return Situation(
            tuple(pick(values) for values in self.values),
            tuple(self.rng.randrange(0, needs + 2) for needs in self.needs),
            standing,
            pick([True, False]),
            pick([True, True, True, False]),
            standing == NONE and program.at_once,
            tuple(actives),
            tuple(pick([0, 0, 1]) for _ in program.policy.reductions),
        )
