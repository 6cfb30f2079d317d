"""`prioritise backtest`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from api.cli._executors import Others
from api.cli._load import events_of
from api.cli._partitions import Job, run_job
from api.cli._parts_work import Policy
from api.cli._terminal import console, end, read_file, reporting, say, tell, write_out
from engine.bulk import Asked, backtest, parquet
from reports.backtest import By, Form, tables
from reports.backtest import tell as told


def run(
    policy: Policy,
    returns: Path,
    events: Path | None,
    by: str,
    form: str | None,
    out: Path | None,
    others: Others,
) -> None:
    """Judge all returns of a file, or of a folder of parts, and tell how long each status held."""
    if policy.first is not None and policy.last is not None and policy.last < policy.first:
        end(f"--until {policy.last} is before --from {policy.first}.")
    if others.scheduler is not None and others.executor != "dask":
        end("--scheduler is for --executor dask.")
    if returns.is_dir():
        _folder(Job(policy, by, returns, _results(returns, form, out)), events, others)
        return
    if others != Others():
        end("--executor, --scheduler and --workers are for a folder of parts.")
    with reporting(form == "json"):
        asked = policy.load()
        _check_events(events, asked)
        past = backtest(asked, [(read_file(returns), str(returns))])
    grouping = cast(By, by)
    if form == "parquet":
        if out is None:
            end("Parquet is not for a terminal: name a file with --out.")
        write_out(parquet(past, asked.organisation, by), out)
    elif form in (None, "table"):
        if out is not None:
            end("A table is for the terminal: with --out name another --format.")
        table, sentences = tables(past, asked.organisation, by=grouping)
        console().print(table)
        print()
        for sentence in sentences:
            tell(sentence)
    else:
        write_out(told(past, asked.organisation, by=grouping, form=cast(Form, form)).encode(), out)


def _results(returns: Path, form: str | None, out: Path | None) -> Path:
    """The folder for the results of a folder of parts."""
    if form not in (None, "parquet"):
        end(f"The results of a folder are Parquet: leave out --format {form}.")
    if out is None:
        end(f"{returns} is a folder: name a folder for its results with --out.")
    return out


def _folder(job: Job, events: Path | None, others: Others) -> None:
    with reporting():
        asked = job.policy.load()
        _check_events(events, asked)
        done = run_job(job, asked, others)
    words = asked.organisation.unit
    parts = "1 part" if done.parts == 1 else f"{done.parts} parts"
    units = f"1 {words.one}" if done.units == 1 else f"{done.units} {words.many}"
    tell(f"{parts}, {done.now} of them judged now; {units} in all. The results are in {job.out}.")


def _check_events(path: Path | None, asked: Asked) -> None:
    """Events are read, so that a mistake in them is told, and play no part. Raises ReturnsError."""
    if path is not None:
        events_of(path, asked.framework, asked.organisation)
        say("The events were checked. They play no part here: the statuses are calculated ones.")
