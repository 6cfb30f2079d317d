"""Bands of points that no value reaches (PF325)."""

from __future__ import annotations

from rules.policy import PointsOf
from rules.prove.bands import shares
from rules.prove.case import Case


def check_bands(case: Case) -> None:
    """Note each band that takes no value: none lies in it, or the bands before it have taken them all.

    The format asks for an `otherwise` also where the bands leave nothing, so nothing is said of that.
    """
    ranges = case.encoding.subjects.ranges
    for name, content in case.policy.measures.items():
        if not isinstance(content, PointsOf):
            continue
        reach = ranges.reach(content.subject)
        for index, share in enumerate(
            shares(content, ranges.scope.decimals(content.subject), reach.stretches)[:-1]
        ):
            if share.stretches:
                continue
            place = case.places.at("measures", name, "points", "bands", index)
            if share.outside:
                message = f"No value of {content.subject} can lie in this band of {name}."
            else:
                message = f"The bands before it take every value of this band of {name}."
            case.tell("PF325", message, place, "Change its limits or its place, or remove the band.")
