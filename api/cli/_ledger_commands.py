"""The commands of the ledger and their options. What a command does is imported when it runs."""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli._options import EventsFile, Frameworks, MappedDay, MappingName, day

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def moment(written: str | datetime.datetime) -> datetime.datetime:
    """A moment of the command line, in UTC (typer hands a default over too)."""
    if isinstance(written, datetime.datetime):
        return written
    try:
        if not _MOMENT.fullmatch(written):
            raise ValueError
        return datetime.datetime.fromisoformat(written).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        message = f"{written} is no moment; write it as 2022-08-29T09:30:00Z, with its time zone"
        raise typer.BadParameter(message) from None


class StatusFormat(StrEnum):
    """How statuses are printed."""

    table = "table"
    json = "json"
    ndjson = "ndjson"
    csv = "csv"


class WorkFormat(StrEnum):
    """How it is told what has been done."""

    text = "text"
    json = "json"


class Exported(StrEnum):
    """What can be exported."""

    returns = "returns"
    decisions = "decisions"
    statuses = "statuses"
    changes = "changes"
    records = "records"


class ExportFormat(StrEnum):
    """How an export is written."""

    csv = "csv"
    ndjson = "ndjson"
    parquet = "parquet"


StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="The ledger: a file (SQLite) or postgresql://… Default: PRIORITISE_STORE, else a file of your own.",
    ),
]
Adopted = Annotated[
    Path | None,
    typer.Option(
        "--frameworks",
        metavar="DIR",
        help="Decide by the documents of this folder from now on. Default: those that the ledger has recorded.",
    ),
]
Framework = Annotated[
    str | None, typer.Option("--framework", metavar="ID", help="The framework. Default: the only one.")
]
Works = Annotated[WorkFormat, typer.Option("--format", help="How to print.")]
Region = Annotated[str | None, typer.Option("--region", metavar="ID", help="For all units of this region.")]
Everyone = Annotated[bool, typer.Option("--everyone", help="For all units.")]
FirstDay = Annotated[
    datetime.date | None, typer.Option("--from", metavar="DAY", parser=day, help="The first day.")
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="ROLE", help="The role of the person who decided, as the framework has it."),
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why. No names of people.")]
End = Annotated[
    str | None,
    typer.Option("--end", metavar="ID", help="End an earlier one, by its id. Takes --reason and --last-day."),
]
LastDay = Annotated[
    datetime.date | None,
    typer.Option(
        "--last-day",
        metavar="DAY",
        parser=day,
        help="With --end: the last day on which it holds. Default: yesterday.",
    ),
]


def load(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Staffing returns: CSV, XLSX, JSON, NDJSON or Parquet."),
    ],
    store: StoreUrl = None,
    frameworks: Adopted = None,
    framework: Framework = None,
    events: EventsFile = None,
    mapping: MappingName = None,
    mapped_day: MappedDay = None,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Record the rest, and list the rows left out.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Record nothing; only say what would be recorded.")
    ] = False,
    format: Works = WorkFormat.text,
) -> None:
    """Record the returns of a file in the ledger. Record what is decided on them, too."""
    from api.cli import _ledger_load

    _ledger_load.run(
        store, frameworks, framework, file, events, skip_bad_rows, format.value, mapping, mapped_day, dry_run
    )


def status(
    pdu: Annotated[str | None, typer.Argument(metavar="[PDU]", help="The unit's id. Default: all.")] = None,
    store: StoreUrl = None,
    frameworks: Annotated[
        Path | None,
        typer.Option(
            "--frameworks",
            metavar="DIR",
            help="Say whether the documents in force are those of this folder. Nothing is written.",
        ),
    ] = None,
    framework: Framework = None,
    as_of: Annotated[
        datetime.date | None,
        typer.Option(
            "--as-of", metavar="DAY", parser=day, help="The day asked about. Default: today in London."
        ),
    ] = None,
    known_at: Annotated[
        datetime.datetime | None,
        typer.Option(
            "--known-at",
            metavar="MOMENT",
            parser=moment,
            help="As the ledger knew it then, such as 2022-08-29T09:30:00Z. Default: now.",
        ),
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", metavar="ID", help="Only the units of this region.")
    ] = None,
    format: Annotated[StatusFormat, typer.Option("--format", help="How to print.")] = StatusFormat.table,
) -> None:
    """Say the status of a unit, or of all, by the ledger."""
    from api.cli import _ledger_status
    from api.cli._ledger_status import Question

    question = Question(pdu, region, as_of, known_at)
    _ledger_status.run(store, frameworks, framework, question, format.value)


