"""What a region may set, and nothing else: within bounds, for its own units, in every version it reaches."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal

from rules.model import Organisation, RegionSettings, SettingsEntry, Version
from rules.model._fields import number_text
from rules.model.read import read_model
from rules.policy import Policy
from rules.problems import Findings, did_you_mean
from rules.said import said
from rules.text import Path_, Source


def read_settings(source: Source, findings: Findings) -> RegionSettings | None:
    """The settings of a region as a model, or None with every fault of shape."""
    return read_model(RegionSettings, source, findings)


def check_settings(
    settings: RegionSettings,
    source: Source,
    policies: list[Policy],
    organisation: Organisation | None,
    findings: Findings,
) -> None:
    """Note every setting that the versions do not allow. `policies` are in the order of their days."""
    with findings.reading():
        _check(settings, source, policies, organisation, findings)


def _check(
    settings: RegionSettings,
    source: Source,
    policies: list[Policy],
    organisation: Organisation | None,
    findings: Findings,
) -> None:
    own: set[str] | None = None
    activities = {policy: _activities(policy.version) for policy in policies}
    if organisation is not None:
        regions = [region.id for region in organisation.regions]
        if settings.region in regions:
            own = {pdu.id for pdu in organisation.pdus if pdu.region == settings.region}
        else:
            hint = did_you_mean(settings.region, regions)
            findings.add("PF257", f"{settings.region} is no region.", source.place(("region",)), hint)
    previous: datetime.date | None = None
    for index, entry in enumerate(settings.settings):
        path: Path_ = ("settings", index)
        if previous is not None and entry.effective <= previous:
            place = source.place((*path, "effective"))
            message = "Entries must be in the order of their days, with one for each day."
            findings.add("PF255", message, place, "Move it, or change its day.")
        previous = entry.effective
        if own is not None:
            for pdu in entry.pdus:
                if pdu not in own:
                    place = source.place((*path, "pdus", pdu), key=True)
                    findings.add(
                        "PF254", f"{pdu} is no unit of {settings.region}.", place, did_you_mean(pdu, own)
                    )
        following = settings.settings[index + 1].effective if index + 1 < len(settings.settings) else None
        reached = list(_reached(policies, entry.effective, following))
        if policies and not (reached and reached[0].version.effective <= entry.effective):
            place = source.place((*path, "effective"))
            days = ", ".join(str(policy.version.effective) for policy in policies)
            hint = f"Choose a day on which one is. Versions begin on {days}."
            findings.add("PF256", f"No version is in force on {entry.effective}.", place, hint)
        told: set[Path_] = set()
        for policy in reached:
            for where, code, message, hint in _misfits(entry, policy.version, activities[policy]):
                if where not in told:
                    told.add(where)
                    if policy is not reached[0]:
                        message = (
                            f"{message.removesuffix('.')} in {policy.version.version}, which it reaches."
                        )
                    named = code in ("PF250", "PF253")
                    findings.add(
                        code,
                        message,
                        source.place((*path, *where), key=named and "withhold" not in where),
                        hint,
                    )


def _reached(policies: list[Policy], start: datetime.date, end: datetime.date | None) -> Iterator[Policy]:
    """The version in force when an entry begins, and every later one until the next entry."""
    for index, policy in enumerate(policies):
        after = policies[index + 1] if index + 1 < len(policies) else None
        until = policy.version.until
        over = (after is not None and after.version.effective <= start) or (
            until is not None and until < start
        )
        if not over and (end is None or policy.version.effective < end):
            yield policy


def _activities(version: Version) -> tuple[set[str], set[str]]:
    """The activities of a version that may be reduced, and those that are mandatory."""
    reducible = {activity.id for activity in version.activities if activity.reductions}
    return reducible, {activity.id for activity in version.activities} - reducible


def _misfits(
    entry: SettingsEntry, version: Version, activities: tuple[set[str], set[str]]
) -> Iterator[tuple[Path_, str, str, str]]:
    """Where an entry does not fit a version: (path, code, message, hint)."""
    yield from _numbers(entry.trigger_points, ("trigger_points",), version)
    yield from _withheld(entry.withhold, ("withhold",), *activities)
    for pdu, own in entry.pdus.items():
        yield from _numbers(own.trigger_points, ("pdus", pdu, "trigger_points"), version)
        yield from _withheld(own.withhold, ("pdus", pdu, "withhold"), *activities)


def _numbers(
    numbers: Mapping[str, Decimal], path: Path_, version: Version
) -> Iterator[tuple[Path_, str, str, str]]:
    for name, number in numbers.items():
        misfit = trigger_point_misfit(name, number, version)
        if misfit is not None:
            yield (*path, name), *misfit


def trigger_point_misfit(name: str, number: Decimal, version: Version) -> tuple[str, str, str] | None:
    """Why a number may not be set for a trigger point: (code, message, hint), or None where it may."""
    point = version.trigger_points.get(name)
    if point is None:
        return (
            "PF250",
            said("{name} is no trigger point.", name=name),
            did_you_mean(name, version.trigger_points),
        )
    if point.regions is None:
        message = said("{name} is set nationally; no region may move it.", name=name)
        return "PF251", message, said("Remove it.")
    low, high = point.regions.from_, point.regions.to
    if low <= number <= high:
        return None
    least, most = number_text(low), number_text(high)
    if number < low:
        message = said(
            "{name} {number} is below the {least} that the framework allows regions.",
            name=name,
            number=number_text(number),
            least=least,
        )
    else:
        message = said(
            "{name} {number} is above the {most} that the framework allows regions.",
            name=name,
            number=number_text(number),
            most=most,
        )
    return "PF203", message, said("Set it between {least} and {most}.", least=least, most=most)


def _withheld(
    ids: list[str], path: Path_, reducible: set[str], mandatory: set[str]
) -> Iterator[tuple[Path_, str, str, str]]:
    for position, id_ in enumerate(ids):
        if id_ in reducible:
            continue
        if id_ in mandatory:
            yield (
                (*path, position),
                "PF253",
                f"{id_} is mandatory: there is nothing to withhold.",
                "Remove it.",
            )
        else:
            yield (*path, position), "PF253", f"{id_} is no activity.", did_you_mean(id_, reducible)
