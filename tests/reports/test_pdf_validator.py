"""The validator finds what is wrong, so that its silence says something."""

from __future__ import annotations

import re

import pytest

from reports.pdf import explanation_pdf
from tests.reports import report_decisions as given
from tests.reports.pdf_validator import faults
from tests.reports.report_framework import ORGANISATION, VERSION


@pytest.fixture(scope="module")
def body() -> bytes:
    return explanation_pdf(given.amber(), VERSION, ORGANISATION)


def test_a_report_is_without_faults(body: bytes) -> None:
    assert faults(body) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (b"<pdfuaid:part>1", b"<pdfuaid:part>7", "PDFUA1-ID-PART"),
        (b"<pdfaid:part>2", b"<pdfaid:part>9", "PDFA2A-"),
        (b"/Marked true", b"/Marked null", "PDFUA1-TAGGED"),
        (b"/StructTreeRoot ", b"/StructTreeNone ", "PDFUA1-"),
        (b"/Lang(en-GB)", b"/Long(en-GB)", "PDFUA1-.*LANGUAGE"),
    ],
)
def test_a_broken_one_is_not(body: bytes, right: bytes, wrong: bytes, rule: str) -> None:
    broken = body.replace(right, wrong)
    assert broken != body
    assert any(re.match(rule, fault) for fault in faults(broken)), faults(broken)
