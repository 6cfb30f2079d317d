"""A ledger for the tests of its commands: a small policy, returns of the last weeks, and a store of its own."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
TODAY = datetime.datetime.now(ZoneInfo("Europe/London")).date()


def day(offset: int) -> datetime.date:
    """The day so many days after today."""
    return TODAY + datetime.timedelta(days=offset)


def rows(figures: Mapping[str, float], offset: int = -1) -> list[str]:
    """Rows of one day: for each unit the posts that are filled, of 20."""
    found = []
    for pdu, filled in figures.items():
        found.append(f"{pdu},{day(offset)},,,,10")
        found += [f"{pdu},{day(offset)},{grade},20,{filled}," for grade in ("PO", "PSO")]
    return found


def csv_of(lines: Iterable[str]) -> str:
    """A file of returns."""
    return "\n".join(["pdu,as_of,grade,required,in_post,points", *lines]) + "\n"


FULL, SHORT = {"york": 20, "kent": 20, "hull": 20}, {"york": 15, "kent": 20, "hull": 20}
FIGURES = csv_of([*rows(FULL, -15), *rows(SHORT, -8), *rows(SHORT, -1)])
"""York is Amber since yesterday, the others are Green."""


_begun: list[bytes] = []


class Desk:
    """Where somebody works with a ledger."""

    def __init__(self, prioritise: Run, policy: Path, folder: Path, store: str) -> None:
        self.prioritise = prioritise
        self.policy = policy
        self.folder = folder
        self.store = store

    def __call__(self, command: str, *words: object) -> Any:
        """Run a command of the ledger on the store."""
        return self.prioritise(command, "--store", self.store, *words)

    def file(self, text: str, name: str = "returns.csv") -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def load(self, text: str = FIGURES, *words: object) -> Any:
        return self("load", self.file(text), *words)

    def begin(self) -> None:
        """Load the first figures, by the small policy. On SQLite that is done once, and copied."""
        path = Path(self.store)
        is_file = not self.store.startswith("postgresql:")
        if is_file and _begun:
            path.write_bytes(_begun[0])
            return
        ran = self.load(FIGURES, "--frameworks", self.policy)
        assert ran.code == 0, ran.err
        if is_file:
            assert not path.with_name(f"{path.name}-wal").exists()
            _begun.append(path.read_bytes())

    def statuses(self, *words: object) -> dict[str, Any]:
        ran = self("status", "--format", "json", *words)
        assert ran.code == 0, ran.err
        return {one["pdu"]: one for one in json.loads(ran.out)}

    def status(self, pdu: str, *words: object) -> str:
        found: str = self.statuses(*words)[pdu]["status"]
        return found

    def declare(self, *words: object, end: int = 5, start: int = 0) -> Any:
        """Declare from today for some days, as the director."""
        days = ("--from", day(start), "--until", day(end))
        return self("declare", *words, *days, "--by", "director", "--reason", "A flood")

    def records(self) -> list[tuple[str, dict[str, Any]]]:
        """The kind and the body of each record."""
        ran = self("export", "records", "--format", "ndjson")
        found = [json.loads(line) for line in ran.out.splitlines()]
        return [(one["kind"], json.loads(one["body"])) for one in found]

    def tamper(self, statement: str) -> None:
        """Change a store of SQLite from outside."""
        with sqlite3.connect(self.store) as connection:
            for table in ("records", "texts"):
                for what in ("update", "delete"):
                    connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}")
            connection.execute(statement)
        connection.close()
