"""The trigger points that are tried, and at which numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rules.check.settings import trigger_point_misfit
from rules.formula import Comparison, Condition, Group, Scope, TriggerPointOf
from rules.model import TriggerPoint
from rules.model._fields import MAX_DIGITS, NUMBER, digits, number_text
from rules.policy import Policy
from rules.problems import UsageError, did_you_mean

MOST = 20_000
"""So many candidates are tried at most."""
HANDY = 20
"""A step that nobody chose makes no more steps than this between the bounds."""
_WRITTEN = re.compile(r"([^=]+)=([^:]*):([^:]*):([^:]*)")


@dataclass(frozen=True, slots=True)
class Axis:
    """A trigger point that is tried at several numbers. `now` is its number as it is set for the region.

    `numbers` are those tried, and the one of now, in their order.
    """

    name: str
    point: TriggerPoint
    step: Decimal
    tried: tuple[Decimal, ...]
    now: Decimal

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number that a candidate may have."""
        return tuple(sorted({*self.tried, self.now}))


def default_axes(policy: Policy, now: Mapping[str, Decimal]) -> tuple[Axis, ...]:
    """Every trigger point that a region may move and a status depends on, at handy numbers within its bounds.

    Raises UsageError where there is none.
    """
    found = []
    for name, decimals in _used(policy).items():
        point = policy.version.trigger_points[name]
        if point.regions is not None and point.regions.from_ < point.regions.to:
            low, high = point.regions.from_, point.regions.to
            step = handy_step(low, high, decimals)
            tried = _between(low, high, step)
            # the upper bound is tried too, also where no step ends there
            found.append(Axis(name, point, step, tuple(dict.fromkeys((*tried, high))), now[name]))
    if not found:
        raise UsageError(f"{policy.id} has no trigger point that a region may move and a status depends on.")
    return tuple(found)


def given_axes(written: Sequence[str], policy: Policy, now: Mapping[str, Decimal]) -> tuple[Axis, ...]:
    """The trigger points of a command, each as NAME=FROM:TO:STEP. Raises UsageError."""
    axes: dict[str, Axis] = {}
    for text in written:
        axis = _axis(text, policy, now)
        if axis.name in axes:
            raise UsageError(f"{axis.name} is given twice. Give each trigger point once.")
        axes[axis.name] = axis
    return tuple(axes.values())


def _axis(text: str, policy: Policy, now: Mapping[str, Decimal]) -> Axis:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise UsageError(f"{text[:80]} is no range. Write NAME=FROM:TO:STEP, such as {_example(policy)}.")
    name = found[1].strip()
    low, high, step = (_number(part.strip(), text) for part in found.groups()[1:])
    _check_point(name, policy)
    for number in (low, high):
        misfit = trigger_point_misfit(name, number, policy.version)
        if misfit is not None:
            raise UsageError(" ".join(part for part in misfit if part))
    if high < low:
        raise UsageError(
            f"{text}: {number_text(high)} is below {number_text(low)}. Write the lower number first."
        )
    if step <= 0:
        raise UsageError(f"{text}: a step must be above 0.")
    if low < high and step > high - low:
        raise UsageError(
            f"{text}: a step of {number_text(step)} leads beyond {number_text(high)} at once. Choose a smaller one."
        )
    tried = _between(low, high, step)
    if max(map(digits, tried)) > MAX_DIGITS:
        raise UsageError(f"{text}: this step gives numbers of more than {MAX_DIGITS} digits.")
    return Axis(name, policy.version.trigger_points[name], step, tried, now[name])


def _check_point(name: str, policy: Policy) -> None:
    """The point is there, and a status depends on it."""
    points = policy.version.trigger_points
    if name not in points:
        raise UsageError(
            f"PF250 {name} is no trigger point of {policy.id}. {did_you_mean(name, points)}".strip()
        )
    if name not in _used(policy):
        raise UsageError(f"No status of {policy.id} depends on {name}: to move it changes none.")


def _number(text: str, whole: str) -> Decimal:
    if not NUMBER.fullmatch(text) or digits(Decimal(text)) > MAX_DIGITS:
        raise UsageError(f"{whole[:80]}: {text[:40]!r} is no number. Write digits, as in 82.5.")
    return Decimal(text)


def _between(low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """The numbers from one to the other, step by step. Raises UsageError where there are too many."""
    steps = int(Fraction(high - low) / Fraction(step))
    if steps >= MOST:
        raise too_many(steps + 1)
    return tuple(low + place * step for place in range(steps + 1))


def too_many(size: int) -> UsageError:
    """What is said of more candidates than are tried."""
    return UsageError(
        f"These are {size:,} candidates, and at most {MOST:,} are tried at a time. "
        "Make a step larger or a range shorter, or leave a trigger point out."
    )


def handy_step(low: Decimal, high: Decimal, decimals: int) -> Decimal:
    """The least of 1, 2 and 5 times a power of ten that makes few steps, and that figures can tell apart."""
    exponent = -decimals
    while True:
        for first in (1, 2, 5):
            step = Decimal(first).scaleb(exponent)
            if (high - low) <= HANDY * step:
                return step
        exponent += 1


def _example(policy: Policy) -> str:
    for name in _used(policy):
        bounds = policy.version.trigger_points[name].regions
        if bounds is not None:
            return f"{name}={number_text(bounds.from_)}:{number_text(bounds.to)}:1"
    return "low=80:95:1"


def _used(policy: Policy) -> dict[str, int]:
    """The trigger points that statuses depend on, in the order of the version, with the decimals of what they meet."""
    scope = Scope(policy.version)
    decimals: dict[str, int] = {}
    for root in (*policy.enters, *policy.exits):
        for comparison, name in comparisons(root):
            decimals[name] = max(decimals.get(name, 0), scope.decimals(comparison.subject))
    return {name: decimals[name] for name in policy.version.trigger_points if name in decimals}


def comparisons(condition: Condition | None) -> Iterator[tuple[Comparison, str]]:
    """Every comparison with a trigger point, and the point's name."""
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from comparisons(part)
    elif condition is not None and isinstance(condition.threshold, TriggerPointOf):
        yield condition, condition.threshold.name
