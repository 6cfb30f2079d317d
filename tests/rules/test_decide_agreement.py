"""Two deciders, one answer: over many steps, large documents and many threads, and none where they differ."""

from __future__ import annotations

import contextlib
import random
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rules.decide import (
    FALSE,
    NONE,
    TRUE,
    UNKNOWN,
    Agreement,
    Deciders,
    Outcome,
    PlainDecider,
    Program,
    ReteDecider,
    Situation,
)
from rules.library import load_library
from rules.policy import Policy
from rules.problems import DisagreementError, EngineError
from tests.oracle.generate import random_case
from tests.oracle.harness import policies_of
from tests.rules_deciding import Judge, Steps, numbers, small
from tests.support import FRAMEWORKS, PLAN, policy_of, program_of

STEPS = 20_000


def documents() -> Iterator[Policy]:
    """The shipped versions, then random ones."""
    yield from load_library(FRAMEWORKS).framework("sentence-management").policies
    rng = random.Random(19)
    for number in range(60):
        yield from policies_of(random_case(rng, 1 + number % 3))


def test_both_deciders_agree_on_twenty_thousand_random_steps() -> None:
    policies = list(documents())
    each = STEPS // len(policies) + 1
    statuses = set()
    for number, policy in enumerate(policies):
        judge = Judge(policy)
        steps = Steps(judge.program, random.Random(number))
        for _ in range(each):
            outcome = judge.decide(steps.situation())
            statuses.add(outcome.status)
        judge.close()
    assert {NONE, 0, 1, 2, 3} <= statuses


# Large documents: what no one ruleset of the library takes is cut into several.


def wide(condition: str, inputs: int = 100) -> Policy:
    """A version with inputs v0, v1, …, and one condition to enter."""
    more = "".join(f"  v{number}: {{}}\n" for number in range(inputs))
    return small(("  x: {decimals: 4}\n", f"  x: {{decimals: 4}}\n{more}"), ("{x: {above: 0}}", condition))


def parts(count: int) -> str:
    """So many parts, each with an input of its own."""
    return ", ".join(f"{{v{number}: {{above: {number}}}}}" for number in range(count))


def activities(count: int, statuses: int, when: bool) -> Policy:
    """So many activities, each with a reduction from every status but the first."""
    levels = "".join(f"  - id: s{level}\n    enter: {{y: {{above: {level}}}}}\n" for level in range(statuses))
    lines = []
    for number in range(count):
        lines.append(f"  - id: a{number}\n    reductions:\n")
        for level in range(statuses):
            condition = f", when: {{z: {{below: {number * statuses + level}}}}}" if when else ""
            lines.append(f"      - {{from: s{level}, strength: may, do: x{condition}}}\n")
    return small(
        ("  - id: a\n    enter: {x: {above: 0}}\n", levels),
        ("activities: []\n", "activities:\n" + "".join(lines)),
    )


def categories(count: int, word: str) -> Policy:
    """So many categories, all but one of which are named to enter."""
    names = [f"c{number}" for number in range(count)]
    listed = ", ".join(names)
    return small(("[low, mid, high]", f"[{listed}]"), ("{x: {above: 0}}", f"{{c: {{{word}: [{listed}]}}}}"))


