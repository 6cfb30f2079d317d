"""Ordinary returns, decided: most of what can happen happens in one of them, and need not be proved to be possible."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from rules.decide import NONE, Hold, Leaf, PlainDecider, Situation
from rules.decide.situation import Outcome
from rules.figures import Figure, Return, figure_specs
from rules.formula import FigureOf
from rules.prove.encoding import Encoding
from rules.prove.witness import DAY
from rules.reading import Reader

COUNT = 60
PARTS = (0, 20, 40, 60, 70, 75, 80, 85, 90, 95, 100, 105, 110, 120, 140, 200)
"""Figures per hundred of what they are measured against."""


def sampled(encoding: Encoding) -> Iterator[Outcome]:
    """Steps at the default trigger points, always the same ones, each decided by the plain decider.

    Each return is judged as a unit's first, with every run long enough.
    """
    program = encoding.program
    decider, reader = PlainDecider(program), Reader(program)
    runs = tuple(node.needs for node in program.nodes if isinstance(node, Hold))
    first = program.at_once
    active, blocked = (*range(program.levels), NONE), (0,) * len(program.policy.reductions)
    for figures in _returns(encoding, reader):
        read = reader.read(Return("", DAY, figures), {})
        situation = Situation(read.values, runs, NONE, True, True, first, active, blocked)
        yield decider.decide(situation)


def _returns(encoding: Encoding, reader: Reader) -> Iterator[dict[str, Figure]]:
    rng = random.Random(0)
    specs = figure_specs(encoding.policy.version)
    divisors = encoding.subjects.divisors
    near = _thresholds(encoding)
    for _ in range(COUNT):
        figures: dict[str, Figure] = {}
        usual = rng.choice(PARTS)
        for key in reader.keys:
            spec = specs[key.partition("[")[0]]
            if spec.values is not None:
                figures[key] = rng.choice(spec.values)
                continue
            number = Decimal(100 if key in divisors else rng.choice([usual, rng.choice(PARTS)]))
            if key in near:
                number = rng.choice(near[key])
            low, high = spec.minimum, spec.maximum
            number = number if low is None else max(low, number)
            figures[key] = number if high is None else min(high, number)
            default = encoding.policy.version.inputs[spec.id].default
            if default is not None and rng.random() < 0.7:
                del figures[key]
        yield figures


def _thresholds(encoding: Encoding) -> dict[str, list[Decimal]]:
    """For each figure that conditions compare by itself, numbers at, below and above what it is compared with."""
    found: dict[str, list[Decimal]] = {}
    for node in encoding.program.nodes:
        if isinstance(node, Leaf):
            slot = encoding.program.slots[node.slot]
            if slot.values is None and slot.minus is None and isinstance(slot.subject, FigureOf):
                numbers = [number + step for number in node.numbers for step in (-1, 0, 1)]
                found.setdefault(slot.subject.keys[0], []).extend(
                    Decimal(number).scaleb(-slot.decimals) for number in numbers
                )
    return found
