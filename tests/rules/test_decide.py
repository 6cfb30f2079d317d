"""One step: three-valued truths, durations, the status that follows, what it permits, and what fired.

Every step here is decided by both deciders, which must agree, and compared with the words of the design.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.decide import NONE, TRUE, UNKNOWN, Outcome, Program, Situation
from rules.figures import Figure, Return
from rules.formula import Group, walk
from rules.policy import Policy
from rules.reading import Latest
from tests.oracle.generate import random_case
from tests.oracle.harness import policies_of
from tests.rules_deciding import NAMES, Judge, Steps, Truth, numbers, situation, small

EACH = settings(max_examples=max(300, settings().max_examples), deadline=None)
TRUTHS: tuple[Truth, ...] = (True, None, False)
FIGURE = {True: "1", False: "0", None: None}


def kleene(group: str, at_least: int, parts: Sequence[Truth]) -> Truth:
    """What a group comes to: what it comes to however the unknown parts turn out, else unknown."""
    found = set()
    for turned in itertools.product(*[(True, False) if part is None else (part,) for part in parts]):
        yes = sum(turned)
        found.add(
            {
                "any": yes >= 1,
                "all": yes == len(turned),
                "none": yes == 0,
                "count": yes >= at_least,
            }[group]
        )
    return found.pop() if len(found) == 1 else None


def whens(*conditions: str) -> tuple[str, str]:
    """Reductions w0, w1, … from status a, each with one of the conditions."""
    return "activities: []\n", "activities:\n" + "".join(
        f"  - {{id: w{n}, reductions: [{{from: a, strength: may, do: x, when: {condition}}}]}}\n"
        for n, condition in enumerate(conditions)
    )


@pytest.mark.parametrize("size", [1, 2, 3])
def test_truth_is_what_holds_however_the_unknown_turns_out(size: int) -> None:
    parts = ", ".join(f"{{{name}: {{above: 0}}}}" for name in "xyz"[:size])
    groups = [("any", 0), ("all", 0), ("none", 0), *(("count", least) for least in range(1, size + 1))]
    conditions = [
        f"{{count: {{at_least: {least}, of: [{parts}]}}}}" if word == "count" else f"{{{word}: [{parts}]}}"
        for word, least in groups
    ]
    judge = Judge(small(whens(*conditions)))
    for truths in itertools.product(TRUTHS, repeat=size):
        outcome = judge.judge(numbers(**dict(zip("xyz", map(FIGURE.get, truths), strict=False))))
        for n, (word, least) in enumerate(groups):
            assert judge.truth(f"when.w{n}.a", outcome) == kleene(word, least, truths), (word, least, truths)
    judge.close()


@pytest.mark.parametrize(("least", "size"), [(1, 5), (3, 5), (5, 5), (2, 8), (6, 13), (13, 13)])
def test_count_of_many(least: int, size: int) -> None:
    names = [f"v{n}" for n in range(size)]
    parts = ", ".join(f"{{{name}: {{above: 0}}}}" for name in names)
    inputs = ("  x: {decimals: 4}\n", "  x: {decimals: 4}\n" + "".join(f"  {name}: {{}}\n" for name in names))
    judge = Judge(small(inputs, whens(f"{{count: {{at_least: {least}, of: [{parts}]}}}}")))
    rng = random.Random(size)
    for _ in range(300):
        truths = [rng.choice(TRUTHS) for _ in names]
        outcome = judge.judge(numbers(**dict(zip(names, map(FIGURE.get, truths), strict=True))))
        yes, unknown = truths.count(True), truths.count(None)
        due = True if yes >= least else None if yes + unknown >= least else False
        assert judge.truth("when.w0.a", outcome) == due
    judge.close()


def test_groups_within_groups() -> None:
    judge = Judge(
        small(whens("{all: [{any: [{x: {above: 0}}, {none: [{y: {above: 0}}]}]}, {any: [{z: {above: 0}}]}]}"))
    )
    for x, y, z in itertools.product(TRUTHS, repeat=3):
        outcome = judge.judge(numbers(x=FIGURE[x], y=FIGURE[y], z=FIGURE[z]))
        inner = kleene("any", 0, [x, kleene("none", 0, [y])])
        assert judge.truth("when.w0.a.0", outcome) == inner
        assert judge.truth("when.w0.a", outcome) == kleene("all", 0, [inner, z])
    judge.close()


@pytest.mark.parametrize("run", [0, 1, 2, 3])
@pytest.mark.parametrize("truth", TRUTHS)
def test_a_duration_is_met_by_a_run_as_long_and_unknown_stays_unknown(truth: Truth, run: int) -> None:
    judge = Judge(
        small(
            whens(
                "{x: {above: 0}, for: 2 weeks}",
                "{none: [{x: {above: 0}, for: 2 weeks}]}",
                "{any: [{x: {above: 0}, for: 1 week}], for: 3 weeks}",
            )
        )
    )
    outcome = judge.judge(numbers(x=FIGURE[truth]), runs=run)

    def held(periods: int) -> Truth:
        return truth and run >= periods

    assert judge.truth("when.w0.a", outcome) == held(2)
    assert judge.truth("when.w1.a", outcome) == kleene("none", 0, [held(2)])
    assert judge.truth("when.w2.a", outcome) == (held(1) and run >= 3)
    assert judge.truth("when.w2.a.0", outcome) == held(1)
    judge.close()


# Status: against every way in which the unknown could turn out.


def ladder(levels: int, own_exits: Sequence[bool], more: str) -> Policy:
    """Statuses with an input of their own for each enter and exit (`e2` and `o2` for the second)."""
    names = [f"{letter}{level}" for level in range(1, levels) for letter in "eo"]
    statuses = "".join(
        f"  - id: s{level}\n    enter: {{e{level}: {{above: 0}}, for: 2 weeks}}\n"
        + (f"    exit: {{o{level}: {{above: 0}}}}\n" if own else "")
        for level, own in zip(range(1, levels), own_exits, strict=True)
    )
    return small(
        ("  x: {decimals: 4}\n", "  x: {decimals: 4}\n" + "".join(f"  {name}: {{}}\n" for name in names)),
        ("  - id: a\n    enter: {x: {above: 0}}\n", statuses),
        ("first_return: at_once\n", more),
    )


def moved(
    standing: int, enter: Sequence[bool], leave: Sequence[bool], stay_over: bool, policy: Policy
) -> int:
    """Where a unit goes when every condition is known, by the words of the design."""
    version = policy.version
    free = standing == NONE and version.first_return == "at_once"
    base = max(standing, 0)
    above = [level for level in range(base + 1, len(enter)) if enter[level]]
    if above:
        up = version.steps.up
        return above[-1] if free or up is None else min(above[-1], base + up)
    if standing == NONE or base == 0 or not leave[base] or enter[base] or not stay_over:
        return base
    held = [level for level in range(1, base) if not leave[level]]
    target = held[-1] if held else 0
    return target if version.steps.down is None else max(target, base - version.steps.down)


def ways(truths: Sequence[Truth]) -> Iterator[tuple[bool, ...]]:
    """Every way in which the unknown could turn out."""
    return itertools.product(*[(True, False) if truth is None else (truth,) for truth in truths])


LADDERS = [
    (3, (True, True), "first_return: at_once\n"),
    (3, (False, True), "first_return: after_duration\nsteps: {up: 1}\n"),
    (4, (True, True, True), "first_return: at_once\n"),
    (4, (True, False, True), "first_return: at_once\nsteps: {down: 1}\n"),
    (4, (False, False, False), "first_return: after_duration\nsteps: {up: 2, down: 2}\n"),
    (4, (True, True, False), "first_return: after_duration\nsteps: {up: 1, down: 1}\n"),
    (5, (True, False, True, True), "first_return: at_once\nsteps: {up: 2, down: 3}\n"),
]


@pytest.mark.parametrize(("levels", "own_exits", "more"), LADDERS)
def test_the_status_is_the_one_that_every_way_of_the_unknown_gives(
    levels: int, own_exits: tuple[bool, ...], more: str
) -> None:
    judge = Judge(ladder(levels, own_exits, more))
    program = judge.program
    all_ways = list(itertools.product(TRUTHS, repeat=2 * levels - 2))
    rng = random.Random(levels)
    for truths in all_ways if len(all_ways) < 800 else rng.sample(all_ways, 500):
        figures = {
            f"{letter}{level}": FIGURE[truths[2 * (level - 1) + place]]
            for level in range(1, levels)
            for place, letter in enumerate("eo")
        }
        values = judge.reader.read(Return("york", datetime.date(2022, 8, 1), numbers(**figures)), {}).values
        for standing, stay_over in itertools.product(range(NONE, levels), (True, False)):
            run = rng.choice([0, 2])
            first = standing == NONE and program.at_once
            enter: list[Truth] = [False]
            leave: list[Truth] = [False]
            for level in range(1, levels):
                now, out = truths[2 * level - 2], truths[2 * level - 1]
                enter.append(now if first or run >= 2 or now is None else False)
                leave.append(out if own_exits[level - 1] else kleene("none", 0, [now]))
            due = {
                moved(standing, one, other, stay_over, judge.policy)
                for one in ways(enter)
                for other in ways(leave)
            }
            outcome = judge.decide(
                situation(program, values, runs=run, standing=standing, stay_over=stay_over)
            )
            assert set(outcome.candidates) == due, (standing, stay_over, run, enter, leave)
            assert outcome.status == (due.pop() if len(due) == 1 else NONE)
    judge.close()


def test_held_on_the_way_down_where_a_lesser_status_is_not_yet_left() -> None:
    judge = Judge(ladder(4, (True, True, True), "first_return: at_once\n"))
    for left, due in (
        ((1, 1, 1), "g"),
        ((0, 1, 1), "s1"),
        ((1, 0, 1), "s2"),
        ((0, 0, 1), "s2"),
        ((1, 1, 0), "s3"),
    ):
        figures = {f"o{level}": str(left[level - 1]) for level in (1, 2, 3)} | {
            f"e{n}": "0" for n in (1, 2, 3)
        }
        assert judge.status(judge.judge(numbers(**figures), standing=3)) == due
    judge.close()


# What a status permits, and what fired: against the truths of the step.


def programs() -> Iterator[Judge]:
    """The programs of random documents."""
    rng = random.Random(20220801)
    for _ in range(25):
        for policy in policies_of(random_case(rng, 2)):
            yield Judge(policy)


def told(program: Program, outcome: Outcome, first: bool) -> dict[str, Truth]:
    """What every rule came to, enters with durations left out at a first step."""
    return {
        rule: NAMES[outcome.truths[nodes.bare if first and rule.startswith("enter.") else nodes.node]]
        for rule, nodes in program.rules.items()
    }


def test_a_reduction_needs_the_status_the_condition_and_nothing_that_blocks_it() -> None:
    for judge in programs():
        steps = Steps(judge.program, random.Random(1))
        for _ in range(40):
            step = steps.situation()
            outcome = judge.decide(step)
            truths = told(judge.program, outcome, False)
            active = step.active[outcome.status]
            due = [
                number
                for number, reduction in enumerate(judge.policy.reductions)
                if active >= reduction.level
                and not step.blocked[number]
                and (reduction.when is None or truths[reduction.when.rule] is True)
            ]
            assert outcome.active == active
            assert list(outcome.permitted) == due
            assert outcome.status == step.standing or step.moves
        judge.close()


def settled(group: Group, fired: Sequence[str]) -> bool:
    """Whether enough of a group's parts fired before it did."""
    before = fired[: fired.index(group.rule)]
    needed = {"any": 1, "all": len(group.parts), "none": 0, "count": group.at_least}[group.operator]
    return len([part for part in group.parts if part.rule in before]) >= needed


