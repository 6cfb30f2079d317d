"""Statuses out of order (PF323), and statuses that flap (PF324)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from rules.decide import FALSE, TRUE, Outcome
from rules.formula import Comparison, Condition, Constant, Group, TriggerPointOf
from rules.prove.case import Case
from rules.prove.witness import Witness

SIDES = {"below": "below", "at_most": "below", "above": "above", "at_least": "above"}


def check_orders(case: Case) -> None:
    """Note where a more severe status is entered by a comparison that a milder one does not yet enter by."""
    enters = case.policy.enters
    for severe in range(2, len(enters)):
        for mild in range(1, severe):
            told: set[str] = set()
            for one in _comparisons(enters[severe]):
                for other in _comparisons(enters[mild]):
                    if one.subject != other.subject or SIDES[one.comparator] != SIDES[other.comparator]:
                        continue
                    beyond = _may_lie_beyond(case, one, other)
                    if beyond and str(one.subject) not in told and _inverted(case, severe, mild, one, other):
                        told.add(str(one.subject))


def _comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """The comparisons with a side that help a condition to hold; those under `none` hinder it."""
    if isinstance(condition, Comparison):
        if condition.comparator in SIDES:
            yield condition
    elif isinstance(condition, Group) and condition.operator != "none":
        for part in condition.parts:
            yield from _comparisons(part)


def _may_lie_beyond(case: Case, one: Comparison, other: Comparison) -> bool:
    """Whether at some setting one comparison takes a value in that the other leaves out, for all their limits say."""
    limits = [_limits(case, each) for each in (one, other)]
    if None in limits:
        return True
    (low, high), (other_low, other_high) = (each for each in limits if each is not None)
    return high > other_low if SIDES[one.comparator] == "below" else low < other_high


def _limits(case: Case, one: Comparison) -> tuple[int, int] | None:
    """The last value that a comparison takes in (the first, for `above`), at its least and its greatest threshold."""
    if isinstance(one.threshold, Constant):
        ends = [Fraction(one.threshold.value)] * 2
    elif isinstance(one.threshold, TriggerPointOf):
        spec = case.policy.version.trigger_points[one.threshold.name]
        bounds = (spec.regions.from_, spec.regions.to) if spec.regions else (spec.default, spec.default)
        ends = [Fraction(number) for number in bounds]
    else:
        return None
    scale = 10 ** case.encoding.subjects.scope.decimals(one.subject)
    least, most = (_last(one.comparator, end * scale) for end in ends)
    return least, most


def _last(comparator: str, number: Fraction) -> int:
    if comparator in ("below", "at_least"):
        return math.ceil(number) - (comparator == "below")
    return math.floor(number) + (comparator == "above")


def _inverted(case: Case, severe: int, mild: int, one: Comparison, other: Comparison) -> bool:
    program, truths = case.encoding.program, case.encoding.truths
    ids = case.policy.version.status_ids
    enters = program.enters[severe], program.enters[mild]
    assert enters[0] is not None
    assert enters[1] is not None
    holding = [program.rules[one.rule].bare, enters[0].bare]
    failing = [program.rules[other.rule].bare, enters[1].bare]

    def shows(outcome: Outcome) -> bool:
        held = all(outcome.truths[node] == TRUE for node in holding)
        return held and all(outcome.truths[node] == FALSE for node in failing)

    claims = [truths.truth(node).certain for node in holding]
    claims += [f"-{truths.truth(node).possible}" for node in failing]
    found = case.search.find(*claims, seen=lambda witness: shows(witness.outcome))
    place, also = case.places.of(one), [case.places.of(other)]
    if found == "never":
        return False
    if found == "open":
        case.unsettled(f"{one.subject} can enter {ids[severe]} and not {ids[mild]}", place)
        return True
    points = [each.threshold.name for each in (other, one) if isinstance(each.threshold, TriggerPointOf)]
    rest = f"{ids[severe]} and not the milder {ids[mild]}"
    message = case.words(found, shows, points).sentence("enter", rest)
    hint = f"Move the numbers or their bounds so that {ids[mild]} is always entered first."
    case.tell("PF323", message, place, hint, also)
    return True


def check_flapping(case: Case) -> None:
    """Note each status whose enter and exit hold together, so that it begins again as it ends.

    What can hold at all can have held for long, so durations keep the two apart only where one asks that
    something has not lasted.
    """
    program, truths = case.encoding.program, case.encoding.truths
    for level, status in enumerate(case.policy.version.statuses):
        enter, leave = program.enters[level], program.exits[level]
        if enter is None or leave is None or (case.policy.exits[level] is None and enter.node == enter.bare):
            continue
        nodes = (enter.node, leave)

        def shows(outcome: Outcome, nodes: tuple[int, int] = nodes) -> bool:
            return all(outcome.truths[node] == TRUE for node in nodes)

        def seen(witness: Witness, nodes: tuple[int, int] = nodes) -> bool:
            return all(witness.outcome.truths[node] == TRUE for node in nodes)

        found = case.search.find(*(truths.truth(node).certain for node in nodes), seen=seen)
        place = case.places.exit(level)
        if found == "open":
            case.unsettled(f"enter and exit of {status.id} can hold together", place)
        elif found != "never":
            rest = f"both enter and exit of {status.id}"
            message = case.words(found, shows).sentence("meet", rest)
            hint = "Move the numbers or their bounds apart, so that the exit holds only once enter does not."
            case.tell("PF324", message, place, hint)
