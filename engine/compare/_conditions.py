"""Two conditions compared part by part, with the place of each part in its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.compare.values import Change, Json, Kind
from rules.formula import Categories, Comparison, Condition, Constant, Group
from rules.formula.tree import OPERATORS, Remarks
from rules.formula.wording import span_in_words
from rules.model._fields import number_text
from rules.text import Mapping, Path_, Sequence, Source

NONE = Remarks()
_REMARKS = ("source", "basis", "note")


def canonical(condition: Condition, every: int, above: Remarks = NONE, *, remarks: bool = True) -> Json:
    """A condition as its document could write it, in one way only; a part leaves out what its group says.

    `every` is the length of a return period in days.
    """
    found: dict[str, Any]
    if isinstance(condition, Comparison):
        found = {str(condition.subject): {condition.comparator: threshold(condition)}}
    else:
        inner = [canonical(part, every, condition.remarks, remarks=remarks) for part in condition.parts]
        if condition.operator == "count":
            found = {"count": {"at_least": str(condition.at_least), "of": inner}}
        else:
            found = {condition.operator: inner}
    if condition.periods is not None:
        found["for"] = span_in_words(condition.periods * every)
    if remarks:
        found.update(own_remarks(condition, above))
    return found


def own_remarks(condition: Condition, above: Remarks) -> dict[str, str]:
    """What a condition says of itself that its group does not say for it."""
    own, outer = condition.remarks, above
    found = {}
    if own.source is not None and own.source != outer.source:
        found["source"] = own.source
    if (own.basis or "illustrative") != (outer.basis or "illustrative"):
        found["basis"] = own.basis or "illustrative"
    if own.note is not None and own.note is not outer.note:
        found["note"] = own.note
    return found


def threshold(comparison: Comparison) -> Json:
    """What a comparison compares with: a number, a name, or categories."""
    limit = comparison.threshold
    if isinstance(limit, Categories):
        return limit.ids[0] if comparison.comparator == "is" else list(limit.ids)
    return number_text(limit.value) if isinstance(limit, Constant) else str(limit)


def paths_of(source: Source, rule: str, at: Path_) -> dict[str, Path_]:
    """Where each part of a condition stands: its mapping, and under `rule=` what it compares with."""
    found: dict[str, Path_] = {}
    _take(source, rule, at, found)
    return found


def _take(source: Source, rule: str, path: Path_, found: dict[str, Path_]) -> None:
    node = source.node(path)
    assert isinstance(node, Mapping)
    found[rule] = path
    for kind, value in node.entries.items():
        inner: Path_ = (*path, kind)
        if kind in OPERATORS:
            if kind == "count" and isinstance(value, Mapping):
                inner, value = (*inner, "of"), value.entries["of"]
            assert isinstance(value, Sequence)
            found[f"{rule}="] = inner
            for index in range(len(value.items)):
                _take(source, f"{rule}.{index}", (*inner, index), found)
        elif isinstance(value, Mapping):
            found[f"{rule}="] = inner
            for index, comparator in enumerate(value.entries):
                if len(value.entries) == 1:
                    found[f"{rule}="] = (*inner, comparator)
                else:
                    found[f"{rule}.{index}"] = found[f"{rule}.{index}="] = (*inner, comparator)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Where the parts of both conditions stand, and the length of a period on each side."""

    from_paths: dict[str, Path_]
    to_paths: dict[str, Path_]
    every: tuple[int, int]


def condition_changes(
    x: Condition,
    y: Condition,
    keys: tuple[str, ...],
    from_paths: dict[str, Path_],
    to_paths: dict[str, Path_],
    every: tuple[int, int],
) -> Iterator[Change]:
    """Every difference of two conditions."""
    yield from _compare(x, y, keys, (NONE, NONE), _Pair(from_paths, to_paths, every))


def _compare(
    x: Condition, y: Condition, keys: tuple[str, ...], above: tuple[Remarks, Remarks], pair: _Pair
) -> Iterator[Change]:
    one, other = pair.from_paths[x.rule], pair.to_paths[y.rule]
    if not _alike(x, y):
        before, after = canonical(x, pair.every[0]), canonical(y, pair.every[1])
        yield Change("changed", keys, before, after, one, other, where=one)
        return
    if isinstance(x, Comparison) and isinstance(y, Comparison):
        if threshold(x) != threshold(y):
            here = (*keys, str(x.subject), x.comparator)
            start, end = pair.from_paths[f"{x.rule}="], pair.to_paths[f"{y.rule}="]
            yield Change("changed", here, threshold(x), threshold(y), start, end, where=start)
    elif isinstance(x, Group) and isinstance(y, Group):
        if x.at_least != y.at_least:
            start, end = (*one, "count", "at_least"), (*other, "count", "at_least")
            here = (*keys, "count", "at_least")
            yield Change("changed", here, str(x.at_least), str(y.at_least), start, end, where=start)
        yield from _parts(x, y, (*keys, x.operator), pair)
    yield from _duration(x, y, keys, pair)
    mine, theirs = own_remarks(x, above[0]), own_remarks(y, above[1])
    for key in _REMARKS:
        if mine.get(key) != theirs.get(key):
            yield _set((*keys, key), mine.get(key), theirs.get(key), (*one, key), (*other, key))


