"""Conditions of a version in words."""

from __future__ import annotations

from reports._format import plain, quantity, span
from reports._names import Names
from reports._words import framework as words
from reports.framework._document import Clause
from rules.formula import Comparison, Condition
from rules.formula.tree import Categories, Constant, TriggerPointOf
from rules.model._fields import number_text


class Clauses:
    """Puts the conditions of one version into words."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def of(self, condition: Condition) -> Clause:
        """A condition and its parts."""
        remarks = condition.remarks
        basis = words.basis(
            published=remarks.basis == "published",
            source=None
            if remarks.source is None
            else getattr(self._names.source(remarks.source), "text", None),
        )
        wait = None if condition.periods is None else span(condition.periods, self._names.every)
        if isinstance(condition, Comparison):
            text = words.compared(
                self._names.figure(str(condition.subject)),
                condition.comparator,
                self._threshold(condition),
                wait,
            )
            return Clause(text, basis, remarks.note)
        parts = tuple(self.of(part) for part in condition.parts)
        return Clause(words.group(condition.operator, condition.at_least, wait), None, remarks.note, parts)

    def _threshold(self, condition: Comparison) -> str:
        names, threshold = self._names, condition.threshold
        key = str(condition.subject)
        if isinstance(threshold, Constant):
            return quantity(number_text(threshold.value), names.unit_of(key))
        if isinstance(threshold, Categories):
            return words.choices([plain(one) for one in threshold.ids])
        if isinstance(threshold, TriggerPointOf):
            trigger = names.version.trigger_points[threshold.name]
            default = names.trigger_value(threshold.name, number_text(trigger.default))
            return words.trigger(default, moves=trigger.regions is not None, group=names.group)
        return names.figure(str(threshold))
