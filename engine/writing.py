"""Measures and conditions of a decision: what was read, compared and held, as values.

What does not change between decisions of one program is written once; a decision fills in the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.canonical import FixedDict, canonical_bytes
from engine.conditions import Conditions
from engine.forms import Form, Part, listing
from engine.standing import Step
from engine.texts import Told, day_text, scaled_texts
from rules.decide import Program
from rules.formula import MeasureOf, Subject, references
from rules.library import Setting
from rules.model._fields import number_text
from rules.policy import PointsOf
from rules.reading import Origin, Reader, Values

_KINDS: Sequence[tuple[Callable[[str], Part], Sequence[str]]] = (
    (Form.text, ("as_of", "step_on", "status", "since", "previous", "calculated", "calculated_since")),
    (Form.text, ("review_by", "fired")),
    (Form.truth, ("first_return", "outstayed")),
    (Form.shared, ("pdu", "settings", "permitted")),
    (Form.optional, ("declared", "suspended", "last_determinate")),
    (Form.items, ("returns", "indeterminate_because", "not_permitted", "data_quality")),
)
"""What a decision holds before its measures and conditions are filled in, by kind."""


class Writer:
    """Writes the measures and conditions of one program's decisions into them.

    `fixed` is what all decisions of the version say alike.
    """

    def __init__(self, reader: Reader, setting: Setting, fixed: Mapping[str, Any]) -> None:
        self._fixed = fixed
        self.reader = reader
        self.program: Program = reader.program
        self.setting = setting
        self._version = self.program.policy.version
        self.positions = {key: index for index, key in enumerate(reader.keys)}
        self._order = {name: index for index, name in enumerate(reader.measures)}
        self._needs = {name: self._figures_of(name) for name in self.program.policy.measures}
        self.whens = sorted({node for node in self.program.whens if node is not None})
        self.settings: tuple[Setting, FixedDict] | None = None
        """The settings as they were told last."""
        self.refused: dict[tuple[object, ...], list[Told]] = {}
        self.trigger_points = FixedDict(trigger_points(reader, setting))
        size = len(reader.keys)
        self._nothing: Values = (None,) * size
        self._no_texts: Sequence[str | None] = (None,) * size
        self._no_measures: Values = (None,) * len(reader.measures)
        self._no_runs = (0,) * len(self.program.runs)
        self._no_origins: Mapping[int, Origin] = dict.fromkeys(range(size), Origin("missing", None))
        self._fillers: dict[tuple[bool, bool], Callable[..., Any]] = {}

    def figures(self, step: Step | None) -> Values:
        """The figures that a step read, in the order of `positions`."""
        return self._nothing if step is None else step.reading.figures

    def fill(
        self, decision: Told, step: Step | None, truths: Sequence[int], *, written: bool
    ) -> bytes | None:
        """Fill in every measure with its figures and every condition as it was judged.

        If `written`, gives the canonical form of the whole decision.
        """
        if step is None:
            day, figures, texts, measures = None, self._nothing, self._no_texts, self._no_measures
            origins, held, first = self._no_origins, self._no_runs, False
        else:
            as_of, figures, texts, origins, measures, _ = step.reading
            day, held, first = day_text(as_of), step.held, step.first
        told: list[Told] = [{"value": text, "as_of": day, "how": "given"} for text in texts]
        for index, origin in origins.items():
            told[index] |= {"as_of": day_text(origin.as_of), "how": origin.how}
        fill = self._fillers.get((first, written)) or self._filler(first, written)
        if not written:
            fill(decision, figures, texts, measures, told, truths, held, ())
            return None
        heads = [_head(day, "given")] * len(told)
        for index, origin in origins.items():
            heads[index] = _head(day_text(origin.as_of), origin.how)
        canonical: bytes
        _, canonical = fill(decision, figures, texts, measures, told, truths, held, heads)
        return canonical

    def _filler(self, first: bool, written: bool) -> Callable[..., Any]:
        """The function that fills in what changes, at a first step or an ordinary one."""
        form, decision = self._form(first, written)
        filler = self._fillers[first, written] = form.function([decision])
        return filler

    def _form(self, first: bool, written: bool) -> tuple[Form, Part]:
        """The form of a decision that holds all but its measures and conditions."""
        form = Form("decision, figures, texts, measures, told, truths, held, heads", written=written)
        for letter, values in (("f", "figures"), ("x", "texts"), ("g", "told")):
            form.say(_unpacked(letter, values, len(self.positions)))
        form.say(_unpacked("m", "measures", len(self._order)))
        for name, index in self._order.items():
            places = self._version.measures[name].decimals
            table = form.refer(f"scaled{places}", scaled_texts(places))
            form.say(f"y{index} = {table}[m{index}]")
        form.refer("lacking", self._lacking)
        form.say("known = None not in figures")
        conditions = Conditions(self.program, self.setting, form, self._names, first=first)
        missing = {
            "measures": listing([self._measure(name, form) for name in self._version.measures]),
            "conditions": conditions.part(),
        }
        held = {key: kind(f"decision[{key!r}]") for kind, keys in _KINDS for key in keys}
        return form, form.completed("decision", self._fixed, held, missing)

    def _measure(self, name: str, form: Form) -> Part:
        measure = self._version.measures[name]
        fixed: Told = {
            "id": name,
            "title": measure.title or name,
            "unit": measure.unit,
            "formula": measure.formula,
            "points": None if measure.points is None else f"points by {measure.points.of}",
        }
        figures = {key: self._figure(self.positions[key], form) for key in self._needs[name]}
        lacking = f"lacking({form.refer(f'n{self._order[name]}', name)}, figures)"
        open_ = {
            "value": form.single(f"y{self._order[name]}"),
            "inputs": form.mapping({}, figures),
            "missing": Part(f"[] if known else {lacking}", (f"b'[]' if known else written({lacking})",)),
        }
        return form.mapping(fixed, open_)

    @staticmethod
    def _figure(position: int, form: Form) -> Part:
        (value,) = form.single(f"x{position}").pieces
        return Part(f"g{position}", (f"heads[{position}]", value, b"}"))

    def _lacking(self, name: str, figures: Values) -> list[str]:
        """The figures that are not known, of those that a measure rests on."""
        return [key for key in self._needs[name] if figures[self.positions[key]] is None]

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

    def _names(self, subject: Subject) -> tuple[str, str]:
        """The names that a form has for a subject's value and its text."""
        if isinstance(subject, MeasureOf):
            index = self._order[subject.measure]
            return f"m{index}", f"y{index}"
        index = self.positions[subject.keys[0]]
        return f"f{index}", f"x{index}"


def _unpacked(letter: str, values: str, size: int) -> str:
    """A line that gives a name to each of some values."""
    return f"{''.join(f'{letter}{index}, ' for index in range(size))} = {values}" if size else "pass"


def _head(day: str | None, how: str) -> bytes:
    """The canonical form of a figure up to its value."""
    return canonical_bytes({"as_of": day, "how": how})[:-1] + b',"value":'


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
