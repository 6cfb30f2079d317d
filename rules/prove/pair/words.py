"""A case of two versions as plain values, and in one sentence."""

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
from rules.prove.pair.verdict import Label, PairWitness
from rules.prove.places import condition_text, listed

ENDS = ("from", "to")
"""How the first and the second version are called in a document, as in the documents of `compare`."""
INDETERMINATE = "indeterminate"


def difference_witness(case: PairCase, label: Label, ranks: Ranks) -> PairWitness:
    """A case in which a difference shows."""

    def shows(outcomes: tuple[Outcome, Outcome]) -> bool:
        return ranks.shows(label, outcomes)

    ends = [_ended(case, side, label, ranks) for side in (0, 1)]
    return PairWitness(_document(case), f"{_beginning(case, shows, label.activity)}: {'; '.join(ends)}.")


def status_witness(case: PairCase) -> PairWitness:
    """A case in which the two versions give different statuses."""
    ends = [f"{_version(case, side)} gives {_status(case, side)}" for side in (0, 1)]
    return PairWitness(_document(case), f"{_beginning(case, lambda outcomes: True, None)}: {listed(ends)}.")


def _ended(case: PairCase, side: int, label: Label, ranks: Ranks) -> str:
    """What one version decides about the activity of a difference."""
    outcome = case.outcomes[side]
    standing = [number for number in ranks.of(side, label.activity) if number in outcome.permitted]
    start = f"{_version(case, side)} gives {_status(case, side)} and permits"
    if not standing:
        return f"{start} no reduction of {label.activity}"
    reduction = ranks.reduction(side, standing[-1])
    end = f"{start} the reduction of {label.activity} from {reduction.from_}"
    if label.kind == "scope":
        if reduction.except_:
            end += f", but not for {listed(sorted(reduction.except_))}"
        end += f", only for {listed(sorted(reduction.only))}" if reduction.only else ""
        end += ", for all cases" if not reduction.except_ and not reduction.only else ""
    return end


def _beginning(case: PairCase, shows: Callable[[tuple[Outcome, Outcome]], bool], activity: str | None) -> str:
    """Where the unit stands, and on which figures; of the clocks only those of an activity."""
    ids = [_standing(case, side) for side in (0, 1)]
    if ids[0] is None:
        at_once = any(judged.situation.first for judged in case.judged)
        start = "At the first return" if at_once else "Before the first status"
    else:
        start = f"From {ids[0]}"
        if ids[0] != ids[1]:
            start += f" ({ids[1]} in {_version(case, 1)})"
        if not all(case.state.stay_over):
            start += f" after {_days(case.state.days)}"
    values = _mattering(case, shows)
    parts = [listed(values) if values else "any figures"]
    runs = [] if all(judged.situation.first for judged in case.judged) else _short_runs(case)
    running = [(key, days) for key, days in _running(case) if key[0] == activity]
    lapsed = [f"{_clock(key)} permitted for {_days(days)}" for key, days in running]
    settings = _settings(case)
    parts += [listed(part) for part in (runs, lapsed) if part]
    text = f"{start} with {', '.join(parts)}"
    return text + (f", with {listed(settings)}" if settings else "")


def _mattering(case: PairCase, shows: Callable[[tuple[Outcome, Outcome]], bool]) -> list[str]:
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
    return _value_texts(case, mattering[::-1])


def _value_texts(case: PairCase, subjects: list[Subject]) -> list[str]:
    """Subjects and their values; what only one version has so, or works out so, is said to be that one's."""
    found: dict[tuple[str, str], set[int]] = {}
    for subject in subjects:
        value, scope = case.values[subject], case.text.subjects.scope
        shown = "unknown"
        if value is not None:
            categories = scope.categories(subject)
            text = (
                categories[value] if categories is not None else scaled_text(value, scope.decimals(subject))
            )
            shown = f"= {text}"
        found.setdefault((str(subject).replace(MARK, ""), shown), set()).update(_having(case, subject))
    return [f"{name} {shown}{_where(case, sides)}" for (name, shown), sides in found.items()]


