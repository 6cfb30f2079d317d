"""Declarations and suspensions: what people send to make or end one, and how one is told."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.http.models.fields import Asked, Day, Id, Moment, Told, Words
from api.http.models.returns import Recorded

_BY = "The role of the person who decided, in the framework's words. Yours if left out; only HQ may name another."
_PDU = "The PDU that it is for. Without a PDU and a region it is for everyone."
_REGION = "The region that it is for. Without a PDU and a region it is for everyone."


class DeclarationAsked(Asked):
    """A person's decision that sets a status for a time; both days are included."""

    from_: Day = Field(alias="from", description="The first day on which it is in force.")
    until: Day = Field(description="The last day on which it is in force.")
    status: Id = Field(description="The status that is declared.")
    reason: Words = Field(description="Why. Name nobody.")
    by: Id | None = Field(default=None, description=_BY)
    renew: list[Id] = Field(
        default_factory=list, max_length=500, description="Activities whose reductions start again with it."
    )
    pdu: Id | None = Field(default=None, description=_PDU)
    region: Id | None = Field(default=None, description=_REGION)


class SuspensionAsked(Asked):
    """The framework set aside for a time; the last day may be left open."""

    from_: Day = Field(alias="from", description="The first day on which the framework is set aside.")
    until: Day | None = Field(
        default=None, description="The last such day; until further notice if left out."
    )
    reason: Words = Field(description="Why. Name nobody.")
    by: Id | None = Field(default=None, description=_BY)
    pdu: Id | None = Field(default=None, description=_PDU)
    region: Id | None = Field(default=None, description=_REGION)


class EndAsked(Asked):
    """An earlier last day for a declaration or a suspension."""

    last_day: Day | None = Field(
        default=None,
        description="Its last day in force; yesterday if left out, so that it no longer holds today. One before its "
        "first day takes it back: it never was in force.",
    )
    reason: Words = Field(description="Why. Name nobody.")


class End(Told):
    """How a declaration or a suspension was ended."""

    last_day: Day
    reason: str
    recorded_at: Moment


class Event(Told):
    """What declarations and suspensions have in common."""

    id: str
    from_: Day = Field(alias="from")
    by: str
    reason: str
    pdu: str | None
    region: str | None
    recorded_at: Moment
    ended: End | None = Field(description="Its end, where one was recorded.")
    in_force_until: Day | None = Field(
        description="The last day on which it is in force as it stands now; null where that is open, or where it was "
        "taken back."
    )
    taken_back: bool = Field(description="Whether it was ended before its first day, so that it never held.")


class Declaration(Event):
    """A declaration as it stands."""

    kind: Literal["declaration"]
    until: Day = Field(description="The last day that was declared.")
    status: str
    renew: list[str]


class Suspension(Event):
    """A suspension as it stands."""

    kind: Literal["suspension"]
    until: Day | None = Field(description="The last day that was given; null for until further notice.")


class DeclarationRecorded(Recorded):
    """A declaration that was recorded or ended, and what is in force now."""

    declaration: Declaration


class SuspensionRecorded(Recorded):
    """A suspension that was recorded or ended, and what is in force now."""

    suspension: Suspension


class Declarations(Told):
    """A page of declarations, in the order in which they were recorded."""

    declarations: list[Declaration]
    next: str | None = Field(description="The cursor of the next page; null where this is the last.")


class Suspensions(Told):
    """A page of suspensions, in the order in which they were recorded."""

    suspensions: list[Suspension]
    next: str | None = Field(description="The cursor of the next page; null where this is the last.")


DECLARATION_EXAMPLE: dict[str, Any] = {
    "pdu": "york",
    "from": "2022-08-29",
    "until": "2022-09-11",
    "status": "red",
    "by": "regional-director",
    "reason": "The office is flooded.",
}
SUSPENSION_EXAMPLE: dict[str, Any] = {
    "region": "yorkshire-and-the-humber",
    "from": "2022-08-29",
    "reason": "Exceptional delivery models are in force.",
}
END_EXAMPLE: dict[str, Any] = {"reason": "The office is open again."}
