"""What a change of settings, or a version, would have changed: two worlds decided and compared. Pure."""

from engine.preview.build import previewed, total_days, total_permissions, units_of
from engine.preview.document import document
from engine.preview.question import period, region_question, version_question
from engine.preview.values import Move, Preview, Question, Reason, UnitPreview
from engine.preview.worlds import Pair, Stretch, Track, Unit, worlds

__all__ = [
    "Move",
    "Pair",
    "Preview",
    "Question",
    "Reason",
    "Stretch",
    "Track",
    "Unit",
    "UnitPreview",
    "document",
    "period",
    "previewed",
    "region_question",
    "total_days",
    "total_permissions",
    "units_of",
    "version_question",
    "worlds",
]
