"""Planted faults in sources, bases and durations."""

from __future__ import annotations

from tests.prove.planted_case import miss, part, plant, reduction
from tests.prove.planted_policy import EXIT_OF_AMBER, WHEN

BY_LAW = "basis: published, source: law"
LAW_LINES = "basis: published\n              source: law\n"
MEASURED = "title: Staffing, unit: percent, decimals: 1"
REPORTS = "mandatory: {because: The law asks for it., source: law}}\n"
MEASURE = "  pressure:\n    title"

SOURCED = [
    plant(
        "PF307",
        "in one line",
        (REPORTS, "§mandatory: {because: The law asks for it.}}\n"),
        reduction("{from: red, strength: may, do: Call., source: law}"),
        says="reports",
    ),
    plant(
        "PF307",
        "one of two",
        (
            "  - {id: reports",
            "  - §id: meetings\n    title: Meetings\n§    mandatory:\n"
            "§      because: The law asks for it.\n  - {id: reports",
        ),
        says="meetings",
    ),
    plant("PF308", "in a condition", (WHEN, WHEN + "            - §{strain: {below: 4}}\n"), says="4"),
    plant(
        "PF308",
        "in a group",
        (
            "        - {strain: {above: 7}, for: 2 weeks, basis: illustrative}\n",
            "        - §{strain: {above: 7}, for: 2 weeks}\n",
        ),
        says="7",
    ),
    plant(
        "PF308",
        "of a trigger point",
        ("{from: 60, to: 75}, basis: illustrative}", "{from: 60, to: 75}}"),
        ("  red_point: {title", "§  red_point: {title"),
        says="red_point",
    ),
    plant(
        "PF308",
        "in what is released",
        reduction("§{from: red, strength: may, do: Call., releases: {minutes: 5, per: strain, every: week}}"),
        says="calls",
    ),
    plant(
        "PF309",
        "above",
        (WHEN, WHEN + f"            - §{{staffing: {{above: 110}}, {BY_LAW}}}\n"),
        says="staffing",
    ),
    plant(
        "PF309",
        "below",
        (WHEN, WHEN + f"            - §{{staffing: {{below: 60}}, {BY_LAW}}}\n"),
        says="staffing",
    ),
    plant(
        "PF309",
        "through a group",
        (
            WHEN,
            WHEN
            + f"            - any:\n              - §{{staffing: {{below: 60}}}}\n              {LAW_LINES}",
        ),
        says="staffing",
    ),
    plant(
        "PF309",
        "through a trigger point",
        ("{from: 60, to: 75}, basis: illustrative}", "{from: 60, to: 75}, basis: published, source: law}"),
        ("        - {staffing: {below: red_point}", "        - §{staffing: {below: red_point}"),
        says="staffing",
    ),
    plant(
        "PF310",
        "a group and its part",
        (
            EXIT_OF_AMBER,
            EXIT_OF_AMBER.replace(
                "- {staffing: {at_least: amber_point}}",
                "- {staffing: {at_least: amber_point}, for: 2 weeks}§",
            )
            .replace("for: 2 weeks\n", "for: 2 weeks§\n")
            .replace("    exit", "§    exit"),
        ),
    ),
    plant(
        "PF310",
        "a group and a part of its part",
        (
            "        - all: [{alert: {is: very-high}}, {pressure: {at_least: 2}, basis: illustrative}]\n"
            "          for: 2 weeks\n",
            "        - §all: [{alert: {is: very-high}}, §{none: [{pressure: {at_most: 1}, for: 1 week}], "
            "basis: illustrative}]\n"
            "          for: 2 weeks§\n",
        ),
    ),
]

WELL_SOURCED = [
    miss("no number, so no basis", (WHEN, WHEN + "            - {alert: {none_of: [none]}}\n")),
    miss(
        "the basis of its group",
        (
            WHEN,
            WHEN + "            - {any: [{strain: {below: 4}}, {strain: {is: 9}}], basis: illustrative}\n",
        ),
    ),
    miss("the basis of a trigger point", part("{staffing: {below: red_point}}")),
    miss("not strict", (WHEN, WHEN + f"            - {{staffing: {{at_least: 110}}, {BY_LAW}}}\n")),
    miss(
        "two decimals",
        (MEASURED, "title: Staffing, unit: percent, decimals: 2"),
        (WHEN, WHEN + f"            - {{staffing: {{above: 110}}, {BY_LAW}}}\n"),
    ),
    miss(
        "an input, which is not rounded", (WHEN, WHEN + f"            - {{strain: {{above: 8}}, {BY_LAW}}}\n")
    ),
    miss("just one number", (WHEN, WHEN + f"            - {{staffing: {{is: 110}}, {BY_LAW}}}\n")),
    miss(
        "a published trigger point that is not strict",
        ("{from: 60, to: 75}, basis: illustrative}", "{from: 60, to: 75}, basis: published, source: law}"),
        ("        - {staffing: {below: red_point}", "        - {staffing: {at_most: red_point}"),
        (
            "      all: [{staffing: {at_least: red_point}}",
            "      all: [{staffing: {at_least: 76}, basis: illustrative}",
        ),
    ),
    miss(
        "durations on two groups side by side",
        part(
            "{any: [{all: [{strain: {below: 4}}], for: 2 weeks}, {all: [{strain: {is: 9}}], for: 2 weeks}]}"
        ),
    ),
    miss("strict and illustrative", part("{staffing: {above: 110}}")),
    miss(
        "durations on two parts",
        (
            EXIT_OF_AMBER,
            "    exit:\n      all:\n        - {staffing: {at_least: amber_point}, for: 2 weeks}\n"
            "        - {strain: {at_most: 7}, for: 2 weeks, basis: illustrative}\n",
        ),
    ),
    miss(
        "durations on two comparators together",
        (WHEN, WHEN + "            - {strain: {above: 2, below: 8}, for: 2 weeks, basis: illustrative}\n"),
    ),
]
