"""What the models of requests and answers are made of: strict values, and models that refuse what they do not know."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from rules.model._fields import LAST_DAY, number_text, read_day
from rules.said import said

FIRST_DAY = datetime.date(1900, 1, 1)
ID_PATTERN = r"^[^\s.,\[\]{}@/\\:]{1,80}$"
LONGEST_TEXT = 4_000
_ID = re.compile(r"[^\s.,\[\]{}@/\\:]{1,80}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
DAY_SCHEMA: dict[str, Any] = {"type": "string", "format": "date", "examples": ["2022-08-29"]}
Schema = dict[str, Any]


class Asked(BaseModel):
    """The base of requests: nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Told(BaseModel):
    """The base of what answers are described by; answers are written without it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _day(value: Any) -> datetime.date:
    found = read_day(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(said("a day is due here, written as {example}", example="2022-08-29"))
    if not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(said("a day from {first} to {last} is due here", first=FIRST_DAY, last=LAST_DAY))
    return found


def _words(value: str) -> str:
    text = value.strip()
    if not text:
        raise ValueError(said("some words are due here"))
    if _CONTROL.search(text):
        raise ValueError(said("a text holds no control characters"))
    return text


def _id(value: str) -> str:
    if not _ID.fullmatch(value) or not value.isprintable():
        raise ValueError(
            said("an id is due here: at most 80 characters, without space, dot, comma, colon or slash")
        )
    return value


def _number(value: Any) -> Decimal:
    if not isinstance(value, Decimal) or len(value.as_tuple().digits) > 15 or abs(value.adjusted()) > 15:
        raise ValueError(said("a number of at most 15 digits is due here, unquoted"))
    return Decimal(number_text(value))


Day = Annotated[datetime.date, BeforeValidator(_day), WithJsonSchema(DAY_SCHEMA)]
"""An ISO day."""
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S"), AfterValidator(_words)]
"""A text for people."""
Id = Annotated[
    str,
    AfterValidator(_id),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 80, "pattern": ID_PATTERN}),
]
"""The id of a PDU, a region, a status, an activity or a role."""
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    WithJsonSchema({"type": "number", "minimum": -(10**15), "maximum": 10**15}),
]
"""An exact number."""
Hash = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
Moment = Annotated[
    str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", examples=["2022-08-29T09:30:00.000000Z"])
]
"""A moment in UTC, as the ledger records it."""


REFERENCE = "#/components/schemas/{model}"


def body(model: type[BaseModel], **examples: Any) -> Schema:
    """The `openapi_extra` of a route whose JSON body is read by `strict_json`; `described` has the model itself."""
    content: Schema = {"schema": {"$ref": REFERENCE.format(model=model.__name__)}}
    if examples:
        content["examples"] = {name: {"value": value} for name, value in examples.items()}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}
