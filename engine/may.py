"""May this activity be reduced for such a case? The answer to one practitioner, taken from a decision as it stands."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from engine.active import INDETERMINATE
from engine.decision import Decision
from engine.texts import Told
from rules.model import Activity, Version
from rules.problems import UsageError, did_you_mean
from rules.said import said

DAY = datetime.timedelta(days=1)


class UnknownName(UsageError):
    """An activity or a cohort that the version does not have: `what` says which of the two, `name` how it was given."""

    def __init__(
        self, what: Literal["activity", "cohort"], name: str, version: Version, known: Collection[str]
    ):
        self.what, self.name = what, name
        shown, named = name[:80], f"{version.framework}@{version.version}"
        self.told: str = (
            said("There is no activity {id} in {version}.", id=shown, version=named)
            if what == "activity"
            else said("There is no cohort {id} in {version}.", id=shown, version=named)
        )
        self.hint = did_you_mean(name, known)
        super().__init__(f"{self.told} {self.hint}".strip())


def may(
    decision: Decision,
    version: Version,
    activity: str,
    cohorts: Sequence[str] | None = None,
    *,
    day: datetime.date | None = None,
) -> Told:
    """Whether an activity may be reduced.

    :param decision: the decision in force.
    :param version: the version that it names.
    :param cohorts: those that the case is in; empty: in none of them; None: it is not known in which.
    :param day: the day asked for, if it is a later one than that of the decision.

    Raises UnknownName.
    """
    asked = next((one for one in version.activities if one.id == activity), None)
    if asked is None:
        raise UnknownName("activity", activity, version, [one.id for one in version.activities])
    case = None if cohorts is None else tuple(dict.fromkeys(cohorts))
    for cohort in case or ():
        if cohort not in version.cohorts:
            raise UnknownName("cohort", cohort, version, version.cohorts)
    told: Told = {
        "answer": "no",
        "pdu": decision["pdu"]["id"],
        "as_of": decision["as_of"] if day is None else day.isoformat(),
        "status": decision["status"],
        "activity": asked.id,
        "title": asked.title or asked.id,
        "cohorts": None if case is None else list(case),
        **dict.fromkeys(("do", "floor", "from", "until", "review_by", "strength")),
        "usual": asked.usual,
        "except": [],
        "only": [],
        "because": {},
        "source": None,
        "decision": decision["id"],
    }
    if asked.mandatory is not None:
        because = {"code": "mandatory", "because": asked.mandatory.because}
        return {**told, "because": because, "source": _source(version, asked.mandatory.source)}
    granted = next((one for one in decision["permitted"] if one["activity"] == activity), None)
    if granted is None:
        return {**told, "because": _refused(decision, version, asked)}
    told |= {"from": granted["from"], "except": granted["except"], "only": granted["only"]}
    told["source"] = _source(version, granted["source"])
    outside = _outside(granted, case)
    if outside is not None:
        return {**told, "because": outside}
    limits = _limits(decision, version, granted, case)
    return {
        **told,
        "answer": "limited" if limits else "yes",
        **{key: granted[key] for key in ("do", "floor", "review_by", "strength")},
        "until": min((one["until"] for one in limits if "until" in one), default=None),
        "because": {"code": "within_limits", "limits": limits} if limits else {"code": "permitted"},
    }


def _outside(granted: Mapping[str, Any], case: tuple[str, ...] | None) -> Told | None:
    """Why a case is not among those that a reduction is for; None where it is, or where it is not known."""
    if case is None:
        return None
    spared = [one for one in granted["except"] if one in case]
    if spared:
        return {"code": "excepted", "cohorts": spared}
    if granted["only"] and not set(granted["only"]) & set(case):
        return {"code": "not_among", "cohorts": list(granted["only"])}
    return None


def _limits(
    decision: Decision, version: Version, granted: Mapping[str, Any], case: tuple[str, ...] | None
) -> list[Told]:
    """What to mind, as codes; `until` is a last day on which the reduction is permitted, as things stand."""
    limits: list[Told] = []
    if case is None and (granted["except"] or granted["only"]):
        limits.append({"code": "cohort_not_given"})
    if granted["floor"]:
        limits.append({"code": "floor"})
    if granted["ends"] is not None:
        last = datetime.date.fromisoformat(granted["ends"]) - DAY
        limits.append({"code": "lapses", "until": last.isoformat()})
    clear, declared = decision["last_determinate"], decision["declared"]
    if decision["status"] == INDETERMINATE and clear is not None:
        last = datetime.date.fromisoformat(clear["as_of"]) + version.returns.grace * DAY
        limits.append({"code": "grace", "until": last.isoformat()})
    elif declared is not None and declared["in_force"] and not _permits(decision, version, granted):
        limits.append({"code": "declared", "until": declared["until"]})
    return limits


def _permits(decision: Decision, version: Version, granted: Mapping[str, Any]) -> bool:
    """Whether the calculated status is as severe as a reduction needs, whatever was declared."""
    ids = version.status_ids
    calculated = decision["calculated"]
    return calculated in ids and ids.index(calculated) >= ids.index(granted["from"])


def _refused(decision: Decision, version: Version, asked: Activity) -> Told:
    """Why no reduction of an activity is permitted: the reason of the one that is nearest to being permitted.

    Of those that the status is severe enough for, that is the most severe; else the one that needs least.
    """
    refused = [one for one in decision["not_permitted"] if one["activity"] == asked.id]
    if not refused:
        return {"code": "no_reduction"}
    ids = version.status_ids
    refused.sort(key=lambda one: ids.index(one["from"]))
    near = [one for one in refused if one["because"]["code"] != "below_status"]
    chosen = near[-1] if near else refused[0]
    return {**chosen["because"], "from": chosen["from"]}


def _source(version: Version, id_: str | None) -> Told | None:
    """A source with what the version says of it."""
    found = version.sources.get(id_ or "")
    if id_ is None or found is None:
        return None
    published = None if found.published is None else found.published.isoformat()
    return {"id": id_, "title": found.title, "published": published, "url": found.url}
