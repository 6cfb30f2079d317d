"""Short ways to write the schema of a decision: everything closed, every key with its meaning."""

from __future__ import annotations

from typing import Any

from rules.schema import Schema, described, ref, title_of


def says(description: str, kind: str | list[str] = "string", **content: Any) -> Schema:
    """A value with its meaning; a text unless another kind is named."""
    return {"description": description, "type": kind, **content}


def or_null(description: str, **content: Any) -> Schema:
    """A text or null."""
    return says(description, ["string", "null"], **content)


def a_day(description: str) -> Schema:
    """A day."""
    return ref("Day", description=description)


def ref_or_null(name: str, description: str) -> Schema:
    """What a definition describes, or null."""
    return {"description": description, "anyOf": [ref(name), {"type": "null"}]}


def day_or_null(description: str) -> Schema:
    """A day or null."""
    return ref_or_null("Day", description)


def texts(description: str) -> Schema:
    """A list of texts."""
    return says(description, "array", items={"type": "string"})


def list_of(description: str, name: str) -> Schema:
    """A list of what a definition describes."""
    return says(description, "array", items=ref(name))


def closed(title: str, description: str, properties: dict[str, Schema], *optional: str) -> Schema:
    """A closed object, of which some keys may be missing."""
    return described(
        title,
        description,
        type="object",
        properties={key: {"title": title_of(key), **content} for key, content in properties.items()},
        required=[key for key in properties if key not in optional],
        additionalProperties=False,
    )


def keys(title: str, description: str, /, **properties: Schema) -> Schema:
    """A closed object that has every key."""
    return closed(title, description, properties)


def codes(title: str, description: str, codes: dict[str, tuple[str, dict[str, Schema]]]) -> Schema:
    """One of several reasons, each with a code and what belongs to it."""
    return described(
        title,
        description,
        anyOf=[
            closed(title_of(code), meaning, {"code": {"description": meaning, "const": code}, **parts})
            for code, (meaning, parts) in codes.items()
        ],
    )
