"""Who works: this process, some processes of this machine, or a Dask cluster. All give the same results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from api.cli._parts_work import Failed, Made, Task, work
from api.cli._terminal import end


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


def _by_processes(tasks: Sequence[Task], workers: int) -> Iterator[Made | Failed]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # a process begun anew has no threads of ours in it
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=get_context("spawn")) as pool:
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
