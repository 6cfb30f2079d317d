"""`prioritise relief`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

from api.cli._load import events_of, library, returns_of, unit, units_of
from api.cli._terminal import FOUND_PROBLEMS, end, progress, reporting, say, write_out
from engine.deciding import Engine
from engine.relief import Relief, document, relief_all
from reports.relief import all_csv, all_table, tell
from rules.library import Framework
from rules.model import Organisation, Version
from rules.problems import did_you_mean


def run(
    pdu: str | None,
    everyone: bool,
    regions: Sequence[str],
    frameworks: Path | None,
    name: str | None,
    returns_path: Path,
    events_path: Path | None,
    as_of: datetime.date | None,
    skip_bad_rows: bool,
    form: str,
    out: Path | None,
) -> None:
    """Decide one unit, or many, and say whether what each may reduce makes up for what it lacks."""
    many = everyone or bool(regions)
    _check(pdu, many, form)
    with reporting(form == "json"):
        loaded = library(frameworks)
        framework, organisation = loaded.framework(name), loaded.organisation
        if pdu is not None:
            unit(organisation, pdu)
        wanted = _of_regions(organisation, regions)
        returns = returns_of(returns_path, framework, organisation, skip_bad_rows, form == "json")
        events = events_of(events_path, framework, organisation)
        notes = returns.notes_by_unit()
        told_of = {one.pdu for one in returns.returns} | units_of(notes, organisation)
        units = [pdu] if pdu is not None else sorted(told_of if wanted is None else told_of & wanted)
        if not units or not returns.returns:
            end("The file holds no returns of these: nothing can be told.", FOUND_PROBLEMS)
        with Engine(framework, organisation) as engine, progress("Working out", len(units)) as advance:
            found, undecided = relief_all(
                engine, returns.returns, events, as_of=as_of, only=units, notes=notes, progress=advance
            )
    for message in dict.fromkeys(one.message for one in undecided):
        say(message)
    if not found:
        end("There is no decision: nothing can be told.", FOUND_PROBLEMS)
    write_out(_told(found, framework, organisation, form, many=many).encode(), out)


def _check(pdu: str | None, many: bool, form: str) -> None:
    """End with code 2 where it is not clear for whom this is, or how it is to be printed."""
    if (pdu is None) != many:
        end("Name a unit, or ask with --all or --region for many.")
    if many and form in ("markdown", "html"):
        end(f"Many units are told as text, json or csv, not as {form}.")


def _of_regions(organisation: Organisation, regions: Sequence[str]) -> set[str] | None:
    """The units of some regions, or None for all; an unknown region ends the program with code 2."""
    known = [one.id for one in organisation.regions]
    for region in regions:
        if region not in known:
            end(f"There is no {organisation.group.one} {region}. {did_you_mean(region, known)}".strip())
    return {one.id for one in organisation.pdus if one.region in regions} if regions else None


def _told(
    found: Sequence[Relief], framework: Framework, organisation: Organisation, form: str, *, many: bool
) -> str:
    def version_of(one: Relief) -> Version:
        policy = framework.in_force(datetime.date.fromisoformat(one.decision["as_of"]))
        assert policy is not None, "a decision was made under a version in force"
        return policy.version

    if form == "csv":
        return all_csv(found, version_of)
    if not many:
        shape = cast(Literal["text", "markdown", "html", "json"], form)
        return tell(found[0], version_of(found[0]), organisation, form=shape)
    if form == "json":
        told = [document(one, version_of(one)) for one in found]
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return all_table(found, version_of, organisation)
