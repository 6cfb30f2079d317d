"""The command `insights`, and its options."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated

import typer

from api.cli._options import FrameworkName, Frameworks, Out, ReturnsFile, day


class InsightsFormat(StrEnum):
    """How figures are printed."""

    table = "table"
    markdown = "markdown"
    html = "html"
    json = "json"
    csv = "csv"


def insights(
    returns: ReturnsFile,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    view: Annotated[
        list[str] | None,
        typer.Option("--view", metavar="ID", help="Only this view; may be repeated. Default: all."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="WORD",
            help="Split by region, pdu, tag, week or a list such as grade; may be repeated. "
            "Default: as each view says.",
        ),
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", metavar="ID", help="Only this region; may be repeated.")
    ] = None,
    pdu: Annotated[
        list[str] | None, typer.Option("--pdu", metavar="ID", help="Only this unit; may be repeated.")
    ] = None,
    weeks: Annotated[
        int | None, typer.Option("--weeks", min=1, max=520, help="So many weeks, week by week.")
    ] = None,
    start: Annotated[
        datetime.date | None,
        typer.Option("--from", metavar="DAY", parser=day, help="Week by week, back to this day."),
    ] = None,
    last: Annotated[
        datetime.date | None,
        typer.Option(
            "--to", "--as-of", metavar="DAY", parser=day, help="The last day. Default: the newest return's."
        ),
    ] = None,
    format: Annotated[InsightsFormat, typer.Option("--format", help="How to print.")] = InsightsFormat.table,
    out: Out = None,
) -> None:
    """Tell vacancies, absence and other figures. They are of many units, by region, grade, tag or week."""
    from api.cli import _insights

    asked = _insights.Asked(view or [], by or [], region or [], pdu or [], start, last, weeks)
    _insights.run(asked, returns, frameworks, framework, format.value, out)
