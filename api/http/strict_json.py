"""JSON bodies of requests, strictly: exact numbers, no key twice, and nothing that a later step could choke on."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from api.http._validation import in_body
from api.http.problems import MAX_TOLD, Refusal, pointer
from rules.problems import Place, Problem
from rules.said import said, said_of

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
        refuse(
            said("The body is not UTF-8 at byte {number}.", number=f"{error.start + 1:,}"),
            said("Send JSON in UTF-8."),
        )
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = Place("body", error.lineno, error.colno)
        reason = error.msg[:1].lower() + error.msg[1:]
        refuse(said("The body is not JSON: {reason}.", reason=reason), place=place)
    except _Unfit as unfit:
        refuse(unfit.args[0], said("Write numbers in digits, as in 82.5, and null where there is none."))
    except RecursionError:
        refuse(said("The body is nested too deeply."), said("Flatten it."))
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
        found = invalid.errors(include_url=False, include_input=False)
    problems = [_problem(one) for one in found[: MAX_TOLD + 1]]
    raise Refusal("PF724", summary(problems, len(found)), problems)


def summary(problems: Sequence[Problem], number: int) -> str:
    """What is told of a body as a whole, in which so many things are wrong; of some of them there are problems."""
    if number == 1:
        return problems[0].message
    return said_of(
        number,
        "{number} thing in the body is wrong.",
        "{number} things in the body are wrong.",
        number=f"{number:,}",
    )


def refuse(message: str, hint: str = "", place: Place | None = None) -> NoReturn:
    """Refuse the body for one thing that is wrong with it."""
    raise Refusal("PF724", message, [Problem("PF724", message, place or Place("body"), hint)])


def _problem(one: Any) -> Problem:
    loc = one["loc"]
    name = str(loc[-1])[:60] if loc else said("The body")
    return Problem("PF724", in_body(name, one), Place("body", path=pointer(loc)))


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
        raise _Unfit(
            said_of(
                len(text),
                "A number in the body has {number} character; {limit} are read.",
                "A number in the body has {number} characters; {limit} are read.",
                number=f"{len(text):,}",
                limit=LONGEST_NUMBER,
            )
        )
    if "e" in text or "E" in text:
        raise _Unfit(said("The number {number} has an exponent.", number=text))
    return Decimal(text)


def _constant(text: str) -> NoReturn:
    raise _Unfit(said("{text} is no number of JSON.", text=text))


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
                    message = said("The key {key} stands twice in one object.", key=repr(key[:60]))
                    place = Place("body", path=pointer((*path, key)))
                    problems.append(Problem("PF724", message, place, said("Remove one of the two.")))
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
            message = said("A text holds half a character (a lone surrogate).")
            place = Place("body", path=pointer(path))
            problems.append(Problem("PF724", message, place, said("Write the whole character.")))
    if problems:
        problems.sort(key=lambda problem: problem.place)
        raise Refusal("PF724", summary(problems, len(problems)), problems[: MAX_TOLD + 1])
