"""Two versions compared: their differences, what each does, and what all do together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.compare._effects import Effects, Prove
from engine.compare._nature import nature_of
from engine.compare._tree import plain, tree_of
from engine.compare._walk import walk
from engine.compare.sides import version_side
from engine.compare.values import (
    GROUPS,
    Change,
    Comparison,
    Effect,
    Found,
    Json,
    Proof,
    Side,
    Verdict,
    joined,
)
from rules.policy import Policy
from rules.problems import Place
from rules.text import Path_

_JUDGED = ("do", "floor", "strength")


def differences(a: Policy, b: Policy) -> tuple[Change, ...]:
    """Every difference of two versions, in the order in which it is told, without its effect."""
    return side_differences(version_side(a), version_side(b))


def side_differences(before: Side, after: Side) -> tuple[Change, ...]:
    """Every difference of two sides, in the order in which it is told, without its effect."""
    x, y = tree_of(before.policy, before.source), tree_of(after.policy, after.source)
    found = [_placed(change, before, after) for change in (*walk(x, y), *_withheld(before, after))]
    return tuple(sorted(found, key=lambda change: GROUPS.index(change.group)))


def canonical_document(side: Side) -> Json:
    """A side's whole document as canonical values, in which a change's keys lead to what it is about."""
    return plain(tree_of(side.policy, side.source))


def compared(
    before: Side, after: Side, prove: Prove, report: Callable[[str], None] = lambda what: None
) -> Comparison:
    """Two sides compared.

    :param prove: compares what two policies permit, for all figures.
    :param report: is told what is being tried, for a person who waits.
    """
    found = side_differences(before, after)
    effects = Effects(before, after, found, prove, report)
    changes = []
    for change in found:
        nature = nature_of(change)
        known = effects.of(change, nature)
        judge = nature.judge and not _was_reducible(change)
        changes.append(
            replace(change, effect=known.effect, judged=known.judged, case=known.case, judge=judge)
        )
    return Comparison(before, after, _verdict(effects, changes), tuple(changes))


def _placed(change: Change, before: Side, after: Side) -> Change:
    """The change with its group, and with its places in both files."""
    nature = nature_of(change)
    places = (_place(before, change, change.from_path), _place(after, change, change.to_path))
    return replace(change, group=nature.group, wording=nature.wording, judge=nature.judge, places=places)


def _place(side: Side, change: Change, path: Path_ | None) -> Place | None:
    if change.keys[0] == "settings":
        return side.places.get(change.keys[-1])
    if path is None:
        return None
    if change.keys[0] == "trigger_points" and change.keys[-1] == "default" and change.keys[1] in side.places:
        return side.places[change.keys[1]]
    return side.source.place(path, key=True)


def _withheld(before: Side, after: Side) -> Iterator[Change]:
    """What a region leaves unused on one side only."""
    for id_ in sorted(before.withhold ^ after.withhold):
        keys = ("settings", "withhold", id_)
        if id_ in after.withhold:
            yield Change("added", keys, None, id_, None, None)
        else:
            yield Change("removed", keys, id_, None, None, None)


def _was_reducible(change: Change) -> bool:
    """Whether the change takes away an activity that could be reduced: its effect says what there is to say."""
    gone = change.kind == "removed" and len(change.keys) == 2 and isinstance(change.before, dict)
    return gone and "mandatory" not in change.before


def _verdict(effects: Effects, changes: list[Change]) -> Verdict:
    whole = effects.whole
    loosens, tightens = list(whole.loosens), list(whole.tightens)
    for change in changes:
        if nature_of(change).way == "rule":  # which lies beyond the one step that is proved
            found = Found(None, None, "rule", rule=change.path)
            loosens += [found] if change.effect in ("loosens", "mixed") else []
            tightens += [found] if change.effect in ("tightens", "mixed") else []
    acting = any(nature_of(change).way in ("activity", "scope") for change in changes)
    own = effects.alone[0] if acting and effects.alone is not None else None if acting else Proof({})
    met: list[tuple[str | None, Effect]] = [*whole.effects.items()]
    met += [(one.activity, "loosens") for one in loosens]
    met += [(one.activity, "tightens") for one in tightens]
    activities = {
        id_: joined(effect for one, effect in met if one == id_) for id_, _ in met if id_ is not None
    }
    return Verdict(
        joined(effect for _, effect in met),
        tuple(loosens),
        tuple(tightens),
        {id_: effect for id_, effect in sorted(activities.items()) if effect != "neutral"},
        whole.open_,
        tuple(dict.fromkeys(one.activity for one in changes if one.activity is not None and _judged(one))),
        own,
    )


def _judged(change: Change) -> bool:
    return change.judge and change.keys[-1] in _JUDGED
