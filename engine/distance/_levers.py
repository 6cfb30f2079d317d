"""The figures that people can change, by which steps and how far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from engine.distance._shapes import Shapes
from engine.distance.values import Lever
from rules.check.names import default_figure
from rules.figures import Figure, FigureSpec, figure_key, figure_specs
from rules.model._fields import MAX_DIGITS
from rules.policy import Policy

MOST_STEPS = 10_000
"""So many steps a figure is tried to be changed each way, at most."""


def levers_of(
    shapes: Shapes, policy: Policy, ahead: Sequence[Policy], figures: Mapping[str, Figure]
) -> tuple[Lever, ...]:
    """The levers of a version, in the order of its inputs and of their lists.

    `figures` are those that the returns to come give, and `ahead` the versions that judge them.
    """
    specs = figure_specs(policy.version)
    used = frozenset[str]().union(*(shapes.of(one).keys for one in ahead))
    found = []
    for id_, input_ in policy.version.inputs.items():
        if input_.lever is not None:
            spec = specs[id_]
            for member in spec.members if spec.per else (None,):
                key = figure_key(id_, member)
                start = _start(policy, spec, figures.get(key))
                found.append(_lever(key, spec, input_.unit, input_.lever.step, start, key in used))
    return tuple(found)


def _start(policy: Policy, spec: FigureSpec, given: Figure | None) -> Decimal | None:
    """The figure that is changed: what is given, if it fits, else the default."""
    if isinstance(given, Decimal) and spec.misfit(given) is None:
        return given
    default = default_figure(policy.version, spec.id)
    return default if isinstance(default, Decimal) else None


def _lever(
    key: str, spec: FigureSpec, unit: str | None, step: Decimal, start: Decimal | None, used: bool
) -> Lever:
    down = up = 0
    scaled = Fraction(step) * 10**spec.decimals
    whole = False
    if start is not None:
        bound = Decimal(10**MAX_DIGITS - 1).scaleb(-spec.decimals)
        least = -bound if spec.minimum is None else max(spec.minimum, -bound)
        greatest = bound if spec.maximum is None else min(spec.maximum, bound)
        ways = (int((start - least) // step), int((greatest - start) // step))
        down, up = (min(MOST_STEPS, max(0, way)) for way in ways)
        whole = max(ways) > MOST_STEPS
    return Lever(key, spec.title, unit, spec.decimals, step, start, down, up, scaled.denominator, used, whole)
