"""Words for what became of exports: which rows gave figures, and which did not and why."""

from __future__ import annotations

from collections.abc import Sequence

from reports._format import number
from reports.language import gettext as _
from reports.language import ngettext


def whole(returns: int, figures: int) -> str:
    # Translators: what all exports gave together; {figures} is such as "6 figures".
    text = ngettext("{number} return with {figures}.", "{number} returns with {figures}.", returns)
    return text.format(number=number(str(returns)), figures=_figures(figures))


def _figures(size: int) -> str:
    # Translators: stands in "2 returns with 6 figures." and in "6 figures from Cases in 3 rows".
    return ngettext("{number} figure", "{number} figures", size).format(number=number(str(size)))


def _rows(size: int) -> str:
    # Translators: stands in "7 rows read, …" and in "6 figures from Cases in 3 rows".
    return ngettext("{number} row", "{number} rows", size).format(number=number(str(size)))


def days(size: int) -> str:
    # Translators: stands in "…: 7 rows read, 6 taken: 2 PDUs, 5 days."
    return ngettext("{number} day", "{number} days", size).format(number=number(str(size)))


def export(file: str, mapping: str, rows: int, taken: int, units: str, days: str) -> str:
    # Translators: {rows} is such as "7 rows"; {number} of them are taken; {units} is "2 PDUs", {days} is "5 days".
    text = ngettext(
        "{file}, by the mapping {mapping}: {rows} read, {number} taken: {units}, {days}.",
        "{file}, by the mapping {mapping}: {rows} read, {number} taken: {units}, {days}.",
        taken,
    )
    return text.format(
        file=file, mapping=mapping, rows=_rows(rows), number=number(str(taken)), units=units, days=days
    )


def left_out(rows: int, column: str, value: str) -> str:
    if not value:
        text = ngettext(
            "{number} row left out: {column} is empty.", "{number} rows left out: {column} is empty.", rows
        )
        return text.format(number=number(str(rows)), column=column)
    text = ngettext(
        "{number} row left out: {column} is {value}.", "{number} rows left out: {column} is {value}.", rows
    )
    return text.format(number=number(str(rows)), column=column, value=repr(value))


def left_out_otherwise(rows: int, values: int) -> str:
    # Translators: {values} is a number of values, and is more than one as a rule.
    text = ngettext(
        "{number} row left out for {values} other values.",
        "{number} rows left out for {values} other values.",
        rows,
    )
    return text.format(number=number(str(rows)), values=number(str(values)))


def figure(name: str, figures: int, column: str | None, rows: int) -> str:
    if column is None:
        # Translators: {figures} is such as "6 figures", {rows} such as "3 rows".
        text = _("{figure}: {figures} by counting rows in {rows}.")
        return text.format(figure=name, figures=_figures(figures), rows=_rows(rows))
    # Translators: {figures} is such as "6 figures", {rows} such as "3 rows".
    text = _("{figure}: {figures} from {column} in {rows}.")
    return text.format(figure=name, figures=_figures(figures), column=column, rows=_rows(rows))


def ignored(rows: int, values: Sequence[tuple[str, int]], few: int) -> str:
    """Rows that a figure does not count, with so many of their values by name."""
    empty = _("empty")
    shown = ", ".join(f"{value or empty} ({number(str(size))})" for value, size in values[:few])
    more = len(values) - few
    if more > 0:
        # Translators: {values} is such as "Head (3), Total (1)"; then so many more values.
        text = ngettext("{values} and {number} more", "{values} and {number} more", more)
        shown = text.format(values=shown, number=number(str(more)))
    # Translators: {values} is such as "Head (3), Total (1)".
    text = ngettext("{number} row ignored: {values}.", "{number} rows ignored: {values}.", rows)
    return text.format(number=number(str(rows)), values=shown)


def ignored_columns(names: Sequence[str]) -> str:
    return _("Columns ignored: {columns}.").format(columns=", ".join(names))


def not_given(figure: str, unit: str, day: object, row: int) -> str:
    # Translators: {unit} is the id of a unit.
    text = _("{figure} of {unit} on {day} is not given: row {row} is empty.")
    return text.format(figure=figure, unit=unit, day=day, row=row)


def more_not_given(size: int) -> str:
    # Translators: 1 is among the cases.
    text = ngettext("{number} more figures are not given.", "{number} more figures are not given.", size)
    return text.format(number=number(str(size)))
