"""The register of PDUs, each with its current status."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from api.http.models.status import EXAMPLE, ISO_DAY, Answer, Status

REGISTERED: dict[str, Any] = {
    "pdu": "york",
    "name": "York",
    "region": "yorkshire-and-the-humber",
    "region_name": "Yorkshire and the Humber",
    "code": None,
    "tags": [],
    "contact": None,
    "from": None,
    "until": None,
    "replaces": [],
    "current": EXAMPLE,
}


class RegisteredPdu(Answer):
    """A PDU as the register has it, with its status today."""

    model_config = ConfigDict(json_schema_extra={"examples": [REGISTERED]})

    pdu: str = Field(description="The PDU's id.")
    name: str = Field(description="Its name.")
    region: str = Field(description="Its region's id.")
    region_name: str = Field(description="Its region's name.")
    code: str | None = Field(description="Its code in other registers.")
    tags: list[str] = Field(description="Words by which PDUs can be grouped.")
    contact: str | None = Field(description="Whom to ask: the PDU's contact, else its region's.")
    from_: str | None = Field(alias="from", pattern=ISO_DAY, description="Its first day; null: always there.")
    until: str | None = Field(pattern=ISO_DAY, description="Its last day; null: it goes on.")
    replaces: list[str] = Field(description="The PDUs that it replaced, by their ids.")
    current: Status | None = Field(
        description="Its status today; null where it does not exist today or no version is in force."
    )


class Register(Answer):
    """A page of the register: the PDUs that exist today, in the order of their ids."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"pdus": [REGISTERED], "next": None}]})

    pdus: list[RegisteredPdu] = Field(description="The PDUs.")
    next: str | None = Field(description="The cursor of the next page; null: this is the last.")
