"""Which figures a pipeline may change, and by how much."""

from __future__ import annotations

import datetime
from decimal import Decimal

from engine.forecast._drafts import Change
from rules.figures import FigureSpec, Vocabulary, figure_key, too_fine
from rules.model._fields import number_text
from rules.problems import Findings, Place, did_you_mean
from rules.suggestions import safe


class Figures:
    """Holds changes against the inputs of a framework. Problems go to `findings`."""

    def __init__(self, vocabulary: Vocabulary, findings: Findings) -> None:
        self._vocabulary, self._findings = vocabulary, findings
        self._inputs = vocabulary.inputs

    def key(self, input_id: str, member: str | None, place: Place, day: datetime.date | None) -> str | None:
        """The key of a figure that can be changed; None where there is none (PF534)."""
        spec = self._spec(input_id, day)
        if spec is None:
            hint = did_you_mean(input_id, [*self._inputs])
            self._findings.add("PF534", f"There is no input {safe(input_id)!r}.", place, hint)
        elif spec.values is not None:
            message = f"{input_id} is a category, which has no more or less."
            self._findings.add("PF534", message, place, "A pipeline changes figures that are numbers.")
        elif spec.per is None and member is not None:
            message = f"{input_id} has no members, and {safe(member)!r} is named."
            self._findings.add("PF534", message, place, f"Write {input_id} alone.")
        elif spec.per is not None and member is None:
            example = figure_key(input_id, spec.members[0] if spec.members else None)
            message = f"{input_id} is given by {spec.per}, and no {spec.per} is named."
            self._findings.add("PF534", message, place, f"Write which one, as in {example}.")
        elif spec.per is not None and member not in spec.members:
            hint = did_you_mean(str(member), spec.members)
            self._findings.add("PF534", f"{input_id} has no {spec.per} {safe(str(member))!r}.", place, hint)
        else:
            return figure_key(input_id, member)
        return None

    def _spec(self, input_id: str, day: datetime.date | None) -> FigureSpec | None:
        return self._inputs.get(input_id) if day is None else self._vocabulary.spec(input_id, day)

    def check_amount(self, change: Change, key: str, day: datetime.date) -> None:
        """Whether the figure can be changed by so much (PF535)."""
        spec, amount = self._spec(change.input, day), change.amount
        if spec is None or amount is None:
            return
        place = change.amount_place
        if amount == 0:
            self._findings.add(
                "PF535", f"{key} is changed by 0.", place, "Remove it, or write what is added."
            )
        elif decimals_of(amount) > spec.decimals:
            message = f"The change {number_text(amount)} of {key} {too_fine(spec.decimals)}."
            self._findings.add("PF535", message, place, "Round it as the figures are.")
        elif spec.maximum is not None and abs(amount) > spec.maximum - (spec.minimum or 0):
            low, high = number_text(spec.minimum or Decimal(0)), number_text(spec.maximum)
            message = f"{key} is from {low} to {high}, and cannot change by {number_text(amount)}."
            self._findings.add("PF535", message, place, "Write a smaller change.")


def decimals_of(number: Decimal) -> int:
    """How many decimals a number has in its shortest form."""
    _, _, fraction = number_text(number).partition(".")
    return len(fraction)
