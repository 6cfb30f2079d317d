"""How far a unit is from another status: the least change that would bring the next one, either way.

It speaks of the *calculated* status: what people declare or suspend stands as it is recorded. From the next return on
the figures stay as the last return was read, but for the change. Each answer is proved: with the change both deciders
reach the status, one return after the other, and with one step less they do not. A distance is no part of a decision.
"""

from engine.distance._distance import distance
from engine.distance._many import Measured, distance_all, distance_of

__all__ = ["Measured", "distance", "distance_all", "distance_of"]
