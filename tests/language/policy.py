"""Policies whose own texts have no plain English word, so that what is plain on a page is a text of the program."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from yaml.emitter import Emitter
from yaml.representer import SafeRepresenter
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

from tests.language.pseudo import accented
from tests.pages import wards
from tests.support import FRAMEWORKS

_TEXTS = {
    "because",
    "contact",
    "do",
    "floor",
    "meaning",
    "name",
    "note",
    "reason",
    "set_by",
    "summary",
    "title",
}
_TEXTS |= {"usual", "one", "many", "by"}
_OF_TEXTS = {"changes", "cohorts", "parts"}
_UNITS = {"unit"}
REGIONS = ("london", "wales", "yorkshire-and-the-humber")
_EACH = 3
"""So many units of each region are kept, and those that the files of regions name."""
_NAMED = ("york", "hull-and-east-riding")


class _Plain(Emitter, Serializer, SafeRepresenter, BaseResolver):
    """Writes every value as it was read: numbers and days without quotes."""

    def __init__(self, stream: Any, **options: Any) -> None:
        Emitter.__init__(self, stream, width=10_000, allow_unicode=True)
        Serializer.__init__(self)
        SafeRepresenter.__init__(self, sort_keys=False)
        BaseResolver.__init__(self)


def veiled(text: str, change: Callable[[Any], Any] = lambda document: document) -> str:
    """A document with accents in all that people read."""
    document = change(yaml.load(text, yaml.BaseLoader))
    written: str = yaml.dump(_veiled(document), Dumper=_Plain)
    return written


def _veiled(value: Any, key: str = "", above: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _veiled(one, name, key) for name, one in value.items()}
    if isinstance(value, list):
        return [_veiled(one, key, above) for one in value]
    if key == "url":
        return "https://example.org/1"  # short, so that no report breaks it
    return accented(value) if _is_read(value, key, above) else value


def _is_read(value: str, key: str, above: str) -> bool:
    """Whether people read it: a text by its key, a member of a list, a unit that is no percent."""
    if key == "by":
        return above == "approved"
    if key == "name":
        return True
    if key in _UNITS:
        return value != "percent"
    return key in _TEXTS or key in _OF_TEXTS or above in _OF_TEXTS or above in _LISTS


_LISTS = {"grade", "shift", "stage"}


def shipped() -> dict[str, str]:
    """The shipped policy with a few units, by the names of its files."""
    found = {}
    for path in sorted(FRAMEWORKS.rglob("*.yaml")):
        name = path.relative_to(FRAMEWORKS).as_posix()
        if "/scenarios/" in name or "/mappings/" in name:
            continue
        if "/regions/" in name and path.stem not in REGIONS:
            continue
        change = _few if name == "organisation.yaml" else lambda document: document
        found[name] = veiled(path.read_text("utf-8"), change)
    return found


def _few(organisation: Any) -> Any:
    kept = []
    for region in REGIONS:
        own = [one for one in organisation["pdus"] if one["region"] == region and "until" not in one]
        kept += [one for number, one in enumerate(own) if number < _EACH or one["id"] in _NAMED]
    regions = [one for one in organisation["regions"] if one["id"] in REGIONS]
    return {**organisation, "regions": regions, "pdus": kept}


def wards_files() -> dict[str, str]:
    """The policy of the wards, with every state."""
    return {name: veiled(text) for name, text in wards.documents().items()}


def formulas(files: Iterable[str]) -> frozenset[str]:
    """Every formula of some documents, as pages write it."""
    found = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(told := value.get("formula"), str):
                found.add(" ".join(told.split()))
            value = list(value.values())
        for one in value if isinstance(value, list) else ():
            look(one)

    for text in files:
        look(yaml.load(text, yaml.BaseLoader))
    return frozenset(found)


def veiled_notes(table: str) -> str:
    """A table of returns with accents in its notes."""
    rows = list(csv.DictReader(io.StringIO(table)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "note": accented(row["note"])} for row in rows)
    return out.getvalue()


def write(folder: Path, files: dict[str, str]) -> Path:
    """The files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
