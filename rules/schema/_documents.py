"""What the schemas of documents say beyond their models: keys that go together, and keys kept as written."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from rules.check.sizes import MAX_STATUSES
from rules.model import (
    Activity,
    Band,
    Declaration,
    Expectation,
    Input,
    Measure,
    Points,
    Reduction,
    Scenario,
    Source,
    Status,
    Suspension,
    Version,
)
from rules.model.measures import Lever
from rules.model.version import Guarantee, ReturnRules
from rules.model.view import View
from rules.schema._conditions import SUBJECT
from rules.schema._models import OfFields, OfModels
from rules.schema._values import SCALAR, VALUES, Schema, described, keyed, ref, value


def _without(model: type[BaseModel], message: str, *keys: str) -> Schema:
    """That some keys of a model are not there; an editor shows the message."""
    others = [field.alias or name for name, field in model.model_fields.items()]
    return {"propertyNames": {"enum": [key for key in others if key not in keys], "errorMessage": message}}


def _one_of(model: type[BaseModel], key: str, other: str) -> Schema:
    return {
        "anyOf": [{"required": [key]}, {"required": [other]}],
        "if": {"required": [key, other]},
        "then": _without(model, f"Write {key} or {other}, not both.", other),
    }


def _with(key: str, title: str, description: str, **content: Any) -> Schema:
    """What one key must be."""
    return {"properties": {key: described(title, description, **content)}}


_EXPECTS_ERROR = {"type": "object", "required": ["error"]}
_EXPECT = {"anyOf": [ref("Expectation"), {"type": "array", "items": ref("Expectation")}]}

_FIGURE = {
    "type": [*SCALAR, "object"],
    **described(
        "Figure",
        "A number, a category, or null where none is given; for a list, one for each of its members.",
        propertyNames=value("Name", title="name"),
        additionalProperties=described("Figure", "The figure of one member of the list.", type=SCALAR),
    ),
}

FIGURES: dict[str, Schema] = {
    "ScenarioReturn": described(
        "Return",
        "The figures of one day, as far as they differ from the scenario's inputs.",
        type="object",
        properties={"as_of": value("Day", **described("As of", "The day that the figures are about."))},
        required=["as_of"],
        propertyNames=value("Name", pattern=f"^as_of$|{VALUES['Name']['pattern']}", title="name"),
        additionalProperties=_FIGURE,
    ),
}

FIELDS: OfFields = {
    (ReturnRules, "every"): value("Period"),
    (ReturnRules, "stale_after"): value("Period"),
    (ReturnRules, "longest_gap"): value("Period"),
    (Source, "url"): {
        "type": "string",
        "pattern": r"^\s*https?://",
        "errorMessage": "An address begins with https://.",
    },
    (Lever, "step"): value("Number", exclusiveMinimum=0),
    (Points, "of"): SUBJECT,
    (Input, "default"): {"type": SCALAR},
    (Status, "id"): value("StatusId"),
    (Version, "statuses"): {"maxItems": MAX_STATUSES},
    (Version, "lists"): keyed(
        "Name",
        {
            **described("List", "The members of the list by name, each with its title."),
            **keyed(
                "Name", value("Text", **described("Member", "What the member is called.")), minProperties=1
            ),
        },
    ),
    (Expectation, "error"): {
        "type": "string",
        "pattern": r"^\s*PF[0-9x]{3}\s*$",
        "errorMessage": "A code is due here, as in PF508 or PF5xx.",
    },
    (Expectation, "previous"): value("Id"),
    (Expectation, "outstayed"): {
        "type": ["boolean", "string"],
        "pattern": "^(true|false)$",
        "errorMessage": "true or false is due here.",
    },
    (Expectation, "measures"): keyed(
        "Name",
        {
            "type": ["number", "string"],
            "pattern": "^unknown$",
            "errorMessage": "A number, unquoted, or the word unknown is due here.",
        },
    ),
    (Scenario, "inputs"): {"type": "object", "propertyNames": value("Name", title="name")},
    (Scenario, "returns"): {"type": "array", "items": {"type": "object"}},
    (Scenario, "expect"): _EXPECT,
    (View, "figures"): {"minProperties": 1},
}

MODELS: OfModels = {
    Measure: _one_of(Measure, "formula", "points"),
    Activity: _one_of(Activity, "mandatory", "reductions"),
    Guarantee: _one_of(Guarantee, "never", "always"),
    Band: {"anyOf": [{"required": [key]} for key in ("below", "at_most", "above", "at_least")]},
    Reduction: {
        "if": {"required": ["except"], **_with("except", "Except", "At least one cohort.", minItems=1)},
        "then": _with("only", "Only", "Nothing, where there are exceptions.", maxItems=0),
    },
    Input: {
        "if": {"required": ["values"]},
        "then": _without(
            Input,
            "A category has no minimum, maximum, lever or decimals.",
            "minimum",
            "maximum",
            "lever",
            "decimals",
        ),
        "else": {
            "properties": {
                "default": value(
                    "Number", **described("Default", "The number that counts when none is given.")
                )
            }
        },
    },
    Scenario: {
        # A scenario may show that figures are refused, and may then be wrong in any way.
        "if": {
            "not": {
                "required": ["expect"],
                "properties": {
                    "expect": described(
                        "Expect",
                        "That the scenario is refused.",
                        anyOf=[_EXPECTS_ERROR, {"type": "array", "contains": _EXPECTS_ERROR}],
                    )
                },
            }
        },
        "then": {
            "properties": {
                "inputs": described(
                    "Inputs",
                    "The figures that each return has unless it says otherwise, member by member.",
                    additionalProperties=_FIGURE,
                ),
                "returns": described(
                    "Returns",
                    "The returns in the order of their days, each with what differs from inputs.",
                    items=ref("ScenarioReturn"),
                ),
            }
        },
    },
}

_GIVEN = ["string", "number", "boolean"]
EVENT_MODELS: OfModels = {
    model: {
        "if": {
            "required": ["pdu", "region"],
            "properties": {
                "pdu": described("Pdu", "A unit, and not null.", type=_GIVEN),
                "region": described("Region", "A region, and not null.", type=_GIVEN),
            },
        },
        "then": _without(model, "An event names pdu or region, not both.", "region"),
    }
    for model in (Declaration, Suspension)
}
"""What is added in files of events, which must say themselves whom each is for."""
