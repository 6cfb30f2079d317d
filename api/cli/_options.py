"""The options that several commands share."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Annotated

import typer

_LAST_YEAR = 9800
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def day(written: str | datetime.date) -> datetime.date:
    """An ISO day of the command line (typer hands a default over too)."""
    if isinstance(written, datetime.date):
        return written
    try:
        if not _DAY.fullmatch(written):
            raise ValueError
        found = datetime.date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"{written} is no day; write it as 2022-08-29") from None
    if found.year > _LAST_YEAR:
        raise typer.BadParameter(f"nothing is decided after the year {_LAST_YEAR}")
    return found


Frameworks = Annotated[
    Path | None,
    typer.Option("--frameworks", metavar="DIR", help="The folder of policy. Default: the shipped one."),
]
FrameworkName = Annotated[
    str | None,
    typer.Option(
        "--framework",
        metavar="ID[@VERSION]",
        help="The framework; with @VERSION that version judges all days. Default: the only one.",
    ),
]
ReturnsFile = Annotated[
    Path,
    typer.Option("--returns", metavar="FILE", help="Staffing returns: CSV, XLSX, JSON, NDJSON or Parquet."),
]
EventsFile = Annotated[
    Path | None, typer.Option("--events", metavar="FILE", help="Declarations and suspensions: YAML or JSON.")
]
AsOf = Annotated[
    datetime.date | None,
    typer.Option(
        "--as-of", metavar="DAY", parser=day, help="The day to decide. Default: that of the newest return."
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write to a file instead of the terminal.")
]
Skip = Annotated[bool, typer.Option("--skip-bad-rows", help="Decide the rest, and list the rows left out.")]
MappingName = Annotated[
    str | None,
    typer.Option(
        "--mapping",
        metavar="ID|FILE",
        help="The file is an export of another tool: read it by this mapping of the framework.",
    ),
]
MappedDay = Annotated[
    datetime.date | None,
    typer.Option(
        "--day", metavar="DAY", parser=day, help="The day of the figures, where the mapping reads none."
    ),
]
