"""`prioritise forecast`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from api.cli._load import events_of, library, returns_of, unit
from api.cli._terminal import FOUND_PROBLEMS, end, progress, read_file, reporting, write_out
from engine.deciding import by_unit
from engine.forecast import EMPTY, Forecast, Pipeline, Score, forecast, read_pipeline
from reports.forecast import Form, Outlook, tell
from rules.figures import Return
from rules.framework import Framework, Library
from rules.model import Events, Organisation, Pdu
from rules.problems import UsageError

HORIZONS = (4, 13, 26)
"""How far ahead, in weeks, it is told how good forecasts have been."""
Units = Sequence[tuple[Pdu, Sequence[Return]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: of which units, from which day, how far, in how many futures, and what else."""

    pdus: tuple[str, ...]
    as_of: datetime.date | None
    weeks: int
    futures: int
    seed: int
    also: tuple[str, ...]
    rates: bool
    score: bool
    workers: int


@dataclass(frozen=True, slots=True)
class Files:
    """Where the facts are read from."""

    returns: Path
    pipeline: Path | None
    events: Path | None
    frameworks: Path | None
    framework: str | None
    skip_bad_rows: bool


def run(asked: Asked, files: Files, form: str, out: Path | None) -> None:
    """Forecast the units of a file of returns, and tell what was found."""
    as_json = form == "json"
    with reporting(as_json):
        loaded = library(files.frameworks)
        framework = loaded.framework(files.framework)
        others = [_other(name, framework, loaded) for name in asked.also]
        organisation = loaded.organisation
        for id_ in asked.pdus:
            unit(organisation, id_)
        returns = returns_of(files.returns, framework, organisation, files.skip_bad_rows, as_json).returns
        events = events_of(files.events, framework, organisation)
        pipeline = pipeline_of(files.pipeline, framework, organisation)
        day = asked.as_of if asked.as_of is not None else max((one.as_of for one in returns), default=None)
        if day is None:
            end("The file holds no returns: there is nothing to go by.", FOUND_PROBLEMS)
        units = _units(organisation, returns, asked.pdus)
        only = _only(units, asked.pdus, day)
        if not only:
            end(f"None of these {organisation.unit.many} exists on {day}.", FOUND_PROBLEMS)
        worlds = [framework, *others]
        found = [
            _forecast(asked, world, organisation, units, events, pipeline, day, only) for world in worlds
        ]
        scored = _score(asked, framework, organisation, units) if asked.score else None
    pdus = {pdu.id: pdu for pdu, _ in units}
    by_unit_ = [{one.pdu: one for one in forecasts} for forecasts in found]
    outlooks = [
        Outlook(
            pdus[id_],
            tuple((forecasts[id_], world) for forecasts, world in zip(by_unit_, worlds, strict=True)),
        )
        for id_ in only
    ]
    told = tell(
        outlooks,
        organisation,
        form=cast(Form, form),
        score=scored,
        scored=asked.score,
        made_up=pipeline.made_up,
    )
    write_out(told.encode(), out)


def pipeline_of(path: Path | None, framework: Framework, organisation: Organisation) -> Pipeline:
    """The pipeline of a file, if one is given. Raises ReturnsError."""
    if path is None:
        return EMPTY
    return read_pipeline(
        read_file(path), str(path), vocabulary=framework.vocabulary, organisation=organisation
    )


def _other(name: str, framework: Framework, loaded: Library) -> Framework:
    """A further version to forecast under. Raises UsageError."""
    id_, at, _ = name.partition("@")
    if not at:
        raise UsageError(f"--also {name} names no version. Write {framework.id}@VERSION.")
    if id_ != framework.id:
        raise UsageError(f"--also {name} is not a version of {framework.id}, which the returns are read by.")
    return loaded.framework(name)


def _units(organisation: Organisation, returns: Sequence[Return], pdus: Sequence[str]) -> Units:
    """Every unit with its returns, for they inform each other's rates; those asked for without any too."""
    found = by_unit(organisation, returns)
    there = {pdu.id for pdu, _ in found}
    missing = by_unit(organisation, [], [id_ for id_ in pdus if id_ not in there])
    return sorted([*found, *missing], key=lambda pair: pair[0].id)


def _only(units: Units, pdus: Sequence[str], day: datetime.date) -> list[str]:
    """The units to forecast: those asked for, else all that exist on the day."""
    return [pdu.id for pdu, _ in units if (pdu.id in pdus if pdus else pdu.exists_on(day))]


def _forecast(
    asked: Asked,
    framework: Framework,
    organisation: Organisation,
    units: Units,
    events: Events,
    pipeline: Pipeline,
    day: datetime.date,
    only: Sequence[str],
) -> list[Forecast]:
    label = f"Futures under {framework.policies[0].version.version}" if framework.pinned else "Futures"
    with progress(label, len(only)) as advance:
        return forecast(
            framework,
            organisation,
            units,
            events,
            pipeline,
            day=day,
            weeks=asked.weeks,
            futures=asked.futures,
            seed=asked.seed,
            rates=asked.rates,
            only=only,
            processes=asked.workers,
            progress=advance,
        )


def _score(asked: Asked, framework: Framework, organisation: Organisation, units: Units) -> Score | None:
    from engine.forecast import origins, score

    days = origins(units, HORIZONS)
    with progress("Past forecasts", len(days) * len(units)) as advance:
        return score(
            framework,
            organisation,
            units,
            horizons=HORIZONS,
            origins=days,
            seed=asked.seed,
            processes=asked.workers,
            progress=advance,
        )
