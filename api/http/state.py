"""What the shell of the service needs to know of what it serves: a small protocol, and a stand-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from rules.problems import Place, Problem


class ServiceState(Protocol):
    """The ledger, the documents and the snapshot behind the routes, as the shell sees them.

    `app.state.service` holds it; routes get it by the dependency `api.http.routing.State`.
    """

    async def start(self) -> None:
        """Open what is served. Faults that may pass (a ledger out of reach) are told by `problems`, not raised.

        A PrioritiseError raised here keeps the service from starting.
        """

    async def stop(self) -> None:
        """Close everything; called once no request is under way any more."""

    def problems(self) -> Sequence[Problem]:
        """Why the service is not ready; nothing where it is. Runs in a thread and may ask the database."""

    def info(self) -> Mapping[str, Any]:
        """Hashes of the documents in use, those that were refused and why, the store without its password."""


class NoState:
    """Nothing to serve: the service lives, and is never ready."""

    async def start(self) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to close."""

    def problems(self) -> Sequence[Problem]:
        """Not ready."""
        return [Problem("PF733", "Nothing has been loaded.", Place("service"))]

    def info(self) -> Mapping[str, Any]:
        """Nothing to tell."""
        return {}
