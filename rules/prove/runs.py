"""Runs that some history can have led to: durations of different conditions do not run apart as they like.

A run that is too short, of a condition that now holds, while that of another one that holds is longer, was broken
at some earlier return: there the one was not true and every one with a longer run was. So each duration has an
earlier return of its own, with any figures under the same trigger points. Where one condition follows from another
its run cannot be the shorter one, and that comes out of this by itself. Nothing else ties runs together, or to
where the unit stands: regions move their trigger points and versions change under a unit.

A duration within a duration is free at the earlier return. That allows more than can be, so what is proved holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.decide import Hold, Program
from rules.prove.subjects import Subjects
from rules.prove.terms import all_of, any_of, declared, negated, stated
from rules.prove.truths import Truths


def run_name(prefix: str, run: int) -> str:
    """The name of a run's length in periods. Longer than needed is as good as just long enough."""
    return f"{prefix}k{run}"


def history_text(prefix: str, program: Program, subjects: Subjects, truths: Truths) -> Iterator[str]:
    """The lines that give each duration its earlier return, after those of the return at hand."""
    holds = [node for node in program.nodes if isinstance(node, Hold)]
    children = truths.below(hold.child for hold in holds)
    for hold in holds:
        name = run_name(prefix, hold.run)
        yield declared(name, "Int")
        yield stated(f"(<= 1 {name} {max(1, hold.needs)})")
        yield stated(f"(= {truths.long(hold.run)} (>= {name} {hold.needs}))")
    for hold in holds:
        if hold.needs <= 1 or len(holds) == 1:
            continue
        copy = 1 + hold.run
        yield from subjects.text(copy)
        yield from truths.text(copy, children)
        short = [truths.truth(hold.child).certain, negated(truths.long(hold.run))]
        longer = []
        for other in holds:
            if other.run != hold.run and other.needs > 1:
                runs_longer = f"(> {run_name(prefix, other.run)} {run_name(prefix, hold.run)})"
                holds_longer = all_of([truths.truth(other.child).certain, runs_longer])
                then = truths.truth(other.child, copy).certain
                yield stated(f"(=> {all_of([*short, holds_longer])} {then})")
                longer.append(holds_longer)
        broken = negated(truths.truth(hold.child, copy).certain)
        yield stated(f"(=> {all_of([*short, any_of(longer)])} {broken})")
