"""The usual encoding of a document for durable-rules: a rule for each part, a fact for each depth.

Of the two opponents that are durable-rules alone, one is told what our own decider tells it. Our encoding settles
several parts of a tree in one rule and several depths in one fact, so it fires less, and the same loop is faster
with it. This is the other one: every part has the rules that anyone would write for it. With such an encoding
durable-rules alone was measured at about 7.2 times zen-engine with its trace on, and the bound of ours comes from
there. It shares no code with our encoding, so that it stays as it is when ours changes.

A stage is one fact, whose `k` numbers it; every rule tests that fact alone. Stages, in order: the comparisons,
with the durations that are asked of them; one for each further depth of the tree; the candidates for the status;
the status; the reductions. Truths are 2, 1 and 0, and of the truths that fire for a part the greater counts. An
unknown value is left out of its fact, with `u` and its number in its place.
"""

from __future__ import annotations

import itertools
import json
import string
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from bench._cases import Step
from rules.decide import FALSE, NONE, TRUE, UNKNOWN, Program
from rules.decide.program import Hold, Junction, Leaf

MAX_RULES = 56
"""Of the 64 conditions that may be pending on one fact, how many a stage uses: it then need not be cut."""
RETRACTED = '{"id":1,"sid":"0"}'
"""What a fact is retracted by, and begins with."""

Comparator = Literal["is", "none_of", "below", "at_most", "above", "at_least"]
WORDS = {"none_of": "$neq", "below": "$lt", "at_most": "$lte", "above": "$gt", "at_least": "$gte"}


class Test(NamedTuple):
    """A comparison of one property of the fact: its kind, its number among those, and what it must be.

    The kinds are `v` values, `u` unknown values, `r` runs, `n` truths of nodes, `p` where the unit stands (0 is
    nowhere yet), `s` whether its stay there is over, `e` and `x` truths of entering and of leaving levels, `c`
    candidates, `a` the active level, `b` what is blocked.
    """

    kind: str
    place: int
    comparator: Comparator
    number: int

    def written(self) -> dict[str, Any]:
        """The test as the library reads it."""
        compared = {f"{self.kind}{self.place}": self.number}
        return compared if self.comparator == "is" else {WORDS[self.comparator]: compared}


class Said(NamedTuple):
    """One thing that a firing says: the truth of a node, or that a level or reduction is among those found."""

    what: Literal["node", "candidate", "status", "permitted"]
    number: int
    truth: int = TRUE


class Rule(NamedTuple):
    """All that is tested, and what then is said."""

    tests: Sequence[Test]
    says: Sequence[Said]


class Answer(NamedTuple):
    """What the firings of all stages mean. `statuses` has one status where the ruleset is right."""

    truths: tuple[int, ...]
    candidates: tuple[int, ...]
    statuses: tuple[int, ...]
    permitted: tuple[int, ...]


