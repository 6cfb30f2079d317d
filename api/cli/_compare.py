"""`prioritise compare`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from api.cli._load import library, shipped, today
from api.cli._process import beside, made_ready
from api.cli._terminal import end, reporting, status_line, write_out
from engine.compare import Comparison, Side, compared, prover, region_side, version_side
from rules.check.version import check_version
from rules.library import Framework, Library, written
from rules.model import Organisation, SettingsEntry
from rules.policy import Policy
from rules.problems import DocumentError, Findings, Place, UsageError, did_you_mean
from rules.text import Scalar, Source, read_source
from rules.text import Sequence as Items

if TYPE_CHECKING:
    from engine.compare.impact_values import Impact

Form = Literal["text", "markdown", "html", "json"]
_HOW = "Write it as ID@VERSION, as ID@VERSION:REGION, or as the path of a version's file."


def run(
    before: str, after: str, returns: Path | None, frameworks: Path | None, form: str, out: Path | None
) -> None:
    """Compare two versions, and tell every difference and what it does, also to the units of a file of returns."""
    folder = frameworks if frameworks is not None else shipped()
    with reporting(form == "json"), made_ready():
        loaded = library(frameworks)
        sides = (_side(before, loaded, folder), _side(after, loaded, folder))

        work = partial(_impact, sides, (before, after), loaded, returns, frameworks)
        with beside(work) if returns is not None else nullcontext(work) as impact:
            with status_line() as report:
                found = compared(*sides, prover, lambda what: report(f"Comparing: {what}"))
            if returns is not None:
                from reports.compare import load

                load(form)  # takes a while, in which the impact is on its way
            found = replace(found, impact=impact())
        if form == "pdf":
            told = _pdf(found, loaded.organisation)
        else:
            from reports.compare import tell

            told = tell(found, loaded.organisation, form=cast(Form, form)).encode()
    write_out(told, out)


def _pdf(found: Comparison, organisation: Organisation) -> bytes:
    """A comparison as PDF, with a day that follows from what is compared: the same has the same bytes."""
    from reports.compare import page
    from reports.pdf import comparison_pdf  # brings the typesetter, which few ask for

    day = found.after.policy.version.effective if found.impact is None else found.impact.last
    return comparison_pdf(page(found, organisation), day)


def _impact(
    sides: tuple[Side, Side],
    named: tuple[str, str],
    loaded: Library,
    returns: Path | None,
    frameworks: Path | None,
) -> Impact | None:
    """What the two sides make of a file of returns, where one is given."""
    if returns is None:
        return None
    from api.cli._impact import impact_on  # brings much that nothing else here wants

    return impact_on(sides, named, loaded, returns, frameworks)


def _side(named: str, loaded: Library, folder: Path) -> Side:
    """One side as it is named on the command line. Raises UsageError, DocumentError."""
    path = Path(named)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return _of_file(path)
    id_, at, rest = named.partition("@")
    version, colon, region = rest.partition(":")
    if not at or not version:
        raise UsageError(f"{named} names no version. {_HOW}")
    if id_ not in loaded.frameworks:
        raise UsageError(f"There is no framework {id_}. {did_you_mean(id_, loaded.frameworks)}".strip())
    framework = loaded.frameworks[id_]
    policy = framework.pin(version).policies[0]
    if not colon:
        return version_side(policy)
    regions = [one.id for one in loaded.organisation.regions]
    if region not in regions:
        group = loaded.organisation.group.one
        raise UsageError(f"There is no {group} {region}. {did_you_mean(region, regions)}".strip())
    return _of_region(framework, policy, region, folder)


def _of_file(path: Path) -> Side:
    findings = Findings()
    try:
        source = read_source(path, str(path), findings)
    except OSError as error:
        end(f"{path} cannot be opened: {error.strerror}.")
    policy = None if source is None else check_version(source, findings)
    if source is None or policy is None:
        raise DocumentError(findings.errors)
    return version_side(policy, source)


def _of_region(framework: Framework, policy: Policy, region: str, folder: Path) -> Side:
    source = _settings_of(folder / framework.id / "regions", region)

    def places(entry: SettingsEntry) -> Mapping[str, Place]:
        return {} if source is None else _places(source, framework.regions[region].settings.index(entry))

    return region_side(framework, policy, region, today(), places)


def _settings_of(folder: Path, region: str) -> Source | None:
    """The file in which a region's settings are written."""
    for path in sorted(folder.glob("*.yaml")):
        source = read_source(path, str(path), Findings())
        if source is not None and written(source, "region") == region:
            return source
    return None


def _places(source: Source, entry: int) -> dict[str, Place]:
    """Where an entry writes its trigger points, and what it withholds."""
    at = ("settings", entry)
    found: dict[str, Place] = {}
    withheld = source.node((*at, "withhold"))
    for index, node in enumerate(withheld.items if isinstance(withheld, Items) else ()):
        if isinstance(node, Scalar):
            found[node.text] = source.place((*at, "withhold", index))
    points = source.node((*at, "trigger_points"))
    for name in getattr(points, "entries", {}):
        found[name] = source.place((*at, "trigger_points", name), key=True)
    return found
