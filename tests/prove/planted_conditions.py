"""Planted faults in single conditions, and statuses that nothing can enter."""

from __future__ import annotations

from tests.prove.planted_case import (
    AT_AMBER,
    BY_STAFFING,
    BY_STAFFING_AMBER,
    amber,
    miss,
    part,
    plant,
    point,
    points,
    red,
    region,
    strict_part,
    third,
)

NEVER_HOLDS = [
    plant(
        "PF320", "below the least that the formula gives", part("§{staffing: {below: 0}}"), says="staffing"
    ),
    plant("PF320", "below the minimum of an input", part("§{strain: {below: 0}}"), says="strain"),
    plant("PF320", "above the maximum of an input", part("§{strain: {above: 9}}"), says="strain"),
    plant(
        "PF320",
        "two comparators exclude each other",
        part("§{staffing: {above: 90, below: 85}}"),
        says="staffing",
    ),
    plant(
        "PF320",
        "nothing on the grid between two comparators",
        part("§{staffing: {above: 80, below: 80.1}}"),
        says="staffing",
    ),
    plant("PF320", "a number that is not on the grid", part("§{staffing: {is: 90.05}}"), says="staffing"),
    plant("PF320", "points that no band gives", part("§{pressure: {is: 1}}"), says="pressure"),
    plant("PF320", "more points than any band gives", part("§{pressure: {above: 3}}"), says="pressure"),
    plant(
        "PF320",
        "count wants more than can hold together",
        part(
            "§{count: {at_least: 3, of: [{staffing: {below: 50}}, {staffing: {at_least: 60}}, "
            "{strain: {at_least: 3}}]}}"
        ),
    ),
    plant(
        "PF320",
        "two categories at once",
        part("§{all: [{alert: {is: high}}, {alert: {one_of: [none, very-high]}}]}"),
    ),
    plant(
        "PF320",
        "points exclude what they are points of",
        part("§{all: [{pressure: {at_least: 2}}, {staffing: {at_least: 85}}]}"),
    ),
    plant(
        "PF320",
        "none of conditions of which one always holds",
        part("§{none: [{staffing: {below: 80}}, {staffing: {at_least: 79.9}}]}"),
    ),
    plant(
        "PF320",
        "beyond the maximum wherever a region sets it",
        part("§{strain: {at_least: high_point}}"),
        point("high_point", "10", "{from: 9.5, to: 12}"),
        says="strain",
    ),
    plant("PF320", "a measure below itself", part("§{staffing: {below: staffing}}"), says="staffing"),
    plant(
        "PF320",
        "figures that the formula binds together",
        (
            "measures:\n",
            "measures:\n  gap: {title: Gap, unit: FTE, decimals: 1, formula: in_post - required}\n",
        ),
        part("§{all: [{gap: {above: 0}}, {in_post: {below: required}}]}"),
    ),
    plant(
        "PF320",
        "what has held for three weeks has held for two",
        part(
            "§{all: [{staffing: {below: 80}, for: 3 weeks}, {none: [{staffing: {below: 85}, for: 2 weeks}]}]}"
        ),
        says="staffing",
    ),
]

CAN_HOLD = [
    miss("no posts are filled", part("{all: [{staffing: {is: 0}}, {in_post: {is: 0}}]}")),
    miss(
        "what has held for two weeks need not have held for three",
        part(
            "{all: [{staffing: {below: 80}, for: 2 weeks}, {none: [{staffing: {below: 85}, for: 3 weeks}]}]}"
        ),
    ),
    miss("at the least that the formula gives", part("{staffing: {at_most: 0}}")),
    miss("below the least step", part("{staffing: {below: 0.1}}")),
    miss("at the minimum of an input", part("{strain: {is: 0}}")),
    miss("at the maximum of an input", part("{strain: {at_least: 9}}")),
    miss("one step of the grid between two comparators", part("{staffing: {above: 80, below: 80.2}}")),
    miss("two comparators that meet", part("{staffing: {at_least: 80, at_most: 80}}")),
    miss("a number on the grid", part("{staffing: {is: 90.10}}")),
    miss("points that a band gives", part("{pressure: {is: 2}}")),
    miss(
        "count wants as many as can hold together",
        part(
            "{count: {at_least: 2, of: [{staffing: {below: 50}}, {staffing: {at_least: 60}}, "
            "{strain: {at_least: 3}}]}}"
        ),
    ),
    miss(
        "points and what they are points of touch",
        part("{all: [{pressure: {at_least: 2}}, {staffing: {at_least: 84.9}}]}"),
    ),
    miss(
        "within the maximum at the end of the bounds",
        part("{strain: {at_least: high_point}}"),
        point("high_point", "10", "{from: 9, to: 12}"),
    ),
    miss("a default that stands in for what is not given", strict_part("{alert: {is: none}}")),
    miss(
        "figures that the formula lets stand apart",
        (
            "measures:\n",
            "measures:\n  gap: {title: Gap, unit: FTE, decimals: 1, formula: in_post - required}\n",
        ),
        part("{all: [{gap: {above: 0}}, {in_post: {above: required}}]}"),
    ),
]

