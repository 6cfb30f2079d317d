"""A case of two versions as their real deciders decide it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules.decide import NONE, Deciders, Hold, Outcome, PlainDecider, Program, Situation, compile_policy
from rules.figures import Figure, Return, figure_specs
from rules.formula import Subject
from rules.policy import Policy
from rules.prove.pair.text import PairText
from rules.prove.pair.ties import Earlier
from rules.prove.witness import DAY
from rules.reading import Latest, Reader, Reading, scaled

Start = tuple[str, int]
Clock = tuple[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """Where a unit stands under both versions, and what goes on.

    `days` since the status began; `starts` the days since each condition began to hold; `clocks` the days since
    each reduction was first permitted.
    """

    standing: tuple[int, int]
    days: int
    stay_over: tuple[bool, bool]
    starts: Mapping[Start, int]
    clocks: Mapping[Clock, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one version makes of the case. `slots` are those of the merged policy."""

    reader: Reader
    plain: PlainDecider
    reading: Reading
    situation: Situation
    outcome: Outcome

    @property
    def program(self) -> Program:
        """The version's program under the numbers of the case."""
        return self.reader.program


@dataclass(frozen=True, slots=True)
class PairCase:
    """One return of one unit, judged by both versions."""

    text: PairText
    numbers: tuple[Mapping[str, Decimal], Mapping[str, Decimal]]
    values: Mapping[Subject, int | None]
    figures: Mapping[str, Figure]
    earlier: Mapping[str, Earlier]
    state: State
    judged: tuple[Judged, Judged]

    @property
    def outcomes(self) -> tuple[Outcome, Outcome]:
        """What both versions decide."""
        return self.judged[0].outcome, self.judged[1].outcome

    def without(self, subjects: set[Subject]) -> tuple[Outcome, Outcome]:
        """What both versions would decide with some subjects unknown."""
        found = []
        for side, judged in zip(self.text.sides, self.judged, strict=True):
            values = tuple(
                None if slot.subject in subjects or slot.minus in subjects else value
                for slot, value in zip(side.program.slots, judged.situation.values, strict=True)
            )
            found.append(judged.plain.decide(judged.situation._replace(values=values)))
        return found[0], found[1]


class Cases:
    """Decides cases; keeps the programs that it has loaded."""

    def __init__(self, policies: tuple[Policy, Policy]) -> None:
        self._policies = policies
        self._deciders = Deciders()
        self._readers: dict[tuple[int, tuple[tuple[str, Decimal], ...]], tuple[Reader, PlainDecider]] = {}

    def close(self) -> None:
        """Free the loaded programs."""
        self._deciders.close()

    def decided(
        self,
        text: PairText,
        numbers: tuple[Mapping[str, Decimal], Mapping[str, Decimal]],
        values: Mapping[Subject, int | None],
        found: Mapping[str, Figure],
        state: State,
    ) -> PairCase | None:
        """The case as both versions' deciders decide it, or None where its figures do not read as they were meant to.

        `values` are those of the merged policy, `found` its figures. Raises DisagreementError where deciders differ.
        """
        figures, earlier = text.subjects.given(found)
        judged = [self._judge(text, side, numbers[side], values, figures, earlier, state) for side in (0, 1)]
        if judged[0] is None or judged[1] is None:
            return None
        return PairCase(text, numbers, values, figures, earlier, state, (judged[0], judged[1]))

    def _judge(
        self,
        text: PairText,
        side: int,
        numbers: Mapping[str, Decimal],
        values: Mapping[Subject, int | None],
        figures: Mapping[str, Figure],
        earlier: Mapping[str, Earlier],
        state: State,
    ) -> Judged | None:
        reader, plain = self._reader(side, numbers)
        reading = reader.read(Return("", DAY, figures), _latest(self._policies[side], earlier))
        meant = tuple(
            _meant(text, slot.subject, slot.minus, slot.decimals, values)
            for slot in text.sides[side].program.slots
        )
        if reading.values != meant:
            return None
        situation = self._situation(text, side, reading, state)
        outcome = self._deciders.decide(reader.program, situation)
        return Judged(reader, plain, reading, situation, outcome)

    def _reader(self, side: int, numbers: Mapping[str, Decimal]) -> tuple[Reader, PlainDecider]:
        key = (side, tuple(numbers.items()))
        if key not in self._readers:
            reader = Reader(compile_policy(self._policies[side], numbers))
            self._readers[key] = reader, PlainDecider(reader.program)
        return self._readers[key]

    def _situation(self, text: PairText, side: int, reading: Reading, state: State) -> Situation:
        program, policy = text.sides[side].program, self._policies[side]
        every = policy.version.returns.every
        runs = []
        for node in program.nodes:
            if isinstance(node, Hold):
                start = text.past.start_key(text.sides[side], node)
                days = 0 if start is None else state.starts[start]
                runs.append((2 * (days + every) + every) // (2 * every))
        standing = state.standing[side]
        blocked = []
        for reduction in policy.reductions:
            lapse = text.lapse(side, reduction.key)
            blocked.append(int(lapse is not None and state.clocks.get(reduction.key, 0) >= lapse))
        return Situation(
            reading.values,
            tuple(runs),
            standing,
            state.stay_over[side],
            True,
            standing == NONE and program.at_once,
            (*range(program.levels), NONE),
            tuple(blocked),
        )


def _latest(policy: Policy, earlier: Mapping[str, Earlier]) -> Latest:
    """The newest earlier figures, as far as a version takes them."""
    specs, found = figure_specs(policy.version), Latest()
    for key, before in earlier.items():
        spec = specs.get(key.partition("[")[0])
        if spec is not None and spec.misfit(before.figure) is None:
            found[key] = (DAY - datetime.timedelta(days=before.days_ago), scaled(spec, before.figure))
    return found


def _meant(
    text: PairText,
    subject: Subject,
    minus: Subject | None,
    decimals: int,
    values: Mapping[Subject, int | None],
) -> int | None:
    """What a slot comes to when subjects have given values."""
    value, scope = values[subject], text.subjects.scope
    if minus is None or value is None:
        return value
    less = values[minus]
    if less is None:
        return None
    one: int = 10 ** (decimals - scope.decimals(subject))
    other: int = 10 ** (decimals - scope.decimals(minus))
    return value * one - less * other
