"""What commands read: the library, returns and events."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from api.cli._folders import folder_of, shipped
from api.cli._terminal import end, list_problems, read_file, say
from rules.library import Framework, Library, load_library
from rules.model import Events
from rules.problems import did_you_mean

if TYPE_CHECKING:
    from engine.deciding import Engine
    from engine.parents import Parent
    from engine.returns import Returns
    from rules.model import Organisation, Pdu


__all__ = [
    "events_of",
    "folder_of",
    "library",
    "parent",
    "returns_of",
    "shipped",
    "today",
    "unit",
    "units_of",
]


def library(frameworks: Path | None, *, scenarios: bool = False) -> Library:
    """The library of a folder. Raises DocumentError, UsageError.

    Scenarios are read only where they are wanted: they try a policy, and nothing else rests on them.
    """
    return load_library(frameworks if frameworks is not None else shipped(), scenarios=scenarios)


def today() -> datetime.date:
    """Today in London."""
    return datetime.datetime.now(ZoneInfo("Europe/London")).date()


def returns_of(
    path: Path, framework: Framework, organisation: Organisation, skip_bad_rows: bool, as_json: bool
) -> Returns:
    """The returns of a file. Raises ReturnsError; rows that were left out are listed on stderr."""
    from engine.returns import read_returns  # not wanted by all who read the library

    found = read_returns(
        read_file(path),
        str(path),
        vocabulary=framework.vocabulary,
        organisation=organisation,
        today=today(),
        skip_bad_rows=skip_bad_rows,
    )
    if found.left_out:
        list_problems(found.left_out, as_json)
        say(f"{len(found.left_out)} problems: the rows that they stand in are left out.")
    return found


def events_of(path: Path | None, framework: Framework, organisation: Organisation) -> Events:
    """The events of a file, if one is given. Raises ReturnsError."""
    if path is None:
        return Events()
    from engine.returns import read_events

    return read_events(
        read_file(path),
        str(path),
        organisation=organisation,
        versions=[policy.version for policy in framework.policies],
        pinned=framework.pinned,
    )


def unit(organisation: Organisation, id_: str) -> Pdu:
    """A unit by its id; an unknown one ends the program with code 2."""
    for pdu in organisation.pdus:
        if pdu.id == id_:
            return pdu
    hint = did_you_mean(id_, [pdu.id for pdu in organisation.pdus])
    end(f"There is no {organisation.unit.one} {id_}. {hint}".strip())


def parent(engine: Engine, id_: str) -> Parent:
    """A parent by its id, such as region:london; an unknown one ends the program with code 2."""
    known = engine.parents.all
    if id_ in known:
        return known[id_]
    if not known:
        end(f"No version of {engine.framework.id} says how a region or the whole gets a status (rollup).")
    end(f"Nothing called {id_} has a status of its own. {did_you_mean(id_, known)}".strip())


def units_of(notes: dict[str, list[dict[str, Any]]], organisation: Organisation) -> set[str]:
    """The units that notes are about: one whose rows were all left out is still told of."""
    return {pdu.id for pdu in organisation.pdus if pdu.id in notes}
