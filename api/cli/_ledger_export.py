"""`prioritise export`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from api.cli._ledger import counted, ledger_at, telling
from api.cli._terminal import end, open_out, say, status_line
from engine.ledger.export import Row, columns, rows
from engine.ledger.export_files import FORMATS, write

_EACH = 1_000


def run(store: str | None, what: str, form: str | None, out: Path | None, since: int | None) -> None:
    """Write what the ledger holds as flat rows, to a file or to stdout."""
    ending = out.suffix.removeprefix(".").lower() if out is not None else ""
    shape = form or (ending if ending in FORMATS else "csv")
    names = columns(what)
    if shape == "parquet" and out is None:
        end("Parquet is not for a terminal: name a file with --out.")
    if since is not None and "seq" not in names:
        end(f"--since is for what is recorded in order: {what} are worked out from all of it.")
    with telling(), ledger_at(store, None) as ledger, ledger.store.reading() as connection:
        found = rows(connection, what)
        with status_line() as report, open_out(out) as file:
            count = write(file, shape, names, _told(_after(found, since), report))
    say(f"{counted(count, 'row')} of {what} written{f' to {out}' if out is not None else ''}.")


def _after(found: Iterator[Row], since: int | None) -> Iterator[Row]:
    """Rows begin with the number of their record."""
    return found if since is None else (row for row in found if isinstance(row[0], int) and row[0] > since)


def _told(found: Iterator[Row], report: object) -> Iterator[Row]:
    for count, row in enumerate(found, start=1):
        if count % _EACH == 0 and callable(report):
            report(f"Writing … {count:,} rows")
        yield row
