"""A program as durable-rules rulesets: what each stage is told, and the rules that derive what follows.

A stage is one fact (`k` numbers it); its rules fire, and their names are the answer. Only single-fact rules
with one comparison a condition are used, and integers only, because the library gives wrong answers or dies on
much else (see `docs/architecture.md`). Truths are 2, 1 and 0; the greater that fires stays.

Stages, in order: leaves; one for each depth of the tree; the candidates for the status; the status; the
reductions. A stage that is too large for the library is cut into shards, each a fact of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import comb
from typing import Any, Literal

from rules.decide.program import Hold, Junction, Leaf, Program

MAX_SIBLINGS = 56
"""Of the 64 conditions that may be pending on one fact, how many a shard uses."""
MAX_RULES = 200
"""Of the 256 rules that may share a condition (the stage), how many a shard uses."""
MAX_COMBINATIONS = 40
MAX_CHILDREN = 24
END = "END"
Test = dict[str, Any]
Meaning = tuple[Literal["truth", "candidate", "status", "permit", "end"], int, int]
"""What a firing says: (kind, node or level or reduction, truth)."""


@dataclass(slots=True)
class Stage:
    """One fact: its `k`, and the properties that it carries, by kind and number."""

    k: int
    kind: Literal["leaves", "nodes", "candidates", "status", "reductions"]
    properties: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Encoding:
    """The ruleset, the stages that feed it and what each rule's name means."""

    rules: dict[str, Any] = field(default_factory=dict)
    meanings: dict[str, Meaning] = field(default_factory=dict)
    stages: list[Stage] = field(default_factory=list)
    size: int = 0


def encode(program: Program) -> Encoding:
    """The rulesets of a program."""
    return _Encoder(program).encoding


def _equals(name: str, number: int) -> Test:
    return {name: number}


def _test(operator: str, name: str, number: int) -> Test:
    word = {"below": "$lt", "at_most": "$lte", "above": "$gt", "at_least": "$gte", "not": "$neq"}[operator]
    return {word: {name: number}}


