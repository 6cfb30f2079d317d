"""What a version defines and never uses: PF301 to PF306.

A name that nothing uses is either left over or, worse, the sign of a condition that was meant to use it. What
only a guarantee names does not count: a guarantee decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from rules.formula import Comparison, Condition, FigureOf, MeasureOf, TriggerPointOf, references, walk
from rules.policy import PointsOf, Policy
from rules.problems import Findings
from rules.text import Mapping, Node, Scalar, Sequence, Source

_HINTS = {
    "trigger_points": "Compare something with it in a condition, or remove it. Until then moving it changes nothing.",
    "inputs": "Use it in a formula, in a condition, under releases or in a view, or remove it.",
    "measures": "Use it in a condition, or remove it.",
    "cohorts": "Name it under except or only of a reduction, or remove it.",
    "parts": "Give an activity this part, or remove it.",
    "sources": "Name it where something rests on it, or remove it.",
}


def check_usage(policy: Policy, source: Source, findings: Findings, elsewhere: Collection[str] = ()) -> None:
    """Note everything that the version defines and that nothing in it uses.

    `elsewhere` are inputs that other documents of the framework use.
    """
    version = policy.version
    points, inputs, measures = _used_names(policy)
    inputs |= set(elsewhere)
    activities = version.activities
    cohorts = {
        cohort
        for activity in activities
        for one in activity.reductions or ()
        for cohort in (*one.except_, *one.only)
    }
    parts = {activity.part for activity in activities}
    named = set(_named_sources(source.root))
    for code, group, what, defined, used in (
        ("PF301", "trigger_points", "trigger point", version.trigger_points, points),
        ("PF302", "inputs", "input", version.inputs, inputs),
        ("PF303", "measures", "measure", version.measures, measures),
        ("PF304", "cohorts", "cohort", version.cohorts, cohorts),
        ("PF305", "parts", "part", version.parts, parts),
        ("PF306", "sources", "source", version.sources, named),
    ):
        for name in defined:
            if name not in used:
                place = source.place((group, name), key=True)
                findings.add(code, f"The {what} {name} is never used.", place, _HINTS[group])


def _used_names(policy: Policy) -> tuple[set[str], set[str], set[str]]:
    """The trigger points, inputs and measures that something rests on."""
    points: set[str] = set()
    inputs: set[str] = set()
    measures: set[str] = set()
    for condition in (*policy.conditions(), *_of_parents(policy)):
        for node in walk(condition):
            if isinstance(node, Comparison):
                if isinstance(node.threshold, TriggerPointOf):
                    points.add(node.threshold.name)
                _note((node.subject, node.threshold), inputs, measures)
    for content in policy.measures.values():
        if isinstance(content, PointsOf):
            _note((content.subject,), inputs, measures)
        else:
            # An input of a measure that nobody uses is not told as well: the measure is what is left over.
            _note((part for part in references(content) if isinstance(part, FigureOf)), inputs, measures)
    if policy.shortfall is not None:
        _note(references(policy.shortfall), inputs, measures)
    for parent in policy.parents:
        _note((weight for weight in parent.weights.values() if weight is not None), inputs, measures)
        measures |= parent.weights.keys()
    for name in reversed(policy.measures):  # each comes after those that it uses
        content = policy.measures[name]
        if name in measures and not isinstance(content, PointsOf):
            _note(references(content), inputs, measures)
    for reduction in policy.reductions:
        if reduction.reduction.releases is not None:
            per = reduction.reduction.releases.per.split("[")[0].strip()
            (measures if per in policy.version.measures else inputs).add(per)
    return points, inputs, measures


def _of_parents(policy: Policy) -> Iterator[Condition]:
    """The conditions over counts. A count is no input of the version."""
    for parent in policy.parents:
        yield from (one for one in (*parent.enters, *parent.exits) if one is not None)


def _note(parts: Iterable[object], inputs: set[str], measures: set[str]) -> None:
    for part in parts:
        if isinstance(part, FigureOf):
            inputs.add(part.input)
        elif isinstance(part, MeasureOf):
            measures.add(part.measure)


def _named_sources(node: Node) -> Iterator[str]:
    """Every source that is named anywhere, a guarantee's included: to name it there is a use."""
    if isinstance(node, Mapping):
        for key, value in node.entries.items():
            if key == "source" and isinstance(value, Scalar):
                yield value.text
            else:
                yield from _named_sources(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _named_sources(item)
