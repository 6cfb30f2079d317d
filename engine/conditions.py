"""Conditions of a decision: what was compared with what, how far apart they are, and what held.

What does not change between decisions is written once, parts before their groups; a decision fills in the rest.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal

from engine.forms import Choice, Form, Part, listing
from engine.texts import Told, short_texts
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
from rules.model._fields import number_text


class Conditions:
    """Writes the conditions of one program's decisions under one setting into a form.

    The lines of the form know `truths` by node and the runs as `held`, and by `at` the names of a subject's value
    and of its text. At a `first` step durations are left out of `enter`.
    """

    def __init__(
        self,
        program: Program,
        setting: Setting,
        form: Form,
        at: Callable[[Subject], tuple[str, str]],
        *,
        first: bool,
    ) -> None:
        self._program = program
        self._version = program.policy.version
        self._setting = setting
        self._form = form
        self._at = at
        self._first = first
        self._limits = itertools.count()

    def part(self) -> Part:
        """The conditions in the order of the document."""
        return listing([self._root(kind, told, root) for kind, told, root in self._documented()])

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

    def _root(self, kind: str, told: Told, root: Condition | int) -> Part:
        told["kind"] = kind
        if not isinstance(root, int):
            return self._condition(root, told)
        rule = f"exit.{told['status']}"
        told |= {"rule": rule, "op": "none", "implicit": True, "run": None, "needs": None}
        told |= {"source": None, "basis": None, "note": None, "line": None}
        holds = _holds(self._program.rules[rule].node)
        return self._form.mapping(told, {"parts": listing([])}, holds)

    def _condition(self, condition: Condition, further: Told) -> Part:
        """A condition, its parts first, with what is told of it further."""
        nodes = self._program.rules[condition.rule]
        bare = self._first and condition.rule.startswith("enter.")
        told = {**further, **self._static(condition)}
        open_: dict[str, Part] = {}
        if nodes.run is not None:
            hold = self._program.nodes[nodes.node]
            assert isinstance(hold, Hold)
            run, now = f"r{nodes.run}", f"truths[{hold.child}]"
            self._form.say(
                f"{run} = held[{nodes.run}] if {now} == {TRUE} else None if {now} == {UNKNOWN} else 0"
            )
            open_["run"] = self._form.single(run)
        if isinstance(condition, Comparison):
            open_ |= self._comparison(condition, told)
        else:
            told["op"] = condition.operator
            if condition.operator == "count":
                told["at_least"] = condition.at_least
            open_["parts"] = listing([self._condition(part, {}) for part in condition.parts])
        return self._form.mapping(told, open_, _holds(nodes.bare if bare else nodes.node))

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

    def _comparison(self, comparison: Comparison, told: Told) -> dict[str, Part]:
        """What a decision tells of a comparison: its value and how far it is from its threshold."""
        subject, threshold = comparison.subject, comparison.threshold
        told |= {
            "measure": str(subject),
            "comparator": comparison.comparator,
            "from": None,
            "distance": None,
        }
        (value, text), decimals = self._at(subject), self._decimals(subject)
        open_ = {"value": self._form.single(text)}
        if isinstance(threshold, Categories):
            told["threshold"] = threshold.ids[0] if comparison.comparator == "is" else list(threshold.ids)
            return open_
        if isinstance(threshold, FigureOf | MeasureOf):
            told["from"] = str(threshold)
            others = self._decimals(threshold)
            places = max(decimals, others)
            limit, shown = self._at(threshold)
            open_["threshold"] = self._form.single(shown)
            less = _times(limit, 10 ** (places - others))
            unknown = f"{value} is None or {limit} is None"
        else:
            number: Decimal
            if isinstance(threshold, Constant):
                number = threshold.value
            else:
                told["from"], number = threshold.name, self._program.trigger_points[threshold.name]
            told["threshold"] = number_text(number)
            places = max(decimals, -int(number.as_tuple().exponent))
            # by a name, so that the settings of all regions share one text
            less = self._form.refer(f"limit{next(self._limits)}", int(number.scaleb(places)))
            unknown = f"{value} is None"
        apart = f"{_times(value, 10 ** (places - decimals))} - {less}"
        short = self._form.refer(f"short{places}", short_texts(places))
        known = self._form.refer(f"known_{short}", short_texts(places).get)
        apart = f"{known}({apart}) or {short}[{apart}]"
        open_["distance"] = self._form.single(self._form.name(f"None if {unknown} else {apart}"))
        return open_

    def _decimals(self, subject: Subject) -> int:
        if isinstance(subject, MeasureOf):
            return self._version.measures[subject.measure].decimals
        return self._version.inputs[subject.input].decimals


def _holds(node: int) -> Choice:
    """Whether a condition holds, by the truth of its node."""
    return "holds", (False, None, True), f"truths[{node}]"


def _times(value: str, factor: int) -> str:
    return value if factor == 1 else f"{value} * {factor}"