class _Encoder:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.encoding = Encoding()
        self.nodes = list(program.nodes)
        self.inner: list[Junction] = []
        self.depths: dict[int, int] = {}
        self.ids = map("".join, itertools.product("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", repeat=3))
        self.by_depth: dict[int, list[int]] = {}
        self.widen()
        self.truths()
        self.status()
        self.reductions()
        self.encoding.size = len(self.nodes)

    # --- trees: wide groups and large counts become several small ones

    def widen(self) -> None:
        """Rewrite groups that are too wide for one rule; note each node's depth."""
        for index in range(len(self.program.nodes)):
            node = self.nodes[index]
            if isinstance(node, Junction):
                self.nodes[index] = self.narrow(node)
        for index in range(len(self.nodes)):
            self.depth(index)

    def add(self, junction: Junction) -> int:
        """A node that exists for the encoding alone."""
        self.nodes.append(self.narrow(junction))
        return len(self.nodes) - 1

    def narrow(self, node: Junction) -> Junction:
        """The same truth with few children and few combinations."""
        children, size = node.children, len(node.children)
        if node.operator == "count":
            if comb(size, node.at_least) <= MAX_COMBINATIONS:
                return node
            half = size // 2
            left, right = children[:half], children[half:]
            ways = []
            for count in range(max(0, node.at_least - len(right)), min(len(left), node.at_least) + 1):
                sides = [(left, count), (right, node.at_least - count)]
                parts = [self.add(Junction("count", side, need)) for side, need in sides if need]
                ways.append(parts[0] if len(parts) == 1 else self.add(Junction("all", tuple(parts), 0)))
            return self.narrow(Junction("any", tuple(ways), 0))
        if size <= MAX_CHILDREN:
            return node
        inner: Literal["any", "all"] = "all" if node.operator == "all" else "any"
        chunks = [children[start : start + MAX_CHILDREN] for start in range(0, size, MAX_CHILDREN)]
        return self.narrow(Junction(node.operator, tuple(self.add(Junction(inner, chunk, 0)) for chunk in chunks), 0))

    def depth(self, index: int) -> int:
        """How many stages lie below a node."""
        if index not in self.depths:
            node = self.nodes[index]
            if isinstance(node, Leaf):
                found = 0
            elif isinstance(node, Hold):
                below = self.depth(node.child)
                found = 0 if isinstance(self.nodes[node.child], Leaf) else below + 1
            else:
                found = 1 + max(self.depth(child) for child in node.children)
            self.depths[index] = found
            self.by_depth.setdefault(found, []).append(index)
        return self.depths[index]

    # --- rules

    def stage(self, kind: Literal["leaves", "nodes", "candidates", "status", "reductions"], batch: list[Rule]) -> None:
        """One shard: its rules, and a last one that proves that all others had their turn."""
        k = len(self.encoding.stages) + 1
        properties: dict[tuple[str, int], None] = {}
        for tests, meaning in batch:
            self.rule([_equals("k", k), *(test for test, _ in tests)], meaning)
            properties.update(dict.fromkeys(name for _, names in tests for name in names))
        self.rule([_equals("k", k)], ("end", 0, 0), pri=9)
        self.encoding.stages.append(Stage(k, kind, tuple(sorted(properties))))

    def rule(self, tests: list[Test], meaning: Meaning, pri: int = 0) -> None:
        """Add one rule."""
        name = next(self.ids)
        body: dict[str, Any] = {"all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}]}
        if pri:
            body["pri"] = pri
        self.encoding.rules[name] = body
        self.encoding.meanings[name] = meaning

    def shards(self, kind: Literal["leaves", "nodes", "reductions"], groups: Iterable[list[Rule]]) -> None:
        """Batches of rules, none larger than the library takes; a node's rules stay together.

        Of the rules of a comparison only one can match a fact: it is true for one reason, or unknown.
        """
        batch: list[Rule] = []
        matching = 0
        for group in groups:
            weight = 1 if kind == "leaves" else len(group)
            if batch and (matching + weight > MAX_SIBLINGS or len(batch) + len(group) > MAX_RULES):
                self.stage(kind, batch)
                batch, matching = [], 0
            batch += group
            matching += weight
        if batch:
            self.stage(kind, batch)

    def truths(self) -> None:
        """The stages of the tree, by depth."""
        for depth in sorted(self.by_depth):
            groups = [self.node_rules(index) for index in self.by_depth[depth]]
            self.shards("leaves" if depth == 0 else "nodes", groups)

    def node_rules(self, index: int) -> list[Rule]:
        """The rules that say when a node is true and when it is unknown."""
        node = self.nodes[index]
        true: Meaning = ("truth", index, 2)
        unknown: Meaning = ("truth", index, 1)
        if isinstance(node, Leaf):
            return [*(_rule(tests, true) for tests in _leaf_tests(node)), _rule([_unknown(node)], unknown)]
        if isinstance(node, Hold):
            child = self.nodes[node.child]
            enough = _number("at_least", "r", node.run, node.needs)
            if isinstance(child, Leaf):
                ways = [_rule([*tests, enough], true) for tests in _leaf_tests(child)]
                return [*ways, _rule([_unknown(child)], unknown)]
            now = _number("at_least", "n", node.child, 2)
            return [_rule([now, enough], true), _rule([_is("n", node.child, 1)], unknown)]
        return _junction_rules(node, true, unknown)

    def status(self) -> None:
        """From where the unit stands and the truths of `enter` and `exit` to its status."""
        levels = self.program.levels
        steps = self.program.policy.version.steps
        batch: list[Rule] = []
        for standing in range(-1, levels):
            base = max(standing, 0)
            free = standing == -1 and self.program.at_once
            top = levels - 1 if free or steps.up is None else base + steps.up
            here = _is("p", 0, standing + 1)
            above = range(base + 1, levels)
            for level in above:
                none_higher = [_number("at_most", "e", higher, 1) for higher in range(level + 1, levels)]
                tests = [here, _number("at_least", "e", level, 1), *none_higher]
                batch.append(_rule(tests, ("candidate", min(level, top), 0)))
            quiet = [here, *(_number("at_most", "e", level, 1) for level in above)]
            if base == 0:
                batch.append(_rule(quiet, ("candidate", 0, 0)))
                continue
            for stays in (_is("s", 0, 0), _number("at_most", "x", base, 1), _number("at_least", "e", base, 1)):
                batch.append(_rule([*quiet, stays], ("candidate", base, 0)))
            leaves = [_is("s", 0, 1), _number("at_least", "x", base, 1), _number("at_most", "e", base, 1)]
            lowest = 0 if steps.down is None else max(0, base - steps.down)
            for level in range(base - 1, -1, -1):
                passed = [_number("at_least", "x", between, 1) for between in range(level + 1, base)]
                stops = [_number("at_most", "x", level, 1)] if level else []
                meaning: Meaning = ("candidate", max(level, lowest), 0)
                batch.append(_rule([*quiet, *leaves, *passed, *stops], meaning))
        self.stage("candidates", batch)
        batch = []
        for level in range(levels):
            others = [_is("c", other, 0) for other in range(levels) if other != level]
            batch.append(_rule([_is("c", level, 1), *others], ("status", level, 0)))
        for one, other in itertools.combinations(range(levels), 2):
            batch.append(_rule([_is("c", one, 1), _is("c", other, 1)], ("status", -1, 0)))
        self.stage("status", batch)

    def reductions(self) -> None:
        """Which reductions the active status permits."""
        groups = []
        for index, (level, when) in enumerate(zip(self.program.from_levels, self.program.whens, strict=True)):
            tests = [_is("b", index, 0), _number("at_least", "a", 0, level)]
            if when is not None:
                tests.append(_number("at_least", "n", when, 2))
            groups.append([_rule(tests, ("permit", index, 0))])
        self.shards("reductions", groups)


Named = tuple[Test, tuple[tuple[str, int], ...]]
Rule = tuple[list[Named], Meaning]


def _rule(tests: list[Named], meaning: Meaning) -> Rule:
    return tests, meaning


def _number(operator: str, kind: str, index: int, number: int) -> Named:
    return _test(operator, f"{kind}{index}", number), ((kind, index),)


def _is(kind: str, index: int, number: int) -> Named:
    return _equals(f"{kind}{index}", number), ((kind, index),)


def _unknown(leaf: Leaf) -> Named:
    return _equals(f"u{leaf.slot}", 1), (("v", leaf.slot),)


def _leaf_tests(leaf: Leaf) -> list[list[Named]]:
    """The ways in which a comparison can be true."""
    if leaf.operator == "one_of":
        return [[_is("v", leaf.slot, number)] for number in leaf.numbers]
    if leaf.operator == "none_of":
        return [[_number("not", "v", leaf.slot, number) for number in leaf.numbers]]
    return [[_number(leaf.operator, "v", leaf.slot, leaf.numbers[0])]]


def _junction_rules(node: Junction, true: Meaning, unknown: Meaning) -> list[Rule]:
    if node.operator == "any":
        certain = [_rule([_number("at_least", "n", child, 2)], true) for child in node.children]
        return certain + [_rule([_is("n", child, 1)], unknown) for child in node.children]
    if node.operator == "count":
        ways = list(itertools.combinations(node.children, node.at_least))
        return [
            _rule([_number("at_least", "n", child, truth) for child in way], meaning)
            for truth, meaning in ((2, true), (1, unknown))
            for way in ways
        ]
    operator, bounds = ("at_least", (2, 1)) if node.operator == "all" else ("at_most", (0, 1))
    return [
        _rule([_number(operator, "n", child, bound) for child in node.children], meaning)
        for bound, meaning in zip(bounds, (true, unknown), strict=True)
    ]
