"""From nodes to models: every fault of shape, at its place and in plain words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rules.problems import Findings, did_you_mean
from rules.text import Mapping, Path_, Source, value_of

Model = TypeVar("Model", bound=BaseModel)

_DUE = {
    "model_type": "A mapping is due here.",
    "model_attributes_type": "A mapping is due here.",
    "dict_type": "A mapping is due here.",
    "list_type": "A list is due here.",
}


def read_model(model: type[Model], source: Source, findings: Findings) -> Model | None:
    """The document as a model, or None with every fault of shape in `findings`."""
    try:
        return model.model_validate(value_of(source.root))
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            _tell(error, model, source, findings)
        return None


def _tell(error: Any, model: type[BaseModel], source: Source, findings: Findings) -> None:
    path: Path_ = tuple(part for part in error["loc"] if part != "[key]")
    kind: str = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    is_key = "[key]" in error["loc"]
    if kind == "problem":
        findings.add(context["code"], context["message"], source.place(path, key=is_key), context["hint"])
    elif kind == "missing":
        above = path[:-1]
        node = source.node(above)
        place = source.place(above)
        near = did_you_mean(str(path[-1]), node.entries) if isinstance(node, Mapping) and not above else ""
        hint = near if near.startswith("Did") else f"Add {path[-1]}: here."
        findings.add("PF206", f"The key {path[-1]} is missing.", place, hint)
    elif kind == "extra_forbidden":
        known = _known_keys(model, path[:-1])
        hint = did_you_mean(str(path[-1]), known) or "Remove it."
        findings.add("PF207", f"The key {str(path[-1])[:60]} is not known here.", source.place(path, key=True), hint)
    elif kind == "literal_error":
        expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        shown = error["input"] if isinstance(error["input"], str) else "this"
        hint = did_you_mean(shown, expected.split(", ")) or f"Write one of {expected}."
        findings.add("PF208", f"{shown[:60]} does not fit here.", source.place(path), hint)
    elif kind in _DUE:
        findings.add("PF201", _DUE[kind], source.place(path), "Check the indentation.")
    elif kind == "too_short":
        findings.add("PF201", "At least one entry is due here.", source.place(path), "Add one, or remove the key.")
    elif kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        word = "at least" if "ge" in context else "at most"
        findings.add("PF209", f"A number of {word} {bound} is due here.", source.place(path), "Change the number.")
    else:
        findings.add("PF201", f"This does not fit here: {error['msg']}.", source.place(path), "Check its shape.")


def _known_keys(model: type[BaseModel], path: Path_) -> list[str]:
    """The keys that the model at a path knows, found by following the schema's annotations."""
    current: Any = model
    for part in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            by_key = {field.alias or name: field for name, field in current.model_fields.items()}
            current = by_key[str(part)].annotation if part in by_key else None
        else:
            current = _inner(current)
        current = _plain(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [field.alias or name for name, field in current.model_fields.items()]
    return []


def _plain(annotation: Any) -> Any:
    """An annotation without `| None`."""
    options = [option for option in getattr(annotation, "__args__", ()) if option is not type(None)]
    is_union = type(annotation).__name__ in ("UnionType", "_UnionGenericAlias", "Union")
    return options[0] if is_union and options else annotation


def _inner(annotation: Any) -> Any:
    """What a list or a mapping holds."""
    arguments = getattr(annotation, "__args__", ())
    return arguments[-1] if arguments else None
