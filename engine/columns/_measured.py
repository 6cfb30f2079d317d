"""The values of one version's measures in the rows of a frame."""

from __future__ import annotations

import numpy as np

from engine.columns._arrays import Flags, Numbers
from engine.columns._fold import Columns
from engine.columns._frame import Frame
from engine.columns._judge import Kit
from engine.columns._reach import Reach
from engine.columns._values import Values
from rules.policy import Policy


def figures_wanted(columns: Columns, frame: Frame, policy: Policy) -> tuple[str, ...]:
    """The keys of the figures that a version wants for its measures and conditions."""
    return _kit(columns, frame, policy).measures.keys


def _kit(columns: Columns, frame: Frame, policy: Policy) -> Kit:
    stretches = columns.compiler.stretches(frozenset(frame.regions))
    stretch = next(one for one in stretches if one.policy is policy)
    return columns.kit(policy, columns.conditions(stretch, frame))


class MeasureRows:
    """Works out measures as a version has them, whichever version is in force on the days of the rows."""

    def __init__(self, columns: Columns, frame: Frame, policy: Policy) -> None:
        self._order = {name: place for place, name in enumerate(policy.measures)}
        self._shape = (frame.rows, len(frame.units))
        kit = _kit(columns, frame, policy)
        self._values = Values(frame, Reach(frame), kit.figures, kit.measures, (0, frame.rows))

    def on(self, name: str, rows: Numbers) -> tuple[Numbers, Flags]:
        """A measure's scaled values in some rows, and where there is none; a row below 0 has none."""
        whole = self._values.measure(self._order[name]).settled()
        lacking = rows[:, None] < 0
        if whole.unknown is None:
            unknown = np.broadcast_to(lacking, (len(rows), self._shape[1]))
        else:
            unknown = lacking | whole.unknown[np.maximum(rows, 0)]
        return np.broadcast_to(whole.numbers, self._shape)[np.maximum(rows, 0)], unknown
