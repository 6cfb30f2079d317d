"""One thing that is owed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.model import Pdu


@dataclass(frozen=True, slots=True)
class Owed:
    """What a unit owes, or what looks wrong in its figures. `kind` is one of `KINDS`.

    `due` is the day on which its return was due and `days` how long ago that is; `newest` the day of its newest
    return; `figure` the input or the figure that is meant. `details` belong to the kind, numbers as text.
    """

    pdu: Pdu
    kind: str
    newest: datetime.date | None
    due: datetime.date | None = None
    days: int | None = None
    figure: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "pdu": self.pdu.id,
            "name": self.pdu.name,
            "contact": self.pdu.contact,
            "kind": self.kind,
            "newest": None if self.newest is None else self.newest.isoformat(),
            "due": None if self.due is None else self.due.isoformat(),
            "days": self.days,
            "figure": self.figure,
            "details": dict(self.details),
        }
