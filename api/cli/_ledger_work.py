"""`prioritise tick`, `replay` and `migrate`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from api.cli._ledger import (
    acting,
    counted,
    documents_of,
    end_if_undecided,
    ledger_at,
    tell_problems,
    telling,
)
from api.cli._ledger_load import recorded, told
from api.cli._terminal import FOUND_PROBLEMS, tell
from engine.ledger.replay import Replayed
from engine.ledger.replay import replay as decide_again
from engine.ledger.store import Store
from engine.ledger.store import migrate as schema
from engine.ledger.store.location import default_url, locate


def tick(store: str | None, frameworks: Path | None, name: str | None, form: str) -> None:
    """Settle time through today."""
    as_json = form == "json"
    with telling(as_json), ledger_at(store, name, make=frameworks is not None) as ledger:
        documents = documents_of(frameworks) if frameworks is not None else None
        with acting(ledger, documents) as (act, _):
            receipt, day = act.retry(), act.today
    if as_json:
        print(json.dumps({"day": day.isoformat(), **told(receipt)}, ensure_ascii=False, indent=2))
    else:
        tell(f"{'All other' if receipt.undecided else 'All'} statuses stand through {day}.")
        tell(recorded(receipt))
    end_if_undecided(receipt.undecided, as_json)


def replay(store: str | None, name: str | None, form: str) -> None:
    """Verify the chain, and decide every recorded decision again."""
    as_json = form == "json"
    with telling(as_json), ledger_at(store, name) as ledger:
        with _bar("Replaying") as advance:
            found = decide_again(ledger, advance)
        shown = ledger.store.shown
    problems = [one.problem(shown) for one in found.differing]
    if found.broken is not None:
        problems.insert(0, found.broken.problem(shown))
    if problems:
        tell_problems(problems, as_json)
        sys.exit(FOUND_PROBLEMS)
    _tell_whole(found, as_json)


def _tell_whole(found: Replayed, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"records": found.records, "decisions": found.decisions}, indent=2))
        return
    tell(f"{counted(found.records, 'record')} read: each is as it was recorded, and none is missing.")
    tell(f"{counted(found.decisions, 'decision')} made again: the same, byte for byte.")


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar that is told how much is done, and of how much; on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def migrate(store: str | None) -> None:
    """Bring a store to the newest schema."""
    url = default_url() if store is None else store
    with telling():
        shown = locate(url).shown
        before = schema.state(url)
        if before.standing is schema.Standing.EMPTY and locate(url).path is not None:
            fresh = Store(url)
            fresh.head()  # makes the file, and the folder of one's own
            fresh.close()
        else:
            before = schema.upgrade(url)
    if before.standing is schema.Standing.CURRENT:
        tell(f"{shown} has the schema {schema.NEWEST} already.")
    elif before.revision is None:
        tell(f"{shown} is new; it has the schema {schema.NEWEST} now.")
    else:
        tell(f"{shown} had the schema {before.revision}; it has {schema.NEWEST} now.")
