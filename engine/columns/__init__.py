"""Many units and weeks at once: the calculated status of section "Status over time", over whole columns.

It gives exactly what `engine.timeline` gives, in whole numbers throughout, and many hundred times as fast. It
tells no reasons: what somebody asks about is decided by the single path.
"""

from engine.columns._arrays import Days, Flags, Numbers, fitting
from engine.columns._back import Back, returns_of
from engine.columns._daily import INDETERMINATE, NO_DECISION, Daily, daily, status_ids
from engine.columns._fold import Columns
from engine.columns._frame import NOT_GIVEN, CategoryColumn, Frame, NumberColumn, frame_of, number_column
from engine.columns._permits import Permits, permits
from engine.columns._steps import Block, Steps

__all__ = [
    "INDETERMINATE",
    "NOT_GIVEN",
    "NO_DECISION",
    "Back",
    "Block",
    "CategoryColumn",
    "Columns",
    "Daily",
    "Days",
    "Flags",
    "Frame",
    "NumberColumn",
    "Numbers",
    "Permits",
    "Steps",
    "daily",
    "fitting",
    "frame_of",
    "number_column",
    "permits",
    "returns_of",
    "status_ids",
]
