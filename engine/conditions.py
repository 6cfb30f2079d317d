"""Conditions of a decision: what was compared with what, how far apart they are, and what held.

What does not change between decisions is written once, parts before their groups; a decision fills in the rest
in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from engine.texts import Told
from rules.decide import TRUE, UNKNOWN, Hold, Program
from rules.formula import (
    Categories,
    Comparison,
    Condition,
    Constant,
    FigureOf,
    MeasureOf,
    Subject,
    TriggerPointOf,
)
from rules.library import Setting
from rules.measures import short_text
from rules.model._fields import number_text

_HOLDS = (False, None, True)
"""What `holds` says, by truth."""


class _Plan(NamedTuple):
    """Where one condition's changing parts come from.

    `node` and `bare` say whether it holds, ordinarily and at a first step; `run` numbers its run (-1: none) and
    `now` is the node that says whether it holds now. A group has `parts`. `open` has what is told after `holds`,
    before it is filled in.
    """

    static: Told
    open: Told
    node: int
    bare: int
    run: int
    now: int
    parts: tuple[int, ...]


class _Compared(NamedTuple):
    """Where a comparison's value is, `at`, and how far it is from its threshold.

    The threshold is a number (`value * factor - less`, with `places` decimals), another value `other` (-1: none),
    times `less`, or, where `factor` is 0, some categories.
    """

    at: int
    factor: int = 0
    less: int = 0
    places: int = 0
    other: int = -1


class ConditionWriter:
    """Writes the conditions of one program's decisions under one setting."""

    def __init__(self, program: Program, setting: Setting, at: Callable[[Subject], int]) -> None:
        self._program = program
        self._version = program.policy.version
        self._setting = setting
        self._at = at
        self._plans: list[_Plan] = []
        self._compared: list[tuple[int, _Compared]] = []
        self._roots = [self._root(kind, told, root) for kind, told, root in self._documented()]
        plans = self._plans
        # A mapping is copied in a fraction of the time that filling it takes: there is one for each truth.
        by_truth = [tuple({**plan.static, "holds": holds, **plan.open} for holds in _HOLDS) for plan in plans]
        self._ordinary = [(tolds, plan.node) for tolds, plan in zip(by_truth, plans, strict=True)]
        self._first = [(tolds, plan.bare) for tolds, plan in zip(by_truth, plans, strict=True)]
        self._numbers = [(place, *one[:4]) for place, one in self._compared if one.factor and one.other < 0]
        self._others = [(place, *one) for place, one in self._compared if one.other >= 0]
        self._categories = [(place, one.at) for place, one in self._compared if not one.factor]
        self._running = [(place, plan.run, plan.now) for place, plan in enumerate(plans) if plan.run >= 0]
        self._groups = [(place, plan.parts) for place, plan in enumerate(plans) if plan.parts]

    def write(
        self,
        values: Sequence[int | None],
        texts: Sequence[str | None],
        truths: Sequence[int],
        held: Sequence[int],
        first: bool,
    ) -> list[Told]:
        """The conditions from the values of figures and measures, their texts, truths by node and runs."""
        tolds = [
            by_truth[truths[node]].copy() for by_truth, node in (self._first if first else self._ordinary)
        ]
        for place, at, factor, less, places in self._numbers:
            told = tolds[place]
            told["value"] = texts[at]
            value = values[at]
            if value is not None:
                told["distance"] = short_text(value * factor - less, places)
        for place, at, factor, less, places, other in self._others:
            told = tolds[place]
            told["value"], told["threshold"] = texts[at], texts[other]
            value, limit = values[at], values[other]
            if value is not None and limit is not None:
                told["distance"] = short_text(value * factor - limit * less, places)
        for place, at in self._categories:
            tolds[place]["value"] = texts[at]
        for place, run, now in self._running:
            truth = truths[now]
            tolds[place]["run"] = held[run] if truth == TRUE else None if truth == UNKNOWN else 0
        for place, parts in self._groups:
            tolds[place]["parts"] = [tolds[part] for part in parts]
        return [tolds[root] for root in self._roots]

    def _documented(self) -> list[tuple[str, Told, Condition | int]]:
        """The conditions in the order of the document; an implicit exit is given by its level."""
        policy = self._program.policy
        roots: list[tuple[str, Told, Condition | int]] = []
        for level, status in enumerate(policy.version.statuses):
            enter, leave = policy.enters[level], policy.exits[level]
            if enter is not None:
                roots.append(("enter", {"status": status.id}, enter))
                roots.append(("exit", {"status": status.id}, level if leave is None else leave))
        for reduction in policy.reductions:
            if reduction.when is not None:
                told = {"activity": reduction.key[0], "status": reduction.key[1]}
                roots.append(("when", told, reduction.when))
        return roots

    def _root(self, kind: str, told: Told, root: Condition | int) -> int:
        if isinstance(root, int):
            rule = f"exit.{told['status']}"
            node = self._program.rules[rule].node
            static: Told = {"rule": rule, "op": "none", "implicit": True, "run": None, "needs": None}
            static |= {"source": None, "basis": None, "note": None, "line": None}
            self._plans.append(_Plan(static, {"parts": []}, node, node, -1, node, ()))
        else:
            self._plan(root)
        self._plans[-1].static.update({**told, "kind": kind})
        return len(self._plans) - 1

    def _plan(self, condition: Condition) -> int:
        """Plan a condition, its parts first; its place among the plans."""
        nodes = self._program.rules[condition.rule]
        node, now = nodes.node, nodes.node
        bare = nodes.bare if condition.rule.startswith("enter.") else node
        if nodes.run is not None:
            hold = self._program.nodes[node]
            assert isinstance(hold, Hold)
            now = hold.child
        run = -1 if nodes.run is None else nodes.run
        static = self._static(condition)
        parts: tuple[int, ...] = ()
        if isinstance(condition, Comparison):
            compared = self._comparison(condition, static)
            self._compared.append((len(self._plans), compared))
            told: Told = {"value": None} if compared.other < 0 else {"value": None, "threshold": None}
        else:
            static["op"] = condition.operator
            if condition.operator == "count":
                static["at_least"] = condition.at_least
            parts = tuple([self._plan(part) for part in condition.parts])
            told = {"parts": None}
        self._plans.append(_Plan(static, told, node, bare, run, now, parts))
        return len(self._plans) - 1

    def _static(self, condition: Condition) -> Told:
        """What every decision tells of a condition in the same words."""
        source, basis = self._source(condition)
        return {
            "rule": condition.rule,
            "needs": condition.periods,
            "run": None,
            "note": condition.remarks.note,
            "line": condition.remarks.line,
            "source": source,
            "basis": basis,
        }

    def _source(self, condition: Condition) -> tuple[str | None, str]:
        """Source and basis: the condition's or its group's own, else its trigger point's, else illustrative."""
        source, basis = condition.remarks.source, condition.remarks.basis
        threshold = condition.threshold if isinstance(condition, Comparison) else None
        if isinstance(threshold, TriggerPointOf):
            point = self._version.trigger_points[threshold.name]
            source, basis = source or point.source, basis or point.basis
            if self._setting.set_by[threshold.name] != "default":
                basis = "illustrative"  # a number that a region set is published nowhere
        return source, basis or "illustrative"

    def _comparison(self, comparison: Comparison, static: Told) -> _Compared:
        """Where a comparison's value is and how far it is from its threshold; told in `static` what is fixed."""
        subject, threshold = comparison.subject, comparison.threshold
        static |= {
            "measure": str(subject),
            "comparator": comparison.comparator,
            "from": None,
            "distance": None,
        }
        at, decimals = self._at(subject), self._decimals(subject)
        if isinstance(threshold, Categories):
            static["threshold"] = threshold.ids[0] if comparison.comparator == "is" else list(threshold.ids)
            return _Compared(at)
        if isinstance(threshold, FigureOf | MeasureOf):
            static["from"] = str(threshold)
            others = self._decimals(threshold)
            places = max(decimals, others)
            factor, less = 10 ** (places - decimals), 10 ** (places - others)
            return _Compared(at, factor, less, places, self._at(threshold))
        number: Decimal
        if isinstance(threshold, Constant):
            number = threshold.value
        else:
            static["from"], number = threshold.name, self._program.trigger_points[threshold.name]
        static["threshold"] = number_text(number)
        places = max(decimals, -int(number.as_tuple().exponent))
        factor, less = 10 ** (places - decimals), int(number.scaleb(places))
        return _Compared(at, factor, less, places)

    def _decimals(self, subject: Subject) -> int:
        if isinstance(subject, MeasureOf):
            return self._version.measures[subject.measure].decimals
        return self._version.inputs[subject.input].decimals
