"""The truth of every condition as two named claims: that it certainly holds, and that it possibly does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rules.decide import Hold, Junction, Leaf, Program
from rules.decide.program import NEVER, Slot
from rules.formula import Comparison, Condition, TriggerPointOf, walk
from rules.prove.points import Point
from rules.prove.subjects import Subjects
from rules.prove.terms import (
    Claim,
    Term,
    all_of,
    any_of,
    compared,
    declared,
    defined,
    minus,
    negated,
    stated,
    times,
)

ORDER = {"below": "<", "at_most": "<=", "above": ">", "at_least": ">=", "is": "="}


class Truth(NamedTuple):
    """That a condition certainly holds, and that it possibly does; unknown is the one without the other."""

    certain: Claim
    possible: Claim


class Truths:
    """The nodes of a program as claims, for any return under one set of trigger points."""

    def __init__(
        self,
        prefix: str,
        program: Program,
        subjects: Subjects,
        points: Mapping[str, Point],
        roots: Iterable[Condition],
    ) -> None:
        self.prefix, self.program = prefix, program
        self._subjects, self._points = subjects, points
        self._moved: dict[int, Comparison] = {}
        for root in roots:
            for one in walk(root):
                if isinstance(one, Comparison) and isinstance(one.threshold, TriggerPointOf):
                    self._moved[program.rules[one.rule].bare] = one

    def truth(self, node: int, copy: int = 0) -> Truth:
        """The names of a node's two claims."""
        return Truth(f"{self.prefix}n{node}c.{copy}", f"{self.prefix}n{node}p.{copy}")

    def long(self, run: int, copy: int = 0) -> str:
        """The name of the claim that a run is long enough."""
        return f"{self.prefix}r{run}.{copy}"

    def text(self, copy: int, nodes: Iterable[int]) -> Iterator[str]:
        """The lines that define nodes at a return, each after those that it is made of."""
        for index in nodes:
            truth = self._truth(index, copy)
            node = self.program.nodes[index]
            if isinstance(node, Hold):
                yield declared(self.long(node.run, copy), "Bool")
                if node.needs <= 1:
                    yield stated(self.long(node.run, copy))
            names = self.truth(index, copy)
            yield defined(names.certain, truth.certain)
            yield defined(names.possible, truth.possible)

    def below(self, roots: Iterable[int]) -> list[int]:
        """Nodes and everything that they are made of, in order."""
        found: set[int] = set()
        open_ = list(roots)
        while open_:
            index = open_.pop()
            if index in found:
                continue
            found.add(index)
            node = self.program.nodes[index]
            if isinstance(node, Hold):
                open_.append(node.child)
            elif isinstance(node, Junction):
                open_ += node.children
        return sorted(found)

    def _truth(self, index: int, copy: int) -> Truth:
        node = self.program.nodes[index]
        if isinstance(node, Leaf):
            return self._leaf(index, node, copy)
        if isinstance(node, Hold):
            child, long = self.truth(node.child, copy), self.long(node.run, copy)
            # a condition that holds and has not held long enough is false; an unknown one stays unknown
            possible = all_of([child.possible, any_of([negated(child.certain), long])])
            return Truth(all_of([child.certain, long]), possible)
        parts = [self.truth(child, copy) for child in node.children]
        sure, maybe = [part.certain for part in parts], [part.possible for part in parts]
        if node.operator == "all":
            return Truth(all_of(sure), all_of(maybe))
        if node.operator == "count":
            return Truth(_at_least(node.at_least, sure), _at_least(node.at_least, maybe))
        some = Truth(any_of(sure), any_of(maybe))
        return some if node.operator == "any" else Truth(negated(some.possible), negated(some.certain))

    def _leaf(self, index: int, leaf: Leaf, copy: int) -> Truth:
        slot = self.program.slots[leaf.slot]
        known = [negated(self._subjects.unknown(slot.subject, copy))]
        if slot.minus is not None:
            known.append(negated(self._subjects.unknown(slot.minus, copy)))
        moved = self._moved.get(index)
        if moved is not None:
            assert isinstance(moved.threshold, TriggerPointOf)
            point = self._points[moved.threshold.name]
            value = times(2 * 10 ** (point.decimals - slot.decimals), self._value(slot, copy))
            holds = compared(ORDER[moved.comparator], value, point.symbol)
        else:
            holds = _whole(leaf, self._value(slot, copy))
        is_known = all_of(known)
        return Truth(all_of([is_known, holds]), any_of([negated(is_known), holds]))

    def _value(self, slot: Slot, copy: int) -> Term:
        subjects = self._subjects
        value: Term = subjects.value(slot.subject, copy)
        if slot.minus is None:
            return value
        one = times(10 ** (slot.decimals - subjects.scope.decimals(slot.subject)), value)
        other = times(
            10 ** (slot.decimals - subjects.scope.decimals(slot.minus)), subjects.value(slot.minus, copy)
        )
        return minus(one, other)


def _whole(leaf: Leaf, value: Term) -> Claim:
    """A comparison with whole numbers."""
    if leaf.operator in ("one_of", "none_of"):
        among = any_of(compared("=", value, number) for number in leaf.numbers if number != NEVER)
        return among if leaf.operator == "one_of" else negated(among)
    return compared(ORDER[leaf.operator], value, leaf.numbers[0])


def _at_least(count: int, claims: list[Claim]) -> Claim:
    return f"((_ at-least {count}) {' '.join(claims)})"
