"""What became of exports, in words: how many rows gave figures, and which did not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from engine.mapping import Conversion, Report

MANY, FEW = 12, 3


def document(conversion: Conversion) -> dict[str, Any]:
    """The same as plain values, for a program."""
    returns = conversion.returns.returns
    return {
        "returns": len(returns),
        "figures": sum(len(one.figures) for one in returns),
        "exports": [report.as_dict() for report in conversion.reports],
    }


def lines(conversion: Conversion, one: str = "PDU", many: str = "PDUs") -> Iterator[str]:
    """What became of each export, and what came of all of them. `one` and `many` are the words for a unit."""
    for report in conversion.reports:
        yield from _export(report, one, many)
    returns = conversion.returns.returns
    figures = sum(len(found.figures) for found in returns)
    yield f"{_counted(len(returns), 'return')} with {_counted(figures, 'figure')}."


def _export(report: Report, one: str, many: str) -> Iterator[str]:
    days = f"{report.days[0]}" if len(report.days) == 1 else f"{len(report.days):,} days"
    units = f"1 {one}" if report.units == 1 else f"{report.units:,} {many}"
    read = f"{_counted(report.rows, 'row')} read, {report.taken:,} taken: {units}, {days}"
    yield f"{report.file}, by the mapping {report.mapping}: {read}."
    for (column, value), rows in sorted(report.left_out.items())[:MANY]:
        said = f"{column} is {value!r}" if value else f"{column} is empty"
        yield f"  {_counted(rows, 'row')} left out: {said}."
    if len(report.left_out) > MANY:
        rows = sum(rows for _, rows in sorted(report.left_out.items())[MANY:])
        yield f"  {_counted(rows, 'row')} left out for {len(report.left_out) - MANY:,} other values."
    for figure in report.figures:
        source = f"from {figure.column}" if figure.column is not None else "by counting rows"
        taken = f"{_counted(figure.figures, 'figure')} {source} in {_counted(figure.rows, 'row')}"
        yield f"  {figure.input}: {taken}."
        if figure.ignored:
            yield f"    {_counted(figure.ignored.total(), 'row')} ignored: {_values(figure.ignored)}."
    if report.ignored_columns:
        yield f"  Columns ignored: {', '.join(report.ignored_columns)}."
    yield from _not_given(report)


def _values(counts: Counter[str]) -> str:
    """Values with how many rows hold each, the first few by name."""
    shown = [f"{value or 'empty'} ({rows:,})" for value, rows in sorted(counts.items())]
    more = f" and {len(shown) - FEW:,} more" if len(shown) > FEW else ""
    return ", ".join(shown[:FEW]) + more


def _not_given(report: Report) -> Iterator[str]:
    for note in report.not_given[:MANY]:
        yield f"  {note.figure} of {note.pdu} on {note.as_of} is not given: row {note.row} is empty."
    if len(report.not_given) > MANY:
        yield f"  {len(report.not_given) - MANY:,} more figures are not given."


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def text(conversion: Conversion, words: Sequence[str]) -> str:
    """The whole report as text; `words` are those for one unit and for many."""
    return "".join(f"{line}\n" for line in lines(conversion, *words))
