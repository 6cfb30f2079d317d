"""Insights: figures that are sums of many units divided by sums, never means of rates; what is missing is told."""

from engine.insights._found import Against, Cell, Insights, Lacking, NotSplit, Row, ViewTold
from engine.insights._question import MOST_WEEKS, Question, asked, needed_from
from engine.insights._work import insights
from engine.insights.document import columns_of, document, rows_of

__all__ = [
    "MOST_WEEKS",
    "Against",
    "Cell",
    "Insights",
    "Lacking",
    "NotSplit",
    "Question",
    "Row",
    "ViewTold",
    "asked",
    "columns_of",
    "document",
    "insights",
    "needed_from",
    "rows_of",
]
