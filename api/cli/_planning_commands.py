"""The options of `prioritise may`, `relief` and `distance`: what follows from a status, for one unit or many."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from api.cli._options import AsOf, EventsFile, FrameworkName, Frameworks, Out, ReturnsFile, Skip

Unit = Annotated[str | None, typer.Argument(metavar="[PDU]", help="The unit's id.")]
Everyone = Annotated[bool, typer.Option("--all", help="Every unit of the file, one line each.")]
Regions = Annotated[
    list[str] | None,
    typer.Option("--region", metavar="ID", help="Every unit of this region; may be repeated."),
]


class MayFormat(StrEnum):
    """How the answer to one question is printed."""

    text = "text"
    json = "json"


class PlanFormat(StrEnum):
    """How it is printed, of one unit or of many."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"
    csv = "csv"


Form = Annotated[PlanFormat, typer.Option("--format", help="How to print.")]


def may(
    pdu: Annotated[str, typer.Argument(metavar="PDU", help="The unit's id.")],
    activity: Annotated[str, typer.Argument(metavar="ACTIVITY", help="The activity's id.")],
    returns: ReturnsFile,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    cohort: Annotated[
        list[str] | None,
        typer.Option("--cohort", metavar="ID", help="A cohort that the case is in; may be repeated."),
    ] = None,
    no_cohort: Annotated[
        bool, typer.Option("--no-cohort", help="The case is in none of the cohorts.")
    ] = False,
    events: EventsFile = None,
    as_of: AsOf = None,
    skip_bad_rows: Skip = False,
    format: Annotated[MayFormat, typer.Option("--format", help="How to print.")] = MayFormat.text,
    out: Out = None,
) -> None:
    """Say whether something may be reduced for a case. Yes, no, or within which limits."""
    from api.cli import _may

    _may.run(
        pdu, activity, cohort or [], no_cohort, frameworks, framework, returns, events, as_of, skip_bad_rows,
        format.value, out,
    )  # fmt: skip


def relief(
    returns: ReturnsFile,
    pdu: Unit = None,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    everyone: Everyone = False,
    region: Regions = None,
    events: EventsFile = None,
    as_of: AsOf = None,
    skip_bad_rows: Skip = False,
    format: Form = PlanFormat.text,
    out: Out = None,
) -> None:
    """Say whether the reductions are enough. Hours that they release stand beside those that are missing."""
    from api.cli import _relief
    from api.cli._asking import Asked

    asked = Asked(
        pdu,
        everyone,
        region or [],
        frameworks,
        framework,
        returns,
        events,
        as_of,
        skip_bad_rows,
        format.value,
    )
    _relief.run(asked, out)


def distance(
    returns: ReturnsFile,
    pdu: Unit = None,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    everyone: Everyone = False,
    region: Regions = None,
    events: EventsFile = None,
    as_of: AsOf = None,
    skip_bad_rows: Skip = False,
    format: Form = PlanFormat.text,
    out: Out = None,
) -> None:
    """Say what would change the status. It is the least change of the figures, either way."""
    from api.cli import _distance
    from api.cli._asking import Asked

    asked = Asked(
        pdu,
        everyone,
        region or [],
        frameworks,
        framework,
        returns,
        events,
        as_of,
        skip_bad_rows,
        format.value,
    )
    _distance.run(asked, out)
