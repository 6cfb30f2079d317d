"""Reports as PDF: tagged, for everybody to read (PDF/UA-1), and fit to be kept (PDF/A-2a)."""

from reports.pdf._area import area_pdf
from reports.pdf._comparison import comparison_pdf
from reports.pdf._explanation import explanation_pdf
from reports.pdf._framework import framework_pdf

__all__ = ["area_pdf", "comparison_pdf", "explanation_pdf", "framework_pdf"]
