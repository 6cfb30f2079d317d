"""How an export of another tool becomes staffing returns: which columns and rows give which figures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from rules.model._fields import Document, Flag, Id, Name, Number, Text, Whole, written
from rules.model._words import Format, word
from rules.text import Scalar


def _cell(value: Any) -> str:
    """The text of a cell as it is compared with; unlike other texts it may be empty, where it is quoted."""
    if isinstance(value, Scalar) and not value.text and not value.plain:
        return ""
    value = written(value, "A text")
    return value.text.strip() if isinstance(value, Scalar) else str(value)


def _listed(value: Any) -> Any:
    """One value is a list of one."""
    return value if isinstance(value, list) else [value]


def _member(value: Any) -> Any:
    """A member's name alone is the member of every row."""
    return {"is": value} if isinstance(value, Scalar | str) else value


_CELL = {"type": ["string", "number", "boolean", "null"]}
Cell = Annotated[str, BeforeValidator(_cell), WithJsonSchema(_CELL)]
"""The text of a cell; `""` is an empty one."""
Cells = Annotated[
    list[Cell],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_CELL, {"type": "array", "items": _CELL}]}),
]
"""The text of a cell, or several of which any will do."""


class ExportFile(Document):
    """How the file of an export is read."""

    format: Annotated[Literal["csv", "xlsx"], BeforeValidator(word)] | None = Field(
        default=None, description="The kind of file."
    )
    encoding: Annotated[Literal["utf-8", "windows-1252", "utf-16"], BeforeValidator(word)] = Field(
        default="utf-8", description="How a CSV's characters are stored."
    )
    delimiter: Annotated[Literal["comma", "semicolon", "tab", "pipe"], BeforeValidator(word)] | None = Field(
        default=None, description="What stands between the cells of a CSV."
    )
    sheet: Text | None = Field(default=None, description="The sheet of a workbook, by its name.")
    skip: Whole = Field(
        default=0, ge=0, le=1000, description="How many rows above the header are passed over."
    )
    thousands: Annotated[Literal["none", "comma", "point", "space"], BeforeValidator(word)] = Field(
        default="none", description="What stands between the thousands of a number."
    )
    decimal: Annotated[Literal["point", "comma"], BeforeValidator(word)] = Field(
        default="point", description="What stands before the decimals of a number."
    )


class DayColumn(Document):
    """Where the day of the figures stands."""

    column: Text = Field(description="The column that holds the day.")
    format: Text = Field(
        default="YYYY-MM-DD",
        description="How the day is written, in the marks `YYYY`, `MM` or `M`, `MMM` (Aug), `MMMM` (August), `DD` "
        "or `D`; the marks `HH`, `mm` and `ss` stand for a time, which is passed over.",
    )


class UnitColumn(Document):
    """Where the unit of a row stands, and what the export calls it."""

    column: Text = Field(description="The column that names the unit.")
    by: Annotated[Literal["name", "id", "code"], BeforeValidator(word)] = Field(
        default="name", description="What of the organisation's register the column holds."
    )
    drop: list[Text] = Field(
        default_factory=list,
        description="Words at the beginning or the end of a name that are passed over, such as `PDU`.",
    )
    names: dict[Text, Id] = Field(
        default_factory=dict, description="The units that the export calls otherwise, by what it calls them."
    )


class RowChoice(Document):
    """Which rows of an export count."""

    where: dict[Text, Cells] = Field(
        default_factory=dict, description="By column: what its cell must be for the row to count."
    )
    without: dict[Text, Cells] = Field(
        default_factory=dict, description="By column: what its cell must not be for the row to count."
    )
    one_per: list[Text] = Field(
        default_factory=list,
        description="Columns of which no two rows that count may hold the same, such as a post's number and the day.",
    )


class MemberColumn(Document):
    """Which member of the input's list a row is about."""

    is_: Name | None = Field(default=None, alias="is", description="The member that every row is about.")
    column: Text | None = Field(default=None, description="The column that names the member.")
    by: Annotated[Literal["id", "title", "names"], BeforeValidator(word)] = Field(
        default="names",
        description="What the column holds: a member's id, its title, or only what `names` lists.",
    )
    names: dict[Text, Name] = Field(
        default_factory=dict, description="The members, by what the export calls them."
    )
    ignore: list[Cell] = Field(
        default_factory=list, description="What the column may hold that gives no figure of this input."
    )


class FigureColumn(Document):
    """One input, and where its figures come from."""

    input: Name = Field(description="The input that is filled.")
    member: Annotated[MemberColumn | None, BeforeValidator(_member)] = Field(
        default=None, description="The member of the input's list: its name, or where it stands."
    )
    column: Text | None = Field(default=None, description="The column that holds the number or category.")
    count: Flag = Field(default=False, description="Whether the rows are counted, instead of a column read.")
    where: dict[Text, Cells] = Field(
        default_factory=dict, description="By column: what its cell must be for the row to give this figure."
    )
    without: dict[Text, Cells] = Field(
        default_factory=dict,
        description="By column: what its cell must not be for the row to give this figure.",
    )
    values: dict[Text, Id] = Field(
        default_factory=dict, description="The categories of the input, by what the export calls them."
    )
    multiply: Number | None = Field(default=None, description="What the sum is multiplied by.")
    divide: Number | None = Field(default=None, description="What the sum is divided by.")
    decimals: Whole | None = Field(
        default=None, ge=0, le=9, description="To how many decimals the result is rounded, halves upwards."
    )
    sum: Flag = Field(default=False, description="Whether the numbers of several rows add up.")
    blank: Annotated[Literal["not_given", "zero"], BeforeValidator(word)] = Field(
        default="not_given", description="What an empty cell means."
    )
    no_rows: Annotated[Literal["not_given", "zero"], BeforeValidator(word)] = Field(
        default="not_given",
        description="What it means when a unit is in the export on a day, but no row of it gives this figure.",
    )


class ExportMapping(Document):
    """A mapping: what an export of another tool says, in the words of a framework."""

    format: Format = Field(description="The edition of this file format, which is 1.")
    framework: Id = Field(
        description="The id of the framework, which is the name of the folder above the file's."
    )
    mapping: Id = Field(description="The id of the mapping, by which commands name it.")
    title: Text = Field(description="What the export is called; it stands as the source of every return.")
    note: Text | None = Field(default=None, description="What whoever uses the mapping should know.")
    reads: ExportFile = Field(default_factory=ExportFile, description="How the file is read.")
    day: DayColumn | None = Field(default=None, description="Where the day of the figures stands.")
    unit: UnitColumn = Field(description="Where the unit stands, and what the export calls it.")
    rows: RowChoice = Field(default_factory=RowChoice, description="Which rows count.")
    figures: list[FigureColumn] = Field(min_length=1, description="The inputs that the export fills.")
    ignore: list[Text] = Field(default_factory=list, description="Columns of the export that are not needed.")
