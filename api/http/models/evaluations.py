"""What-if: figures, events, a version and trigger points to try out, and the decisions that would follow."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from api.http.models.decisions import DECISION
from api.http.models.events import _BY, _PDU, _REGION
from api.http.models.fields import Asked, Day, Id, Number, Schema, Told, Words
from api.http.models.returns import EXAMPLE

MOST_RETURNS = 2_500
"""What can be decided before a caller is told that it took too long: some twenty weeks of a hundred PDUs."""
MOST_EVENTS = 200
MOST_SETTINGS = 20
"""Each set of numbers has rules of its own, which take a third of a second to be made."""


class Declared(Asked):
    """A declaration to try out."""

    from_: Day = Field(alias="from")
    until: Day
    status: Id
    by: Id = Field(description=_BY.partition(" Yours")[0])
    reason: Words
    renew: list[Id] = Field(default_factory=list, max_length=500)
    pdu: Id | None = Field(default=None, description=_PDU)
    region: Id | None = Field(default=None, description=_REGION)


class Suspended(Asked):
    """A suspension to try out."""

    from_: Day = Field(alias="from")
    until: Day | None = None
    by: Id
    reason: Words
    pdu: Id | None = Field(default=None, description=_PDU)
    region: Id | None = Field(default=None, description=_REGION)


class EventsAsked(Asked):
    """People's decisions to try out; what is recorded of them does not count here."""

    declarations: list[Declared] = Field(default_factory=list, max_length=MOST_EVENTS)
    suspensions: list[Suspended] = Field(default_factory=list, max_length=MOST_EVENTS)


class TriggerPoints(Asked):
    """Trigger points to try out for a region or for one PDU, in place of those that are set."""

    region: Id | None = Field(default=None, description="The region. Name it or a PDU.")
    pdu: Id | None = Field(default=None, description="The PDU. Name it or a region.")
    numbers: dict[str, Number] = Field(
        min_length=1, max_length=200, description="Numbers by trigger point, within what regions may set."
    )


class EvaluationAsked(Asked):
    """What to try out. Nothing of it is recorded, and nothing that is recorded of the PDUs counts."""

    returns: list[Any] = Field(min_length=1, max_length=MOST_RETURNS)
    events: EventsAsked | None = None
    version: Annotated[str, Field(min_length=1, max_length=80)] | None = Field(
        default=None,
        description="The version that judges all days; by default whichever is in force on each.",
    )
    trigger_points: list[TriggerPoints] = Field(default_factory=list, max_length=MOST_SETTINGS)
    as_of: Day | None = Field(
        default=None, description="The day to decide for; by default the day of the newest return."
    )


class Undecided(Told):
    """A PDU for which there is no decision on the day, and why."""

    pdu: str
    as_of: datetime.date
    message: str


class Evaluation(Told):
    """What would follow."""

    decisions: list[Annotated[Any, WithJsonSchema(DECISION)]] = Field(description="By PDU.")
    undecided: list[Undecided]


EVALUATION_EXAMPLE: Schema = {
    "returns": [EXAMPLE],
    "trigger_points": [{"region": "yorkshire-and-the-humber", "numbers": {"amber_staffing": 88}}],
}
