"""Figures of many units, as tables on a terminal, Markdown, a page of HTML, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from engine.insights import Insights, columns_of, document, rows_of
from reports._render import set_page
from reports._words import insights as words
from reports.insights._build import page
from reports.language import gettext as _
from rules.framework import Framework
from rules.model import Organisation

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Form", "as_csv", "tables", "tell"]

Form = Literal["markdown", "html", "json", "csv"]
WIDEST = 16
_TEMPLATES = {"markdown": "insights.md.j2", "html": "insights.html.j2"}


def tell(found: Insights, organisation: Organisation, framework: Framework, *, form: Form) -> str:
    """Figures in a form.

    :param organisation: the register, for names and for the words for units and groups.
    :param framework: for what the members of its lists are called.
    """
    if form == "json":
        return json.dumps(document(found), ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return as_csv(found)
    if form not in _TEMPLATES:
        raise ValueError(f"{form!r} is no form of figures.")
    return set_page(_TEMPLATES[form], p=page(found, organisation, framework), h=words.Headings())


def as_csv(found: Insights) -> str:
    """One row for each figure; an empty cell is not known, or not split by."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns_of(found))
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows_of(found))
    return text.getvalue()


def tables(
    found: Insights, organisation: Organisation, framework: Framework
) -> Iterator[tuple[str, Table | None, list[str]]]:
    """For each view its title, its table for a terminal, and its sentences; last what is said of all."""
    from rich.table import Table

    made = page(found, organisation, framework)
    for section in made.sections:
        told = next(one for one in found.views if one.view.id == section.id)
        table = Table(show_edge=False, pad_edge=False)
        places = (
            len(section.table.columns) - len(told.figures) - (_(words.MISSING) in section.table.columns[-1:])
        )
        for number, column in enumerate(section.table.columns):
            if number < places:
                words_ = [word for row in section.table.rows for word in row[number].split()]
                least = min(WIDEST, max(map(len, words_), default=1))  # so that words are broken only if long
                table.add_column(column, overflow="fold", min_width=least, ratio=1 if number == 0 else None)
            else:
                table.add_column(column, justify="right", overflow="fold")
        for row in section.table.rows:
            table.add_row(*row)
        shown = table if section.table.rows else None
        yield section.title, shown, [*([section.note] if section.note else []), *section.sentences]
    labels = [f"{label.title}. {label.text}" for label in made.labels]
    yield "", None, [made.headline, *made.about, *labels]
