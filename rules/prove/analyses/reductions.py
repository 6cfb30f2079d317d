"""Reductions that can never be permitted, or never stand (PF326)."""

from __future__ import annotations

from rules.decide import TRUE
from rules.prove.case import Case


def check_reductions(case: Case) -> None:
    """Note each reduction that no status at or above its `from` comes with, or that another always replaces."""
    declarations = case.policy.version.declarations
    may = frozenset(declarations.may if declarations is not None else ())
    for number, reduction in enumerate(case.policy.reductions):
        rivals = _rivals(case, number)
        if any(number in one.permitted and not rivals & set(one.permitted) for one in case.samples()):
            continue
        answer = _declared(case, number) if "raise" in may else _calculated(case, number, rivals, may)
        place = case.places.reduction(case.policy, number)
        name = f"reduction of {reduction.activity.id} from {reduction.reduction.from_}"
        if answer == "open":
            case.unsettled(f"the {name} can ever apply", place)
        elif answer == "never":
            message = f"The {name} can never apply, whatever the figures and settings."
            case.tell("PF326", message, place, "Change its `when` or its `from`, or remove it.")


def _rivals(case: Case, number: int) -> frozenset[int]:
    """The reductions of the same activity that stand before one: from a more severe status, and without an end."""
    own = case.policy.reductions[number]
    return frozenset(
        index
        for index, other in enumerate(case.policy.reductions)
        if other.activity.id == own.activity.id
        and other.level > own.level
        and other.reduction.lapses_after is None
    )


def _declared(case: Case, number: int) -> str:
    """Whether it can apply where a person may declare the very status: then all depends on `when`."""
    when = case.encoding.program.whens[number]
    if when is None or case.comes_to(when, TRUE):
        return "yes"
    return case.search.exists(case.encoding.truths.truth(when).certain)


def _calculated(case: Case, number: int, rivals: frozenset[int], may: frozenset[str]) -> str:
    """Whether it can apply where the status must come of the figures.

    Where a person may lower the status, nothing that needs a more severe one replaces the reduction.
    """
    step = case.encoding.step
    replaced = [] if "lower" in may else [f"-{step.permitted(other)}" for other in sorted(rivals)]
    within = case.standing_within(case.reached)
    return case.search.exists(step.permitted(number), *replaced, *within, runs=True)
