"""Wherever the pointer rests on a key of a document, an editor finds what the key means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.schemas.schema_documents import BASES
from tests.schemas.schema_editor import SCHEMAS, seen
from tests.schemas.test_schemas_files import CONTENT, SHIPPED, kind_of, parts

Keys = tuple[str | int, ...]
CONDITIONS = """\
format: 1
statuses:
  - id: amber
    enter:
      any:
        - {staffing: {below: 90, at_most: 90, at_least: 1, above: 0, is: 5}, for: 2 weeks, note: A remark.}
        - all: [{none: [{alert: {one_of: [high], none_of: [low]}, source: law, basis: published}]}]
        - count: {at_least: 1, of: [{"in_post[PO]": {below: low}}]}
guarantees:
  - {never: {enter: red, status: red, at_least: red, at_most: red, permitted: [visits]}}
"""


def meanings(schema: Any, root: dict[str, Any]) -> Iterator[str]:
    """The descriptions of a part of a schema: its own, that of what it refers to, those of its ways."""
    if "description" in schema:
        yield schema["description"]
    for way in ways(schema, root):
        yield from meanings(way, root)


def ways(schema: Any, root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What further holds of the same value."""
    if "$ref" in schema:
        yield root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    for key in ("anyOf", "allOf"):
        yield from schema.get(key, ())
    for key in ("then", "else"):
        if key in schema:
            yield schema[key]


def below(schema: Any, key: str | int, root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a schema says of one key of a mapping, or of an item of a list."""
    found = []
    if isinstance(key, int):
        found = [schema.get("items")]
    elif key in schema.get("properties", {}):
        found = [schema["properties"][key]]
    else:
        patterns = schema.get("patternProperties", {})
        found = [one for pattern, one in patterns.items() if re.search(pattern, key)]
        found = found or [schema.get("additionalProperties")]
    yield from (one for one in found if isinstance(one, dict))
    for way in ways(schema, root):
        yield from below(way, key, root)


def spots(content: Any, path: Keys = ()) -> Iterator[Keys]:
    """The path of every key of a document."""
    children: Any = ()
    if isinstance(content, dict):
        children = content.items()
        yield from ((*path, str(key)) for key in content)
    elif isinstance(content, list):
        children = enumerate(content)
    for key, child in children:
        yield from spots(child, (*path, key))


def hover(schema: dict[str, Any], path: Keys) -> list[str]:
    """What an editor can show of a key."""
    here = [schema]
    for key in path:
        here = [inner for one in here for inner in below(one, key, schema)]
    return [text for one in here for text in meanings(one, schema)]


@pytest.mark.parametrize("name", BASES)
def test_every_key_of_a_whole_document_is_explained(name: str) -> None:
    for path in spots(seen(BASES[name])):
        assert hover(SCHEMAS[name], path), path


def test_every_key_of_conditions_and_outcomes_is_explained() -> None:
    found = list(spots(seen(CONDITIONS)))
    assert len(found) > 30
    for path in found:
        assert hover(SCHEMAS["framework"], path), path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_key_of_a_shipped_file_is_explained(path: Path) -> None:
    for keys in spots(seen(path.read_text("utf-8"))):
        assert hover(CONTENT[kind_of(path)], keys), keys


def test_a_key_that_nobody_knows_is_not_explained() -> None:
    assert hover(SCHEMAS["framework"], ("titel",)) == []
    assert hover(SCHEMAS["framework"], ("statuses", 0, "enter", "any", 0, "for", "x")) == []


@pytest.mark.parametrize("name", CONTENT)
def test_every_place_for_a_value_has_a_meaning(name: str) -> None:
    """Also where authors choose the keys, and in lists. A plain text in a list has that of its list."""
    for part in parts(CONTENT[name]):
        inside = [part[key] for key in ("additionalProperties", "items") if isinstance(part.get(key), dict)]
        inside += part.get("patternProperties", {}).values()
        for one in inside:
            assert one == {"type": "string"} or list(meanings(one, CONTENT[name])), one
