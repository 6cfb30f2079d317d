"""JSON documents that people and programs write instead of YAML, with the place of everything in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Dict

from pydantic import BaseModel

from rules.problems import Findings, Place
from rules.said import said
from rules.text import MAX_BYTES, Mapping, Node, Scalar, Sequence, Source, parse

Models = Dict[str, type[BaseModel]]
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def parse_json(
    data: bytes, name: str, findings: Findings, code: str, model: type[BaseModel], inner: Models
) -> Source | None:
    """A JSON text by way of YAML, which knows where things stand; None where it is for that parser to complain.

    What JSON has and YAML has not is brought into line first: tabs, which stand between values only, and
    characters written as two halves. A value `null` is one that is not given, at the keys of `model` and of
    the models that lists of it hold, by key in `inner`. What is no JSON is noted under `code`.
    """
    if len(data) > MAX_BYTES:
        return None  # the parser of YAML says so
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(name, error.lineno, error.colno)
        message = said("This is not valid JSON: {fault}.", fault=error.msg)
        findings.add(code, message, place, said("Check commas, brackets and quotes."))
        return None
    except (RecursionError, ValueError):
        message = said("This is nested too deeply, or a number is too long.")
        findings.add(code, message, Place(name), said("Flatten it."))
        return None
    source = parse(_PAIR.sub(_whole, text.replace("\t", " ")), name, findings)
    if source is None:
        return None
    return Source(source.file, _without_nulls(source.root, model, inner), source.text)


def _whole(halves: re.Match[str]) -> str:
    high, low = int(halves[1], 16), int(halves[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


def _without_nulls(node: Node, model: type[BaseModel], inner: Models) -> Node:
    """The node without those keys of a model whose value is null. An unknown key stays, so that it is told."""
    if isinstance(node, Sequence):
        items = tuple(_without_nulls(child, model, inner) for child in node.items)
        return Sequence(items, node.line, node.column)
    if not isinstance(node, Mapping):
        return node
    known = {field.alias or name for name, field in model.model_fields.items()}
    kept = {
        key: _without_nulls(child, inner.get(key, model), inner)
        for key, child in node.entries.items()
        if not (key in known and isinstance(child, Scalar) and child.plain and child.text == "null")
    }
    return Mapping(kept, node.keys, node.line, node.column)
