"""Stores of both databases, for parents in the ledger."""

from __future__ import annotations

from tests.ledger.stores import clock, store_url

__all__ = ["clock", "store_url"]
