"""Work that blocks, in threads, so that no kind of it keeps others from being answered.

Each kind has places of its own: writers wait for the one writer's lock, and would otherwise take all threads from
those who only ask; comparisons and what-ifs take a processor for seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

Result = TypeVar("Result")
_WRITES = CapacityLimiter(8)
_SLOW = CapacityLimiter(2)
_READS = CapacityLimiter(16)


async def writing(work: Callable[[], Result]) -> Result:
    """Write. A client that waits too long is answered, and what was begun is done nevertheless."""
    return await to_thread.run_sync(work, limiter=_WRITES, abandon_on_cancel=True)


async def reading(work: Callable[[], Result]) -> Result:
    """Ask the ledger."""
    return await to_thread.run_sync(work, limiter=_READS, abandon_on_cancel=True)


async def computing(work: Callable[[], Result]) -> Result:
    """Compute for long. Of those who ask at once, two are served and the others wait."""
    return await to_thread.run_sync(work, limiter=_SLOW, abandon_on_cancel=True)
