"""The library: everything in a folder of policy, checked as a whole, and what is in force on a day.

This is the loader: beside the ledger the only place in `rules` and `engine` that reads files.
"""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from rules.check.organisation import check_organisation
from rules.check.scenarios import ScenarioFile, check_scenarios
from rules.check.settings import check_settings, read_settings, trigger_point_misfit
from rules.check.version import check_version
from rules.decide import compile_policy
from rules.figures import Vocabulary
from rules.model import Organisation, RegionSettings, SettingsEntry
from rules.policy import Policy
from rules.problems import DocumentError, Findings, Place, Problem, UsageError, did_you_mean, ordered
from rules.reading import Reader
from rules.text import Source, read_source

MAX_PROGRAMS = 64


@dataclass(frozen=True, slots=True)
class Setting:
    """The numbers of one unit's trigger points on a day, who set each, and what is withheld.

    `set_by` says `default`, `region` or `pdu` for each; `entry` is the region's entry in force, if any;
    `left_out` are numbers of the entry that the version judging does not take (only when a version is named).
    """

    numbers: Mapping[str, Decimal]
    set_by: Mapping[str, str]
    withhold: frozenset[str]
    entry: SettingsEntry | None
    left_out: tuple[str, ...] = ()
    key: tuple[Decimal, ...] = ()


@dataclass(slots=True, eq=False)
class Framework:
    """One policy over time: its versions in the order of their days, and the settings of regions."""

    id: str
    policies: tuple[Policy, ...]
    regions: Mapping[str, RegionSettings] = field(default_factory=dict)
    scenarios: tuple[ScenarioFile, ...] = ()
    pinned: bool = False
    _settings: dict[tuple[int, str, int], Setting] = field(default_factory=dict)
    _readers: dict[tuple[int, tuple[Decimal, ...]], Reader] = field(default_factory=dict)
    _reader_of: dict[int, Reader] = field(default_factory=dict)

    def in_force(self, day: datetime.date) -> Policy | None:
        """The version in force on a day. A pinned framework has one version, in force on all days."""
        if self.pinned:
            return self.policies[0]
        found = None
        for policy in self.policies:
            if policy.version.effective <= day:
                found = policy
        if found is None or (found.version.until is not None and day > found.version.until):
            return None
        return found

    def pin(self, version: str) -> Framework:
        """The framework with one version judging all days. Raises UsageError."""
        for policy in self.policies:
            if policy.version.version == version:
                return Framework(self.id, (policy,), self.regions, self.scenarios, pinned=True)
        hint = did_you_mean(version, [policy.version.version for policy in self.policies])
        raise UsageError(f"{self.id} has no version {version}. {hint}".strip())

    def with_settings(self, region: str, settings: RegionSettings) -> Framework:
        """The framework as it would be under other settings of one region."""
        return Framework(
            self.id, self.policies, {**self.regions, region: settings}, self.scenarios, self.pinned
        )

    @property
    def vocabulary(self) -> Vocabulary:
        """Every input of any version."""
        return Vocabulary(policy.version for policy in self.policies)

    def entry(self, region: str, day: datetime.date) -> SettingsEntry | None:
        """The region's entry in force on a day."""
        found = None
        settings = self.regions.get(region)
        for entry in settings.settings if settings else ():
            if entry.effective <= day:
                found = entry
        return found

    def setting(self, policy: Policy, region: str, pdu: str, day: datetime.date) -> Setting:
        """What is set for a unit on a day, under a version."""
        entry = self.entry(region, day)
        key = (id(policy), pdu if entry is not None and pdu in entry.pdus else "", id(entry))
        found = self._settings.get(key)
        if found is None:
            found = self._settings[key] = _setting(policy, entry, pdu)
        return found

    def reader(self, policy: Policy, setting: Setting) -> Reader:
        """The compiled program of a version under a setting, with its reader; one for all with the same numbers."""
        found = self._reader_of.get(id(setting))
        if found is None:
            key = (id(policy), setting.key)
            found = self._readers.get(key)
            if found is None:
                if len(self._readers) >= MAX_PROGRAMS:
                    self._readers.clear()
                    self._reader_of.clear()
                found = self._readers[key] = Reader(compile_policy(policy, setting.numbers))
            self._reader_of[id(setting)] = found
        return found


