"""Why a status is indeterminate, why a reduction is not permitted, and what the data lacked: as codes."""

from __future__ import annotations

import datetime

from engine.runs import periods
from engine.standing import Standing
from engine.texts import Told, day_text
from engine.writing import Writer
from rules.decide import NONE, TRUE, UNKNOWN
from rules.formula import Comparison, Condition, FigureOf, MeasureOf, walk
from rules.policy import ReductionOf
from rules.reading import Values


def indeterminate_because(standing: Standing, writer: Writer, figures: Values) -> list[Told]:
    """Why no one status follows, where none does."""
    if standing.newest is None:
        return [{"code": "no_return"}]
    if standing.stale or standing.step is None:
        stale_after = standing.policy.version.returns.stale_after
        return [{"code": "stale", "as_of": standing.newest.as_of.isoformat(), "stale_after": stale_after}]
    outcome, first = standing.step.outcome, standing.step.first
    reasons: list[Told] = []
    for root in _looked_at(standing):
        nodes = writer.program.rules[root.rule]
        bare = first and root.rule.startswith("enter.")
        if outcome.truths[nodes.bare if bare else nodes.node] == UNKNOWN:
            reasons.append(
                {"code": "unknown_condition", "rule": root.rule, "missing": missing(root, writer, figures)}
            )
    ids = standing.policy.version.status_ids
    reasons.append({"code": "could_be", "statuses": [ids[level] for level in outcome.candidates]})
    return reasons


def _looked_at(standing: Standing) -> list[Condition]:
    """The conditions that a step looks at from where the unit stands: up first, then its own exit and below."""
    policy = standing.policy
    base = standing.calculated or 0
    levels = range(len(policy.enters) - 1, base, -1)
    found = [enter for level in levels if (enter := policy.enters[level]) is not None]
    for level in range(base, 0, -1):
        root = policy.exits[level] or policy.enters[level]
        if root is not None:
            found.append(root)
    return found


def missing(root: Condition, writer: Writer, figures: Values) -> list[str]:
    """The figures that are not known, of those that a condition rests on."""
    keys: dict[str, None] = {}
    for node in walk(root):
        if isinstance(node, Comparison):
            for subject in (node.subject, node.threshold):
                if isinstance(subject, FigureOf | MeasureOf):
                    keys.update(dict.fromkeys(writer.keys_of(subject)))
    return [key for key in keys if figures[writer.positions[key]] is None]


def not_permitted_because(
    standing: Standing, reduction: ReductionOf, writer: Writer, figures: Values
) -> Told:
    """Why a reduction is not permitted on the day: the first reason that applies."""
    status = standing.active.status
    if standing.active_level == NONE and not standing.in_grace:
        return {"code": status}
    if standing.active_level != NONE and standing.active_level < reduction.level:
        return {"code": "below_status", "needs": reduction.key[1]}
    if reduction.key[0] in standing.setting.withhold:
        entry = standing.setting.entry
        return {"code": "withheld", "set_by": entry.set_by if entry is not None else None}
    after = reduction.reduction.lapses_after
    start = standing.clocks.get(reduction.key)
    if after is not None and start is not None and (standing.day - start).days >= after:
        return {"code": "lapsed", "on": (start + datetime.timedelta(days=after)).isoformat()}
    if reduction.when is not None:
        truth = standing.outcome.truths[writer.program.rules[reduction.when.rule].node]
        if truth == UNKNOWN:
            lacking = missing(reduction.when, writer, figures)
            return {"code": "condition_unknown", "rule": reduction.when.rule, "missing": lacking}
        if truth != TRUE:
            return {"code": "condition_false", "rule": reduction.when.rule}
    return {"code": status}


def data_quality(standing: Standing) -> list[Told]:
    """What the data lacked, in the order of codes."""
    notes: list[Told] = []
    step, newest = standing.step, standing.newest
    if step is not None:
        for index, one in step.reading.origins.items():
            key = standing.reader.keys[index]
            if one.how == "carried":
                notes.append({"code": "PF601", "input": key, "as_of": day_text(one.as_of)})
            elif one.how == "default":
                notes.append({"code": "PF603", "input": key, "as_of": step.reading.as_of.isoformat()})
            elif one.how == "unfit":
                notes.append({"code": "PF607", "input": key, "as_of": step.reading.as_of.isoformat()})
    if newest is not None:
        every, before = standing.policy.version.returns.every, standing.before
        missed = 0 if before is None else periods((newest.as_of - before).days, every) - 1
        if missed > 0:
            notes.append({"code": "PF604", "missed": missed, "as_of": newest.as_of.isoformat()})
        if standing.stale:
            notes.append({"code": "PF605", "as_of": newest.as_of.isoformat()})
    if standing.mapped is not None:
        notes.append({"code": "PF606", "from": standing.mapped[0], "to": standing.mapped[1]})
    setting = standing.setting
    notes += [{"code": "PF609", "trigger_point": name} for name in setting.left_out]
    if (
        step is not None
        and step.setting is not setting
        and step.setting.numbers != setting.numbers
        and setting.entry is not None
    ):
        notes.append({"code": "PF610", "effective": setting.entry.effective.isoformat()})
    return sorted(notes, key=lambda note: str(note["code"])) if notes else notes
