"""The status of a region, or of the country, itself: where a framework gives it one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.parents import COUNTRY, is_parent
from reports._build import context
from reports._words import areas as words
from reports.pages._shown import Shown, Statuses
from rules.model import Organisation, Version


@dataclass(frozen=True, slots=True)
class ParentPart:
    """The status of what stands above the units, and why. `decision` is where it can be read, if it is recorded."""

    title: str
    about: str
    status: Shown
    since: str
    review_by: str | None
    why: str
    lead: tuple[str, ...]
    decision: str | None


def parent_part(decision: Mapping[str, Any], version: Version, organisation: Organisation) -> ParentPart:
    """The part of a page; `version` is the one that the decision names, as it judges parents."""
    explained = context(decision, version, organisation)
    return ParentPart(
        title=words.status_title(decision["pdu"]["name"]),
        about=words.status_about(organisation.unit.many),
        status=Statuses(version, organisation)[decision["status"]],
        since=decision["since"],
        review_by=decision["review_by"],
        why=explained.why,
        lead=explained.lead,
        decision=None if decision["decided_at"] is None else decision["id"],
    )


def parent_fault(name: str) -> str:
    """What is said where the status cannot be worked out now."""
    return words.status_fault(name)


def home_of(id_: str) -> str:
    """The page of a unit, a region or the country, by the id under which it is decided."""
    if id_ == COUNTRY:
        return "/country"
    return f"/regions/{id_.partition(':')[2]}" if is_parent(id_) else f"/pdus/{id_}"
