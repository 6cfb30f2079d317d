"""Guarantees that hold or break by how long something has lasted, and by how figures are worked out."""

from __future__ import annotations

from tests.prove.planted_case import amber, between, exactly, red, reduction
from tests.prove.planted_promise import (
    BY_BOTH,
    EITHER,
    LATER,
    LEAVE_EITHER,
    NEITHER,
    NOT_CALLED_RED,
    SLOW_RED,
    SLOWER_RED,
    TOGETHER,
    breaks,
    calls,
    holds,
    measure,
)

RUNS = [
    holds(
        "one figure, one run",
        NOT_CALLED_RED,
        LATER,
        SLOW_RED,
        calls("{none: [{staffing: {below: 75}, for: 2 weeks}]}"),
    ),
    breaks(
        "the first return leaves durations out",
        NOT_CALLED_RED,
        SLOW_RED,
        calls("{none: [{staffing: {below: 75}, for: 2 weeks}]}"),
        says="staffing red first",
    ),
    holds(
        "what implies another has held no longer than it",
        NOT_CALLED_RED,
        LATER,
        SLOWER_RED,
        calls("{none: [{staffing: {below: 80}, for: 2 weeks}]}"),
    ),
    breaks(
        "what implies another has held for less than is asked of that",
        NOT_CALLED_RED,
        LATER,
        SLOWER_RED,
        calls("{none: [{staffing: {below: 80}, for: 4 weeks}]}"),
        says="staffing red",
    ),
    breaks(
        "what implies another at some settings alone",
        NOT_CALLED_RED,
        LATER,
        SLOW_RED,
        calls("{none: [{staffing: {below: 74.9}, for: 2 weeks}]}"),
        says="staffing red",
    ),
    breaks(
        "a status that is held, not entered",
        "never: {permitted: [calls]}, where: {status: red}",
        LATER,
        SLOW_RED,
        calls("{none: [{staffing: {below: 75}, for: 2 weeks}]}"),
        says="red",
    ),
    holds(
        "a condition that has lasted as long as the enter asks",
        "when: {staffing: {below: 60}, for: 2 weeks}, never: {status: green}",
    ),
    breaks(
        "a condition that has not lasted as long as the enter asks",
        "when: {staffing: {below: 60}, for: 1 week}, never: {status: green}",
        says="staffing green",
    ),
    breaks(
        "a reduction that has lapsed",
        "always: {permitted: [calls]}, where: {status: amber}",
        reduction("{from: amber, strength: may, do: Call., lapses_after: 28 days}"),
        says="calls amber",
    ),
    holds(
        "a reduction that does not lapse",
        "always: {permitted: [calls]}, where: {status: amber}",
        reduction("{from: amber, strength: may, do: Call.}"),
    ),
    holds("each part has held", NOT_CALLED_RED, LATER, red(EITHER, LEAVE_EITHER), calls(NEITHER)),
    breaks(
        "the group has held", NOT_CALLED_RED, LATER, red(TOGETHER, LEAVE_EITHER), calls(NEITHER), says="red"
    ),
    holds(
        "a condition by an exit that takes as long",
        "never: {enter: green}, where: {permitted: [calls]}",
        LATER,
        amber("{staffing: {below: 90}}", "{staffing: {at_least: 90}, for: 2 weeks}"),
        red("{staffing: {below: 70}}"),
        calls("{staffing: {at_least: 90}}", "amber"),
    ),
    breaks(
        "an exit that takes longer than the condition",
        "when: {staffing: {at_least: 90}}, never: {permitted: [calls]}",
        LATER,
        amber("{staffing: {below: 90}}", "{staffing: {at_least: 90}, for: 2 weeks}"),
        red("{staffing: {below: 70}}"),
        calls("{staffing: {at_least: 90}}", "amber"),
        says="staffing amber calls",
    ),
]

