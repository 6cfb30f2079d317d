"""Planted faults between conditions: statuses out of order, statuses that flap, statuses that end too soon."""

from __future__ import annotations

from tests.prove.planted_case import (
    AT_AMBER,
    AT_RED,
    BY_STAFFING,
    BY_STAFFING_AMBER,
    amber,
    between,
    exactly,
    miss,
    plant,
    point,
    points,
    red,
    region,
    third,
)
from tests.prove.planted_policy import EXIT_OF_AMBER, EXIT_OF_RED, Change

LEAVES_AMBER = "{staffing: {at_least: amber_point}}"
LEAVES_RED = "{staffing: {at_least: red_point}}"
AT_POINTS = (
    ("  amber_point: {title", "§  amber_point: {title"),
    ("  red_point: {title", "§  red_point: {title"),
)


def back(bounds: str) -> Change:
    """A trigger point for the way back."""
    return point("back_point", "95", bounds)


INVERTED = [
    plant(
        "PF323",
        "the bounds overlap",
        *points("default: 90, regions: {from: 70, to: 95}"),
        *AT_AMBER,
        *AT_RED,
        *AT_POINTS,
        ("        - {staffing: {below: amber_point}", "§        - {staffing: {below: amber_point}"),
        ("        - {staffing: {below: red_point}", "§        - {staffing: {below: red_point}"),
        says="staffing red amber",
        number=between("70", "75"),
    ),
    plant(
        "PF323",
        "only at the extremes of the bounds, one step of the grid",
        *points("default: 90, regions: {from: 75, to: 95}", "default: 70, regions: {from: 60, to: 75.1}"),
        BY_STAFFING_AMBER,
        BY_STAFFING,
        *AT_AMBER,
        *AT_RED,
        *AT_POINTS,
        says="staffing red amber 75.1",
        number=exactly("75"),
    ),
    plant(
        "PF323",
        "only at an extreme that is not on the grid",
        *points("default: 90, regions: {from: 75, to: 95}", "default: 70, regions: {from: 60, to: 75.05}"),
        BY_STAFFING_AMBER,
        BY_STAFFING,
        *AT_AMBER,
        *AT_RED,
        *AT_POINTS,
        says="staffing red amber 75.05",
        number=exactly("75"),
    ),
    plant(
        "PF323",
        "by the defaults, which no region may move",
        *points("default: 70", "default: 75"),
        BY_STAFFING_AMBER,
        BY_STAFFING,
        *AT_AMBER,
        *AT_RED,
        *AT_POINTS,
        says="staffing red amber",
        number=between("70", "75"),
        along="PF322",
        more={"plan/regions/north.yaml": ""},
    ),
    plant(
        "PF323",
        "by numbers, above instead of below",
        amber("{strain: {above: 7}}"),
        red("{strain: {above: 5}}"),
        *AT_AMBER,
        *AT_RED,
        says="strain red amber",
        number=exactly("6", "7"),
        along="PF322",
    ),
    plant(
        "PF323",
        "below and at most the same number",
        amber("{staffing: {below: 75}}"),
        red("{staffing: {at_most: 75}}"),
        *AT_AMBER,
        *AT_RED,
        says="staffing red amber",
        number=exactly("75"),
        along="PF322",
    ),
    plant(
        "PF323",
        "only one unit's own setting brings it about",
        *points("default: 90, regions: {from: 74, to: 95}"),
        BY_STAFFING_AMBER,
        red("{staffing: {below: red_point}}", LEAVES_RED),
        *AT_AMBER,
        *AT_RED,
        *AT_POINTS,
        says="staffing red amber",
        number=between("74", "75"),
        more={
            "plan/regions/north.yaml": """\
format: 1
framework: plan
region: north
settings:
  - effective: 2022-08-08
    set_by: Regional director
    reason: As agreed.
    trigger_points: {amber_point: 80}
    pdus: {york: {trigger_points: {amber_point: 74, red_point: 74.5}}}
"""
        },
    ),
    plant(
        "PF323",
        "two statuses that are not neighbours",
        BY_STAFFING_AMBER,
        red("{alert: {is: very-high}}"),
        third("{staffing: {below: 87}}"),
        *AT_AMBER,
        says="staffing black amber",
        number=between("85", "87"),
    ),
]