def _setting(policy: Policy, entry: SettingsEntry | None, pdu: str) -> Setting:
    numbers = {name: point.default for name, point in policy.version.trigger_points.items()}
    set_by = dict.fromkeys(numbers, "default")
    if entry is None:
        return Setting(numbers, set_by, frozenset(), None, key=tuple(numbers.values()))
    own = entry.pdus.get(pdu)
    left_out = []
    for source, given in (("region", entry.trigger_points), ("pdu", own.trigger_points if own else {})):
        for name, number in given.items():
            if trigger_point_misfit(name, number, policy.version) is None:
                numbers[name], set_by[name] = number, source
            else:
                left_out.append(name)
    withhold = frozenset([*entry.withhold, *(own.withhold if own else ())])
    missing = tuple(dict.fromkeys(left_out))
    return Setting(numbers, set_by, withhold, entry, missing, tuple(numbers.values()))


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of policy: the organisation and its frameworks."""

    organisation: Organisation
    frameworks: Mapping[str, Framework]

    def framework(self, name: str | None = None) -> Framework:
        """A framework by `ID` or `ID@VERSION`; without a name the only one. Raises UsageError."""
        if name is None:
            if len(self.frameworks) == 1:
                return next(iter(self.frameworks.values()))
            raise UsageError(f"Name a framework: {', '.join(sorted(self.frameworks))}.")
        id_, at, version = name.partition("@")
        if id_ not in self.frameworks:
            raise UsageError(f"There is no framework {id_}. {did_you_mean(id_, self.frameworks)}".strip())
        return self.frameworks[id_].pin(version) if at else self.frameworks[id_]


def load_library(folder: Path) -> Library:
    """Read and check a folder of policy whole.

    Raises DocumentError with every problem, or UsageError where the folder cannot be read.
    """
    findings = Findings()
    library = read_library(folder, findings)
    if library is None:
        raise DocumentError(findings.errors)
    return library


def check_library(folder: Path) -> tuple[Problem, ...]:
    """Every problem of a folder of policy, by place."""
    findings = Findings()
    read_library(folder, findings)
    return ordered(findings.problems)


def read_library(folder: Path, findings: Findings) -> Library | None:
    """The library of a folder, or None with its problems in `findings`.

    A figure that is not fit in a scenario (PF403) is told, but it keeps nobody from using the policy.
    """
    with _collector_paused():
        return _read_folder(folder, findings)


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


def _read_folder(folder: Path, findings: Findings) -> Library | None:
    names = _names(folder)
    if names is None:
        raise UsageError(f"{folder} is no folder of frameworks.")
    organisation = None
    register = folder / "organisation.yaml"
    if register.name in names:
        source = _source(register, findings)
        organisation = None if source is None else check_organisation(source, findings)
    else:
        findings.add(
            "PF206", "organisation.yaml is missing.", Place(str(register)), "Write the register of units."
        )
    frameworks = {}
    for name in names:
        inner = [] if name.startswith((".", "_")) else _names(folder / name) or []
        if any(one.endswith(".yaml") for one in inner):
            frameworks[name] = _read_framework(folder / name, organisation, findings)
    if organisation is None or findings.blocking:
        return None
    return Library(organisation, frameworks)


def _source(path: Path, findings: Findings) -> Source | None:
    try:
        return read_source(path, str(path), findings)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error


def _names(folder: Path) -> list[str] | None:
    """What lies in a folder, by name; None where there is no such folder. A folder that is shut is no empty one."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error.strerror}.") from error


def _sources(folder: Path, findings: Findings) -> Iterator[Source]:
    for name in _names(folder) or ():
        source = _source(folder / name, findings) if name.endswith(".yaml") else None
        if source is not None:
            yield source


def _read_framework(folder: Path, organisation: Organisation | None, findings: Findings) -> Framework:
    policies: list[tuple[Policy, Source]] = []
    faults = len(findings.errors)
    for source in _sources(folder, findings):
        policy = check_version(source, findings)
        if policy is not None:
            policies.append((policy, source))
    # Beside a version that cannot be read, what is said of settings and scenarios could be untrue.
    whole = len(findings.errors) == faults
    policies.sort(key=lambda pair: (pair[0].version.effective, pair[0].file))
    _check_versions(folder.name, policies, findings)
    inner = [policy for policy, _ in policies]
    regions: dict[str, tuple[RegionSettings, Source]] = {}
    read = [(read_settings(source, findings), source) for source in _sources(folder / "regions", findings)]
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
        check_settings(settings, source, inner if whole else [], organisation, findings)
    framework = Framework(folder.name, tuple(inner), {id_: pair[0] for id_, pair in regions.items()})
    scenarios = [
        check_scenarios(source, framework.id, inner if whole else None, organisation, findings)
        for source in _sources(folder / "scenarios", findings)
    ]
    framework.scenarios = tuple(found for found in scenarios if found is not None)
    return framework


def _check_versions(folder: str, policies: list[tuple[Policy, Source]], findings: Findings) -> None:
    """Each version once, each day once, each in its framework's folder."""
    ids: dict[str, Source] = {}
    before: tuple[Policy, Source] | None = None
    for policy, source in policies:
        version = policy.version
        if version.framework != folder:
            place = source.place(("framework",))
            hint = f"Write framework: {folder}, or move the file."
            findings.add(
                "PF242", f"A version of {version.framework} lies in the folder {folder}.", place, hint
            )
        if version.version in ids:
            also = [ids[version.version].place(("version",))]
            place = source.place(("version",))
            findings.add("PF240", f"There are two versions {version.version}.", place, "Rename one.", also)
        ids.setdefault(version.version, source)
        if before is not None:
            earlier, other = before
            also = [other.place(("effective",))]
            if earlier.version.effective == version.effective:
                place = source.place(("effective",))
                findings.add(
                    "PF241", "Two versions begin on one day.", place, "Change one of the days.", also
                )
            elif earlier.version.until is not None and earlier.version.until >= version.effective:
                place = source.place(("effective",))
                also = [other.place(("until",))]
                findings.add(
                    "PF243", "The version before has not ended.", place, "Change one of the days.", also
                )
        before = (policy, source)
