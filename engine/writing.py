"""Measures and conditions of a decision: what was read, compared and held, as values.

What does not change between decisions of one program is written once; a decision fills in the rest.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.canonical import FixedDict
from engine.standing import Step
from rules.decide import FALSE, TRUE, UNKNOWN, Hold, Program
from rules.formula import (
    Categories,
    Comparison,
    Condition,
    Constant,
    FigureOf,
    MeasureOf,
    Remarks,
    Subject,
    TriggerPointOf,
    references,
)
from rules.library import Setting
from rules.measures import scaled_text
from rules.model._fields import number_text
from rules.policy import PointsOf
from rules.reading import Origin, Reader, Values

Told = dict[str, Any]
HOLDS: dict[int, bool | None] = {TRUE: True, UNKNOWN: None, FALSE: False}


@lru_cache(maxsize=1 << 16)
def short_text(value: int, decimals: int) -> str:
    """A scaled whole number in its shortest form: (1300, 2) is `13`."""
    text = scaled_text(value, decimals)
    return text.rstrip("0").rstrip(".") if decimals else text


@lru_cache(maxsize=1 << 12)
def day_text(day: datetime.date | None) -> str | None:
    """An ISO day, or None."""
    return None if day is None else day.isoformat()


class Facts:
    """What one step read, ready to be told.

    `values` and `texts` have the figures and then the measures, as scaled numbers and as text; `origins` how each
    figure was found.
    """

    def __init__(self, writer: Writer, step: Step | None) -> None:
        reader = writer.reader
        if step is None:
            figures: Values = (None,) * len(reader.keys)
            measures: Values = (None,) * len(reader.measures)
            self.origins: Sequence[Origin] = (Origin("missing", None),) * len(reader.keys)
        else:
            figures, measures = step.reading.figures, step.reading.measures
            given, others = Origin("given", step.reading.as_of), step.reading.origins
            self.origins = [others.get(index, given) for index in range(len(reader.keys))]
        self.values = (*figures, *measures)
        self.texts = [
            None if value is None else text(value) for value, text in zip(self.values, writer.texts, strict=True)
        ]


def _texter(decimals: int, categories: Sequence[str] | None, write: Callable[[int, int], str]) -> Callable[[int], str]:
    """How a value is written: a category's id, or a number."""
    if categories is not None:
        return lambda value: categories[value]
    return lambda value: write(value, decimals)


