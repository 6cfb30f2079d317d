"""Measures and conditions of a decision: what was read, compared and held, as values.

What does not change between decisions of one program is written once; a decision fills in the rest.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.standing import Step
from rules.decide import TRUE, UNKNOWN, Hold, Program
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
HOLDS: dict[int, bool | None] = {TRUE: True, UNKNOWN: None}


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
    """What one step read, ready to be told: figures and measures as scaled numbers and as text."""

    def __init__(self, writer: Writer, step: Step | None) -> None:
        reader = writer.reader
        if step is None:
            self.found: Values = (None,) * len(reader.keys)
            self.measures: Values = (None,) * len(reader.measures)
            self.origins: Sequence[Origin] = (Origin("missing", None),) * len(reader.keys)
        else:
            reading = step.reading
            self.found, self.measures = reading.figures, reading.measures
            self.origins = [reading.origin(index) for index in range(len(reader.keys))]
        self.figures = [
            None if value is None else short_text(value, decimals) if values is None else values[value]
            for value, (decimals, values) in zip(self.found, writer.kinds, strict=True)
        ]


class Writer:
    """Writes the measures and conditions of one program's decisions."""

    def __init__(self, reader: Reader, setting: Setting) -> None:
        self.reader = reader
        self.program: Program = reader.program
        self.setting = setting
        self._version = self.program.policy.version
        self.kinds = [(spec.decimals, spec.values) for spec in reader.specs]
        self.positions = {key: index for index, key in enumerate(reader.keys)}
        self._order = {name: index for index, name in enumerate(reader.measures)}
        self.needs = {name: self._figures_of(name) for name in self.program.policy.measures}
        self._measures = [self._measure(name) for name in self._version.measures]
        self.trigger_points = trigger_points(reader, setting)
        self._conditions = [self._root(kind, told, root) for kind, told, root in self._roots()]

    # --- measures

    def measures(self, facts: Facts) -> list[Told]:
        """Every measure with its value, formula and figures."""
        told_figures: list[Told] = [
            {"value": text, "as_of": day_text(origin.as_of), "how": origin.how}
            for text, origin in zip(facts.figures, facts.origins, strict=True)
        ]
        written = []
        for static, index, decimals, keys in self._measures:
            value = facts.measures[index]
            told = static.copy()
            told["value"] = None if value is None else scaled_text(value, decimals)
            told["inputs"] = {key: told_figures[position] for key, position in keys}
            told["missing"] = [key for key, position in keys if facts.found[position] is None]
            written.append(told)
        return written

    def _measure(self, name: str) -> tuple[Told, int, int, list[tuple[str, int]]]:
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
        return static, self._order[name], measure.decimals, keys

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
                return {**static, "holds": HOLDS.get(truths[node], False)}

            return implicit
        write = self._condition(root)
        extra = {**told, "kind": kind}

        def written(facts: Facts, truths: Sequence[int], held: Sequence[int], first: bool) -> Told:
            told = write(facts, truths, held, first)
            told.update(extra)
            return told

        return written

    def _condition(self, condition: Condition) -> _Write:
        nodes = self.program.rules[condition.rule]
        enters = condition.rule.startswith("enter.")
        now = nodes.node
        if nodes.run is not None:
            hold = self.program.nodes[nodes.node]
            assert isinstance(hold, Hold)
            now = hold.child
        run, needs = nodes.run, condition.periods
        static: Told = {
            "rule": condition.rule,
            "needs": needs,
            "run": None,
            "note": condition.remarks.note,
            "line": condition.remarks.line,
            **self._remarks(condition),
        }
        parts = [] if isinstance(condition, Comparison) else [self._condition(part) for part in condition.parts]
        compared = self._comparison(condition) if isinstance(condition, Comparison) else None
        if not isinstance(condition, Comparison):
            static["op"] = condition.operator
            if condition.operator == "count":
                static["at_least"] = condition.at_least

        def written(facts: Facts, truths: Sequence[int], held: Sequence[int], first: bool) -> Told:
            told = static.copy()
            told["holds"] = HOLDS.get(truths[nodes.bare if first and enters else nodes.node], False)
            if run is not None:
                told["run"] = held[run] if truths[now] == TRUE else (None if truths[now] == UNKNOWN else 0)
            if compared is not None:
                compared(facts, told)
            else:
                told["parts"] = [part(facts, truths, held, first) for part in parts]
            return told

        return written

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

    def _comparison(self, comparison: Comparison) -> Callable[[Facts, Told], None]:
        """A function that fills in value, threshold and distance."""
        subject, threshold = comparison.subject, comparison.threshold
        fixed: Told = {"measure": str(subject), "comparator": comparison.comparator, "from": None}
        value_of, decimals, text_of = self._subject(subject)
        if isinstance(threshold, Categories):
            fixed["threshold"] = threshold.ids[0] if comparison.comparator == "is" else list(threshold.ids)

            def category(facts: Facts, told: Told) -> None:
                told.update(fixed)
                told["value"], told["distance"] = text_of(facts), None

            return category
        if isinstance(threshold, Constant | TriggerPointOf):
            if isinstance(threshold, TriggerPointOf):
                fixed["from"] = threshold.name
                number: Decimal = self.program.trigger_points[threshold.name]
            else:
                number = threshold.value
            fixed["threshold"] = number_text(number)
            places = max(decimals, -int(number.as_tuple().exponent))
            factor, less = 10 ** (places - decimals), int(number.scaleb(places))

            def constant(facts: Facts, told: Told) -> None:
                told.update(fixed)
                value = value_of(facts)
                told["value"] = text_of(facts)
                told["distance"] = None if value is None else short_text(value * factor - less, places)

            return constant
        other_of, other_decimals, other_text = self._subject(threshold)
        fixed["from"] = str(threshold)
        shared = max(decimals, other_decimals)

        def moving(facts: Facts, told: Told) -> None:
            told.update(fixed)
            value, other = value_of(facts), other_of(facts)
            told["value"], told["threshold"], told["distance"] = text_of(facts), other_text(facts), None
            if value is not None and other is not None:
                apart = value * 10 ** (shared - decimals) - other * 10 ** (shared - other_decimals)
                told["distance"] = short_text(apart, shared)

        return moving

    def _subject(
        self, subject: Subject
    ) -> tuple[Callable[[Facts], int | None], int, Callable[[Facts], str | None]]:
        """How to take a subject's scaled value, its decimals, and its text."""
        if isinstance(subject, MeasureOf):
            index, decimals = self._order[subject.measure], self._version.measures[subject.measure].decimals

            def measured(facts: Facts) -> str | None:
                value = facts.measures[index]
                return None if value is None else scaled_text(value, decimals)

            return (lambda facts: facts.measures[index]), decimals, measured
        assert isinstance(subject, FigureOf)
        position = self.positions[subject.keys[0]]
        decimals = self.reader.specs[position].decimals
        return (lambda facts: facts.found[position]), decimals, (lambda facts: facts.figures[position])


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
