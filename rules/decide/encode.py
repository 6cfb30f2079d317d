"""A program as durable-rules rulesets: what each stage is told, and the rules that derive what follows.

A stage is one fact (`k` numbers it); its rules fire, and their names are the answer. Only single-fact rules
with one comparison a condition are used, and integers only, because the library gives wrong answers or dies on
much else (see `docs/architecture.md`). Truths are 2, 1 and 0; the greater that fires stays.

Stages, in order: comparisons, with the groups that are small enough to be told apart by figures and runs alone; one
for each further depth of the tree; the statuses that are possible; the reductions. An `any` has no rules and no stage
of its own: whatever fires for one of its parts says its truth as well. A stage that is too large for the library is
cut into shards, each a fact of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import comb
from typing import Any, Literal

from rules.decide.program import Hold, Junction, Leaf, NodeSpec, Program
from rules.decide.situation import TRUE, UNKNOWN
from rules.decide.ways import (
    Named,
    Test,
    Way,
    Ways,
    equal,
    hold_ways,
    junction_ways,
    leaf_tests,
    leaf_ways,
    number,
    unknown,
)

MAX_SIBLINGS = 56
"""Of the 64 conditions that may be pending on one fact, how many a shard uses."""
MAX_RULES = 200
"""Of the 256 rules that may share a condition (the stage), how many a shard uses."""
MAX_RULESET = 2000
"""Of the about 4,000 rules that the library loads at once, how many a ruleset uses."""
MAX_COMBINATIONS = 40
"""A `count` with more parts in all its ways is told how many of its parts are certain, and how many possible."""
MAX_CHILDREN = 24
Meaning = tuple[tuple[int, int], ...]
"""What a firing says: (node, truth) for each node that it settles; elsewhere one (level or reduction, 2)."""


Kind = Literal["leaves", "nodes", "candidates", "reductions", "free_reductions"]


@dataclass(slots=True)
class Stage:
    """One fact: its `k`, and the properties that it carries, by kind and number."""

    k: int
    kind: Kind
    ruleset: int
    properties: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Encoding:
    """The rulesets, the stages that feed them and what each rule's name means."""

    rulesets: list[dict[str, Any]] = field(default_factory=lambda: [{}])
    meanings: dict[str, Meaning] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    tallies: dict[int, tuple[int, ...]] = field(default_factory=dict)
    stages: list[Stage] = field(default_factory=list)
    size: int = 0


def encode(program: Program) -> Encoding:
    """The rulesets of a program."""
    return _Encoder(program).encoding


