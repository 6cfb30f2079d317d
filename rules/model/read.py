"""From nodes to models: every fault of shape, at its place and in plain words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rules.model._fields import at_most
from rules.problems import MAX_TOLD, Findings, did_you_mean
from rules.text import Path_, Source, value_of

Model = TypeVar("Model", bound=BaseModel)

_DUE = {
    "model_type": "A mapping is due here.",
    "model_attributes_type": "A mapping is due here.",
    "dict_type": "A mapping is due here.",
    "list_type": "A list is due here.",
}


def read_model(model: type[Model], source: Source, findings: Findings, at: Path_ = ()) -> Model | None:
    """The document (or what stands `at` a path of it) as a model, or None with every fault in `findings`."""
    node = source.node(at)
    assert node is not None
    try:
        with at_most(10 * MAX_TOLD):  # a fault is counted on each level that it lies in
            return model.model_validate(value_of(node))
    except ValidationError as invalid:
        with findings.reading():
            for error in invalid.errors(include_url=False):
                _tell(error, model, source, at, findings)
        return None


def _tell(error: Any, model: type[BaseModel], source: Source, at: Path_, findings: Findings) -> None:
    path: Path_ = (*at, *error["loc"])
    kind: str = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    is_key = kind == "problem" and path[-1:] == ("[key]",) and source.node(path) is None
    path = path[:-1] if is_key else path
    if kind == "problem":
        findings.add(context["code"], context["message"], source.place(path, key=is_key), context["hint"])
    elif kind == "missing":
        place = source.place(path)  # its path, at the first line of what it is missing from
        findings.add("PF206", f"The key {path[-1]} is missing.", place, f"Add {path[-1]}: here.")
    elif kind == "extra_forbidden":
        known = _known_keys(model, path[len(at) : -1])
        hint = did_you_mean(str(path[-1]), known)
        findings.add(
            "PF207", f"The key {str(path[-1])[:60]} is not known here.", source.place(path, key=True), hint
        )
    elif kind == "literal_error":
        expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        shown = str(error["input"])
        hint = did_you_mean(shown, expected.split(", "))
        findings.add("PF208", f"{shown[:60]!r} does not fit here.", source.place(path), hint)
    elif kind in _DUE:
        findings.add("PF201", _DUE[kind], source.place(path), "Check the indentation.")
    elif kind == "too_short":
        findings.add(
            "PF201", "At least one entry is due here.", source.place(path), "Add one, or remove the key."
        )
    elif kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        word = "at least" if "ge" in context else "at most"
        findings.add(
            "PF209", f"A number of {word} {bound} is due here.", source.place(path), "Change the number."
        )
    else:
        findings.add(
            "PF201", f"This does not fit here: {error['msg']}.", source.place(path), "Check its shape."
        )


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
