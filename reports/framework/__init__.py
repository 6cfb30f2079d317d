"""A version of a framework as a document that staff read: what must be done, what may be reduced, and when."""

from reports._words.framework import headings
from reports.framework._build import framework_document
from reports.framework._document import Clause, FrameworkDocument, Reducible, StatusText

__all__ = ["Clause", "FrameworkDocument", "Reducible", "StatusText", "framework_document", "headings"]
