"""What a folder of policy holds, as values: its frameworks, and what is in force on a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rules.check.scenarios import ScenarioFile
from rules.check.settings import trigger_point_misfit
from rules.decide import compile_policy
from rules.figures import Vocabulary
from rules.model import Organisation, RegionSettings, SettingsEntry
from rules.policy import Policy
from rules.problems import UsageError, did_you_mean
from rules.reading import Reader
from rules.said import said

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

    def __reduce__(self) -> tuple[object, ...]:
        """What goes to another process: the documents. What was compiled from them is made there anew."""
        return Framework, (self.id, self.policies, self.regions, self.scenarios, self.pinned)

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

    def last_day(self, policy: Policy) -> datetime.date | None:
        """The last day on which a version is in force, as far as that is known."""
        began = policy.version.effective
        later = [one.version.effective for one in self.policies if one.version.effective > began]
        ends = [day - datetime.timedelta(1) for day in later]
        ends += [] if policy.version.until is None else [policy.version.until]
        return min(ends, default=None)

    def version(self, name: str) -> Policy | None:
        """The version of a name, if there is one."""
        return next((policy for policy in self.policies if policy.version.version == name), None)

    def pin(self, version: str) -> Framework:
        """The framework with one version judging all days. Raises UsageError."""
        for policy in self.policies:
            if policy.version.version == version:
                return Framework(self.id, (policy,), self.regions, self.scenarios, pinned=True)
        hint = did_you_mean(version, [policy.version.version for policy in self.policies])
        raise UsageError(
            said(
                "{framework} has no version {version}. {hint}", framework=self.id, version=version, hint=hint
            )
        )

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
            names = ", ".join(sorted(self.frameworks))
            raise UsageError(said("Name a framework: {names}.", names=names))
        id_, at, version = name.partition("@")
        if id_ not in self.frameworks:
            hint = did_you_mean(id_, self.frameworks)
            raise UsageError(said("There is no framework {id}. {hint}", id=id_, hint=hint))
        return self.frameworks[id_].pin(version) if at else self.frameworks[id_]
