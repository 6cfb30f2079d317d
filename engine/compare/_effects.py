"""What each change does by itself: it is made alone on the older version, and the two are compared by proof."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from engine.compare._conditions import canonical
from engine.compare._edit import Misfit, id_of, read, with_change, with_definitions, with_ids, with_node
from engine.compare._nature import Nature
from engine.compare._rules import rule_effect
from engine.compare._scope import Scope, scope_effect, scope_of
from engine.compare.values import Case, Change, Effect, Judged, Proof, Side, joined
from rules.policy import Policy
from rules.text import Sequence as Items
from rules.text import Source

Numbers = tuple[Mapping[str, Decimal], Mapping[str, Decimal]]


class Prove(Protocol):
    """Compares what two policies permit, for all figures, states and settings; with `numbers`, at those settings."""

    def __call__(self, a: Policy, b: Policy, *, numbers: Numbers | None = None) -> Proof:
        """What was proved."""


class Known(NamedTuple):
    """An effect, how it is known, and a case that shows it."""

    effect: Effect
    judged: Judged
    case: Case | None = None


class Effects:
    """The effects of the changes between two versions."""

    def __init__(
        self,
        before: Side,
        after: Side,
        changes: Sequence[Change],
        prove: Prove,
        report: Callable[[str], None],
    ) -> None:
        self.before, self.after, self.prove, self.report = before, after, prove, report
        self.fixed = before.region is not None or after.region is not None
        self._changes = changes
        self.cohorts = _renamed(changes, "cohorts")
        self.a, self.source = self._older()

    def _older(self) -> tuple[Policy, Source]:
        """The older version, without what decides nothing, and with what was renamed under its later id."""
        source = self.before.source
        for key in ("guarantees", "relief", "rollup"):
            source = with_node(source, (key,), None)
        # Lines of faults are looked up in the text, and nodes of both documents come together here.
        source = replace(source, text=f"{source.text}\n{self.after.source.text}")
        aligned = with_ids(source, _renamed(self._changes, "activities"), self.cohorts)
        policy = read(aligned)
        return (policy, aligned) if policy is not None else (self.before.policy, source)

    @cached_property
    def whole(self) -> Proof:
        """Both versions compared as they are, without what a region withholds."""
        self.report("both versions")
        older, newer = _used(self.a, self.before), _used(self.after.policy, self.after)
        return self.prove(older, newer, numbers=self._numbers(older, newer))

    @cached_property
    def alone(self) -> tuple[Proof, frozenset[str]] | None:
        """The older version with the activities of the newer one, and the activities that could not be tried so."""
        node = self.after.source.node(("activities",))
        assert isinstance(node, Items)
        source = with_definitions(self.source, self.after.source)
        statuses = set(self.a.version.status_ids)
        foreign = {
            one.id
            for one in self.after.policy.version.activities
            if any(reduction.from_ not in statuses for reduction in one.reductions or ())
        }
        items = tuple(one for one in node.items if id_of(one) not in foreign)
        policy = read(with_node(source, ("activities",), replace(node, items=items)))
        if policy is None:
            return None
        self.report("the activities alone")
        return self.prove(self.a, policy, numbers=self._numbers(self.a, policy)), frozenset(foreign)

    def _numbers(self, a: Policy, b: Policy) -> Numbers | None:
        """For the views of regions the numbers that they have set; else every setting is looked at."""
        return (_defaults(a), _defaults(b)) if self.fixed else None

    def of(self, change: Change, nature: Nature) -> Known:
        """The effect of one change."""
        if nature.wording or nature.way == "none":
            return Known("neutral", "nature")
        if nature.way == "definition":
            return self._definition(change)
        if nature.way == "activity":
            return self._activity(change)
        if nature.way == "scope":
            return Known(self._scope(change), "scope")
        if nature.way == "rule":
            return Known(rule_effect(change, self.a, self.after.policy), "rule")
        if nature.way == "withheld":
            return self._withheld(change)
        return self._step(change)

    def _together(self) -> Known:
        """The effect of all changes at once."""
        return Known(joined(self.whole.effects.values()), "open" if self.whole.open_ else "together")

    def _definition(self, change: Change) -> Known:
        """A definition that nothing uses does nothing; those of its name that are used are told of themselves."""
        kinds = ("inputs", "measures", "trigger_points")
        other = self.before if change.kind == "added" else self.after
        taken = any(change.keys[1] in getattr(other.policy.version, kind) for kind in kinds)
        return (
            self._together()
            if taken and len(change.keys) > 1 and change.kind != "renamed"
            else Known("neutral", "nature")
        )

    def _with(self, change: Change) -> Policy | None:
        """The older version with one change made, or None where it cannot be made alone."""
        try:
            source = with_change(with_definitions(self.source, self.after.source), self.after.source, change)
        except Misfit:
            return None
        return read(source)

    def _step(self, change: Change) -> Known:
        policy = self._with(change)
        if policy is None:
            return self._together()
        self.report(change.path)
        older, newer = few(self.a), few(policy)
        return _known(self.prove(older, newer, numbers=self._numbers(older, newer)))

    def _activity(self, change: Change) -> Known:
        id_ = change.activity
        assert id_ is not None
        if len(change.keys) > 2:
            tried = self._with(change)
            if tried is not None:
                self.report(change.path)
                older, newer = _only(self.a, {id_}), _only(tried, {id_})
                return _known(self.prove(older, newer, numbers=self._numbers(older, newer)))
        alone = self.alone
        if alone is None or id_ in alone[1]:
            return self._together()
        proof = alone[0]
        more, less = (
            [one for one in found if one.activity == id_] for found in (proof.loosens, proof.tightens)
        )
        effect = joined(["loosens" if more else "neutral", "tightens" if less else "neutral"])
        case = next((one.case for one in (*more, *less)), None)
        return Known(effect, "open" if id_ in proof.doubtful else "activity", case)

    def _scope(self, change: Change) -> Effect:
        """A cohort more or less that a reduction spares, or is limited to."""
        key, cohort = change.keys[4], self.cohorts.get(change.keys[5], change.keys[5])
        before, after = self._scopes(change)
        if bool(before.excepted) != bool(after.excepted) or bool(before.only) != bool(after.only):
            return scope_effect(before, after)  # another kind of limit: one entry alone says nothing
        one = frozenset([cohort])
        if key == "except":
            spared = before.excepted | one if change.kind == "added" else before.excepted - one
            return scope_effect(before, Scope(spared, before.only))
        limited = before.only | one if change.kind == "added" else before.only - one
        return scope_effect(before, Scope(before.excepted, limited))

    def _scopes(self, change: Change) -> tuple[Scope, Scope]:
        """The scopes of the reduction that a change is about, in both versions."""
        _, index, _, position, *_ = change.where
        mine = self.before.policy.version.activities[int(index)].reductions or []
        theirs = next(
            reduction
            for activity in self.after.policy.version.activities
            for reduction in activity.reductions or ()
            if (activity.id, reduction.from_) == (change.keys[1], change.keys[3])
        )
        spared, only = scope_of(mine[int(position)])
        before = (frozenset(self.cohorts.get(one, one) for one in ids) for ids in (spared, only))
        return Scope(*before), scope_of(theirs)

    def _withheld(self, change: Change) -> Known:
        """What a region begins or ceases to leave unused."""
        reducible = {one.activity.id for one in (*self.a.reductions, *self.after.policy.reductions)}
        if change.keys[-1] not in reducible:
            return Known("neutral", "rule")
        return Known("tightens" if change.kind == "added" else "loosens", "rule")


def _known(proof: Proof) -> Known:
    """What a proof says of a change that was tried alone."""
    effect = joined(proof.effects.values())
    found = (*proof.tightens, *proof.loosens) if effect == "tightens" else (*proof.loosens, *proof.tightens)
    case = next((one.case for one in found if one.case is not None), None)
    return Known(effect, "open" if proof.open_ else "proved", case)


def _renamed(changes: Sequence[Change], group: str) -> dict[str, str]:
    """The later ids of what was renamed for sure."""
    return {
        change.before: change.after
        for change in changes
        if change.kind == "renamed" and change.keys[0] == group and len(change.keys) < 4
    }


def few(policy: Policy) -> Policy:
    """A policy with one activity for each way to be permitted: what lets one be reduced lets all that are alike.

    Only for versions with the same activities: where these differ, each must be looked at.
    """
    seen: set[tuple[str, str]] = set()
    kept: set[str] = set()
    every = policy.version.returns.every
    for one in policy.reductions:
        way = (one.reduction.from_, "" if one.when is None else repr(canonical(one.when, every)))
        if way not in seen:
            kept.add(one.activity.id)
            seen.add(way)
    return _only(policy, kept)


def _used(policy: Policy, side: Side) -> Policy:
    """A policy without the activities that a region withholds."""
    return _only(policy, policy.activity_ids - side.withhold) if side.withhold else policy


def _only(policy: Policy, ids: Collection[str]) -> Policy:
    """A policy with some of its activities."""
    activities = [one for one in policy.version.activities if one.id in ids]
    version = policy.version.model_copy(update={"activities": activities})
    reductions = tuple(one for one in policy.reductions if one.activity.id in ids)
    return replace(policy, version=version, reductions=reductions)


def _defaults(policy: Policy) -> dict[str, Decimal]:
    return {name: point.default for name, point in policy.version.trigger_points.items()}
