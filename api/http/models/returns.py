"""Staffing returns as they are sent, and the receipt for what was recorded."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.http.models.fields import DAY_SCHEMA, ID_PATTERN, REFERENCE, Day, Hash, Moment, Schema, Told

_FIGURE = {"type": ["number", "string", "null"]}
_REMARK = {"type": ["string", "number", "null"], "description": "Explains the figures and decides nothing."}
RETURN: Schema = {
    "title": "StaffingReturn",
    "description": "The figures of one PDU on one day. Beside pdu and as_of, each key is an input of the framework: "
    "a number, a category, or, for an input per member of a list, an object of members. What is left out or null "
    "is not given. A return replaces the one that was recorded for the same PDU and day wholly.",
    "type": "object",
    "required": ["pdu", "as_of"],
    "properties": {
        "pdu": {"type": "string", "pattern": ID_PATTERN, "description": "The id of the PDU."},
        "as_of": {**DAY_SCHEMA, "description": "The day that the figures are about; tomorrow at the latest."},
        "source": _REMARK,
        "basis": _REMARK,
        "note": _REMARK,
    },
    "additionalProperties": {
        "type": ["number", "string", "null", "object"],
        "additionalProperties": _FIGURE,
    },
}
RETURN_REF: Schema = {"$ref": REFERENCE.format(model="StaffingReturn")}
EXAMPLE: dict[str, Any] = {
    "pdu": "york",
    "as_of": "2022-08-22",
    "required_fte": {"PO": 20, "PSO": 20},
    "in_post_fte": {"PO": 13, "PSO": 20},
    "wmt_points": 41230,
}
_CSV = "pdu,as_of,grade,required_fte,in_post_fte\nyork,2022-08-22,PO,20,13\nyork,2022-08-22,PSO,20,20\n"
BODY: Schema = {
    "requestBody": {
        "required": True,
        "description": "Returns as JSON (one or a list), NDJSON (one on each line) or CSV in UTF-8.",
        "content": {
            "application/json": {
                "schema": {
                    "title": "StaffingReturns",
                    "anyOf": [RETURN_REF, {"type": "array", "items": RETURN_REF, "minItems": 1}],
                },
                "examples": {"one": {"value": EXAMPLE}, "several": {"value": [EXAMPLE]}},
            },
            "application/x-ndjson": {
                "schema": {"type": "string", "description": "A return as JSON on each line."},
                "example": '{"pdu": "york", "as_of": "2022-08-22", "wmt_points": 41230}\n',
            },
            "text/csv": {
                "schema": {
                    "type": "string",
                    "description": "One row for each PDU, day and member of a list, below a header.",
                },
                "example": _CSV,
            },
        },
    }
}


class Records(Told):
    """The numbers of the records that a write has appended to the ledger."""

    first: int = Field(ge=1)
    last: int = Field(ge=1)


class DecisionNow(Told):
    """The decision now in force for a PDU."""

    pdu: str
    as_of: Day = Field(description="The day that the decision was made for; it holds until the next one.")
    status: str
    since: Day
    decision: Hash = Field(description="The decision's id.")


class UndecidedPdu(Told):
    """A PDU that cannot be decided, by a fault of the program: what was sent is recorded, and it has no status."""

    pdu: str
    first: Day = Field(description="The first day that cannot be decided. Decisions for earlier days stand.")
    code: str = Field(pattern="^PF9[0-9]{2}$", description="PF900: the two deciders differ.")


class Recorded(Told):
    """What every write answers."""

    recorded_at: Moment | None = Field(description="When it was recorded; null where nothing was.")
    records: Records | None = Field(description="Which records hold it; null where nothing was recorded.")
    decisions: list[DecisionNow] = Field(
        description="The decisions now in force for the PDUs that it is about. A PDU that does not exist today, or "
        "for which no version is in force, has none."
    )
    undecided: list[UndecidedPdu] = Field(
        description="The PDUs that it is about and that cannot be decided. As a rule there are none."
    )


class Receipt(Recorded):
    """What was recorded of the returns that were sent."""

    returns: int = Field(ge=0, description="Returns that were recorded.")
    unchanged: int = Field(ge=0, description="Returns that stood already as they were sent.")
    corrected: int = Field(ge=0, description="Returns, of those recorded, that replace another.")
