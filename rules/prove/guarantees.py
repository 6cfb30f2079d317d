"""Guarantees: proved for all figures, states and settings, or refuted by a case that the deciders decide.

A guarantee speaks of the step alone. Nothing is declared, suspended, withheld or lapsed; where statuses are
declared, `permitted` is what the calculated status would permit once it is. An indeterminate step has no status
and permits nothing: `never` holds of it, and `always` does not.
"""

from __future__ import annotations

from functools import partial

from rules.decide import NONE, TRUE, Outcome, Program
from rules.policy import GuaranteeOf, PermittedStated, Policy, Stated, StatusStated
from rules.prove.case import Case
from rules.prove.encoding import Encoding
from rules.prove.terms import Claim, all_of, any_of, defined, negated
from rules.prove.witness import Witness


def check_guarantees(case: Case) -> None:
    """Note each guarantee that is refuted (PF271), or that can be neither proved nor refuted (PF272)."""
    encoding = case.encoding
    for guarantee in case.policy.guarantees:
        name = broken_name(encoding, guarantee)
        case.search.add([defined(name, broken_claim(encoding, guarantee))])
        within = case.standing_within(case.reached)
        found = case.search.find(name, *within, seen=partial(_shows, guarantee))
        place = case.places.at("guarantees", guarantee.index)
        if found == "open":
            message = "This guarantee could be neither proved nor refuted within the limits of the check."
            case.tell("PF272", message, place, "Say less in one guarantee, or make the formulas simpler.")
        elif found != "never":
            message = f"This guarantee can break: {_told(case, guarantee, found)}."
            hint = "Change the conditions or the bounds, or say in the guarantee when it holds."
            case.tell("PF271", message, place, hint)


def _shows(guarantee: GuaranteeOf, witness: Witness) -> bool:
    return is_broken(guarantee, witness.program, witness.situation.standing, witness.outcome)


def _told(case: Case, guarantee: GuaranteeOf, witness: Witness) -> str:
    """The case in which a guarantee breaks: where the unit stands, on which figures, and what follows."""
    ids, standing, status = case.policy.version.status_ids, witness.situation.standing, witness.outcome.status

    def breaks(outcome: Outcome) -> bool:
        same = outcome.status == status
        return same and is_broken(guarantee, witness.program, standing, outcome)

    start = f"from {ids[standing]}"
    if standing == NONE:
        start = "at the first return" if witness.program.at_once else "before the first status"
    if not witness.situation.stay_over and standing != NONE:
        start += ", before its minimum stay is over"
    end = "the status is indeterminate"
    if status != NONE:
        end = f"the status {'stays' if status == standing else 'becomes'} {ids[status]}"
    permitted = {case.policy.reductions[number].activity.id for number in witness.outcome.permitted}
    stated = (guarantee.where, guarantee.never, guarantee.always)
    named = [id_ for one in stated if isinstance(one, PermittedStated) for id_ in one.activities]
    for activity in dict.fromkeys(named):
        end += f" and {activity} may {'' if activity in permitted else 'not '}be reduced"
    words = case.words(witness, breaks)
    return f"{start} with {words.figures}, {end}{words.settings}"


def broken_name(encoding: Encoding, guarantee: GuaranteeOf) -> str:
    """The name of the claim that a guarantee is broken."""
    return f"{encoding.prefix}g{guarantee.index}"


def broken_claim(encoding: Encoding, guarantee: GuaranteeOf) -> Claim:
    """That a step breaks a guarantee."""
    when = "true"
    if guarantee.when is not None:
        node = encoding.program.rules[guarantee.when.rule].node
        when = encoding.truths.truth(node).certain
    where = "true" if guarantee.where is None else _claim(encoding, guarantee.where)
    if guarantee.never is not None:
        return all_of([when, where, _claim(encoding, guarantee.never)])
    assert guarantee.always is not None
    return all_of([when, where, negated(_claim(encoding, guarantee.always, whole=True))])


def _claim(encoding: Encoding, stated: Stated, whole: bool = False) -> Claim:
    """That an outcome is as stated: of several activities any one, or all of them with `whole`."""
    step = encoding.step
    if isinstance(stated, StatusStated):
        named = step.begins if stated.word == "enter" else step.status
        return any_of(named(level) for level in sorted(stated.levels))
    each = [
        any_of(step.permitted(number) for number in _numbers(encoding.policy, activity))
        for activity in stated.activities
    ]
    return all_of(each) if whole else any_of(each)


def _numbers(policy: Policy, activity: str) -> list[int]:
    return [number for number, one in enumerate(policy.reductions) if one.activity.id == activity]


def is_broken(guarantee: GuaranteeOf, program: Program, standing: int, outcome: Outcome) -> bool:
    """Whether a step that was decided breaks a guarantee. `program` judges the guarantee's `when` too."""
    if guarantee.when is not None and outcome.truths[program.rules[guarantee.when.rule].node] != TRUE:
        return False
    if guarantee.where is not None and not _is(guarantee.where, program, standing, outcome):
        return False
    if guarantee.never is not None:
        return _is(guarantee.never, program, standing, outcome)
    assert guarantee.always is not None
    return not _is(guarantee.always, program, standing, outcome, whole=True)


def _is(stated: Stated, program: Program, standing: int, outcome: Outcome, whole: bool = False) -> bool:
    if isinstance(stated, PermittedStated):
        permitted = {program.policy.reductions[number].activity.id for number in outcome.permitted}
        found = [activity in permitted for activity in stated.activities]
        return all(found) if whole else any(found)
    begins = stated.word != "enter" or outcome.status != standing
    return outcome.status != NONE and outcome.status in stated.levels and begins
