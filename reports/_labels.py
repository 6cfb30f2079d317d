"""The labels of a decision: illustrative numbers that decided something, synthetic and public figures."""

from __future__ import annotations

from collections.abc import Iterable

from reports import _words as words
from reports._conditions import (
    Node,
    find,
    has_number,
    is_leaf,
    origin,
    published,
    threshold,
    tipping_path,
    wait,
)
from reports._deciding import Deciding
from reports._explanation import Label
from reports._format import days
from reports._names import Names

_MOST = 6


def labels(names: Names, decided: Deciding) -> tuple[Label, ...]:
    """Every label that the decision must carry."""
    found: list[Label] = []
    numbers = illustrative_numbers(names, decided)
    if numbers:
        more = len(numbers) - _MOST
        shown = [*numbers[:_MOST], words.labels.more_numbers(more)] if more > 0 else numbers
        reasons = [because["code"] for because in names.decision["indeterminate_because"]]
        open_ = names.decision["status"] == "indeterminate" and "stale" not in reasons
        found.append(Label(*words.labels.illustrative(shown, decided=not open_)))
    for given in names.decision["returns"]:
        notes = given.get("annotations") or {}
        label = words.labels.figures_label(
            notes.get("basis"), notes.get("source"), notes.get("note"), names.unit
        )
        if label is not None and Label(*label) not in found:
            found.append(Label(*label))
    return tuple(found)


def illustrative_numbers(names: Names, decided: Deciding) -> list[str]:
    """The illustrative numbers that decided the status or whether a reduction is permitted."""
    items: list[str] = []
    if _figures_decide(names):
        for root in (*decided.roots, *decided.unshown):
            items += _numbers(root, names)
        if decided.minimum_stay:
            items.append(words.labels.number_of_stay(days(decided.minimum_stay)))
        for because in names.decision["indeterminate_because"]:
            if because["code"] == "stale":
                items.append(words.labels.number_of_age(days(because["stale_after"])))
    for root in _reductions(names):
        items += _numbers(root, names)
    items += _time_limits(names)
    return list(dict.fromkeys(items))


def _figures_decide(names: Names) -> bool:
    """Whether the figures give the status (or the advice), rather than a person."""
    decision = names.decision
    declared = decision.get("declared")
    if declared is not None and declared.get("in_force", True):
        return False
    return bool(decision["status"] != "suspended")


def _reductions(names: Names) -> Iterable[Node]:
    """The conditions of reductions that were permitted or refused by them."""
    decision = names.decision
    rules = [f"when.{entry['activity']}.{entry['from']}" for entry in decision["permitted"]]
    rules += [entry["because"]["rule"] for entry in decision["not_permitted"] if "rule" in entry["because"]]
    return [root for rule in rules if (root := find(decision, rule)) is not None]


def _time_limits(names: Names) -> list[str]:
    """Time limits that ended a reduction and have no source."""
    found = []
    for entry in names.decision["not_permitted"]:
        reduction = names.reduction(entry["activity"], entry["from"])
        if entry["because"]["code"] == "lapsed" and (reduction is None or reduction.source is None):
            found.append(words.labels.number_of_limit(names.activity_title(entry["activity"])))
    return found


def _numbers(root: Node, names: Names) -> list[str]:
    """The illustrative numbers of a condition, on the way to the comparisons that tipped it."""
    nodes = [node for node in tipping_path(root) if has_number(node, names)]
    return [_number(node, names) for node in nodes if not published(node, names)]


def _number(node: Node, names: Names) -> str:
    held = wait(node, names)
    if not is_leaf(node):
        return words.labels.number_of_group(held, node.get("at_least"))
    source = origin(node, names)
    title = (
        names.trigger_title(source)
        if source in names.version.trigger_points
        else names.figure(node["measure"])
    )
    return words.labels.number_of(title, threshold(node, names), held)
