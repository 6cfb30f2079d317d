"""How the conditions of a version rest on one another. Settings change numbers only, so one tree serves them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rules.decide import Hold, Junction, Leaf, Program


class Layer(NamedTuple):
    """Nodes that can be judged together: durations first, then what rests on them; each after its parts."""

    holds: tuple[tuple[int, Hold], ...]
    others: tuple[tuple[int, Leaf | Junction], ...]


Layers = tuple[Layer, ...]
"""All nodes that something rests on; each layer holds durations about conditions of the layers before."""


@dataclass(frozen=True, slots=True)
class Roots:
    """What a step asks for: the node of each, level by level or reduction by reduction; None where there is none.

    `bare` are those of `enters` with durations left out, and `whens` is None where nobody asks for reductions.
    `layers` is what must be judged for them all but `bare`, and `with_bare` for them all. `chain` is the most periods
    that durations which lie one within the other ask for together.
    """

    enters: tuple[int | None, ...]
    bare: tuple[int | None, ...]
    exits: tuple[int | None, ...]
    whens: tuple[int | None, ...] | None
    layers: Layers
    with_bare: Layers
    chain: int

    @classmethod
    def of(cls, program: Program, *, whens: bool) -> Roots:
        """What a step under a program asks for, with the conditions of reductions or without."""
        enters = tuple(None if nodes is None else nodes.node for nodes in program.enters)
        bare = tuple(None if nodes is None else nodes.bare for nodes in program.enters)
        exits, permits = tuple(program.exits), tuple(program.whens) if whens else None
        usual = _needed(program, [*enters, *exits, *(permits or ())])
        return cls(
            enters,
            bare,
            exits,
            permits,
            _layers(program, usual),
            _layers(program, usual | _needed(program, bare)),
            _longest_chain(program, usual),
        )


def parts_of(program: Program, index: int) -> tuple[int, ...]:
    """The nodes that a node joins, or whose run it counts."""
    node = program.nodes[index]
    if isinstance(node, Junction):
        return node.children
    return (node.child,) if isinstance(node, Hold) else ()


def _needed(program: Program, roots: Iterable[int | None]) -> frozenset[int]:
    """The nodes that some nodes rest on, and they themselves."""
    found: set[int] = set()
    ahead = [node for node in roots if node is not None]
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += parts_of(program, node)
    return frozenset(found)


def _layers(program: Program, needed: Iterable[int]) -> Layers:
    """The nodes by how many durations lie one within the other up to them, in the order of the program."""
    depth: dict[int, int] = {}
    holds: dict[int, list[tuple[int, Hold]]] = {}
    others: dict[int, list[tuple[int, Leaf | Junction]]] = {}
    for index in sorted(needed):
        node = program.nodes[index]
        below = max((depth[part] for part in parts_of(program, index)), default=0)
        if isinstance(node, Hold):
            depth[index] = below + 1
            holds.setdefault(below + 1, []).append((index, node))
        else:
            depth[index] = below
            others.setdefault(below, []).append((index, node))
    return tuple(
        Layer(tuple(holds.get(level, ())), tuple(others.get(level, ())))
        for level in range(max(depth.values(), default=-1) + 1)
    )


def _longest_chain(program: Program, needed: Iterable[int]) -> int:
    lengths: dict[int, int] = {}
    for index in sorted(needed):
        node = program.nodes[index]
        below = max((lengths[part] for part in parts_of(program, index)), default=0)
        lengths[index] = below + (node.needs if isinstance(node, Hold) else 0)
    return max(lengths.values(), default=0)
