"""The plain decider: the rules of the design in plain Python, node by node.

It is written from the text of the design and shares nothing with the durable-rules encoding but the compiled
document, so that an error in one of the two shows as a disagreement.

A program's tree is written out as one Python function with a line for each node, because calling a function for
each node costs several times as much. Nothing but whole numbers of the program stands in its text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rules.decide.program import Hold, Leaf, NodeSpec, Program
from rules.decide.situation import FALSE, NONE, TRUE, UNKNOWN, Outcome, Situation
from rules.written_out import written_out

Judge = Callable[[Sequence[int | None], Sequence[int]], tuple[int, ...]]
"""The truths of all nodes, from values by slot and runs."""


class PlainDecider:
    """Decides steps of one program."""

    def __init__(self, program: Program) -> None:
        version = program.policy.version
        self._judge = _judge(program)
        self._enters = [(nodes.node, nodes.bare) if nodes else None for nodes in program.enters]
        self._exits = program.exits
        self._from_level = {active: _alike(program, active) for active in range(NONE, program.levels)}
        self._up = version.steps.up
        self._down = version.steps.down
        self._at_once = program.at_once

    def truths(self, values: Sequence[int | None], runs: Sequence[int]) -> tuple[int, ...]:
        """The truths of all nodes, from values by slot and runs."""
        return self._judge(values, runs)

    def decide(self, situation: Situation) -> Outcome:
        """The outcome of one step."""
        values, runs, standing, stay_over, moves, first, actives, blocked = situation
        truths = self._judge(values, runs)
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
        permitted: list[int] = []
        for when, reductions in self._from_level[active]:
            if when is None or truths[when] == TRUE:
                permitted += reductions
        if 1 in blocked:
            permitted = [index for index in permitted if not blocked[index]]
        return Outcome(truths, candidates, status, active, tuple(sorted(permitted)), ())

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


def _alike(program: Program, active: int) -> list[tuple[int | None, list[int]]]:
    """The reductions that an active level may permit, by the node that each asks to be true, if any."""
    alike: dict[int | None, list[int]] = {}
    for index, (level, when) in enumerate(zip(program.from_levels, program.whens, strict=True)):
        if active >= level:
            alike.setdefault(when, []).append(index)
    return list(alike.items())


def _judge(program: Program) -> Judge:
    """The function that judges every node of a program."""
    slots = "".join(f"v{slot}, " for slot in range(len(program.slots)))
    lines = [f"({slots}) = values"]
    lines += [f"t{index} = {_truth(node)}" for index, node in enumerate(program.nodes)]
    truths = "".join(f"t{index}, " for index in range(len(program.nodes)))
    made: Judge = written_out("judge(values, runs)", [*lines, f"return ({truths})"])
    return made


def _truth(node: NodeSpec) -> str:
    """A node's truth as a Python expression of values, runs and the truths of nodes before it."""
    if isinstance(node, Leaf):
        return f"{UNKNOWN} if v{node.slot} is None else {TRUE} if {_holds(node)} else {FALSE}"
    if isinstance(node, Hold):
        truth = f"t{node.child}"
        return f"{truth} if {truth} != {TRUE} or runs[{node.run}] >= {node.needs} else {FALSE}"
    parts = [f"t{child}" for child in node.children]
    if node.operator == "all":
        false, unknown = _any("not {}", parts), _any(f"{{}} == {UNKNOWN}", parts)
        return f"{FALSE} if {false} else {UNKNOWN} if {unknown} else {TRUE}"
    if node.operator in ("any", "none"):
        then, otherwise = (TRUE, FALSE) if node.operator == "any" else (FALSE, TRUE)
        true, unknown = _any(f"{{}} == {TRUE}", parts), _any("{}", parts)  # where none is true, 1 is left
        return f"{then} if {true} else {UNKNOWN} if {unknown} else {otherwise}"
    truths = ", ".join(parts)
    certain, possible = f"[{truths}].count({TRUE})", f"{len(node.children)} - [{truths}].count({FALSE})"
    enough = f">= {node.at_least}"
    return f"{TRUE} if {certain} {enough} else {UNKNOWN} if {possible} {enough} else {FALSE}"


def _any(test: str, parts: list[str]) -> str:
    """That one of some parts passes a test."""
    return " or ".join(map(test.format, parts))


def _holds(leaf: Leaf) -> str:
    """Whether a comparison holds, as a Python expression of a known value."""
    value, numbers = f"v{leaf.slot}", leaf.numbers
    if leaf.operator == "one_of":
        return f"{value} in {numbers}"
    if leaf.operator == "none_of":
        return f"{value} not in {numbers}"
    sign = {"below": "<", "at_most": "<=", "above": ">", "at_least": ">="}[leaf.operator]
    return f"{value} {sign} {numbers[0]}"
