"""What the schema of pipelines says beyond the models: changes and percentages, which are kept as written."""

from __future__ import annotations

from rules.model import PipelineEvent, PipelineTrend
from rules.schema._models import OfFields, OfModels
from rules.schema._values import Schema, described, value

_PERCENT = r"^\s*-?[0-9]+(\.[0-9]+)?\s*%?\s*$"
_GIVEN = ["string", "number", "boolean"]
_TREND_KEYS = [field.alias or name for name, field in PipelineTrend.model_fields.items()]


def _amount() -> Schema:
    """What is added to a figure: any number but 0."""
    return value("Number", **described("Change", "What is added to the figure."), **{"not": {"const": 0}})


PIPELINE_FIELDS: OfFields = {
    (PipelineEvent, "change"): {
        "type": "object",
        "minProperties": 1,
        "propertyNames": value("Name", title="name"),
        "additionalProperties": {
            **described("Change", "What is added to a figure, or to that of each member of a list."),
            "anyOf": [
                _amount(),
                {"type": "object", "minProperties": 1, "additionalProperties": _amount()},
            ],
        },
    },
    (PipelineEvent, "likelihood"): {
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": 100,
        "pattern": _PERCENT,
        "errorMessage": "A percentage from 0% to 100% is due here, as in 80%.",
    },
    (PipelineTrend, "percent"): {
        "type": ["number", "string"],
        "minimum": -100,
        "maximum": 100,
        "pattern": _PERCENT,
        "errorMessage": "A percentage is due here, as in 0.2%.",
    },
}

PIPELINE_MODELS: OfModels = {
    PipelineTrend: {
        "anyOf": [{"required": ["per_week"]}, {"required": ["percent"]}],
        "if": {
            "required": ["pdu", "region"],
            "properties": {
                "pdu": described("Pdu", "A unit, and not null.", type=_GIVEN),
                "region": described("Region", "A region, and not null.", type=_GIVEN),
            },
        },
        "then": {
            "propertyNames": {
                "enum": [key for key in _TREND_KEYS if key != "region"],
                "errorMessage": "A trend names pdu or region, not both.",
            }
        },
    }
}
