"""The plain decider: the rules of the design walked in plain Python, node by node.

It is written from the text of the design and shares nothing with the durable-rules encoding but the compiled
document, so that an error in one of the two shows as a disagreement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rules.decide.program import Hold, Junction, Leaf, NodeSpec, Program
from rules.decide.situation import FALSE, NONE, TRUE, UNKNOWN, Outcome, Situation

Evaluator = Callable[[Sequence[int | None], Sequence[int], Sequence[int]], int]
"""Truth of one node from values by slot, truths of the nodes before it, and runs."""


class PlainDecider:
    """Decides steps of one program."""

    def __init__(self, program: Program) -> None:
        version = program.policy.version
        self._evaluators = [_evaluator(node) for node in program.nodes]
        self._enters = [(nodes.node, nodes.bare) if nodes else None for nodes in program.enters]
        self._exits = program.exits
        self._reductions = list(zip(program.from_levels, program.whens, strict=True))
        self._up = version.steps.up
        self._down = version.steps.down
        self._at_once = program.at_once

    def decide(self, situation: Situation) -> Outcome:
        """The outcome of one step."""
        values, runs, standing, stay_over, moves, first, actives, blocked = situation
        truths: list[int] = []
        add = truths.append
        for evaluate in self._evaluators:
            add(evaluate(values, truths, runs))
        if moves:
            enter = [
                FALSE if nodes is None else truths[nodes[1] if first else nodes[0]] for nodes in self._enters
            ]
            leave = [FALSE if node is None else truths[node] for node in self._exits]
            candidates = self.candidates(enter, leave, standing, stay_over)
            status = candidates[0] if len(candidates) == 1 else NONE
        else:
            candidates, status = (), standing
        active = actives[status]
        permitted = tuple(
            index
            for index, (level, when) in enumerate(self._reductions)
            if active >= level and not blocked[index] and (when is None or truths[when] == TRUE)
        )
        return Outcome(tuple(truths), candidates, status, active, permitted, ())

    def candidates(
        self, enter: Sequence[int], leave: Sequence[int], standing: int, stay_over: bool
    ) -> tuple[int, ...]:
        """Every level that some way of turning the unknown conditions out would give.

        `enter` and `leave` are the truths of entering and of leaving each level.
        """
        free = standing == NONE and self._at_once
        base = max(standing, 0)
        up = len(enter) if free or self._up is None else self._up
        found: set[int] = set()
        for level in range(len(enter) - 1, base, -1):
            if enter[level] != FALSE:
                found.add(min(level, base + up))
            if enter[level] == TRUE:
                return tuple(sorted(found))
        if standing == NONE or base == 0:
            found.add(0)
        else:
            self._downwards(leave, enter[base], base, stay_over, found)
        return tuple(sorted(found))

    def _downwards(
        self, leave: Sequence[int], enter: int, base: int, stay_over: bool, found: set[int]
    ) -> None:
        """Add where the unit may go from `base` if no enter above it holds."""
        out = min(leave[base], TRUE - enter) if stay_over else FALSE
        if out != TRUE:
            found.add(base)
        if out == FALSE:
            return
        lowest = 0 if self._down is None else base - self._down
        for level in range(base - 1, 0, -1):
            if leave[level] != TRUE:
                found.add(max(level, lowest))
            if leave[level] == FALSE:
                return
        found.add(max(0, lowest))


def _evaluator(node: NodeSpec) -> Evaluator:
    if isinstance(node, Leaf):
        return _leaf(node)
    if isinstance(node, Hold):
        child, run, needs = node.child, node.run, node.needs

        def held(values: Sequence[int | None], truths: Sequence[int], runs: Sequence[int]) -> int:
            truth = truths[child]
            return truth if truth != TRUE or runs[run] >= needs else FALSE

        return held
    return _junction(node)


def _leaf(leaf: Leaf) -> Evaluator:
    slot, numbers = leaf.slot, leaf.numbers
    holds, negated = leaf.operator, leaf.operator == "none_of"
    number = numbers[0]
    if holds in ("below", "at_most"):
        # for whole numbers `at most 5` is `below 6`
        limit = number + 1 if holds == "at_most" else number

        def below(values: Sequence[int | None], truths: Sequence[int], runs: Sequence[int]) -> int:
            value = values[slot]
            return UNKNOWN if value is None else TRUE if value < limit else FALSE

        return below
    if holds in ("above", "at_least"):
        limit = number - 1 if holds == "at_least" else number

        def above(values: Sequence[int | None], truths: Sequence[int], runs: Sequence[int]) -> int:
            value = values[slot]
            return UNKNOWN if value is None else TRUE if value > limit else FALSE

        return above

    def among(values: Sequence[int | None], truths: Sequence[int], runs: Sequence[int]) -> int:
        value = values[slot]
        return UNKNOWN if value is None else TRUE if (value in numbers) is not negated else FALSE

    return among


def _junction(junction: Junction) -> Evaluator:
    children, at_least = junction.children, junction.at_least
    if junction.operator == "any":
        return lambda values, truths, runs: max([truths[child] for child in children])
    if junction.operator == "all":
        return lambda values, truths, runs: min([truths[child] for child in children])
    if junction.operator == "none":
        return lambda values, truths, runs: TRUE - max([truths[child] for child in children])

    def counted(values: Sequence[int | None], truths: Sequence[int], runs: Sequence[int]) -> int:
        found = [truths[child] for child in children]
        if found.count(TRUE) >= at_least:
            return TRUE
        return UNKNOWN if len(found) - found.count(FALSE) >= at_least else FALSE

    return counted
