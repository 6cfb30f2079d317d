"""JSON Schemas of what people write: for editors, which complete and explain keys, and for programs.

They are drawn from the models, so that they cannot say otherwise; `schemas/` holds them as files, written by
`python -m rules.schema schemas/`. The schema of decisions is the engine's (`engine.decision_schema`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from rules.figures import Vocabulary
from rules.library import load_library
from rules.model import Events, Expectation, Organisation, PipelineFile, RegionSettings, Scenarios, Version
from rules.model.mapping import ExportMapping, MemberColumn
from rules.model.view import View
from rules.schema._conditions import CONDITIONS, OUTCOMES
from rules.schema._documents import EVENT_MODELS, FIELDS, FIGURES, MODELS
from rules.schema._mapping import MAPPING_FIELDS
from rules.schema._models import Walker, title_of
from rules.schema._pipeline import PIPELINE_FIELDS, PIPELINE_MODELS
from rules.schema._returns import returns_schema
from rules.schema._values import Schema, described, ref, value

__all__ = [
    "DIALECT",
    "SCHEMAS",
    "Schema",
    "described",
    "file_text",
    "ref",
    "returns_schema",
    "schema",
    "shipped_vocabulary",
    "title_of",
    "value",
    "write",
]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_DOCUMENTS: dict[str, tuple[str, type[BaseModel]]] = {
    "framework": ("Version of a framework", Version),
    "region": ("Settings of a region", RegionSettings),
    "scenarios": ("Scenarios", Scenarios),
    "organisation": ("Organisation", Organisation),
    "events": ("Declarations and suspensions", Events),
    "pipeline": ("Pipeline", PipelineFile),
    "view": ("View", View),
    "mapping": ("Mapping of an export", ExportMapping),
}

SCHEMAS: tuple[str, ...] = (*_DOCUMENTS, "returns")
"""The names of the schemas, as `prioritise schema` takes them; a file is called `NAME.schema.json`."""

_WALKERS: dict[type[BaseModel], Callable[[], Walker]] = {
    Events: lambda: Walker(FIELDS, EVENT_MODELS, nullable=True),
    PipelineFile: lambda: Walker(PIPELINE_FIELDS, PIPELINE_MODELS, nullable=True),
    ExportMapping: lambda: Walker(MAPPING_FIELDS, {}),
}
"""What may come as JSON, where null says that a key is left out."""

_WRITTEN = {**CONDITIONS, **OUTCOMES, **FIGURES}


def schema(name: str, vocabulary: Vocabulary | None = None) -> Schema:
    """A schema by its name. That of returns is for the inputs given, else for those of the shipped framework.

    Raises KeyError where there is no such schema.
    """
    if name == "returns":
        found = returns_schema(shipped_vocabulary() if vocabulary is None else vocabulary)
        return {"$schema": DIALECT, **found}
    title, model = _DOCUMENTS[name]
    walker = _WALKERS[model]() if model in _WALKERS else Walker(FIELDS, MODELS)
    root = {**walker.model(model), "title": title}
    if model is Scenarios:
        walker.use(Expectation)  # which a scenario keeps as written, one or a list
    if model is ExportMapping:
        walker.use(MemberColumn)  # of which the name alone may stand
    definitions = {**_WRITTEN, **walker.definitions}
    used = _used(root, definitions)
    return {"$schema": DIALECT, **root, "$defs": {key: definitions[key] for key in sorted(used)}}


def shipped_vocabulary(framework: str | None = None) -> Vocabulary:
    """Every input of a framework that ships with the software; it may go unnamed where there is but one."""
    folder = Path(__file__).parents[2] / "frameworks"
    return load_library(folder).framework(framework).vocabulary


def file_text(content: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path, names: tuple[str, ...] = SCHEMAS) -> None:
    """Write the schemas as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.schema.json").write_text(file_text(schema(name)), encoding="utf-8")


def _used(root: Schema, definitions: dict[str, Schema]) -> set[str]:
    """The definitions that a schema refers to, directly or through others."""
    used: set[str] = set()
    todo: list[Any] = [root]
    while todo:
        part = todo.pop()
        if isinstance(part, list):
            todo += part
        elif isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in used:
                used.add(name)
                todo.append(definitions[name])
            todo += part.values()
    return used
