"""The weeks ahead: how likely each status is, from what is known to come and from how figures have moved."""

from engine.forecast._forecast import MOST_FUTURES, MOST_WEEKS, forecast
from engine.forecast._reading import read_pipeline
from engine.forecast._score import HORIZONS, score
from engine.forecast._score import default_origins as origins
from engine.forecast.document import document, rows_of, score_document
from engine.forecast.pipeline import EMPTY, Known, Pipeline, Trend, UnitPipeline
from engine.forecast.values import (
    INDETERMINATE,
    Assumption,
    Bin,
    Coverage,
    Driver,
    Forecast,
    HorizonScore,
    Measure,
    Range,
    Score,
    Target,
    Week,
    percent,
)

__all__ = [
    "EMPTY",
    "HORIZONS",
    "INDETERMINATE",
    "MOST_FUTURES",
    "MOST_WEEKS",
    "Assumption",
    "Bin",
    "Coverage",
    "Driver",
    "Forecast",
    "HorizonScore",
    "Known",
    "Measure",
    "Pipeline",
    "Range",
    "Score",
    "Target",
    "Trend",
    "UnitPipeline",
    "Week",
    "document",
    "forecast",
    "origins",
    "percent",
    "read_pipeline",
    "rows_of",
    "score",
    "score_document",
]
