"""Reports as PDF: tagged, for everybody to read (PDF/UA-1), and fit to be kept (PDF/A-2a)."""

from reports.pdf._explanation import explanation_pdf
from reports.pdf._framework import framework_pdf

__all__ = ["explanation_pdf", "framework_pdf"]
