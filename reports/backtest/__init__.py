"""A backtest as a table on a terminal, a page of HTML, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Literal

from engine.bulk import Past, columns_of, document, rows_of
from reports._render import set_page
from reports._words import backtest as words
from reports.backtest._build import By, narrow, page
from reports.language import gettext as _
from rules.model import Organisation

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["By", "Form", "tables", "tell"]

Form = Literal["html", "json", "csv"]
MANY, WIDEST = 7, 6
"""With more columns a table is set close; the columns of statuses are not wider than this."""


def tell(past: Past, organisation: Organisation, *, by: By, form: Form) -> str:
    """How long each status held, in a form.

    :param past: what was found.
    :param organisation: the register, for names and for the words for units and groups.
    :param by: whether rows are units or regions.
    """
    if form == "json":
        made = page(past, organisation, by)
        found = {**document(past, organisation, by), "headline": made.headline, "note": _(words.CALCULATED)}
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns_of(past, by))
        writer.writerows(
            ["" if cell is None else cell for cell in row] for row in rows_of(past, organisation, by)
        )
        return text.getvalue()
    if form != "html":
        raise ValueError(f"{form!r} is no form of a backtest.")
    return set_page("backtest.html.j2", p=page(past, organisation, by), h=words.Headings())


def tables(past: Past, organisation: Organisation, *, by: By) -> tuple[Table, list[str]]:
    """A table for a terminal, and the sentences that go with it."""
    from rich.table import Table

    made = page(past, organisation, by)
    shown = narrow(past, organisation, by)
    dense = len(shown.columns) > MANY
    table = Table(show_edge=False, pad_edge=False, padding=0 if dense else (0, 1))
    table.add_column(shown.columns[0], ratio=1, overflow="fold")
    for column in shown.columns[1:-2]:
        table.add_column(column, justify="right", max_width=WIDEST)
    table.add_column(shown.columns[-2], justify="right", no_wrap=True)
    table.add_column(shown.columns[-1])
    for row in shown.rows:
        table.add_row(*row)
    labels = [f"{label.title}. {label.text}" for label in made.labels]
    return table, [made.headline, *made.lead, *labels, *made.about]
