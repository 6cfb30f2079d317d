"""What commands read: the library, returns and events."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import rules
from api.cli._terminal import end, list_problems, read_file, say
from engine.returns import Returns, read_events, read_returns
from rules.library import Framework, Library, load_library
from rules.model import Events
from rules.problems import did_you_mean

if TYPE_CHECKING:
    from rules.model import Organisation, Pdu


def shipped() -> Path:
    """The folder of policy that comes with the program."""
    return _as_given(Path(rules.__file__).resolve().parents[1] / "frameworks")


def folder_of(frameworks: Path | None, paths: Sequence[Path]) -> Path:
    """The folder of policy in which all paths lie; where they do not the program ends with code 2.

    Without `frameworks` it is the nearest above the first path that has an organisation; without a path the
    shipped one.
    """
    for path in paths:
        if not path.exists():
            end(f"{path} cannot be opened: there is no such file.")
    folder = frameworks
    if folder is None and paths:
        folders = (paths[0], *map(_as_given, paths[0].resolve().parents))
        folder = next((above for above in folders if (above / "organisation.yaml").is_file()), None)
        if folder is None:
            end(f"{paths[0]} lies in no folder of policy: there is no organisation.yaml above it.")
    folder = folder or shipped()
    for path in paths:
        if folder.resolve() not in (path.resolve(), *path.resolve().parents):
            end(f"{path} does not lie in {folder}.")
    return folder


def _as_given(folder: Path) -> Path:
    """The folder as seen from here, so that problems name files as people typed them."""
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder


def library(frameworks: Path | None) -> Library:
    """The library of a folder. Raises DocumentError, UsageError."""
    return load_library(frameworks if frameworks is not None else shipped())


def today() -> datetime.date:
    """Today in London."""
    return datetime.datetime.now(ZoneInfo("Europe/London")).date()


def returns_of(
    path: Path, framework: Framework, organisation: Organisation, skip_bad_rows: bool, as_json: bool
) -> Returns:
    """The returns of a file. Raises ReturnsError; rows that were left out are listed on stderr."""
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


def notes_by_unit(returns: Returns) -> dict[str, list[dict[str, Any]]]:
    """What reading the file noted, for the decisions of the units that it is about."""
    notes: dict[str, list[dict[str, Any]]] = {}
    for note in returns.notes:
        if note.pdu is not None:
            told = {"code": note.code, "as_of": note.as_of.isoformat() if note.as_of is not None else None}
            if told not in notes.setdefault(note.pdu, []):
                notes[note.pdu].append(told)
    return notes


def units_of(notes: dict[str, list[dict[str, Any]]], organisation: Organisation) -> set[str]:
    """The units that notes are about: one whose rows were all left out is still told of."""
    return {pdu.id for pdu in organisation.pdus if pdu.id in notes}
