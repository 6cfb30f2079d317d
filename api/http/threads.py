"""Work that blocks, in threads, so that no kind of it keeps others from being answered.

Each kind has threads of its own: writers wait for the one writer's lock, and would otherwise take all threads from
those who only ask; comparisons and what-ifs take a processor for seconds. A caller who gives up frees no thread
before its work is over, so there are never more at work than places; what has not begun by then never begins.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from typing import TypeVar

from api.http.problems import Refusal
from rules.said import said

Result = TypeVar("Result")
_WRITES = ThreadPoolExecutor(8, "write")
_SLOW = ThreadPoolExecutor(2, "compute")
_READS = ThreadPoolExecutor(16, "read")
_gone: ContextVar[threading.Event] = ContextVar("_gone")


async def writing(work: Callable[[], Result]) -> Result:
    """Write. Where the caller is answered before it is done, `still_wanted` refuses to go on."""
    gone = threading.Event()
    before = _gone.set(gone)
    try:
        return await _within(_WRITES, work)
    except asyncio.CancelledError:
        gone.set()
        raise
    finally:
        _gone.reset(before)


def still_wanted() -> None:
    """Refuse to record what its caller was told is not done: a later call may have been answered since."""
    gone = _gone.get(None)
    if gone is not None and gone.is_set():
        raise Refusal("PF731", said("The caller was answered before this was recorded. Nothing was."))


async def reading(work: Callable[[], Result]) -> Result:
    """Ask the ledger."""
    return await _within(_READS, work)


async def computing(work: Callable[[], Result]) -> Result:
    """Compute for long. Of those who ask at once, two are served and the others wait."""
    return await _within(_SLOW, work)


async def _within(threads: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(threads, copy_context().run, work)