LARGE: dict[str, Callable[[], Policy]] = {
    "any of 70": lambda: wide(f"{{any: [{parts(70)}]}}"),
    "all of 70": lambda: wide(f"{{all: [{parts(70)}]}}"),
    "none of 70": lambda: wide(f"{{none: [{parts(70)}]}}"),
    "any of 1500": lambda: wide(f"{{any: [{parts(1500)}]}}", 1500),
    "all of all": lambda: wide(f"{{all: [{', '.join([f'{{all: [{parts(30)}]}}'] * 30)}]}}"),
    "count 6 of 13": lambda: wide(f"{{count: {{at_least: 6, of: [{parts(13)}]}}}}"),
    "count 12 of 13": lambda: wide(f"{{count: {{at_least: 12, of: [{parts(13)}]}}}}"),
    "count 2 of 70": lambda: wide(f"{{count: {{at_least: 2, of: [{parts(70)}]}}}}"),
    "count 20 of 40": lambda: wide(f"{{count: {{at_least: 20, of: [{parts(40)}]}}}}"),
    "sixteen deep": lambda: wide(f"{'{any: [{all: [' * 8}{parts(2)}{']}]}' * 8}"),
    "none of 600 categories": lambda: categories(600, "none_of"),
    "twelve statuses": lambda: activities(1, 11, True),
    "500 activities": lambda: activities(500, 3, False),
    "500 activities with conditions": lambda: activities(500, 3, True),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_version_is_decided_like_a_small_one(name: str) -> None:
    judge = Judge(LARGE[name]())
    steps = Steps(judge.program, random.Random(name))
    for _ in range(30):
        judge.decide(steps.situation())
    for _ in range(30):
        step = steps.situation()
        slots = range(len(step.values))
        for truth in ("high", "low"):
            known = tuple(10**6 if truth == "high" else -1 for _ in slots)
            if judge.program.slots[0].values is None:
                judge.decide(step._replace(values=known))
    judge.close()


MANY_CATEGORIES = """
import random
from tests.rules.test_decide_agreement import categories
from tests.rules_deciding import Judge, Steps

judge = Judge(categories(600, "one_of"))
steps = Steps(judge.program, random.Random(1))
for _ in range(50):
    judge.decide(steps.situation())
print("decided")
"""


def test_many_categories_are_decided() -> None:
    # In a process of its own: the library does not come back from a ruleset that is too much for it.
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", MANY_CATEGORIES], cwd=root, capture_output=True, timeout=20, check=True
    )
    assert done.stdout.strip() == b"decided"


def test_a_large_version_permits_what_each_condition_allows() -> None:
    judge = Judge(activities(300, 3, True))
    outcome = judge.judge(numbers(y=9, z=450))
    assert outcome.status == 3
    assert outcome.permitted == tuple(range(451, 900))
    judge.close()


# PF900: nothing is decided where the two differ.


def flipped(truths: tuple[int, ...], index: int) -> tuple[int, ...]:
    """The truths with one turned into another."""
    other = {TRUE: FALSE, FALSE: UNKNOWN, UNKNOWN: TRUE}
    return tuple(other[truth] if place == index else truth for place, truth in enumerate(truths))


BREAKS: dict[str, Callable[[Outcome], Outcome]] = {
    "truths": lambda found: found._replace(truths=flipped(found.truths, 0)),
    "the last of the truths": lambda found: found._replace(
        truths=flipped(found.truths, len(found.truths) - 1)
    ),
    "candidates": lambda found: found._replace(candidates=(*found.candidates, 7)),
    "status": lambda found: found._replace(status=0 if found.status else 1),
    "an indeterminate status": lambda found: found._replace(status=NONE if found.status >= 0 else 0),
    "active status": lambda found: found._replace(active=found.active + 1),
    "reductions": lambda found: found._replace(permitted=found.permitted[1:] if found.permitted else (0,)),
    "a reduction too many": lambda found: found._replace(permitted=(*found.permitted, 99)),
}


class Broken:
    """A durable-rules decider whose answer is bent."""

    def __init__(self, decider: ReteDecider, bend: Callable[[Outcome], Outcome]) -> None:
        self.decider, self.bend = decider, bend

    def decide(self, situation: Situation) -> Outcome:
        return self.bend(self.decider.decide(situation))


@pytest.mark.parametrize("what", BREAKS)
@pytest.mark.parametrize("which", ["rete", "plain"])
def test_no_decision_is_issued_where_the_deciders_differ(which: str, what: str) -> None:
    program = program_of(policy_of(PLAN))
    rete = ReteDecider(program)
    bend = BREAKS[what]
    both = (
        Agreement(program, Broken(rete, bend), PlainDecider(program))
        if which == "rete"
        else Agreement(program, rete, BrokenPlain(program, bend))
    )
    steps = Steps(program, random.Random(3))
    for _ in range(50):
        with pytest.raises(DisagreementError) as refused:
            both.decide(steps.situation())
        (problem,) = refused.value.problems
        assert problem.code == "PF900"
        assert "plan@v1" in problem.message
        assert problem.hint
    rete.close()


