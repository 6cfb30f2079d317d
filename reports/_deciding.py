"""Which conditions decided the calculated status. Their truths are the decision's; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports import _words as words
from reports._conditions import Node, find, is_leaf, observed, roots, tipping
from reports._format import day_after, read_day, span
from reports._names import Names


@dataclass(frozen=True, slots=True)
class Deciding:
    """Why the figures give what they give: in sentences, and the conditions that decided.

    `unshown` are conditions that decided as well, but are only told in short.
    """

    why: tuple[str, ...]
    roots: tuple[Node, ...]
    unshown: tuple[Node, ...] = ()
    minimum_stay: int = 0


def deciding(names: Names) -> Deciding:
    """What decided the calculated status."""
    decision = names.decision
    calculated = decision.get("calculated")
    rank = names.rank(calculated)
    if calculated is None or rank is None:
        return _undecided(names)
    down = _came_from(names, rank)
    enter = roots(decision, "enter").get(calculated)
    first = bool(decision.get("first_return"))
    if rank > 0 and enter is not None and (enter.get("holds") or (first and not down)):
        found = Deciding(_entered(enter, names, first), (enter,))
    elif rank > 0:
        found = _held(names, calculated)
    else:
        found = _first_level(names)
    if not down:
        return found
    ended = tuple(words.came_down(names.status(root["status"])) for root in down)
    return Deciding((*ended, *found.why), (*down, *found.roots), found.unshown, found.minimum_stay)


def _came_from(names: Names, rank: int) -> tuple[Node, ...]:
    """The exits that were met where the last step led down, the most severe first."""
    decision = names.decision
    if decision.get("step_on") is None or decision.get("step_on") != decision.get("calculated_since"):
        return ()
    exits = [
        (above, root)
        for status, root in roots(decision, "exit").items()
        if (above := names.rank(status)) is not None
        and above > rank
        and root.get("holds")
        and root["rule"] in decision["fired"]
    ]
    return tuple(root for _, root in sorted(exits, key=lambda pair: -pair[0]))


def _phrases(root: Node, names: Names) -> tuple[list[str], int]:
    leaves = tipping(root)
    return [observed(leaf, names) + _held_for(leaf, names) for leaf in leaves[:2]], max(len(leaves) - 2, 0)


def _held_for(leaf: Node, names: Names) -> str:
    run = leaf.get("run")
    return words.held_for(span(run, names.every)) if leaf.get("holds") and leaf.get("needs") and run else ""


def _towards(node: Node) -> Iterator[Node]:
    """The parts of a condition that lead to it when they hold."""
    yield node
    if node.get("op") != "none":
        for part in node.get("parts") or ():
            yield from _towards(part)


def approaching(names: Names) -> list[str]:
    """What holds already and must hold for longer: to end the status, or to begin a more severe one."""
    calculated = names.decision.get("calculated")
    rank = names.rank(calculated)
    if rank is None:
        return []
    watched = [root for status, root in roots(names.decision, "exit").items() if status == calculated]
    watched += [
        root for status, root in roots(names.decision, "enter").items() if (names.rank(status) or 0) > rank
    ]
    return [
        words.approaching(
            root["kind"],
            names.status(root["status"]),
            observed(node, names),
            span(node["run"], names.every),
            span(node["needs"], names.every),
        )
        for root in watched
        for node in _towards(root)
        if is_leaf(node) and node.get("holds") is False and node.get("needs") and node.get("run")
    ]


def _entered(enter: Node, names: Names, first: bool) -> tuple[str, ...]:
    sentences = [words.entered(*_phrases(enter, names))]
    if first:
        sentences.append(words.first_figures())
    return tuple(sentences)


def _held(names: Names, calculated: str) -> Deciding:
    """A status that no condition begins anew: it goes on because its end is not met, or too early."""
    decision, title = names.decision, names.status(calculated)
    exit_ = roots(decision, "exit").get(calculated)
    if exit_ is not None and not exit_.get("holds") and not exit_.get("implicit"):
        why = words.held(title, *_phrases(exit_, names), known=exit_.get("holds") is False)
        return Deciding((why,), (exit_,))
    shown = (exit_,) if exit_ is not None else ()
    level = names.level(calculated)
    minimum = level.minimum_stay if level is not None else 0
    since, step = decision.get("calculated_since"), decision.get("step_on")
    if minimum and since and step and (read_day(step) - read_day(since)).days < minimum:
        return Deciding((words.stays(title, minimum, day_after(since, minimum)),), shown, (), minimum)
    return Deciding((words.one_step(title),), shown)


def _first_level(names: Names) -> Deciding:
    above = names.version.status_ids[1:]
    enters = [root for status, root in roots(names.decision, "enter").items() if status in above]
    titles = [names.status(status) for status in above]
    if any(root.get("holds") for root in enters):
        first = names.version.status_ids[0]
        return Deciding((words.one_step(names.status(first)),), tuple(enters))
    certain = all(root.get("holds") is False for root in enters)
    why = words.nothing_triggered(titles) if certain else words.nothing_certain(titles)
    if certain:
        return Deciding((why,), tuple(enters[:1]), tuple(enters[1:]))
    return Deciding((why,), tuple(enters))


def _undecided(names: Names) -> Deciding:
    found: list[Node] = []
    for because in names.decision["indeterminate_because"]:
        root = find(names.decision, because.get("rule"))
        if root is not None and root not in found:
            found.append(root)
    return Deciding((), tuple(found))
