"""Reading one export by its mapping: its header, its rows, and the figures that they give."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.mapping._cells import Numbers, text_of_cell
from engine.mapping._faults import Faults
from engine.mapping._figures import FigureReader, Filter, Found, Key, Taken
from engine.mapping._names import Units
from engine.mapping._open import Opened, open_export
from engine.mapping._report import Report
from engine.returns.tables import Cell, Row
from rules.check.mappings import columns_of
from rules.figures import Vocabulary
from rules.mapping_words import DayFormat, folded
from rules.model import Organisation
from rules.model.mapping import ExportMapping
from rules.problems import Place, Problem, ReturnsError, did_you_mean
from rules.suggestions import safe


class Export(NamedTuple):
    """The bytes of an export, its name, and the mapping that it is read by."""

    data: bytes
    name: str
    mapping: ExportMapping


class Reader:
    """Reads one export."""

    def __init__(
        self,
        export: Export,
        vocabulary: Vocabulary,
        organisation: Organisation,
        day: datetime.date | None,
    ) -> None:
        mapping = self.mapping = export.mapping
        self._opened = open_export(export.data, export.name, mapping)
        self.report = Report(export.name, mapping.mapping, mapping.title)
        self._faults, self._given = Faults(), day
        _check_columns(self._opened, mapping)
        columns = self._opened.index()
        self.report.ignored_columns = tuple(name for name in mapping.ignore if folded(name) in columns)
        self._unit_column = columns[folded(mapping.unit.column)]
        self._day_column = columns[folded(mapping.day.column)] if mapping.day is not None else None
        self._format = DayFormat(mapping.day.format) if mapping.day is not None else None
        self._filter = Filter(mapping.rows.where, mapping.rows.without, columns)
        self._one_per = [columns[folded(name)] for name in mapping.rows.one_per]
        self._units = Units(mapping.unit, organisation)
        numbers = Numbers(mapping.reads)
        self._figures = [
            FigureReader(figure, self._opened, vocabulary, numbers, self._faults)
            for figure in mapping.figures
        ]
        self.report.figures = [reader.report for reader in self._figures]
        self._seen: dict[Key, int] = {}
        self._once: dict[tuple[str, ...], int] = {}
        self._days: dict[str, datetime.date | None] = {}

    def read(self) -> list[Problem]:
        """Read all rows. Gives what is wrong with them."""
        problems: list[Problem] = []
        try:
            for row in self._opened.rows:
                if any(cell is not None for cell in row.cells):
                    self.report.rows += 1
                    self._take(row)
        except ReturnsError as refused:  # of the whole file, met on the way
            problems += refused.problems
        self._found = [found for reader in self._figures for found in reader.finished(self._seen)]
        if not self._faults and not problems and not any(isinstance(one, Found) for one in self._found):
            message = "No row of the export gives a figure."
            hint = "Look at rows: and figures: in the mapping, and at what the export holds."
            problems.append(Problem("PF549", message, Place(self._opened.file), hint))
        self.report.units = len({unit for unit, _ in self._seen})
        self.report.days = tuple(sorted({day for _, day in self._seen}))
        self.report.not_given = [one for one in self._found if not isinstance(one, Found)]
        return [*problems, *self._faults.told()]

    def found(self) -> Iterator[Found]:
        """The figures."""
        return (one for one in self._found if isinstance(one, Found))

    def places(self, key: Key) -> tuple[Place, Place]:
        """Where the unit and the day of a return first stand."""
        row = self._seen[key]
        unit = self._opened.cell(row, self._unit_column)
        return unit, unit if self._day_column is None else self._opened.cell(row, self._day_column)

    def _take(self, row: Row) -> None:
        cells, width = row.cells, len(self._opened.names)
        if len(cells) < width:
            cells = [*cells, *[None] * (width - len(cells))]
        elif len(cells) > width and any(cell is not None for cell in cells[width:]):
            message = f"The row has {len(cells)} cells, and the header has {width}."
            hint = "A cell that holds a delimiter must stand in quotation marks."
            self._faults.add("PF514", "", message, hint, Place(self._opened.file, row.number, width + 1))
        for index, name in enumerate(self._opened.names):
            if not name and cells[index] is not None:
                message, hint = "A column without a header holds something.", "Give it a name, or empty it."
                self._faults.add("PF541", str(index), message, hint, self._opened.cell(row.number, index))
        against = self._filter.against(cells)
        if against is not None:
            self.report.left_out[against] += 1
            return
        self._check_once(row.number, cells)
        day = self._day(row.number, cells)
        unit = self._unit(row.number, cells, day)
        key = (unit, day) if unit is not None and day is not None else None
        if key is not None:
            self._seen.setdefault(key, row.number)
        taken = [figure.take(row.number, cells, key) for figure in self._figures]
        if Taken.TAKEN not in taken and Taken.LEFT_OUT in taken:
            message = "The row gives no figure: no entry of figures takes it."
            hint = "Leave such rows out under rows: in the mapping, or take them in a where:."
            self._faults.add("PF549", "", message, hint, self._opened.cell(row.number, self._unit_column))

    def _check_once(self, row: int, cells: Sequence[Cell]) -> None:
        if not self._one_per:
            return
        held = tuple(folded(text_of_cell(cells[index])) for index in self._one_per)
        first = self._once.setdefault(held, row)
        if first != row:
            shown = ", ".join(safe(text_of_cell(cells[index])) for index in self._one_per)
            message = f"{shown or 'Nothing'} stands in row {first} already, and may stand once."
            place = self._opened.cell(row, self._one_per[0])
            self._faults.add("PF548", str(held), message, "Remove one of the rows from the export.", place)

    def _day(self, row: int, cells: Sequence[Cell]) -> datetime.date | None:
        if self._format is None or self._day_column is None:
            return self._given
        cell = cells[self._day_column]
        if isinstance(cell, datetime.date):
            return cell
        text = text_of_cell(cell)
        if text not in self._days:
            self._days[text] = self._format.read(text)
        if self._days[text] is None:
            message = f"{safe(text)!r} is not a day." if text else "There is no day here."
            hint = f"The mapping reads days as {self._format.text}."
            self._faults.add("PF545", text, message, hint, self._opened.cell(row, self._day_column))
        return self._days[text]

    def _unit(self, row: int, cells: Sequence[Cell], day: datetime.date | None) -> str | None:
        text = text_of_cell(cells[self._unit_column])
        found = self._units.find(text, day)
        if isinstance(found, str):
            return found
        self._faults.add("PF542", folded(text), *found, self._opened.cell(row, self._unit_column))
        return None


def _check_columns(opened: Opened, mapping: ExportMapping) -> None:
    """Every column that the mapping reads is there, and every other one is ignored by name. Raises ReturnsError."""
    columns = opened.index()
    read = {folded(name): name for name in columns_of(mapping)}
    ignored = set(map(folded, mapping.ignore))
    names = [name for name in opened.names if name]
    problems = []
    for plain, name in read.items():
        if plain not in columns:
            message = f"The column {safe(name)} is missing, which the mapping reads."
            place = Place(opened.file, opened.header)
            problems.append(Problem("PF540", message, place, did_you_mean(name, names)))
    for plain, index in columns.items():
        if plain not in read and plain not in ignored:
            name = safe(opened.names[index])
            message = f"The mapping does not say what the column {name} is."
            place = Place(opened.file, opened.header, index + 1, name)
            problems.append(Problem("PF541", message, place, "Read it, or write it under ignore:."))
    if problems:
        raise ReturnsError(problems)
