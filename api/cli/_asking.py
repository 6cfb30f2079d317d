"""Questions that are asked of one unit or of many, with returns from a file: how far, and whether it is enough."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from api.cli._load import events_of, library, returns_of, unit, units_of
from api.cli._terminal import FOUND_PROBLEMS, end, progress, reporting, say
from engine.deciding import Engine, Undecided
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Organisation, Version
from rules.problems import did_you_mean

Made = TypeVar("Made", covariant=True)


class Asked(NamedTuple):
    """Of whom it is asked, and what the files are."""

    pdu: str | None
    everyone: bool
    regions: Sequence[str]
    frameworks: Path | None
    name: str | None
    returns_path: Path
    events_path: Path | None
    as_of: datetime.date | None
    skip_bad_rows: bool
    form: str

    @property
    def many(self) -> bool:
        """Whether it is asked of more than one unit."""
        return self.everyone or bool(self.regions)


class Answers(NamedTuple):
    """What was found of each unit, and the policy that it was found by."""

    found: Sequence[Any]
    framework: Framework
    organisation: Organisation

    def version(self, decision: Mapping[str, Any]) -> Version:
        """The version that a decision was made under."""
        policy = self.framework.in_force(datetime.date.fromisoformat(decision["as_of"]))
        assert policy is not None, "a decision was made under a version in force"
        return policy.version


class Work(Protocol[Made]):
    """What is done for all units that are asked for."""

    def __call__(
        self,
        engine: Engine,
        returns: Sequence[Return],
        events: Events,
        *,
        as_of: datetime.date | None,
        only: Sequence[str],
        notes: Mapping[str, list[dict[str, Any]]],
        progress: Callable[[], None],
    ) -> tuple[Sequence[Made], Iterable[Undecided]]:
        """What is found of each unit, and the units that have no decision."""


def answers(asked: Asked, label: str, work: Work[Any]) -> Answers:
    """Do the work for the units that are asked for. Ends the program where nothing can be told."""
    _check(asked)
    as_json = asked.form == "json"
    with reporting(as_json):
        loaded = library(asked.frameworks)
        framework, organisation = loaded.framework(asked.name), loaded.organisation
        if asked.pdu is not None:
            unit(organisation, asked.pdu)
        wanted = _of_regions(organisation, asked.regions)
        returns = returns_of(asked.returns_path, framework, organisation, asked.skip_bad_rows, as_json)
        events = events_of(asked.events_path, framework, organisation)
        notes = returns.notes_by_unit()
        told_of = {one.pdu for one in returns.returns} | units_of(notes, organisation)
        some = sorted(told_of if wanted is None else told_of & wanted)
        units = some if asked.pdu is None else [asked.pdu]
        if not units or not returns.returns:
            end("The file holds no returns of these: nothing can be told.", FOUND_PROBLEMS)
        with Engine(framework, organisation) as engine, progress(label, len(units)) as advance:
            found, undecided = work(
                engine, returns.returns, events, as_of=asked.as_of, only=units, notes=notes, progress=advance
            )
    for message in dict.fromkeys(one.message for one in undecided):
        say(message)
    if not found:
        end("There is no decision: nothing can be told.", FOUND_PROBLEMS)
    return Answers(found, framework, organisation)


def _check(asked: Asked) -> None:
    """End with code 2 where it is not clear for whom this is, or how it is to be printed."""
    if (asked.pdu is None) != asked.many:
        end("Name a unit, or ask with --all or --region for many.")
    if asked.many and asked.form in ("markdown", "html"):
        end(f"Many units are told as text, json or csv, not as {asked.form}.")


def _of_regions(organisation: Organisation, regions: Sequence[str]) -> set[str] | None:
    """The units of some regions, or None for all; an unknown region ends the program with code 2."""
    known = [one.id for one in organisation.regions]
    for region in regions:
        if region not in known:
            end(f"There is no {organisation.group.one} {region}. {did_you_mean(region, known)}".strip())
    return {one.id for one in organisation.pdus if one.region in regions} if regions else None
