"""`prioritise sample` and `prioritise template`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from api.cli._load import library
from api.cli._terminal import end, reporting, say, write_out
from engine.canonical import canonical_bytes
from engine.returns import template, write_returns
from engine.sample import sample_events, sample_returns
from rules.library import Framework, Library
from rules.model import Events

if TYPE_CHECKING:
    from engine.forecast.writing import Form


def run(
    frameworks: Path | None,
    name: str | None,
    weeks: int,
    start: datetime.date,
    seed: int,
    out: Path | None,
    events: Path | None,
    pipeline: Path | None,
) -> None:
    """Write synthetic returns, and the events and the pipeline that belong to them where asked."""
    form = _form(pipeline)
    if weeks > (datetime.date.max - start).days // 7:
        end(f"{weeks} weeks from {start} on go beyond the calendar.")
    with reporting():
        loaded = library(frameworks)
        framework = loaded.framework(name)
        returns = sample_returns(loaded.organisation, start=start, weeks=weeks, seed=seed)
        write_out(write_returns(returns, framework.vocabulary, "csv"), out)
        if events is not None:
            write_out(events_json(sample_events(loaded.organisation, start=start)), events)
        if pipeline is not None and form is not None:
            _write_pipeline(loaded, framework, start, weeks, seed, pipeline, form)
    say(f"{len(returns)} returns over {weeks} weeks. All figures are synthetic (seed {seed}).")


def _form(pipeline: Path | None) -> Form | None:
    """The format that the name of a pipeline's file asks for; a name that asks for none ends the program."""
    if pipeline is None:
        return None
    from engine.forecast.writing import FORMS

    form = FORMS.get(pipeline.suffix.lower())
    if form is None:
        end(f"--pipeline {pipeline} names no format: use {', '.join(FORMS)}.")
    return form


def _write_pipeline(
    loaded: Library, framework: Framework, start: datetime.date, weeks: int, seed: int, out: Path, form: Form
) -> None:
    """The pipeline that belongs to a sample."""
    from engine.forecast.writing import without_unknown, write_pipeline
    from engine.sample import sample_pipeline

    coming = sample_pipeline(loaded.organisation, start=start, weeks=weeks, seed=seed)
    known = without_unknown(coming, framework.vocabulary)
    write_out(write_pipeline(known, form, framework.vocabulary), out)


def run_template(frameworks: Path | None, name: str | None, form: str, out: Path | None) -> None:
    """Write an empty file with the columns that a framework needs."""
    with reporting():
        framework = library(frameworks).framework(name)
        write_out(template(framework.vocabulary, cast(Literal["csv", "xlsx"], form)), out)


def events_json(events: Events) -> bytes:
    """Declarations and suspensions as an events file."""
    told = events.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return canonical_bytes(told) + b"\n"
