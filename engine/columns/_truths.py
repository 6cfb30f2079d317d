"""Conditions over whole columns: the truth of every node of a program, return by return.

Truths are 2 (true), 1 (unknown) and 0 (false), so that `any` is the greatest, `all` the least and `none` what is
left of 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.columns._arrays import MOST_32, Flags, Numbers, Truths, Whole
from rules.decide import FALSE, TRUE, Hold, Junction, Leaf, Program

Limit = int | Numbers
"""A threshold: one for all units, or one for each."""


class Conditions:
    """The conditions of one version for units whose trigger points may differ.

    `programs` are the version compiled under each set of numbers; they differ in nothing but numbers. `which`
    says for each unit which of them it goes by.
    """

    def __init__(self, programs: Sequence[Program], which: Numbers) -> None:
        self.program = programs[0]
        self._programs, self._which = tuple(programs), which
        self._limits: dict[int, tuple[Limit, ...]] = {}
        for index, node in enumerate(self.program.nodes):
            if isinstance(node, Leaf):
                own = [program.nodes[index] for program in programs]
                numbers = [one.numbers for one in own if isinstance(one, Leaf)]
                self._limits[index] = tuple(_limit(column, which) for column in zip(*numbers, strict=True))
        self.depth = [0] * len(self.program.nodes)
        """For each node how many durations lie one within the other up to it."""
        for index, node in enumerate(self.program.nodes):
            below = self.children(index)
            self.depth[index] = max((self.depth[child] for child in below), default=0) + isinstance(
                node, Hold
            )

    def part(self, units: Numbers) -> Conditions:
        """The conditions of some units."""
        places, which = np.unique(self._which[units], return_inverse=True)
        return Conditions([self._programs[place] for place in places], which)

    def changed(self, before: Conditions) -> Numbers:
        """The units whose numbers are others than before."""
        ours, theirs = (
            np.array([id(program) for program in one._programs])[one._which] for one in (self, before)
        )
        return np.flatnonzero(ours != theirs)

    def children(self, index: int) -> tuple[int, ...]:
        """The nodes that a node joins, or whose run it counts."""
        node = self.program.nodes[index]
        if isinstance(node, Junction):
            return node.children
        return (node.child,) if isinstance(node, Hold) else ()

    def needed(self, roots: Sequence[int]) -> list[int]:
        """The nodes that some nodes rest on, and they themselves, in the order of the program."""
        found: set[int] = set()
        ahead = list(roots)
        while ahead:
            node = ahead.pop()
            if node not in found:
                found.add(node)
                ahead += self.children(node)
        return sorted(found)

    def judge(
        self,
        needed: Sequence[int],
        values: Callable[[int], Whole],
        reached: Callable[[int, Sequence[Truths]], Flags],
        shape: tuple[int, int],
    ) -> dict[int, Truths]:
        """The truths of the nodes in `needed`.

        `values` gives a slot's numbers. `reached` is asked once for each depth with the truths of what its
        durations are about, in the order of the program, and says where each has held long enough.
        """
        truths: dict[int, Truths] = {}
        nodes = self.program.nodes
        for depth in range(max((self.depth[node] for node in needed), default=0) + 1):
            level = [node for node in needed if self.depth[node] == depth]
            holds = [(index, node) for index in level if isinstance(node := nodes[index], Hold)]
            if holds:
                children = [truths[hold.child] for _, hold in holds]
                for (index, _), child, long in zip(holds, children, reached(depth, children), strict=True):
                    # true is kept only where it was reached; unknown and false stay what they are
                    truths[index] = np.minimum(child, long.view(np.int8) + np.int8(1)) * (
                        long | (child != TRUE)
                    )
            for index in level:
                node = nodes[index]
                if isinstance(node, Leaf):
                    truths[index] = _compared(node, self._limits[index], values(node.slot), shape)
                elif isinstance(node, Junction):
                    truths[index] = _joined(node, [truths[child] for child in node.children])
        return truths


def _limit(numbers: Sequence[int], which: Numbers) -> Limit:
    if len(set(numbers)) == 1:
        return numbers[0]
    small = max(map(abs, numbers)) <= MOST_32
    limits: Numbers = np.array(numbers, np.int32 if small else np.int64)[which]
    return limits


def _compared(leaf: Leaf, limits: tuple[Limit, ...], value: Whole, shape: tuple[int, int]) -> Truths:
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
    bits = np.broadcast_to(holds.astype(np.bool_, copy=False), shape).view(np.int8)
    truths: Truths = bits + bits
    if value.unknown is not None:
        unknown = value.unknown.view(np.int8)  # 1 where unknown: neither above nor below 1 is left there
        truths = np.maximum(np.minimum(truths, TRUE - unknown), unknown)
    return truths


def _joined(junction: Junction, parts: Sequence[Truths]) -> Truths:
    if junction.operator == "count":
        certain = sum((part == TRUE).astype(np.int16) for part in parts)
        possible = sum((part != FALSE).astype(np.int16) for part in parts)
        holds = (certain >= junction.at_least).view(np.int8)
        counted: Truths = holds + (possible >= junction.at_least).view(np.int8)
        return counted
    choose = np.minimum if junction.operator == "all" else np.maximum
    found = parts[0]
    for part in parts[1:]:
        found = choose(found, part)
    return np.int8(TRUE) - found if junction.operator == "none" else found
