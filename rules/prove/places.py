"""Where in the document a condition stands, by its rule."""

from __future__ import annotations

from collections.abc import Iterator

from rules.formula import Categories, Comparison, Condition, Constant, Threshold, walk
from rules.formula.tree import OPERATORS
from rules.model._fields import number_text
from rules.policy import Policy
from rules.problems import Place
from rules.prove.told import ConditionTold
from rules.text import Mapping, Path_, Sequence, Source


class Places:
    """The places of a policy's conditions: a group at its mapping, a comparison at the value that it compares with."""

    def __init__(self, policy: Policy, source: Source) -> None:
        self._source = source
        self._paths: dict[str, Path_] = {}
        for root, path in self._roots(policy):
            self._take(root.rule, path)

    def of(self, condition: Condition) -> Place:
        """The place of a condition."""
        return self._source.place(self._paths[condition.rule])

    def enter(self, level: int) -> Place:
        """The place of a status' enter; of the first status, which has none, its own."""
        return self._key(level, "enter")

    def exit(self, level: int) -> Place:
        """The place of a status' exit, or of the status where it has none of its own."""
        return self._key(level, "exit")

    def _key(self, level: int, key: str) -> Place:
        path: Path_ = ("statuses", level)
        if self._source.node((*path, key)) is None:
            return self._source.place(path)
        return self._source.place((*path, key), key=True)

    def reduction(self, policy: Policy, number: int) -> Place:
        """The place of a reduction."""
        wanted = policy.reductions[number]
        for index, activity in enumerate(policy.version.activities):
            for position, reduction in enumerate(activity.reductions or ()):
                if reduction is wanted.reduction:
                    return self._source.place(("activities", index, "reductions", position))
        raise KeyError(wanted.key)

    def at(self, *path: str | int) -> Place:
        """The place of any path."""
        return self._source.place(path)

    @staticmethod
    def _roots(policy: Policy) -> Iterator[tuple[Condition, Path_]]:
        for key, roots in (("enter", policy.enters), ("exit", policy.exits)):
            for level, root in enumerate(roots):
                if root is not None:
                    yield root, ("statuses", level, key)
        positions = {
            (activity.id, reduction.from_): (index, position)
            for index, activity in enumerate(policy.version.activities)
            for position, reduction in enumerate(activity.reductions or ())
        }
        for reduction in policy.reductions:
            if reduction.when is not None:
                index, position = positions[reduction.key]
                yield reduction.when, ("activities", index, "reductions", position, "when")

    def _take(self, rule: str, path: Path_) -> None:
        """Walk the document as the reader of conditions does, and note where each rule stands."""
        node = self._source.node(path)
        assert isinstance(node, Mapping)
        self._paths[rule] = path
        for kind, value in node.entries.items():
            inner: Path_ = (*path, kind)
            if kind in OPERATORS:
                if kind == "count" and isinstance(value, Mapping):
                    inner, value = (*inner, "of"), value.entries["of"]
                assert isinstance(value, Sequence)
                for index in range(len(value.items)):
                    self._take(f"{rule}.{index}", (*inner, index))
            elif isinstance(value, Mapping):
                if len(value.entries) == 1:
                    self._paths[rule] = (*inner, next(iter(value.entries)))
                for index, comparator in enumerate(value.entries if len(value.entries) > 1 else ()):
                    self._paths[f"{rule}.{index}"] = (*inner, comparator)


def condition_text(condition: Condition) -> str:
    """A condition in a few words: `staffing below amber_staffing`, or `the any group of staffing and workload`."""
    return told_text(condition_told(condition))


def condition_told(condition: Condition) -> ConditionTold:
    """A condition in short."""
    if isinstance(condition, Comparison):
        return ConditionTold(None, (str(condition.subject),), (_compared(condition),))
    parts = [one for one in walk(condition) if isinstance(one, Comparison)]
    if {f"{condition.rule}.{index}" for index in range(len(parts))} == {one.rule for one in parts}:
        subjects = {one.subject for one in parts}
        if condition.operator == "all" and len(subjects) == 1:
            return ConditionTold(None, (str(parts[0].subject),), tuple(map(_compared, parts)))
    names = tuple(dict.fromkeys(str(one.subject) for one in parts))
    return ConditionTold(condition.operator, names, ())


def told_text(told: ConditionTold) -> str:
    """A condition in short in a few words."""
    if told.operator is not None:
        return f"the {told.operator} group of {listed(told.subjects)}"
    limits = (f"{comparator.replace('_', ' ')} {' or '.join(values)}" for comparator, values in told.limits)
    return f"{told.subjects[0]} {' and '.join(limits)}"


def listed(parts: list[str] | tuple[str, ...]) -> str:
    """Words joined by commas and `and`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _compared(comparison: Comparison) -> tuple[str, tuple[str, ...]]:
    return comparison.comparator, _threshold(comparison.threshold)


def _threshold(threshold: Threshold) -> tuple[str, ...]:
    if isinstance(threshold, Constant):
        return (number_text(threshold.value),)
    if isinstance(threshold, Categories):
        return threshold.ids
    return (str(threshold),)
