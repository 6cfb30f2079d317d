"""Conditions and outcomes as JSON Schema: what the models keep as it is written."""

from __future__ import annotations

from itertools import combinations

from rules.formula.conditions import MODIFIERS
from rules.schema._values import (
    FREE_NAME,
    ID_CHARACTERS,
    LARGEST,
    PLAIN_NAME,
    SCALAR,
    Schema,
    described,
    ref,
    value,
)

_COUNT = rf"units_(?:at|share)\[ *{ID_CHARACTERS} *\]"
_SUBJECT = rf"(?:{_COUNT}|{FREE_NAME}(?:\[ *(?!all *\]){PLAIN_NAME} *\])?)"
# A mapping is no text, so this fits none; an editor shows the message.
_ONE = {
    "title": "Condition",
    "type": "string",
    "errorMessage": "A condition has exactly one measure or group.",
}
_LIST = "conditions, at least one of them"


def _parts(title: str, description: str) -> Schema:
    return described(title, description, type="array", minItems=1, items=ref("Condition"))


def _threshold(title: str, description: str) -> Schema:
    return described(
        title,
        description,
        type=SCALAR,
        minimum=-LARGEST,
        maximum=LARGEST,
        pattern=rf"^\s*{_SUBJECT}\s*$",
        errorMessage="A number, unquoted, or the name of a trigger point, measure or input is due here.",
    )


def _categories(title: str, description: str) -> Schema:
    return described(
        title, description, type="array", minItems=1, items=value("Id", title=title, description=description)
    )


def _one_kind() -> list[Schema]:
    """So many keys at most: those of the modifiers that are there, and one more."""
    return [
        {
            "maxProperties": count + 1,
            **(
                {"anyOf": [{"required": list(some)} for some in combinations(MODIFIERS, count)]}
                if count
                else {}
            ),
        }
        for count in range(len(MODIFIERS) + 1)
    ]


def _if(content: Schema) -> Schema:
    """What no condition may be. An editor shows the title of the innermost part: it must not be another's."""
    return {"title": "Condition", "if": {"title": "Condition", **content}, "then": _ONE}


SUBJECT: Schema = {
    "type": ["string", "boolean", "null"],
    "pattern": rf"^\s*{_SUBJECT}\s*$",
    "errorMessage": "The name of a measure or input is due here.",
}
"""The name of a measure or an input, with one member where it is per a list."""

CONDITIONS: dict[str, Schema] = {
    "Condition": described(
        "Condition",
        "One measure or input and what it is compared with, or a group: any, all, none or count.",
        type="object",
        properties={
            "any": _parts("Any of these", f"Holds where at least one part holds. A list of {_LIST}."),
            "all": _parts("All of these", f"Holds where every part holds. A list of {_LIST}."),
            "none": _parts("None of these", f"Holds where no part holds. A list of {_LIST}."),
            "count": described(
                "So many of these",
                "Holds where at least so many of the parts hold.",
                type="object",
                properties={
                    "at_least": value(
                        "Whole", minimum=1, **described("At least", "How many of the parts must hold.")
                    ),
                    "of": _parts("Of", f"The parts. A list of {_LIST}."),
                },
                required=["at_least", "of"],
                additionalProperties=False,
            ),
            "for": value(
                "Period",
                **described("For", "How long the condition must have held; a multiple of returns.every."),
            ),
            "source": value(
                "Id", **described("Source", "Where the numbers are published, by its id under sources.")
            ),
            "basis": described(
                "Basis",
                "Whether the numbers are published or illustrative; if left out, as in the group.",
                type="string",
                enum=["published", "illustrative"],
            ),
            "note": described("Note", "A remark for whoever reads the reasons of a decision.", type=SCALAR),
        },
        patternProperties={rf"^\s*{_SUBJECT}\s*$": ref("Comparison")},
        additionalProperties=False,
        allOf=[
            _if({"propertyNames": {"enum": list(MODIFIERS)}}),
            _if({"not": {"anyOf": _one_kind()}}),
        ],
    ),
    "Comparison": described(
        "Comparison",
        "What the measure or input is compared with; two comparators mean both.",
        type="object",
        properties={
            "below": _threshold("Below", "Holds where the value is below this."),
            "at_most": _threshold("At most", "Holds where the value is this or less."),
            "above": _threshold("Above", "Holds where the value is above this."),
            "at_least": _threshold("At least", "Holds where the value is this or more."),
            "is": described(
                "Is",
                "Holds where the value is exactly this: a number, a name or a category.",
                type=SCALAR,
                pattern=rf"^(?:{ID_CHARACTERS}|\s*{_SUBJECT}\s*)$",
                errorMessage="A number, a name or a category is due here.",
            ),
            "one_of": _categories("One of", "Holds where the value is one of these categories."),
            "none_of": _categories("None of", "Holds where the value is none of these categories."),
        },
        minProperties=1,
        additionalProperties=False,
    ),
}


def _ids(title: str, description: str) -> Schema:
    one = value("Id", title=title, description=description)
    return {**one, "type": [*SCALAR, "array"], "items": one}


OUTCOMES: dict[str, Schema] = {
    "Outcome": described(
        "Outcome",
        "What comes of a return, stated by one key.",
        type="object",
        properties={
            "enter": _ids("Enter", "The status that begins."),
            "status": _ids("Status", "The status that is active."),
            "at_least": _ids("At least", "The status is this one or a more severe one."),
            "at_most": _ids("At most", "The status is this one or a less severe one."),
            "permitted": _ids("Permitted", "The activities of which a reduction is permitted."),
        },
        minProperties=1,
        maxProperties=1,
        additionalProperties=False,
    ),
}
