"""A distance made into words, once for all forms. Nothing is worked out here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reports._conditions import check, find
from reports._format import is_number, span
from reports._names import Names
from reports._words import distance as words
from reports._words import distance_rests as rests
from reports.distance._page import Way, Ways

Told = Mapping[str, Any]


def section(names: Names, told: Told) -> Ways:
    """What would change the status, in the order of the section."""
    return Ways(
        heading=words.heading_of_all(),
        intro=tuple(_intro(names, told)),
        ways=tuple(_way(names, target) for target in told["targets"]),
        rests_heading=words.rests(),
        rests=tuple(_rests(names, told)) if told["targets"] else (),
    )


def _intro(names: Names, told: Told) -> Iterator[str]:
    calculated = told["calculated"]
    known = calculated in names.version.status_ids
    for because in told["because"]:
        yield _because(names, because)
    if (
        any(because["code"] in ("suspended", "undeclared", "declared") for because in told["because"])
        and known
    ):
        yield words.status_of_figures(names.status(calculated))
    if told["ahead"]:
        yield words.ahead([(names.status(one["status"]), one["day"]) for one in told["ahead"]])
    elif told["targets"] and known:
        yield words.goes_on(names.status(calculated))


def _because(names: Names, because: Told) -> str:
    match because["code"]:
        case "suspended":
            return words.suspended()
        case "undeclared":
            return words.undeclared()
        case "declared":
            return words.declared(names.status(because["status"]))
        case "no_return":
            return words.no_return()
        case "stale":
            return words.stale(because["as_of"])
        case "unknown":
            statuses = [names.status(one) for one in because["could_be"]]
            return words.unknown(names.figures(because["missing"]), statuses)
        case "no_levers":
            return words.no_levers()
        case _:
            return words.no_return_ahead()


def _way(names: Names, target: Told) -> Way:
    status, less = names.status(target["status"]), target["direction"] == "less_severe"
    return Way(
        heading=words.heading(status, less=less),
        lead=tuple(_lead(names, target, status)),
        levers=tuple(_levers(names, target, status)),
        measures_heading=words.measures(less=less),
        measures=tuple(_measure(names, one) for one in target["measures"]),
    )


def _lead(names: Names, target: Told, status: str) -> Iterator[str]:
    joint = target["joint"]
    if target["without_change"] is not None:
        yield words.by_itself(status, target["without_change"])
    elif joint is not None:
        parts = [
            words.part(names.figure(one["input"]), names.unit_of(one["input"]), one["change"], one["to"])
            for one in joint["levers"]
        ]
        yield words.together(parts, status, joint["earliest"], joint["returns"])
    elif target["levers"] and not any(one["reaches"] for one in target["levers"]):
        if target["joint_searched"] is None:
            yield words.nothing_would(status)
        else:
            yield words.nothing_found(status, target["joint_searched"])


def _levers(names: Names, target: Told, status: str) -> Iterator[str]:
    """Each lever that reaches, the smallest change first; then the others, by why they do not."""
    if target["without_change"] is not None:
        return
    for one in sorted((one for one in target["levers"] if one["reaches"]), key=lambda one: abs(one["steps"])):
        key = one["input"]
        yield words.needed(
            names.figure(key),
            names.unit_of(key),
            one["from"],
            one["to"],
            one["change"],
            status,
            one["earliest"],
            one["returns"],
        )
    says = {
        "cannot": words.not_by_itself,
        "not_found": words.not_found,
        "no_part": words.no_part,
        "not_given": words.not_given,
    }
    for code, say in says.items():
        keys = [
            one["input"]
            for one in target["levers"]
            if one["because"] is not None and one["because"]["code"] == code
        ]
        if keys:
            yield say(names.figures(keys))


def _measure(names: Names, one: Told) -> str:
    node = find(names.decision, one["rule"]) or {**one, "measure": one["id"], "from": None}
    found = check({**node, "needs": None}, names, full=False)
    needs = span(one["needs"], names.every) if one["needs"] else None
    run = span(one["run"], names.every) if one["run"] else None
    text = " ".join((found.text, *found.details))
    return words.measure(found.verdict, text, run, needs)


def _rests(names: Names, told: Told) -> Iterator[str]:
    for one in told["assumptions"]:
        text = _assumption(names, one)
        if text is not None:
            yield text
    numbers = [
        one
        for target in told["targets"]
        for one in target["measures"]
        if one["basis"] != "published" and is_number(one["threshold"])
    ]
    if numbers:
        yield rests.illustrative()
    if any(one["steps"] for target in told["targets"] for one in target["levers"]):
        yield rests.proved()


def _assumption(names: Names, one: Told) -> str | None:
    match one["code"]:
        case "returns_come":
            return rests.returns_come(one["first"], one["every"])
        case "same_figures":
            return rests.same_figures(one["as_of"])
        case "overdue":
            return rests.overdue(one["returns"])
        case "carried_again":
            return rests.carried_again(names.figures(one["inputs"]))
        case "version_begins":
            return rests.version_begins(one["title"], one["on"])
        case "version_ends":
            return rests.version_ends(one["on"])
        case "settings_begin":
            return rests.settings_begin(names.group, one["on"])
        case "unit_ends":
            return rests.unit_ends(names.unit, one["on"])
        case "looked_until":
            return rests.looked_until(one["day"], cut=one["cut"])
        case _:
            return None
