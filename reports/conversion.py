"""What became of exports, in words: how many rows gave figures, and which did not and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.mapping import Conversion, Report
from reports._format import count
from reports._words import conversion as words

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
    yield words.whole(len(returns), sum(len(found.figures) for found in returns))


def _export(report: Report, one: str, many: str) -> Iterator[str]:
    days = f"{report.days[0]}" if len(report.days) == 1 else words.days(len(report.days))
    units = count(report.units, one, many)
    yield words.export(report.file, report.mapping, report.rows, report.taken, units, days)
    for (column, value), rows in sorted(report.left_out.items())[:MANY]:
        yield f"  {words.left_out(rows, column, value)}"
    if len(report.left_out) > MANY:
        rows = sum(rows for _pair, rows in sorted(report.left_out.items())[MANY:])
        yield f"  {words.left_out_otherwise(rows, len(report.left_out) - MANY)}"
    for figure in report.figures:
        yield f"  {words.figure(figure.input, figure.figures, figure.column, figure.rows)}"
        if figure.ignored:
            values = sorted(figure.ignored.items())
            yield f"    {words.ignored(figure.ignored.total(), values, FEW)}"
    if report.ignored_columns:
        yield f"  {words.ignored_columns(report.ignored_columns)}"
    yield from _not_given(report)


def _not_given(report: Report) -> Iterator[str]:
    for note in report.not_given[:MANY]:
        yield f"  {words.not_given(note.figure, note.pdu, note.as_of, note.row)}"
    if len(report.not_given) > MANY:
        yield f"  {words.more_not_given(len(report.not_given) - MANY)}"
