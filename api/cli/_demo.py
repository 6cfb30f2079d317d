"""`prioritise demo`: the main job on the shipped data."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from api.cli._evaluate import capital, print_table
from api.cli._load import library, today
from api.cli._process import made_ready
from api.cli._sample import events_json
from api.cli._terminal import console, end, progress, reporting, tell, write_out
from engine.active import INDETERMINATE
from engine.canonical import canonical_bytes, readable_bytes
from engine.deciding import Engine, by_unit
from engine.distance import distance, distance_all
from engine.returns import read_returns, write_returns
from engine.sample import sample_events, sample_with_corrections
from reports import explain
from rules.figures import Return
from rules.library import Framework, Library
from rules.model import Events, Organisation, Pdu

Told = dict[str, Any]


def run(frameworks: Path | None, out: Path, weeks: int, seed: int) -> None:
    """Decide all units over all weeks, print what came out, write the reports."""
    with reporting():
        with made_ready():
            loaded = library(frameworks)
            framework = loaded.framework()
            returns, corrections = sample_with_corrections(loaded.organisation, weeks=weeks, seed=seed)
            corrected = [one.corrected for one in corrections]
            events = sample_events(loaded.organisation)
            by_day = {(one.pdu, one.as_of): one for one in [*returns, *corrected]}  # as it is known by now
            returns = list(by_day.values())
        folders = _folders(out)
        # first, while there is little else in memory
        write_out(write_returns(returns, framework.vocabulary, "csv"), out / "returns.csv")
        write_out(events_json(events), out / "events.json")
        distances: dict[str, Told] = {}
        decisions, strips = _decide(framework, loaded, returns, events, distances)
        public = _public(loaded, framework, distances)
        _print(loaded, framework, decisions, strips, public)
        _write(out, folders, loaded, framework, decisions, public, distances)
    print(f"Reports:   {out}/reports (a page for each {loaded.organisation.unit.one}, for a browser)")
    print(f"Decisions: {out}/decisions.json and {out}/public-decisions.json")
    print(f"Figures:   {out}/returns.csv and {out}/events.json")
    print(f"Try:       prioritise explain york --returns {out}/returns.csv --events {out}/events.json")


def _decide(
    framework: Framework,
    loaded: Library,
    returns: Sequence[Return],
    events: Events,
    distances: dict[str, Told],
) -> tuple[list[Told], dict[str, list[tuple[datetime.date, str]]]]:
    """The decision of each unit on the last day, and each unit's status at every return.

    What would change each status is put into `distances`, by the decision's id.
    """
    last = max(one.as_of for one in returns)
    strips: dict[str, list[tuple[datetime.date, str]]] = {}
    decisions = []
    units = by_unit(loaded.organisation, returns)
    with Engine(framework, loaded.organisation) as engine, progress("Deciding", len(units)) as advance:
        for pdu, own in sorted(units, key=lambda unit: (unit[0].region, unit[0].id)):
            course = engine.course(pdu, own, events)
            for standing in engine.standings(course, {*course.days, last}):
                strips.setdefault(pdu.id, []).append((standing.day, standing.active.status))
                if standing.day == last and pdu.exists_on(last):
                    decision = engine.write(course, standing)
                    decisions.append(decision)
                    distances[decision["id"]] = distance(engine, course, last, decision)
            advance()
    return sorted(decisions, key=lambda one: str(one["pdu"]["id"])), strips


def _public(
    loaded: Library, framework: Framework, distances: dict[str, Told]
) -> list[tuple[str, Organisation, list[Told]]]:
    """The public figures, decided: inspected units, and each region as a unit of its own."""
    organisation = loaded.organisation
    regions = [Pdu(id=region.id, name=region.name, region=region.id) for region in organisation.regions]
    as_units = organisation.model_copy(update={"pdus": regions, "unit": organisation.group})
    found = []
    for name, register in (("public-pdus.csv", organisation), ("public-regions.csv", as_units)):
        data = files("api").joinpath("demo", name).read_bytes()
        read = read_returns(data, name, vocabulary=framework.vocabulary, organisation=register, today=today())
        decisions: list[Told] = []
        with Engine(framework, register) as engine:
            for pdu, own in by_unit(register, read.returns):  # each on the day of its own publication
                measured, _ = distance_all(engine, own, Events(), only=[pdu.id])
                decisions += [one.decision for one in measured]
                distances.update({one.decision["id"]: one.distance for one in measured})
        found.append((name, register, decisions))
    return found


def _print(
    loaded: Library,
    framework: Framework,
    decisions: list[Told],
    strips: dict[str, list[tuple[datetime.date, str]]],
    public: list[tuple[str, Organisation, list[Told]]],
) -> None:
    organisation = loaded.organisation
    total = sum(map(len, strips.values()))
    print_table(decisions, framework, organisation, "Every unit on synthetic figures, latest week")
    tell("All figures above are synthetic: no real staffing of these units is shown.")
    print()
    _print_regions(framework, organisation, decisions)
    counts = Counter(status for strip in strips.values() for _, status in strip)
    shares = ", ".join(f"{status} {count}" for status, count in counts.most_common())
    print()
    tell(f"{total} {organisation.unit.one}-weeks decided, each by both deciders: {shares}.")
    print()
    for name, register, found in public:
        what = register.unit.many if name == "public-pdus.csv" else organisation.group.many
        print_table(found, framework, register, f"Public figures ({what}), each on the day of its source")
        tell("Public figures, judged by illustrative trigger points: see each report for its source.")
        if any(decision["status"] == INDETERMINATE for decision in found):
            tell("Indeterminate: the public texts lack figures that the conditions need. Nothing is guessed.")
        print()


def _print_regions(framework: Framework, organisation: Organisation, decisions: list[Told]) -> None:
    """How many units of each region have which status."""
    from rich.table import Table

    found = {one["status"] for one in decisions}
    order = [status for policy in framework.policies[::-1] for status in policy.version.status_ids]
    statuses = [status for status in dict.fromkeys([*order, *sorted(found)]) if status in found]
    names = {region.id: region.name for region in organisation.regions}
    table = Table(title="By region (synthetic)", title_justify="left", show_edge=False, pad_edge=False)
    table.add_column(capital(organisation.group.one), no_wrap=True)
    for status in statuses:
        table.add_column(capital(status), justify="right")
    for id_, name in names.items():
        counts = Counter(one["status"] for one in decisions if one["pdu"]["region"] == id_)
        table.add_row(name, *(str(counts[status]) for status in statuses))
    console().print(table)


def _folders(out: Path) -> tuple[Path, Path]:
    """The folders of the reports, made: of all units, and of the public figures."""
    folders = (out / "reports", out / "reports" / "public")
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        end(f"{out} cannot be written: {error.strerror}.")
    return folders


def _write(
    out: Path,
    folders: tuple[Path, Path],
    loaded: Library,
    framework: Framework,
    decisions: list[Told],
    public: list[tuple[str, Organisation, list[Told]]],
    distances: dict[str, Told],
) -> None:
    reports, of_public = folders
    written = [(reports, loaded.organisation, decisions)]
    written += [(of_public, register, found) for _, register, found in public]
    with progress("Writing reports", sum(len(found) for _, _, found in written)) as advance:
        for folder, register, found in written:
            for decision in found:
                policy = framework.in_force(datetime.date.fromisoformat(decision["as_of"]))
                assert policy is not None, "a decision was made under a version in force"
                far = distances[decision["id"]]
                page = explain(decision, policy.version, register, form="html", distance=far)
                write_out(page.encode(), folder / f"{decision['pdu']['id']}.html")
                advance()
    write_out(canonical_bytes(decisions) + b"\n", out / "decisions.json")
    told = [decision for _, _, found in public for decision in found]
    write_out(readable_bytes(told) + b"\n", out / "public-decisions.json")
