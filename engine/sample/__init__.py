"""Synthetic staffing returns: what a demonstration, a benchmark or a first look needs, and never real data.

Every return says `basis: synthetic`; the awkward ones (`AWKWARD`) say in a `note` what is awkward. Pure, and
integers throughout: the same organisation, days and seed give the same figures on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.sample._awkward import AWKWARD, Awkward, awkward_pdus
from engine.sample._events import sample_events
from engine.sample._public import PUBLIC_VACANCIES
from engine.sample._returns import (
    START,
    WEEKS,
    Correction,
    sample_corrections,
    sample_returns,
    sample_with_corrections,
)

if TYPE_CHECKING:
    from engine.sample._pipeline import sample_pipeline

__all__ = [
    "AWKWARD",
    "PUBLIC_VACANCIES",
    "START",
    "WEEKS",
    "Awkward",
    "Correction",
    "awkward_pdus",
    "sample_corrections",
    "sample_events",
    "sample_pipeline",
    "sample_returns",
    "sample_with_corrections",
]


def __getattr__(name: str) -> Any:
    """The pipeline of a sample brings all of `engine.forecast` with it: only who asks for it waits for that."""
    if name == "sample_pipeline":
        from engine.sample._pipeline import sample_pipeline

        return sample_pipeline
    raise AttributeError(f"engine.sample has no {name}")
