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
Meaning = tuple[tuple[int, int], ...]
"""What a firing says: (node, truth) for one node or two; elsewhere one (level or reduction, 2)."""


Kind = Literal["leaves", "nodes", "candidates", "status", "reductions", "free_reductions"]


@dataclass(slots=True)
class Stage:
    """One fact: its `k`, and the properties that it carries, by kind and number."""

    k: int
    kind: Kind
    properties: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Encoding:
    """The ruleset, the stages that feed it and what each rule's name means."""

    rules: dict[str, Any] = field(default_factory=dict)
    meanings: dict[str, Meaning] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
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

    def stage(self, kind: Kind, batch: list[Rule]) -> None:
        """One shard: its rules, and a last one that proves that all others had their turn."""
        k = len(self.encoding.stages) + 1
        properties: dict[tuple[str, int], None] = {}
        for tests, meaning in batch:
            self.rule([_equals("k", k), *(test for test, _ in tests)], meaning)
            properties.update(dict.fromkeys(name for _, names in tests for name in names))
        self.encoding.ends.add(self.rule([_equals("k", k)], (), pri=9))
        self.encoding.stages.append(Stage(k, kind, tuple(sorted(properties))))

    def rule(self, tests: list[Test], meaning: Meaning, pri: int = 0) -> str:
        """Add one rule; its name."""
        name = next(self.ids)
        body: dict[str, Any] = {"all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}]}
        if pri:
            body["pri"] = pri
        self.encoding.rules[name] = body
        self.encoding.meanings[name] = meaning
        return name

    def shards(self, kind: Kind, groups: Iterable[list[Rule]]) -> None:
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
        """The stages of the tree, by depth. A comparison that a duration is asked of comes with its duration."""
        held = {node.child for node in self.nodes if isinstance(node, Hold)}
        for depth in sorted(self.by_depth):
            groups = [
                self.node_rules(index)
                for index in self.by_depth[depth]
                if not (isinstance(self.nodes[index], Leaf) and index in held)
            ]
            self.shards("leaves" if depth == 0 else "nodes", groups)

    def node_rules(self, index: int) -> list[Rule]:
        """The rules that say when a node is true and when it is unknown."""
        node = self.nodes[index]
        true: Meaning = ((index, 2),)
        unknown: Meaning = ((index, 1),)
        if isinstance(node, Leaf):
            return [*(_rule(tests, true) for tests in _leaf_tests(node)), _rule([_unknown(node)], unknown)]
        if isinstance(node, Hold):
            child = self.nodes[node.child]
            enough = _number("at_least", "r", node.run, node.needs)
            if isinstance(child, Leaf):
                short = _number("at_most", "r", node.run, node.needs - 1)
                now: Meaning = ((node.child, 2),)
                ways = [_rule([*tests, enough], now + true) for tests in _leaf_tests(child)]
                ways += [_rule([*tests, short], now) for tests in _leaf_tests(child)]
                return [*ways, _rule([_unknown(child)], ((node.child, 1), *unknown))]
            holds = _number("at_least", "n", node.child, 2)
            return [_rule([holds, enough], true), _rule([_is("n", node.child, 1)], unknown)]
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
                batch.append(_rule(tests, ((min(level, top), 2),)))
            quiet = [here, *(_number("at_most", "e", level, 1) for level in above)]
            if base == 0:
                batch.append(_rule(quiet, ((0, 2),)))
                continue
            for stays in (_is("s", 0, 0), _number("at_most", "x", base, 1), _number("at_least", "e", base, 1)):
                batch.append(_rule([*quiet, stays], ((base, 2),)))
            leaves = [_is("s", 0, 1), _number("at_least", "x", base, 1), _number("at_most", "e", base, 1)]
            lowest = 0 if steps.down is None else max(0, base - steps.down)
            for level in range(base - 1, -1, -1):
                passed = [_number("at_least", "x", between, 1) for between in range(level + 1, base)]
                stops = [_number("at_most", "x", level, 1)] if level else []
                meaning: Meaning = ((max(level, lowest), 2),)
                batch.append(_rule([*quiet, *leaves, *passed, *stops], meaning))
        self.stage("candidates", batch)
        batch = []
        for level in range(levels):
            others = [_is("c", other, 0) for other in range(levels) if other != level]
            batch.append(_rule([_is("c", level, 1), *others], ((level, 2),)))
        for one, other in itertools.combinations(range(levels), 2):
            batch.append(_rule([_is("c", one, 1), _is("c", other, 1)], ((-1, 2),)))
        self.stage("status", batch)

    def reductions(self) -> None:
        """Which reductions the active status permits; mostly none is blocked, and then a smaller fact will do."""
        kinds: tuple[Kind, ...] = ("reductions", "free_reductions")
        for kind in kinds:
            groups = []
            for index, (level, when) in enumerate(zip(self.program.from_levels, self.program.whens, strict=True)):
                tests = [] if kind == "free_reductions" else [_is("b", index, 0)]
                tests.append(_number("at_least", "a", 0, level))
                if when is not None:
                    tests.append(_number("at_least", "n", when, 2))
                groups.append([_rule(tests, ((index, 2),))])
            self.shards(kind, groups)


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
    operator, certain_bound = ("at_most", 0) if node.operator == "none" else ("at_least", 2)
    size = node.at_least if node.operator == "count" else len(node.children)
    rules: list[Rule] = []
    for way in itertools.combinations(node.children, size):
        rules.append(_rule([_number(operator, "n", child, certain_bound) for child in way], true))
        for open_child in way:  # unknown only where one of them is: where all are certain nothing more fires
            others = [_number(operator, "n", child, 1) for child in way if child != open_child]
            rules.append(_rule([_is("n", open_child, 1), *others], unknown))
    return rules
