"""The contestants. Each goes through the steps of a history once, block by block.

Ours carries its state from step to step and starts from returns as they were read; the others are given
history ready made, and zen-engine and durable-rules their facts too, prepared before the clock starts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import durable_rules_engine

from bench import _zen
from bench._cases import Cases
from bench._plain_encoding import PlainEncoding
from engine.decision import Scribe
from engine.standing import Standing
from engine.timeline import standings
from rules.decide import Deciders, PlainDecider

OURS = "ours: decision as a value"
OURS_WITH_ID = "ours: with canonical bytes and id"
AGREEING = "both deciders agreeing, no document"
PLAIN = "plain evaluator alone"
DURABLE = "durable-rules alone, names only"
"""Told what our own decider tells it: our encoding fires less than the usual one."""
DURABLE_PLAIN = "durable-rules alone, encoded part by part"
"""In the usual encoding: a rule for each part, a fact for each depth."""
ZEN = "zen-engine, trace on"
ZEN_SILENT = "zen-engine, trace off"

Block = Callable[[int], None]
"""Decides the next so many steps."""


def contestants(cases: Cases, *, two_valued: bool) -> dict[str, Block]:
    """Everyone who takes part. zen-engine only where no figure is unknown."""
    encoding = PlainEncoding(cases.program)
    entered = {
        OURS: _ours(cases, with_id=False),
        OURS_WITH_ID: _ours(cases, with_id=True),
        AGREEING: _agreeing(cases),
        PLAIN: _plain(cases),
        DURABLE: _durable(
            cases.ruleset, [[(told.fact, told.retracted) for told in step.told] for step in cases.steps]
        ),
        DURABLE_PLAIN: _durable(encoding.ruleset, [encoding.facts(step) for step in cases.steps]),
    }
    if two_valued:
        entered |= {ZEN: _zen_engine(cases, trace=True), ZEN_SILENT: _zen_engine(cases, trace=False)}
    return entered


def _ours(cases: Cases, *, with_id: bool) -> Block:
    course, days = cases.fresh()
    scribe = Scribe()
    written: Callable[[Any, Standing], Any] = scribe.write if with_id else scribe.value
    stood = standings(course, days, Deciders())

    def block(count: int) -> None:
        decided = 0
        for standing in itertools.islice(stood, count):
            written(course, standing)
            decided += 1
        assert decided == count, "the history is long enough for every round"

    return block


def _agreeing(cases: Cases) -> Block:
    agreement = Deciders().of(cases.program)
    situations = iter([step.situation for step in cases.steps])

    def block(count: int) -> None:
        for situation in itertools.islice(situations, count):
            agreement.decide(situation)

    return block


def _plain(cases: Cases) -> Block:
    decider = PlainDecider(cases.program)
    situations = iter([step.situation for step in cases.steps])

    def block(count: int) -> None:
        for situation in itertools.islice(situations, count):
            decider.decide(situation)

    return block


def _durable(ruleset: str, told: list[list[tuple[str, str]]]) -> Block:
    fire = DurableAlone(ruleset).fire
    steps = iter(told)

    def block(count: int) -> None:
        for facts in itertools.islice(steps, count):
            for fact, retracted in facts:
                fire(fact, retracted)

    return block


class DurableAlone:
    """The library's C functions in a loop, and nothing else: assert, take the names, retract."""

    _numbers = itertools.count()

    def __init__(self, ruleset: str) -> None:
        self._handle = durable_rules_engine.create_ruleset(f"alone-{next(self._numbers)}", ruleset)

    def fire(self, fact: str, retracted: str) -> list[str]:
        """The names of the rules that one fact fires."""
        handle = self._handle
        _, state = durable_rules_engine.assert_fact(handle, fact)
        started = durable_rules_engine.start_action_for_state(handle, state)
        message = started[1] if started else None
        complete = durable_rules_engine.complete_and_start_action
        names = []
        while message:
            names.append(message[2:5])
            message = complete(handle, state)
        durable_rules_engine.retract_fact(handle, retracted)
        return names


def _zen_engine(cases: Cases, *, trace: bool) -> Block:
    evaluate = _zen.load(cases.program).evaluate
    contexts = iter([cases.context(step) for step in cases.steps])
    options = _zen.WITH_TRACE if trace else None

    def block(count: int) -> None:
        for context in itertools.islice(contexts, count):
            evaluate(context, options)

    return block
