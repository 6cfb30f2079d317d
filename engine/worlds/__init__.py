"""The same units in two worlds, and why they stand elsewhere in one than in the other. Pure.

What finds the reasons is in `engine.worlds.reasons`, since it brings all that writes decisions.
"""

from engine.worlds.document import reason_document
from engine.worlds.tracks import Pair, Stretch, Track, Unit, worlds
from engine.worlds.values import Compared, Direction, Reason, Side

__all__ = [
    "Compared",
    "Direction",
    "Pair",
    "Reason",
    "Side",
    "Stretch",
    "Track",
    "Unit",
    "reason_document",
    "worlds",
]
