"""The prover's answers about two policies, as values of a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.compare._alike import Copies, aligned
from engine.compare._scope import lets_in, scope_of
from engine.compare.values import Case, Found, Proof
from rules.model import Reduction
from rules.policy import Policy

if TYPE_CHECKING:
    from rules.prove.pair import Difference


def prover(
    a: Policy, b: Policy, *, numbers: tuple[Mapping[str, Decimal], Mapping[str, Decimal]] | None = None
) -> Proof:
    """What two policies permit, compared by proof. Raises DisagreementError where the deciders differ."""
    from rules.prove.pair import compare_policies  # slow to import, and only wanted here

    (first, mine), (second, theirs) = aligned(a, b), aligned(b, a)
    verdict = compare_policies(first, second, numbers=numbers)
    doubtful = {
        id_ for id_ in verdict.activities if any(f" of {id_} from " in text for text in verdict.unsettled)
    }
    if verdict.unsettled and not doubtful:
        doubtful = set(verdict.activities)
    return Proof(
        {id_: effect for id_, effect in verdict.activities.items() if effect != "neutral"},
        tuple(_found(verdict.loosens, a, b, theirs, (mine, theirs))),
        tuple(_found(verdict.tightens, b, a, mine, (mine, theirs))),
        tuple(verdict.unsettled),
        frozenset(doubtful),
    )


def _found(
    differences: Iterable[Difference],
    less: Policy,
    more: Policy,
    copies: Copies,
    sides: tuple[Copies, Copies],
) -> Iterator[Found]:
    """The differences of one direction, with copies under the status of what was copied."""
    seen: set[tuple[str, str, str]] = set()
    for one in differences:
        from_ = copies.get((one.activity, one.from_), one.from_)
        if (one.activity, from_, one.kind) in seen:
            continue
        seen.add((one.activity, from_, one.kind))
        cohorts = _cohorts(one.activity, from_, less, more) if one.kind == "scope" else ()
        yield Found(one.activity, from_, one.kind, _case(one, sides), cohorts)


def _case(one: Difference, sides: tuple[Copies, Copies]) -> Case:
    """The case of a difference, without copies."""
    document, sentence, told = dict(one.witness.document), one.witness.sentence, one.witness.told
    outcome = document["outcome"]
    document["outcome"] = {
        end: {
            **outcome[end],
            "permitted": [each for each in outcome[end]["permitted"] if _key(each) not in copies],
        }
        for end, copies in zip(("from", "to"), sides, strict=True)
    }
    for copies in sides:
        for (activity, copy), original in copies.items():
            start = f"the reduction of {activity} from"
            sentence = sentence.replace(f"permits {start} {copy}", f"permits {start} {original}")
            if activity == told.activity:
                ends = [end._replace(from_=original) if end.from_ == copy else end for end in told.ends]
                told = told._replace(ends=(ends[0], ends[1]))
    return Case(document, sentence, told)


def _key(permitted: Mapping[str, str]) -> tuple[str, str]:
    return permitted["activity"], permitted["from"]


def _cohorts(activity: str, from_: str, less: Policy, more: Policy) -> tuple[str, ...]:
    """The cohorts of a case that only one of two versions lets be touched."""
    wide, level = _reduction(more, activity, from_), more.levels[from_]
    beside = [reduction for reduction in less.reductions if reduction.activity.id == activity]
    narrow = next((each.reduction for each in beside if each.reduction.from_ == from_), None)
    if narrow is None:  # the status is called otherwise there
        narrow = next((each.reduction for each in beside if each.level == level), None)
    if wide is None or narrow is None:
        return ()
    return tuple(sorted(lets_in(scope_of(narrow), scope_of(wide)) or ()))


def _reduction(policy: Policy, activity: str, from_: str) -> Reduction | None:
    number = policy.numbers.get((activity, from_))
    return None if number is None else policy.reductions[number].reduction
