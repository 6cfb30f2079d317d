"""Conditions as checks in words, and which of their comparisons tipped them.

Every truth, distance and run comes from the decision. Nothing is compared anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reports import _words as words
from reports._explanation import Check, Mark
from reports._format import is_number, plain, quantity, span
from reports._names import Names
from rules.text import Scalar

Node = Mapping[str, Any]


def mark(node: Node) -> Mark:
    """Met, not met, or not known."""
    holds = node.get("holds")
    return "unknown" if holds is None else "met" if holds else "not-met"


def roots(decision: Mapping[str, Any], kind: str) -> dict[str, Node]:
    """The conditions of a kind, by the status they are about."""
    return {root["status"]: root for root in decision["conditions"] if root["kind"] == kind}


def find(decision: Mapping[str, Any], rule: str | None) -> Node | None:
    """The condition at a rule path."""
    return next(
        (node for root in decision["conditions"] for node in walk(root) if node["rule"] == rule), None
    )


def walk(node: Node) -> Iterator[Node]:
    """A condition and all its parts."""
    yield node
    for part in node.get("parts") or ():
        yield from walk(part)


def is_leaf(node: Node) -> bool:
    """Whether a condition is a comparison."""
    return "comparator" in node


def tipping_path(node: Node) -> Iterator[Node]:
    """What makes a condition what it is, such as the parts that hold in a met `any`; with the groups."""
    yield node
    parts = node.get("parts") or []
    holds = node.get("holds")
    wanted = not holds if node.get("op") == "none" and holds is not None else holds
    same = [part for part in parts if part.get("holds") is wanted]
    # A group that is false by its own duration has no part that is false; then all parts are shown.
    for part in same or parts:
        yield from tipping_path(part)


def tipping(node: Node) -> list[Node]:
    """The comparisons that make a condition what it is."""
    return [found for found in tipping_path(node) if is_leaf(found)]


def threshold(node: Node, names: Names) -> str:
    """What a comparison compares with, as a reader writes it."""
    value = node.get("threshold")
    if isinstance(value, list | tuple):
        return words.conditions.choices(node["comparator"], [plain(str(item)) for item in value])
    if value is None:
        return names.figure(name) if (name := origin(node, names)) else words.conditions.not_known()
    text = str(value)
    if not is_number(text):
        return words.conditions.choices(node["comparator"], [plain(item.strip()) for item in text.split(",")])
    return quantity(text, names.unit_of(node["measure"]))


def observed(node: Node, names: Names) -> str:
    """One comparison in a phrase: what the figure is, and how far from the number."""
    key = node["measure"]
    value = node.get("value")
    distance = node.get("distance") if value is not None else None
    return words.conditions.observed(
        names.figure(key), names.value(key, value), distance, names.unit_of(key), threshold(node, names)
    )


def wait(node: Node, names: Names) -> str | None:
    """How long a condition must hold, in words."""
    return span(node["needs"], names.every) if node.get("needs") else None


def published(node: Node, names: Names) -> bool:
    """Whether every number of a condition is published: its trigger point's number and its own."""
    own = node.get("basis") == "published"
    trigger = _trigger(node, names)
    return own if trigger is None else trigger.get("basis") == "published" and (own or not node.get("needs"))


def has_number(node: Node, names: Names) -> bool:
    """Whether a condition holds a number that somebody chose; a category or another figure is none."""
    set_by_someone = origin(node, names) is None or _trigger(node, names) is not None
    chosen = is_leaf(node) and is_number(node.get("threshold")) and set_by_someone
    return chosen or bool(node.get("needs")) or node.get("op") == "count"


def origin(node: Node, names: Names) -> str | None:
    """The trigger point or figure that a number comes from; None for a number of the framework itself.

    At the root of a reduction's condition `from` is the status that the reduction begins at, so that the
    name is looked up in the document.
    """
    name: str | None = node.get("from")
    if node.get("kind") != "when" or name not in names.version.status_ids:
        return name
    reduction = names.reduction(node["activity"], name or "")
    written = reduction.when if reduction is not None else None
    compared = written.get(node.get("measure")) if isinstance(written, Mapping) else None
    value = compared.get(node.get("comparator")) if isinstance(compared, Mapping) else None
    text = value.text if isinstance(value, Scalar) else value
    if not isinstance(text, str):
        return None
    return text if text in names.version.trigger_points or names.measured(text) is not None else None


