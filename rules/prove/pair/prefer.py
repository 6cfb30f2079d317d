"""The plainest of the cases that a solver has: little unknown or unusual, long runs, values at limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rules.decide import NONE
from rules.formula import Subject
from rules.prove.pair.sides import limits_of
from rules.prove.pair.text import DAYS, PairText
from rules.prove.solver import Solver
from rules.prove.terms import Claim, any_of, compared

Wish = str | tuple[str, int]
"""A named claim, or a number that is to have a value."""


def prefer(text: PairText, solver: Solver, name: Callable[[Claim], str], claim: str) -> None:
    """Leave a solver that has a case in which a named claim holds with as plain a one as may be.

    `name` gives claims their names in the solver.
    """
    held = [claim]

    def settle(*wished: Wish) -> bool:
        # the case at hand fulfils what is held, and often the wish as well
        names = [one if isinstance(one, str) else name(compared("=", *one)) for one in wished]
        if not all(_fulfilled(solver, one) for one in wished) and solver.ask(*held, *names) != "yes":
            return False
        held.extend(names)
        return True

    def each(wished: Sequence[Wish]) -> None:
        if not settle(*wished):
            for one in wished:
                settle(one)

    subjects, first = text.subjects, text.sides[0]
    each([f"-{subjects.unknown(one, 0)}" for one in subjects.all])
    each([f"-{joint.is_set}" for joint in text.settings.joint.values()])
    points = text.settings.by_symbol
    each([(symbol, point.usual) for symbol, point in points.items()])
    for symbol, point in points.items():
        any(settle((symbol, code)) for code in (point.usual, point.low, point.high))
    any(settle(first.step.stands(level)) for level in [*range(first.program.levels), NONE])
    each([(clock, 0) for clock in text.clocks.values()])
    each([side.step.stay_over for side in text.sides])
    each([(start.name, start.most) for start in text.past.starts.values()])
    each(list(subjects.usual().items()))
    codes = {symbol: solver.number(symbol) for symbol in points}
    settle(*codes.items(), (DAYS, _days(text, solver)))
    for subject, near in _near(text, codes).items():
        value = subjects.value(subject, 0)
        if solver.number(value) not in near:
            settle(name(any_of(compared("=", value, one) for one in near)))
        settle((value, solver.number(value)))


def _fulfilled(solver: Solver, wish: Wish) -> bool:
    """Whether the case at hand is as wished."""
    if isinstance(wish, str):
        return solver.holds(wish.lstrip("-")) != wish.startswith("-")
    return solver.number(wish[0]) == wish[1]


def _days(text: PairText, solver: Solver) -> int:
    """The fewest days, of those that can matter, that may have gone by in a case like the one found."""
    days = solver.number(DAYS)
    stays = {status.minimum_stay for policy in text.policies for status in policy.version.statuses}
    return max((one for one in stays if one <= days), default=0)


def _near(text: PairText, codes: dict[str, int]) -> dict[Subject, list[int]]:
    """For each subject the values at, just above and just below what it is compared with."""
    scope, found = text.subjects.scope, dict[Subject, set[int]]()
    for side in text.sides:
        for subject, limits in limits_of(side, {symbol: [code] for symbol, code in codes.items()}).items():
            categories = scope.categories(subject)
            near = {limit + step for limit in limits for step in (-1, 0, 1)}
            found.setdefault(subject, set()).update(near if categories is None else range(len(categories)))
    return {one: sorted(found[one]) for one in text.subjects.all if one in found}
