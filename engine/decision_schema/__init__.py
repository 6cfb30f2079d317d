"""The JSON Schema of decision documents, and all schemas by name.

A decision is written by hand (`engine.decision`), and so is its schema. Everything in it is closed: a key
that the schema does not know is a fault of one of the two.

`python -m engine.decision_schema schemas/` writes the file of every schema.
"""

from __future__ import annotations

from pathlib import Path

from engine.decision_schema._definitions import DEFINITIONS
from engine.decision_schema._document import DECISION
from rules.figures import Vocabulary
from rules.schema import DIALECT, Schema, file_text
from rules.schema import SCHEMAS as DOCUMENT_SCHEMAS
from rules.schema import schema as document_schema

__all__ = ["SCHEMAS", "decision_schema", "schema", "write"]

SCHEMAS: tuple[str, ...] = (*DOCUMENT_SCHEMAS, "decision")
"""The names of all schemas, as `prioritise schema` takes them; a file is called `NAME.schema.json`."""


def decision_schema() -> Schema:
    """The schema of a decision document."""
    return {"$schema": DIALECT, **DECISION, "$defs": DEFINITIONS}


def schema(name: str, vocabulary: Vocabulary | None = None) -> Schema:
    """Any schema by its name. `vocabulary` is for that of returns, as `rules.schema.schema` says."""
    return decision_schema() if name == "decision" else document_schema(name, vocabulary)


def write(folder: Path) -> None:
    """Write every schema as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        (folder / f"{name}.schema.json").write_text(file_text(schema(name)), encoding="utf-8")
