"""The commands and their options. What a command does is imported when it runs, so that help is quick."""

from __future__ import annotations

import copy
import datetime
import gc
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command_name
from typer.models import CommandInfo

from api.cli import (
    _bulk_commands,
    _check_commands,
    _convert_command,
    _file_commands,
    _forecast_command,
    _insights_command,
    _ledger_commands,
    _new_commands,
    _overdue_command,
    _planning_commands,
    _tune_command,
)
from api.cli._options import (
    AsOf,
    EventsFile,
    FrameworkName,
    Frameworks,
    MappedDay,
    MappingName,
    Out,
    ReturnsFile,
    Skip,
    day,
)

app = typer.Typer(
    name="prioritise",
    help="Decides from staffing returns which status a probation delivery unit has, and what it may reduce.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help comes in half the time: rich would bring a reader of Markdown
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class EvaluateFormat(StrEnum):
    """How decisions are printed."""

    table = "table"
    json = "json"
    ndjson = "ndjson"
    csv = "csv"


class ExplainFormat(StrEnum):
    """How an explanation is printed."""

    text = "text"
    markdown = "markdown"
    html = "html"
    pdf = "pdf"
    json = "json"


class PreviewFormat(StrEnum):
    """How a preview is printed."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"prioritise {version('prioritise')}")
        except PackageNotFoundError:
            typer.echo("prioritise (run from its folder, not installed)")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="TAG",
            envvar="PRIORITISE_LANGUAGE",
            help="The language of reports and pages. Default: en-GB.",
        ),
    ] = None,
) -> None:
    """Decide, explain and check prioritisation frameworks."""
    if language:
        from api.cli import _language

        _language.choose(language)


@app.command()
def demo(
    frameworks: Frameworks = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the reports go.")] = Path(
        "demo-output"
    ),
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=520, help="How many weeks of synthetic returns.")
    ] = 104,
    seed: Annotated[int, typer.Option("--seed", help="The seed of the synthetic returns.")] = 1,
    serve: Annotated[
        bool, typer.Option("--serve", help="Go on to the pages, with figures that reach to this week.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="PORT", min=0, max=65535, help="The port of the pages. Default: 8000."
        ),
    ] = None,
) -> None:
    """Decide every unit on the shipped data. Print the table, write the reports; --serve goes on to the pages."""
    from api.cli import _demo

    _demo.run(frameworks, out, weeks, seed)
    if serve:
        from api.cli import _demo_serve

        _demo_serve.run(frameworks, out, seed, port)


@app.command()
def evaluate(
    returns: ReturnsFile,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    events: EventsFile = None,
    as_of: AsOf = None,
    pdu: Annotated[
        list[str] | None, typer.Option("--pdu", metavar="ID", help="Only this unit; may be repeated.")
    ] = None,
    parents: Annotated[
        bool,
        typer.Option("--parents", help="Also the regions and the whole that have a status of their own."),
    ] = False,
    mapping: MappingName = None,
    mapped_day: MappedDay = None,
    skip_bad_rows: Skip = False,
    format: Annotated[EvaluateFormat, typer.Option("--format", help="How to print.")] = EvaluateFormat.table,
) -> None:
    """Decide each unit in a file of returns. Nothing is stored."""
    from api.cli import _evaluate

    _evaluate.run(
        frameworks, framework, returns, events, as_of, pdu or [], parents, skip_bad_rows, format.value,
        mapping, mapped_day,
    )  # fmt: skip


@app.command()
def explain(
    pdu: Annotated[str, typer.Argument(metavar="PDU", help="The unit's id.")],
    returns: ReturnsFile,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    events: EventsFile = None,
    as_of: AsOf = None,
    skip_bad_rows: Skip = False,
    format: Annotated[ExplainFormat, typer.Option("--format", help="How to print.")] = ExplainFormat.text,
    out: Out = None,
) -> None:
    """Explain one decision. Say the status, why, what may be reduced and what must not."""
    from api.cli import _explain

    _explain.run(pdu, frameworks, framework, returns, events, as_of, skip_bad_rows, format.value, out)


app.command()(_planning_commands.may)
app.command()(_planning_commands.relief)
app.command()(_planning_commands.distance)


@app.command()
def preview(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The settings of a region, or a version. May lie anywhere.")
    ],
    returns: ReturnsFile,
    frameworks: Frameworks = None,
    events: EventsFile = None,
    pdu: Annotated[
        list[str] | None, typer.Option("--pdu", metavar="ID", help="Only this unit; may be repeated.")
    ] = None,
    start: Annotated[
        datetime.date | None,
        typer.Option("--from", metavar="DAY", parser=day, help="The first day looked at."),
    ] = None,
    until: Annotated[
        datetime.date | None,
        typer.Option("--until", metavar="DAY", parser=day, help="The last day looked at."),
    ] = None,
    as_if: Annotated[
        datetime.date | None,
        typer.Option(
            "--as-if",
            metavar="DAY",
            parser=day,
            help="Try the new settings or version as if they had counted from this day. "
            "Default: the first day of the returns, where they take effect after all of them.",
        ),
    ] = None,
    format: Annotated[PreviewFormat, typer.Option("--format", help="How to print.")] = PreviewFormat.text,
    out: Out = None,
) -> None:
    """Say whom new settings or a new version would move. Past returns are judged by both."""
    from api.cli import _preview

    _preview.run(file, returns, frameworks, events, pdu or [], start, until, as_if, format.value, out)


@app.command()
def compare(
    before: Annotated[
        str,
        typer.Argument(
            metavar="ID@V1", help="The older version: ID@VERSION, ID@VERSION:REGION, or the path of a file."
        ),
    ],
    after: Annotated[str, typer.Argument(metavar="ID@V2", help="The newer version, named in the same ways.")],
    returns: Annotated[
        Path | None,
        typer.Option("--returns", metavar="FILE", help="Also say whom it would move: staffing returns."),
    ] = None,
    frameworks: Frameworks = None,
    format: Annotated[ExplainFormat, typer.Option("--format", help="How to print.")] = ExplainFormat.text,
    out: Out = None,
) -> None:
    """Compare two versions. Say every difference, and whether it loosens or tightens protection."""
    from api.cli import _compare

    _compare.run(before, after, returns, frameworks, format.value, out)


app.command()(_bulk_commands.backtest)
app.command()(_tune_command.tune)
app.command()(_forecast_command.forecast)
app.command()(_insights_command.insights)
app.command()(_convert_command.convert)
app.command()(_overdue_command.overdue)
app.command()(_check_commands.check)
app.command("test")(_check_commands.scenarios)
app.command()(_file_commands.sample)
app.command()(_file_commands.template)
app.command()(_file_commands.schema)


app.add_typer(_new_commands.app, name="new")
for command in _ledger_commands.COMMANDS:
    app.command()(command)


def _with_one_command(asked: Sequence[str]) -> typer.Typer:
    """The program with nothing but the command asked for; all of it where that is none. Each takes a while to make."""
    found = [one for one in app.registered_commands if get_command_name(_name(one)) in asked]
    if not found:
        return app
    alone = copy.copy(app)
    alone.registered_commands, alone.registered_groups = found, []
    return alone


def _name(command: CommandInfo) -> str:
    return command.name or str(getattr(command.callback, "__name__", ""))


def main() -> None:
    """Run `prioritise`."""
    from api.cli._terminal import guarded

    try:
        guarded(_with_one_command(sys.argv[1:2]))
    finally:
        gc.freeze()  # all memory goes back at once: nothing is to be looked for in it first