def _trigger(node: Node, names: Names) -> Mapping[str, Any] | None:
    points: Mapping[str, Any] = names.decision["settings"].get("trigger_points") or {}
    return points.get(origin(node, names) or "")


def _run(node: Node, names: Names, first: bool) -> list[str]:
    needs = wait(node, names)
    if needs is None:
        return []
    run, holds = node.get("run"), node.get("holds")
    if holds is None:
        return [words.conditions.run_unknown(needs)]
    if not run:
        return [words.conditions.held_at_once(needs) if holds else words.conditions.does_not_hold(needs)]
    return [
        words.conditions.has_held(
            span(run, names.every), needs, done=bool(holds), first=first and run < node["needs"]
        )
    ]


def _who(node: Node, names: Names) -> list[str]:
    """Who set the number that a comparison compares with."""
    if node.get("threshold") is None or not is_number(node["threshold"]):
        return []
    value, source = threshold(node, names), origin(node, names)
    trigger = _trigger(node, names)
    if source is None:
        return [words.conditions.set_by_framework(value)]
    if trigger is None:
        return [words.conditions.compared_with(names.figure(source), value)]
    title = names.trigger_title(source)
    default = quantity(trigger["default"], names.unit_of(node["measure"]))
    if trigger["set_by"] == "region":
        return [words.conditions.set_by_region(title, value, names.group, names.region, default)]
    if trigger["set_by"] == "pdu":
        return [words.conditions.set_by_unit(title, value, names.unit, default)]
    return [words.conditions.set_by_default(title, value)]


def _basis(node: Node, names: Names) -> list[str]:
    if not has_number(node, names):
        return []
    good = published(node, names)
    source_id = node.get("source")
    trigger = names.version.trigger_points.get(origin(node, names) or "")
    if not source_id and trigger is not None:
        source_id = trigger.source
    source = names.source(source_id)
    return [words.conditions.basis(published=good, source=source.text if source else None)]


def _missing(node: Node, names: Names) -> list[str]:
    """Which figures an unknown comparison lacks."""
    wanted = {node["measure"], origin(node, names)}
    lacking = [
        key for measure in names.decision["measures"] if measure["id"] in wanted for key in measure["missing"]
    ]
    return [words.headline.missing(names.figures(lacking))] if lacking and node.get("value") is None else []


def check(node: Node, names: Names, *, full: bool) -> Check:
    """A condition in words; `full` says also who set each number and whether it is published."""
    first = bool(names.decision.get("first_return"))
    which = mark(node)
    notes = [words.conditions.note(node["note"])] if full and node.get("note") else []
    if not is_leaf(node):
        parts = tuple(check(part, names, full=full) for part in node.get("parts") or ())
        basis = _basis(node, names) if full else []
        details = (*(_run(node, names, first) if full else ()), *basis, *notes)
        heading = words.conditions.group(node.get("op"), node.get("at_least"), wait(node, names))
        return Check(which, words.conditions.verdict(which), heading, details, parts)
    asked = words.conditions.asked(node["comparator"], threshold(node, names), wait(node, names))
    text = f"{observed(node, names)}."
    if not full:
        return Check(which, words.conditions.verdict(which), f"{text} {asked}", tuple(_missing(node, names)))
    details = (
        asked,
        *_run(node, names, first),
        *_missing(node, names),
        *_who(node, names),
        *_basis(node, names),
        *notes,
    )
    return Check(which, words.conditions.verdict(which), text, details)


def root_check(root: Node, names: Names, *, full: bool) -> Check:
    """A whole condition: what begins or ends a status, or allows a reduction, and what came of it."""
    which = mark(root)
    status = names.status(root["status"]) if root.get("status") else ""
    if root.get("implicit"):
        return Check(which, words.conditions.verdict(which), words.conditions.implicit_exit(status))
    inner = check(root, names, full=full)
    if is_leaf(root):
        heading = words.conditions.root(root["kind"], status, None, None, None)
        return Check(which, words.conditions.verdict(which), heading, (), (inner,))
    heading = words.conditions.root(
        root["kind"], status, root.get("op"), root.get("at_least"), wait(root, names)
    )
    return Check(which, words.conditions.verdict(which), heading, inner.details, inner.parts)
