"""The names that a version defines, and what each of them is."""

from __future__ import annotations

import re

from rules.formula.tree import FigureOf, MeasureOf, Subject, TriggerPointOf
from rules.model.version import Version
from rules.problems import did_you_mean

_SUBJECT = re.compile(r"([A-Za-z][A-Za-z0-9_]*)(?:\[([A-Za-z0-9_, ]*)\])?")


class NameFault(Exception):
    """A name that does not fit: a code, a message and a hint."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class Scope:
    """Looks names up in a version: inputs with their members, measures, trigger points, categories."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self._whole: dict[str, FigureOf] = {}

    def quantity(self, name: str, members: list[str] | None) -> Subject:
        """An input or a measure as a number. Raises NameFault."""
        version = self.version
        if name in version.measures:
            if members is not None:
                raise NameFault("PF212", f"{name} is a measure and has no members.", "Remove the brackets.")
            return MeasureOf(name)
        spec = version.inputs.get(name)
        if spec is None:
            if name in version.trigger_points:
                raise NameFault(
                    "PF213", f"{name} is a trigger point.", "Formulas use inputs and measures only."
                )
            raise NameFault(
                "PF210",
                f"{name} is no input and no measure.",
                did_you_mean(name, [*version.inputs, *version.measures]),
            )
        if spec.values is not None:
            raise NameFault(
                "PF213", f"{name} is a category, not a number.", "Compare it in a condition with `is`."
            )
        if spec.per is None:
            if members is not None:
                raise NameFault("PF212", f"{name} is not per a list.", "Remove the brackets.")
            return FigureOf(name)
        known = version.lists.get(spec.per, {})
        if not members:
            raise NameFault(
                "PF212",
                f"{name} is per {spec.per} and needs members.",
                f"Write {name}[all], or name members.",
            )
        if members == ["all"]:
            if name not in self._whole:  # one for all that use it, since a list may be long
                self._whole[name] = FigureOf(name, tuple(known))
            return self._whole[name]
        for member in members:
            if member not in known:
                raise NameFault(
                    "PF212", f"{member} is no member of {spec.per}.", did_you_mean(member, [*known, "all"])
                )
        if len(set(members)) < len(members):
            raise NameFault("PF212", f"A member of {name} stands twice.", "Name each member once.")
        return FigureOf(name, tuple(members))

    def total(self, text: str) -> Subject:
        """What `per` of a release counts: `caseload`, or a sum such as `learner_fte[all]`. Raises NameFault."""
        return self.quantity(*_parts(text))

    def subject(self, text: str) -> Subject:
        """What a condition compares: `staffing`, `wmt_points`, `in_post_fte[PO]`, a category input."""
        name, members = _parts(text)
        spec = self.version.inputs.get(name)
        if (
            spec is not None
            and spec.per is not None
            and (members is None or len(members) != 1 or members == ["all"])
        ):
            raise NameFault(
                "PF212",
                f"{name} stands in a condition only with one member.",
                f"Write {name}[X], or use a measure.",
            )
        if spec is not None and spec.values is not None:
            known = self.version.lists.get(spec.per, {}) if spec.per else {}
            for member in members or ():
                if member not in known:
                    raise NameFault("PF212", f"{member} is no member.", did_you_mean(member, known))
            return FigureOf(name, tuple(members or ()))
        return self.quantity(name, members)

    def threshold(self, text: str) -> Subject | TriggerPointOf:
        """What a number is compared with, by name. Raises NameFault."""
        name = text.strip()
        if name in self.version.trigger_points:
            return TriggerPointOf(name)
        version = self.version
        bare = name.split("[")[0]
        if bare not in version.inputs and bare not in version.measures:
            known = [*version.trigger_points, *version.measures, *version.inputs]
            raise NameFault(
                "PF210", f"{name[:60]} is no trigger point, measure or input.", did_you_mean(name, known)
            )
        if bare in version.inputs and version.inputs[bare].values is not None:
            raise NameFault("PF213", f"{bare} is a category, not a number.", "Compare with a number.")
        return self.subject(name)

    def categories(self, subject: Subject) -> tuple[str, ...] | None:
        """The categories that a subject may be, or None where it is a number."""
        if isinstance(subject, FigureOf):
            values = self.version.inputs[subject.input].values
            return tuple(values) if values is not None else None
        return None

    def decimals(self, subject: Subject) -> int:
        """The decimals that a subject's values have."""
        if isinstance(subject, MeasureOf):
            return self.version.measures[subject.measure].decimals
        return self.version.inputs[subject.input].decimals


def _parts(text: str) -> tuple[str, list[str] | None]:
    """A name and, where there are brackets, its members. Raises NameFault."""
    match = _SUBJECT.fullmatch(text.strip())
    if match is None:
        raise NameFault("PF210", f"{text[:60]!r} is no measure and no input.", "Name one measure or input.")
    return match[1], None if match[2] is None else [part.strip() for part in match[2].split(",")]
