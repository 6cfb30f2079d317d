"""`prioritise demo --serve`: the pages, on synthetic figures that reach to this week."""

from __future__ import annotations

import datetime
from pathlib import Path

from api.cli import _ledger_load, _serve
from api.cli._load import library, today
from api.cli._terminal import end, reporting, say, write_out
from engine.forecast.writing import without_unknown, write_pipeline
from engine.returns import write_returns
from engine.sample import sample_pipeline, sample_returns

WEEKS = 60
_WEEK = datetime.timedelta(7)


def run(frameworks: Path | None, out: Path, seed: int, port: int | None) -> None:
    """Record a year and more of synthetic returns in a ledger of its own, and serve it until stopped."""
    now = today()
    monday = now - datetime.timedelta(now.weekday())
    start = monday - (WEEKS - 1) * _WEEK
    returns_path, pipeline_path, store = out / "this-year.csv", out / "pipeline.yaml", out / "ledger.sqlite3"
    with reporting():
        loaded = library(frameworks)
        framework = loaded.framework()
        returns = sample_returns(loaded.organisation, start=start, weeks=WEEKS, seed=seed)
        known = [one for one in returns if one.as_of <= now]
        write_out(write_returns(known, framework.vocabulary, "csv"), returns_path)
        coming = sample_pipeline(loaded.organisation, start=start, weeks=WEEKS, seed=seed)
        coming = without_unknown(coming, framework.vocabulary)
        write_out(write_pipeline(coming, "yaml", framework.vocabulary), pipeline_path)
        _begin_anew(store)
    say(f"Recording {len(known)} synthetic returns, from {start} to {monday}.")
    _ledger_load.run(str(store), frameworks, None, returns_path, None, False, "text")
    say("Stop it with Ctrl and C.")
    _serve.run(None, port, str(store), None, frameworks, None, pipeline_path)


def _begin_anew(store: Path) -> None:
    """The demo's own ledger of an earlier run is taken away: it would end on another day."""
    for path in (store, store.with_name(f"{store.name}-wal"), store.with_name(f"{store.name}-shm")):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            end(f"{path} cannot be removed: {error.strerror}.")