IN_ORDER = [
    miss(
        "the bounds touch",
        *points("default: 90, regions: {from: 75, to: 95}", "default: 70, regions: {from: 60, to: 75}"),
    ),
    miss(
        "the bounds overlap between two steps of the grid",
        *points("default: 90, regions: {from: 75.01, to: 95}", "default: 70, regions: {from: 60, to: 75.05}"),
    ),
    miss(
        "at most a number and below the next on the grid",
        amber("{staffing: {below: 75.1}}"),
        red("{staffing: {at_most: 75}}"),
        along="PF322",
    ),
    miss(
        "above one number and above a larger one", amber("{strain: {above: 5}}"), red("{strain: {above: 7}}")
    ),
    miss("by different figures", amber("{strain: {above: 7}}"), red("{staffing: {below: 70}}")),
    miss(
        "the more severe one need not last as long",
        amber("{staffing: {below: 90}, for: 2 weeks}", "{staffing: {at_least: 90}, for: 2 weeks}"),
        red("{staffing: {below: 70}}"),
    ),
    miss(
        "the same bounds for the way in, other numbers for the way out",
        amber("{staffing: {below: 90}}", "{staffing: {at_least: 92}}"),
        red("{staffing: {below: 70}}", "{staffing: {at_least: 95}}"),
    ),
    miss(
        "three statuses in order",
        BY_STAFFING_AMBER,
        BY_STAFFING,
        third("{staffing: {below: 55}}"),
    ),
]

FLAPPING = [
    plant(
        "PF324",
        "one step of the grid in common",
        amber("{staffing: {below: 90}}", "§{staffing: {at_least: 89.9}}"),
        *AT_AMBER,
        says="staffing amber",
        number=exactly("89.9"),
    ),
    plant(
        "PF324",
        "one step in common, each after two weeks",
        amber("{staffing: {below: 90}, for: 2 weeks}", "§{staffing: {at_least: 89.9}, for: 2 weeks}"),
        *AT_AMBER,
        says="staffing amber",
        number=exactly("89.9"),
    ),
    plant(
        "PF324",
        "only at an end of the bounds that is not on the grid",
        *points("default: 88, regions: {from: 85, to: 90.05}"),
        amber("{staffing: {below: amber_point}}", "§{staffing: {at_least: 90}}"),
        *AT_AMBER,
        says="staffing amber 90.05",
        number=exactly("90"),
        more=region("88", "90"),
    ),
    plant(
        "PF324",
        "only where two trigger points cross",
        back("{from: 94.9, to: 99}"),
        amber("{staffing: {below: amber_point}}", "§{staffing: {at_least: back_point}}"),
        *AT_AMBER,
        says="staffing amber 94.9",
        number=exactly("94.9"),
    ),
    plant(
        "PF324",
        "the exit looks at one of two figures",
        (EXIT_OF_AMBER, "§    exit: {staffing: {at_least: 95}, for: 2 weeks, basis: illustrative}\n"),
        *AT_AMBER,
        says="strain amber",
        number=exactly("8", "9"),
    ),
    plant(
        "PF324",
        "the exit looks at another figure",
        amber("{staffing: {below: 90}}", "§{strain: {at_most: 7}}"),
        *AT_AMBER,
        says="staffing strain amber",
    ),
    plant(
        "PF324",
        "by an input, above and at most",
        amber("{strain: {above: 7}}", "§{strain: {at_most: 8}}"),
        *AT_AMBER,
        says="strain amber",
        number=exactly("8"),
    ),
    plant(
        "PF324",
        "by categories",
        (EXIT_OF_RED, "§    exit: {staffing: {at_least: red_point}, for: 2 weeks}\n"),
        *AT_RED,
        says="alert red very-high",
    ),
    plant(
        "PF324",
        "by points and by what they are points of",
        red("{pressure: {at_least: 2}}", "§{staffing: {at_least: 84.9}}"),
        *AT_RED,
        says="staffing red",
        number=exactly("84.9"),
    ),
    plant(
        "PF324",
        "no exit of its own, and an enter that ends once something has lasted",
        amber("{none: [{staffing: {at_least: 90}, for: 2 weeks}]}"),
        *AT_AMBER,
        says="staffing amber",
        along="PF323",
    ),
    plant(
        "PF324",
        "an exit that waits for what was to last",
        amber("{staffing: {below: 90}}", "§{none: [{staffing: {below: 90}, for: 2 weeks}]}"),
        *AT_AMBER,
        says="staffing amber",
    ),
]

