"""The commands under `prioritise new` and their options."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli._options import Frameworks, day

app = typer.Typer(
    help="Write a file to begin with. It is a version, the settings of a region, scenarios or a register.",
    no_args_is_help=True,
)

NewFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write to a new file instead of the terminal."),
]
FromFramework = Annotated[
    str | None,
    typer.Option(
        "--framework",
        metavar="ID[@VERSION]",
        help="The framework; with @VERSION that version is taken. Default: the only one, as it is in force.",
    ),
]


@app.command()
def version(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the new version.")],
    effective: Annotated[
        datetime.date,
        typer.Option("--effective", metavar="DAY", parser=day, help="The first day on which it is in force."),
    ],
    framework: FromFramework = None,
    frameworks: Frameworks = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="Begin with a small example, not with what is in force.")
    ] = False,
    out: NewFile = None,
) -> None:
    """Write a new version: a copy of the one in force, with its comments, or a small first one."""
    from api.cli import _new

    _new.version(name, effective, framework, frameworks, blank, out)


@app.command()
def region(
    region: Annotated[str, typer.Argument(metavar="REGION", help="The region's id.")],
    effective: Annotated[
        datetime.date | None,
        typer.Option(
            "--effective", metavar="DAY", parser=day, help="The first day of the settings. Default: today."
        ),
    ] = None,
    framework: FromFramework = None,
    frameworks: Frameworks = None,
    out: NewFile = None,
) -> None:
    """Write the settings of a region: every number that it may move, and what is set now."""
    from api.cli import _new

    _new.region(region, effective, framework, frameworks, out)


@app.command()
def scenario(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="What the scenario shows, in a sentence.")
    ] = None,
    framework: FromFramework = None,
    frameworks: Frameworks = None,
    out: NewFile = None,
) -> None:
    """Write scenarios to change: figures around the first trigger, and what is decided on them."""
    from api.cli import _new

    _new.scenario(name, framework, frameworks, out)


@app.command()
def organisation(out: NewFile = None) -> None:
    """Write a register of regions and units to fill in."""
    from api.cli import _new

    _new.organisation(out)
