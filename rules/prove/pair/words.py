"""A case of two versions as plain values, and in the parts of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rules.decide import NONE, TRUE, Hold, Outcome
from rules.figures import Figure
from rules.formula import Condition, FigureOf, Subject, walk
from rules.measures import scaled_text
from rules.model._fields import number_text
from rules.prove.pair.case import Judged, PairCase
from rules.prove.pair.differences import Ranks
from rules.prove.pair.merge import MARK
from rules.prove.pair.sentence import run_text, sentence
from rules.prove.pair.verdict import Label, PairWitness
from rules.prove.places import condition_told
from rules.prove.told import CaseTold, ClockTold, ConditionTold, EndTold, PointTold, RunTold, ValueTold

ENDS = ("from", "to")
"""How the first and the second version are called in a document, as in the documents of `compare`."""
INDETERMINATE = "indeterminate"


def difference_witness(case: PairCase, label: Label, ranks: Ranks) -> PairWitness:
    """A case in which a difference shows."""

    def shows(outcomes: tuple[Outcome, Outcome]) -> bool:
        return ranks.shows(label, outcomes)

    return _witness(case, shows, label.activity, (_end(case, 0, label, ranks), _end(case, 1, label, ranks)))


def status_witness(case: PairCase) -> PairWitness:
    """A case in which the two versions give different statuses."""
    ends = tuple(EndTold(_status(case, side), None, False, (), ()) for side in (0, 1))
    return _witness(case, lambda outcomes: True, None, (ends[0], ends[1]))


def _witness(
    case: PairCase,
    shows: Callable[[tuple[Outcome, Outcome]], bool],
    activity: str | None,
    ends: tuple[EndTold, EndTold],
) -> PairWitness:
    """A case as values, in parts and in a sentence; of the clocks it tells only those of an activity."""
    standing = _standing(case, 0), _standing(case, 1)
    told = CaseTold(
        standing,
        any(judged.situation.first for judged in case.judged),
        None if standing[0] is None or all(case.state.stay_over) else case.state.days,
        tuple(_values(case, _mattering(case, shows))),
        () if all(judged.situation.first for judged in case.judged) else tuple(_short_runs(case)),
        tuple(ClockTold(*key, days) for key, days in _running(case) if key[0] == activity),
        tuple(_settings(case)),
        activity,
        ends,
    )
    return PairWitness(_document(case), sentence(told, _names(case)), told)


def _end(case: PairCase, side: int, label: Label, ranks: Ranks) -> EndTold:
    """What one version decides about the activity of a difference."""
    outcome, status = case.outcomes[side], _status(case, side)
    standing = [number for number in ranks.of(side, label.activity) if number in outcome.permitted]
    if not standing:
        return EndTold(status, None, False, (), ())
    reduction = ranks.reduction(side, standing[-1])
    spared, only = tuple(sorted(reduction.except_)), tuple(sorted(reduction.only))
    return EndTold(status, reduction.from_, label.kind == "scope", spared, only)


def _mattering(case: PairCase, shows: Callable[[tuple[Outcome, Outcome]], bool]) -> list[Subject]:
    """The values without which the same would not show; what shows with one unknown shows with any."""

    def same(outcomes: tuple[Outcome, Outcome]) -> bool:
        statuses = [outcome.status for outcome in outcomes]
        return statuses == [outcome.status for outcome in case.outcomes] and shows(outcomes)

    left, mattering = set[Subject](), list[Subject]()
    slots = {
        one for side in case.text.sides for slot in side.program.slots for one in (slot.subject, slot.minus)
    }
    for subject in reversed(case.text.subjects.all):
        if subject not in slots:
            continue
        if case.values[subject] is not None and same(case.without({*left, subject})):
            left.add(subject)
        else:
            mattering.append(subject)
    return mattering[::-1]


def _values(case: PairCase, subjects: list[Subject]) -> Iterator[ValueTold]:
    """Subjects and their values; what only one version has so, or works out so, is said to be that one's."""
    found: dict[tuple[str, str | None], set[int]] = {}
    for subject in subjects:
        value, scope = case.values[subject], case.text.subjects.scope
        shown = None
        if value is not None:
            categories = scope.categories(subject)
            shown = (
                categories[value] if categories is not None else scaled_text(value, scope.decimals(subject))
            )
        found.setdefault((str(subject).replace(MARK, ""), shown), set()).update(_having(case, subject))
    for (name, shown), sides in found.items():
        yield ValueTold(name, shown, _where(sides))


