"""The page of one decision: what it says first, how to check it folded below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports._build import context
from reports._explanation import Explanation
from reports.pages._parent import home_of
from reports.pages._shown import Shown, Statuses
from rules.model import Organisation, Version


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """All that the page says. `current` tells whether it is the decision in force today, `home` where that one is."""

    id: str
    home: str
    name: str
    as_of: str
    status: Shown
    recorded_at: str | None
    current: bool
    explanation: Explanation


def decision_page(
    decision: Mapping[str, Any], version: Version, organisation: Organisation, *, current: bool
) -> DecisionPage:
    """The page of a recorded decision, in the words of the documents that it was decided by."""
    return DecisionPage(
        id=decision["id"],
        home=home_of(decision["pdu"]["id"]),
        name=decision["pdu"]["name"],
        as_of=decision["as_of"],
        status=Statuses(version, organisation)[decision["status"]],
        recorded_at=decision["decided_at"],
        current=current,
        explanation=context(decision, version, organisation),
    )
