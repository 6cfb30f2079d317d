"""Why a decision came out otherwise than somebody expected: the part of its explanation that answers just that.

Nothing is judged here. What is picked are the conditions that decided the status, those of the status that was
expected instead, and the reasons for each reduction, end and measure that differs.
"""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reports._conditions import Node, find, is_leaf, observed, roots, threshold, wait
from reports._deciding import deciding
from reports._format import clean, days, span
from reports._headline import why
from reports._names import Names
from reports._sections import refusals
from reports._words import answers
from reports._words import conditions as condition_words
from rules.model import Organisation, Version

_STATUS = ("status", "calculated", "since", "previous", "outstayed")
_Lines = Iterator[tuple[int, str]]
"""Lines of an answer with how deep they stand."""


def why_not(
    decision: Mapping[str, Any],
    version: Version,
    organisation: Organisation,
    expected: Iterable[tuple[str, str]],
    *,
    width: int = 80,
) -> list[str]:
    """Why a decision is not as expected, in lines of at most `width` characters.

    `expected` are the fields of a scenario's expectation that differ, each with what was expected, such as
    `("status", "red")` or `("ends.home-visits", "2022-11-14")`.
    """
    names = Names(decision, version, organisation)
    lines = []
    for depth, text in dict.fromkeys(_answer(names, list(expected))):
        lines += textwrap.wrap(
            clean(text),
            max(40, width),
            initial_indent="  " * depth + ("- " if depth else ""),
            subsequent_indent="  " * (depth + 1) if depth else "",
            break_on_hyphens=False,
            break_long_words=False,
        )
    return lines


def _answer(names: Names, expected: list[tuple[str, str]]) -> _Lines:
    if any(field in _STATUS for field, _ in expected):
        yield from _status(names, [wish for field, wish in expected if field in ("status", "calculated")])
    activities: dict[str, str | None] = {}
    for field, wish in expected:
        kind, _, what = field.partition(".")
        if field == "permitted":
            wanted = {one for one in wish.split(", ") if one}
            found = {one["activity"] for one in names.decision["permitted"]}
            activities |= dict.fromkeys(_in_order(names, wanted ^ found), None)
        elif field == "includes_permitted":
            activities.setdefault(wish, None)
        elif kind == "reductions":
            activities[what] = wish
        elif kind == "ends":
            yield from _ends(names, what)
        elif kind == "measures":
            yield 0, _measure(names, what)
        elif field == "protected":
            yield 0, answers.not_mandatory(names.activity_title(wish))
        elif field == "because":
            yield from _rule(names, wish)
    for activity, from_ in activities.items():
        yield from _activity(names, activity, from_)


def _in_order(names: Names, activities: set[str]) -> list[str]:
    order = [activity.id for activity in names.version.activities if activity.id in activities]
    return [*order, *sorted(activities.difference(order))]


def _status(names: Names, wanted: list[str]) -> _Lines:
    """Why the status is what it is, and why it is not the one that was wanted."""
    decision = names.decision
    decided = deciding(names)
    first, more = why(names, decided)
    yield 0, answers.since(names.status(decision["status"]), decision["since"])
    yield 0, " ".join([first, *more])
    shown = list(decided.roots)
    rank = names.rank(decision["calculated"])
    enters, exits = roots(decision, "enter"), roots(decision, "exit")
    for status in dict.fromkeys(wanted):
        level = names.rank(status)
        if level is None or rank is None or level == rank:
            continue
        asked = enters.get(status) if level > rank else exits.get(decision["calculated"])
        if asked is not None and asked["rule"] not in [root["rule"] for root in shown]:
            shown.append(asked)
    for root in shown:
        yield from _root(root, names)


def _root(root: Node, names: Names) -> _Lines:
    """A whole condition: what it is for, whether it holds, and what made it so."""
    activity = names.activity_title(root["activity"]) if root["kind"] == "when" else ""
    text = answers.root(root["kind"], names.status(root["status"]), activity, root["holds"])
    if root.get("implicit"):
        yield 0, f"{text} {answers.place(root['rule'], None)}."
        return
    if is_leaf(root):
        yield 0, f"{text}:"
        yield from _node(root, names, 1)
        return
    held = _run(root, names)
    yield 0, " ".join(filter(None, [text, answers.place(root["rule"], root.get("line")) + ":", held]))
    for part in _tipping(root):
        yield from _node(part, names, 1)


