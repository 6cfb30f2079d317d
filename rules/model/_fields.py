"""The kinds of value that documents are written with: texts, names, days, numbers, durations.

Each takes a `Scalar` from the text (or the plain Python value, for documents built in code) and gives an
exact value. None of them guesses: what does not fit is a problem with a code.
"""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Annotated, Any, NoReturn, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)
from pydantic_core import PydanticCustomError, PydanticOmit

from rules.said import Said, said
from rules.text import Scalar

NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
DURATION = re.compile(r"([1-9][0-9]{0,4}|0) (day|days|week|weeks)", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""What no page and no terminal can show. Tabs and breaks of lines are no part of it."""
ID = re.compile(r"[^\s.,\[\]{}@/\\:]+")
MAX_DIGITS = 15
_MANY_KEYS = 200
"""Of a mapping's unknown keys no more are told."""
MAX_DAYS = 36_525
"""The longest duration, 100 years: a day so long after another one must still be a day."""
LAST_DAY = datetime.date(9800, 12, 31)
"""The last day that is decided: any duration after it still ends on a day."""
TOO_LONG = (said("A duration is at most 36525 days, which is 100 years."), said("Write a shorter one."))
_DUE: dict[str, tuple[Said, Said]] = {
    "A text": (
        said("A text is due here, not a list or a mapping."),
        said("A text is due here, and nothing is written."),
    ),
    "A word": (
        said("A word is due here, not a list or a mapping."),
        said("A word is due here, and nothing is written."),
    ),
    "A number": (
        said("A number is due here, not a list or a mapping."),
        said("A number is due here, and nothing is written."),
    ),
    "true or false": (
        said("true or false is due here, not a list or a mapping."),
        said("true or false is due here, and nothing is written."),
    ),
    "A day": (
        said("A day is due here, not a list or a mapping."),
        said("A day is due here, and nothing is written."),
    ),
    "A duration": (
        said("A duration is due here, not a list or a mapping."),
        said("A duration is due here, and nothing is written."),
    ),
}
"""What is said where each kind of value is due, and something else or nothing stands."""
RESERVED_NAMES = frozenset(
    ["all", "min", "max", "any", "none", "count", "for", "source", "basis", "note", "pdu", "as_of"]
)
RESERVED_STATUSES = frozenset(["indeterminate", "undeclared", "suspended"])


class _Faults(threading.local):
    """How many faults may still be noted while a document is read in this thread."""

    left: int = 10**9


_faults = _Faults()
_ANY = TypeVar("_ANY")


@contextmanager
def at_most(faults: int) -> Iterator[None]:
    """Once so many faults of shape are found, what else is wrong is left out: they could be a million."""
    before, _faults.left = _faults.left, faults
    try:
        yield
    finally:
        _faults.left = before


def _counted(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """Read a value; count its faults. With too many before it, it is passed over."""
    if _faults.left <= 0:
        raise PydanticOmit
    try:
        return handler(value)
    except ValidationError as invalid:
        _faults.left -= invalid.error_count()
        raise


Counted = Annotated[_ANY, WrapValidator(_counted)]
"""An entry of a list or mapping that a wrong document could hold in great numbers."""


class Document(BaseModel):
    """The base of every model of a document: nothing unknown, nothing changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="wrap")
    @classmethod
    def _bounded(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(value, dict) and len(value) > _MANY_KEYS:
            known = {field.alias or name for name, field in cls.model_fields.items()}
            unknown = [key for key in value if key not in known]
            value = {key: value[key] for key in value.keys() - unknown[_MANY_KEYS:]}
        read: Self = _counted(value, handler)
        return read


def _refuse(code: str, message: str, hint: str = "") -> NoReturn:
    if _faults.left <= 0:
        raise PydanticOmit
    _faults.left -= 1
    raise PydanticCustomError("problem", "{message}", {"code": code, "message": message, "hint": hint})


def written(value: Any, what: str) -> Any:
    """The scalar itself, refusing what is no single value and what was left empty; `what` is a kind of `_DUE`."""
    if isinstance(value, dict | list):
        _refuse("PF201", _DUE[what][0], said("Write one value."))
    if value is None or (isinstance(value, Scalar) and value.empty):
        _refuse("PF201", _DUE[what][1], said("Write a value, or remove the key."))
    return value


def read_number(text: str) -> Decimal | None:
    """The exact number that a text writes, or None where it writes none."""
    return Decimal(text) if NUMBER.fullmatch(text) else None


def digits(number: Decimal) -> int:
    """How many digits a number has, zeros at its ends left out of the fraction."""
    whole, _, fraction = format(number.copy_abs(), "f").partition(".")
    return len((whole + fraction.rstrip("0")).lstrip("0")) or 1


def too_long(number: Decimal) -> bool:
    """Whether a number has more than 15 digits, or as many after its point."""
    return digits(number) > MAX_DIGITS or -int(plain_decimal(number).as_tuple().exponent) > MAX_DIGITS


def plain_decimal(number: Decimal) -> Decimal:
    """The number without trailing zeros in its fraction and without an exponent."""
    if number == number.to_integral_value():
        return Decimal(int(number))
    return Decimal(format(number, "f").rstrip("0"))


def number_text(number: Decimal) -> str:
    """A number in its shortest form: `95`, `0.1`, `-5.5`."""
    text = str(number)
    if "E" in text or text.startswith("-0"):
        return format(plain_decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_day(text: str) -> datetime.date | None:
    """The ISO day that a text writes, or None where it writes none that exists."""
    if not DAY.fullmatch(text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _text(value: Any) -> str:
    value = written(value, "A text")
    if isinstance(value, Scalar):
        value = value.text
        if _CONTROL.search(value):
            hint = said(r"Remove what is written as \0 or \x1b.")
            _refuse("PF201", said("A text holds no control characters."), hint)
    if not isinstance(value, str) or not value.strip():
        _refuse("PF201", said("A text is due here."), said("Write some words."))
    return value.strip() if "\n" in value else value


def _id(value: Any) -> str:
    text = _text(value)
    if not ID.fullmatch(text) or len(text) > 80 or not text.isprintable():
        hint = said("An id has no space, dot, comma, colon, slash, @ or bracket, and at most 80 characters.")
        _refuse("PF202", said("{text} is not an id.", text=repr(text[:80])), hint)
    return text


def _version_id(value: Any) -> str:
    text = _text(value)
    if not ID.fullmatch(text.replace(".", "-")) or len(text) > 80 or not text.isprintable():
        message = said("{text} is not a version's name.", text=repr(text[:80]))
        _refuse("PF202", message, said("Use letters, digits, dots and hyphens."))
    return text


def _name(value: Any) -> str:
    text = _text(value)
    if not NAME.fullmatch(text) or len(text) > 80:
        hint = said("A name has letters, digits and _, a letter first.")
        _refuse("PF202", said("{text} is not a name.", text=repr(text[:80])), hint)
    if text in RESERVED_NAMES:
        message = said("{name} is a word of the rule language.", name=text)
        _refuse("PF202", message, said("Choose another name."))
    return text


def _number(value: Any) -> Decimal:
    value = written(value, "A number")
    if isinstance(value, Scalar):
        number = read_number(value.text) if value.plain else None
        shown = value.text
    else:
        number = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
        shown = repr(value)
    if number is None or not number.is_finite():
        message = said("A number is due here, not {shown}.", shown=shown[:60])
        if isinstance(value, Scalar) and not value.plain:
            message = said("A number is due here, not the text {text}.", text=repr(shown)[:51])
        _refuse("PF209", message, said("Write digits, as in 90 or 82.5, unquoted."))
    if too_long(number):
        _refuse("PF209", said("A number has at most 15 digits."), said("Write a shorter number."))
    return plain_decimal(number)


def _whole(value: Any) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        _refuse("PF209", said("A whole number is due here."), said("Remove the fraction."))
    return int(number)


def _flag(value: Any) -> bool:
    value = written(value, "true or false")
    if isinstance(value, bool):
        return value
    if isinstance(value, Scalar) and value.plain and value.text in ("true", "false"):
        return value.text == "true"
    _refuse("PF201", said("true or false is due here."), said("Write true or false."))


def _day(value: Any) -> datetime.date:
    value = written(value, "A day")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    day = read_day(value.text) if isinstance(value, Scalar) else None
    if day is None:
        shown = value.text if isinstance(value, Scalar) else repr(value)
        hint = said("Write it as {example}, and it must be a day that exists.", example="2022-08-03")
        _refuse("PF204", said("A day is due here, not {shown}.", shown=shown[:60]), hint)
    return day


def read_duration(text: str) -> int | None:
    """The days of a duration such as `2 weeks`, or None where the text is none."""
    match = DURATION.fullmatch(text)
    if match is None:
        return None
    return int(match[1]) * (7 if match[2].startswith("week") else 1)


def _duration(value: Any) -> int:
    value = written(value, "A duration")
    text = value.text if isinstance(value, Scalar) else value
    days = read_duration(text) if isinstance(text, str) else None
    if days is None:
        message = said("A duration is due here, not {shown}.", shown=str(text)[:60])
        _refuse(
            "PF205", message, said("Write it as {example} or {other}.", example="14 days", other="2 weeks")
        )
    if days > MAX_DAYS:
        _refuse("PF205", *TOO_LONG)
    return days


_TEXT_SCHEMA = {"type": ["string", "number", "boolean", "null"]}
_NUMBER_SCHEMA = {"type": "number"}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]
"""Words; a plain scalar is taken as written."""
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema(_TEXT_SCHEMA)]
"""An id without a dot."""
VersionId = Annotated[str, BeforeValidator(_version_id), WithJsonSchema(_TEXT_SCHEMA)]
"""A version's name, which may hold dots."""
Name = Annotated[
    str, BeforeValidator(_name), WithJsonSchema({"type": "string", "pattern": f"^{NAME.pattern}$"})
]
"""A name of the rule language: letters, digits and _."""
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema(_NUMBER_SCHEMA)]
"""An exact decimal of at most 15 digits."""
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer"})]
"""A whole number."""
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
"""`true` or `false`."""
Day = Annotated[
    datetime.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{DAY.pattern}$"})
]
"""An ISO day."""
Duration = Annotated[
    int, BeforeValidator(_duration), WithJsonSchema({"type": "string", "pattern": f"^{DURATION.pattern}$"})
]
"""A whole number of days, written as `14 days` or `2 weeks`."""
