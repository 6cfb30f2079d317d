"""Two documents walked side by side: every difference, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.compare._conditions import condition_changes
from engine.compare._tree import Leaf, Rule, Table, Tree, plain
from engine.compare.values import Change, Kind
from rules.text import Path_

_IDS = ("id", "from", "name")
"""What names an item of a list."""


def walk(x: Tree | None, y: Tree | None, keys: tuple[str, ...] = (), where: Path_ = ()) -> Iterator[Change]:
    """The differences of two trees. `where` is the place of what stands (or would stand) in the first."""
    if x is None and isinstance(y, Table) and y.named:
        x = Table({}, where, True, y.keyed_by, y.texts)
    if y is None and isinstance(x, Table) and x.named:
        y = Table({}, x.at, True, x.keyed_by, x.texts)
    if x is None or y is None:
        if x is not None or y is not None:
            yield _one_sided(x, y, keys, where)
    elif isinstance(x, Table) and isinstance(y, Table):
        yield from _named(x, y, keys) if x.named else _fields(x, y, keys)
    elif isinstance(x, Rule) and isinstance(y, Rule):
        every = (x.every, y.every)
        yield from condition_changes(x.condition, y.condition, keys, x.paths, y.paths, every)
    elif isinstance(x, Leaf) and isinstance(y, Leaf):
        if x.value != y.value:
            # Two formulas that are worked out alike are the same but for their text.
            same = x.worth is not None and x.worth == y.worth
            yield Change("changed", keys, x.value, y.value, x.at, y.at, wording=same, where=x.at)
    else:
        yield Change("changed", keys, plain(x), plain(y), x.at, y.at, where=x.at)


def _one_sided(x: Tree | None, y: Tree | None, keys: tuple[str, ...], where: Path_) -> Change:
    if x is not None:
        return Change("removed", keys, plain(x), None, x.at, None, where=x.at)
    assert y is not None
    return Change("added", keys, None, plain(y), None, y.at, where=where)


def _fields(x: Table, y: Table, keys: tuple[str, ...]) -> Iterator[Change]:
    """Two records of the same fields."""
    for key in dict.fromkeys([*x.entries, *y.entries]):
        yield from walk(x.entries.get(key), y.entries.get(key), (*keys, key), (*x.at, key))


def _named(x: Table, y: Table, keys: tuple[str, ...]) -> Iterator[Change]:
    """Two collections whose items are matched by name; then what is of one side only; then the order."""
    gone = [name for name in x.entries if name not in y.entries]
    new = [name for name in y.entries if name not in x.entries]
    renamed = {} if x.texts else _renamed(x, y, gone, new)
    for old, fresh in renamed.items():
        one, other = x.entries[old], y.entries[fresh]
        name = x.keyed_by or "name"
        if x.keyed_by is None:
            yield Change("renamed", (*keys, fresh), old, fresh, one.at, other.at, where=one.at)
            continue
        kind: Kind = "changed" if name == "from" else "renamed"
        at, to = (*one.at, name), (*other.at, name)
        yield Change(kind, (*keys, fresh, name), old, fresh, at, to, where=at)
        yield from walk(_without(one, name), _without(other, name), (*keys, fresh), one.at)
    for name in x.entries:
        if name in gone and name not in renamed:
            yield _one_sided(x.entries[name], None, (*keys, name), x.entries[name].at)
    for place, name in enumerate(y.entries):
        if name in new and name not in renamed.values():
            yield _one_sided(None, y.entries[name], (*keys, name), _would_stand(x, y, place, name))
        elif name in x.entries:
            yield from walk(x.entries[name], y.entries[name], (*keys, name), x.entries[name].at)
    before = [renamed.get(name, name) for name in x.entries if name not in gone or name in renamed]
    after = [name for name in y.entries if name not in new or name in renamed.values()]
    if before != after:
        yield Change("moved", keys, list(x.entries), list(y.entries), x.at, y.at, where=x.at)


def _would_stand(x: Table, y: Table, place: int, name: str) -> Path_:
    """Where an item of the second collection would stand in the first: after the one before it that both have."""
    if x.keyed_by is None and not x.texts:
        return (*x.at, name)
    before = [other for other in list(y.entries)[:place] if other in x.entries]
    order = list(x.entries)
    return (*x.at, order.index(before[-1]) + 1 if before else 0)


def _renamed(x: Table, y: Table, gone: list[str], new: list[str]) -> dict[str, str]:
    """Names that have changed for sure: all else is the same, and of nothing else on either side.

    Where an activity has lost one reduction and got one, it is the same that begins at another status.
    """
    if x.keyed_by == "from" and len(gone) == len(new) == 1:
        return {gone[0]: new[0]}
    mine = {name: repr(plain(_without(x.entries[name], x.keyed_by))) for name in gone}
    theirs = {name: repr(plain(_without(y.entries[name], x.keyed_by))) for name in new}
    found = {}
    for name, content in mine.items():
        alike = [other for other, told in theirs.items() if told == content]
        if len(alike) == 1 and sum(told == content for told in mine.values()) == 1:
            found[name] = alike[0]
    return found


def _without(tree: Tree, key: str | None) -> Tree:
    if isinstance(tree, Table) and key in _IDS:
        return replace(tree, entries={name: one for name, one in tree.entries.items() if name != key})
    return tree
