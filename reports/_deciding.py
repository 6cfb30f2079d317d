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
    left = _left(names, rank)
    enter = roots(decision, "enter").get(calculated)
    first = bool(decision.get("first_return"))
    if rank > 0 and enter is not None and (enter.get("holds") or (first and left is None)):
        found = Deciding(_entered(enter, names, first), (enter,))
    elif rank > 0:
        found = _stopped(names, calculated) if left is not None else _held(names, calculated)
    else:
        found = _first_level(names)
    if left is None:
        return found
    ended = words.headline.came_down(names.status(left["status"]))
    if enter is not None and found.roots == (enter,):
        why = words.headline.still_begun(names.status(calculated), *_phrases(enter, names))
        return Deciding((ended, why), (left, enter))
    return Deciding((ended, *found.why), (left, *found.roots), found.unshown, found.minimum_stay)


def _left(names: Names, rank: int) -> Node | None:
    """The exit of the more severe status that the calculated one came down from at the last step.

    A decision does not tell the calculated status before. It is the active one before where the figures
    decided then too; else the only status that the conditions let it come down from. None where it did not
    come down, or where it may have come from several.
    """
    decision = names.decision
    if decision.get("step_on") is None or decision["step_on"] != decision.get("calculated_since"):
        return None
    if decision.get("first_return") or any(note["code"] == "PF606" for note in decision["data_quality"]):
        return None
    sources = _sources(names, rank)
    same = (decision["status"], decision["since"]) == (decision["calculated"], decision["calculated_since"])
    before = names.rank(decision["previous"]) if same else None
    if before is not None:
        return sources.get(before)
    enters = roots(decision, "enter")
    up = any(root.get("holds") and (names.rank(status) or 0) >= rank for status, root in enters.items())
    certain = not up and (rank > 0 or names.version.first_return == "at_once")
    return next(iter(sources.values())) if certain and len(sources) == 1 else None


def _sources(names: Names, rank: int) -> dict[int, Node]:
    """The exits of the statuses that the conditions let a unit come down from to a status, by rank."""
    ids, limit = names.version.status_ids, names.version.steps.down
    enters, exits = roots(names.decision, "enter"), roots(names.decision, "exit")
    own = exits.get(ids[rank])
    stops = own is None or not own.get("holds")
    found: dict[int, Node] = {}
    for above in range(rank + 1, len(ids)):
        exit_ = exits.get(ids[above])
        if exit_ is None or not exit_.get("holds") or (limit is not None and above - rank > limit):
            break  # from further up a unit does not come down as far as this
        begun = any(enters[status].get("holds") for status in ids[above:] if status in enters)
        if not begun and (stops or above - rank == limit):
            found[above] = exit_
    return found


def _phrases(root: Node, names: Names) -> tuple[list[str], int]:
    leaves = tipping(root)
    return [_phrase(leaf, names) for leaf in leaves[:2]], max(len(leaves) - 2, 0)


def _phrase(leaf: Node, names: Names) -> str:
    """What a figure is, and for how long that has held already where that counts."""
    phrase, run = observed(leaf, names), leaf.get("run")
    if leaf.get("holds") and leaf.get("needs") and run:
        return words.conditions.held_for(phrase, span(run, names.every))
    return phrase


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
        words.headline.approaching(
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
    sentences = [words.headline.entered(*_phrases(enter, names))]
    if first:
        sentences.append(words.headline.first_figures())
    return tuple(sentences)


def _stopped(names: Names, calculated: str) -> Deciding:
    """A status that a unit came down to, and not further, though no condition begins it."""
    title, exit_ = names.status(calculated), roots(names.decision, "exit").get(calculated)
    if exit_ is None or exit_.get("holds"):
        return Deciding((words.headline.one_step(title),), (exit_,) if exit_ is not None else ())
    if exit_.get("implicit"):
        return _not_over(names, calculated, exit_)
    if (held := _too_short(exit_, names)) is not None:
        return Deciding((words.headline.stopped_short(title, *held),), (exit_,))
    why = words.headline.stopped(title, *_phrases(exit_, names), known=exit_.get("holds") is False)
    return Deciding((why,), (exit_,))


def _held(names: Names, calculated: str) -> Deciding:
    """A status that no condition begins anew: it goes on because its end is not met, or too early."""
    decision, title = names.decision, names.status(calculated)
    exit_ = roots(decision, "exit").get(calculated)
    if exit_ is not None and not exit_.get("holds"):
        if exit_.get("implicit"):
            return _not_over(names, calculated, exit_)
        if (held := _too_short(exit_, names)) is not None:
            return Deciding((words.headline.held_short(title, *held),), (exit_,))
        why = words.headline.held(title, *_phrases(exit_, names), known=exit_.get("holds") is False)
        return Deciding((why,), (exit_,))
    shown = (exit_,) if exit_ is not None else ()
    level = names.level(calculated)
    minimum = level.minimum_stay if level is not None else 0
    since, step = decision.get("calculated_since"), decision.get("step_on")
    if minimum and since and step and (read_day(step) - read_day(since)).days < minimum:
        return Deciding(
            (words.headline.stays(title, minimum, day_after(since, minimum)),), shown, (), minimum
        )
    return Deciding((words.headline.one_step(title),), shown)


def _too_short(root: Node, names: Names) -> tuple[str, str] | None:
    """For how long a condition holds already and for how long it must, where only that is missing."""
    if root.get("holds") is not False or not root.get("needs") or not root.get("run"):
        return None
    return span(root["run"], names.every), span(root["needs"], names.every)


def _not_over(names: Names, calculated: str, exit_: Node) -> Deciding:
    """A status without an exit of its own: what begins it holds, though not for long enough to begin it."""
    enter = roots(names.decision, "enter").get(calculated)
    why = words.headline.not_over(names.status(calculated), known=exit_.get("holds") is False)
    return Deciding((why,), (exit_,) if enter is None else (exit_, enter))


def _first_level(names: Names) -> Deciding:
    above = names.version.status_ids[1:]
    enters = [root for status, root in roots(names.decision, "enter").items() if status in above]
    titles = [names.status(status) for status in above]
    if any(root.get("holds") for root in enters):
        first = names.version.status_ids[0]
        return Deciding((words.headline.one_step(names.status(first)),), tuple(enters))
    certain = all(root.get("holds") is False for root in enters)
    why = words.headline.nothing_triggered(titles) if certain else words.headline.nothing_certain(titles)
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
