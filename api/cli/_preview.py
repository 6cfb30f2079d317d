"""`prioritise preview`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple, cast

from api.cli._load import events_of, returns_of, shipped, unit
from api.cli._terminal import FOUND_PROBLEMS, end, progress, reporting, write_out
from engine.preview import Question, period, previewed, region_question, units_of, version_question
from reports.preview import tell
from rules.check.settings import read_settings
from rules.check.version import check_version
from rules.figures import Return
from rules.library import Framework, load_library
from rules.model import Organisation, RegionSettings
from rules.problems import DocumentError, Findings, UsageError, did_you_mean
from rules.text import Source, read_source

Form = Literal["text", "markdown", "html", "json"]


class _Draft(NamedTuple):
    """The document that is tried: its text, what it is, and whether it lies in its place."""

    source: Source
    settings: RegionSettings | None
    framework: str
    version: str
    in_place: bool


def run(
    file: Path,
    returns_path: Path,
    frameworks: Path | None,
    events_path: Path | None,
    pdus: list[str],
    first: datetime.date | None,
    last: datetime.date | None,
    as_if: datetime.date | None,
    form: str,
    out: Path | None,
) -> None:
    """Decide the units of a file of returns as they were and as they would have been, and tell the difference."""
    folder = frameworks if frameworks is not None else shipped()
    if first is not None and last is not None and last < first:
        end(f"--until {last} is before --from {first}.")
    with reporting(form == "json"):
        draft = _draft(file, folder)
        organisation, before, after = _worlds(draft, folder)
        known = Framework(after.id, (*before.policies, *after.policies))
        returns = returns_of(returns_path, known, organisation, False, form == "json").returns
        events = events_of(events_path, before, organisation)
        concerned = _of_region(draft, returns, organisation)
        if not concerned:
            whose = f" of {draft.settings.region}" if draft.settings is not None else ""
            end(f"The file holds no returns{whose}: there is nothing to preview.", FOUND_PROBLEMS)
        days = [one.as_of for one in concerned]
        question = _question(draft, before, after, min(days), max(days), as_if)
        _check_units(pdus, question, organisation)
        begins, ends = period(question, min(days), max(days), first, last)
        chosen = {pdu.id for pdu in units_of(question, organisation, pdus)}
        judged = len({one.pdu for one in concerned if one.pdu in chosen})
        with progress("Deciding", 2 * judged) as advance:
            found = previewed(
                question, organisation, concerned, events, begins, ends, only=pdus, progress=advance
            )
    if not found.units:
        end(
            f"There are no returns of these {organisation.unit.many} by {ends}: nothing can be told.",
            FOUND_PROBLEMS,
        )
    write_out(tell(found, organisation, form=cast(Form, form)).encode(), out)


def _draft(file: Path, folder: Path) -> _Draft:
    """The document that is tried. Raises DocumentError with every problem of its text and its shape."""
    findings = Findings()
    try:
        source = read_source(file, str(file), findings)
    except OSError as error:
        end(f"{file} cannot be opened: {error.strerror}.")
    if source is None:
        raise DocumentError(findings.errors)
    if source.node(("settings",)) is not None or source.node(("region",)) is not None:
        settings = read_settings(source, findings)
        if settings is None:
            raise DocumentError(findings.errors)
        framework, version, inner = settings.framework, "", Path(settings.framework, "regions")
    elif source.node(("statuses",)) is not None or source.node(("activities",)) is not None:
        settings = None
        policy = check_version(source, findings)
        if policy is None:
            raise DocumentError(findings.errors)
        framework, version = policy.version.framework, policy.version.version
        inner = Path(framework)
    else:
        end(f"{file} is neither the settings of a region nor a version of a framework.", FOUND_PROBLEMS)
    in_place = file.resolve().parent == (folder / inner).resolve() and file.suffix == ".yaml"
    return _Draft(source, settings, framework, version, in_place)


def _worlds(draft: _Draft, folder: Path) -> tuple[Organisation, Framework, Framework]:
    """The register, the framework as it is, and as it is with the document in its place. Raises DocumentError."""
    library = load_library(folder, draft.source)
    if draft.framework not in library.frameworks:
        findings = Findings()
        hint = did_you_mean(draft.framework, library.frameworks)
        place = draft.source.place(("framework",))
        findings.add("PF242", f"There is no framework {draft.framework}.", place, hint)
        raise DocumentError(findings.errors)
    after = library.frameworks[draft.framework]
    before = after if draft.in_place else load_library(folder).frameworks[draft.framework]
    if draft.settings is not None:
        # Settings change nothing of a version, so both worlds may share what is compiled of it.
        after = before.with_settings(draft.settings.region, draft.settings)
    return library.organisation, before, after


def _of_region(draft: _Draft, returns: Sequence[Return], organisation: Organisation) -> list[Return]:
    """The returns that a preview is about: those of the region, or all."""
    if draft.settings is None:
        return list(returns)
    own = {pdu.id for pdu in organisation.pdus if pdu.region == draft.settings.region}
    return [one for one in returns if one.pdu in own]


def _question(
    draft: _Draft,
    before: Framework,
    after: Framework,
    first: datetime.date,
    last: datetime.date,
    as_if: datetime.date | None,
) -> Question:
    """What is asked of returns from a first to a last day. Raises UsageError."""
    if draft.settings is not None:
        return region_question(before, draft.settings, first, last, in_place=draft.in_place, as_if=as_if)
    return version_question(before, after, draft.version, first, last, in_place=draft.in_place, as_if=as_if)


def _check_units(pdus: Sequence[str], question: Question, organisation: Organisation) -> None:
    """End with code 2 where a unit is not known, or is of another region."""
    for id_ in pdus:
        pdu = unit(organisation, id_)
        if question.region is not None and pdu.region != question.region:
            raise UsageError(f"{pdu.name} is of {pdu.region}, and the file is of {question.region}.")
