"""`prioritise insights`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from api.cli._folders import shipped
from api.cli._load import library, today
from api.cli._terminal import FOUND_PROBLEMS, console, end, read_file, reporting, tell, write_out
from engine.bulk import Bulk, read_bulk
from engine.insights import Insights, asked, insights
from reports.insights import Form, tables
from reports.insights import tell as told
from rules.framework import Framework
from rules.library import load_views
from rules.model import Organisation
from rules.problems import UsageError


@dataclass(frozen=True, slots=True)
class Asked:
    """Which views, split by what, of whom and for which days."""

    views: Sequence[str]
    by: Sequence[str]
    regions: Sequence[str]
    pdus: Sequence[str]
    first: datetime.date | None
    last: datetime.date | None
    weeks: int | None


def run(
    ask: Asked, returns: Path, frameworks: Path | None, name: str | None, form: str, out: Path | None
) -> None:
    """Work the figures of a file out and tell them."""
    if form == "table" and out is not None:
        end("A table is for the terminal: with --out name another --format.")
    with reporting(form == "json"):
        found = library(frameworks)
        framework = found.framework(name)
        views = load_views(frameworks if frameworks is not None else shipped(), framework)
        if not views:
            raise UsageError(f"{framework.id} has no views. Write one into its folder views.")
        bulk = _read(returns, framework, found.organisation)
        days = bulk.frame.day[bulk.frame.has]
        if not days.size:
            end("The file holds no returns: there is nothing to tell.", FOUND_PROBLEMS)
        question = asked(
            framework,
            found.organisation,
            views,
            names=ask.views,
            by=ask.by,
            regions=ask.regions,
            pdus=ask.pdus,
            first=ask.first,
            last=ask.last or datetime.date.fromordinal(int(days.max())),
            weeks=ask.weeks,
            begun=datetime.date.fromordinal(int(days.min())),
        )
        figures = insights(framework, found.organisation, bulk.frame, question, synthetic=bulk.synthetic)
    _tell(figures, found.organisation, framework, form, out)


def _read(path: Path, framework: Framework, organisation: Organisation) -> Bulk:
    """The returns of a file. Raises ReturnsError."""
    return read_bulk(
        [(read_file(path), str(path))],
        framework.policies[0].version.returns.every,
        vocabulary=framework.vocabulary,
        organisation=organisation,
        today=today(),
    )


def _tell(
    figures: Insights, organisation: Organisation, framework: Framework, form: str, out: Path | None
) -> None:
    if form != "table":
        write_out(told(figures, organisation, framework, form=cast(Form, form)).encode(), out)
        return
    screen = console()
    for title, table, sentences in tables(figures, organisation, framework):
        if title:
            tell(title)
            print()
        if table is not None:
            screen.print(table)
            print()
        for sentence in sentences:
            tell(sentence)
        if title:
            print()
