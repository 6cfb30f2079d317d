"""The commands that judge many weeks at once, and their options."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli._options import FrameworkName, Frameworks, day


class BacktestFormat(StrEnum):
    """How a backtest is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    html = "html"


class Grouping(StrEnum):
    """What a row is about."""

    pdu = "pdu"
    region = "region"


class Executor(StrEnum):
    """Who judges the parts of a folder."""

    local = "local"
    dask = "dask"


def backtest(
    returns: Annotated[
        Path,
        typer.Option(
            "--returns", metavar="FILE|DIR", help="Staffing returns: a file, or a folder of files (parts)."
        ),
    ],
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    events: Annotated[
        Path | None,
        typer.Option("--events", metavar="FILE", help="Checked only: statuses are calculated ones."),
    ] = None,
    settings: Annotated[
        Path | None,
        typer.Option("--settings", metavar="FILE", help="Settings of a region, instead of those in force."),
    ] = None,
    start: Annotated[
        datetime.date | None,
        typer.Option("--from", metavar="DAY", parser=day, help="The first day. Default: the first return."),
    ] = None,
    until: Annotated[
        datetime.date | None,
        typer.Option(
            "--until", metavar="DAY", parser=day, help="The last day. Default: the end of the last period."
        ),
    ] = None,
    by: Annotated[Grouping, typer.Option("--by", help="A row for each unit, or for each region.")] = (
        Grouping.pdu
    ),
    format: Annotated[
        BacktestFormat | None,
        typer.Option("--format", help="How to print. Default: table; for a folder parquet."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE|DIR", help="Where results go; for a folder of parts a folder."),
    ] = None,
    executor: Annotated[
        Executor, typer.Option("--executor", help="Who judges the parts of a folder.")
    ] = Executor.local,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="How many parts are judged at a time.")
    ] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Dask's scheduler. Default: one for this run."),
    ] = None,
) -> None:
    """Say how long each unit was at each status, over many weeks."""
    from api.cli import _backtest
    from api.cli._executors import Others
    from api.cli._parts_work import Policy

    policy = Policy(frameworks, framework, settings, start, until)
    shape = format.value if format is not None else None
    others = Others(executor.value, workers, scheduler)
    _backtest.run(policy, returns, events, by.value, shape, out, others)
