"""What a change of settings, or a version, would have changed: two worlds decided and compared. Pure."""

from engine.preview.build import previewed, total_days, total_permissions, units_of
from engine.preview.document import document
from engine.preview.question import period, region_question, version_question
from engine.preview.values import Move, Preview, Question, UnitPreview

__all__ = [
    "Move",
    "Preview",
    "Question",
    "UnitPreview",
    "document",
    "period",
    "previewed",
    "region_question",
    "total_days",
    "total_permissions",
    "units_of",
    "version_question",
]
