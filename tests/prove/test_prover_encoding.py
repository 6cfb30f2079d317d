"""The text that is proved about says what the plain decider decides."""

from __future__ import annotations

import pytest

from rules.decide import FALSE, NONE, TRUE, PlainDecider
from rules.library import load_library
from rules.policy import Policy
from rules.prove.encoding import Encoding
from rules.prove.solver import Solver
from rules.prove.subjects import Universe
from rules.prove.terms import defined
from tests.prove.prover_cases import Dice, as_claim, random_policies, subject_values
from tests.support import FRAMEWORKS

SHIPPED = load_library(FRAMEWORKS).framework("sentence-management").policies
STEPS = 12


def assert_same(policy: Policy, seed: int, steps: int = STEPS) -> None:
    """On real returns from random states, the text has exactly the truths and the outcome of the decider."""
    encoding = Encoding(policy)
    solver, dice, step = Solver(encoding.text), Dice(encoding, seed), encoding.step
    for number in range(steps):
        numbers = dice.numbers()
        program = encoding.compiled(numbers)
        figures = dice.figures(program)
        situation = dice.situation(program, figures)
        outcome = PlainDecider(program).decide(situation)
        values = subject_values(encoding, program, figures)
        solver.add([defined(f"case{number}", as_claim(encoding, situation, values, numbers))])
        # a return that a person can type is never beyond the ranges and ties of the text
        assert solver.ask(f"case{number}") == "yes", (policy.text, figures, situation)
        for index, truth in enumerate(outcome.truths):
            certain, possible = encoding.truths.truth(index)
            found = (solver.holds(certain), solver.holds(possible))
            assert found == (truth == TRUE, truth != FALSE), (policy.text, index, figures, situation)
        levels = range(program.levels)
        could = tuple(level for level in levels if solver.holds(step.could_be(level)))
        assert could == outcome.candidates, (policy.text, figures, situation)
        status = [level for level in levels if solver.holds(step.status(level))]
        assert status == ([] if outcome.status == NONE else [outcome.status])
        begins = [level for level in levels if solver.holds(step.begins(level))]
        assert begins == [level for level in status if level != situation.standing]
        permitted = tuple(n for n in range(len(policy.reductions)) if solver.holds(step.permitted(n)))
        assert permitted == outcome.permitted, (policy.text, figures, situation)


@pytest.mark.parametrize("seed", range(80))
def test_random_policies(seed: int) -> None:
    for policy in random_policies(seed, size=1 + seed % 2):
        assert_same(policy, seed)


@pytest.mark.parametrize("policy", SHIPPED, ids=lambda policy: policy.version.version)
def test_shipped_policies(policy: Policy) -> None:
    assert_same(policy, 1, steps=60)


def test_history_leaves_every_state_in_which_all_runs_are_as_long() -> None:
    for seed in range(20):
        policy = random_policies(seed)[0]
        encoding = Encoding(policy)
        solver, dice = Solver([*encoding.text, *encoding.history]), Dice(encoding, seed)
        for number in range(6):
            numbers = dice.numbers()
            program = encoding.compiled(numbers)
            figures = dice.figures(program)
            situation = dice.situation(program, figures, runs=1 + number % 3)
            values = subject_values(encoding, program, figures)
            solver.add([defined(f"case{number}", as_claim(encoding, situation, values, numbers))])
            assert solver.ask(f"case{number}") == "yes", (policy.text, figures, situation)


def test_two_versions_share_figures_and_measures_in_one_text() -> None:
    universe = Universe()
    one, other = Encoding(SHIPPED[2], "a", universe), Encoding(SHIPPED[3], "b", universe)
    solver = Solver([*one.text, *other.text])
    shared = {one.subjects.value(subject, 0) for subject in one.subjects.all}
    shared &= {other.subjects.value(subject, 0) for subject in other.subjects.all}
    assert shared
    at_red = (one.step.status(2), other.step.stands(2))
    assert solver.ask(*at_red) == "yes"
    # a later version may judge the same figures otherwise
    assert solver.ask(*at_red, one.step.stands(2), f"-{other.step.status(2)}") == "yes"
