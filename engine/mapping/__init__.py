"""Exports of other tools turned into staffing returns, as a mapping says; nothing of an export is lost in silence.

What comes out is judged by the reader of returns like any other file. All arithmetic is exact.
"""

from engine.mapping._convert import Conversion, convert
from engine.mapping._reader import Export
from engine.mapping._report import Report

__all__ = ["Conversion", "Export", "Report", "convert"]
