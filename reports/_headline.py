"""The top of the page: the status, since when, why in a sentence, and what a person decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports import _words as words
from reports._deciding import Deciding, approaching
from reports._format import later, listed
from reports._names import Names

UNKNOWN = (None, "indeterminate")


def why(names: Names, decided: Deciding) -> tuple[str, tuple[str, ...]]:
    """One sentence that says why, and the sentences that follow it."""
    decision = names.decision
    status = decision["status"]
    if status == "suspended" and decision["suspended"]:
        found = [_suspended(names, decision["suspended"]), *_unseen(names)]
    elif status == "indeterminate":
        found = _indeterminate(names)
    elif status == "undeclared":
        rules = names.version.declarations
        found = [words.declared.undeclared(rules.by if rules is not None else None), *_advice(names, decided)]
    elif decision["declared"] and decision["declared"].get("in_force", True):
        found = _declared(names, decision["declared"])
    else:
        found = [*(decided.why or (words.headline.no_reason(),)), *_overridden(names)]
    if status != "suspended":
        found += approaching(names)
    found += _mapped(names)
    if decision["previous"] not in UNKNOWN:
        found.append(words.headline.previous(names.status(decision["previous"])))
    if decision["outstayed"]:
        level = names.level(status)
        found.append(
            words.headline.outstayed(
                names.status(status), level.outstays_after if level is not None else None
            )
        )
    if decision["review_by"]:
        found.append(words.headline.review_by(decision["review_by"]))
    return found[0], tuple(found[1:])


def _suspended(names: Names, event: Mapping[str, Any]) -> str:
    return words.declared.suspended(
        event["by"], event["from"], event.get("until"), _scope(names, event), event["reason"]
    )


def _scope(names: Names, event: Mapping[str, Any]) -> str:
    return words.declared.scope(
        names.unit if event.get("pdu") else None, names.group if event.get("region") else None
    )


def _unseen(names: Names) -> list[str]:
    calculated = names.decision["calculated"]
    return [] if calculated in UNKNOWN else [words.declared.figures_unseen(names.status(calculated))]


def _advice(names: Names, decided: Deciding) -> list[str]:
    calculated = names.decision["calculated"]
    if calculated in UNKNOWN:
        return undecided(names)
    return [words.declared.advice(names.status(calculated)), *decided.why]


def undecided(names: Names) -> list[str]:
    """Why the figures decide nothing, what is missing, and the last status that was clear."""
    decision = names.decision
    reasons = {because["code"]: because for because in decision["indeterminate_because"]}
    if "no_return" in reasons:
        found = [words.headline.no_return(names.unit)]
    elif "stale" in reasons:
        found = [words.headline.stale(reasons["stale"]["as_of"], reasons["stale"]["stale_after"])]
    elif "could_be" in reasons:
        order = sorted(reasons["could_be"]["statuses"], key=lambda status: names.rank(status) or 0)
        found = [words.headline.does_not_decide([names.status(status) for status in order])]
    else:
        found = [words.headline.undecided()]
    lacking = [key for because in decision["indeterminate_because"] for key in because.get("missing") or ()]
    if lacking:
        found.append(words.headline.missing(names.figures(lacking)))
    last = decision["last_determinate"]
    found.append(
        words.headline.last_determinate(names.status(last["status"]), last["as_of"])
        if last
        else words.headline.never_determinate()
    )
    return found


def _indeterminate(names: Names) -> list[str]:
    return [*undecided(names), *no_ground(names)]


def no_ground(names: Names) -> list[str]:
    """What an indeterminate status means for reductions: nothing, or what stands for the time of grace."""
    last, until = names.decision["last_determinate"], grace_ends(names)
    return [words.headline.grace(last["as_of"], until) if until else words.headline.nothing_on_that_ground()]


def grace_ends(names: Names) -> str | None:
    """The last day on which what was permitted before still stands; None where nothing stands so."""
    decision, last = names.decision, names.decision["last_determinate"]
    if decision["status"] != "indeterminate" or not last or not decision["permitted"]:
        return None
    return later(last["as_of"], names.version.returns.grace)


def _declared(names: Names, event: Mapping[str, Any]) -> list[str]:
    decision = names.decision
    title = names.status(event["status"])
    found = [
        words.declared.declared(
            title, event["by"], event["from"], event["until"], _scope(names, event), event["reason"]
        )
    ]
    if decision["calculated"] in UNKNOWN:
        found += [words.declared.figures_undecided(), *undecided(names)]
    else:
        declared, calculated = names.rank(decision["status"]), names.rank(decision["calculated"])
        direction = None
        if declared is not None and calculated is not None and declared != calculated:
            direction = "raised" if declared > calculated else "lowered"
        found.append(words.declared.figures_alone(names.status(decision["calculated"]), direction))
    size = event.get("days_without_break")
    if size and size > 1:
        found.append(words.declared.declared_days(size))
    if event.get("renew"):
        found.append(
            words.declared.renewed(listed([names.activity_title(activity) for activity in event["renew"]]))
        )
    return found


def _overridden(names: Names) -> list[str]:
    """A declaration that is there and has no effect, because the calculated status stands against it."""
    event = names.decision["declared"]
    if not event:
        return []
    title = names.status(event["status"])
    level = names.level(names.decision["status"])
    said = words.declared.declared(
        title, event["by"], event["from"], event["until"], _scope(names, event), event["reason"]
    )
    binding = level is not None and level.binding and _lowers(names, event)
    return [said, words.declared.not_in_force(names.status(names.decision["status"]), binding)]


def _lowers(names: Names, event: Mapping[str, Any]) -> bool:
    declared, active = names.rank(event["status"]), names.rank(names.decision["status"])
    return declared is not None and active is not None and declared < active


def _mapped(names: Names) -> list[str]:
    return [
        words.headline.mapped(names.status(note["from"]), names.status(note["to"]))
        for note in names.decision["data_quality"]
        if note["code"] == "PF606"
    ]
