"""The library: everything in a folder of policy, read and checked as a whole.

This is the loader: beside the ledger the only place in `rules` and `engine` that reads files.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules.check.organisation import check_organisation
from rules.check.scenarios import check_scenarios
from rules.check.settings import check_settings, read_settings
from rules.check.version import check_version
from rules.check.versions import check_versions
from rules.framework import Framework, Library, Setting
from rules.model import Organisation, RegionSettings
from rules.policy import Policy
from rules.problems import DocumentError, Findings, Place, Problem, UsageError, folded, ordered
from rules.said import said
from rules.text import Scalar, Source, read_source
from rules.texts import Shelf, Texts, take_texts
from rules.views import CheckedView, inputs_of

__all__ = [
    "Framework",
    "Library",
    "Setting",
    "Shelf",
    "Texts",
    "check_library",
    "further_sources",
    "load_library",
    "load_views",
    "read_library",
    "take_texts",
]


@dataclass(slots=True)
class _Folder:
    """What was read of a folder: the register, and each framework's versions with their texts."""

    draft: Source | None = None
    organisation: Organisation | None = None
    register: Source | None = None
    frameworks: dict[str, Framework] = field(default_factory=dict)
    versions: dict[str, list[tuple[Policy, Source]]] = field(default_factory=dict)
    scenarios: bool = True
    """Whether scenarios are read."""
    whole: bool = True
    """Whether every version could be read."""
    further: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the checks of further documents gave, by framework and folder."""


def load_library(folder: Shelf, draft: Source | None = None, *, scenarios: bool = True) -> Library:
    """Read and check a folder of policy whole; without `scenarios`, all that decides.

    With a draft, as if that document lay in its place: instead of the version of its name, or of its region's
    settings. Raises DocumentError with every problem, or UsageError where the folder cannot be read.
    """
    findings = Findings()
    library = read_library(folder, findings, draft, scenarios=scenarios)
    if library is None:
        raise DocumentError(folded(findings.errors))
    return library


def read_library(
    folder: Shelf, findings: Findings, draft: Source | None = None, *, scenarios: bool = True
) -> Library | None:
    """The library of a folder, or None with its problems in `findings`.

    A figure that is not fit in a scenario (PF403) is told, but it keeps nobody from using the policy.
    """
    with _collector_paused():
        found = _read_folder(folder, findings, draft, scenarios=scenarios)
    if found.organisation is None or findings.blocking:
        return None
    return Library(found.organisation, found.frameworks)


def check_library(
    folder: Path,
    *,
    prove: bool = False,
    guarantees: bool = True,
    report: Callable[[str], None] = lambda what: None,
) -> tuple[Problem, ...]:
    """Every problem of a folder of policy, by place, with the warnings that loading leaves out (PF3xx).

    With `prove` each version is searched for what can never or must always happen, and its guarantees are
    proved (unless `guarantees` is off). `report` is told what is being looked at, for a person who waits.
    Raises UsageError where the folder cannot be read.
    """
    findings = Findings()
    with _collector_paused():
        found = _read_folder(folder, findings)
        _check_further(folder, found, findings)
        _warn(folder, found, findings)
    if prove:
        from rules.prove import check_policy  # slow to import, and only wanted here

        for versions in found.versions.values():
            for policy, source in versions:
                report(policy.id)
                check_policy(policy, source, findings, guarantees=guarantees)
    return ordered(folded(findings.problems))


def _check_further(folder: Path, found: _Folder, findings: Findings) -> None:
    """The documents that loading leaves alone, since no decision needs them."""
    from rules.check.further import CHECKS

    for framework in found.frameworks.values():
        policies = framework.policies if found.whole else None
        for kind, check in CHECKS.items():
            sources = further_sources(folder, framework.id, kind, findings)
            if sources:
                given = check(sources, framework.id, policies, found.organisation, findings)
                found.further.setdefault(framework.id, {})[kind] = given


def further_sources(folder: Shelf, framework: str, kind: str, findings: Findings) -> list[Source]:
    """The documents of one folder of `rules.texts.FURTHER`, by their files' names, as far as they can be read.

    Raises UsageError where the folder is shut.
    """
    return list(_sources(folder / framework / kind, findings))


def load_views(folder: Shelf, framework: Framework) -> dict[str, CheckedView]:
    """The views of a framework, by their ids. Raises DocumentError with every problem of any of them, UsageError."""
    from rules.check.views import check_views

    findings = Findings()
    views = check_views(
        further_sources(folder, framework.id, "views", findings),
        framework.id,
        framework.vocabulary,
        findings,
    )
    if findings.errors:
        raise DocumentError(folded(findings.errors))
    return views


def _warn(folder: Path, found: _Folder, findings: Findings) -> None:
    """The warnings of documents that were read without a fault."""
    from rules.check.days import check_gaps, check_units
    from rules.check.strays import check_strays
    from rules.check.warnings import warn_of_version

    for versions in found.versions.values():
        for policy, source in versions:
            views = found.further.get(policy.version.framework, {}).get("views", {})
            warn_of_version(policy, source, findings, inputs_of(views.values()))
    # Beside a version that cannot be read, days could be called uncovered that it covers.
    if found.whole:
        for versions in found.versions.values():
            check_gaps(versions, findings)
        if found.organisation is not None and found.register is not None:
            policies = [[policy for policy, _ in versions] for versions in found.versions.values()]
            check_units(found.organisation, found.register, policies, findings)
    check_strays(folder, findings)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Documents become large trees without circles: the collector would search them again and again as they grow."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read_folder(
    folder: Shelf, findings: Findings, draft: Source | None = None, *, scenarios: bool = True
) -> _Folder:
    names = _names(folder)
    if names is None:
        raise UsageError(said("{folder} is no folder of frameworks.", folder=str(folder)))
    found = _Folder(draft, scenarios=scenarios)
    register = folder / "organisation.yaml"
    if register.name in names:
        found.register = _source(register, findings)
        if found.register is not None:
            found.organisation = check_organisation(found.register, findings)
    else:
        findings.add(
            "PF206", "organisation.yaml is missing.", Place(str(register)), "Write the register of units."
        )
    for name in names:
        inner = [] if name.startswith((".", "_")) else _names(folder / name) or []
        if any(one.endswith(".yaml") for one in inner):
            _read_framework(folder / name, found, findings)
    return found


def _source(path: Shelf, findings: Findings) -> Source | None:
    try:
        return read_source(path, str(path), findings)
    except OSError as error:
        raise UsageError(_shut(path, error)) from error


def _names(folder: Shelf) -> list[str] | None:
    """What lies in a folder, by name; None where there is no such folder. A folder that is shut is no empty one."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(_shut(folder, error)) from error


