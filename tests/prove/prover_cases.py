"""Random policies and situations for the prover, and a situation as a claim of its text."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

from rules.decide import NONE, Hold, Program, Situation
from rules.figures import Figure, Return, figure_specs
from rules.formula import FigureOf, Subject
from rules.policy import Policy
from rules.prove.encoding import Encoding
from rules.prove.terms import Claim, all_of, compared, negated
from rules.reading import Reader
from tests.oracle.generate import random_case
from tests.oracle.harness import policies_of

DAY = datetime.date(2022, 8, 1)


def random_policies(seed: int, size: int = 1) -> tuple[Policy, ...]:
    """The versions of a random framework."""
    return policies_of(random_case(random.Random(seed), size))


class Dice:
    """Random trigger points, returns and states of one encoding."""

    def __init__(self, encoding: Encoding, seed: int) -> None:
        self.encoding, self.rng = encoding, random.Random(seed)

    def numbers(self) -> dict[str, Decimal]:
        """Numbers that a region may set."""
        found = {}
        for name, point in self.encoding.policy.version.trigger_points.items():
            bounds = point.regions
            ends = [point.default, bounds.from_, bounds.to] if bounds else [point.default]
            between = (ends[-1] - ends[0]) * self.rng.randrange(101) / 100 + ends[0]
            found[name] = self.rng.choice([*ends, between])
        return found

    def figures(self, program: Program) -> dict[str, Figure]:
        """The figures of a return, some of them missing."""
        version = program.policy.version
        specs = figure_specs(version)
        found: dict[str, Figure] = {}
        for key in Reader(program).keys:
            spec = specs[key.partition("[")[0]]
            if self.rng.random() < 0.15:
                continue
            if spec.values is not None:
                found[key] = self.rng.choice(spec.values)
                continue
            number = Decimal(self.rng.randrange(0, 150 * 10**spec.decimals)).scaleb(-spec.decimals)
            number = self.rng.choice([number, Decimal(self.rng.randrange(0, 12)), Decimal(0)])
            low, high = spec.minimum, spec.maximum
            number = number if low is None else max(low, number)
            found[key] = number if high is None else min(high, number)
        return found

    def situation(self, program: Program, figures: dict[str, Figure], runs: int | None = None) -> Situation:
        """A step on these figures from a random state; with `runs`, all runs are as long."""
        read = Reader(program).read(Return("", DAY, figures), {})
        standing = self.rng.randrange(-1, program.levels)
        stay = self.rng.random() < 0.7
        if standing != NONE and not program.policy.version.statuses[standing].minimum_stay:
            stay = True
        needs = [node.needs for node in program.nodes if isinstance(node, Hold)]
        lengths = tuple(runs or self.rng.randrange(1, one + 2) for one in needs)
        first = standing == NONE and program.at_once
        active, blocked = (*range(program.levels), NONE), (0,) * len(program.policy.reductions)
        return Situation(read.values, lengths, standing, stay, True, first, active, blocked)


def subject_values(
    encoding: Encoding, program: Program, figures: dict[str, Figure]
) -> dict[Subject, int | None]:
    """What each subject of the text comes to on a return."""
    reader = Reader(program)
    read = reader.read(Return("", DAY, figures), {})
    measures = dict(zip(reader.measures, read.measures, strict=True))
    keys = dict(zip(reader.keys, read.figures, strict=True))
    return {
        one: keys[one.keys[0]] if isinstance(one, FigureOf) else measures[one.measure]
        for one in encoding.subjects.all
    }


def as_claim(
    encoding: Encoding, situation: Situation, values: dict[Subject, int | None], numbers: dict[str, Decimal]
) -> Claim:
    """That the text's return, trigger points and state are those of a situation."""
    subjects, step, claims = encoding.subjects, encoding.step, []
    for subject, value in values.items():
        unknown = subjects.unknown(subject, 0)
        claims.append(unknown if value is None else negated(unknown))
        if value is not None:
            claims.append(compared("=", subjects.value(subject, 0), value))
    for name, point in encoding.points.items():
        exact = numbers[name] * 10**point.decimals
        code = 2 * int(exact.to_integral_value("ROUND_FLOOR")) + int(exact != exact.to_integral_value())
        claims.append(compared("=", point.symbol, code))
    claims.append(step.stands(situation.standing))
    claims.append(step.stay_over if situation.stay_over else negated(step.stay_over))
    for node in encoding.program.nodes:
        if isinstance(node, Hold):
            long = encoding.truths.long(node.run)
            claims.append(long if situation.runs[node.run] >= node.needs else negated(long))
    return all_of(claims)
