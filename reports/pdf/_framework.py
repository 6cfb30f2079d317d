"""A version of a framework as PDF."""

from __future__ import annotations

import dataclasses
import datetime

from reports.framework import framework_document, headings
from reports.pdf._compile import compiled
from rules.framework import Framework
from rules.model import Organisation
from rules.policy import Policy


def framework_pdf(
    framework: Framework, policy: Policy, organisation: Organisation, day: datetime.date
) -> bytes:
    """A version as a document, as PDF. `day` is the one for which the regions' own trigger points are shown."""
    data = dataclasses.asdict(framework_document(framework, policy, organisation, day))
    return compiled("framework", {**data, "headings": headings()}, day)
