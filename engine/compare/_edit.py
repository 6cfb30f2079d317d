"""A document with one thing changed: what is between two versions, one difference at a time."""

from __future__ import annotations

from collections.abc import Mapping as StrMapping
from dataclasses import replace

from engine.compare.values import Change
from rules.check.version import check_version
from rules.policy import Policy
from rules.problems import Findings
from rules.text import Mapping, Node, Path_, Scalar, Sequence, Source

_DEFINED = ("lists", "inputs", "measures", "trigger_points", "sources", "parts", "cohorts")
"""What may be defined and not used: it changes no answer."""


class Misfit(Exception):
    """A change that cannot be made at its place."""


def read(source: Source) -> Policy | None:
    """The policy of a document, or None where it is no good one."""
    return check_version(source, Findings())


def with_node(source: Source, path: Path_, node: Node | None, *, insert: bool = False) -> Source:
    """The document with another node at a path, or without the one that stands there. Raises Misfit."""
    return replace(source, root=_set(source.root, path, node, insert))


def with_change(older: Source, newer: Source, change: Change) -> Source:
    """The older document with one change made. Raises Misfit."""
    if change.kind == "moved":
        return with_node(
            older, change.where, _reordered(older.node(change.where), newer.node(change.to_path or ()))
        )
    node = None if change.to_path is None else newer.node(change.to_path)
    if node is None and isinstance(change.after, str):
        node = Scalar(change.after, True)  # what holds where nothing is written
    insert = change.kind == "added" and isinstance(change.where[-1], int)
    return with_node(older, change.where, node, insert=insert)


def with_definitions(source: Source, other: Source) -> Source:
    """The document with every definition of another one whose name it does not have; nothing uses them yet."""
    root = source.root
    assert isinstance(root, Mapping)
    for key in _DEFINED:
        theirs = other.node((key,))
        if not isinstance(theirs, Mapping):
            continue
        mine = source.node((key,))
        known = mine.entries if isinstance(mine, Mapping) else {}
        for name, node in theirs.entries.items():
            if name not in known:
                source = with_node(source, (key, name), node)
    return source


def with_ids(source: Source, activities: StrMapping[str, str], cohorts: StrMapping[str, str]) -> Source:
    """The document with some activities and cohorts under other ids."""
    found = source.node(("activities",))
    assert isinstance(found, Sequence)
    for index, activity in enumerate(found.items):
        new = activities.get(id_of(activity) or "")
        if new is not None:
            source = with_node(source, ("activities", index, "id"), Scalar(new, True))
        for position in range(_size(source, ("activities", index, "reductions"))):
            for key in ("except", "only"):
                path: Path_ = ("activities", index, "reductions", position, key)
                for place in range(_size(source, path)):
                    node = source.node((*path, place))
                    if isinstance(node, Scalar) and node.text in cohorts:
                        named = replace(node, text=cohorts[node.text])
                        source = with_node(source, (*path, place), named)
    for old, new in cohorts.items():
        source = with_node(source, ("cohorts", new), source.node(("cohorts", old)))
    return source


def _size(source: Source, path: Path_) -> int:
    node = source.node(path)
    return len(node.items) if isinstance(node, Sequence) else 0


def id_of(node: Node) -> str | None:
    """The id that an item of a list says."""
    found = node.entries.get("id") if isinstance(node, Mapping) else None
    return found.text if isinstance(found, Scalar) else None


def _set(node: Node | None, path: Path_, new: Node | None, insert: bool) -> Node:
    if not path:
        if new is None:
            raise Misfit
        return new
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        return _set_item(node, key, rest, new, insert)
    if node is None:
        node = Mapping({}, {})
    if not isinstance(node, Mapping):
        raise Misfit
    entries, keys = dict(node.entries), dict(node.keys)
    if not rest and new is None:
        entries.pop(key, None)
        keys.pop(key, None)
    else:
        entries[key] = _set(entries.get(key), rest, new, insert)
        keys.setdefault(key, Scalar(key, True, node.line, node.column))
    return replace(node, entries=entries, keys=keys)


def _set_item(node: Node | None, index: int, rest: Path_, new: Node | None, insert: bool) -> Node:
    if node is None:
        node = Sequence(())
    if not isinstance(node, Sequence):
        raise Misfit
    items = list(node.items)
    if rest or (new is not None and not insert):
        if index >= len(items):
            raise Misfit
        items[index] = _set(items[index], rest, new, insert)
    elif new is None:
        if index >= len(items):
            raise Misfit
        del items[index]
    else:
        items.insert(index, new)
    return replace(node, items=tuple(items))


def _reordered(mine: Node | None, theirs: Node | None) -> Node:
    """A list in the order of another one, as far as that names its items."""
    if not isinstance(mine, Sequence) or not isinstance(theirs, Sequence):
        raise Misfit
    order = [id_of(one) for one in theirs.items]
    moving = [one for one in mine.items if id_of(one) is not None and id_of(one) in order]
    moved = iter(sorted(moving, key=lambda one: order.index(id_of(one))))
    return replace(mine, items=tuple(next(moved) if one in moving else one for one in mine.items))