class _Encoder:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.encoding = Encoding()
        self.nodes = list(program.nodes)
        self.added: dict[Junction, int] = {}
        self.depths: dict[int, int] = {}
        self.ids = map(
            "".join, itertools.product("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", repeat=3)
        )
        self.by_depth: dict[int, list[int]] = {}
        self.groups: dict[int, list[int]] = {}
        self.directs: dict[int, Ways | None] = {}
        self.widen()
        self.follow_any()
        self.truths()
        self.status()
        self.reductions()
        self.encoding.size = len(self.nodes)

    # --- trees: wide groups become several small ones

    def widen(self) -> None:
        """Rewrite groups that are too wide for one rule; note each node's depth."""
        for index in range(len(self.program.nodes)):
            node = self.nodes[index]
            if isinstance(node, Junction):
                self.nodes[index] = self.narrow(node)
        for index in range(len(self.nodes)):
            self.depth(index)

    def add(self, junction: Junction) -> int:
        """A node that exists for the encoding alone; equal ones are one."""
        if junction not in self.added:
            narrowed = self.narrow(junction)
            self.nodes.append(narrowed)
            self.added[junction] = len(self.nodes) - 1
        return self.added[junction]

    def narrow(self, node: Junction) -> Junction:
        """The same truth with few children. An `any` has no rules, and a wide `count` is tallied."""
        children, size = node.children, len(node.children)
        if size <= MAX_CHILDREN or node.operator in ("any", "count"):
            return node
        inner: Literal["any", "all"] = "all" if node.operator == "all" else "any"
        chunks = [children[start : start + MAX_CHILDREN] for start in range(0, size, MAX_CHILDREN)]
        return self.narrow(
            Junction(node.operator, tuple(self.add(Junction(inner, chunk, 0)) for chunk in chunks), 0)
        )

    def depth(self, index: int) -> int:
        """In which stage of the tree a node's truth is found."""
        if index not in self.depths:
            node = self.nodes[index]
            if isinstance(node, Leaf):
                found = 0
            elif isinstance(node, Hold):
                found = self.depth(node.child) + (0 if self.is_plain(node.child) else 1)
            else:
                found = max(self.depth(child) for child in node.children) + (
                    0 if node.operator == "any" else 1
                )
            self.depths[index] = found
            self.by_depth.setdefault(found, []).append(index)
        return self.depths[index]

    def is_any(self, index: int) -> bool:
        """Whether a node is an `any`, which has no rules of its own."""
        node = self.nodes[index]
        return isinstance(node, Junction) and node.operator == "any"

    def is_plain(self, index: int) -> bool:
        """Whether no rule for *unknown* fires where a node is true: then a duration can come with its rules."""
        node = self.nodes[index]
        return isinstance(node, Leaf) or (isinstance(node, Junction) and node.operator in ("all", "none"))

    def follow_any(self) -> None:
        """Note of each node which `any` groups it makes true: what makes a part true makes them true at once."""
        for index, node in enumerate(self.nodes):
            if isinstance(node, Junction) and node.operator == "any":
                for child in node.children:
                    self.groups.setdefault(child, []).append(index)

    def said(self, pairs: Iterable[tuple[int, int]]) -> Meaning:
        """The truths that a firing says, with those of the `any` groups above."""
        found: dict[tuple[int, int], None] = {}
        waiting = list(pairs)
        while waiting:
            node, truth = waiting.pop(0)
            found[node, truth] = None
            waiting += [(group, truth) for group in self.groups.get(node, ())]
        return tuple(found)

    # --- rules

    def stage(self, kind: Kind, batch: list[Rule]) -> None:
        """One shard: its rules, and a last one that proves that all others had their turn."""
        k = len(self.encoding.stages) + 1
        if len(self.encoding.rulesets[-1]) + len(batch) >= MAX_RULESET:
            self.encoding.rulesets.append({})
        properties: dict[tuple[str, int], None] = {}
        for tests, meaning in batch:
            self.rule([{"k": k}, *(test for test, _ in tests)], meaning)
            properties.update(dict.fromkeys(name for _, names in tests for name in names))
        self.encoding.ends.add(self.rule([{"k": k}], (), pri=9))
        ruleset = len(self.encoding.rulesets) - 1
        self.encoding.stages.append(Stage(k, kind, ruleset, tuple(sorted(properties))))

    def rule(self, tests: list[Test], meaning: Meaning, pri: int = 0) -> str:
        """Add one rule; its name."""
        name = next(self.ids)
        body: dict[str, Any] = {"all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}]}
        if pri:
            body["pri"] = pri
        self.encoding.rulesets[-1][name] = body
        self.encoding.meanings[name] = meaning
        return name

    def shards(self, kind: Kind, groups: Iterable[list[Rule]]) -> None:
        """Batches of rules, none larger than the library takes. Of the rules of a comparison only one can match."""
        batch: list[Rule] = []
        matching = 0
        for group in (some for whole in groups for some in _cut(whole)):
            weight = 1 if kind == "leaves" else len(group)
            if batch and (matching + weight > MAX_SIBLINGS or len(batch) + len(group) > MAX_RULES):
                self.stage(kind, batch)
                batch, matching = [], 0
            batch += group
            matching += weight
        if batch:
            self.stage(kind, batch)

    def truths(self) -> None:
        """The stages of the tree, by depth. What a duration is asked of comes with it, in the same rules."""
        depths = [self.ruled(depth) for depth in sorted(self.by_depth)]
        first = [self.node_rules(index) for index in depths.pop(0)] if depths else []
        while depths and all(self.direct(index) is not None for index in depths[0]):
            further = [*first, *(self.node_rules(index, direct=True) for index in depths[0])]
            if len(further) > MAX_SIBLINGS or sum(map(len, further)) > MAX_RULES:
                break
            first = further
            del depths[0]
        self.shards("leaves", first)
        for nodes in depths:
            self.shards("nodes", [self.node_rules(index) for index in nodes])

    def ruled(self, depth: int) -> list[int]:
        """The nodes of a depth that have rules of their own: no `any`, and none that comes with its duration."""
        held = {node.child for node in self.nodes if isinstance(node, Hold) and self.is_plain(node.child)}
        return sorted(index for index in self.by_depth[depth] if not self.is_any(index) and index not in held)

    def direct(self, index: int) -> Ways | None:
        """The ways in which a node comes out by figures and runs alone, or None where there are too many of them."""
        if index not in self.directs:
            self.directs[index] = self.told_apart(self.nodes[index])
        return self.directs[index]

    def told_apart(self, node: NodeSpec) -> Ways | None:
        """The same of a node that has not been looked at."""
        if isinstance(node, Leaf):
            return leaf_ways(node)
        if isinstance(node, Hold):
            child = self.direct(node.child)
            return None if child is None else hold_ways(node, child)
        children = [ways for child in node.children if (ways := self.direct(child)) is not None]
        return junction_ways(node, children) if len(children) == len(node.children) else None

    def node_rules(self, index: int, *, direct: bool = False) -> list[Rule]:
        """The rules that say when a node is true and when it is unknown; `direct` ones ask for no other truths."""
        node = self.nodes[index]
        if isinstance(node, Hold) and self.is_plain(node.child):
            return self.held_rules(index, node, direct=direct)
        certain, open_ = self.ways(index, direct=direct)
        return [
            *(_rule(way, self.said([(index, 2)])) for way in certain),
            *(_rule(way, self.said([(index, 1)])) for way in open_),
        ]

    def held_rules(self, index: int, hold: Hold, *, direct: bool) -> list[Rule]:
        """The rules of a duration together with those of what it is asked of."""
        enough = number("at_least", "r", hold.run, hold.needs)
        short = number("at_most", "r", hold.run, hold.needs - 1)
        certain, open_ = self.ways(hold.child, direct=direct)
        both, now = self.said([(hold.child, 2), (index, 2)]), self.said([(hold.child, 2)])
        return [
            *(_rule([*way, enough], both) for way in certain),
            *(_rule([*way, short], now) for way in certain),
            *(_rule(way, self.said([(hold.child, 1), (index, 1)])) for way in open_),
        ]

    def ways(self, index: int, *, direct: bool) -> tuple[list[Way], list[Way]]:
        """The ways in which a node other than an `any` can be true, and be unknown."""
        node = self.nodes[index]
        if direct:
            found = self.direct(index)
            assert found is not None, "only what has been told apart is asked directly"
            return found[TRUE], found[UNKNOWN]
        if isinstance(node, Leaf):
            return leaf_tests(node), [[unknown(node)]]
        if isinstance(node, Hold):
            enough = number("at_least", "r", node.run, node.needs)
            return [[number("at_least", "n", node.child, 2), enough]], [[equal("n", node.child, 1)]]
        if node.operator == "count" and _ways(node) > MAX_COMBINATIONS:
            self.encoding.tallies[index] = node.children
            certain = number("at_least", "t", index, node.at_least)
            open_ = number("at_most", "t", index, node.at_least - 1)
            return [[certain]], [[open_, number("at_least", "q", index, node.at_least)]]
        return _group_tests(node)

    def status(self) -> None:
        """From where the unit stands and the truths of `enter` and `exit` to its status."""
        levels = self.program.levels
        steps = self.program.policy.version.steps
        batch: list[Rule] = []
        for standing in range(-1, levels):
            base = max(standing, 0)
            free = standing == -1 and self.program.at_once
            top = levels - 1 if free or steps.up is None else base + steps.up
            here = equal("p", 0, standing + 1)
            above = range(base + 1, levels)
            for level in above:
                none_higher = [number("at_most", "e", higher, 1) for higher in range(level + 1, levels)]
                tests = [here, number("at_least", "e", level, 1), *none_higher]
                batch.append(_rule(tests, ((min(level, top), 2),)))
            quiet = [here, *(number("at_most", "e", level, 1) for level in above)]
            if base == 0:
                batch.append(_rule(quiet, ((0, 2),)))
                continue
            stays = equal("s", 0, 0), number("at_most", "x", base, 1), number("at_least", "e", base, 1)
            batch += [_rule([*quiet, reason], ((base, 2),)) for reason in stays]
            leaves = [equal("s", 0, 1), number("at_least", "x", base, 1), number("at_most", "e", base, 1)]
            lowest = 0 if steps.down is None else max(0, base - steps.down)
            for level in range(base - 1, -1, -1):
                passed = [number("at_least", "x", between, 1) for between in range(level + 1, base)]
                stops = [number("at_most", "x", level, 1)] if level else []
                meaning: Meaning = ((max(level, lowest), 2),)
                batch.append(_rule([*quiet, *leaves, *passed, *stops], meaning))
        self.stage("candidates", batch)

    def reductions(self) -> None:
        """Which reductions the active status permits.

        Mostly none is blocked: then those with the same conditions need one rule, and a smaller fact will do.
        """
        conditions = list(zip(self.program.from_levels, self.program.whens, strict=True))
        alike: dict[tuple[int, int | None], list[int]] = {}
        for index, condition in enumerate(conditions):
            alike.setdefault(condition, []).append(index)
        self.shards("free_reductions", [[self.permits(*one, together)] for one, together in alike.items()])
        each = [
            [self.permits(*condition, [index], equal("b", index, 0))]
            for index, condition in enumerate(conditions)
        ]
        self.shards("reductions", each)

    @staticmethod
    def permits(level: int, when: int | None, reductions: list[int], *further: Named) -> Rule:
        """The rule that permits some reductions."""
        tests = [*further, number("at_least", "a", 0, level)]
        if when is not None:
            tests.append(number("at_least", "n", when, 2))
        return _rule(tests, tuple((reduction, 2) for reduction in reductions))


Rule = tuple[list[Named], Meaning]


def _rule(tests: list[Named], meaning: Meaning) -> Rule:
    return tests, meaning


def _ways(node: Junction) -> int:
    """How many parts a `count` has in all the ways in which it can be true."""
    return comb(len(node.children), node.at_least) * node.at_least


def _cut(rules: list[Rule]) -> Iterable[list[Rule]]:
    """The rules of one node in pieces that a shard takes."""
    for start in range(0, len(rules), MAX_SIBLINGS):
        yield rules[start : start + MAX_SIBLINGS]


def _group_tests(node: Junction) -> tuple[list[Way], list[Way]]:
    """Every way in which enough parts are certain; and in which enough are possible, and some one is unknown.

    Where all parts are certain, no rule for *unknown* fires.
    """
    operator, bound = ("at_most", 0) if node.operator == "none" else ("at_least", 2)
    size = node.at_least if node.operator == "count" else len(node.children)
    certain, open_ = [], []
    for way in itertools.combinations(node.children, size):
        certain.append([number(operator, "n", child, bound) for child in way])
        for open_one in way:
            others = [number(operator, "n", child, 1) for child in way if child != open_one]
            open_.append([equal("n", open_one, 1), *others])
    return certain, open_
