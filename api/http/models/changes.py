"""The feed of changes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from api.http.models.status import DECISION, ISO_DAY, MOMENT, Answer

CHANGE: dict[str, Any] = {
    "number": 1234,
    "recorded_at": "2022-08-22T09:30:00.000000Z",
    "pdu": "york",
    "region": "yorkshire-and-the-humber",
    "as_of": "2022-08-22",
    "kinds": ["status", "since", "permitted"],
    "from_status": "green",
    "to_status": "amber",
    "from_decision": "sha256:" + "0e" * 32,
    "to_decision": "sha256:" + "0f" * 32,
    "cause": "return",
}


class Change(Answer):
    """From a day on, until the next change for a later day, other things hold for a PDU."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGE]})

    number: int = Field(ge=1, description="The number of the record; later changes have higher ones.")
    recorded_at: str = Field(pattern=MOMENT, description="When it was recorded.")
    pdu: str = Field(description="The PDU's id.")
    region: str = Field(description="Its region's id.")
    as_of: str = Field(
        pattern=ISO_DAY, description="The first day that it changes; a correction's may be long ago."
    )
    kinds: list[Literal["first", "status", "since", "version", "permitted", "undecided", "decided"]] = Field(
        min_length=1,
        description="What changed; `first`: the first decision of all. `undecided`: from that day on it cannot be "
        "decided, and has no status (PF900); `decided`: it has one again.",
    )
    from_status: str | None = Field(description="The status that held for that day before; null: none.")
    to_status: str | None = Field(description="The status that holds now; null: none, it is undecided.")
    from_decision: str | None = Field(pattern=DECISION, description="The decision before.")
    to_decision: str | None = Field(pattern=DECISION, description="The decision now; null: none.")
    cause: Literal["return", "correction", "declaration", "suspension", "end", "time", "documents"] = Field(
        description="What brought it about: what was recorded, or that time passed."
    )


class Changes(Answer):
    """A page of changes, in the order in which they were recorded."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"changes": [CHANGE], "next": "nJ6vJmNoYW5nZXMfMTIzNB8wZjBm", "more": False}]
        }
    )

    changes: list[Change] = Field(description="The changes.")
    next: str = Field(description="Ask with this as `after` for what follows, now or later. Always given.")
    more: bool = Field(description="Whether more is there already.")
