"""The files in `schemas/`: as generated, sound in themselves, and fit for every YAML that is shipped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from engine.decision_schema import SCHEMAS, schema, write
from rules.schema import SCHEMAS as DOCUMENT_SCHEMAS
from rules.schema import file_text
from rules.schema import write as write_documents
from tests.schemas.schema_editor import seen

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "schemas"
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*/frameworks"))
SHIPPED = sorted(path for folder in (ROOT / "frameworks", *EXAMPLES) for path in folder.rglob("*.yaml"))
CONTENT = {name: schema(name) for name in SCHEMAS}


def parts(content: Any) -> Iterator[dict[str, Any]]:
    """Every mapping within a schema."""
    if isinstance(content, dict):
        yield content
        for part in content.values():
            yield from parts(part)
    elif isinstance(content, list):
        for part in content:
            yield from parts(part)


def test_the_files_are_those_of_the_schemas() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{name}.schema.json" for name in SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_is_current(name: str) -> None:
    text = (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == file_text(CONTENT[name]), "run python -m engine.decision_schema schemas/"
    assert json.loads(text) == CONTENT[name]


def test_writing_makes_the_files(tmp_path: Path) -> None:
    write(tmp_path / "all")
    write_documents(tmp_path / "documents")
    for name in SCHEMAS:
        file = f"{name}.schema.json"
        assert (tmp_path / "all" / file).read_bytes() == (FOLDER / file).read_bytes()
        assert (tmp_path / "documents" / file).exists() == (name in DOCUMENT_SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    content = CONTENT[name]
    Draft202012Validator.check_schema(content)
    Draft7Validator.check_schema(content)  # of which editors of some age know no later one
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert content["title"]
    assert content["description"]
    assert not any("$id" in part for part in parts(content))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_has_a_title_and_a_meaning(name: str) -> None:
    found = 0
    for part in parts(CONTENT[name]):
        if isinstance(part.get("properties"), dict) and "description" not in part["properties"].get(
            "type", {}
        ):
            for key, content in part["properties"].items():
                found += 1
                assert re.fullmatch(r"[A-Z].*\.", content["description"]), (name, key, content)
                assert content["title"], (name, key)
    assert found > 5


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_definition_is_explained_and_used(name: str) -> None:
    content = CONTENT[name]
    definitions = content.get("$defs", {})
    used = {
        part["$ref"].removeprefix("#/$defs/") for part in parts(content) if isinstance(part.get("$ref"), str)
    }
    assert used == set(definitions)
    for definition in definitions.values():
        assert definition["title"]
        assert definition["description"].endswith(".")


def test_an_unknown_schema_is_none() -> None:
    with pytest.raises(KeyError):
        schema("status")


def kind_of(path: Path) -> str:
    """Which schema a file of a framework is for, by where it lies."""
    kinds = {
        "regions": "region",
        "scenarios": "scenarios",
        "frameworks": "organisation",
        "views": "view",
        "mappings": "mapping",
    }
    return kinds.get(path.parent.name, "framework")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_shipped_file_names_its_schema_and_fits_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert modeline is not None
    name = kind_of(path)
    assert (path.parent / modeline[1]).resolve() == FOLDER / f"{name}.schema.json"
    assert [fault.message for fault in Draft202012Validator(CONTENT[name]).iter_errors(seen(text))] == []
