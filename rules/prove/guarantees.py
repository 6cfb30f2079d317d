"""Guarantees: proved for all figures, states and settings, or refuted by a case that the deciders decide.

A guarantee speaks of the step alone. Nothing is declared, suspended or withheld; where statuses are declared,
`permitted` is what the calculated status would permit once it is. A reduction that can lapse may have lapsed, for
its clock is part of where a unit stands. An indeterminate step has no status and permits nothing: `never` holds of
it, and `always` does not.
"""

from __future__ import annotations

from functools import partial

from rules.decide import NONE, TRUE, Deciders, Outcome, Program
from rules.policy import GuaranteeOf, PermittedStated, Policy, Stated, StatusStated
from rules.prove.case import Case
from rules.prove.encoding import Encoding
from rules.prove.terms import Claim, all_of, any_of, declared, defined, negated
from rules.prove.witness import Witness


def check_guarantees(case: Case) -> None:
    """Note each guarantee that is refuted (PF271), or that can be neither proved nor refuted (PF272)."""
    encoding = case.encoding
    for guarantee in case.policy.guarantees:
        name = broken_name(encoding, guarantee)
        case.search.add(broken_lines(encoding, guarantee))
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
    return breaking(guarantee, witness) is not None


def breaking(guarantee: GuaranteeOf, witness: Witness) -> tuple[frozenset[str], Outcome] | None:
    """What has lapsed where the guarantee breaks, if it does, and the outcome that both deciders give.

    Nothing first; then all that can have lapsed; then each activity alone, and all but each.
    """
    policy, program, situation = witness.program.policy, witness.program, witness.situation
    lapsing = _lapsing(policy, guarantee.always)
    named = frozenset(policy.reductions[number].activity.id for number in lapsing)
    ways = [
        frozenset[str](),
        named,
        *({one} for one in sorted(named)),
        *(named - {one} for one in sorted(named)),
    ]
    deciders = Deciders()
    try:
        for lapsed in dict.fromkeys(map(frozenset, ways)):
            blocked = tuple(
                int(number in lapsing and one.activity.id in lapsed)
                for number, one in enumerate(policy.reductions)
            )
            outcome = witness.outcome
            if lapsed:
                outcome = deciders.decide(program, situation._replace(blocked=blocked))
            if is_broken(guarantee, program, situation.standing, outcome):
                return lapsed, outcome
    finally:
        deciders.close()
    return None


def _lapsing(policy: Policy, stated: Stated | None) -> list[int]:
    """The reductions that can lapse, of the activities that must be permitted."""
    if not isinstance(stated, PermittedStated):
        return []
    return [
        number
        for number, one in enumerate(policy.reductions)
        if one.activity.id in stated.activities and one.reduction.lapses_after is not None
    ]


def lapsed_name(encoding: Encoding, guarantee: GuaranteeOf, number: int) -> str:
    """The name of the claim that a reduction has lapsed."""
    return f"{broken_name(encoding, guarantee)}lapsed{number}"


def _told(case: Case, guarantee: GuaranteeOf, witness: Witness) -> str:
    """The case in which a guarantee breaks: where the unit stands, on which figures, and what follows."""
    ids, standing, status = case.policy.version.status_ids, witness.situation.standing, witness.outcome.status
    shown = breaking(guarantee, witness)
    assert shown is not None, "a witness is told only where it was seen to break the guarantee"
    lapsed, decided = shown

    def breaks(outcome: Outcome) -> bool:
        if lapsed:  # the figures matter through the status alone
            return outcome.status == status
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
    permitted = {case.policy.reductions[number].activity.id for number in decided.permitted}
    stated = (guarantee.where, guarantee.never, guarantee.always)
    named = [id_ for one in stated if isinstance(one, PermittedStated) for id_ in one.activities]
    for activity in dict.fromkeys(named):
        end += f" and {activity} may {'' if activity in permitted else 'not '}be reduced"
        end += ", once that has lapsed" if activity in lapsed else ""
    words = case.words(witness, breaks)
    return f"{start} with {words.figures}, {end}{words.settings}"


def broken_name(encoding: Encoding, guarantee: GuaranteeOf) -> str:
    """The name of the claim that a guarantee is broken."""
    return f"{encoding.prefix}g{guarantee.index}"


def broken_lines(encoding: Encoding, guarantee: GuaranteeOf) -> list[str]:
    """The lines that define the claim that a guarantee is broken."""
    lapsing = _lapsing(encoding.policy, guarantee.always)
    return [
        *(declared(lapsed_name(encoding, guarantee, number), "Bool") for number in lapsing),
        defined(broken_name(encoding, guarantee), _broken(encoding, guarantee)),
    ]


def _broken(encoding: Encoding, guarantee: GuaranteeOf) -> Claim:
    """That a step breaks a guarantee."""
    step, parts = encoding.step, list[Claim]()
    lapsed = {
        number: lapsed_name(encoding, guarantee, number)
        for number in _lapsing(encoding.policy, guarantee.always)
    }

    def claim(stated: Stated, whole: bool = False) -> Claim:
        """That an outcome is as stated: of several activities any one, or all of them with `whole`."""
        if isinstance(stated, StatusStated):
            named = step.begins if stated.word == "enter" else step.status
            return any_of(named(level) for level in sorted(stated.levels))
        each = [
            any_of(
                all_of([step.permitted(number), negated(lapsed[number])])
                if number in lapsed
                else step.permitted(number)
                for number in _numbers(encoding.policy, activity)
            )
            for activity in stated.activities
        ]
        return all_of(each) if whole else any_of(each)

    if guarantee.when is not None:
        node = encoding.program.rules[guarantee.when.rule].node
        parts.append(encoding.truths.truth(node).certain)
    if guarantee.where is not None:
        parts.append(claim(guarantee.where))
    if guarantee.never is not None:
        return all_of([*parts, claim(guarantee.never)])
    assert guarantee.always is not None
    return all_of([*parts, negated(claim(guarantee.always, whole=True))])


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
