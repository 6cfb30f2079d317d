"""The figures of a parent on one day, from what its children gave: exact, and never from a part taken for the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from engine.parents._reading import Told, joined_keys, used_keys
from rules.figures import Figure, FigureSpec, figure_specs
from rules.model.rollup import ParentRules
from rules.policy import ParentOf, Policy
from rules.rollup import SHARE_DECIMALS, UNITS, UNITS_AT, UNITS_SHARE, mean_key


class Child(NamedTuple):
    """A child on one day: what its newest return gives if that is fresh, and its level if it has a clear one."""

    id: str
    told: Told | None
    level: int | None


class Given(NamedTuple):
    """The figures of a parent, and what its children lacked: entries of `data_quality` but for their day."""

    figures: Mapping[str, Figure]
    notes: tuple[Mapping[str, object], ...]


NOTHING = Given({}, ())


class Combiner:
    """Brings the figures of children together by the rules of one version.

    `policy` is what the children are judged by, `derived` what the parent is.
    """

    def __init__(self, policy: Policy, derived: Policy, parent: ParentOf) -> None:
        self._rules: ParentRules = parent.rules
        self._weights = parent.weights
        self._counts = bool(parent.enters)
        self._statuses = policy.version.status_ids
        self._decimals = {name: one.decimals for name, one in policy.version.measures.items()}
        self._specs: Mapping[str, FigureSpec] = figure_specs(policy.version)
        own = figure_specs(derived.version).keys() - self._specs.keys()
        groups = (frozenset(key for key in group if _input(key) not in own) for group in joined_keys(derived))
        self._groups = [sorted(group) for group in groups if group]
        self._used = used_keys(derived)

    def given(self, children: Sequence[Child]) -> Given:
        """What the parent has on a day. Its children are those that exist on it."""
        if not any(child.told is not None or child.level is not None for child in children):
            return NOTHING
        told = [child.told for child in children if child.told is not None]
        figures: dict[str, Figure] = {}
        for group in self._groups:
            figures |= self._together(group, told, len(children))
        for name in self._rules.means:
            mean = self._mean(name, told, len(children))
            if mean is not None:
                figures[mean_key(name)] = mean
        if self._counts:
            figures |= self._counted(children)
        return Given(figures, tuple(self._lacking(children)))

    def _enough(self, size: int, of: int) -> bool:
        return size > 0 and 100 * size >= self._rules.complete * of

    def _together(self, group: Sequence[str], told: Sequence[Told], of: int) -> dict[str, Figure]:
        """The figures of keys that belong together: over the children that give all of them, if those are enough.

        Else over all children, for each key that all of them give.
        """
        whole = [one for one in told if all(key in one.figures for key in group)]
        if not self._enough(len(whole), of):
            whole = list(told) if len(told) == of else []
        found: dict[str, Figure] = {}
        for key in group:
            values = [one.figures[key] for one in whole if key in one.figures]
            figure = self._one(key, values) if values and len(values) == len(whole) else None
            if figure is not None:
                found[key] = figure
        return found

    def _one(self, key: str, values: Sequence[int]) -> Figure | None:
        """One figure for several; None where the rules do not say how."""
        spec = self._specs[_input(key)]
        way = self._rules.combine.get(spec.id, "sum" if spec.values is None else None)
        if spec.values is not None:
            return spec.values[max(values)] if way == "most_severe" else None
        number = max(values) if way == "largest" else min(values) if way == "smallest" else sum(values)
        return _number(number, spec.decimals)

    def _mean(self, name: str, told: Sequence[Told], of: int) -> Figure | None:
        """The weighted mean of a measure, over the children that have it and weigh something known."""
        pairs = []
        for one in told:
            value, weight = one.measures.get(name), one.weighs(self._weights[name])
            if value is not None and weight is not None and weight >= 0:
                pairs.append((value, weight))
        total = sum(weight for _, weight in pairs)
        if not self._enough(len(pairs), of) or total == 0:
            return None
        return _number(
            _rounded(Fraction(sum(value * weight for value, weight in pairs), total)), self._decimals[name]
        )

    def _counted(self, children: Sequence[Child]) -> dict[str, Figure]:
        """How many children there are, and how many or what share of those with a clear status is at each or beyond."""
        found: dict[str, Figure] = {UNITS: Decimal(len(children))}
        levels = [child.level for child in children if child.level is not None]
        if self._enough(len(levels), len(children)):
            for level, status in enumerate(self._statuses):
                at = sum(one >= level for one in levels)
                found[f"{UNITS_AT}[{status}]"] = Decimal(at)
                share = _rounded(Fraction(100 * 10**SHARE_DECIMALS * at, len(levels)))
                found[f"{UNITS_SHARE}[{status}]"] = _number(share, SHARE_DECIMALS)
        return found

    def _lacking(self, children: Sequence[Child]) -> Iterable[Mapping[str, object]]:
        """Which children gave nothing that counts, or not all that is used."""
        by_sums = self._used & {key for group in self._groups for key in group}
        for child in children:
            if child.told is None:
                yield {"code": "PF611", "unit": child.id}
                continue
            lacking = [key for key in by_sums if key not in child.told.figures]
            lacking += [
                name
                for name, weight in self._weights.items()
                if child.told.measures.get(name) is None or child.told.weighs(weight) is None
            ]
            if lacking:
                yield {"code": "PF612", "unit": child.id, "inputs": sorted(lacking)}
            if self._counts and child.level is None:
                yield {"code": "PF613", "unit": child.id}


def _input(key: str) -> str:
    return key.partition("[")[0]


def _number(scaled: int, decimals: int) -> Decimal:
    return Decimal(scaled).scaleb(-decimals)


def _rounded(exact: Fraction) -> int:
    """The nearest whole number, halves away from zero."""
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return -size if exact < 0 else size
