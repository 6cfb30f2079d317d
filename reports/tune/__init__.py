"""Trigger points that were tried, as a table on a terminal, a page of HTML, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Literal

from engine.tune import Tuning, columns_of, document, rows_of
from reports._render import set_page
from reports._words import tune as words
from reports.language import gettext as _
from reports.tune._build import left_out, narrow, page
from rules.model import Organisation

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Form", "tables", "tell"]

Form = Literal["html", "json", "csv"]
MOST_ROWS = 200
"""Of more candidates the terminal shows the frontier and what is set now."""
MANY, WIDEST = 9, 10
"""With more columns a table is set close; none of counts is wider than this."""


def tell(tuning: Tuning, organisation: Organisation, *, form: Form) -> str:
    """What was tried, in a form.

    :param tuning: what came of it.
    :param organisation: the register, for names and for the words for units and groups.
    """
    if form == "json":
        found = {
            **document(tuning),
            "headline": page(tuning, organisation).headline,
            "note": f"{_(words.CALCULATED)} {_(words.NOTHING)}",
        }
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns_of(tuning))
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows_of(tuning))
        return text.getvalue()
    if form != "html":
        raise ValueError(f"{form!r} is no form of what was tried.")
    return set_page("tune.html.j2", p=page(tuning, organisation), h=words.Headings())


def tables(tuning: Tuning, organisation: Organisation) -> tuple[Table, list[str]]:
    """A table for a terminal, and the sentences that go with it."""
    from rich.table import Table

    made = page(tuning, organisation)
    shown, letters = narrow(tuning, organisation, MOST_ROWS)
    dense = len(shown.columns) > MANY
    table = Table(show_edge=False, pad_edge=False, padding=0 if dense else (0, 1))
    table.add_column(shown.columns[0], justify="right", no_wrap=True)
    table.add_column(shown.columns[1], ratio=1, min_width=10)
    for column in shown.columns[2:-1]:
        table.add_column(column, justify="right", max_width=WIDEST, overflow="fold")
    for row in shown.rows:
        star = " *" if row[-1] else "  "
        table.add_row(row[0] + star, *row[1:-1])
    about = [*made.about]
    if len(shown.rows) < len(made.candidates.rows):
        about += left_out(tuning, shown)
    labels = [f"{label.title}. {label.text}" for label in made.labels]
    return table, [letters, _(words.STAR), made.headline, *made.lead, *labels, *about]
