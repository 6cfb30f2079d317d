"""The command `tune`, and its options."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli._options import FrameworkName, Frameworks, Out, ReturnsFile, day


class TuneFormat(StrEnum):
    """How candidates are printed."""

    table = "table"
    json = "json"
    csv = "csv"
    html = "html"


def tune(
    region: Annotated[str, typer.Argument(metavar="REGION", help="The region's id.")],
    returns: ReturnsFile,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    points: Annotated[
        list[str] | None,
        typer.Option(
            "--points",
            metavar="NAME=FROM:TO:STEP",
            help="A trigger point and what to try; may be repeated, for all combinations. "
            "Default: each that a region may move, one at a time.",
        ),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            "--reference",
            metavar="FILE|INPUT",
            help="What to compare with: a file of declarations, or a category of the returns.",
        ),
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
    format: Annotated[TuneFormat, typer.Option("--format", help="How to print.")] = TuneFormat.table,
    out: Out = None,
    choose: Annotated[
        int | None, typer.Option("--choose", metavar="N", help="Write the settings of this candidate.")
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="FILE", help="A new file for the settings of the candidate."),
    ] = None,
) -> None:
    """Try numbers for the trigger points of a region on past returns."""
    from api.cli import _tune

    asked = _tune.Asked(region, frameworks, framework, points or [], reference, start, until)
    _tune.run(asked, returns, format.value, out, choose, write)
