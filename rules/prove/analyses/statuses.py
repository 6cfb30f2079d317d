"""Statuses that can never be entered (PF322), and statuses that end sooner than they begin (PF327)."""

from __future__ import annotations

from rules.decide import TRUE, Hold, Outcome
from rules.prove.case import Case
from rules.prove.places import listed


def check_entered(case: Case) -> None:
    """Note each status that no state, figures and settings lead to."""
    for level, status in enumerate(case.policy.version.statuses):
        place = case.places.enter(level)
        if level in case.open_levels:
            case.unsettled(f"{status.id} can ever be entered", place)
        elif level not in case.reached:
            message = f"The status {status.id} can never be entered, whatever the figures and settings."
            hint = "Change its enter, or that of a more severe status that always goes before it."
            if level == 0:
                hint = "Change the enter of a status that always holds."
            case.tell("PF322", message, place, hint)


def check_ends(case: Case) -> None:
    """Note each status that takes several returns to enter, and that one good return ends."""
    encoding, version = case.encoding, case.policy.version
    short = [
        f"-{encoding.truths.long(node.run)}"
        for node in encoding.program.nodes
        if isinstance(node, Hold) and node.needs > 1
    ]
    for level, status in enumerate(version.statuses):
        enter, leave = encoding.program.enters[level], encoding.program.exits[level]
        if enter is None or leave is None or enter.node == enter.bare or not short:
            continue
        if status.minimum_stay >= 2 * version.returns.every:
            continue
        usual = encoding.truths.truth(enter.node)
        bare = encoding.truths.truth(enter.bare)
        if case.search.ask(usual.certain, *short) != "no":
            continue
        if not case.comes_to(enter.bare, TRUE) and case.search.exists(bare.certain) != "yes":
            continue
        step = encoding.step
        good = [
            step.stands(level),
            step.stay_over,
            encoding.truths.truth(leave).certain,
            f"-{usual.possible}",
        ]
        found = case.search.find(*good, *short)
        place = case.places.exit(level)
        if found == "open":
            case.unsettled(f"one good return can end {status.id}", place)
        elif found != "never":

            def ends(outcome: Outcome, leave: int = leave) -> bool:
                return outcome.truths[leave] == TRUE

            words = case.words(found, ends)
            good_return = listed(words.values) if words.values else "any figures"
            message = (
                f"{status.id} takes several returns to enter, and one good return ends it: "
                f"{good_return}{words.settings}."
            )
            hint = "Give its exit a duration, or the status a minimum_stay of two returns or more."
            case.tell("PF327", message, place, hint)