def _node(node: Node, names: Names, depth: int) -> _Lines:
    verdict = condition_words.verdict(
        "unknown" if node["holds"] is None else "met" if node["holds"] else "not-met"
    )
    place = answers.place(node["rule"], node.get("line"))
    if is_leaf(node):
        asked = condition_words.asked(node["comparator"], threshold(node, names), wait(node, names))
        told = [f"{verdict}: {observed(node, names)}.", asked, _run(node, names), place]
        yield depth, " ".join(filter(None, told))
        return
    heading = condition_words.group(node["op"], node.get("at_least"), wait(node, names))
    yield depth, " ".join(filter(None, [f"{verdict}: {heading}", _run(node, names), place]))
    for part in _tipping(node):
        yield from _node(part, names, depth + 1)


def _tipping(group: Node) -> list[Node]:
    """The parts that make a group what it is; all of them where it only has not held for long enough."""
    wanted = not group["holds"] if group["op"] == "none" and group["holds"] is not None else group["holds"]
    return [part for part in group["parts"] if part["holds"] is wanted] or list(group["parts"])


def _run(node: Node, names: Names) -> str:
    needs, run = wait(node, names), node.get("run")
    if needs is None:
        return ""
    first = bool(names.decision.get("first_return")) and (run or 0) < node["needs"]
    held = span(run, names.every) if run else None
    return answers.run(held, needs, met=bool(node["holds"]), first=first)


def _activity(names: Names, activity: str, from_: str | None) -> _Lines:
    """Why an activity may be reduced, or why not; of several reductions the one from a status, if it is given."""
    title = names.activity_title(activity)
    granted = next((one for one in names.decision["permitted"] if one["activity"] == activity), None)
    if granted is not None:
        yield 0, answers.permitted(title, names.status(granted["from"]), granted.get("since"))
        yield from _when(names, activity, granted["from"])
    refused = [one for one in names.decision["not_permitted"] if one["activity"] == activity]
    if from_ is not None:
        refused = [one for one in refused if one["from"] == from_] or refused
    elif granted is not None:
        return
    if not refused and granted is None:
        yield 0, answers.nothing_to_reduce(title)
    for entry in refused:
        alone = dataclasses.replace(
            names, decision={**names.decision, "permitted": [], "not_permitted": [entry]}
        )
        code = entry["because"]["code"]
        status = None if code == "below_status" else names.status(entry["from"])
        yield 0, answers.refused(title, status, refusals(alone)[0].reason)
        if code in ("condition_false", "condition_unknown"):
            yield from _when(names, activity, entry["from"])


def _when(names: Names, activity: str, from_: str) -> _Lines:
    root = find(names.decision, f"when.{activity}.{from_}")
    if root is not None:
        yield from _root(root, names)


def _ends(names: Names, activity: str) -> _Lines:
    granted = next((one for one in names.decision["permitted"] if one["activity"] == activity), None)
    if granted is None:
        yield from _activity(names, activity, None)
        return
    reduction = names.reduction(activity, granted["from"])
    after = days(reduction.lapses_after) if reduction is not None and reduction.lapses_after else None
    yield 0, answers.ends(names.activity_title(activity), granted["since"], after, granted["ends"])


def _measure(names: Names, id_: str) -> str:
    found = next((one for one in names.decision["measures"] if one["id"] == id_), None)
    if found is None:
        return answers.measure(names.figure(id_), names.value(id_, None), None, [])
    inputs = [answers.figure(key, given["value"], given["how"]) for key, given in found["inputs"].items()]
    return answers.measure(names.figure(id_), names.value(id_, found["value"]), found["formula"], inputs)


def _rule(names: Names, rule: str) -> _Lines:
    """Why a rule did not fire: its condition, its reduction, or the status."""
    kind, _, rest = rule.partition(".")
    node = find(names.decision, rule)
    if node is not None:
        if "kind" in node:
            yield from _root(node, names)
        else:
            yield from _node(node, names, 0)
    elif kind == "permit":
        activity, _, from_ = rest.rpartition(".")
        yield from _activity(names, activity, from_)
    elif kind == "status":
        yield from _status(names, [rest])
    else:
        yield 0, answers.no_rule(rule)
