"""A version in a canonical form, in which two that mean the same look the same.

Every key of a document is in the tree, with its default where nothing is written. So nothing that differs can be
missed, and what is written out that would hold anyway is no difference.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from engine.compare._conditions import canonical, paths_of
from engine.compare.values import Json
from rules.formula import Condition
from rules.formula.wording import span_in_words
from rules.model import Activity, Status
from rules.model._fields import number_text
from rules.model.measures import Points
from rules.model.rollup import ParentStatus
from rules.model.version import Guarantee, Reduction, ReturnRules
from rules.policy import Policy
from rules.problems import Findings
from rules.text import Path_, Scalar, Source, parse

_DURATIONS = frozenset(
    (
        "every",
        "stale_after",
        "longest_gap",
        "grace",
        "at_most",
        "minimum_stay",
        "review_every",
        "outstays_after",
        "carry_forward",
        "lapses_after",
    )
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value; `worth` is what it comes to, where the same can be written in several ways."""

    value: Json
    at: Path_
    worth: object = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition, and the paths of its parts in the document."""

    condition: Condition
    at: Path_
    paths: dict[str, Path_]
    every: int


@dataclass(frozen=True, slots=True)
class Table:
    """Values by name. `named`: the names are the author's (ids), and their order is part of the document."""

    entries: dict[str, Tree]
    at: Path_
    named: bool = False
    keyed_by: str | None = None
    texts: bool = False
    """Whether it is a list of texts, each its own name."""


Tree = Leaf | Rule | Table


def source_of(policy: Policy) -> Source:
    """The text of a policy, parsed again for its places."""
    source = parse(policy.text, policy.file, Findings())
    assert source is not None, "a policy was read from a text that parses"
    return source


def tree_of(policy: Policy, source: Source) -> Table:
    """The whole document."""
    return _Reader(policy, source).model(policy.version, ())


def plain(tree: Tree) -> Json:
    """A tree as canonical values."""
    if isinstance(tree, Leaf):
        return tree.value
    if isinstance(tree, Rule):
        return canonical(tree.condition, tree.every)
    if tree.texts:
        return [plain(one) for one in tree.entries.values()]
    return {key: plain(one) for key, one in tree.entries.items()}


def scalar(value: Any, key: str = "") -> Json:
    """A single value as text, or as true, false or None."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, int):
        return span_in_words(value) if key in _DURATIONS else str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.text if isinstance(value, Scalar) else str(value)


class _Reader:
    def __init__(self, policy: Policy, source: Source) -> None:
        self.policy, self.source = policy, source
        self.whens = {reduction.key: reduction.when for reduction in policy.reductions}

    def model(self, model: BaseModel, at: Path_) -> Table:
        entries: dict[str, Tree] = {}
        for name, described in type(model).model_fields.items():
            key = described.alias or name
            found = self.value(model, key, getattr(model, name), (*at, key))
            if found is not None:
                entries[key] = found
        return Table(entries, at)

    def value(self, owner: BaseModel, key: str, value: Any, at: Path_) -> Tree | None:
        if key in ("enter", "exit", "when") and isinstance(
            owner, Status | Reduction | Guarantee | ParentStatus
        ):
            condition = self.condition(owner, key, at)
            if condition is None:
                return None
            every = self.policy.version.returns.every
            return Rule(condition, at, paths_of(self.source, condition.rule, at), every)
        if key == "longest_gap" and value is None and isinstance(owner, ReturnRules):
            value = owner.stale_after
        if key == "basis" and value is None:
            value = "illustrative"
        if key == "bands" and isinstance(owner, Points):
            return Leaf([_record(band) for band in value], at)
        if key == "formula" and value is not None:
            worth = self.policy.shortfall if at[0] == "relief" else self.policy.measures.get(str(at[1]))
            return Leaf(str(value), at, worth)
        if key == "default" and isinstance(value, Scalar):
            return Leaf(value.text, at)
        if value is None:
            return Table({}, at, True, "from") if key == "reductions" else None
        if isinstance(value, BaseModel):
            return self.model(value, at)
        if isinstance(value, dict):
            return self.mapping(key, value, at)
        if isinstance(value, list):
            return self.listed(value, at)
        return Leaf(scalar(value, key), at)

    def condition(self, owner: BaseModel, key: str, at: Path_) -> Condition | None:
        if isinstance(owner, Status):
            level = int(at[1])
            return (self.policy.enters if key == "enter" else self.policy.exits)[level]
        if isinstance(owner, ParentStatus):
            parent = next(one for one in self.policy.parents if one.level == at[1])
            level = self.policy.levels[str(at[3])]
            return (parent.enters if key == "enter" else parent.exits)[level]
        if isinstance(owner, Guarantee):
            return self.policy.guarantees[int(at[1])].when
        assert isinstance(owner, Reduction)
        return self.whens[self.policy.version.activities[int(at[1])].id, owner.from_]

    def mapping(self, key: str, value: dict[str, Any], at: Path_) -> Tree:
        if key in ("never", "always", "where"):
            return Leaf({word: _outcome(stated) for word, stated in value.items()}, at)
        entries: dict[str, Tree] = {}
        for name, one in value.items():
            here = (*at, name)
            if isinstance(one, BaseModel):
                entries[name] = self.model(one, here)
            elif isinstance(one, dict):
                entries[name] = self.mapping(name, one, here)
            else:
                entries[name] = Leaf(scalar(one), here)
        return Table(entries, at, True)

    def listed(self, value: Sequence[Any], at: Path_) -> Tree:
        models = [one for one in value if isinstance(one, BaseModel)]
        if len(models) < len(value) or not value:
            texts = [scalar(one) for one in value]
            entries: dict[str, Tree] = {
                name: Leaf(text, (*at, index))
                for index, (name, text) in enumerate(zip(_unlike(texts), texts, strict=True))
            }
            return Table(entries, at, True, texts=True)
        key = _key_of(models[0])
        names = _unlike([str(getattr(one, key)) for one in models])
        found: dict[str, Tree] = {
            name: self.model(one, (*at, index))
            for index, (name, one) in enumerate(zip(names, models, strict=True))
        }
        return Table(found, at, True, key.rstrip("_"))


def _key_of(model: BaseModel) -> str:
    """What the items of a list are known by."""
    if isinstance(model, Status | Activity):
        return "id"
    return "from_" if isinstance(model, Reduction) else "name"


def _unlike(names: Iterable[str]) -> list[str]:
    """The names, with a number after those that stood before."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return found


def _record(model: BaseModel) -> Json:
    """A model of single values, without those that are left out."""
    return {
        name: scalar(value, "")
        for name in type(model).model_fields
        if (value := getattr(model, name)) is not None
    }


def _outcome(stated: Any) -> Json:
    return [scalar(one) for one in stated] if isinstance(stated, list | tuple) else [scalar(stated)]