def test_what_fired_is_what_holds_and_what_follows_from_it_in_that_order() -> None:
    for judge in programs():
        steps = Steps(judge.program, random.Random(2))
        groups = [one for root in judge.policy.conditions() for one in walk(root) if isinstance(one, Group)]
        for _ in range(40):
            step = steps.situation()
            outcome = judge.decide(step)
            truths = told(judge.program, outcome, step.first)
            rules = [name for name in outcome.fired if name.split(".")[0] in ("enter", "exit", "when")]
            assert len(set(outcome.fired)) == len(outcome.fired)
            assert set(rules) == {rule for rule, truth in truths.items() if truth}
            assert all(settled(group, rules) for group in groups if group.rule in rules)
            follows = list(outcome.fired[len(rules) :])
            assert not set(follows) & set(rules)
            permits = [f"permit.{'.'.join(judge.policy.reductions[n].key)}" for n in outcome.permitted]
            assert sorted(name for name in follows if name.startswith("permit.")) == sorted(permits)
            status = judge.status(outcome) or "indeterminate"
            assert (f"status.{status}" in follows) == step.moves
        judge.close()


def test_unknown_is_never_the_first_status() -> None:
    judge = Judge(ladder(3, (True, True), "first_return: at_once\n"))
    outcome = judge.judge({})
    assert outcome.status == NONE
    assert outcome.candidates == (0, 1, 2)
    assert judge.judge({}, standing=0).status == NONE
    assert judge.judge(numbers(e2=1)).status == 2
    judge.close()


