"""Where a PDU stands, from day to day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .evaluate import Document, Row, Truth

Clock = tuple[str, str]
"""An activity and the status from which it may be reduced."""


@dataclass(frozen=True)
class Stretch:
    """An unbroken stretch of days with one active status."""

    status: str
    since: date
    previous: str | None


@dataclass(frozen=True)
class Step:
    """What a step found: the newest truth and run of each rule path, and what the status could be."""

    truths: dict[str, Truth]
    runs: dict[str, int]
    row: Row
    candidates: frozenset[str]
    """One status where the step is determinate."""


@dataclass
class State:
    """Where a PDU stands. `version` is the version of the last day on which there was one."""

    version: Document | None = None
    level: str | None = None
    since: date = date.min
    step: Step | None = None
    unclear_since: date | None = None
    last_determinate: tuple[str, date] | None = None
    stands: frozenset[Clock] = frozenset()
    """What was permitted on the last determinate day."""
    stretch: Stretch | None = None
    interrupted: Stretch | None = None
    """The stretch before the present indeterminate one."""
    clocks: dict[Clock, date] = field(default_factory=dict)
