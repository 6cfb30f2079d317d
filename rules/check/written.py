"""Conditions as they are written: each comparison and duration with its path, and what is said of it.

The trees of `rules.formula` know a condition's line only. What is said of one number in it, as a warning is,
needs the number's own place. The documents looked at here have been read without a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.formula.conditions import MODIFIERS
from rules.formula.tree import OPERATORS
from rules.text import Mapping, Node, Path_, Scalar, Sequence, Source


@dataclass(frozen=True, slots=True)
class Written:
    """One comparison: the path of its threshold, what is compared how, and its own or its group's remarks."""

    path: Path_
    subject: str
    comparator: str
    value: Node
    basis: str | None
    source: str | None


def condition_paths(source: Source) -> Iterator[Path_]:
    """The path of each outermost condition that decides something: enter, exit and when."""
    for level in ("region", "country"):
        counted = source.node(("rollup", level, "statuses"))
        for id_, entry in counted.entries.items() if isinstance(counted, Mapping) else ():
            if isinstance(entry, Mapping):
                yield from (
                    ("rollup", level, "statuses", id_, key)
                    for key in ("enter", "exit")
                    if key in entry.entries
                )
    for path, items in (("statuses",), ("enter", "exit")), (("activities",), ()):
        listed = source.node(path)
        for index, entry in enumerate(listed.items if isinstance(listed, Sequence) else ()):
            if not isinstance(entry, Mapping):
                continue
            yield from ((*path, index, key) for key in items if key in entry.entries)
            reductions = entry.entries.get("reductions") if not items else None
            for number, one in enumerate(reductions.items if isinstance(reductions, Sequence) else ()):
                if isinstance(one, Mapping) and "when" in one.entries:
                    yield (*path, index, "reductions", number, "when")


def comparisons(
    node: Node | None, path: Path_, basis: str | None = None, source: str | None = None
) -> Iterator[Written]:
    """Every comparison of a condition, in the order written."""
    if not isinstance(node, Mapping):
        return
    basis = _said(node, "basis") or basis
    source = _said(node, "source") or source
    for kind, value in _content(node):
        if kind in OPERATORS:
            for inner, part in _parts(value, (*path, kind)):
                yield from comparisons(part, inner, basis, source)
        elif isinstance(value, Mapping):
            for comparator, threshold in value.entries.items():
                yield Written((*path, kind, comparator), kind, comparator, threshold, basis, source)


def nested_durations(
    node: Node | None, path: Path_, outer: Path_ | None = None
) -> Iterator[tuple[Path_, Path_]]:
    """Each duration that stands within another one's condition, with the nearest one around it."""
    if not isinstance(node, Mapping):
        return
    if "for" in node.entries:
        own: Path_ = (*path, "for")
        if outer is not None:
            yield own, outer
        outer = own
    for kind, value in _content(node):
        if kind in OPERATORS:
            for inner, part in _parts(value, (*path, kind)):
                yield from nested_durations(part, inner, outer)


def _content(node: Mapping) -> Iterator[tuple[str, Node]]:
    return ((key, value) for key, value in node.entries.items() if key not in MODIFIERS)


def _parts(value: Node, path: Path_) -> Iterator[tuple[Path_, Node]]:
    """The parts of a group, below `of` where it is a count."""
    if isinstance(value, Mapping):
        value, path = value.entries["of"], (*path, "of")
    for index, part in enumerate(value.items if isinstance(value, Sequence) else ()):
        yield (*path, index), part


def _said(node: Mapping, key: str) -> str | None:
    found = node.entries.get(key)
    return found.text if isinstance(found, Scalar) else None
