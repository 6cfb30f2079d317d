"""Parents: regions, and the whole, that have a status of their own."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from api.http.models.status import EXAMPLE, Answer, Status

PARENT: dict[str, Any] = {
    "parent": "region:yorkshire-and-the-humber",
    "name": "Yorkshire and the Humber",
    "level": "region",
    "children": ["hull-and-east-riding", "york"],
    "current": {
        **EXAMPLE,
        "pdu": "region:yorkshire-and-the-humber",
        "name": "Yorkshire and the Humber",
    },
}


class ParentAnswer(Answer):
    """A region, or the whole, with its status today and those that it follows from."""

    model_config = ConfigDict(json_schema_extra={"examples": [PARENT]})

    parent: str = Field(description="Its id: `region:` and the region's id, or `country:everyone`.")
    name: str = Field(description="Its name.")
    level: Literal["region", "country"] = Field(description="Whether it is a region, or the whole.")
    children: list[str] = Field(
        description="Those that its status follows from today: PDUs, or regions as parents, by their ids."
    )
    current: Status | None = Field(
        description="Its status today, with its id under `pdu`; null where the version in force gives it none."
    )


class ParentList(Answer):
    """Everything above the PDUs that has a status of its own: regions in the order of their ids, then the whole."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"parents": [PARENT]}]})

    parents: list[ParentAnswer] = Field(description="The parents. None where no version has `rollup`.")