def _shut(path: Shelf, error: OSError) -> str:
    return said("{path} cannot be read: {reason}.", path=str(path), reason=error.strerror)


def _sources(
    folder: Shelf, findings: Findings, draft: Source | None = None, key: str = ""
) -> Iterator[Source]:
    """The documents of a folder. A draft that has the key stands for those that say the same there."""
    named = None if draft is None else written(draft, key)
    for name in _names(folder) or ():
        source = _source(folder / name, findings) if name.endswith(".yaml") else None
        if source is not None and (named is None or written(source, key) != named):
            yield source
    if draft is not None and named is not None:
        yield draft


def written(source: Source, key: str) -> str | None:
    """What a document says under a key, if that is a single value."""
    node = source.node((key,))
    return node.text if isinstance(node, Scalar) else None


def _read_framework(folder: Shelf, found: _Folder, findings: Findings) -> None:
    versions: list[tuple[Policy, Source]] = []
    faults = len(findings.errors)
    mine = found.draft is not None and written(found.draft, "framework") == folder.name
    draft = found.draft if mine else None
    for source in _sources(folder, findings, draft, "version"):
        policy = check_version(source, findings)
        if policy is not None:
            versions.append((policy, source))
    # Beside a version that cannot be read, what is said of settings and scenarios could be untrue.
    whole = len(findings.errors) == faults
    found.whole = found.whole and whole
    versions.sort(key=lambda pair: (pair[0].version.effective, pair[0].file))
    check_versions(folder.name, versions, findings)
    policies = [policy for policy, _ in versions]
    regions = _read_regions(folder, policies if whole else [], found.organisation, findings, draft)
    framework = Framework(folder.name, tuple(policies), regions)
    scenarios = [
        check_scenarios(source, framework.id, policies if whole else None, found.organisation, findings)
        for source in (_sources(folder / "scenarios", findings) if found.scenarios else ())
    ]
    framework.scenarios = tuple(one for one in scenarios if one is not None)
    found.frameworks[folder.name] = framework
    found.versions[folder.name] = versions


def _read_regions(
    folder: Shelf,
    policies: list[Policy],
    organisation: Organisation | None,
    findings: Findings,
    draft: Source | None,
) -> dict[str, RegionSettings]:
    """The settings of a framework's regions, each checked against the versions that it reaches."""
    regions: dict[str, tuple[RegionSettings, Source]] = {}
    sources = _sources(folder / "regions", findings, draft, "region")
    read = [(read_settings(source, findings), source) for source in sources]
    written = [(settings, source) for settings, source in read if settings is not None]
    for settings, source in sorted(written, key=lambda pair: (pair[0].settings[0].effective, pair[1].file)):
        if settings.framework != folder.name:
            place = source.place(("framework",))
            findings.add(
                "PF242", f"This belongs to {folder.name}.", place, f"Write framework: {folder.name}."
            )
        if settings.region in regions:
            also = [regions[settings.region][1].place(("region",))]
            place = source.place(("region",))
            findings.add(
                "PF258", f"{settings.region} has two files.", place, "Merge them into one file.", also
            )
        regions.setdefault(settings.region, (settings, source))
        check_settings(settings, source, policies, organisation, findings)
    return {id_: pair[0] for id_, pair in regions.items()}
