"""The explanation of one decision as PDF."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from reports._build import context
from reports.pdf._compile import compiled
from rules.model import Organisation, Version


def explanation_pdf(
    decision: Mapping[str, Any],
    version: Version,
    organisation: Organisation,
    distance: Mapping[str, Any] | None = None,
) -> bytes:
    """One decision, explained, as PDF. The same decision gives the same bytes.

    With `distance`, as `engine.distance` gives it, it also says what would change the status.
    """
    words = context(decision, version, organisation, distance)
    day = datetime.date.fromisoformat(decision["as_of"])
    return compiled("explanation", dataclasses.asdict(words), day)
