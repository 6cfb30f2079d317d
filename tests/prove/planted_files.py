"""Planted faults in the days of versions and units, and in files that nobody reads."""

from __future__ import annotations

from tests.prove.planted_case import Plant, plant
from tests.prove.planted_policy import CLEAN, ORGANISATION, REGION, SCENARIOS, VERSION, Files
from tests.support import changed


def second(first_ends: str, effective: str) -> Files:
    """Two versions: the first with a last day, or without; the second from a day on."""
    one = CLEAN[VERSION]
    effective_line = "effective: 2022-08-01\n"
    ended = changed(one, (effective_line, effective_line + (f"§until: {first_ends}\n" if first_ends else "")))
    two = changed(one, ("version: v1", "version: v2"), (effective_line, f"§effective: {effective}\n"))
    return {VERSION: ended, "plan/v2.yaml": two}


def days(code: str, name: str, more: Files, says: str = "", along: str = "") -> Plant:
    """A plant that lies in whole files."""
    return plant(code, name, says=says, along=along, more=more)


def register(line: str) -> Files:
    """A further unit."""
    return {ORGANISATION: CLEAN[ORGANISATION] + f"  - §{line}\n"}


ENDED = {
    VERSION: changed(
        CLEAN[VERSION], ("effective: 2022-08-01\n", "effective: 2022-08-01\nuntil: 2022-12-31\n")
    )
}
UNCOVERED = [
    days(
        "PF311",
        "five days between two versions",
        second("2022-08-30", "2022-09-05"),
        says="2022-08-31 2022-09-04",
    ),
    days("PF311", "one day between two versions", second("2022-09-03", "2022-09-05"), says="2022-09-04"),
    days(
        "PF312",
        "gone before the first version",
        register("{id: leeds, name: Leeds, region: north, until: 2022-07-31}"),
        says="leeds",
    ),
    days(
        "PF312",
        "there only after the last version",
        ENDED | register("{id: leeds, name: Leeds, region: north, from: 2023-01-01}"),
        says="leeds",
    ),
    days(
        "PF312",
        "there only between two versions",
        second("2022-08-30", "2022-09-05")
        | register("{id: leeds, name: Leeds, region: north, from: 2022-08-31, until: 2022-09-04}"),
        says="leeds",
        along="PF311",
    ),
    days("PF314", "another ending", {"plan/v2.yml": "§" + CLEAN[VERSION]}),
    days(
        "PF314",
        "another ending among the regions",
        {"plan/regions/south.yml": "§" + CLEAN[REGION].replace("north", "south")},
    ),
    days("PF314", "where none is looked for", {"notes.yaml": "§a: 1\n"}),
    days(
        "PF314",
        "a folder deeper",
        {"plan/scenarios/old/first.yaml": "§" + CLEAN[SCENARIOS]},
    ),
    days("PF241", "two versions from one day", second("", "2022-08-01")),
    days("PF243", "versions overlap for a day", second("2022-09-05", "2022-09-05")),
    days("PF243", "versions overlap for a month", second("2022-09-30", "2022-09-05")),
    days(
        "PF256",
        "settings before the first version",
        {REGION: CLEAN[REGION].replace("effective: 2022-08-08", "effective: §2022-07-31")},
    ),
    days(
        "PF256",
        "settings between two versions",
        second("2022-08-30", "2022-09-05")
        | {REGION: CLEAN[REGION].replace("effective: 2022-08-08", "effective: §2022-09-01")},
        along="PF311",
    ),
]
COVERED = [
    days("", "the last version ends", ENDED),
    days(
        "",
        "there under the second version alone",
        second("2022-09-04", "2022-09-05")
        | register("{id: leeds, name: Leeds, region: north, from: 2022-09-05}"),
    ),
    days(
        "",
        "settings from the first day of a version",
        {REGION: CLEAN[REGION].replace("2022-08-08", "2022-08-01")},
    ),
    days("", "one version ends on the day before the next", second("2022-09-04", "2022-09-05")),
    days("", "a version that ends by the next", second("", "2022-09-05")),
    days(
        "", "gone after the first day", register("{id: leeds, name: Leeds, region: north, until: 2022-08-01}")
    ),
    days(
        "",
        "there from the last day",
        ENDED | register("{id: leeds, name: Leeds, region: north, from: 2022-12-31}"),
    ),
    days(
        "",
        "there for longer than the gap between two versions",
        second("2022-08-30", "2022-09-05")
        | register("{id: leeds, name: Leeds, region: north, from: 2022-08-31, until: 2022-09-05}"),
        along="PF311",
    ),
    days("", "a text that is no YAML", {"plan/README.md": "A plan.\n"}),
    days("", "a folder that is left out", {"_drafts/v3.yaml": "a: 1\n", ".hidden/v3.yaml": "a: 1\n"}),
]