def declare(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PDU] STATUS",
            help="The unit's id and the status to declare. With --region or --everyone the status alone.",
        ),
    ] = None,
    start: FirstDay = None,
    until: Annotated[
        datetime.date | None, typer.Option("--until", metavar="DAY", parser=day, help="The last day.")
    ] = None,
    by: By = None,
    reason: Reason = None,
    region: Region = None,
    everyone: Everyone = False,
    renew: Annotated[
        list[str] | None,
        typer.Option(
            "--renew", metavar="ACTIVITY", help="Its reductions start anew; may be given several times."
        ),
    ] = None,
    end: End = None,
    last_day: LastDay = None,
    store: StoreUrl = None,
    frameworks: Adopted = None,
    framework: Framework = None,
    format: Works = WorkFormat.text,
) -> None:
    """Declare a status for a time; or end a declaration."""
    from api.cli import _ledger_events
    from api.cli._ledger_events import Said

    said = Said("declaration", words or [], region, everyone, start, until, by, reason, renew or [])
    _ledger_events.run(store, frameworks, framework, said, end, last_day, format.value)


def suspend(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PDU]", help="The unit's id. Not with --region or --everyone."),
    ] = None,
    start: FirstDay = None,
    until: Annotated[
        datetime.date | None,
        typer.Option(
            "--until", metavar="DAY", parser=day, help="The last day. Default: until further notice."
        ),
    ] = None,
    by: By = None,
    reason: Reason = None,
    region: Region = None,
    everyone: Everyone = False,
    end: End = None,
    last_day: LastDay = None,
    store: StoreUrl = None,
    frameworks: Adopted = None,
    framework: Framework = None,
    format: Works = WorkFormat.text,
) -> None:
    """Set the framework aside for a time; or end a suspension."""
    from api.cli import _ledger_events
    from api.cli._ledger_events import Said

    said = Said("suspension", words or [], region, everyone, start, until, by, reason, [])
    _ledger_events.run(store, frameworks, framework, said, end, last_day, format.value)


def tick(
    store: StoreUrl = None,
    frameworks: Adopted = None,
    framework: Framework = None,
    format: Works = WorkFormat.text,
) -> None:
    """Record what differs because days have passed. To be run each day."""
    from api.cli import _ledger_work

    _ledger_work.tick(store, frameworks, framework, format.value)


def replay(store: StoreUrl = None, framework: Framework = None, format: Works = WorkFormat.text) -> None:
    """Verify the whole ledger. Decide every recorded decision again."""
    from api.cli import _ledger_work

    _ledger_work.replay(store, framework, format.value)


def export(
    what: Annotated[
        Exported, typer.Argument(metavar="WHAT", help="returns, decisions, statuses, changes or records.")
    ],
    store: StoreUrl = None,
    format: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="How to write it. Default: as the file's name ends, else csv."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file instead of the terminal.")
    ] = None,
    since: Annotated[
        int | None,
        typer.Option(
            "--since", min=0, metavar="SEQ", help="Only what was recorded after the record of this number."
        ),
    ] = None,
) -> None:
    """Write out what the ledger holds, as flat rows."""
    from api.cli import _ledger_export

    _ledger_export.run(store, what.value, format.value if format is not None else None, out, since)


def migrate(store: StoreUrl = None) -> None:
    """Bring a store to the schema that this program needs. Make a backup first."""
    from api.cli import _ledger_work

    _ledger_work.migrate(store)


def serve(
    host: Annotated[
        str | None,
        typer.Option("--host", metavar="HOST", help="The address to listen at. Default: 127.0.0.1."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="PORT", min=0, max=65535, help="The port. Default: 8000; 0: a free one."
        ),
    ] = None,
    store: StoreUrl = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="How many processes serve. Default: 1.")
    ] = None,
    frameworks: Frameworks = None,
    framework: Framework = None,
) -> None:
    """Serve the pages and the API until stopped. Its other settings are environment variables."""
    from api.cli import _serve

    _serve.run(host, port, store, workers, frameworks, framework)


COMMANDS = (load, status, declare, suspend, tick, replay, export, migrate, serve)
