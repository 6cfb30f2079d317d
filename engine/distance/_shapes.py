"""What the statuses of a version ask for: which figures, and for how long."""

from __future__ import annotations

from typing import NamedTuple

from engine.columns._tree import Roots
from rules.decide import PlainDecider, Program
from rules.formula import Comparison, Condition, FigureOf, MeasureOf, Subject, references, walk
from rules.framework import Framework
from rules.policy import PointsOf, Policy

MAX_PROGRAMS = 64
"""So many plain deciders are kept."""


class Shape(NamedTuple):
    """What is the same for all numbers that a version may be under.

    `chain` is the most periods that durations which lie one within the other ask for together, and `nested`
    whether any lies within another. `keys` are the figures that the statuses rest on. `settles` is so many days:
    after as many, counted from the first of equal returns, the status has come to rest.
    """

    chain: int
    nested: bool
    keys: frozenset[str]
    settles: int


class Shapes:
    """The shapes of a framework's versions, each worked out once."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._known: dict[int, Shape] = {}
        self._plain: dict[int, tuple[Program, PlainDecider]] = {}

    def of(self, policy: Policy) -> Shape:
        """The shape of one of the framework's versions."""
        found = self._known.get(id(policy))
        if found is None:
            plain = self._framework.setting(policy, "", "", policy.version.effective)
            program = self._framework.reader(policy, plain).program
            found = self._known[id(policy)] = _shape(policy, program)
        return found

    def plain(self, program: Program) -> PlainDecider:
        """The plain decider of a program."""
        found = self._plain.get(id(program))
        if found is None:
            if len(self._plain) >= MAX_PROGRAMS:
                self._plain.clear()
            found = self._plain[id(program)] = (program, PlainDecider(program))
        return found[1]


def _shape(policy: Policy, program: Program) -> Shape:
    roots = Roots.of(program, whens=False)
    every = policy.version.returns.every
    stays = sum(max(status.minimum_stay, every) for status in policy.version.statuses)
    return Shape(
        roots.chain,
        len(roots.with_bare) > 2,
        frozenset(_keys(policy)),
        roots.chain * every + stays + every,
    )


def _keys(policy: Policy) -> set[str]:
    """The figures that any condition of a status rests on."""
    conditions = [one for one in (*policy.enters, *policy.exits) if one is not None]
    return {
        key
        for condition in conditions
        for subject in _subjects(condition)
        for key in _behind(policy, subject)
    }


def _subjects(condition: Condition) -> list[Subject]:
    found: list[Subject] = []
    for node in walk(condition):
        if isinstance(node, Comparison):
            found += [one for one in (node.subject, node.threshold) if isinstance(one, FigureOf | MeasureOf)]
    return found


def _behind(policy: Policy, subject: Subject) -> set[str]:
    """The figures behind a figure or a measure, through other measures too."""
    if isinstance(subject, FigureOf):
        return set(subject.keys)
    content = policy.measures[subject.measure]
    inner = [content.subject] if isinstance(content, PointsOf) else list(references(content))
    return {key for one in inner for key in _behind(policy, one)}
