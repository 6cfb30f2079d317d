"""Many units and weeks at once: the calculated status of section "Status over time", over whole columns.

It gives exactly what `engine.timeline` gives, in whole numbers throughout, and many hundred times as fast. It
tells no reasons: what somebody asks about is decided by the single path.
"""

from engine.columns._arrays import Days, Flags, Numbers, fitting
from engine.columns._back import Back, first_row_wanted, returns_of
from engine.columns._beginning import Beginning
from engine.columns._daily import INDETERMINATE, NO_DECISION, Daily, daily, status_ids
from engine.columns._fold import Columns
from engine.columns._frame import NOT_GIVEN, CategoryColumn, Frame, NumberColumn, frame_of, number_column
from engine.columns._measured import MeasureRows, figures_wanted
from engine.columns._permits import Permits, permits
from engine.columns._steps import Block, Steps

__all__ = [
    "INDETERMINATE",
    "NOT_GIVEN",
    "NO_DECISION",
    "Back",
    "Beginning",
    "Block",
    "CategoryColumn",
    "Columns",
    "Daily",
    "Days",
    "Flags",
    "Frame",
    "MeasureRows",
    "NumberColumn",
    "Numbers",
    "Permits",
    "Steps",
    "daily",
    "figures_wanted",
    "first_row_wanted",
    "fitting",
    "frame_of",
    "number_column",
    "permits",
    "returns_of",
    "status_ids",
]
