"""`prioritise overdue`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal, cast

from api.cli._load import library, returns_of
from api.cli._terminal import console, end, reporting, say, tell, write_out
from engine.owing import KINDS, Options, Owing, owing
from reports.language import gettext as _
from reports.owing import SHORT, heads, summary, told_lines
from reports.owing import tell as told
from rules.model import Organisation
from rules.problems import did_you_mean


def run(
    returns_path: Path,
    frameworks: Path | None,
    name: str | None,
    as_of: datetime.date | None,
    region: str | None,
    kinds: list[str],
    options: Options,
    skip_bad_rows: bool,
    form: str,
    out: Path | None,
) -> None:
    """Say who owes a return, and whose figures look wrong."""
    with reporting(form == "json"):
        loaded = library(frameworks)
        framework = loaded.framework(name)
        known = [one.id for one in loaded.organisation.regions]
        if region is not None and region not in known:
            hint = did_you_mean(region, known)
            end(f"There is no {loaded.organisation.group.one} {region}. {hint}".strip())
        returns = returns_of(returns_path, framework, loaded.organisation, skip_bad_rows, form == "json")
        days = [one.as_of for one in returns.returns]
        day = as_of or max(days, default=None)
        if day is None:
            end("The file holds no returns: say with --as-of for which day they are due.")
        found = owing(
            framework,
            loaded.organisation,
            returns.returns,
            day,
            options=options,
            region=region,
            kinds=kinds or KINDS,
        )
    if form == "table":
        if out is not None:
            end("A table is for the terminal: write --format csv, json or markdown to a file.")
        print_table(found, loaded.organisation)
    else:
        text = told(found, loaded.organisation, cast(Literal["csv", "json", "markdown"], form))
        write_out(text.encode(), out)
    if form in ("csv", "json") and not days:
        say("The file holds no returns.")


def print_table(found: Owing, organisation: Organisation) -> None:
    """The list by region, each with what to ask."""
    from rich.table import Table

    for region, owed in found.regions:
        if not owed:
            continue
        table = Table(title=region.name, title_justify="left", show_edge=False, pad_edge=False)
        table.add_column(organisation.unit.one[:1].upper() + organisation.unit.one[1:], overflow="fold")
        short, sentence = heads()
        table.add_column(short, no_wrap=True)
        table.add_column(sentence, ratio=1, overflow="fold")
        for one in told_lines(owed):
            table.add_row(one.pdu.name, _(SHORT[one.kind]), one.says)
        console().print(table)
        print()
    for line in summary(found, organisation):
        tell(line)
