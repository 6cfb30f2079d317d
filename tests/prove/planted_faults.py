"""Every planted fault, and every near miss, by who must find it: an analysis of figures, or a look at the text."""

from __future__ import annotations

from tests.prove import planted_conditions as conditions
from tests.prove import planted_files as files
from tests.prove import planted_orders as orders
from tests.prove import planted_reach as reach
from tests.prove import planted_sources as sources
from tests.prove import planted_usage as usage
from tests.prove.planted_case import Plant

PROVED: list[Plant] = [
    *conditions.NEVER_HOLDS,
    *conditions.ALWAYS_HOLDS,
    *conditions.NEVER_ENTERED,
    *orders.INVERTED,
    *orders.FLAPPING,
    *orders.ENDS_TOO_SOON,
    *reach.NO_BAND,
    *reach.NEVER_APPLIES,
]
"""Faults that only show once all figures and settings are gone through (PF320 on)."""
PROVED_MISSES: list[Plant] = [
    *conditions.CAN_HOLD,
    *conditions.CAN_FAIL,
    *conditions.CAN_BE_ENTERED,
    *orders.IN_ORDER,
    *orders.STEADY,
    *orders.LASTS,
    *reach.EVERY_BAND,
    *reach.APPLIES,
]
STATIC: list[Plant] = [*usage.UNUSED, *usage.EXCEPTED, *sources.SOURCED, *files.UNCOVERED]
"""Faults that show in the text."""
STATIC_MISSES: list[Plant] = [
    *usage.USED,
    *usage.REACHES_SOME,
    *sources.WELL_SOURCED,
    *files.COVERED,
]
