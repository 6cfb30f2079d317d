"""The short answer: the status of one unit on a day, and of all units at once."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"
MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$"
DECISION = r"^sha256:[0-9a-f]{64}$"

EXAMPLE: dict[str, Any] = {
    "pdu": "york",
    "name": "York",
    "region": "yorkshire-and-the-humber",
    "as_of": "2022-08-29",
    "known_at": None,
    "status": "amber",
    "since": "2022-08-22",
    "previous": "green",
    "calculated": "amber",
    "calculated_since": "2022-08-22",
    "review_by": "2022-09-05",
    "framework": {"id": "sentence-management", "version": "phase-3-v8"},
    "decision": "sha256:" + "0f" * 32,
    "decided_for": "2022-08-22",
    "recorded": True,
}


class Answer(BaseModel):
    """What answers have in common: exactly the fields that are described."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class FrameworkUsed(Answer):
    """The version that decided."""

    id: str = Field(description="The framework.")
    version: str = Field(description="Its version in force on the day.")


class Status(Answer):
    """The status of a PDU on a day. The decision that it comes from can be had by its id."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    pdu: str = Field(description="The PDU's id.")
    name: str = Field(description="Its name.")
    region: str = Field(description="Its region's id.")
    as_of: str = Field(pattern=ISO_DAY, description="The day that the answer is for.")
    known_at: str | None = Field(
        pattern=MOMENT, description="The moment that was asked for; null: everything recorded counts."
    )
    status: str = Field(
        description="A status of the framework, or `indeterminate`, `undeclared` or `suspended`."
    )
    since: str = Field(pattern=ISO_DAY, description="The first day of this status without a break.")
    previous: str | None = Field(description="The status before it; null where there was none.")
    calculated: str = Field(description="The status that the figures give, whatever people declared.")
    calculated_since: str | None = Field(pattern=ISO_DAY, description="The first day of that.")
    review_by: str | None = Field(
        pattern=ISO_DAY, description="The day by which the status is to be reviewed."
    )
    framework: FrameworkUsed = Field(description="The version that decided.")
    decision: str = Field(
        pattern=DECISION, description="The id of the decision, with which the answer can be cited."
    )
    decided_for: str = Field(
        pattern=ISO_DAY, description="The decision's own `as_of`: the last day on which the answer changed."
    )
    recorded: bool = Field(
        description="Whether the decision stands in the ledger; one for days to come is made for the question."
    )


class Statuses(Answer):
    """The status of every PDU that has one on the day, in the order of their ids."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "as_of": "2022-08-29",
                    "known_at": None,
                    "changes": "nJ6vJmNoYW5nZXMfMTIzNB8wZjBm",
                    "statuses": [EXAMPLE],
                }
            ]
        }
    )

    as_of: str = Field(pattern=ISO_DAY, description="The day that the answers are for.")
    known_at: str | None = Field(pattern=MOMENT, description="The moment that was asked for, or null.")
    changes: str = Field(
        description="The cursor from which `/v1/changes` goes on: what changes after this answer was made."
    )
    statuses: list[Status] = Field(description="One for each PDU. One without a decision is left out.")
