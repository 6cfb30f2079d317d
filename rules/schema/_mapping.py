"""What the schema of mappings says beyond its models: a member named or looked up, and keys kept as written."""

from __future__ import annotations

from pydantic import BaseModel

from rules.model.mapping import ExportMapping, FigureColumn, MemberColumn, RowChoice
from rules.schema._models import OfFields
from rules.schema._values import SCALAR, described, keyed, ref, value

_CELLS = {
    "anyOf": [{"type": SCALAR}, {"type": "array", "items": described("Cell", "One text.", type=SCALAR)}],
    **described("Cells", 'The text of a cell, or several of which any will do; "" is an empty cell.'),
}

MAPPING_FIELDS: OfFields = {
    **{
        (model, key): keyed("Text", _CELLS)
        for model in (RowChoice, FigureColumn)
        for key in ("where", "without")
    },
    (FigureColumn, "member"): {"anyOf": [value("Name"), ref("MemberColumn")]},
    (FigureColumn, "multiply"): value("Number", exclusiveMinimum=0),
    (FigureColumn, "divide"): value("Number", exclusiveMinimum=0),
    (MemberColumn, "ignore"): {"type": "array", "items": {"type": SCALAR}},
}

_BY_COLUMN = "by column: a text, or a list of texts"
MAPPING_DUE: dict[tuple[type[BaseModel], str], str] = {
    **{(model, key): _BY_COLUMN for model in (RowChoice, FigureColumn) for key in ("where", "without")},
    (FigureColumn, "member"): "a name, or a mapping",
    (FigureColumn, "multiply"): "a number above 0",
    (FigureColumn, "divide"): "a number above 0",
    (MemberColumn, "ignore"): "a list of texts",
}

MAPPING_LEFT_OUT: dict[tuple[type[BaseModel], str], str] = {
    (ExportMapping, "day"): "the command says it, with `--day`",
    (ExportMapping, "reads"): "CSV in UTF-8, or the first sheet of a workbook",
    (ExportMapping, "rows"): "every row counts",
    (FigureColumn, "member"): "the input is one number",
    (FigureColumn, "decimals"): "the number as it is",
    (FigureColumn, "values"): "the cell is the category's id",
}
