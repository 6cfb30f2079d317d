"""Planted faults in what is never reached: bands of points, and reductions."""

from __future__ import annotations

from tests.prove.planted_case import (
    BASIS,
    BY_STAFFING,
    BY_STAFFING_AMBER,
    DECLARED,
    miss,
    part,
    plant,
    red,
    reduction,
    third,
)
from tests.prove.planted_policy import Change

BANDS = "        - {below: 70, give: 3}\n        - {below: 85, give: 2}\n"


def bands(*lines: str) -> Change:
    """The bands of the points measure."""
    return BANDS, "".join(f"        - {line}\n" for line in lines)


def calls(when: str, from_: str = "red") -> Change:
    """A further reduction, with a condition and a mark."""
    return reduction(f"§{{from: {from_}, strength: may, do: Call., when: {when}}}")


NO_BAND = [
    plant(
        "PF325",
        "a band before it takes all",
        bands("{below: 85, give: 3}", "§{below: 70, give: 2}"),
        says="pressure",
    ),
    plant(
        "PF325",
        "a band before it takes all but what is not on the grid",
        bands("{below: 70, give: 3}", "{at_most: 84.9, give: 2}", "§{below: 85, give: 1}"),
        says="pressure",
    ),
    plant(
        "PF325",
        "below the least that the formula gives",
        bands("§{below: 0, give: 4}", "{below: 70, give: 3}", "{below: 85, give: 2}"),
        says="pressure",
    ),
    plant(
        "PF325",
        "its own limits exclude each other",
        bands("{below: 70, give: 3}", "{below: 85, give: 2}", "§{above: 90, below: 90.1, give: 1}"),
        says="pressure",
    ),
    plant(
        "PF325",
        "two bands before it leave nothing",
        bands(
            "{below: 70, give: 3}", "{at_least: 85, give: 0}", "{below: 85, give: 2}", "§{above: 60, give: 1}"
        ),
        says="pressure",
    ),
    plant(
        "PF325",
        "above the maximum of an input",
        (
            "measures:\n",
            "measures:\n  heat:\n    title: Heat\n    points:\n      of: strain\n      bands:\n"
            "        - §{above: 9, give: 2}\n        - {above: 5, give: 1}\n      otherwise: 0\n",
        ),
        part("{heat: {is: 1}}"),
        says="heat",
    ),
]

EVERY_BAND = [
    miss(
        "a band before it leaves one step of the grid",
        bands("{below: 70, give: 3}", "{at_most: 84.8, give: 2}", "{below: 85, give: 2}"),
    ),
    miss(
        "at the least that the formula gives",
        bands("{at_most: 0, give: 4}", "{below: 70, give: 3}", "{below: 85, give: 2}"),
    ),
    miss("one step between its limits", bands("{below: 85, give: 3}", "{above: 90, below: 90.2, give: 2}")),
    miss(
        "two bands before it leave a gap",
        bands("{below: 70, give: 3}", "{at_least: 90, give: 0}", "{above: 60, give: 2}"),
    ),
    miss(
        "at the maximum of an input",
        (
            "measures:\n",
            "measures:\n  heat:\n    title: Heat\n    points:\n      of: strain\n      bands:\n"
            "        - {at_least: 9, give: 2}\n        - {above: 5, give: 1}\n      otherwise: 0\n",
        ),
        part("{heat: {is: 1}}"),
    ),
    miss("two bands that give the same", bands("{below: 70, give: 2}", "{below: 85, give: 2}")),
]


def superseded(limit: str, lapses: str) -> tuple[Change, ...]:
    """A reduction from Amber below a number, and another of the same activity from Red."""
    of_amber = f"§{{from: amber, strength: may, do: Call., when: {{staffing: {{below: {limit}}}, {BASIS}}}}}"
    of_red = f"{{from: red, strength: may, do: Call less.{lapses}}}"
    return BY_STAFFING_AMBER, BY_STAFFING, reduction(f"{of_amber}\n      - {of_red}")


NEVER_APPLIES = [
    plant(
        "PF326",
        "its condition can never hold",
        calls("{all: [{alert: {is: high}}, {alert: {is: none}}]}"),
        says="calls red",
        along="PF320",
    ),
    plant(
        "PF326",
        "its condition holds only where the status has ended",
        BY_STAFFING,
        calls(f"{{staffing: {{at_least: 80}}, {BASIS}}}"),
        says="calls red",
    ),
    plant(
        "PF326",
        "one step of the grid beyond the bounds",
        BY_STAFFING,
        calls(f"{{staffing: {{at_least: 75}}, {BASIS}}}"),
        says="calls red",
    ),
    plant(
        "PF326",
        "its points are given only where the status has ended",
        BY_STAFFING_AMBER,
        BY_STAFFING,
        calls(f"{{all: [{{pressure: {{is: 0}}}}, {{staffing: {{at_least: 95}}}}], {BASIS}}}", "amber"),
        says="calls amber",
    ),
    plant(
        "PF326",
        "its status is never entered",
        third("{pressure: {at_least: 4}}"),
        reduction("§{from: black, strength: may, do: Call.}"),
        says="calls black",
        along="PF320 PF322",
    ),
    plant(
        "PF326",
        "another stands wherever it is permitted",
        *superseded("60", ""),
        says="calls amber",
    ),
]

APPLIES = [
    miss("its status is the first", calls(f"{{staffing: {{at_least: 95}}, {BASIS}}}", "green")),
    miss("another stands for one step of the grid less", *superseded("60.1", "")),
    miss("another stands until it lapses", *superseded("60", ", lapses_after: 84 days")),
    miss(
        "the last step of the grid within the bounds",
        BY_STAFFING,
        calls(f"{{staffing: {{at_least: 74.9}}, {BASIS}}}"),
    ),
    miss(
        "the status lasts for a while yet",
        red("{staffing: {below: red_point}}"),
        ("    colour: red\n", "    colour: red\n    minimum_stay: 14 days\n"),
        calls(f"{{staffing: {{at_least: 80}}, {BASIS}}}"),
    ),
    miss(
        "the way out takes two weeks",
        red("{staffing: {below: red_point}}", "{staffing: {at_least: red_point}, for: 2 weeks}"),
        calls(f"{{staffing: {{at_least: 80}}, {BASIS}}}"),
    ),
    miss(
        "the way out is further",
        red("{staffing: {below: red_point}}", "{staffing: {at_least: 85}}"),
        calls(f"{{staffing: {{at_least: 84.9}}, {BASIS}}}"),
    ),
    miss(
        "a more severe status is left one step at a time",
        ("first_return: at_once\n", "first_return: at_once\nsteps: {down: 1}\n"),
        BY_STAFFING,
        third("{staffing: {below: 55}}"),
        calls(f"{{staffing: {{at_least: 80}}, {BASIS}}}"),
    ),
    miss(
        "a director may declare the status",
        DECLARED,
        BY_STAFFING,
        calls(f"{{staffing: {{at_least: 80}}, {BASIS}}}"),
    ),
]
