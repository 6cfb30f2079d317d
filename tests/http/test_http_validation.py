"""What pydantic finds wrong is told in its own English, and can be told in another language."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from api.http._validation import in_body, in_parameter
from api.http.models.evaluations import EvaluationAsked
from api.http.models.events import EndAsked
from api.http.problems import Refusal
from api.http.strict_json import as_model
from rules.said import Said


def faults(kind: Any, value: Any) -> list[Any]:
    with pytest.raises(ValidationError) as found:
        TypeAdapter(kind).validate_python(value)
    return found.value.errors(include_url=False, include_input=False)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (bool, "x"),
        (int, "x"),
        (int, "9" * 5_000),
        (Annotated[int, Field(ge=1)], "0"),
        (Annotated[int, Field(le=9)], "10"),
        (Literal["html"], "x"),
        (Literal["html", "pdf"], "x"),
        (Literal["html", "text", "pdf"], "x"),
        (Annotated[str, Field(max_length=1)], "xx"),
        (Annotated[str, Field(max_length=5)], "x" * 6),
    ],
)
def test_a_parameter(kind: Any, value: Any) -> None:
    (fault,) = faults(kind, value)
    told = in_parameter("{limit}", fault)
    assert isinstance(told, Said)
    assert told == f"{{limit}}: {fault['msg']}."


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (dict[str, int], []),
        (list[int], 1),
        (str, 1),
        (Annotated[str, Field(pattern=r"\S")], " "),
        (Annotated[str, Field(min_length=1)], ""),
        (Annotated[str, Field(min_length=2)], ""),
        (Annotated[str, Field(max_length=1)], "xx"),
        (Annotated[str, Field(max_length=5)], "x" * 6),
        (Annotated[list[int], Field(min_length=1)], []),
        (Annotated[list[int], Field(min_length=2)], [1]),
        (Annotated[list[int], Field(max_length=1)], [1, 2]),
        (Annotated[list[int], Field(max_length=2)], [1] * 5_000),
        (Annotated[dict[str, int], Field(min_length=1)], {}),
        (Annotated[dict[str, int], Field(min_length=2)], {"a": 1}),
        (Annotated[dict[str, int], Field(max_length=1)], {"a": 1, "b": 2}),
        (Annotated[dict[str, int], Field(max_length=2)], {"a": 1, "b": 2, "c": 3}),
    ],
)
def test_a_value_of_a_body(kind: Any, value: Any) -> None:
    (fault,) = faults(kind, value)
    told = in_body("{renew}", fault)
    assert isinstance(told, Said)
    assert told == f"{{renew}}: {fault['msg'][0].lower()}{fault['msg'][1:]}."


def test_what_is_not_listed_is_told_in_the_words_of_pydantic() -> None:
    (fault,) = faults(set[int], 1)
    assert in_parameter("limit", fault) == "limit: Input should be a valid set."
    assert in_body("limit", fault) == "limit: input should be a valid set."


@pytest.mark.parametrize(
    ("model", "value", "message"),
    [
        (EndAsked, [], "The body: an object is due here."),
        (EndAsked, {}, "reason: it is needed."),
        (EndAsked, {"reason": "x", "{y}": 1}, "{y}: it is not known here."),
        (EndAsked, {"reason": "x", "last_day": "y"}, "last_day: a day is due here, written as 2022-08-29."),
        (EndAsked, {"reason": " \x0b"}, "reason: string should match pattern '\\S'."),
        (EndAsked, {"reason": "x\x00"}, "reason: a text holds no control characters."),
        (
            EvaluationAsked,
            {"returns": [1], "trigger_points": [{"numbers": {"amber": Decimal("1e20")}}]},
            "amber: a number of at most 15 digits is due here, unquoted.",
        ),
    ],
)
def test_our_own_checks(model: Any, value: Any, message: str) -> None:
    with pytest.raises(Refusal) as refused:
        as_model(model, value)
    (problem,) = refused.value.problems
    assert isinstance(problem.message, Said)
    assert problem.message == refused.value.detail == message


def test_several_things_that_are_wrong() -> None:
    with pytest.raises(Refusal) as refused:
        as_model(EndAsked, {"x": 1})
    assert isinstance(refused.value.detail, Said)
    assert refused.value.detail == "2 things in the body are wrong."
