"""`prioritise convert` and its options. What it does is imported when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli._options import FrameworkName, Frameworks, MappedDay


class ConvertFormat(StrEnum):
    """How it is told what became of the rows."""

    text = "text"
    json = "json"


def convert(
    exports: Annotated[
        list[Path],
        typer.Argument(metavar="EXPORT…", help="One export or several: CSV or XLSX of another tool."),
    ],
    mapping: Annotated[
        list[str],
        typer.Option(
            "--mapping",
            metavar="ID|FILE",
            help="How it is read: a mapping of the framework, or a file. Several exports take one for all, "
            "or one each in the same order.",
        ),
    ],
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    as_of: MappedDay = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the returns to a file instead of the terminal."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write no returns; only say what would become of each row.")
    ] = False,
    format: Annotated[
        ConvertFormat, typer.Option("--format", help="How to print what became of the rows.")
    ] = ConvertFormat.text,
) -> None:
    """Make returns of another tool's export. Say what became of every row."""
    from api.cli import _convert

    _convert.run(exports, mapping, frameworks, framework, as_of, out, dry_run, format.value)
