"""Figures between the fields of a form and what the API takes."""

from __future__ import annotations

import re
from typing import Any

import orjson

from api.pages.people import Form
from reports.pages import field_name, keys_of
from rules.figures import Return
from rules.model import Version

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
"""A number as JSON writes it."""


def plain_number(text: str) -> Any:
    """A number as it was typed, exactly; anything else as a text, which is refused where a number is due."""
    return orjson.Fragment(text) if _NUMBER.fullmatch(text) else text


def figures_of(version: Version, form: Form) -> dict[str, Any]:
    """The figures that were filled in, as a return in JSON has them."""
    told: dict[str, Any] = {}
    for key in keys_of(version):
        text = form[field_name(key)]
        if text:
            input_id, _, member = key.partition("[")
            if member:
                told.setdefault(input_id, {})[member[:-1]] = plain_number(text)
            else:
                told[input_id] = plain_number(text)
    return told


def typed_of(recorded: Return | None) -> dict[str, str]:
    """The fields of a return as it is recorded."""
    if recorded is None:
        return {}
    found = {field_name(key): text for key, text in recorded.texts.items()}
    return found | {"note": recorded.annotations.get("note", "")}
