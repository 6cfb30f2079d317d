"""From exports to returns: each export read by its mapping, then all of them judged as returns."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from engine.mapping._figures import Key
from engine.mapping._reader import Export, Reader
from engine.mapping._report import Report
from engine.returns import Returns, read_parsed
from rules.figures import Vocabulary
from rules.model import Organisation
from rules.model._fields import number_text
from rules.model.mapping import ExportMapping
from rules.problems import Place, Problem, ReturnsError, UsageError


class Conversion(NamedTuple):
    """The returns that exports gave, and what became of each export."""

    returns: Returns
    reports: tuple[Report, ...]


def convert(
    exports: Sequence[Export],
    *,
    vocabulary: Vocabulary,
    organisation: Organisation,
    today: datetime.date,
    day: datetime.date | None = None,
) -> Conversion:
    """The returns that some exports give together; one PDU and day may have figures from several of them.

    `day` is the day of the figures for mappings that read none. Raises ReturnsError with every problem at once,
    or UsageError where a mapping's day is missing or given twice.
    """
    returns: dict[Key, _Given] = {}
    problems: list[Problem] = []
    reports = []
    for export in exports:
        _check_day(export.mapping, day)
        try:
            reader = Reader(export, vocabulary, organisation, day)
        except ReturnsError as refused:
            problems += refused.problems
            continue
        problems += reader.read()
        problems += _merge(reader, returns)
        reports.append(reader.report)
    if problems:
        raise ReturnsError(problems)
    return Conversion(_judged(returns, vocabulary, organisation, today), tuple(reports))


def _check_day(mapping: ExportMapping, day: datetime.date | None) -> None:
    if mapping.day is None and day is None:
        raise UsageError(f"The mapping {mapping.mapping} reads no day. Say it with --day.")
    if mapping.day is not None and day is not None:
        message = f"The mapping {mapping.mapping} reads the day from {mapping.day.column}."
        raise UsageError(f"{message} Leave --day out.")


@dataclass(slots=True)
class _Given:
    """The figures of one unit and day, with the cells that they came from."""

    unit: Place
    day: Place
    figures: dict[str, tuple[Decimal | str, Place]] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)


def _merge(reader: Reader, returns: dict[Key, _Given]) -> Iterator[Problem]:
    """Put the figures of one export beside those of others. Two different ones for one thing clash."""
    for found in reader.found():
        whole = returns.get(found.key)
        if whole is None:
            whole = returns[found.key] = _Given(*reader.places(found.key))
        whole.sources[reader.mapping.title] = None
        value, place = whole.figures.setdefault(found.figure, (found.value, found.place))
        if value != found.value:
            pdu, day = found.key
            said = f"{_said(found.value)} here and {_said(value)} in another export"
            message = f"{found.figure} of {pdu} on {day} is {said}."
            yield Problem("PF512", message, found.place, "Fill it from one of the two.", (place,))


def _said(value: Decimal | str) -> str:
    return number_text(value) if isinstance(value, Decimal) else value


def _judged(
    given: dict[Key, _Given], vocabulary: Vocabulary, organisation: Organisation, today: datetime.date
) -> Returns:
    """What was found, judged by the reader of returns, which knows what each input takes on each day."""
    ordered = sorted(given.items())
    file = ordered[0][1].unit.file if ordered else ""

    def place(number: int, name: str) -> Place:
        one = ordered[number - 1][1]
        if name in one.figures:
            return one.figures[name][1]
        return one.day if name == "as_of" else one.unit

    values = [_object(*pair) for pair in ordered]
    return read_parsed(values, file, place, vocabulary=vocabulary, organisation=organisation, today=today)


def _object(key: Key, given: _Given) -> dict[str, Any]:
    """A return as an object of JSON would say it."""
    told: dict[str, Any] = {"pdu": key[0], "as_of": key[1].isoformat()}
    for figure, (value, _) in given.figures.items():
        name, _, member = figure.partition("[")
        if member:
            told.setdefault(name, {})[member.removesuffix("]")] = value
        else:
            told[name] = value
    return told | {"source": "; ".join(given.sources)}
