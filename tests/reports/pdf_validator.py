"""What an independent validator says of a PDF: all checks of PDF/UA-1 and of PDF/A-2a."""

from __future__ import annotations

import re

from page import ValidationFailure, ValidationProfile, validate_pdf_bytes

PROFILES = (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A)
_LENGTH = "PDFA2A-STREAM-LENGTH-001"
_STREAM = re.compile(rb"(\d+) 0 obj\s*<<[^>]*?/Length (\d+)[^>]*>>\s*stream\r?\n")


def faults(body: bytes) -> list[str]:
    """What the validator finds, each as one line."""
    found = []
    for profile in PROFILES:
        report = validate_pdf_bytes(body, profile=profile)
        told = [one for one in report.failures if not _only_looks_short(body, one)]
        assert report.is_compliant or report.failures
        found += [f"{one.rule_id}: {one.message}" for one in told]
    return found


def _only_looks_short(body: bytes, failure: ValidationFailure) -> bool:
    """Whether a length is doubted only because the data of the stream end with a carriage return.

    The line feed after them then looks like the second half of a line's end, and the data one byte too short. A reader
    that takes the length as it is written finds the end where it should be.
    """
    if failure.rule_id != _LENGTH or failure.object_id is None:
        return False
    for match in _STREAM.finditer(body):
        if int(match[1]) == failure.object_id.object_number:
            end = match.end() + int(match[2])
            return body[end - 1 : end] == b"\r" and body[end : end + 10] == b"\nendstream"
    return False
