"""A checked view: the document with its formulas read into trees over totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.figures import Vocabulary
from rules.formula import Formula
from rules.formula.totals import Total

UNIT_WORDS = ("region", "pdu", "tag", "week")
"""What any view can be split by, beside one list of its framework. They go before a list of the same name."""


@dataclass(frozen=True, slots=True)
class FigureOfView:
    """One figure. `totals` are the sums that its formula uses, by the name that they have in the tree."""

    id: str
    title: str
    unit: str
    decimals: int
    note: str | None
    text: str
    formula: Formula
    totals: Mapping[str, Total]

    def unfit_for(self, list_id: str, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Why the figure cannot be split by a list: the inputs that are not by it, each as written.

        None where it can. Nothing in the formula may follow another split, and something must follow this one.
        """
        inputs = vocabulary.inputs
        followers = {
            str(total): inputs[total.input].per for total in self.totals.values() if total.members is None
        }
        if not followers:
            return tuple(self.totals)
        others = tuple(name for name, per in followers.items() if per != list_id)
        return others or None


@dataclass(frozen=True, slots=True, eq=False)
class CheckedView:
    """One view. `by` is what it is split by unless something else is asked for."""

    id: str
    title: str
    note: str | None
    basis: str | None
    by: tuple[str, ...]
    figures: tuple[FigureOfView, ...]
    file: str


def inputs_of(views: Iterable[CheckedView]) -> frozenset[str]:
    """The inputs that some views use."""
    return frozenset(
        total.input for view in views for figure in view.figures for total in figure.totals.values()
    )
