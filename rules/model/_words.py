"""Values that are one of a few words, and the condition, which is read elsewhere."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema

from rules.model._fields import read_number, written
from rules.text import Scalar


def word(value: Any) -> Any:
    """A word as written, for a model to compare with those it knows."""
    value = written(value, "A word")
    return value.text if isinstance(value, Scalar) else value


def _format(value: Any) -> Any:
    value = written(value, "A number")
    if isinstance(value, Scalar):
        return 1 if value.plain and read_number(value.text) == 1 else value.text
    return value


Condition = Annotated[Any, WithJsonSchema({"$ref": "#/$defs/Condition"})]
Basis = Annotated[Literal["published", "illustrative"], BeforeValidator(word)]
Colour = Annotated[
    Literal["green", "yellow", "amber", "orange", "red", "purple", "black", "blue", "grey"],
    BeforeValidator(word),
]
Strength = Annotated[Literal["may", "should", "must", "consider"], BeforeValidator(word)]
Period = Annotated[Literal["day", "week", "month", "quarter", "year"], BeforeValidator(word)]
Format = Annotated[Literal[1], BeforeValidator(_format)]
