"""Many units and weeks at once: the calculated status of section "Status over time", over whole columns.

It gives exactly what `engine.timeline` gives, in whole numbers throughout, and many hundred times as fast. It
tells no reasons: what somebody asks about is decided by the single path.
"""

from engine.columns._daily import INDETERMINATE, NO_DECISION, Daily, daily, status_ids
from engine.columns._fold import Columns, Steps
from engine.columns._frame import CategoryColumn, Frame, NumberColumn, frame_of, number_column

__all__ = [
    "INDETERMINATE",
    "NO_DECISION",
    "CategoryColumn",
    "Columns",
    "Daily",
    "Frame",
    "NumberColumn",
    "Steps",
    "daily",
    "frame_of",
    "number_column",
    "status_ids",
]
