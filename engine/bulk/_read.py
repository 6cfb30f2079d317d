"""Files of returns as one frame: the quick way where all is plainly fine, else the careful one."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from engine.bulk._assemble import frame_from
from engine.bulk._batch import SYNTHETIC, batch_of
from engine.bulk._doubt import Doubt
from engine.bulk._tables import Opened, opened
from engine.columns import Frame, frame_of
from engine.returns import read_returns
from rules.figures import Return, Vocabulary
from rules.model import Organisation, Pdu
from rules.problems import Place, Problem, ReturnsError
from rules.said import said

File = tuple[bytes, str]
"""The bytes of a file, and its name."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What returns are judged by."""

    vocabulary: Vocabulary
    organisation: Organisation
    today: datetime.date

    def read(self, file: File) -> Sequence[Return]:
        """The returns of a file, read with care. Raises ReturnsError with every problem."""
        return read_returns(
            *file, vocabulary=self.vocabulary, organisation=self.organisation, today=self.today
        ).returns


@dataclass(frozen=True, slots=True)
class Bulk:
    """The returns of some files as a frame. `quick` says which way they were read.

    `synthetic` says that the figures of some are made up.
    """

    frame: Frame
    synthetic: bool
    quick: bool
    _desk: Desk
    _tables: Sequence[Opened]
    _returns: Sequence[Return]

    def returns(self, units: Collection[str]) -> list[tuple[Pdu, list[Return]]]:
        """The returns of some units, read with care, so that they can be decided one by one."""
        found: dict[str, list[Return]] = {id_: [] for id_ in units}
        given = [one for one in self._returns if one.pdu in found]
        for table in self._tables:
            given += self._desk.read(_extract(table, units))
        for one in given:
            found[one.pdu].append(one)
        return [(pdu, found[pdu.id]) for pdu in self.frame.units if pdu.id in found]


def read_bulk(
    files: Sequence[File],
    every: int,
    *,
    vocabulary: Vocabulary,
    organisation: Organisation,
    today: datetime.date,
) -> Bulk:
    """The returns of some files, none of which has a return that another one has.

    `every` is the days between returns. Raises ReturnsError with every problem, as `read_returns` does.
    """
    desk = Desk(vocabulary, organisation, today)
    try:
        tables = [opened(*file) for file in files]
        batches = [batch_of(table, vocabulary, organisation, today) for table in tables]
        frame = frame_from(batches, organisation.pdus, every)
    except Doubt:
        return _careful(files, every, desk)
    return Bulk(frame, any(batch.synthetic for batch in batches), True, desk, tables, ())


def bulk_of(units: Sequence[tuple[Pdu, Sequence[Return]]], every: int, desk: Desk) -> Bulk:
    """Returns that were read before, each unit's in the order of their days; `every` is the days between returns."""
    kept = [one for _, own in units for one in own]
    synthetic = any(one.annotations.get("basis") == SYNTHETIC for one in kept)
    return Bulk(frame_of(units, every), synthetic, False, desk, (), kept)


def _careful(files: Sequence[File], every: int, desk: Desk) -> Bulk:
    """Every file by the careful reader, which tells what is wrong."""
    units = {pdu.id: pdu for pdu in desk.organisation.pdus}
    given: dict[tuple[str, datetime.date], tuple[Return, str]] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            returns = desk.read(file)
        except ReturnsError as refused:
            problems += refused.problems
            continue
        for one in returns:
            first = given.setdefault((one.pdu, one.as_of), (one, file[1]))
            if first[0] is not one:
                problems.append(_twice(one, first[1], file[1]))
    if problems:
        raise ReturnsError(problems)
    by_unit: dict[str, list[Return]] = {}
    for key in sorted(given):
        by_unit.setdefault(key[0], []).append(given[key][0])
    return bulk_of([(units[id_], own) for id_, own in by_unit.items()], every, desk)


def _twice(one: Return, first: str, second: str) -> Problem:
    message = said("{pdu} has figures for {day} in another file too.", pdu=one.pdu, day=one.as_of)
    return Problem("PF512", message, Place(second), said("Keep them in one of the two."), (Place(first),))


def _extract(table: Opened, units: Collection[str]) -> File:
    """The rows of some units as a file of their own, with the cells as they stand."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = pc.is_in(table.table.column("pdu").cast(pa.string()), value_set=pa.array(sorted(units)))
    rows: Any = table.table.filter(wanted)
    if not table.loose:
        sink = io.BytesIO()
        pq.write_table(rows, sink)
        return sink.getvalue(), table.name
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows.column_names)
    writer.writerows(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    return text.getvalue().encode(), table.name