def _duration(x: Condition, y: Condition, keys: tuple[str, ...], pair: _Pair) -> Iterator[Change]:
    """Whether the one must hold for longer than the other."""
    before, after = (
        None if condition.periods is None else span_in_words(condition.periods * every)
        for condition, every in zip((x, y), pair.every, strict=True)
    )
    if before != after:
        one, other = (*pair.from_paths[x.rule], "for"), (*pair.to_paths[y.rule], "for")
        yield _set((*keys, "for"), before, after, one, other)


def _set(keys: tuple[str, ...], before: Json, after: Json, one: Path_, other: Path_) -> Change:
    kind: Kind = "added" if before is None else "removed" if after is None else "changed"
    start, end = None if before is None else one, None if after is None else other
    return Change(kind, keys, before, after, start, end, where=one)


def _alike(x: Condition, y: Condition) -> bool:
    """Whether two conditions are of one build, so that their parts can be compared."""
    if isinstance(x, Comparison) and isinstance(y, Comparison):
        return (x.subject, x.comparator) == (y.subject, y.comparator)
    return isinstance(x, Group) and isinstance(y, Group) and x.operator == y.operator


def _parts(x: Group, y: Group, keys: tuple[str, ...], pair: _Pair) -> Iterator[Change]:
    matched = _matched(x, y, pair)
    above = (x.remarks, y.remarks)
    for index, part in enumerate(x.parts):
        if index not in matched:
            path = pair.from_paths[part.rule]
            told = canonical(part, pair.every[0])
            yield Change("removed", (*keys, str(index)), told, None, path, None, where=path)
    others = {other: one for one, other in matched.items()}
    for index, part in enumerate(y.parts):
        here = (*keys, str(index))
        if index in others:
            yield from _compare(x.parts[others[index]], part, here, above, pair)
        else:
            path = pair.to_paths[part.rule]
            where = (*pair.from_paths[f"{x.rule}="], len(x.parts))
            yield Change("added", here, None, canonical(part, pair.every[1]), None, path, where=where)
    order = [matched[index] for index in sorted(matched)]
    if order != sorted(order):
        one, other = pair.from_paths[f"{x.rule}="], pair.to_paths[f"{y.rule}="]
        before = [canonical(part, pair.every[0]) for part in x.parts]
        after = [canonical(part, pair.every[1]) for part in y.parts]
        yield Change("moved", keys, before, after, one, other, where=one)


def _matched(x: Group, y: Group, pair: _Pair) -> dict[int, int]:
    """Which part of one group is which of the other: those that are most alike first."""
    found: dict[int, int] = {}
    left, right = list(range(len(x.parts))), list(range(len(y.parts)))
    for likeness in _LIKENESSES:
        for index in list(left):
            mine = likeness(x.parts[index], pair.every[0])
            for other in right:
                if mine is not None and likeness(y.parts[other], pair.every[1]) == mine:
                    found[index] = other
                    left.remove(index)
                    right.remove(other)
                    break
    return found


def _compared(part: Condition, *, with_comparator: bool) -> object:
    if not isinstance(part, Comparison):
        return None
    return (str(part.subject), part.comparator if with_comparator else "")


def _grouped(part: Condition, *, with_subjects: bool) -> object:
    if not isinstance(part, Group):
        return None
    return (part.operator, _subjects(part) if with_subjects else ())


_LIKENESSES: tuple[Callable[[Condition, int], object], ...] = (
    lambda part, every: repr(canonical(part, every)),
    lambda part, every: repr(canonical(part, every, remarks=False)),
    lambda part, every: _compared(part, with_comparator=True),
    lambda part, every: _compared(part, with_comparator=False),
    lambda part, every: _grouped(part, with_subjects=True),
    lambda part, every: _grouped(part, with_subjects=False),
)


def _subjects(condition: Condition) -> tuple[str, ...]:
    if isinstance(condition, Comparison):
        return (str(condition.subject),)
    return tuple(name for part in condition.parts for name in _subjects(part))
