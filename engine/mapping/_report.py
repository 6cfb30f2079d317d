"""What became of an export, row by row counted: so that nothing is left out in silence."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class FigureReport:
    """What one entry of `figures` took: rows, rows that its own filters left out, and rows ignored on purpose."""

    input: str
    column: str | None
    rows: int = 0
    left_out: int = 0
    figures: int = 0
    ignored: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values."""
        ignored = [{"value": value, "rows": rows} for value, rows in sorted(self.ignored.items())]
        return {
            "input": self.input,
            "column": self.column,
            "rows": self.rows,
            "left_out": self.left_out,
            "ignored": ignored,
            "figures": self.figures,
        }


@dataclass(frozen=True, slots=True)
class NotGiven:
    """A figure that is not given, since a cell that it needs is empty: a sum with a part missing is no sum."""

    pdu: str
    as_of: datetime.date
    figure: str
    row: int

    def as_dict(self) -> dict[str, Any]:
        """The note as plain values."""
        return {"pdu": self.pdu, "as_of": self.as_of.isoformat(), "figure": self.figure, "row": self.row}


@dataclass(slots=True)
class Report:
    """What became of one export. `left_out` counts rows by the column and the cell for which they do not count."""

    file: str
    mapping: str
    title: str
    rows: int = 0
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    ignored_columns: tuple[str, ...] = ()
    figures: list[FigureReport] = field(default_factory=list)
    not_given: list[NotGiven] = field(default_factory=list)
    units: int = 0
    days: tuple[datetime.date, ...] = ()

    @property
    def taken(self) -> int:
        """How many rows count."""
        return self.rows - self.left_out.total()

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values."""
        left = [
            {"column": column, "value": value, "rows": rows}
            for (column, value), rows in sorted(self.left_out.items())
        ]
        return {
            "file": self.file,
            "mapping": self.mapping,
            "title": self.title,
            "rows": self.rows,
            "taken": self.taken,
            "left_out": left,
            "ignored_columns": list(self.ignored_columns),
            "figures": [one.as_dict() for one in self.figures],
            "not_given": [one.as_dict() for one in self.not_given],
            "pdus": self.units,
            "days": [day.isoformat() for day in self.days],
        }
