"""Workers as a folder of parts has them (`backtest --workers`): processes that judge parts and give arrays back."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray

from api.cli._executors import processes
from bench._many import FRAMEWORK, halves, library, many_countries
from engine.columns import Columns, Frame

Statuses = NDArray[np.int8]


def statuses(columns: Columns, frame: Frame) -> Statuses:
    """Every calculated status of a frame, by row and unit: the level + 1, or 0 where none is determinate.

    The steps that a version takes on its first day have rows of their own.
    """
    found = [(one.level + np.int8(1)) * (one.taken & one.determinate) for one in columns.blocks(frame)]
    return np.concatenate(found)


class Workers:
    """Some processes, each of which holds the parts of many countries before anything is measured."""

    def __init__(self, weeks: int, copies: int, number: int) -> None:
        self._asked = [(weeks, copies, number, part) for part in range(number)]
        self._pool: ProcessPoolExecutor = processes(number)

    def statuses(self) -> list[Statuses]:
        """Every calculated status, part by part; each part is judged by whoever is free."""
        return list(self._pool.map(_judged, self._asked))

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown()


def _judged(asked: tuple[int, int, int, int]) -> Statuses:
    weeks, copies, number, part = asked
    return statuses(_columns(), _parts(weeks, copies, number)[part])


@cache
def _columns() -> Columns:
    return Columns(library().framework(FRAMEWORK))


@cache
def _parts(weeks: int, copies: int, number: int) -> list[Frame]:
    return halves(many_countries(weeks, copies), number)
