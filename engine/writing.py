"""Measures and conditions of a decision: what was read, compared and held, as values.

What does not change between decisions of one program is written once; a decision fills in the rest.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from engine.canonical import FixedDict
from engine.conditions import ConditionWriter
from engine.standing import Step
from engine.texts import Told, day_text
from rules.decide import Program
from rules.formula import MeasureOf, Subject, references
from rules.library import Setting
from rules.measures import scaled_text
from rules.model._fields import number_text
from rules.policy import PointsOf
from rules.reading import Origin, Reader, Values


class Facts:
    """What one step read, ready to be told.

    `values` and `texts` have the figures and then the measures, as scaled numbers and as text; `as_of` is the day
    of the return, and `origins` how each figure was found that it does not give, by position.
    """

    __slots__ = ("as_of", "origins", "texts", "unknown", "values")

    def __init__(self, writer: Writer, step: Step | None) -> None:
        if step is None:
            size = len(writer.reader.keys)
            self.as_of: datetime.date | None = None
            self.origins: Mapping[int, Origin] = dict.fromkeys(range(size), Origin("missing", None))
            self.texts: Sequence[str | None] = (None,) * (size + len(writer.decimals))
            self.values: Values = self.texts
        else:
            self.as_of, figures, texts, self.origins, measures, _ = step.reading
            self.values = figures + measures
            self.texts = texts + tuple(
                [
                    None if value is None else scaled_text(value, decimals)
                    for value, decimals in zip(measures, writer.decimals, strict=True)
                ]
            )
        self.unknown = None in self.texts


class Writer:
    """Writes the measures and conditions of one program's decisions."""

    def __init__(self, reader: Reader, setting: Setting) -> None:
        self.reader = reader
        self.program: Program = reader.program
        self.setting = setting
        self._version = self.program.policy.version
        self.positions = {key: index for index, key in enumerate(reader.keys)}
        self._order = {name: index for index, name in enumerate(reader.measures)}
        self.decimals = [self._version.measures[name].decimals for name in reader.measures]
        self.needs = {name: self._figures_of(name) for name in self.program.policy.measures}
        self._measures = [self._measure(name) for name in self._version.measures]
        self.whens = sorted({node for node in self.program.whens if node is not None})
        self.settings: tuple[Setting, Told] | None = None
        """The settings as they were told last."""
        self.refused: dict[tuple[object, ...], list[Told]] = {}
        self.trigger_points = FixedDict(trigger_points(reader, setting))
        self._conditions = ConditionWriter(self.program, setting, self.at)

    def conditions(self, facts: Facts, step: Step | None, truths: Sequence[int]) -> list[Told]:
        """Every condition of the version, as it was judged."""
        first = step is not None and step.first
        held = step.held if step is not None else (0,) * len(self.program.runs)
        return self._conditions.write(facts.values, facts.texts, truths, held, first)

    def measures(self, facts: Facts) -> list[Told]:
        """Every measure with its value, formula and figures."""
        day = day_text(facts.as_of)
        figures: list[Told] = [
            {"value": text, "as_of": day, "how": "given"} for text in facts.texts[: len(self.positions)]
        ]
        for index, origin in facts.origins.items():
            figures[index] |= {"as_of": day_text(origin.as_of), "how": origin.how}
        written = []
        for static, at, keys in self._measures:
            told = static.copy()
            told["value"] = facts.texts[at]
            told["inputs"] = {key: figures[position] for key, position in keys}
            told["missing"] = []
            if facts.unknown:
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
        return static, self.at(MeasureOf(name)), keys

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

    def at(self, subject: Subject) -> int:
        """Where a subject stands among figures and measures."""
        if isinstance(subject, MeasureOf):
            return len(self.positions) + self._order[subject.measure]
        return self.positions[subject.keys[0]]


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
