"""Tiny random policies: what is proved holds in every state there is, what is refuted breaks in one.

The states are gone through one by one, with nothing in common with how a proof is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from rules.decide import FALSE, NONE, TRUE
from rules.formula.tree import walk
from rules.library import check_library
from rules.policy import Policy
from rules.problems import Problem
from tests.prove.planted_measures import NAMES, Value
from tests.prove.planted_policy import lay_out
from tests.prove.planted_random import Maker, Stated, Tiny
from tests.prove.planted_states import States, Step, broken_by
from tests.support import read_version, seeds

BATCHES = seeds(4, 10)
POLICIES = 20
"""In each batch."""
REGISTER = (
    "format: 1\nregions:\n  - {id: north, name: North}\npdus:\n  - {id: york, name: York, region: north}\n"
)


class Checked(NamedTuple):
    """A tiny policy, all its states, and what is told of each of its lines."""

    tiny: Tiny
    policy: Policy
    states: States
    told: dict[int, list[Problem]]

    def codes(self, lines: Iterable[int]) -> set[str]:
        """The codes that are told of some lines."""
        return {problem.code for line in lines for problem in self.told.get(line, ())}

    def line(self, start: str) -> int:
        """The line that begins like this."""
        return next(
            n for n, line in enumerate(self.tiny.text.split("\n"), 1) if line.strip().startswith(start)
        )

    def story(self, *lines: object) -> str:
        """What is needed to look into a disagreement."""
        said = [str(problem) for problems in self.told.values() for problem in problems]
        return "\n".join(["", self.tiny.text, *said, *map(str, lines)])


def checked(folder: Path, batch: int) -> Iterator[Checked]:
    """The policies of one batch, each with what is told of it."""
    maker = Maker(batch)
    for number in range(POLICIES):
        tiny = maker.tiny()
        policy, problems = read_version(tiny.text)
        assert policy is not None, [tiny.text, problems]
        place = folder / str(number)
        lay_out(place, {"organisation.yaml": REGISTER, "tiny/v1.yaml": tiny.text})
        told: dict[int, list[Problem]] = {}
        for problem in check_library(place, prove=True):
            told.setdefault(problem.place.line, []).append(problem)
        yield Checked(tiny, policy, States(policy, tiny), told)


@pytest.mark.parametrize("batch", BATCHES)
def test_random_policies(tmp_path: Path, batch: int) -> None:
    for one in checked(tmp_path, batch):
        for number, stated in enumerate(one.tiny.guarantees):
            assert_guarantee(one, number, stated)
        assert_statuses(one)
        assert_reductions(one)
        assert_conditions(one)


def assert_guarantee(one: Checked, number: int, stated: Stated) -> None:
    """Told as refuted just where a step breaks it, and the witness names a status of such a step."""
    broken = [step for step in one.states.steps if broken_by(stated, number, step, one.policy)]
    codes = one.codes([one.line(f"- {{name: promise {number},")]) & {"PF271", "PF272"}
    assert codes == ({"PF271"} if broken else set()), one.story(number, *map(shown, broken[:3]))
    if broken:
        (problem,) = [p for p in one.told[one.line(f"- {{name: promise {number},")] if p.code == "PF271"]
        witness = Witness.read(problem.message, one.policy)
        assert any(witness.is_of(step, one) for step in broken), one.story(problem, *map(shown, broken[:3]))


class Witness(NamedTuple):
    """What a message says of a state in which a guarantee breaks: figures, settings, where from, and what follows."""

    figures: dict[str, str]
    settings: dict[str, Fraction]
    standing: str
    words: set[str]

    @classmethod
    def read(cls, message: str, policy: Policy) -> Witness:
        """From `from green with x = 5 and y unknown, with t at 4, the status becomes amber`.

        A trigger point that is not named is at its default.
        """
        points = policy.version.trigger_points
        settings = {name: Fraction(point.default) for name, point in points.items()}
        settings |= {
            name: Fraction(number) for name, number in re.findall(r"\b([tu]) at ([\d.]+\d|\d)", message)
        }
        names = "|".join(NAMES)
        figures = dict(re.findall(rf"\b({names}) = (-?\w+(?:\.\d+)?)", message))
        figures |= dict.fromkeys(re.findall(rf"\b({names}) unknown", message), "None")
        from_, _, after = message.partition(" the status ")
        standing = re.findall(r"\bfrom (\w+)", from_)
        return cls(figures, settings, standing[0] if standing else "", set(re.findall(r"[\w-]+", after)))

    def is_of(self, step: Step, one: Checked) -> bool:
        """Whether a step is as the message says."""
        standing = "" if step.standing == NONE else one.policy.version.status_ids[step.standing]
        return (
            standing == self.standing
            and one.states.settings[step.setting] == self.settings
            and status_of(step, one.policy) in self.words
            and any(
                all(is_shown(figures[name], value) for name, value in self.figures.items())
                for figures in step.alike
            )
        )


def is_shown(value: Value, text: str) -> bool:
    """Whether a figure is the one that a text says."""
    return (
        str(value) == text
        if value is None or isinstance(value, str)
        else str(Fraction(value)) == fraction(text)
    )


def fraction(text: str) -> str:
    """A number of a message as a fraction; any other text as it is."""
    return str(Fraction(text)) if re.fullmatch(r"-?[\d.]+", text) else text


def status_of(step: Step, policy: Policy) -> str:
    """The status that a step gives."""
    return "indeterminate" if step.outcome.status == NONE else policy.version.status_ids[step.outcome.status]


def shown(step: Step) -> object:
    """A step, short enough to read."""
    return dict(step.alike[0]), step.standing, step.outcome.status, step.outcome.permitted


def assert_statuses(one: Checked) -> None:
    """PF322 where no step enters a status; PF324 where one finds both its enter and the exit that is written true."""
    entered = {step.outcome.status for step in one.states.steps if step.outcome.status != step.standing}
    program = one.states.worlds[0].program
    for level, status in enumerate(one.policy.version.statuses):
        enter, leave = one.policy.enters[level], one.policy.exits[level]
        if enter is None:
            continue
        lines = [one.line(f"- id: {status.id}"), enter.remarks.line]
        codes = one.codes([*lines, leave.remarks.line] if leave is not None else lines)
        assert ("PF322" in codes) is (level not in entered), one.story(
            status.id, "is entered", level in entered
        )
        if leave is None:
            continue
        nodes, exit_ = program.enters[level], program.exits[level]
        assert nodes is not None
        assert exit_ is not None
        both = [
            step
            for step in one.states.steps
            if step.outcome.truths[nodes.node] == step.outcome.truths[exit_] == TRUE
        ]
        assert ("PF324" in codes) is bool(both), one.story(status.id, "flaps", *map(shown, both[:3]))


def assert_reductions(one: Checked) -> None:
    """PF326 where no step permits a reduction. What another always stands for is planted, not drawn."""
    levels = [reduction.level for reduction in one.policy.reductions]
    steps = {step.outcome.permitted for step in one.states.steps if step.outcome.permitted}
    permitted = {index for indexes in steps for index in indexes}
    # There is one activity, and of its reductions the one from the most severe status stands.
    stands = {max(indexes, key=levels.__getitem__) for indexes in steps}
    for index, reduction in enumerate(one.policy.reductions):
        codes = one.codes([one.line(f"- {{from: {reduction.reduction.from_},")])
        if index in stands or index not in permitted:
            assert ("PF326" in codes) is (index not in permitted), one.story(
                reduction.key, index in permitted
            )


def assert_conditions(one: Checked) -> None:
    """PF320 and PF321 where some condition of a line comes to the same at every step that can tell."""
    for root in one.policy.conditions():
        nodes = [one.states.worlds[0].program.rules[condition.rule] for condition in walk(root)]
        codes = one.codes([root.remarks.line]) & {"PF320", "PF321"}
        never = any(not came(one, node.node, TRUE) for node in nodes)
        always = any(not came(one, node.node, FALSE) for node in nodes)
        # A condition that always holds, and is asked to last, is told or not: it is false for the first weeks.
        may = always or any(not came(one, node.bare, FALSE) for node in nodes)
        assert bool(codes) or not (never or always), one.story(root.rule, never, always)
        assert never or "PF320" not in codes, one.story(root.rule, "can hold")
        assert may or "PF321" not in codes, one.story(root.rule, "can fail")


def came(one: Checked, node: int, truth: int) -> bool:
    """Whether a condition comes to a truth at some step."""
    return any(step.outcome.truths[node] == truth for step in one.states.steps)
