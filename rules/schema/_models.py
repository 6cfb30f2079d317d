"""From the pydantic models of documents to JSON Schema.

The models are walked here rather than asked for their own schema, which would allow `null` wherever a key
may be left out, and know nothing of what a plain scalar may become in an editor.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le, MinLen
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from rules.model._fields import Duration
from rules.schema._values import KINDS, Schema, keyed, ref, value

OfFields = Mapping[tuple[type[BaseModel], str], Schema]
OfModels = Mapping[type[BaseModel], Schema]


class Walker:
    """Writes models as schemas. What they refer to gathers in `definitions`.

    `fields` replace the kind of a field, by model and key, or are added to it where they name no kind;
    `models` are added to a model's schema. With `nullable` a key that may be left out may be null as well,
    as it may in JSON.
    """

    def __init__(self, fields: OfFields, models: OfModels, *, nullable: bool = False) -> None:
        self.definitions: dict[str, Schema] = {}
        self._fields, self._models, self._nullable = fields, models, nullable

    def model(self, model: type[BaseModel]) -> Schema:
        """The schema of a model."""
        kinds = get_type_hints(model, include_extras=True)
        properties: dict[str, Schema] = {}
        required: list[str] = []
        for name, field in model.model_fields.items():
            key = field.alias or name
            own = self._fields.get((model, key), {})
            content = {} if {"$ref", "type", "anyOf"} & own.keys() else self._kind(kinds[name])
            content |= {**own, **limits(field)}
            if field.is_required():
                required.append(key)
            elif self._nullable:
                content["type"] = [*_types(content), "null"]
            labels = {"title": title_of(key), "description": field.description}
            for inner in ("items", "additionalProperties"):
                if inner in content and not content[inner].keys() & {"$ref", "title"}:
                    content[inner] = {**content[inner], **labels}  # what an editor shows of one of many
            properties[key] = {**content, **default(field, kinds[name]), **labels}
        return {
            "title": _words(model.__name__),
            "description": inspect.cleandoc(model.__doc__ or "").replace("\n", " "),
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {}),
            "additionalProperties": False,
            **self._models.get(model, {}),
        }

    def use(self, model: type[BaseModel]) -> Schema:
        """A reference to a model's definition."""
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # taken, should the model hold itself
            self.definitions[name] = self.model(model)
        return ref(name)

    def _kind(self, annotation: Any) -> Schema:
        """The schema of an annotation."""
        for known, name in KINDS:
            if annotation == known:
                return value(name)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            for note in arguments[1:]:
                if isinstance(note, WithJsonSchema) and note.json_schema is not None:
                    return dict(note.json_schema)
            return self._kind(arguments[0])
        if origin in (Union, types.UnionType):
            (inner,) = [argument for argument in arguments if argument is not types.NoneType]
            return self._kind(inner)
        if origin is Literal:
            return {"type": "string", "enum": list(arguments)}
        if origin is list:
            return {"type": "array", "items": self._kind(arguments[0])}
        if origin is dict:
            keys = next(name for known, name in KINDS if arguments[0] == known)
            return keyed(keys, self._kind(arguments[1]))
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.use(annotation)
        raise TypeError(f"no schema is known for {annotation}")


def _types(content: Schema) -> list[str]:
    """The types that a schema takes, but for null."""
    types: str | list[str] = content["type"]
    return [types] if isinstance(types, str) else [one for one in types if one != "null"]


def title_of(key: str) -> str:
    """A key as a title: `stale_after` is Stale after."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def _words(name: str) -> str:
    """A class' name as a title: `ReturnRules` is Return rules."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return spaced[:1].upper() + spaced[1:]


def limits(field: FieldInfo) -> Schema:
    """The bounds of a field: numbers and lengths."""
    found: Schema = {}
    for note in field.metadata:
        if isinstance(note, Ge):
            found["minimum"] = note.ge
        elif isinstance(note, Le):
            found["maximum"] = note.le
        elif isinstance(note, MinLen):
            found["minItems"] = note.min_length
    return found


def default(field: FieldInfo, annotation: Any) -> Schema:
    """What counts where the key is left out, as it would be written."""
    found = field.default
    if field.is_required() or found is None or field.default_factory is not None:
        return {}
    if isinstance(found, BaseModel):
        return {"default": found.model_dump(mode="json")}
    return {"default": f"{found} days" if annotation == Duration else found}
