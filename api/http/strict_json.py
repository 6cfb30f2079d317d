"""JSON bodies of requests, strictly: exact numbers, no key twice, and nothing that a later step could choke on."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from api.http.problems import MAX_TOLD, Refusal, pointer
from rules.problems import Place, Problem

LONGEST_NUMBER = 40
"""So many characters a number may have; the longest that any figure takes has 15 digits."""
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
Model = TypeVar("Model", bound=BaseModel)


class _Unfit(ValueError):
    """A value that is JSON, or taken for it, and is not read here."""


class _Twice(dict[str, Any]):
    """An object in which keys stand twice."""

    twice: tuple[str, ...] = ()


def read_json(data: bytes) -> Any:
    """The value that a body holds; numbers are exact. Raises Refusal with the place of what is wrong."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse(f"The body is not UTF-8 at byte {error.start + 1:,}.", "Send JSON in UTF-8.")
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = Place("body", error.lineno, error.colno)
        refuse(f"The body is not JSON: {error.msg[:1].lower() + error.msg[1:]}.", place=place)
    except _Unfit as unfit:
        refuse(str(unfit), "Write numbers in digits, as in 82.5, and null where there is none.")
    except RecursionError:
        refuse("The body is nested too deeply.", "Flatten it.")
    _look_through(value, halves=_HALF.search(text) is not None)
    return value


def read_model(model: type[Model], data: bytes) -> Model:
    """A body as a model. Raises Refusal with all that is wrong, each at its JSON pointer."""
    return as_model(model, read_json(data))


def as_model(model: type[Model], value: Any) -> Model:
    """A value from `read_json` as a model. Raises Refusal with all that is wrong, each at its JSON pointer."""
    try:
        return model.model_validate(value)
    except ValidationError as invalid:
        found = invalid.errors(include_url=False, include_input=False, include_context=False)
    problems = [_problem(one) for one in found[: MAX_TOLD + 1]]
    detail = problems[0].message if len(found) == 1 else f"{len(found):,} things in the body are wrong."
    raise Refusal("PF724", detail, problems)


def refuse(message: str, hint: str = "", place: Place | None = None) -> NoReturn:
    """Refuse the body for one thing that is wrong with it."""
    raise Refusal("PF724", message, [Problem("PF724", message, place or Place("body"), hint)])


def _problem(one: Any) -> Problem:
    loc = one["loc"]
    text = str(one["msg"]).removeprefix("Value error, ").rstrip(".")
    text = {
        "missing": "it is needed",
        "extra_forbidden": "it is not known here",
        "model_type": "an object is due here",
    }.get(one["type"], text[:1].lower() + text[1:])
    name = str(loc[-1])[:60] if loc else "The body"
    return Problem("PF724", f"{name}: {text}.", Place("body", path=pointer(loc)))


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = _Twice(found)
    seen: set[str] = set()
    marked.twice = tuple({key: None for key, _ in pairs if key in seen or seen.add(key)})  # type: ignore[func-returns-value]
    return marked


def _number(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER:
        raise _Unfit(f"A number in the body has {len(text):,} characters; {LONGEST_NUMBER} are read.")
    if "e" in text or "E" in text:
        raise _Unfit(f"The number {text} has an exponent.")
    return Decimal(text)


def _constant(text: str) -> NoReturn:
    raise _Unfit(f"{text} is no number of JSON.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=_number, parse_int=_number, parse_constant=_constant
)


def _look_through(value: Any, *, halves: bool) -> None:
    """Refuse keys that stand twice in an object, and texts with half a character."""
    problems: list[Problem] = []
    left: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    while left and len(problems) <= MAX_TOLD:
        path, one = left.pop()
        if isinstance(one, dict):
            if isinstance(one, _Twice):
                for key in one.twice[:MAX_TOLD]:
                    message = f"The key {key[:60]!r} stands twice in one object."
                    place = Place("body", path=pointer((*path, key)))
                    problems.append(Problem("PF724", message, place, "Remove one of the two."))
            if halves:
                left += [((*path, key), key) for key in one]
            left += [
                ((*path, key), inner) for key, inner in one.items() if isinstance(inner, dict | list | str)
            ]
        elif isinstance(one, list):
            left += [
                ((*path, index), inner)
                for index, inner in enumerate(one)
                if isinstance(inner, dict | list | str)
            ]
        elif halves and isinstance(one, str) and _HALF_CHARACTER.search(one):
            message = "A text holds half a character (a lone surrogate)."
            place = Place("body", path=pointer(path))
            problems.append(Problem("PF724", message, place, "Write the whole character."))
    if problems:
        problems.sort(key=lambda problem: problem.place)
        detail = (
            problems[0].message if len(problems) == 1 else f"{len(problems):,} things in the body are wrong."
        )
        raise Refusal("PF724", detail, problems[: MAX_TOLD + 1])
