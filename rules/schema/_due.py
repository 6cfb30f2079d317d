"""What is due where a key stands, in words: for the reference of the format."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema

from rules.check.sizes import MAX_STATUSES
from rules.model import Expectation, Input, Points, Scenario, Source, Version
from rules.model.measures import Lever
from rules.model.version import DeclarationRules, ReturnRules
from rules.schema._mapping import MAPPING_DUE
from rules.schema._values import KINDS, Schema

Places = Mapping[str, tuple[str, str]]
"""Where a page describes something: the heading and its anchor, by name."""

_WORDS = {
    "Text": ("words", "texts"),
    "Id": ("an id", "ids"),
    "VersionId": ("the name of a version", "names of versions"),
    "Name": ("a name", "names"),
    "Number": ("a number", "numbers"),
    "Whole": ("a whole number", "whole numbers"),
    "Flag": ("`true` or `false`", "`true` or `false`"),
    "Day": ("a day", "days"),
    "Duration": ("a duration", "durations"),
    "Format": ("`1`", "`1`"),
    "Condition": ("a condition", "conditions"),
    "Outcome": ("an outcome", "outcomes"),
}
_REFERENCE = "#/$defs/"
_AT_LEAST_A_DAY = "a duration, a day or more"

_SPECIAL: dict[tuple[type[BaseModel], str], str] = {
    (ReturnRules, "every"): _AT_LEAST_A_DAY,
    (ReturnRules, "stale_after"): _AT_LEAST_A_DAY,
    (ReturnRules, "longest_gap"): _AT_LEAST_A_DAY,
    (Source, "url"): "an address that begins with `https://`",
    (DeclarationRules, "may"): "a list of `raise`, `lower` or both",
    (Lever, "step"): "a number above 0",
    (Points, "of"): "the name of a measure or input",
    (Input, "default"): "a number; for an input with `values`, one of them",
    (Version, "lists"): "by name: the members, by name, each with its title",
    (Version, "statuses"): f"a list of 1 to {MAX_STATUSES} mappings",
    (Expectation, "error"): "a code or a family, such as `PF508` or `PF5xx`",
    (Expectation, "previous"): "an id",
    (Expectation, "outstayed"): "`true` or `false`",
    (Expectation, "measures"): "by name: a number, or `unknown`",
    (Scenario, "inputs"): "by name: a figure; for an input `per` a list, one for each member",
    (Scenario, "returns"): "a list of mappings, each with `as_of` and figures as in `inputs`, or `null`",
    (Scenario, "expect"): "a mapping, or a list of them",
    **MAPPING_DUE,
}
"""Where the kind of a key does not say enough."""


_PARTS = "a list of conditions, at least one"
_LIMIT = "a number or a name"
_CATEGORIES = "a list of categories, at least one"
_STATUSES = "an id, or a list of ids"
DUE_AS_WRITTEN: dict[str, dict[str, str]] = {
    "Condition": {
        **dict.fromkeys(("any", "all", "none"), _PARTS),
        "count": "a mapping",
        "for": _AT_LEAST_A_DAY,
        "source": "an id",
        "basis": "`published` or `illustrative`",
        "note": "words",
    },
    "Count": {"at_least": "a whole number, 1 or more", "of": _PARTS},
    "Comparison": {
        **dict.fromkeys(("below", "at_most", "above", "at_least"), _LIMIT),
        "is": "a number, a name or a category",
        **dict.fromkeys(("one_of", "none_of"), _CATEGORIES),
    },
    "Outcome": dict.fromkeys(("enter", "status", "at_least", "at_most", "permitted"), _STATUSES),
}
"""What is due at the keys of conditions and outcomes, which the models keep as written."""


def due(model: type[BaseModel], key: str, annotation: Any, limits: Schema, places: Places) -> str:
    """What is due at a key of a model, with its bounds and a link to where it is described."""
    link = _link(annotation, places)
    said = _SPECIAL.get((model, key)) or _kind(annotation) + _bounds(limits)
    return f"{said}, see {link}" if link else said


def _alternatives(words: list[str]) -> str:
    """Words of which one is to be written."""
    quoted = [f"`{word}`" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _bounds(limits: Schema) -> str:
    if "minItems" in limits:
        return ", at least one"
    if {"minimum", "maximum"} <= limits.keys():
        return f", {limits['minimum']} to {limits['maximum']}"
    return f", {limits['minimum']} or more" if "minimum" in limits else ""


def _kind(annotation: Any, number: int = 0) -> str:
    """A kind in words: one of it, or several."""
    for known, name in KINDS:
        if annotation == known:
            return _WORDS[name][number]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if defined := _defined(annotation):
        return _WORDS[defined][number]
    if origin is Annotated:
        return _kind(arguments[0], number)
    if origin in (Union, types.UnionType):
        return _kind(next(one for one in arguments if one is not types.NoneType), number)
    if origin is Literal:
        return _alternatives(list(arguments))
    if origin is list:
        return f"a list of {_kind(arguments[0], 1)}"
    if origin is dict:
        keys = next(name for known, name in KINDS if arguments[0] == known)
        return f"by {keys.lower()}: {_kind(arguments[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return ("a mapping", "mappings")[number]
    raise TypeError(f"there are no words for {annotation}")


def _defined(annotation: Any) -> str | None:
    """The definition that stands for an annotation whose value is kept as written."""
    if get_origin(annotation) is Annotated:
        for note in get_args(annotation)[1:]:
            if isinstance(note, WithJsonSchema) and note.json_schema is not None:
                reference = str(note.json_schema.get("$ref", ""))
                return reference.removeprefix(_REFERENCE) or None
    return None


def _link(annotation: Any, places: Places) -> str | None:
    """A link to where the page describes the model or definition within an annotation."""
    name = _defined(annotation)
    if name is None and isinstance(annotation, type) and issubclass(annotation, BaseModel):
        name = annotation.__name__
    if name is not None:
        return f"[{places[name][0]}](#{places[name][1]})" if name in places else None
    for inner in get_args(annotation):
        if found := _link(inner, places):
            return found
    return None