def test_the_order_of_firing_is_no_difference() -> None:
    program = program_of(policy_of(PLAN))
    rete = ReteDecider(program)
    both = Agreement(program, rete, PlainDecider(program))
    outcome = both.decide(Steps(program, random.Random(3)).situation())
    assert outcome.fired
    rete.close()


class BrokenPlain(PlainDecider):
    """A plain decider whose answer is bent."""

    def __init__(self, program: Program, bend: Callable[[Outcome], Outcome]) -> None:
        super().__init__(program)
        self.bend = bend

    def decide(self, situation: Situation) -> Outcome:
        return self.bend(super().decide(situation))


class BrokenRete(ReteDecider):
    """Loses a truth."""

    def decide(self, situation: Situation) -> Outcome:
        found = super().decide(situation)
        return found._replace(truths=flipped(found.truths, 0))


def test_a_broken_decider_stops_whoever_decides_with_it() -> None:
    program = program_of(policy_of(PLAN))
    deciders = Deciders(rete=BrokenRete)
    with pytest.raises(DisagreementError, match="PF900"):
        deciders.decide(program, Steps(program, random.Random(3)).situation())
    deciders.close()


def test_a_fault_within_the_library_is_an_engine_error_and_the_next_step_is_right() -> None:
    judge = Judge(policy_of(PLAN))
    steps = Steps(judge.program, random.Random(4))
    step = steps.situation()
    due = judge.decide(step)
    for broken in (step._replace(values=()), step._replace(runs=()), step._replace(values=("x",) * 9)):  # type: ignore[arg-type]
        with pytest.raises(EngineError) as refused:
            judge.rete.decide(broken)
        assert refused.value.problems[0].code.startswith("PF9")
        assert judge.decide(step) == due
    judge.close()


# Many threads, many programs, long runs.


def test_many_threads_get_the_same_answers() -> None:
    deciders = Deciders()
    program = program_of(policy_of(PLAN))
    steps = Steps(program, random.Random(5))
    situations = [steps.situation() for _ in range(2_000)]
    due = [deciders.decide(program, one) for one in situations]
    start = threading.Barrier(8)

    def decide_all(turn: int) -> bool:
        start.wait()
        order = list(range(len(situations)))
        random.Random(turn).shuffle(order)
        return all(deciders.decide(program, situations[place]) == due[place] for place in order)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(decide_all, range(8)))
    deciders.close()


def test_threads_that_push_each_others_programs_out_get_right_answers() -> None:
    deciders = Deciders(limit=2)
    programs = [program_of(policy) for policy in list(documents())[4:12]]
    steps = [Steps(program, random.Random(6)).situation() for program in programs]
    due = [PlainDecider(program).decide(step)[:5] for program, step in zip(programs, steps, strict=True)]

    def decide_all(turn: int) -> bool:
        rng = random.Random(turn)
        places = [rng.randrange(len(programs)) for _ in range(100)]
        return all(deciders.decide(programs[place], steps[place])[:5] == due[place] for place in places)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(decide_all, range(8)))
    deciders.close()


def resident() -> int:
    """The memory that the process holds, in KiB; where the system does not tell, the most it ever held."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() // 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


def test_memory_stays_flat_over_twenty_thousand_decisions() -> None:
    judge = Judge(policy_of(PLAN))
    steps = Steps(judge.program, random.Random(7))
    for _ in range(3_000):
        judge.decide(steps.situation())
    before = resident()
    for _ in range(20_000):
        judge.decide(steps.situation())
    assert resident() - before < 4 * 1024
    judge.close()


def test_memory_stays_flat_over_a_thousand_loaded_rulesets() -> None:
    program = program_of(small())
    step = Steps(program, random.Random(8)).situation()

    def load_and_drop(times: int) -> None:
        for _ in range(times):
            rete = ReteDecider(program)
            rete.decide(step)
            rete.close()

    load_and_drop(200)
    before = resident()
    load_and_drop(1_000)
    assert resident() - before < 64 * 1024
