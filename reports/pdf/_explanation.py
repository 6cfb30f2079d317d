"""The explanation of one decision as PDF."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from reports._build import context
from reports.pdf._compile import compiled
from rules.model import Organisation, Version


def explanation_pdf(decision: Mapping[str, Any], version: Version, organisation: Organisation) -> bytes:
    """One decision, explained, as PDF. The same decision gives the same bytes."""
    words = context(decision, version, organisation)
    day = datetime.date.fromisoformat(decision["as_of"])
    data = dataclasses.asdict(words)
    return compiled(
        "explanation",
        {**data, "day": [day.year, day.month, day.day], "footer": words.place},
        day,
    )