FIGURES = [
    breaks(
        "an unknown figure",
        "always: {permitted: [calls]}, where: {status: amber}",
        calls("{strain: {at_most: 9}}", "amber"),
        says="strain calls",
    ),
    holds(
        "a figure that has a default",
        "always: {permitted: [calls]}, where: {status: amber}",
        calls("{alert: {one_of: [none, high, very-high]}}", "amber"),
    ),
    holds(
        "unknown permits nothing",
        "never: {permitted: [calls]}",
        calls("{none: [{strain: {at_most: 9}}]}", "amber"),
    ),
    breaks(
        "rounding",
        "when: {strain: {at_most: 5}}, never: {enter: red}",
        measure("half", 0, "strain / 2"),
        red("{half: {at_least: 3}}"),
        says="strain red",
        number=exactly("5"),
    ),
    holds(
        "before rounding does it",
        "when: {strain: {at_most: 4}}, never: {enter: red}",
        measure("half", 0, "strain / 2"),
        red("{half: {at_least: 3}}"),
    ),
    breaks(
        "rounding below zero, away from it",
        "when: {strain: {at_least: 8}}, never: {enter: red}",
        measure("low", 0, "(strain - 9) / 2"),
        red("{low: {below: 0}}"),
        says="strain red",
        number=exactly("8"),
    ),
    breaks(
        "a rounded value in another formula",
        "when: {strain: {at_most: 5}}, never: {enter: red}",
        measure("third", 0, "strain / 3"),
        (
            "trigger_points:\n",
            "  whole: {title: Further, decimals: 0, formula: third * 3}\ntrigger_points:\n",
        ),
        red("{whole: {at_least: 6}}"),
        says="strain red",
        number=exactly("5"),
    ),
    holds(
        "a value rounded down in another formula",
        "when: {strain: {at_most: 4}}, never: {enter: red}",
        measure("third", 0, "strain / 3"),
        (
            "trigger_points:\n",
            "  whole: {title: Further, decimals: 0, formula: third * 3}\ntrigger_points:\n",
        ),
        red("{whole: {at_least: 6}}"),
    ),
    holds(
        "points by the first band that fits",
        "when: {staffing: {at_least: 70}}, never: {enter: red}",
        red("{pressure: {at_least: 3}}"),
    ),
    breaks(
        "points by a wider band that comes first",
        "when: {staffing: {at_least: 70}}, never: {enter: red}",
        red("{pressure: {at_least: 3}}"),
        ("        - {below: 70, give: 3}\n", "        - {below: 70.1, give: 3}\n"),
        says="staffing red",
        number=exactly("70"),
    ),
    holds(
        "a difference of figures",
        "when: {in_post: {at_least: required}}, never: {enter: red}",
        measure("gap", 1, "required - in_post"),
        red("{gap: {above: 0}}"),
    ),
    breaks(
        "a difference of figures, rounded",
        "when: {in_post: {at_least: required}}, never: {enter: red}",
        measure("gap", 0, "required - in_post + 0.5"),
        red("{gap: {above: 0}}"),
        says="red",
    ),
    holds("a share of figures", "when: {in_post: {at_least: required}}, never: {enter: red}", *BY_BOTH),
    breaks(
        "a share of figures, one step less",
        "when: {in_post: {below: required}}, never: {status: green}",
        *BY_BOTH,
        says="staffing green",
    ),
    holds("division by zero is unknown", "when: {required: {is: 0}}, never: {enter: red}"),
    holds(
        "nobody in post, so zero or unknown",
        "when: {in_post: {is: 0}}, never: {status: green}",
        *BY_BOTH,
    ),
    breaks(
        "nobody in post for less than two weeks",
        "when: {in_post: {is: 0}}, never: {status: green}",
        says="green",
    ),
    holds(
        "two decimals",
        "when: {load: {below: 1.01}}, never: {enter: red}",
        measure("load", 2, "in_post / required"),
        red("{load: {above: 1}}"),
    ),
    breaks(
        "two decimals, one step on",
        "when: {load: {at_most: 1.01}}, never: {enter: red}",
        measure("load", 2, "in_post / required"),
        red("{load: {above: 1}}"),
        says="load red",
        number=exactly("1.01"),
    ),
    breaks(
        "a category",
        "when: {staffing: {at_least: 75}}, never: {enter: red}",
        says="alert very-high red",
        number=between("75", "85"),
    ),
    holds(
        "every category but one",
        "when: {all: [{staffing: {at_least: 75}}, {alert: {none_of: [very-high]}}]}, never: {enter: red}",
    ),
]

PROMISES = [*RUNS, *FIGURES]
