"""`prioritise tune`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from api.cli._folders import shipped
from api.cli._load import events_of, library, today
from api.cli._new import first_free_day, refuse_existing, settings_file, write_new
from api.cli._terminal import (
    FOUND_PROBLEMS,
    console,
    end,
    progress,
    read_file,
    reporting,
    say,
    tell,
    write_out,
)
from engine.bulk import Bulk, read_bulk
from engine.scaffolds import region_scaffold
from engine.tune import (
    Reference,
    Trial,
    Tuning,
    candidate_of,
    check_input,
    declared_reference,
    input_reference,
    trial_of,
    tuned,
)
from reports.tune import Form, tables
from reports.tune import tell as told
from rules.framework import Framework, Library
from rules.model import Organisation
from rules.problems import UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of which policy: the trigger points, the reference and the days."""

    region: str
    frameworks: Path | None
    framework: str | None
    points: Sequence[str]
    reference: str | None
    first: datetime.date | None
    last: datetime.date | None


def run(
    asked: Asked, returns: Path, form: str, out: Path | None, choose: int | None, write: Path | None
) -> None:
    """Try numbers for the trigger points of a region on past returns, and tell what each comes to."""
    if (choose is None) != (write is None):
        end("--choose and --write go together: which candidate, and the file for its settings.")
    if form == "table" and out is not None:
        end("A table is for the terminal: with --out name another --format.")
    if asked.first is not None and asked.last is not None and asked.last < asked.first:
        end(f"--until {asked.last} is before --from {asked.first}.")
    refuse_existing(write)
    with reporting(form == "json"):
        found = library(asked.frameworks)
        framework = found.framework(asked.framework)
        _check_region(asked.region, found.organisation)
        _check_reference(asked.reference, framework)
        bulk = _read(returns, framework, found.organisation)
        trial = trial_of(framework, asked.region, bulk.frame, asked.points, asked.first, asked.last)
        if trial is None:
            end(f"The file holds no returns of {asked.region}: there is nothing to try.", FOUND_PROBLEMS)
        reference = _reference(asked.reference, trial, found.organisation)
        with progress("Candidates", len(trial.candidates)) as advance:

            def judged(size: int) -> None:
                for _ in range(size):
                    advance()

            tuning = tuned(trial, bulk, reference, judged)
        settings = None
        if choose is not None:
            settings = _settings(tuning, choose, found, asked)
    _tell(tuning, found.organisation, form, out)
    if settings is not None and write is not None:
        text, home = settings
        write_new(text, write, home)
        say("Say in it why: its reason is left to be filled in.")


def _check_region(region: str, organisation: Organisation) -> None:
    regions = [one.id for one in organisation.regions]
    if region not in regions:
        raise UsageError(
            f"PF257 {region} is no {organisation.group.one}. {did_you_mean(region, regions)}".strip()
        )


def _check_reference(name: str | None, framework: Framework) -> None:
    """An input that can say a status, or a file that is there. Raises UsageError."""
    if name is None:
        return
    inputs = framework.vocabulary.inputs
    if name in inputs:
        check_input(name, framework)
    elif not Path(name).is_file():
        hint = did_you_mean(name, inputs)
        raise UsageError(
            f"--reference {name} is neither a file nor an input of {framework.id}. {hint}".strip()
        )


def _read(path: Path, framework: Framework, organisation: Organisation) -> Bulk:
    """The returns of a file. Raises ReturnsError."""
    return read_bulk(
        [(read_file(path), str(path))],
        framework.policies[0].version.returns.every,
        vocabulary=framework.vocabulary,
        organisation=organisation,
        today=today(),
    )


def _reference(name: str | None, trial: Trial, organisation: Organisation) -> Reference | None:
    """What is said of the units on the days of a trial. Raises ReturnsError."""
    if name is None:
        return None
    framework, frame, first, last = trial.framework, trial.frame, trial.first, trial.last
    if name in framework.vocabulary.inputs:
        found = input_reference(name, framework, frame, first, last)
    else:
        events = events_of(Path(name), framework, organisation)
        found = declared_reference(name, events, framework, frame, first, last)
    if not found.unit_days:
        end(f"{name} says nothing of {trial.region} from {first} until {last}.", FOUND_PROBLEMS)
    return found


def _settings(tuning: Tuning, choose: int, found: Library, asked: Asked) -> tuple[str, Path]:
    """The settings file of a candidate, and where it belongs. Raises UsageError."""
    trial = tuning.trial
    numbers = trial.numbers(candidate_of(tuning, choose))
    # a version that was named for the trial alone says nothing of the days to come
    framework = found.frameworks[trial.framework.id]
    folder = (asked.frameworks or shipped()) / framework.id / "regions"
    written = settings_file(folder, trial.region)
    day = first_free_day(framework, trial.region)
    text = region_scaffold(framework, found.organisation, trial.region, day, written, numbers)
    return text, Path(written.file) if written is not None else folder / f"{trial.region}.yaml"


def _tell(tuning: Tuning, organisation: Organisation, form: str, out: Path | None) -> None:
    if form == "table":
        table, sentences = tables(tuning, organisation)
        console().print(table)
        print()
        for sentence in sentences:
            tell(sentence)
    else:
        write_out(told(tuning, organisation, form=cast(Form, form)).encode(), out)
