"""Documents as trees that can be broken on purpose, and written again as YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from rules.problems import Findings
from rules.text import Mapping, Node, Sequence, parse


@dataclass
class Leaf:
    """A scalar as it is to be written, with quotation marks where it has any."""

    text: str


@dataclass
class Many:
    """A list."""

    items: list[Tree] = field(default_factory=list)


@dataclass
class Keys:
    """A mapping, in which a key may stand twice."""

    pairs: list[tuple[str, Tree]] = field(default_factory=list)


Tree = Leaf | Many | Keys


def tree_of(text: str) -> Tree:
    """The tree of a good document."""
    source = parse(text, "f.yaml", Findings())
    assert source is not None
    return _tree(source.root)


def _tree(node: Node) -> Tree:
    if isinstance(node, Mapping):
        return Keys([(key, _tree(value)) for key, value in node.entries.items()])
    if isinstance(node, Sequence):
        return Many([_tree(item) for item in node.items])
    return Leaf(node.text if node.plain else json.dumps(node.text, ensure_ascii=False))


def copied(tree: Tree) -> Tree:
    """A copy that can be changed."""
    if isinstance(tree, Keys):
        return Keys([(key, copied(value)) for key, value in tree.pairs])
    if isinstance(tree, Many):
        return Many([copied(item) for item in tree.items])
    return Leaf(tree.text)


def everything(tree: Tree) -> Iterator[Tree]:
    """The tree and all that is in it."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, Keys):
            waiting += (value for _, value in one.pairs)
        elif isinstance(one, Many):
            waiting += one.items


def written(tree: Tree, random: Random) -> str:
    """The tree as YAML, in lines or partly in brackets."""
    lines: list[str] = []
    _write(tree, "", "", lines, random, 0)
    return "\n".join(lines) + "\n"


def _write(tree: Tree, lead: str, indent: str, lines: list[str], random: Random, depth: int) -> None:
    """Write a tree after `lead`; what follows it in further lines is indented."""
    if isinstance(tree, Leaf):
        lines.append(f"{lead}{tree.text}")
    elif not (tree.items if isinstance(tree, Many) else tree.pairs) or depth > 12 or random.random() < 0.2:
        lines.append(f"{lead}{_flow(tree)}")
    else:
        if lead.strip():
            lines.append(lead.rstrip())
        if isinstance(tree, Keys):
            for key, value in tree.pairs:
                _write(value, f"{indent}{key}: ", f"{indent}  ", lines, random, depth + 1)
        else:
            for item in tree.items:
                _write(item, f"{indent}- ", f"{indent}  ", lines, random, depth + 1)


def _flow(tree: Tree) -> str:
    if isinstance(tree, Keys):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in tree.pairs) + "}"
    if isinstance(tree, Many):
        return "[" + ", ".join(map(_flow, tree.items)) + "]"
    text = tree.text
    return f'"{text}"' if text[:1] not in "\"'" and any(sign in text for sign in ",[]{}") else text
