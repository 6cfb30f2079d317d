"""`prioritise overdue` and its options. What it does is imported when it runs."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import typer

from api.cli._options import AsOf, FrameworkName, Frameworks, Out, ReturnsFile, Skip


class OverdueFormat(StrEnum):
    """How the list is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    markdown = "markdown"


class Kind(StrEnum):
    """What may be owed."""

    missing = "missing"
    stale = "stale"
    late = "late"
    not_given = "not_given"
    jump = "jump"
    unchanged = "unchanged"


def overdue(
    returns: ReturnsFile,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    as_of: AsOf = None,
    region: Annotated[
        str | None, typer.Option("--region", metavar="ID", help="Only the units of this region.")
    ] = None,
    kind: Annotated[
        list[Kind] | None, typer.Option("--kind", help="Only what is owed in this way; may be repeated.")
    ] = None,
    late_after: Annotated[
        int,
        typer.Option(
            "--late-after", min=0, max=365, metavar="DAYS", help="Late so many days after the due day."
        ),
    ] = 0,
    jump_times: Annotated[
        int,
        typer.Option(
            "--jump-times", min=1, max=1000, metavar="N", help="A jump is N times the largest earlier change."
        ),
    ] = 2,
    jump_least: Annotated[
        int,
        typer.Option(
            "--jump-least",
            min=0,
            max=10_000,
            metavar="PERCENT",
            help="And more than PERCENT of the figure before.",
        ),
    ] = 20,
    unchanged_for: Annotated[
        int,
        typer.Option(
            "--unchanged-for",
            min=2,
            max=520,
            metavar="N",
            help="A figure stands still after N equal returns.",
        ),
    ] = 8,
    skip_bad_rows: Skip = False,
    format: Annotated[OverdueFormat, typer.Option("--format", help="How to print.")] = OverdueFormat.table,
    out: Out = None,
) -> None:
    """Say who owes a return. Say whose figures look wrong, too, by region."""
    from api.cli import _overdue
    from engine.owing import Options

    options = Options(
        late_after=late_after,
        times=Decimal(jump_times),
        least=Decimal(jump_least),
        unchanged_for=unchanged_for,
    )
    kinds = [one.value for one in kind or ()]
    _overdue.run(
        returns, frameworks, framework, as_of, region, kinds, options, skip_bad_rows, format.value, out
    )