def _having(case: PairCase, subject: Subject) -> set[int]:
    """The versions that have a subject as it is; a figure that one does not look at is the same all the same."""
    renamings = case.text.merged.renamings
    if isinstance(subject, FigureOf):
        raw = subject.input.replace(MARK, "")
        return {side for side in (0, 1) if renamings[side].inputs.get(raw, subject.input) == subject.input}
    return {side for side in (0, 1) if subject.measure in renamings[side].measures.values()}


def _short_runs(case: PairCase) -> Iterator[RunTold]:
    """For how long conditions have held that some version does not find to have held for long enough."""
    found: dict[tuple[ConditionTold, int], set[int]] = {}
    short = set[ConditionTold]()
    for side in (0, 1):
        for condition, hold in _held(case, side):
            run, what = case.judged[side].situation.runs[hold.run], condition_told(condition)
            days = run * case.text.policies[side].version.returns.every
            found.setdefault((what, days), set()).add(side)
            if run < hold.needs:
                short.add(what)
    for (what, days), sides in found.items():
        if what in short:
            yield RunTold(what, days, _where(sides))


def _held(case: PairCase, side: int) -> Iterator[tuple[Condition, Hold]]:
    """The conditions of a version with a duration that hold now."""
    judged = case.judged[side]
    for root in case.text.policies[side].conditions():
        for one in walk(root):
            node = judged.program.nodes[judged.program.rules[one.rule].node]
            if isinstance(node, Hold) and judged.outcome.truths[node.child] == TRUE:
                yield one, node


def _where(sides: set[int]) -> int | None:
    """The only version in which something is so; None where it is so in both."""
    return min(sides) if len(sides) == 1 else None


def _running(case: PairCase) -> list[tuple[tuple[str, str], int]]:
    return [(key, days) for key, days in case.state.clocks.items() if days]


def _settings(case: PairCase) -> Iterator[PointTold]:
    """The trigger points that are not at their defaults, or that differ between the versions."""
    first, second = case.numbers
    for name in dict.fromkeys([*first, *second]):
        usual = [
            numbers[name] == policy.version.trigger_points[name].default
            for numbers, policy in zip(case.numbers, case.text.policies, strict=True)
            if name in numbers
        ]
        if name in first and name in second and first[name] != second[name]:
            yield PointTold(name, (number_text(first[name]), number_text(second[name])))
        elif not all(usual):
            yield PointTold(name, (number_text(first[name] if name in first else second[name]),))


def _names(case: PairCase) -> tuple[str, str]:
    """What the versions are called: by their own names, or by their places where both have the same."""
    one, other = (policy.version.version for policy in case.text.policies)
    return (one, other) if one != other else ("the first version", "the second version")


def _status(case: PairCase, side: int) -> str:
    status = case.outcomes[side].status
    return INDETERMINATE if status == NONE else case.text.policies[side].version.status_ids[status]


def _standing(case: PairCase, side: int) -> str | None:
    level = case.state.standing[side]
    return None if level == NONE else case.text.policies[side].version.status_ids[level]


def _document(case: PairCase) -> dict[str, Any]:
    """A case as plain values."""
    sides = list(zip(ENDS, (0, 1), strict=True))
    state: dict[str, Any] = {end: _standing(case, side) for end, side in sides}
    state["days"] = case.state.days if case.state.standing[0] != NONE else None
    state["runs"] = [run_text(run, _names(case)) for run in _short_runs(case)]
    state["permitted_for"] = [
        {"activity": key[0], "from": key[1], "days": days} for key, days in _running(case)
    ]
    return {
        "figures": {key: _figure(figure) for key, figure in sorted(case.figures.items())},
        "earlier": {
            key: {"figure": _figure(one.figure), "days_ago": one.days_ago}
            for key, one in sorted(case.earlier.items())
        },
        "measures": {end: _measures(case.judged[side]) for end, side in sides},
        "trigger_points": {
            end: {name: number_text(number) for name, number in case.numbers[side].items()}
            for end, side in sides
        },
        "state": state,
        "outcome": {end: _outcome(case, side) for end, side in sides},
    }


def _figure(figure: Figure) -> str:
    return figure if isinstance(figure, str) else number_text(figure)


def _measures(judged: Judged) -> dict[str, str | None]:
    specs = judged.program.policy.version.measures
    return {
        name: None if value is None else scaled_text(value, specs[name].decimals)
        for name, value in zip(judged.reader.measures, judged.reading.measures, strict=True)
    }


def _outcome(case: PairCase, side: int) -> dict[str, Any]:
    reductions = case.text.policies[side].reductions
    permitted = [reductions[number].key for number in case.outcomes[side].permitted]
    return {
        "status": _status(case, side),
        "permitted": [{"activity": activity, "from": from_} for activity, from_ in sorted(permitted)],
    }
