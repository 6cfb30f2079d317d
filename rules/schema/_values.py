"""The kinds of value that documents are written with, as JSON Schema.

An editor's parser has decided what a plain scalar is before a schema sees it: of `version: 1.10` only the
number is left, of an id `null` nothing at all. Where text is due, every single value is taken for that
reason. What an editor cannot tell apart from a legal spelling is left to `prioritise check`.
"""

from __future__ import annotations

from typing import Any

from rules.model._fields import (
    ID,
    MAX_DAYS,
    MAX_DIGITS,
    NAME,
    RESERVED_NAMES,
    RESERVED_STATUSES,
    Day,
    Duration,
    Flag,
    Id,
    Name,
    Number,
    Text,
    VersionId,
    Whole,
)
from rules.model._words import Format

Schema = dict[str, Any]

SCALAR = ["string", "number", "boolean", "null"]
"""What an editor may see where a text was written."""
LARGEST = 10**MAX_DIGITS - 1
MAX_LENGTH = 80


def trimmed(core: str) -> str:
    """A pattern for a text that the loader trims, which it does where the text holds a line break."""
    return rf"^(?=\S+$|[\s\S]*\n)\s*{core}\s*$"


def up_to(highest: int) -> str:
    """A pattern for the whole numbers from 1 up to a number of two digits or more."""
    digits = str(highest)
    ways = [f"[1-9][0-9]{{0,{len(digits) - 2}}}"]  # those of fewer digits
    for place, digit in enumerate(digits):
        lowest = 0 if place else 1
        if int(digit) > lowest:
            rest = len(digits) - place - 1
            ways.append(f"{digits[:place]}[{lowest}-{int(digit) - 1}]" + (f"[0-9]{{{rest}}}" if rest else ""))
    return "|".join([*ways, digits])


_DAYS, _WEEKS = up_to(MAX_DAYS), up_to(MAX_DAYS // 7)


def ref(name: str, **further: Any) -> Schema:
    """A reference to a definition, with what is added to it."""
    return {"$ref": f"#/$defs/{name}", **further}


def described(title: str, description: str, **content: Any) -> Schema:
    """A schema with its title and its meaning."""
    return {"title": title, "description": description, **content}


_RESERVED = "|".join(sorted(RESERVED_NAMES))
ID_CHARACTERS = ID.pattern.removesuffix("+") + f"{{1,{MAX_LENGTH}}}"
_VERSION_CHARACTERS = ID_CHARACTERS.replace(".", "")
PLAIN_NAME = NAME.pattern.removesuffix("*") + f"{{0,{MAX_LENGTH - 1}}}"
FREE_NAME = rf"(?!(?:{_RESERVED})\s*$){PLAIN_NAME}"
_ID_MESSAGE = "An id has no space, dot, comma, colon, slash, @ or bracket, and at most 80 characters."

KINDS: tuple[tuple[object, str], ...] = (
    (Text, "Text"),
    (Id, "Id"),
    (VersionId, "VersionId"),
    (Name, "Name"),
    (Number, "Number"),
    (Whole, "Whole"),
    (Flag, "Flag"),
    (Day, "Day"),
    (Duration, "Duration"),
    (Format, "Format"),
)
"""The kinds that the models are written with."""

VALUES: dict[str, Schema] = {
    "Text": {"type": SCALAR, "pattern": r"\S", "errorMessage": "Some words are due here."},
    "Id": {"type": SCALAR, "pattern": trimmed(ID_CHARACTERS), "errorMessage": _ID_MESSAGE},
    "StatusId": {
        "type": SCALAR,
        "pattern": trimmed(rf"(?!(?:{'|'.join(sorted(RESERVED_STATUSES))})\s*$){ID_CHARACTERS}"),
        "errorMessage": _ID_MESSAGE.removesuffix(".")
        + "; indeterminate, undeclared and suspended are taken.",
    },
    "VersionId": {
        "type": SCALAR,
        "pattern": trimmed(_VERSION_CHARACTERS),
        "errorMessage": "Write letters, digits, dots and hyphens.",
    },
    "Name": {
        "type": ["string", "boolean", "null"],
        "pattern": trimmed(FREE_NAME),
        "errorMessage": "A name has letters, digits and _, a letter first, and is no word of the language.",
    },
    "Number": {
        "type": "number",
        "minimum": -LARGEST,
        "maximum": LARGEST,
        "errorMessage": "A number is due here, unquoted, as in 90 or 82.5.",
    },
    "Whole": {
        "type": "integer",
        "minimum": -LARGEST,
        "maximum": LARGEST,
        "errorMessage": "A whole number is due here, unquoted.",
    },
    "Flag": {"type": "boolean", "errorMessage": "true or false is due here."},
    "Day": {
        "type": "string",
        "pattern": r"^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "errorMessage": "A day is due here, as in 2022-08-03.",
    },
    "Duration": {
        "type": "string",
        "pattern": f"^((0|{_DAYS}) days?|(0|{_WEEKS}) weeks?)$",
        "errorMessage": "A duration is due here, as in 14 days or 2 weeks.",
    },
    "Period": {
        "type": "string",
        "pattern": f"^(({_DAYS}) days?|({_WEEKS}) weeks?)$",
        "errorMessage": "A duration of at least a day is due here, as in 14 days or 2 weeks.",
    },
    "Format": {"type": "integer", "const": 1, "errorMessage": "The format is 1, unquoted."},
}


def value(kind: str, **further: Any) -> Schema:
    """A kind of value, written out: beside a reference, editors lose sight of what a key means."""
    return {**VALUES[kind], **further}


def keyed(kind: str, values: Schema, **further: Any) -> Schema:
    """A mapping whose keys are names or ids that its author chooses."""
    keys = value(kind, title=kind.lower())
    return {"type": "object", "propertyNames": keys, "additionalProperties": values, **further}
