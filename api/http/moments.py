"""Days and moments in requests: `as_of` is an ISO day, `known_at` a moment with its offset (RFC 3339)."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, NoReturn

from fastapi import Query
from pydantic import WithJsonSchema

from api.http.problems import Refusal, wrong
from rules.said import said

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,20}))?([Zz]|[+ -]\d{2}:\d{2})", re.ASCII
)
_SHAPES = {"example": "2022-08-22T09:30:00Z", "other": "2022-08-22T10:30:00+01:00"}

AsOf = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "format": "date"}),
    Query(
        description="The day asked about (default: today in London, or the London day of `known_at`).",
        examples=["2022-08-29"],
    ),
]
KnownAt = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "format": "date-time"}),
    Query(
        description="Answer from what was recorded by this moment (default: now).",
        examples=["2022-08-30T09:00:00Z"],
    ),
]


def day_asked(text: str | None, name: str = "as_of") -> datetime.date | None:
    """A day of the query. Refuses (PF730) what is no day of the calendar."""
    if text is None:
        return None
    if not _DAY.fullmatch(text):
        _refuse(
            name,
            said("{name} is no day.", name=name),
            said("Write it like {example}.", example="2022-08-29"),
        )
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        _refuse(name, said("There is no day {day}.", day=text))


def moment_asked(text: str | None, name: str = "known_at") -> str | None:
    """A moment of the query as records have it; what is finer than a microsecond is left off.

    Refuses (PF730) what is no moment. Whether it is over is for `in_future` to say, which knows the records.
    """
    if text is None:
        return None
    found = _MOMENT.fullmatch(text)
    if found is None:
        hint = said("Write it like {example} or {other}.", **_SHAPES)
        if _MOMENT.fullmatch(f"{text}Z"):
            hint = said("It needs its offset from UTC, or Z. Write it like {example} or {other}.", **_SHAPES)
        _refuse(name, said("{name} is no moment.", name=name), hint)
    day, time, fraction, offset = found.groups()
    if offset.startswith(" "):  # a plus sign that was not escaped
        _refuse(
            name,
            said("{name} is no moment.", name=name),
            said("In a query write the + of the offset as {code}.", code="%2B"),
        )
    written = f"{day}T{time}.{(fraction or '0')[:6]:0<6}{offset.upper()}"
    try:
        asked = datetime.datetime.fromisoformat(written).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        _refuse(name, said("There is no moment {moment}.", moment=text))
    return asked.isoformat(timespec="microseconds").replace("+00:00", "Z")


def in_future(name: str = "known_at") -> Refusal:
    """The refusal (PF730) of a moment that is not over yet."""
    message = said("{name} lies in the future.", name=name)
    return wrong("query", name, message, said("What will be known cannot be asked for yet."), code="PF730")


def _refuse(name: str, message: str, hint: str = "") -> NoReturn:
    raise wrong("query", name, message, hint, code="PF730")
