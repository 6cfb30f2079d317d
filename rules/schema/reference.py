"""The tables of keys in `docs/framework-format.md`, made from the models.

The page is written by hand around them. A table stands between two marks, `<!-- keys:Status -->` and
`<!-- /keys -->`, under the heading that other tables link to. `python -m rules.schema.reference PAGE`
renews the tables of a page in place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from rules.model import Events, Expectation, Organisation, RegionSettings, Scenarios, Version
from rules.model.mapping import ExportMapping
from rules.model.view import View
from rules.schema._conditions import CONDITIONS, OUTCOMES
from rules.schema._due import DUE_AS_WRITTEN, Places, due
from rules.schema._left_out import LEFT_OUT
from rules.schema._models import default, limits
from rules.schema._values import Schema

_BLOCK = re.compile(r"(<!-- keys:(\w+) -->\n).*?(<!-- /keys -->)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+)$")
_FENCE = re.compile(r"^`{3,}")
_ROOTS = (Version, RegionSettings, Organisation, Scenarios, Expectation, Events, ExportMapping, View)

WRITTEN: Mapping[str, Schema] = {
    **CONDITIONS,
    "Count": CONDITIONS["Condition"]["properties"]["count"],
    **OUTCOMES,
}
"""What the models keep as it is written, by name: described by its schema alone."""


def renewed(page: str) -> str:
    """The text of a page with all its tables as the models are now. KeyError names a table of nothing."""
    places, models = _places(page), described_models()

    def table(found: re.Match[str]) -> str:
        name = found[2]
        rows = _of_schema(name) if name in WRITTEN else _of_model(models[name], places)
        return f"{found[1]}{rows}{found[3]}"

    return _BLOCK.sub(table, page)


def tables(page: str) -> list[str]:
    """The tables that a page has, by the names of what they describe."""
    return [found[2] for found in _BLOCK.finditer(page)]


def described_models() -> dict[str, type[BaseModel]]:
    """Every model that a document is written with, by name."""
    found: dict[str, type[BaseModel]] = {}
    todo: list[Any] = list(_ROOTS)
    while todo:
        annotation = todo.pop()
        todo += get_args(annotation)
        is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
        if is_model and annotation.__name__ not in found:
            found[annotation.__name__] = annotation
            todo += [field.annotation for field in annotation.model_fields.values()]
    return found


def _of_model(model: type[BaseModel], places: Places) -> str:
    """The table of a model's keys."""
    kinds = get_type_hints(model, include_extras=True)
    rows = []
    for name, field in model.model_fields.items():
        key = field.alias or name
        rows.append(
            (
                f"`{key}`",
                "yes" if field.is_required() else "no",
                due(model, key, kinds[name], limits(field), places),
                field.description or "",
                _default(default(field, kinds[name])) or LEFT_OUT.get((model, key), ""),
            )
        )
    return _table(("key", "needed", "what is due", "meaning", "if left out"), rows)


def _of_schema(name: str) -> str:
    """The table of the keys of what is kept as written."""
    keys = WRITTEN[name]["properties"].items()
    return _table(
        ("key", "what is due", "meaning"),
        [(f"`{key}`", DUE_AS_WRITTEN[name][key], one["description"]) for key, one in keys],
    )


def _default(found: Schema) -> str:
    """What counts where a key is left out, as it would be written."""
    if "default" not in found:
        return ""
    content = found["default"]
    if isinstance(content, dict):
        return "`{" + ", ".join(f"{key}: {value}" for key, value in content.items()) + "}`"
    return f"`{str(content).lower() if isinstance(content, bool) else content}`"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    lines += [f"| {' | '.join(cell or '-' for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _places(page: str) -> dict[str, tuple[str, str]]:
    """Under which heading of a page each table stands, and the heading's anchor."""
    found: dict[str, tuple[str, str]] = {}
    for heading, line in _lines(page):
        if mark := re.match(r"<!-- keys:(\w+) -->", line):
            words = heading.lower().replace("`", "")
            found[mark[1]] = (heading, re.sub(r"[^\w\- ]", "", words).replace(" ", "-"))
    return found


def _lines(page: str) -> Iterator[tuple[str, str]]:
    """The lines of a page outside its examples, each with the heading that it stands under."""
    heading, fenced = "", False
    for line in page.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            if title := _HEADING.match(line):
                heading = title[1].strip()
            yield heading, line


if __name__ == "__main__":
    for _page in map(Path, sys.argv[1:]):
        _page.write_text(renewed(_page.read_text("utf-8")), "utf-8")
