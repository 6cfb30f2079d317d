"""Who calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.ledger.records import Actor


@dataclass(frozen=True, slots=True)
class Person:
    """A person or a program, as its verified token has it."""

    subject: str
    client: str | None
    roles: frozenset[str]
    pdus: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    def actor(self, role: str) -> Actor:
        """Them, acting in one of their roles, as the ledger records it."""
        from engine.ledger.records import Actor

        return Actor(self.subject, role, self.client)


OPEN = Person("open", None, frozenset({"hq", "operator"}))
"""Whoever calls a service without tokens, on the machine itself."""
