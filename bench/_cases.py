"""What the contestants are given: one long synthetic history, each of its steps in everyone's own form.

The facts for durable-rules alone, in our encoding, are those that our own decider tells the library, written down
at the border to the library: the same ruleset, the same facts, the same names.
"""

from __future__ import annotations

import datetime
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch

import durable_rules_engine

from bench import _zen
from bench._document import FRAMEWORK, comparison_framework
from bench._histories import weekly_returns
from engine.course import Course, course_of
from engine.standing import Standing
from engine.timeline import standings
from rules.decide import Agreement, Deciders, Outcome, Program, ReteDecider, Situation
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Pdu

SEED = 20220803


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as the library is told it, how it is retracted, and the names of the rules that it fired."""

    fact: str
    retracted: str
    names: list[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the history, in every form."""

    given: Return
    situation: Situation
    outcome: Outcome
    told: list[Told]


@dataclass(frozen=True, slots=True)
class Cases:
    """A long history of one unit. The first return is behind it: a unit stands somewhere at every step."""

    course: Course
    program: Program
    ruleset: str
    steps: list[Step]
    standings: list[Standing]

    def fresh(self) -> tuple[Course, list[datetime.date]]:
        """The course as a process meets it that has decided none of it, and the days of its steps.

        Its framework and its returns are new objects, so that nothing that was worked out for another run of
        the same history (a figure's fitness, a return's hash) is at hand.
        """
        given = [Return(one.pdu, one.as_of, one.figures, one.annotations) for one in self.course.returns]
        course = course_of(comparison_framework(), self.course.pdu, given, Events())
        return course, [step.given.as_of for step in self.steps]

    def context(self, step: Step) -> dict[str, Any]:
        """A step as zen-engine is given it."""
        return _zen.context(self.program, step.given, step.situation)


class Border:
    """The library as our decider sees it; everything told to it and answered by it is written down."""

    def __init__(self) -> None:
        self.ruleset = ""
        self.told: list[Told] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(durable_rules_engine, name)

    def create_ruleset(self, name: str, ruleset: str) -> Any:
        self.ruleset = ruleset
        return durable_rules_engine.create_ruleset(name, ruleset)

    def assert_fact(self, handle: int, fact: str) -> Any:
        self.told.append(Told(fact, "", []))
        return durable_rules_engine.assert_fact(handle, fact)

    def start_action_for_state(self, handle: int, state: int) -> Any:
        started = durable_rules_engine.start_action_for_state(handle, state)
        self._fired(started[1] if started else None)
        return started

    def complete_and_start_action(self, handle: int, state: int) -> Any:
        message = durable_rules_engine.complete_and_start_action(handle, state)
        self._fired(message)
        return message

    def retract_fact(self, handle: int, fact: str) -> Any:
        self.told[-1] = Told(self.told[-1].fact, fact, self.told[-1].names)
        return durable_rules_engine.retract_fact(handle, fact)

    def _fired(self, message: str | None) -> None:
        if message:
            self.told[-1].names.append(message[2:5])


@contextmanager
def _decider_at(border: Border) -> Iterator[type[ReteDecider]]:
    """Our durable-rules decider, in a copy of its module that has the border in place of the library."""
    spec = importlib.util.find_spec("rules.decide.rete")
    assert spec is not None, "the decider has a module"
    assert spec.loader is not None, "the decider's module has a loader"
    module = importlib.util.module_from_spec(spec)
    fakes: dict[str, Any] = {"durable_rules_engine": border, "rules.decide.rete": module}
    with patch.dict(sys.modules, fakes):
        spec.loader.exec_module(module)
        yield _decider_of(module)


def _decider_of(module: ModuleType) -> type[ReteDecider]:
    decider: type[ReteDecider] = module.ReteDecider
    return decider


class _Watched(Deciders):
    """Deciders that keep what each step was given and what followed."""

    def __init__(self, decider: type[ReteDecider], border: Border) -> None:
        super().__init__(rete=decider)
        self.border = border
        self.steps: list[tuple[Program, Situation, Outcome, list[Told]]] = []

    def decide(self, program: Program, situation: Situation) -> Outcome:
        agreement: Agreement = self.of(program)
        if not self.steps:
            agreement.decide(situation)  # loading a ruleset tells it a fact: not part of the step
        self.border.told = []
        outcome = agreement.decide(situation)
        self.steps.append((program, situation, outcome, self.border.told))
        return outcome


def cases_of(framework: Framework, weeks: int, *, unknown: float = 0.0, swing: float = 1.0) -> Cases:
    """The cases of one synthetic unit with so many steps after its first return."""
    returns = weekly_returns("synthetic", weeks + 1, SEED, unknown=unknown, swing=swing)
    course = course_of(
        framework, Pdu(id="synthetic", name="Synthetic unit", region=FRAMEWORK), returns, Events()
    )
    border = Border()
    with _decider_at(border) as decider:
        watched = _Watched(decider, border)
        stood = list(standings(course, course.days, watched))
        watched.close()
    assert len(stood) == len(watched.steps) == len(returns), "one step a return"
    steps = [Step(given, *seen[1:]) for given, seen in zip(returns, watched.steps, strict=True)]
    return Cases(course, watched.steps[0][0], border.ruleset, steps[1:], stood[1:])
