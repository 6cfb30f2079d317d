"""Guarantees: what is proved does not break, and what is refuted breaks in the deciders."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from rules.check.version import check_version
from rules.decide import PlainDecider
from rules.formula import Comparison, Condition
from rules.library import check_library
from rules.policy import GuaranteeOf, PermittedStated, Policy, Stated, StatusStated
from rules.problems import Findings, Problem
from rules.prove import check_policy, search
from rules.prove.encoding import Encoding
from rules.prove.guarantees import breaking, broken_lines, broken_name, is_broken
from rules.prove.search import Search
from rules.text import parse
from tests.prove.planted_policy import CLEAN, GUARANTEE, VERSION
from tests.prove.prover_cases import Dice, random_policies
from tests.support import FRAMEWORKS, changed, seeds


def random_stated(policy: Policy, rng: random.Random) -> Stated:
    """A random outcome."""
    levels = range(len(policy.version.statuses))
    activities = sorted({one.activity.id for one in policy.reductions})
    if activities and rng.random() < 0.4:
        return PermittedStated(tuple(rng.sample(activities, rng.randint(1, len(activities)))))
    level = rng.choice(levels)
    return rng.choice(
        [
            StatusStated("enter", frozenset({level})),
            StatusStated("status", frozenset({level})),
            StatusStated("at_least", frozenset(range(level, len(levels)))),
            StatusStated("at_most", frozenset(range(level + 1))),
        ]
    )


def named(condition: Condition, rule: str) -> Condition:
    """The condition under another rule."""
    if isinstance(condition, Comparison):
        return replace(condition, rule=rule)
    parts = tuple(named(part, f"{rule}.{index}") for index, part in enumerate(condition.parts))
    return replace(condition, rule=rule, parts=parts)


def with_guarantees(policy: Policy, rng: random.Random) -> Policy:
    """The policy with random guarantees, about the conditions that it has."""
    whens = [None, *policy.conditions()]
    found = []
    for index in range(6):
        drawn = rng.choice(whens)
        when = None if drawn is None else named(drawn, f"guarantee.{index}")
        stated, where = random_stated(policy, rng), rng.choice([None, random_stated(policy, rng)])
        never = rng.random() < 0.7
        found.append(
            GuaranteeOf(index, "a promise", when, where, stated if never else None, None if never else stated)
        )
    return replace(policy, guarantees=tuple(found))


@pytest.mark.parametrize("seed", seeds(15, 30))
def test_random_guarantees(seed: int) -> None:
    rng = random.Random(seed)
    policy = with_guarantees(random_policies(seed)[-1], rng)
    encoding = Encoding(policy)
    looking = Search(encoding)
    proved = []
    for one in policy.guarantees:
        looking.add(broken_lines(encoding, one))
        found = looking.find(broken_name(encoding, one))
        if found == "never":
            proved.append(one)
        elif found != "open":
            assert breaking(one, found) is not None
    dice = Dice(encoding, seed)
    for number in range(150 if proved else 0):
        program = encoding.compiled(dice.numbers())
        figures = dice.figures(program)
        situation = dice.situation(program, figures, runs=1 + number % 4)
        outcome = PlainDecider(program).decide(situation)
        for one in proved:
            assert not is_broken(one, program, situation.standing, outcome), (policy.text, one, figures)


def test_every_shipped_guarantee_is_proved_and_no_shipped_version_is_warned_of() -> None:
    problems = check_library(FRAMEWORKS, prove=True)
    assert [one for one in problems if one.code.startswith(("PF27", "PF32"))] == []


def proved(text: str) -> tuple[Problem, ...]:
    """What the prover says of a version."""
    findings = Findings()
    source = parse(text, "v1.yaml", findings)
    assert source is not None
    policy = check_version(source, findings)
    assert policy is not None, findings.problems
    check_policy(policy, source, findings, guarantees=True)
    return tuple(findings.problems)


BROKEN = "  - {name: nobody is Red, never: {status: red}}\n"


def test_the_same_witness_each_time() -> None:
    text = changed(CLEAN[VERSION], (GUARANTEE, BROKEN))
    first = proved(text)
    assert [one.code for one in first] == ["PF271"]
    assert proved(text) == first


def test_a_guarantee_that_cannot_be_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "ROUNDS", 0)
    codes = [one.code for one in proved(changed(CLEAN[VERSION], (GUARANTEE, BROKEN)))]
    assert codes.count("PF272") == 1
    assert "PF271" not in codes


def test_an_analysis_that_cannot_be_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "ROUNDS", 0)
    strained = changed(CLEAN[VERSION], ("{strain: {at_most: 7}, basis", "{strain: {at_most: 8}, basis"))
    codes = {one.code for one in proved(strained)}
    assert "PF329" in codes
    assert "PF324" not in codes


def test_a_witness_is_a_return_that_reads_as_it_was_meant() -> None:
    encoding = Encoding(random_policies(3)[0])
    looking = Search(encoding)
    for level in range(encoding.program.levels):
        found = looking.find(encoding.step.begins(level))
        if not isinstance(found, str):
            assert found.outcome.status == level
            assert set(found.values) == set(encoding.subjects.all)
