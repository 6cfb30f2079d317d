"""Conditions over whole columns: the truth of every node of a program, return by return.

A truth is kept as two marks, *certain* and *possible*: both are set where it is true, neither where it is false,
and only *possible* where it is unknown. So `all` is `and` on both, `any` is `or`, and `none` swaps and turns them.
Where nothing is unknown both marks are one array, and half of the work falls away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from engine.columns._arrays import MOST_32, Flags, Numbers, Whole, fitting
from engine.columns._tree import Layers
from rules.decide import Junction, Leaf, Program

Limit = int | Numbers
"""A threshold: one for all, or one for each place."""


class Truth(NamedTuple):
    """Truths by row and unit: where one is certain, and where it is possible."""

    certain: Flags
    possible: Flags


class Limits:
    """What the comparisons of a version compare with under several sets of numbers.

    `programs` are the version compiled under each set. They differ in nothing but numbers.
    """

    def __init__(self, programs: Sequence[Program]) -> None:
        self.programs = tuple(programs)
        self.by_leaf: dict[int, tuple[Limit, ...]] = {}
        """For each comparison its thresholds; where the sets differ in one, it is an array by set."""
        self.varied: dict[int, tuple[Limit, ...]] = {}
        """Those in which the sets differ."""
        for index, node in enumerate(self.programs[0].nodes):
            if isinstance(node, Leaf):
                own = [program.nodes[index] for program in programs]
                numbers = [one.numbers for one in own if isinstance(one, Leaf)]
                self.by_leaf[index] = tuple(_limit(column) for column in zip(*numbers, strict=True))
                if len(set(numbers)) > 1:
                    self.varied[index] = self.by_leaf[index]


class Conditions:
    """The conditions of one version for units whose trigger points may differ.

    `which` says for each unit by which set of numbers it goes.
    """

    def __init__(self, limits: Limits, which: Numbers) -> None:
        self.program = limits.programs[0]
        self._source, self._which = limits, which
        self._limits = dict(limits.by_leaf)
        for leaf, own in limits.varied.items():
            self._limits[leaf] = tuple(one if isinstance(one, int) else one[which] for one in own)

    @classmethod
    def beside(cls, parts: Sequence[Conditions], known: dict[tuple[Limits, ...], Limits]) -> Conditions:
        """The conditions of one version for the units of several, one after the other.

        `known` keeps what they compare with for the next time.
        """
        if len(parts) == 1:
            return parts[0]
        sources = tuple(one._source for one in parts)
        if sources not in known:
            known[sources] = Limits([program for one in sources for program in one.programs])
        ends = accumulate(len(one.programs) for one in sources)
        offsets = (end - len(one.programs) for one, end in zip(sources, ends, strict=True))
        which = [one._which + offset for one, offset in zip(parts, offsets, strict=True)]
        return cls(known[sources], np.concatenate(which))

    def part(self, units: Numbers) -> Conditions:
        """The conditions of some units."""
        return Conditions(self._source, self._which[units])

    def changed(self, before: Conditions) -> Numbers:
        """The units whose numbers are others than before."""
        ours, theirs = (
            np.array([id(program) for program in one._source.programs])[one._which] for one in (self, before)
        )
        return np.flatnonzero(ours != theirs)

    def judge(
        self,
        layers: Layers,
        values: Callable[[int], Whole],
        reached: Callable[[int, Sequence[Flags]], Sequence[Flags]],
    ) -> dict[int, Truth]:
        """The truths of the nodes in `layers`.

        `values` gives a slot's numbers, and is asked once for each. `reached` is asked once for each layer that
        has durations, with where the conditions that they are about are certain, and says where each has held
        long enough.
        """
        truths: dict[int, Truth] = {}
        known: dict[int, Whole] = {}
        for depth, layer in enumerate(layers):
            if layer.holds:
                children = [truths[hold.child] for _, hold in layer.holds]
                held = reached(depth, [child.certain for child in children])
                for (index, _), child, long in zip(layer.holds, children, held, strict=True):
                    truths[index] = _held(child, long)
            for index, node in layer.others:
                if isinstance(node, Leaf):
                    if node.slot not in known:
                        known[node.slot] = values(node.slot)
                    truths[index] = _compared(node, self._limits[index], known[node.slot])
                else:
                    truths[index] = _joined(node, [truths[child] for child in node.children])
        return truths


def _limit(numbers: Sequence[int]) -> Limit:
    if len(set(numbers)) == 1:
        return numbers[0]
    limits: Numbers = np.array(numbers, np.int32 if max(map(abs, numbers)) <= MOST_32 else np.int64)
    return limits


def _held(child: Truth, long: Flags) -> Truth:
    """True is kept only where it was reached; unknown and false stay what they are."""
    certain = child.certain & long
    if child.possible is child.certain:
        return Truth(certain, certain)
    return Truth(certain, child.possible & (certain | ~child.certain))


def _compared(leaf: Leaf, limits: tuple[Limit, ...], value: Whole) -> Truth:
    numbers, limit = value.numbers, limits[0]
    holds: Flags
    if leaf.operator == "below":
        holds = numbers < limit
    elif leaf.operator == "at_most":
        holds = numbers <= limit
    elif leaf.operator == "above":
        holds = numbers > limit
    elif leaf.operator == "at_least":
        holds = numbers >= limit
    else:
        holds = numbers == limit
        for other in limits[1:]:
            holds = holds | (numbers == other)
        if leaf.operator == "none_of":
            holds = ~holds
    if value.unknown is None:
        return Truth(holds, holds)
    return Truth(holds & ~value.unknown, holds | value.unknown)


def _joined(junction: Junction, parts: Sequence[Truth]) -> Truth:
    certain = [part.certain for part in parts]
    possible = [part.possible for part in parts]
    known = all(one is other for one, other in zip(certain, possible, strict=True))
    surely = _join(junction, certain)
    perhaps = surely if known else _join(junction, possible)
    if junction.operator == "none":
        turned = ~perhaps
        return Truth(turned, turned if known else ~surely)
    return Truth(surely, perhaps)


def _join(junction: Junction, parts: Sequence[Flags]) -> Flags:
    """The parts of a junction as one; of `none` that any of them holds."""
    if junction.operator == "count":
        kind = fitting(len(parts))
        counted: Numbers = reduce(np.add, [part.view(np.int8).astype(kind, copy=False) for part in parts])
        enough: Flags = counted >= junction.at_least
        return enough
    found: Flags = reduce(np.logical_and if junction.operator == "all" else np.logical_or, parts)
    return found