class Writer:
    """Writes the measures and conditions of one program's decisions."""

    def __init__(self, reader: Reader, setting: Setting) -> None:
        self.reader = reader
        self.program: Program = reader.program
        self.setting = setting
        self._version = self.program.policy.version
        self.positions = {key: index for index, key in enumerate(reader.keys)}
        self._order = {name: index for index, name in enumerate(reader.measures)}
        self.texts = [
            *(_texter(spec.decimals, spec.values, short_text) for spec in reader.specs),
            *(_texter(self._version.measures[name].decimals, None, scaled_text) for name in reader.measures),
        ]
        self.needs = {name: self._figures_of(name) for name in self.program.policy.measures}
        self._measures = [self._measure(name) for name in self._version.measures]
        self.trigger_points = FixedDict(trigger_points(reader, setting))
        self._conditions = [self._root(kind, told, root) for kind, told, root in self._roots()]

    # --- measures

    def measures(self, facts: Facts) -> list[Told]:
        """Every measure with its value, formula and figures."""
        told_figures: list[Told] = [
            {"value": text, "as_of": day_text(origin.as_of), "how": origin.how}
            for text, origin in zip(facts.texts, facts.origins, strict=False)
        ]
        written = []
        for static, at, keys in self._measures:
            told = static.copy()
            told["value"] = facts.texts[at]
            told["inputs"] = {key: told_figures[position] for key, position in keys}
            told["missing"] = [key for key, position in keys if facts.values[position] is None]
            written.append(told)
        return written

    def _measure(self, name: str) -> tuple[Told, int, list[tuple[str, int]]]:
        measure = self._version.measures[name]
        points = None
        if measure.points is not None:
            points = f"points by {measure.points.of}"
        static: Told = {
            "id": name,
            "title": measure.title or name,
            "unit": measure.unit,
            "formula": measure.formula,
            "points": points,
        }
        keys = [(key, self.positions[key]) for key in self.needs[name]]
        return static, self._at(MeasureOf(name)), keys

    def _figures_of(self, name: str) -> tuple[str, ...]:
        """The keys of every figure that a measure rests on, through other measures too."""
        content = self.program.policy.measures[name]
        subjects = [content.subject] if isinstance(content, PointsOf) else list(references(content))
        keys: dict[str, None] = {}
        for subject in subjects:
            keys.update(dict.fromkeys(self.keys_of(subject)))
        return tuple(keys)

    def keys_of(self, subject: Subject) -> tuple[str, ...]:
        """The keys of every figure that a figure or measure rests on."""
        return self._figures_of(subject.measure) if isinstance(subject, MeasureOf) else subject.keys

    # --- conditions

    def conditions(self, facts: Facts, step: Step | None, truths: Sequence[int]) -> list[Told]:
        """Every condition of the version, as it was judged."""
        first = step is not None and step.first
        held = step.held if step is not None else (0,) * len(self.program.runs)
        return [root(facts, truths, held, first) for root in self._conditions]

    def _roots(self) -> list[tuple[str, Told, Condition | int]]:
        """The conditions in the order of the document; an implicit exit is given by its level."""
        policy = self.program.policy
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

    def _root(self, kind: str, told: Told, root: Condition | int) -> _Write:
        if isinstance(root, int):
            rule = f"exit.{told['status']}"
            static: Told = {**told, "kind": kind, "rule": rule, "op": "none", "implicit": True, "parts": []}
            static |= {"run": None, "needs": None, "source": None, "basis": None, "note": None, "line": None}
            node = self.program.rules[rule].node

            def implicit(facts: Facts, truths: Sequence[int], held: Sequence[int], first: bool) -> Told:
                return {**static, "holds": HOLDS[truths[node]]}

            return implicit
        write = self._condition(root)
        extra = {**told, "kind": kind}

        def written(facts: Facts, truths: Sequence[int], held: Sequence[int], first: bool) -> Told:
            told = write(facts, truths, held, first)
            told.update(extra)
            return told

        return written

    def _condition(self, condition: Condition) -> _Write:
        if isinstance(condition, Comparison):
            return self._comparison(condition)
        holds, run = self._holds(condition), self._run(condition)
        parts = [self._condition(part) for part in condition.parts]
        static = {**self._static(condition), "op": condition.operator}
        if condition.operator == "count":
            static["at_least"] = condition.at_least

        def group(facts: Facts, truths: Sequence[int], held: Sequence[int], first: bool) -> Told:
            told = static.copy()
            told["holds"] = HOLDS[truths[holds[first]]]
            if run is not None:
                told["run"] = _run_told(run, truths, held)
            told["parts"] = [part(facts, truths, held, first) for part in parts]
            return told

        return group

    def _holds(self, condition: Condition) -> tuple[int, int]:
        """The node that says whether a condition holds: ordinarily, and at a first step."""
        nodes = self.program.rules[condition.rule]
        return nodes.node, nodes.bare if condition.rule.startswith("enter.") else nodes.node

    def _run(self, condition: Condition) -> tuple[int, int] | None:
        """A condition's run, and the node that says whether it holds now; None where it has no duration."""
        nodes = self.program.rules[condition.rule]
        if nodes.run is None:
            return None
        hold = self.program.nodes[nodes.node]
        assert isinstance(hold, Hold)
        return nodes.run, hold.child

    def _static(self, condition: Condition) -> Told:
        """What every decision tells of a condition in the same words."""
        return {
            "rule": condition.rule,
            "needs": condition.periods,
            "run": None,
            "note": condition.remarks.note,
            "line": condition.remarks.line,
            **self._remarks(condition),
        }

    def _remarks(self, condition: Condition) -> Told:
        """Source and basis: the condition's or its group's own, else its trigger point's, else illustrative."""
        remarks: Remarks = condition.remarks
        source, basis = remarks.source, remarks.basis
        threshold = condition.threshold if isinstance(condition, Comparison) else None
        if isinstance(threshold, TriggerPointOf):
            point = self._version.trigger_points[threshold.name]
            source, basis = source or point.source, basis or point.basis
            if self.setting.set_by.get(threshold.name) != "default":
                basis = "illustrative"  # a number that a region set is published nowhere
        return {"source": source, "basis": basis or "illustrative"}

    def _comparison(self, comparison: Comparison) -> _Write:
        """A comparison, with value, threshold and distance."""
        holds, run = self._holds(comparison), self._run(comparison)
        static = self._static(comparison)
        static |= {"measure": str(comparison.subject), "comparator": comparison.comparator}
        static |= {"from": None, "distance": None}
        at = self._at(comparison.subject)
        measure = self._distance(comparison, static)

        def compared(facts: Facts, truths: Sequence[int], held: Sequence[int], first: bool) -> Told:
            told = static.copy()
            told["holds"] = HOLDS[truths[holds[first]]]
            if run is not None:
                told["run"] = _run_told(run, truths, held)
            told["value"] = facts.texts[at]
            if measure is not None:
                measure(facts, told)
            return told

        return compared

    def _distance(self, comparison: Comparison, static: Told) -> Callable[[Facts, Told], None] | None:
        """A function that tells how far a value is from its threshold. What never changes goes to `static`."""
        threshold = comparison.threshold
        at, decimals = self._at(comparison.subject), self._decimals(comparison.subject)
        if isinstance(threshold, Categories):
            static["threshold"] = threshold.ids[0] if comparison.comparator == "is" else list(threshold.ids)
            return None
        if isinstance(threshold, Constant | TriggerPointOf):
            number: Decimal = threshold.value if isinstance(threshold, Constant) else self.program.trigger_points[threshold.name]
            static["from"] = threshold.name if isinstance(threshold, TriggerPointOf) else None
            static["threshold"] = number_text(number)
            places = max(decimals, -int(number.as_tuple().exponent))
            factor, less = 10 ** (places - decimals), int(number.scaleb(places))

            def fixed(facts: Facts, told: Told) -> None:
                value = facts.values[at]
                if value is not None:
                    told["distance"] = short_text(value * factor - less, places)

            return fixed
        other, others = self._at(threshold), self._decimals(threshold)
        static["from"] = str(threshold)
        shared = max(decimals, others)
        one, less_by = 10 ** (shared - decimals), 10 ** (shared - others)

        def moving(facts: Facts, told: Told) -> None:
            value, limit = facts.values[at], facts.values[other]
            told["threshold"] = facts.texts[other]
            if value is not None and limit is not None:
                told["distance"] = short_text(value * one - limit * less_by, shared)

        return moving

    def _at(self, subject: Subject) -> int:
        """Where a subject stands among figures and measures."""
        if isinstance(subject, MeasureOf):
            return len(self.positions) + self._order[subject.measure]
        return self.positions[subject.keys[0]]

    def _decimals(self, subject: Subject) -> int:
        if isinstance(subject, MeasureOf):
            return self._version.measures[subject.measure].decimals
        return self._version.inputs[subject.input].decimals


def _run_told(run: tuple[int, int], truths: Sequence[int], held: Sequence[int]) -> int | None:
    """A run in periods as it counts at this return: 0 where the condition does not hold now, None if unknown."""
    truth = truths[run[1]]
    return held[run[0]] if truth == TRUE else None if truth == UNKNOWN else 0


_Write = Callable[[Facts, Sequence[int], Sequence[int], bool], Told]


def trigger_points(reader: Reader, setting: Setting) -> Mapping[str, Told]:
    """The trigger points as they decided: number, default, who set it, basis."""
    told = {}
    for name, point in reader.program.policy.version.trigger_points.items():
        moved = setting.set_by[name] != "default"
        told[name] = {
            "value": number_text(setting.numbers[name]),
            "default": number_text(point.default),
            "set_by": setting.set_by[name],
            "basis": "illustrative" if moved or point.basis is None else point.basis,
        }
    return told
