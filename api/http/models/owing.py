"""Who owes a return, over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from api.http.models.status import ISO_DAY, MOMENT, Answer

Kind = Literal["missing", "stale", "late", "not_given", "jump", "unchanged"]

EXAMPLE: dict[str, Any] = {
    "as_of": "2022-08-31",
    "known_at": None,
    "framework": {"id": "sentence-management", "version": "phase-3-v8"},
    "pdus": 109,
    "fine": 108,
    "counts": {"missing": 0, "stale": 0, "late": 1, "not_given": 0, "jump": 0, "unchanged": 0},
    "regions": [
        {
            "region": "yorkshire-and-the-humber",
            "name": "Yorkshire and the Humber",
            "contact": None,
            "owed": [
                {
                    "pdu": "york",
                    "name": "York",
                    "contact": None,
                    "kind": "late",
                    "newest": "2022-08-22",
                    "due": "2022-08-29",
                    "days": 2,
                    "figure": None,
                    "details": {},
                    "says": "A return was due on 2022-08-29, 2 days ago. The newest is of 2022-08-22.",
                }
            ],
        }
    ],
}


class OwedTold(Answer):
    """What one PDU owes, or what looks wrong in its figures."""

    pdu: str = Field(description="The PDU's id.")
    name: str = Field(description="Its name.")
    contact: str | None = Field(description="Whom to ask, where the register says it.")
    kind: Kind = Field(
        description="missing: no return at all; stale: too old to count; late: due and not there; not_given: a figure "
        "that decisions need; jump: a figure that changed further than ever; unchanged: a figure that stands still."
    )
    newest: str | None = Field(pattern=ISO_DAY, description="The day of its newest return.")
    due: str | None = Field(pattern=ISO_DAY, description="The day on which a return was due.")
    days: int | None = Field(description="How many days ago that is.")
    figure: str | None = Field(description="The input or the figure that is meant.")
    details: dict[str, str | int | bool | None] = Field(
        description="What belongs to the kind, such as `value` and `before`; numbers with decimals as text."
    )
    says: str = Field(description="The same as a sentence.")


class RegionOwing(Answer):
    """What the PDUs of a region owe."""

    region: str = Field(description="The region's id.")
    name: str = Field(description="Its name.")
    contact: str | None = Field(description="Whom to ask, where the register says it.")
    owed: list[OwedTold] = Field(description="By PDU, in the register's order.")


class OwingFramework(Answer):
    """The version that says when returns are due."""

    id: str = Field(description="The framework.")
    version: str = Field(description="Its version in force on the day.")


class Overdue(Answer):
    """Who owes a return on a day, and whose figures look wrong, by region."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    as_of: str = Field(pattern=ISO_DAY, description="The day that the answer is for.")
    known_at: str | None = Field(pattern=MOMENT, description="The moment that was asked for, or null.")
    framework: OwingFramework = Field(description="The version that says when returns are due.")
    pdus: int = Field(description="How many PDUs were looked at.")
    fine: int = Field(description="How many of them owe nothing.")
    counts: dict[str, int] = Field(description="How many entries there are of each kind.")
    regions: list[RegionOwing] = Field(description="Every region that was asked about.")