ALWAYS_HOLDS = [
    plant(
        "PF321",
        "at least the least that the formula gives",
        strict_part("§{staffing: {at_least: 0}}"),
        says="staffing",
    ),
    plant("PF321", "at most the maximum of an input", strict_part("§{strain: {at_most: 9}}"), says="strain"),
    plant("PF321", "above what the minimum allows", strict_part("§{strain: {above: -1}}"), says="strain"),
    plant(
        "PF321",
        "one of all categories",
        strict_part("§{alert: {one_of: [none, high, very-high]}}"),
        says="alert",
    ),
    plant(
        "PF321",
        "two parts that leave nothing between them",
        strict_part("§{any: [{staffing: {below: 90}}, {staffing: {at_least: 89.9}}]}"),
    ),
    plant(
        "PF321",
        "two parts that leave no step of the grid between them",
        strict_part("§{any: [{staffing: {at_most: 89.9}}, {staffing: {above: 89.95}}]}"),
    ),
    plant(
        "PF321", "no more points than there are", strict_part("§{pressure: {at_most: 3}}"), says="pressure"
    ),
    plant(
        "PF321",
        "within the maximum wherever a region sets it",
        strict_part("§{strain: {at_most: high_point}}"),
        point("high_point", "10", "{from: 9, to: 12}"),
        says="strain",
    ),
    plant("PF321", "none of what never holds", strict_part("§{none: [{strain: {above: 9}}]}"), along="PF320"),
    plant(
        "PF321",
        "count of parts of which so many always hold",
        strict_part("§{count: {at_least: 1, of: [{strain: {below: 5}}, {strain: {above: 3}}]}}"),
    ),
    plant(
        "PF321",
        "what has held for three weeks has held for two",
        strict_part(
            "§{any: [{staffing: {below: 85}, for: 2 weeks}, {none: [{staffing: {below: 80}, for: 3 weeks}]}]}"
        ),
        says="staffing",
    ),
]

CAN_FAIL = [
    miss(
        "what has held for two weeks need not have held for three",
        strict_part(
            "{any: [{staffing: {below: 85}, for: 3 weeks}, {none: [{staffing: {below: 80}, for: 2 weeks}]}]}"
        ),
    ),
    miss("above the least that the formula gives", strict_part("{staffing: {above: 0}}")),
    miss("below the maximum of an input", strict_part("{strain: {below: 9}}")),
    miss("one of all categories but one", strict_part("{alert: {one_of: [none, very-high]}}")),
    miss(
        "two parts that leave one step of the grid between them",
        strict_part("{any: [{staffing: {at_most: 89.9}}, {staffing: {above: 90}}]}"),
    ),
    miss("fewer points than there are", strict_part("{pressure: {at_most: 2}}")),
    miss(
        "at the end of the bounds it can fail",
        strict_part("{strain: {at_most: high_point}}"),
        point("high_point", "10", "{from: 8.5, to: 12}"),
    ),
    miss(
        "holds for all figures now, and has yet to last",
        strict_part("{any: [{strain: {below: 5}, for: 2 weeks}, {strain: {above: 4}, for: 2 weeks}]}"),
    ),
    miss(
        "count of one more than always hold",
        strict_part("{count: {at_least: 2, of: [{strain: {below: 5}}, {strain: {above: 3}}]}}"),
    ),
]

NEVER_ENTERED = [
    plant(
        "PF322",
        "parts that exclude each other",
        amber("{all: [{staffing: {below: 50}}, {staffing: {at_least: 60}}]}"),
        *AT_AMBER,
        says="amber",
        along="PF320 PF323",
    ),
    plant(
        "PF322",
        "whatever enters it enters a more severe one",
        amber("{staffing: {below: red_point}, for: 2 weeks}"),
        red(
            "{staffing: {below: red_point}, for: 2 weeks}",
            "{staffing: {at_least: red_point}, for: 2 weeks}",
        ),
        *AT_AMBER,
        says="amber",
        along="PF327",
    ),
    plant(
        "PF322",
        "more points than any band gives",
        third("{pressure: {at_least: 4}}"),
        says="black",
        along="PF320",
    ),
    plant(
        "PF322",
        "beyond a more severe one wherever a region sets them",
        *points("default: 55, regions: {from: 50, to: 60}", "default: 70, regions: {from: 60, to: 75}"),
        BY_STAFFING_AMBER,
        BY_STAFFING,
        *AT_AMBER,
        says="amber",
        along="PF323",
        more=region("58", "59"),
    ),
    plant(
        "PF322",
        "a category that enters a more severe one as well",
        amber("{alert: {is: high}}"),
        red("{alert: {one_of: [high, very-high]}}"),
        *AT_AMBER,
        says="amber",
    ),
]

CAN_BE_ENTERED = [
    miss(
        "its parts exclude each other, and it holds a unit that comes down from Red",
        amber("{all: [{staffing: {below: 50}}, {staffing: {at_least: 60}}]}", "{strain: {at_most: 7}}"),
        along="PF320 PF323 PF324",
    ),
    miss(
        "whatever enters a more severe one enters it sooner",
        amber("{staffing: {below: red_point}}"),
        red(
            "{staffing: {below: red_point}, for: 2 weeks}", "{staffing: {at_least: red_point}, for: 2 weeks}"
        ),
        ("first_return: at_once", "first_return: after_duration"),
    ),
    miss(
        "the way up is taken in steps",
        ("first_return: at_once\n", "first_return: at_once\nsteps: {up: 1}\n"),
        amber("{staffing: {below: red_point}}"),
        red("{staffing: {below: red_point}}"),
    ),
    miss(
        "the way down is taken in steps",
        ("first_return: at_once\n", "first_return: at_once\nsteps: {down: 1}\n"),
        amber("{staffing: {below: red_point}}"),
        red("{staffing: {below: red_point}}"),
    ),
    miss(
        "its exit is further than that of Red",
        amber("{staffing: {below: red_point}}", "{staffing: {at_least: amber_point}}"),
        red("{staffing: {below: red_point}}"),
    ),
    miss(
        "before a more severe one at the end of the bounds alone",
        *points("default: 55, regions: {from: 50, to: 60.1}", "default: 70, regions: {from: 60, to: 75}"),
        BY_STAFFING_AMBER,
        BY_STAFFING,
        along="PF323",
        more=region("58", "59"),
    ),
]
