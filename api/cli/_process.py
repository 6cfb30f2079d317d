"""How a command makes use of the machine: the other processor, and the memory that it gives back at its end."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TypeVar

Result = TypeVar("Result")
TASKS = Path("/proc/self/task")


@contextmanager
def made_ready() -> Iterator[None]:
    """Make what a command works on to its end: no garbage is looked for meanwhile, nor among it afterwards."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin some work in a copy of this process, and give what fetches its result.

    Where there is no other processor, or a copy would not be safe, the work is done when its result is fetched.
    So it is where the copy comes to no result: what went wrong is then told here.
    """
    if not _can_be_copied():
        yield work
        return
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.close(reading)
        _send(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        running = True

        def fetch() -> Result:
            nonlocal running
            sent = pipe.read()
            running = False
            _, status = os.waitpid(copy, 0)
            if status != 0:
                return work()
            found: Result = pickle.loads(sent)
            return found

        try:
            yield fetch
        finally:
            if running:
                os.kill(copy, signal.SIGKILL)
                os.waitpid(copy, 0)


def _can_be_copied() -> bool:
    """Whether another processor is free, and no other thread holds what would stay held in a copy for ever."""
    try:
        return len(os.sched_getaffinity(0)) > 1 and len(list(TASKS.iterdir())) == 1
    except (AttributeError, OSError):
        return False


def _send(work: Callable[[], object], writing: int) -> NoReturn:
    """Do the work and write its result, without a word, and leave."""
    status = 1
    with suppress(BaseException), os.fdopen(writing, "wb") as pipe:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        pipe.write(pickle.dumps(work()))
        pipe.flush()
        status = 0
    os._exit(status)
