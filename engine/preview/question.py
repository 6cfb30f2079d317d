"""What a preview asks: which two worlds, and from which day on the new one counts.

A document that takes effect after all returns would change none of the past. To learn what it would have done, it
is tried as if it had taken effect earlier.
"""

from __future__ import annotations

import dataclasses
import datetime

from engine.course import MOST_DAYS
from engine.preview.values import Question
from rules.library import Framework
from rules.model import RegionSettings, SettingsEntry
from rules.policy import Policy
from rules.problems import UsageError


def region_question(
    framework: Framework,
    new: RegionSettings,
    first: datetime.date,
    last: datetime.date,
    *,
    in_place: bool = False,
    as_if: datetime.date | None = None,
) -> Question:
    """What new settings of a region would have changed, with returns from a first to a last day.

    The entry that is tried is the first that the settings in force do not have. Settings that lie `in_place` are in
    force themselves: then it is their last entry, and the world before has all the others.
    """
    region = new.region
    old = framework.regions.get(region)
    if in_place:
        old = _with(new, new.settings[:-1])
        framework = _with_region(framework, region, old)
    kept = old.settings if old is not None else []
    added = [entry for entry in new.settings if entry not in kept]
    entry = added[0] if added else new.settings[-1]
    differing = [one.effective for one in (*added, *(one for one in kept if one not in new.settings))]
    asked = as_if is not None
    if as_if is None and differing and min(differing) > last and added:
        as_if = max(first, _begins(framework, entry.effective, last))
    after = new if as_if is None else _moved(new, entry, as_if)
    return Question(
        before=framework,
        after=_with_region(framework, region, after),
        region=region,
        version=None,
        effective=entry.effective,
        as_if=as_if if as_if != entry.effective else None,
        asked=asked,
        same=not differing,
        in_place=in_place,
        differs_from=min([*differing, *([] if as_if is None else [as_if])], default=first),
    )


def version_question(
    before: Framework,
    after: Framework,
    version: str,
    first: datetime.date,
    last: datetime.date,
    *,
    in_place: bool = False,
    as_if: datetime.date | None = None,
) -> Question:
    """What a version would have changed. `after` has it, `before` may have another text of the same name.

    A version that lies `in_place` is in force itself: then the world before is the one without it. Raises
    UsageError where no version is left, or where the version ends before it is to begin.
    """
    policy = next(one for one in after.policies if one.version.version == version)
    if in_place:
        before = _with_policies(after, [one for one in after.policies if one is not policy])
    if not before.policies:
        raise UsageError(f"{policy.id} is the only version: there is nothing to compare it with.")
    effective = policy.version.effective
    asked = as_if is not None
    same = any(one.sha256 == policy.sha256 for one in before.policies)
    if as_if is None and effective > last and not same:
        as_if = first
    if as_if == effective:
        as_if = None
    if as_if is not None:
        after = _with_policies(after, _begun(after.policies, policy, as_if))
    old = [one.version.effective for one in before.policies if one.version.version == version]
    return Question(
        before=before,
        after=after,
        region=None,
        version=version,
        effective=effective,
        as_if=as_if,
        asked=asked,
        same=same,
        in_place=in_place,
        differs_from=min([effective, *old, *([] if as_if is None else [as_if])]),
    )


def period(
    question: Question,
    first: datetime.date,
    last: datetime.date,
    begins: datetime.date | None = None,
    ends: datetime.date | None = None,
) -> tuple[datetime.date, datetime.date]:
    """The first and the last day to look at, with returns from a first to a last day.

    Unless they are given: from the first return on which the two worlds could differ, to the end of the week (or
    whatever the period is) of the last return. Raises UsageError where there is no such day, or too many.
    """
    if begins is None:
        begins = max(first, question.differs_from) if question.differs_from <= last else first
    if ends is None:
        policy = question.after.in_force(last)
        every = policy.version.returns.every if policy is not None else 1
        ends = last + datetime.timedelta(days=every - 1)
    if ends < begins:
        raise UsageError(f"There is no day from {begins} until {ends}.")
    if (ends - begins).days >= MOST_DAYS:
        raise UsageError(f"From {begins} until {ends} is too long: a preview looks at 20 years at most.")
    return begins, ends


def _begins(framework: Framework, day: datetime.date, last: datetime.date) -> datetime.date:
    """The first day of the version that an entry of a day was written for, if that is among the returns."""
    policy = framework.in_force(day)
    began = datetime.date.min if policy is None else policy.version.effective
    return began if began <= last else datetime.date.min


def _moved(settings: RegionSettings, entry: SettingsEntry, day: datetime.date) -> RegionSettings | None:
    """The settings with one entry in force from another day on."""
    others = [
        one
        for one in settings.settings
        if one is not entry and not _replaced(one.effective, day, entry.effective)
    ]
    moved = entry.model_copy(update={"effective": day})
    return _with(settings, sorted([*others, moved], key=lambda one: one.effective))


def _with(settings: RegionSettings, entries: list[SettingsEntry]) -> RegionSettings | None:
    return settings.model_copy(update={"settings": entries}) if entries else None


def _with_region(framework: Framework, region: str, settings: RegionSettings | None) -> Framework:
    """The framework under other settings of a region, or under none."""
    if settings is not None:
        return framework.with_settings(region, settings)
    regions = {id_: one for id_, one in framework.regions.items() if id_ != region}
    return Framework(framework.id, framework.policies, regions, framework.scenarios)


def _with_policies(framework: Framework, policies: list[Policy]) -> Framework:
    return Framework(framework.id, tuple(policies), framework.regions, framework.scenarios)


def _begun(policies: tuple[Policy, ...], policy: Policy, day: datetime.date) -> list[Policy]:
    """The versions with one that begins on another day."""
    version = policy.version
    if version.until is not None and version.until < day:
        raise UsageError(f"{policy.id} ends on {version.until}, before {day}.")
    others = [
        one
        for one in policies
        if one is not policy and not _replaced(one.version.effective, day, version.effective)
    ]
    moved = dataclasses.replace(policy, version=version.model_copy(update={"effective": day}))
    return sorted([*others, moved], key=lambda one: one.version.effective)


def _replaced(begins: datetime.date, day: datetime.date, effective: datetime.date) -> bool:
    """Whether what begins on one day gives way to what now begins on another instead of its effective day."""
    return begins == day or day < begins < effective
