"""Guarantees that hold, and guarantees that break at one kind of state, figure or setting alone.

Each pair differs in little: what breaks the one is just what the other rules out.
"""

from __future__ import annotations

from tests.prove.planted_case import BY_STAFFING, amber, between, exactly, points
from tests.prove.planted_promise import (
    BY_BOTH,
    DOWN,
    OVERLAP,
    UP,
    WITHOUT_REGION,
    breaks,
    holds,
    stay,
)

SETTINGS = [
    holds("beyond the bounds", "when: {staffing: {at_least: 95}}, never: {enter: amber}", *BY_BOTH),
    breaks(
        "at the end of the bounds",
        "when: {staffing: {at_least: 94.9}}, never: {enter: amber}",
        *BY_BOTH,
        says="staffing amber",
        number=exactly("94.9"),
    ),
    holds(
        "bounds that end on the grid",
        "when: {staffing: {at_least: 75}}, never: {enter: red}",
        *BY_BOTH,
    ),
    breaks(
        "bounds that end between two steps of the grid",
        "when: {staffing: {at_least: 75}}, never: {enter: red}",
        *points(
            amber_point="default: 90, regions: {from: 85, to: 95}",
            red_point="default: 70, regions: {from: 60, to: 75.05}",
        ),
        *BY_BOTH,
        says="staffing red",
        number=exactly("75"),
    ),
    holds(
        "the step of the grid after such bounds",
        "when: {staffing: {at_least: 75.1}}, never: {enter: red}",
        *points(
            amber_point="default: 90, regions: {from: 85, to: 95}",
            red_point="default: 70, regions: {from: 60, to: 75.05}",
        ),
        *BY_BOTH,
    ),
    holds(
        "the default, which no region may move",
        "when: {staffing: {at_least: 70}}, never: {enter: red}",
        *points("default: 90", "default: 70"),
        *BY_BOTH,
        more=WITHOUT_REGION,
    ),
    breaks(
        "the least that the bounds allow",
        "when: {staffing: {below: 60.1}}, never: {status: amber}",
        *BY_BOTH,
        says="staffing amber",
        number=exactly("60"),
    ),
    holds("less than the bounds allow", "when: {staffing: {below: 60}}, never: {status: amber}", *BY_BOTH),
]

STANDING = [
    holds("what a status enters by", "when: {staffing: {at_least: 85}}, never: {enter: red}"),
    breaks(
        "what a status is held by",
        "when: {staffing: {at_least: 85}}, never: {status: red}",
        says="staffing red",
    ),
    holds("no hysteresis", "when: {staffing: {at_least: 95}}, never: {status: amber}", *BY_BOTH),
    breaks(
        "hysteresis",
        "when: {staffing: {at_least: 95}}, never: {status: amber}",
        amber("{staffing: {below: amber_point}}", "{staffing: {at_least: 97}}"),
        BY_STAFFING,
        says="staffing amber",
        number=between("95", "97"),
    ),
    holds(
        "beyond the hysteresis",
        "when: {staffing: {at_least: 97}}, never: {status: amber}",
        amber("{staffing: {below: amber_point}}", "{staffing: {at_least: 97}}"),
        BY_STAFFING,
    ),
    breaks(
        "a stay that is not over",
        "when: {staffing: {at_least: 75}}, never: {status: red}",
        *BY_BOTH,
        stay("red"),
        says="staffing red",
    ),
    holds("no stay", "when: {staffing: {at_least: 75}}, never: {status: red}", *BY_BOTH),
    holds(
        "the stay of another status",
        "when: {staffing: {at_least: 75}}, never: {status: red}",
        *BY_BOTH,
        stay("amber"),
    ),
    breaks(
        "steps down",
        "when: {staffing: {at_least: 95}}, never: {status: amber}",
        *BY_BOTH,
        DOWN,
        says="staffing amber red",
    ),
    breaks(
        "steps down keep from the first",
        "when: {staffing: {at_least: 95}}, always: {status: green}",
        *BY_BOTH,
        DOWN,
        says="amber red",
    ),
    holds("no steps down", "when: {staffing: {at_least: 95}}, always: {status: green}", *BY_BOTH),
    breaks(
        "steps up",
        "when: {staffing: {below: 60}}, never: {status: amber}",
        *BY_BOTH,
        UP,
        says="staffing amber green",
        number=between("0", "60"),
    ),
    breaks(
        "two statuses down at once",
        "when: {staffing: {below: 90}}, never: {enter: green}",
        *OVERLAP,
        says="staffing green red",
        number=between("85", "90"),
    ),
    holds("one status down at once", "when: {staffing: {below: 90}}, never: {enter: green}", *OVERLAP, DOWN),
    breaks(
        "two statuses down at once, as far as the exit of the one between",
        "when: {staffing: {at_most: 85}}, never: {enter: green}",
        *OVERLAP,
        says="staffing green red",
        number=exactly("85"),
    ),
    holds(
        "held by the exit of the one between",
        "when: {staffing: {below: 85}}, never: {enter: green}",
        *OVERLAP,
    ),
]

OUTCOMES = [
    holds("where something is permitted", "always: {at_least: amber}, where: {permitted: [visits]}"),
    breaks(
        "a status too high",
        "always: {at_least: red}, where: {permitted: [visits]}",
        says="amber visits",
    ),
    breaks("no more than Amber", "when: {staffing: {at_least: 85}}, always: {at_most: amber}", says="red"),
    holds(
        "no more than Amber without hysteresis",
        "when: {staffing: {at_least: 85}}, always: {at_most: amber}",
        *BY_BOTH,
    ),
    breaks(
        "at least as a ban",
        "when: {staffing: {below: 85}}, never: {at_least: amber}",
        *BY_BOTH,
        says="staffing",
    ),
    holds(
        "at least as a ban, further on",
        "when: {staffing: {at_least: 95}}, never: {at_least: amber}",
        *BY_BOTH,
    ),
    holds("at most as a ban", "when: {staffing: {below: 85}}, never: {at_most: green}", *BY_BOTH),
    breaks(
        "at most as a ban, further on",
        "when: {staffing: {at_most: 85}}, never: {at_most: green}",
        *BY_BOTH,
        says="staffing green",
        number=exactly("85"),
    ),
    holds("a status where another is excluded", "never: {status: red}, where: {at_most: amber}"),
]

PROMISES = [*SETTINGS, *STANDING, *OUTCOMES]
