"""How much one version may hold. The limits lie far beyond any real policy.

What uses what is looked up in both directions, formulas and conditions are compiled, and the library that decides
takes so many rules and no more: without limits a file of 1 MiB could take minutes and gigabytes.
"""

from __future__ import annotations

from rules.formula.parse import MAX_LENGTH
from rules.model import Version
from rules.problems import Findings
from rules.text import Mapping, Path_, Sequence, Source

MAX_STATUSES = 12
MAX_MEMBERS = 500
MAX_CATEGORIES = 1_000
MAX_BANDS = 200
MAX_REDUCTIONS = 2_000
MAX_LETTERS = 100_000
LIMITS = {
    "sources": 1_000,
    "lists": 100,
    "inputs": 2_000,
    "measures": 1_000,
    "trigger_points": 1_000,
    "statuses": MAX_STATUSES,
    "parts": 1_000,
    "cohorts": 1_000,
    "activities": 1_000,
    "guarantees": 200,
}
"""How many entries each key of a version takes."""


def check_sizes(version: Version, source: Source, findings: Findings) -> bool:
    """Whether the version keeps to the limits; else each that it breaks is noted (PF228)."""
    members = sum(map(len, version.lists.values()))
    reductions = sum(len(activity.reductions or ()) for activity in version.activities)
    found: list[tuple[int, int, str, Path_]] = [
        *((len(getattr(version, key)), most, _version(key), (key,)) for key, most in LIMITS.items()),
        (members, MAX_MEMBERS, "The lists of a version have at most {} members.", ("lists",)),
        (reductions, MAX_REDUCTIONS, _version("reductions"), ("activities",)),
    ]
    for name, spec in version.inputs.items():
        words = "An input has at most {} categories."
        found.append((len(spec.values or ()), MAX_CATEGORIES, words, ("inputs", name, "values")))
    for name, measure in version.measures.items():
        bands = () if measure.points is None else measure.points.bands
        words = "A measure has at most {} bands."
        found.append((len(bands), MAX_BANDS, words, ("measures", name, "points", "bands")))
    # of one that is too long by itself, its own fault is told (PF211)
    letters = sum(min(len(measure.formula or ""), MAX_LENGTH) for measure in version.measures.values())
    words = "The formulas of a version have at most {} characters in all."
    found.append((letters, MAX_LETTERS, words, ("measures",)))
    broken = [one for one in found if one[0] > one[1]]
    for _, most, words, path in broken:
        path = _first_beyond(most, path, source)
        place = source.place(path, key=not isinstance(path[-1], int))
        findings.add("PF228", words.format(f"{most:,}"), place, "Merge or remove some.")
    return not broken


def _version(key: str) -> str:
    return f"A version has at most {{}} {key.replace('_', ' ')}."


def _first_beyond(most: int, path: Path_, source: Source) -> Path_:
    """The path of the first entry too many; that of the whole, where its own entries are not what is counted."""
    node = source.node(path)
    if isinstance(node, Sequence) and len(node.items) > most:
        return (*path, most)
    if isinstance(node, Mapping) and len(node.entries) > most:
        return (*path, list(node.entries)[most])
    return path
