"""Who works: this process, some processes of this machine, or a Dask cluster. All give the same results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli._parts_work import Failed, Made, Task, work
from api.cli._terminal import end

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


@dataclass(frozen=True, slots=True)
class Others:
    """How the work is spread: `local` or `dask`, how many workers, the address of Dask's scheduler."""

    executor: str = "local"
    workers: int = 1
    scheduler: str | None = None


def results(tasks: Sequence[Task], others: Others) -> Iterator[Made | Failed]:
    """What comes of each task, in the order of tasks, whoever is quicker."""
    if others.executor == "dask":
        yield from _by_dask(tasks, others)
    elif others.workers > 1 and len(tasks) > 1:
        yield from _by_processes(tasks, others.workers)
    else:
        yield from map(work, tasks)


def processes(workers: int) -> ProcessPoolExecutor:
    """Some processes of this machine. Each is begun anew, so that it has no threads of ours in it."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _by_processes(tasks: Sequence[Task], workers: int) -> Iterator[Made | Failed]:
    with processes(min(workers, len(tasks))) as pool:
        try:
            yield from pool.map(work, tasks)
        finally:
            pool.shutdown(cancel_futures=True)


def _by_dask(tasks: Sequence[Task], others: Others) -> Iterator[Made | Failed]:
    try:
        import distributed
    except ImportError:
        end("Dask is not installed. Install prioritise with its extra: prioritise[dask].")
    connect: Any = distributed.Client
    try:
        if others.scheduler is not None:
            client = connect(others.scheduler, timeout="10s", set_as_default=False)
        else:
            client = connect(
                n_workers=others.workers,
                threads_per_worker=1,
                processes=False,
                dashboard_address="127.0.0.1:0",
                set_as_default=False,
            )
    except (OSError, ValueError):
        end(f"The scheduler {others.scheduler} cannot be reached.")
    with client:
        futures = client.map(work, list(tasks), pure=False)
        for future in futures:
            made: Made | Failed = future.result()
            future.release()
            yield made
