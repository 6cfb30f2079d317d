"""A version as it judges a parent: the same policy, over figures that are made of its children's.

A parent's figures are the children's figures brought together, `mean(staffing)` for a measure that is averaged, and
`units`, `units_at[amber]` and `units_share[amber]` where children are counted. None of them stands in for a missing
one: a default or an older figure counted for the child already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from rules.formula import Comparison, Condition, FigureOf, Formula, MeasureOf, references, walk
from rules.model import Input, Version
from rules.policy import ParentOf, PointsOf, Policy

UNITS, UNITS_AT, UNITS_SHARE = "units", "units_at", "units_share"
COUNTS = (UNITS, UNITS_AT, UNITS_SHARE)
"""What a parent may count: how many children it has, and how many or what percentage are at a status or beyond."""
SHARE_DECIMALS = 1
_STATUSES = "(statuses)"
"""The list of the counts' members. No document can name a list so."""


class Words(NamedTuple):
    """What a child is called: one of it, and several."""

    one: str
    many: str


def mean_key(measure: str) -> str:
    """The figure that the children's mean of a measure is given as. No input can be called so."""
    return f"mean({measure})"


def counting_version(version: Version, words: Words) -> Version:
    """The version with the counts among its inputs."""
    members = {status.id: status.title or status.id for status in version.statuses}
    one = Input(unit=words.many)
    per = {"per": _STATUSES}
    many = words.many[:1].upper() + words.many[1:]
    counts = {
        UNITS: one.model_copy(update={"title": many}),
        UNITS_AT: one.model_copy(update={"title": f"{many} at this status or a more severe one", **per}),
        UNITS_SHARE: Input(unit="percent", decimals=SHARE_DECIMALS).model_copy(
            update={"title": f"Share of {words.many} at this status or a more severe one", **per}
        ),
    }
    return version.model_copy(
        update={"inputs": {**version.inputs, **counts}, "lists": {**version.lists, _STATUSES: members}}
    )


def parent_policy(policy: Policy, parent: ParentOf, words: Words) -> Policy:
    """The policy that a parent is decided by. `words` is what its children are called."""
    version, measures = policy.version, dict(policy.measures)
    inputs = {name: _open(spec) for name, spec in version.inputs.items()}
    written = dict(version.measures)
    for name, mean in parent.rules.means.items():
        spec = written[name]
        inputs[mean_key(name)] = Input(title=spec.title, unit=spec.unit, decimals=spec.decimals)
        shown = f"mean({name}, {mean.weight})"
        written[name] = spec.model_copy(update={"formula": shown, "points": None})
        measures[name] = FigureOf(mean_key(name))
    enters, exits = policy.enters, policy.exits
    if parent.enters:
        enters, exits = parent.enters, parent.exits
    if parent.rules.by != "sums":
        kept = _needed(policy, measures, (*enters, *exits))
        measures = {name: one for name, one in measures.items() if name in kept}
        written = {name: one for name, one in written.items() if name in kept}
    version = version.model_copy(update={"inputs": inputs, "measures": written, "rollup": None})
    if parent.enters:
        version = counting_version(version, words)
    return replace(
        policy,
        version=version,
        measures=measures,  # each still comes after those that it uses
        enters=enters,
        exits=exits,
        guarantees=(),
        parents=(),
    )


def _needed(
    policy: Policy, measures: Mapping[str, Formula | PointsOf], conditions: Iterable[Condition | None]
) -> set[str]:
    """The measures that a parent's conditions rest on. Others, over sums, could mislead who reads them."""
    whens = [reduction.when for reduction in policy.reductions]
    nodes = [node for one in (*conditions, *whens) if one is not None for node in walk(one)]
    parts: list[object] = [
        part for node in nodes if isinstance(node, Comparison) for part in (node.subject, node.threshold)
    ]
    if policy.shortfall is not None:
        parts += references(policy.shortfall)
    releases = [one.reduction.releases for one in policy.reductions]
    needed = {one.per.strip() for one in releases if one is not None and one.per.strip() in measures}
    needed |= {part.measure for part in parts if isinstance(part, MeasureOf)}
    for name in reversed(tuple(measures)):  # each comes after those that it uses
        content = measures[name]
        if name in needed:
            used: Iterable[object] = (
                [content.subject] if isinstance(content, PointsOf) else references(content)
            )
            needed |= {part.measure for part in used if isinstance(part, MeasureOf)}
    return needed


def _open(spec: Input) -> Input:
    """An input as a parent takes it: its bounds and what stands in for it are each child's own."""
    return spec.model_copy(update={"minimum": None, "maximum": None, "default": None, "carry_forward": None})
