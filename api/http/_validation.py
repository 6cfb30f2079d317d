"""What pydantic finds wrong in a request, as sentences that can be told in another language.

The English of most is pydantic's own. A fault of a kind that is not listed is told in pydantic's words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rules.said import Said, said, said_of

_Sentence = Callable[[str, Mapping[str, Any]], str]


def in_parameter(name: str, fault: Mapping[str, Any]) -> str:
    """What is wrong with a value of the path, the query or the headers."""
    text = _text(fault)
    return _told(name, fault, _PARAMETER) or f"{name}: {text}."


def in_body(name: str, fault: Mapping[str, Any]) -> str:
    """What is wrong with a value of a body."""
    text = _text(fault)
    return _told(name, fault, _BODY) or f"{name}: {text[:1].lower()}{text[1:]}."


def _text(fault: Mapping[str, Any]) -> str:
    return str(fault["msg"]).removeprefix("Value error, ").rstrip(".")


def _told(name: str, fault: Mapping[str, Any], sentences: Mapping[str, _Sentence]) -> str | None:
    """The sentence of a fault: that of its kind, or the one that our own check of the value has `said`."""
    context = fault.get("ctx", {})
    given = getattr(context.get("error"), "args", ())
    if given and isinstance(given[0], Said):
        # Translators: what is wrong with a value that was sent, as in "until: some words are due here."
        return said("{name}: {text}.", name=name, text=given[0])
    kind = " ".join([fault["type"], *([context["field_type"]] if "field_type" in context else [])])
    return sentences[kind](name, context) if kind in sentences else None


def _among(name: str, context: Mapping[str, Any]) -> str:
    words, has_several, last = context["expected"].rpartition(" or ")
    # Translators: a list of what may be written, such as "'html', 'text'", and the last of it.
    expected = said("{one} or {other}", one=words, other=last) if has_several else last
    return said("{name}: Input should be {expected}.", name=name, expected=expected)


_PARAMETER: Mapping[str, _Sentence] = {
    "missing": lambda name, _: said("{name}: It is needed.", name=name),
    "bool_parsing": lambda name, _: said(
        "{name}: Input should be a valid boolean, unable to interpret input.", name=name
    ),
    "int_parsing": lambda name, _: said(
        "{name}: Input should be a valid integer, unable to parse string as an integer.", name=name
    ),
    "int_parsing_size": lambda name, _: said(
        "{name}: Unable to parse input string as an integer, exceeded maximum size.", name=name
    ),
    "greater_than_equal": lambda name, context: said(
        "{name}: Input should be greater than or equal to {number}.", name=name, number=context["ge"]
    ),
    "less_than_equal": lambda name, context: said(
        "{name}: Input should be less than or equal to {number}.", name=name, number=context["le"]
    ),
    "literal_error": _among,
    "string_too_long": lambda name, context: said_of(
        context["max_length"],
        "{name}: String should have at most {number} character.",
        "{name}: String should have at most {number} characters.",
        name=name,
        number=context["max_length"],
    ),
}
_BODY: Mapping[str, _Sentence] = {
    "missing": lambda name, _: said("{name}: it is needed.", name=name),
    "extra_forbidden": lambda name, _: said("{name}: it is not known here.", name=name),
    "model_type": lambda name, _: said("{name}: an object is due here.", name=name),
    "dict_type": lambda name, _: said("{name}: input should be a valid dictionary.", name=name),
    "list_type": lambda name, _: said("{name}: input should be a valid list.", name=name),
    "string_type": lambda name, _: said("{name}: input should be a valid string.", name=name),
    "string_pattern_mismatch": lambda name, context: said(
        "{name}: string should match pattern {pattern}.", name=name, pattern=f"'{context['pattern']}'"
    ),
    "string_too_short": lambda name, context: said_of(
        context["min_length"],
        "{name}: string should have at least {number} character.",
        "{name}: string should have at least {number} characters.",
        name=name,
        number=context["min_length"],
    ),
    "string_too_long": lambda name, context: said_of(
        context["max_length"],
        "{name}: string should have at most {number} character.",
        "{name}: string should have at most {number} characters.",
        name=name,
        number=context["max_length"],
    ),
    "too_short List": lambda name, context: said_of(
        context["min_length"],
        "{name}: list should have at least {number} item after validation, not {given}.",
        "{name}: list should have at least {number} items after validation, not {given}.",
        name=name,
        number=context["min_length"],
        given=context["actual_length"],
    ),
    "too_long List": lambda name, context: said_of(
        context["max_length"],
        "{name}: list should have at most {number} item after validation, not {given}.",
        "{name}: list should have at most {number} items after validation, not {given}.",
        name=name,
        number=context["max_length"],
        given=context["actual_length"],
    ),
    "too_short Dictionary": lambda name, context: said_of(
        context["min_length"],
        "{name}: dictionary should have at least {number} item after validation, not {given}.",
        "{name}: dictionary should have at least {number} items after validation, not {given}.",
        name=name,
        number=context["min_length"],
        given=context["actual_length"],
    ),
    "too_long Dictionary": lambda name, context: said_of(
        context["max_length"],
        "{name}: dictionary should have at most {number} item after validation, not more.",
        "{name}: dictionary should have at most {number} items after validation, not more.",
        name=name,
        number=context["max_length"],
    ),
}
