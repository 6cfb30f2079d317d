"""The commands that write files to begin with, and their options."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli._options import FrameworkName, Frameworks, Out, day


class TemplateFormat(StrEnum):
    """Which kind of empty file is written."""

    csv = "csv"
    xlsx = "xlsx"


class SchemaName(StrEnum):
    """The documents that have a JSON Schema."""

    framework = "framework"
    region = "region"
    scenarios = "scenarios"
    organisation = "organisation"
    events = "events"
    pipeline = "pipeline"
    view = "view"
    mapping = "mapping"
    returns = "returns"
    decision = "decision"


def sample(
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=520, help="How many weeks.")] = 104,
    start: Annotated[
        datetime.date, typer.Option("--from", metavar="DAY", parser=day, help="The first day.")
    ] = datetime.date(2022, 1, 31),
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives other figures.")] = 1,
    out: Out = None,
    events: Annotated[
        Path | None,
        typer.Option("--events", metavar="FILE", help="Also write the events that belong to them."),
    ] = None,
    pipeline: Annotated[
        Path | None,
        typer.Option(
            "--pipeline",
            metavar="FILE",
            help="Also write what is known of the weeks after them: .yaml, .json or .csv.",
        ),
    ] = None,
) -> None:
    """Write synthetic weekly returns for all units as CSV."""
    from api.cli import _sample

    _sample.run(frameworks, framework, weeks, start, seed, out, events, pipeline)


def template(
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    format: Annotated[
        TemplateFormat, typer.Option("--format", help="Which kind of file.")
    ] = TemplateFormat.csv,
    out: Out = None,
) -> None:
    """Write an empty returns file. It has the columns that a framework needs."""
    from api.cli import _sample

    _sample.run_template(frameworks, framework, format.value, out)


def schema(
    name: Annotated[SchemaName, typer.Argument(help="Which document.")] = SchemaName.framework,
) -> None:
    """Print the JSON Schema of a document, for editors and programs."""
    from api.cli import _schema

    _schema.run(name.value)
