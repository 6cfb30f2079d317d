"""Parents: regions, and the whole country, whose status follows from those below them.

A parent has a policy of its own, derived from the version's, and returns that are made of its children's. With these
it is a unit like any other: the same fold, deciders and decisions.
"""

from engine.parents._making import COUNTRY, Line, Made, Source, is_parent
from engine.parents._parents import Notes, Parent, Parents, framework_of, region_parent

__all__ = [
    "COUNTRY",
    "Line",
    "Made",
    "Notes",
    "Parent",
    "Parents",
    "Source",
    "framework_of",
    "is_parent",
    "region_parent",
]