# Law 8: more data never un-knows.

CASES = [policy for seed in range(40) for policy in policies_of(random_case(random.Random(seed), 1))]
JUDGES: dict[int, Judge] = {}


def judge_of(number: int) -> Judge:
    """The judge of one of the cases; kept."""
    if number not in JUDGES:
        JUDGES[number] = Judge(CASES[number])
    return JUDGES[number]


@EACH
@given(st.integers(0, len(CASES) - 1), st.randoms(use_true_random=False))
def test_a_further_figure_never_makes_a_known_truth_unknown(number: int, rng: random.Random) -> None:
    judge = judge_of(number)
    reader = judge.reader
    everything: dict[str, Figure] = {
        key: rng.choice(spec.values) if spec.values else Decimal(rng.randrange(0, 13))
        for key, spec in zip(reader.keys, reader.specs, strict=True)
    }
    latest: Latest = {}
    earlier = {key: figure for key, figure in everything.items() if rng.random() < 0.3}
    reader.read(Return("p1", datetime.date(2022, 8, 1), earlier), latest)
    figures = {key: figure for key, figure in everything.items() if rng.random() < 0.5}
    today = datetime.date(2022, 8, 3)
    before = reader.read(Return("p1", today, figures), dict(latest))
    unknown = [key for key, value in zip(reader.keys, before.figures, strict=True) if value is None]
    if not unknown:
        return
    more = rng.choice(unknown)
    after = reader.read(Return("p1", today, {**figures, more: everything[more]}), dict(latest))
    runs = rng.randrange(0, 4)
    for standing in range(NONE, judge.program.levels):
        less_known, more_known = (
            judge.decide(situation(judge.program, one.values, runs=runs, standing=standing))
            for one in (before, after)
        )
        for known, now in zip(less_known.truths, more_known.truths, strict=True):
            assert known == UNKNOWN or now == known
        assert set(more_known.candidates) <= set(less_known.candidates)
        assert less_known.status in (NONE, more_known.status)
        assert set(less_known.permitted) <= set(more_known.permitted) or less_known.status == NONE


def test_an_unknown_condition_does_not_permit() -> None:
    judge = Judge(small(whens("{y: {above: 0}}", "{none: [{y: {above: 0}}]}")))
    assert judge.judge(numbers(x=1)).permitted == ()
    assert judge.judge(numbers(x=1, y=1)).permitted == (0,)
    assert judge.judge(numbers(x=1, y=0)).permitted == (1,)
    judge.close()


def test_a_status_that_does_not_move_stays_and_has_no_candidates() -> None:
    judge = Judge(ladder(3, (True, True), "first_return: at_once\n"))
    step = situation(judge.program, (1,) * len(judge.program.slots), runs=2, standing=1)
    still = judge.decide(Situation(**{**step._asdict(), "moves": False}))
    assert (still.status, still.candidates) == (1, ())
    assert TRUE in still.truths
    judge.close()