class PlainEncoding:
    """A program in the usual encoding: its ruleset, the facts of a step, and what fired names mean."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._rules: dict[str, Any] = {}
        self._says: dict[str, Sequence[Said]] = {}
        self._stages: list[dict[tuple[str, int], None]] = []
        """The properties that the fact of each stage carries."""
        self._ends: list[str] = []
        self._names = map("".join, itertools.product(string.ascii_letters, repeat=3))
        for nodes in _by_depth(program):
            self._stage(rule for node in nodes for rule in _node_rules(program, node))
        self._stage(_candidate_rules(program))
        self._stage(_status_rules(program.levels))
        self._stage(_reduction_rules(program))
        self.ruleset = json.dumps(self._rules)

    def _stage(self, rules: Iterable[Rule]) -> None:
        """One stage: its rules, and a last one that proves that all others had their turn."""
        listed = list(rules)
        assert 0 < len(listed) <= MAX_RULES, "the document fits, so that no stage has to be cut"
        stage = {"k": len(self._stages) + 1}
        for rule in listed:
            self._says[self._rule([stage, *(test.written() for test in rule.tests)])] = rule.says
        self._ends.append(self._rule([stage], pri=9))
        tested = (test for rule in listed for test in rule.tests)
        self._stages.append(dict.fromkeys((test.kind, test.place) for test in tested if test.kind != "u"))

    def _rule(self, tests: list[dict[str, Any]], **settings: int) -> str:
        """Add one rule; its name. Every name has three letters, so that it can be cut out of a message."""
        name = next(self._names)
        self._rules[name] = {"all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}], **settings}
        return name

    def facts(self, step: Step) -> list[tuple[str, str]]:
        """The fact of each stage, and how it is retracted. What a stage needs of those before it is known."""
        program, outcome = self._program, step.outcome
        values, runs, standing, stay_over, moves, first, _, blocked = step.situation
        assert moves, "at every step of the comparison the status is judged anew"
        truths = outcome.truths
        entering = [nodes and (nodes.bare if first else nodes.node) for nodes in program.enters]
        known: dict[str, Sequence[int | None]] = {
            "v": values,
            "r": runs,
            "n": truths,
            "p": [standing + 1],
            "s": [int(stay_over)],
            "e": [FALSE if node is None else truths[node] for node in entering],
            "x": [FALSE if node is None else truths[node] for node in program.exits],
            "c": [int(level in outcome.candidates) for level in range(program.levels)],
            "a": [outcome.active],
            "b": blocked,
        }
        texts = []
        for k, properties in enumerate(self._stages, 1):
            numbers = [(kind, place, known[kind][place]) for kind, place in properties]
            parts = [f'"u{i}":1' if told is None else f'"{kind}{i}":{told}' for kind, i, told in numbers]
            texts.append((",".join([RETRACTED[:-1], f'"k":{k}', *parts]) + "}", RETRACTED))
        return texts

    def answer(self, fired: Sequence[Sequence[str]]) -> Answer:
        """What the names mean that the facts of a step have fired, stage by stage."""
        ends = [names[-1] for names in fired if names]
        assert ends == self._ends, "every stage has come to its end"
        truths = [FALSE] * len(self._program.nodes)
        found: dict[str, set[int]] = {"candidate": set(), "status": set(), "permitted": set()}
        heard = [said for names in fired for name in names[:-1] for said in self._says[name]]
        for what, number, truth in heard:
            if what == "node":
                truths[number] = max(truths[number], truth)
            else:
                found[what].add(number)
        candidates, statuses, permitted = (tuple(sorted(numbers)) for numbers in found.values())
        return Answer(tuple(truths), candidates, statuses, permitted)


def _by_depth(program: Program) -> list[list[int]]:
    """The nodes that have rules of their own, by depth. A comparison with a duration comes with its duration."""
    depths: list[int] = []
    for node in program.nodes:  # children come before their parents
        if isinstance(node, Leaf):
            depths.append(0)
        elif isinstance(node, Hold):
            depths.append(0 if isinstance(program.nodes[node.child], Leaf) else depths[node.child] + 1)
        else:
            depths.append(1 + max(depths[child] for child in node.children))
    held = {node.child for node in program.nodes if isinstance(node, Hold)}
    told = [i for i, node in enumerate(program.nodes) if not (isinstance(node, Leaf) and i in held)]
    return [[i for i in told if depths[i] == depth] for depth in range(max(depths) + 1)]


def _node_rules(program: Program, index: int) -> list[Rule]:
    """The rules that say that a node is true, and that it is unknown."""
    node = program.nodes[index]
    true, unknown = Said("node", index, TRUE), Said("node", index, UNKNOWN)
    if isinstance(node, Leaf):
        return [*(Rule(way, [true]) for way in _leaf_ways(node)), Rule([_unknown(node)], [unknown])]
    if isinstance(node, Junction):
        certain, possible = _group_ways(node)
        return [*(Rule(way, [true]) for way in certain), *(Rule(way, [unknown]) for way in possible)]
    enough = Test("r", node.run, "at_least", node.needs)
    child = program.nodes[node.child]
    if not isinstance(child, Leaf):
        holds = Test("n", node.child, "at_least", TRUE)
        return [Rule([holds, enough], [true]), Rule([Test("n", node.child, "is", UNKNOWN)], [unknown])]
    short = Test("r", node.run, "at_most", node.needs - 1)
    now = Said("node", node.child, TRUE)
    return [
        *(Rule([*way, enough], [now, true]) for way in _leaf_ways(child)),
        *(Rule([*way, short], [now]) for way in _leaf_ways(child)),
        Rule([_unknown(child)], [Said("node", node.child, UNKNOWN), unknown]),
    ]


def _unknown(leaf: Leaf) -> Test:
    return Test("u", leaf.slot, "is", 1)


def _leaf_ways(leaf: Leaf) -> list[list[Test]]:
    """The ways in which a comparison can be true."""
    if leaf.operator == "one_of":
        return [[Test("v", leaf.slot, "is", number)] for number in leaf.numbers]
    return [[Test("v", leaf.slot, leaf.operator, number) for number in leaf.numbers]]


def _group_ways(group: Junction) -> tuple[list[list[Test]], list[list[Test]]]:
    """The ways in which a group is true, and in which it is possible that it is and some part is unknown."""
    parts = group.children
    size = {"any": 1, "count": group.at_least}.get(group.operator, len(parts))
    comparator: Comparator = "at_most" if group.operator == "none" else "at_least"
    bound = FALSE if group.operator == "none" else TRUE
    certain, possible = [], []
    for way in itertools.combinations(parts, size):
        certain.append([Test("n", part, comparator, bound) for part in way])
        for open_one in way:
            others = [Test("n", part, comparator, UNKNOWN) for part in way if part != open_one]
            possible.append([Test("n", open_one, "is", UNKNOWN), *others])
    return certain, possible


def _candidate_rules(program: Program) -> Iterable[Rule]:
    """From where the unit stands, and what may enter and leave, to every status that is possible."""
    levels, steps = program.levels, program.policy.version.steps
    for standing in range(NONE, levels):
        base = max(standing, 0)
        free = standing == NONE and program.at_once
        top = levels - 1 if free or steps.up is None else base + steps.up
        here = Test("p", 0, "is", standing + 1)
        for level in range(base + 1, levels):
            higher = [_not_certain("e", other) for other in range(level + 1, levels)]
            yield Rule([here, _possible("e", level), *higher], [Said("candidate", min(level, top))])
        quiet = [here, *(_not_certain("e", level) for level in range(base + 1, levels))]
        if base == 0:
            yield Rule(quiet, [Said("candidate", 0)])
            continue
        for stays in (Test("s", 0, "is", 0), _not_certain("x", base), _possible("e", base)):
            yield Rule([*quiet, stays], [Said("candidate", base)])
        over = [*quiet, Test("s", 0, "is", 1), _possible("x", base), _not_certain("e", base)]
        lowest = 0 if steps.down is None else max(0, base - steps.down)
        for level in range(base - 1, -1, -1):
            passed = [_possible("x", between) for between in range(level + 1, base)]
            stops = [_not_certain("x", level)] if level else []
            yield Rule([*over, *passed, *stops], [Said("candidate", max(level, lowest))])


def _possible(kind: str, level: int) -> Test:
    return Test(kind, level, "at_least", UNKNOWN)


def _not_certain(kind: str, level: int) -> Test:
    return Test(kind, level, "at_most", UNKNOWN)


def _status_rules(levels: int) -> Iterable[Rule]:
    """One candidate is the status; with any two there is none."""
    for level in range(levels):
        others = [Test("c", other, "is", 0) for other in range(levels) if other != level]
        yield Rule([Test("c", level, "is", 1), *others], [Said("status", level)])
    for pair in itertools.combinations(range(levels), 2):
        yield Rule([Test("c", level, "is", 1) for level in pair], [Said("status", NONE)])


def _reduction_rules(program: Program) -> Iterable[Rule]:
    """A rule for each reduction: not blocked, the active status is high enough, and its condition is met."""
    for index, (level, when) in enumerate(zip(program.from_levels, program.whens, strict=True)):
        condition = [] if when is None else [Test("n", when, "at_least", TRUE)]
        tests = [Test("b", index, "is", 0), Test("a", 0, "at_least", level), *condition]
        yield Rule(tests, [Said("permitted", index)])
