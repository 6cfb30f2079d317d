"""The one table of permissions: operation, role, and how far it reaches.

Everything that asks whether somebody may do something asks here: the dependencies of the routes, the description
of the API, and the tests of the whole matrix.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from api.http.auth.person import Person
from api.http.problems import Refusal
from rules.said import said

Reach = Literal["own pdu", "own region", "all"]

_EVERYONE: Mapping[str, Reach] = {"viewer": "all", "pdu-head": "all", "regional-director": "all", "hq": "all"}
_DIRECTORS: Mapping[str, Reach] = {"regional-director": "own region", "hq": "all"}

TABLE: Mapping[str, Mapping[str, Reach]] = {
    "status.read": _EVERYONE,  # the register, statuses, decisions, history, reports, changes, declarations
    "frameworks.read": _EVERYONE,
    "planning.ask": _EVERYONE,  # distance, may, relief, forecast
    "evaluations.ask": _EVERYONE,  # what-if: nothing is recorded
    "returns.write": {"pdu-head": "own pdu", "regional-director": "own region", "hq": "all"},
    "declarations.write": _DIRECTORS,
    "declarations.end": _DIRECTORS,
    "suspensions.write": _DIRECTORS,
    "suspensions.end": _DIRECTORS,
    "record.read": {"regional-director": "own region", "hq": "all", "operator": "all"},  # who did what
    "info.read": {"operator": "all"},
    "metrics.read": {"operator": "all"},
    "documents.reload": {"operator": "all"},
    "ledger.tick": {"operator": "all"},
}
OPERATIONS = tuple(TABLE)
_WIDEST = {"all": 0, "own region": 1, "own pdu": 2}


def may(person: Person, operation: str, *, pdu: str | None = None, region: str | None = None) -> str | None:
    """The role in which somebody may do something to a PDU, a region or (neither) everyone; None: they may not.

    With a PDU its region is given too, so that the region's director is known. Of several roles the one that
    reaches least far is the one acted in: it says most about why.
    """
    roles = TABLE[operation]
    for role in sorted(person.roles & roles.keys(), key=lambda role: -_WIDEST[roles[role]]):
        reach = roles[role]
        if (
            reach == "all"
            or (reach == "own region" and region is not None and region in person.regions)
            or (reach == "own pdu" and pdu is not None and pdu in person.pdus)
        ):
            return role
    return None


def acting(person: Person, operation: str, *, pdu: str | None = None, region: str | None = None) -> str:
    """The role as `may` gives it, or a refusal (403) that says what is missing."""
    role = may(person, operation, pdu=pdu, region=region)
    if role is None:
        raise Refusal("PF728", _missing(person, operation, pdu, region), headers=SCOPE_CHALLENGE)
    return role


def has_role(person: Person, operation: str) -> bool:
    """Whether any role of theirs may do it, to whomever."""
    return not person.roles.isdisjoint(TABLE[operation])


SCOPE_CHALLENGE = {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}


def refuse_role(operation: str) -> Refusal:
    """403 for somebody none of whose roles may do it."""
    roles = ", ".join(TABLE[operation])
    return Refusal(
        "PF728", said("This takes one of these roles: {roles}.", roles=roles), headers=SCOPE_CHALLENGE
    )


def _missing(person: Person, operation: str, pdu: str | None, region: str | None) -> str:
    if not has_role(person, operation):
        return refuse_role(operation).detail
    if pdu is not None:
        return said("Your roles do not reach the PDU {pdu}.", pdu=pdu[:100])
    if region is not None:
        return said("Your roles do not reach the region {region}.", region=region[:100])
    return said("Your roles reach your own PDUs or regions only, not everyone.")
