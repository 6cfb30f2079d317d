"""The command `forecast`, and its options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli._options import AsOf, EventsFile, FrameworkName, Frameworks, Out, ReturnsFile, Skip

WEEKS, FUTURES, MOST_WEEKS, MOST_FUTURES = 26, 10_000, 104, 100_000


class ForecastFormat(StrEnum):
    """How a forecast is printed."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"
    csv = "csv"


def forecast(
    returns: ReturnsFile,
    pipeline: Annotated[
        Path | None,
        typer.Option(
            "--pipeline",
            metavar="FILE",
            help="Starters, leavers and other changes that are known to come: YAML, JSON or CSV.",
        ),
    ] = None,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    events: EventsFile = None,
    as_of: AsOf = None,
    pdu: Annotated[
        list[str] | None, typer.Option("--pdu", metavar="ID", help="Only this unit; may be repeated.")
    ] = None,
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=MOST_WEEKS, help="How many weeks ahead.")
    ] = WEEKS,
    futures: Annotated[
        int,
        typer.Option("--futures", min=1, max=MOST_FUTURES, help="How many courses of the figures are drawn."),
    ] = FUTURES,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other courses.")] = 1,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also", metavar="ID@VERSION", help="Forecast under this version too; may be repeated."
        ),
    ] = None,
    no_rates: Annotated[
        bool,
        typer.Option("--no-rates", help="Figures move only as the pipeline says, not as they have moved."),
    ] = False,
    score: Annotated[
        bool,
        typer.Option("--score", help="Also say how good such forecasts would have been on these returns."),
    ] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="How many processes work.")] = 1,
    skip_bad_rows: Skip = False,
    format: Annotated[ForecastFormat, typer.Option("--format", help="How to print.")] = ForecastFormat.text,
    out: Out = None,
) -> None:
    """Say how likely each status is in the weeks ahead. Say what drives it, too."""
    from api.cli import _forecast

    asked = _forecast.Asked(
        tuple(pdu or ()), as_of, weeks, futures, seed, tuple(also or ()), not no_rates, score, workers
    )
    files = _forecast.Files(returns, pipeline, events, frameworks, framework, skip_bad_rows)
    _forecast.run(asked, files, format.value, out)
