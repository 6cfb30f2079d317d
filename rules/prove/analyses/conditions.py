"""Conditions that can never hold (PF320), and conditions that always do (PF321)."""

from __future__ import annotations

from rules.decide import FALSE, TRUE
from rules.formula import Condition, Group
from rules.prove.case import Case
from rules.prove.places import condition_text


def check_conditions(case: Case) -> None:
    """Note the innermost conditions of enter, exit and when that no figures and settings fulfil, or all do."""
    for root in case.policy.conditions():
        _judge(case, root)


def _judge(case: Case, condition: Condition) -> int | None:
    """What a condition always comes to as far as it is told of it or of its parts: TRUE, FALSE, or None.

    The duration of the condition itself is left out: what holds at all can hold for long.
    """
    parts = []
    if isinstance(condition, Group):
        parts = [_judge(case, part) for part in condition.parts]
        explained = _explained(condition, parts)
        if explained is not None and condition.operator != "none":
            return explained
    truth = case.encoding.truths.truth(case.now(condition))
    place = case.places.of(condition)
    what = condition_text(condition)
    subject = f"{what[0].upper()}{what[1:]}" if what.startswith("the ") else f"`{what}`"
    for wanted, claim, code in ((TRUE, truth.certain, "PF320"), (FALSE, f"-{truth.possible}", "PF321")):
        if case.comes_to(case.now(condition), wanted):
            continue
        answer = case.search.exists(claim, runs=case.lasts(case.now(condition)))
        if answer == "open":
            case.unsettled(f"{what} can {'hold' if wanted == TRUE else 'fail'}", place)
        elif answer == "never" and code == "PF320":
            message = f"{subject} can never hold, whatever the figures and settings."
            case.tell(code, message, place, "Change what is compared, or remove the condition.")
            return FALSE
        elif answer == "never":
            message = f"{subject} always holds, whatever the known figures and settings."
            case.tell(code, message, place, "Change what is compared, or remove the condition.")
            return TRUE
    return None


def _explained(group: Group, parts: list[int | None]) -> int | None:
    """What a group always comes to because of what was told of its parts."""
    always, never = parts.count(TRUE), parts.count(FALSE)
    if group.operator == "all":
        return FALSE if never else TRUE if always == len(parts) else None
    needed = group.at_least if group.operator == "count" else 1
    if group.operator == "none":
        return FALSE if always else TRUE if never == len(parts) else None
    if always >= needed:
        return TRUE
    return FALSE if len(parts) - never < needed else None
