"""What the schemas of documents say beyond their models: keys that go together, and keys kept as written."""

from __future__ import annotations

from rules.check.version import MAX_STATUSES
from rules.model import (
    Activity,
    Band,
    Declaration,
    Expectation,
    Input,
    Measure,
    Reduction,
    Scenario,
    Source,
    Status,
    Suspension,
    Version,
)
from rules.model._fields import RESERVED_STATUSES
from rules.model.version import Guarantee, Lever, ReturnRules
from rules.schema._models import OfFields, OfModels
from rules.schema._values import SCALAR, Schema, described, ref


def _one_of(*keys: str) -> Schema:
    return {"oneOf": [{"required": [key]} for key in keys]}


def _not_both(key: str, *others: str) -> Schema:
    return {"not": {"required": [key], "anyOf": [{"required": [other]} for other in others]}}


def _some(*keys: str) -> Schema:
    """Lists that hold something."""
    return {
        "required": list(keys),
        "properties": {
            key: described(key.capitalize(), "A list that holds something.", minItems=1) for key in keys
        },
    }


_NAMED_FIGURES = {"type": "object", "propertyNames": ref("Name")}
_EXPECTS_ERROR = {"type": "object", "required": ["error"]}
_EXPECT = {"anyOf": [ref("Expectation"), {"type": "array", "items": ref("Expectation")}]}

FIGURES: dict[str, Schema] = {
    "Figure": described(
        "Figure",
        "A number, a category, or null where no figure is given; for a list, one for each of its members.",
        anyOf=[
            {"type": SCALAR},
            {"type": "object", "propertyNames": ref("Name"), "additionalProperties": {"type": SCALAR}},
        ],
    ),
    "ScenarioReturn": described(
        "Return",
        "The figures of one day, as far as they differ from the scenario's inputs.",
        type="object",
        properties={
            "as_of": ref("Day", title="As of", description="The day that the figures are about."),
        },
        required=["as_of"],
        propertyNames={"anyOf": [{"const": "as_of"}, ref("Name")]},
        additionalProperties=ref("Figure"),
    ),
}

FIELDS: OfFields = {
    (ReturnRules, "every"): ref("Period"),
    (ReturnRules, "stale_after"): ref("Period"),
    (ReturnRules, "longest_gap"): ref("Period"),
    (Source, "url"): {
        "type": "string",
        "pattern": r"^\s*https?://",
        "errorMessage": "An address begins with https://.",
    },
    (Lever, "step"): ref("Number", exclusiveMinimum=0),
    (Input, "default"): {"type": SCALAR},
    (Status, "id"): ref("Id", **{"not": {"enum": sorted(RESERVED_STATUSES)}}),
    (Version, "statuses"): {"maxItems": MAX_STATUSES},
    (Version, "lists"): {
        "type": "object",
        "propertyNames": ref("Name"),
        "additionalProperties": {
            "title": "List",
            "description": "The members of the list, by name, each with its title.",
            "type": "object",
            "minProperties": 1,
            "propertyNames": ref("Name"),
            "additionalProperties": ref("Text"),
        },
    },
    (Expectation, "error"): {
        "type": "string",
        "pattern": r"^\s*PF[0-9x]{3}\s*$",
        "errorMessage": "A code is due here, as in PF508 or PF5xx.",
    },
    (Expectation, "previous"): ref("Id"),
    (Expectation, "outstayed"): {"type": ["boolean", "string"], "pattern": "^(true|false)$"},
    (Expectation, "measures"): {
        "type": "object",
        "propertyNames": ref("Name"),
        "additionalProperties": {
            "title": "Value",
            "description": "The value of the measure, or the word unknown.",
            "type": ["number", "string"],
            "pattern": r"^(unknown|-?[0-9]+(\.[0-9]+)?)$",
            "errorMessage": "A number or the word unknown is due here.",
        },
    },
    (Scenario, "inputs"): _NAMED_FIGURES,
    (Scenario, "returns"): {"type": "array", "items": {"type": "object"}},
    (Scenario, "expect"): _EXPECT,
}

MODELS: OfModels = {
    Measure: _one_of("formula", "points"),
    Activity: _one_of("mandatory", "reductions"),
    Guarantee: _one_of("never", "always"),
    Band: {"anyOf": [{"required": [key]} for key in ("below", "at_most", "above", "at_least")]},
    Reduction: {"not": _some("except", "only")},
    Input: {
        **_not_both("values", "minimum", "maximum", "lever", "decimals"),
        "if": {"not": {"required": ["values"]}},
        "then": {
            "properties": {
                "default": ref(
                    "Number", title="Default", description="The number that counts when no figure is given."
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
                    additionalProperties=ref("Figure"),
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

# In a file of events nobody but its own text says whom an event is for, and in JSON a key may be null.
EVENT_MODELS: OfModels = {
    model: {
        "not": {
            "required": ["pdu", "region"],
            "properties": {
                key: described(key.capitalize(), "An id, and not null.", type=["string", "number", "boolean"])
                for key in ("pdu", "region")
            },
        }
    }
    for model in (Declaration, Suspension)
}