STEADY = [
    miss(
        "at least and below the same number", amber("{staffing: {below: 90}}", "{staffing: {at_least: 90}}")
    ),
    miss(
        "what lies between is not on the grid",
        amber("{staffing: {below: 90}}", "{staffing: {at_least: 89.95}}"),
    ),
    miss(
        "the bounds end where the exit begins",
        *points("default: 88, regions: {from: 85, to: 90}"),
        amber("{staffing: {below: amber_point}}", "{staffing: {at_least: 90}}"),
        more=region("88", "90"),
    ),
    miss(
        "the bounds end between the exit and the step before it",
        *points("default: 88, regions: {from: 85, to: 90.05}"),
        amber("{staffing: {below: amber_point}}", "{staffing: {at_least: 90.05}}"),
        more=region("88", "90"),
    ),
    miss(
        "two trigger points that cannot cross",
        back("{from: 95, to: 99}"),
        amber("{staffing: {below: amber_point}}", "{staffing: {at_least: back_point}}"),
    ),
    miss("no exit of its own", BY_STAFFING_AMBER),
    miss(
        "what has lasted to enter rules the exit out",
        amber(
            "{staffing: {below: 90}, for: 3 weeks}",
            "{none: [{staffing: {below: 95}, for: 2 weeks}]}",
        ),
        along="PF327",
    ),
    miss(
        "what has lasted to leave rules the enter out",
        amber(
            "{none: [{staffing: {at_least: 85}, for: 2 weeks}]}",
            "{staffing: {at_least: 90}, for: 2 weeks}",
        ),
        along="PF323",
    ),
    miss(
        "an exit that is none of the enter",
        amber("{staffing: {below: 90}}", "{none: [{staffing: {below: 92}}]}"),
    ),
    miss("by an input", amber("{strain: {above: 7}}", "{strain: {at_most: 7}}")),
    miss(
        "by points and by what they are points of",
        red("{pressure: {at_least: 2}}", "{staffing: {at_least: 85}}"),
    ),
]

ENDS_TOO_SOON = [
    plant(
        "PF327",
        "an exit without a duration",
        (EXIT_OF_AMBER, "§" + EXIT_OF_AMBER.replace("      for: 2 weeks\n", "")),
        *AT_AMBER,
        says="amber",
    ),
    plant(
        "PF327",
        "no exit of its own",
        amber("{staffing: {below: amber_point}, for: 2 weeks}"),
        *AT_AMBER,
        says="amber",
    ),
    plant(
        "PF327",
        "an exit of one period",
        red("{staffing: {below: 70}, for: 3 weeks}", "§{staffing: {at_least: 70}, for: 1 week}"),
        *AT_RED,
        says="red",
    ),
    plant(
        "PF327",
        "an exit of which one part need not last",
        red(
            "{any: [{staffing: {below: 70}}, {staffing: {below: 75}}], for: 4 weeks}",
            "§{any: [{staffing: {at_least: 75}, for: 2 weeks}, {staffing: {at_least: 80}}]}",
        ),
        *AT_RED,
        says="red",
        along="PF323",
    ),
    plant(
        "PF327",
        "every way in takes several",
        (EXIT_OF_RED, "§" + EXIT_OF_RED.replace("      for: 2 weeks\n", "")),
        *AT_RED,
        says="red",
    ),
]

LASTS = [
    miss("in at once and out at once", BY_STAFFING_AMBER),
    miss(
        "in at once and out after two weeks",
        amber("{strain: {above: 7}}", "{strain: {at_most: 7}, for: 2 weeks}"),
    ),
    miss(
        "in after three weeks and out after two",
        red("{staffing: {below: 70}, for: 3 weeks}", "{staffing: {at_least: 70}, for: 2 weeks}"),
    ),
    miss(
        "an exit of which every part must hold and one must last",
        amber(
            "{any: [{staffing: {below: 90}, for: 2 weeks}, {strain: {above: 7}, for: 2 weeks}]}",
            "{all: [{staffing: {at_least: 90}, for: 2 weeks}, {strain: {at_most: 7}}]}",
        ),
    ),
    miss(
        "an exit of which every part must last",
        red(
            "{staffing: {below: 70}, for: 2 weeks}",
            "{any: [{staffing: {at_least: 70}, for: 2 weeks}, {staffing: {at_least: 80}, for: 3 weeks}]}",
        ),
    ),
]
