"""Where numbers and duties come from: PF307 to PF309.

A threshold that was never published must say so, or a reader takes it for policy. A published one must be
compared as it was published.
"""

from __future__ import annotations

from decimal import Decimal

from rules.check.written import Written, comparisons, condition_paths
from rules.formula import Arithmetic, Constant, Extreme, FigureOf, Formula, MeasureOf
from rules.model import Version
from rules.model._fields import number_text, read_number
from rules.policy import PointsOf, Policy
from rules.problems import Findings
from rules.text import Path_, Scalar, Source

_NO_BASIS = "Write basis: illustrative, or basis: published with its source."
_NO_SOURCE = "Name the source that publishes it, or write basis: illustrative."


def check_basis(policy: Policy, source: Source, findings: Findings) -> None:
    """Note mandatory activities without a source, numbers without a basis, and strict published thresholds."""
    version = policy.version
    for index, activity in enumerate(version.activities):
        if activity.mandatory is not None and activity.mandatory.source is None:
            place = source.place(("activities", index, "mandatory"))
            message = f"{activity.id} is mandatory, and no source says so."
            findings.add("PF307", message, place, "Name the law or policy under source.")
    for name, point in version.trigger_points.items():
        told = _lacking(point.basis, point.source)
        if told is not None:
            path: Path_ = ("trigger_points", name)
            place = source.place((*path, "default") if point.basis is None else (*path, "basis"))
            findings.add("PF308", f"The trigger point {name} {told[0]}.", place, told[1])
    for index, activity in enumerate(version.activities):
        for number, reduction in enumerate(activity.reductions or ()):
            releases = reduction.releases
            told = None if releases is None else _lacking(releases.basis, releases.source)
            if told is not None:
                key = "minutes" if releases is not None and releases.basis is None else "basis"
                place = source.place(("activities", index, "reductions", number, "releases", key))
                message = f"The time that {activity.id} releases {told[0]}."
                findings.add("PF308", message, place, told[1])
    if version.relief is not None:
        shortfall = version.relief.shortfall
        told = _lacking(shortfall.basis, shortfall.source)
        if told is not None:
            place = source.place(("relief", "shortfall", "basis"))
            findings.add("PF308", f"The shortfall {told[0]}.", place, told[1])
    for path in condition_paths(source):
        written = list(comparisons(source.node(path), path))
        _check_constants(written, version, source, findings)
        for one in written:
            _check_strict(one, policy, source, findings)


def _lacking(basis: str | None, source: str | None) -> tuple[str, str] | None:
    """What a number lacks, and what to do about it; None where it lacks nothing."""
    if basis is None:
        return "has no basis", _NO_BASIS
    if basis == "published" and source is None:
        return "is called published and names no source", _NO_SOURCE
    return None


def _check_constants(written: list[Written], version: Version, source: Source, findings: Findings) -> None:
    """Note once for each kind of lack in a condition: its first number has the place, the others are named too."""
    lacking: dict[tuple[str, str], list[Written]] = {}
    for one in written:
        number = _number(one, version)
        told = _lacking(one.basis, one.source) if number is not None else None
        if told is not None:
            lacking.setdefault(told, []).append(one)
    for (lack, hint), found in lacking.items():
        first, *others = found
        more = f", like {len(others)} more in this condition" if others else ""
        message = f"The number in {_shown(first)} {lack}{more}."
        also = [source.place(one.path) for one in others]
        findings.add("PF308", message, source.place(first.path), hint, also)


def _number(one: Written, version: Version) -> Decimal | None:
    """The number that a comparison is with, if its threshold is one written out."""
    spec = version.inputs.get(one.subject.split("[")[0].strip())
    if (spec is not None and spec.values is not None) or not isinstance(one.value, Scalar):
        return None
    return read_number(one.value.text)


def _shown(one: Written) -> str:
    return (
        f"{one.subject} {one.comparator} {one.value.text}" if isinstance(one.value, Scalar) else one.subject
    )


def _check_strict(one: Written, policy: Policy, source: Source, findings: Findings) -> None:
    """A published `above 110` that is compared with 110.04 rounded to 110.0 does not hold where it should."""
    if one.comparator not in ("above", "below") or not isinstance(one.value, Scalar):
        return
    content = policy.measures.get(one.subject)
    if content is None or isinstance(content, PointsOf):
        return
    decimals = policy.version.measures[one.subject].decimals
    fine = _decimals_of(content, policy.version)
    if decimals >= 2 or (fine is not None and fine <= decimals):
        return
    number = _number(one, policy.version)
    basis = one.basis
    if number is None:
        point = policy.version.trigger_points.get(one.value.text.strip())
        if point is None:
            return
        number, basis = point.default, point.basis
    if basis != "published":
        return
    message = (
        f"{one.subject} is rounded to {_places(decimals)} before it is compared with the published "
        f"{number_text(number)}, so {_example(one.comparator, number, decimals)}."
    )
    hint = f"Give {one.subject} 2 decimals, so that rounding cannot hide the difference."
    findings.add("PF309", message, source.place(one.path), hint)


def _places(decimals: int) -> str:
    return {0: "a whole number", 1: "1 decimal"}[decimals]


def _example(comparator: str, number: Decimal, decimals: int) -> str:
    """A value that the rounding puts on the wrong side of a threshold."""
    if -int(number.as_tuple().exponent) > decimals:
        return "values near it may fall on the wrong side"
    step = Decimal(4).scaleb(-decimals - 1)
    value = number + step if comparator == "above" else number - step
    return f"{number_text(value)} is not {comparator} it"


def _decimals_of(formula: Formula, version: Version) -> int | None:
    """How many decimals a formula's exact value can have; None where there is no bound to them."""
    if isinstance(formula, Constant):
        return max(0, -int(formula.value.as_tuple().exponent))
    if isinstance(formula, FigureOf):
        return version.inputs[formula.input].decimals
    if isinstance(formula, MeasureOf):
        return version.measures[formula.measure].decimals
    if isinstance(formula, Arithmetic):
        left, right = _decimals_of(formula.left, version), _decimals_of(formula.right, version)
        if formula.operator == "/" or left is None or right is None:
            return None
        return left + right if formula.operator == "*" else max(left, right)
    assert isinstance(formula, Extreme)
    sizes = [_decimals_of(argument, version) for argument in formula.arguments]
    return None if None in sizes else max(size for size in sizes if size is not None)
