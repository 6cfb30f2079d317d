"""Tables as files hold them, whatever stands in them: what readers of other tools' exports share with returns."""

from engine.returns._csv import csv_rows, delimiter_of, text_of
from engine.returns._rows import MAX_BYTES, MAX_ROWS, Cell, Row, Unusable, refuse
from engine.returns._workbook import sheet_rows

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "Cell",
    "Row",
    "Unusable",
    "csv_rows",
    "delimiter_of",
    "refuse",
    "sheet_rows",
    "text_of",
]