def _having(case: PairCase, subject: Subject) -> set[int]:
    """The versions that have a subject as it is; a figure that one does not look at is the same all the same."""
    renamings = case.text.merged.renamings
    if isinstance(subject, FigureOf):
        raw = subject.input.replace(MARK, "")
        return {side for side in (0, 1) if renamings[side].inputs.get(raw, subject.input) == subject.input}
    return {side for side in (0, 1) if subject.measure in renamings[side].measures.values()}


def _short_runs(case: PairCase) -> list[str]:
    """For how long conditions have held that some version does not find to have held for long enough, in words."""
    found: dict[tuple[str, int], set[int]] = {}
    short = set[str]()
    for side in (0, 1):
        for condition, hold in _held(case, side):
            run, what = case.judged[side].situation.runs[hold.run], condition_text(condition)
            days = run * case.text.policies[side].version.returns.every
            found.setdefault((what, days), set()).add(side)
            if run < hold.needs:
                short.add(what)
    return [
        f"{what} for {_days(days)}{_where(case, sides)}"
        for (what, days), sides in found.items()
        if what in short
    ]


def _held(case: PairCase, side: int) -> Iterator[tuple[Condition, Hold]]:
    """The conditions of a version with a duration that hold now."""
    judged = case.judged[side]
    for root in case.text.policies[side].conditions():
        for one in walk(root):
            node = judged.program.nodes[judged.program.rules[one.rule].node]
            if isinstance(node, Hold) and judged.outcome.truths[node.child] == TRUE:
                yield one, node


def _where(case: PairCase, sides: set[int]) -> str:
    """In which version something is so; nothing where it is so in both."""
    return f" in {_version(case, min(sides))}" if len(sides) == 1 else ""


def _running(case: PairCase) -> list[tuple[tuple[str, str], int]]:
    return [(key, days) for key, days in case.state.clocks.items() if days]


def _clock(key: tuple[str, str]) -> str:
    return f"the reduction of {key[0]} from {key[1]}"


def _settings(case: PairCase) -> list[str]:
    """The trigger points that are not at their defaults, or that differ between the versions."""
    first, second = case.numbers
    found = []
    for name in dict.fromkeys([*first, *second]):
        usual = [
            numbers[name] == policy.version.trigger_points[name].default
            for numbers, policy in zip(case.numbers, case.text.policies, strict=True)
            if name in numbers
        ]
        if name in first and name in second:
            if first[name] != second[name]:
                mine, theirs = number_text(first[name]), number_text(second[name])
                found.append(f"{name} at {mine} in {_version(case, 0)} and {theirs} in {_version(case, 1)}")
            elif not all(usual):
                found.append(f"{name} at {number_text(first[name])}")
        elif not all(usual):
            found.append(f"{name} at {number_text(first[name] if name in first else second[name])}")
    return found


def _version(case: PairCase, side: int) -> str:
    """What a version is called: by its own name, or by its place where both have the same."""
    names = [policy.version.version for policy in case.text.policies]
    return names[side] if names[0] != names[1] else ("the first version", "the second version")[side]


def _status(case: PairCase, side: int) -> str:
    status = case.outcomes[side].status
    return INDETERMINATE if status == NONE else case.text.policies[side].version.status_ids[status]


def _standing(case: PairCase, side: int) -> str | None:
    level = case.state.standing[side]
    return None if level == NONE else case.text.policies[side].version.status_ids[level]


def _days(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"


def _document(case: PairCase) -> dict[str, Any]:
    """A case as plain values."""
    sides = list(zip(ENDS, (0, 1), strict=True))
    state: dict[str, Any] = {end: _standing(case, side) for end, side in sides}
    state["days"] = case.state.days if case.state.standing[0] != NONE else None
    state["runs"] = _short_runs(case)
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
