"""The settings of a region to begin with: every number that it may move, what it triggers, and what is set now."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal

from engine.scaffolds._text import comment, flow_list, yaml_text
from rules.check.settings import trigger_point_misfit
from rules.formula import Comparison, Condition, FigureOf, Group, TriggerPointOf
from rules.formula.wording import span_in_words
from rules.library import Framework
from rules.model import Organisation, SettingsEntry, TriggerPoint, Version
from rules.model._fields import number_text
from rules.policy import Policy
from rules.problems import UsageError, did_you_mean
from rules.text import Sequence as ListNode
from rules.text import Source, lines_of

SCHEMA = "# yaml-language-server: $schema=../../../schemas/region.schema.json"
_REASON = "Say here why. It is shown with every decision that rests on these settings."
_INTRODUCTION = (
    "The settings of {region}. `#` begins a comment, which only people read.",
    "A line is a word, a colon, a space and a value. What belongs under a line is indented by two more spaces.",
    "To set a number, take away the `# ` before its line, and before `trigger_points:` if that has one. "
    "Leave the spaces as they are.",
    "`prioritise check` says whether the settings can be used. Nothing that is wrong reaches a {unit}.",
)
_WAYS = {
    "below": "is below it",
    "at_most": "is at or below it",
    "above": "is above it",
    "at_least": "is at or above it",
    "is": "is equal to it",
}


def region_scaffold(
    framework: Framework,
    organisation: Organisation,
    region: str,
    effective: datetime.date,
    written: Source | None = None,
    chosen: Mapping[str, Decimal] | None = None,
) -> str:
    """A file of settings for a region, with an entry that begins on a day.

    `written` is the region's file where it has one: its entries are kept, and the new one, which repeats what
    is in force, comes after them. `chosen` are numbers for trigger points that the new entry has instead. Raises
    UsageError.
    """
    names = {one.id: one.name for one in organisation.regions}
    if region not in names:
        raise UsageError(f"PF257 {region} is no region. {did_you_mean(region, names)}")
    policy = framework.in_force(effective)
    if policy is None:
        days = ", ".join(str(one.version.effective) for one in framework.policies)
        raise UsageError(f"PF256 No version is in force on {effective}. Versions begin on {days}.")
    settings = framework.regions.get(region)
    before = settings.settings[-1] if settings is not None else None
    if before is not None and effective <= before.effective:
        message = f"PF255 {region} has an entry for {before.effective}. Choose a later day."
        raise UsageError(message)
    entry = list(_entry(policy, organisation, region, effective, before, _fitting(chosen, policy)))
    if written is not None:
        return _continued(written, entry)
    introduction = [line.format(region=names[region], unit=organisation.unit.one) for line in _INTRODUCTION]
    head = [
        SCHEMA,
        *(line for text in introduction for line in comment(text)),
        "format: 1",
        f"framework: {yaml_text(framework.id)}",
        f"region: {yaml_text(region)}",
        "settings:",
    ]
    return "\n".join([*head, *(f"  {line}" for line in entry)]) + "\n"


def _fitting(chosen: Mapping[str, Decimal] | None, policy: Policy) -> Mapping[str, Decimal]:
    """The chosen numbers, if the version of the entry takes them. Raises UsageError."""
    for name, number in (chosen or {}).items():
        misfit = trigger_point_misfit(name, number, policy.version)
        if misfit is not None:
            code, message, hint = misfit
            raise UsageError(
                f"{code} {message.removesuffix('.')} in {policy.version.version}. {hint}".strip()
            )
    return chosen or {}


def _continued(written: Source, entry: list[str]) -> str:
    """The text of a file with an entry after its last one."""
    lines = lines_of(written.text.rstrip())
    node = written.node(("settings",))
    first = node.items[0] if isinstance(node, ListNode) else None
    start = lines[first.line - 1][: first.column - 1] if first is not None else ""
    if start.strip() != "-":
        raise UsageError(f"{written.file} has its settings in brackets. Add the new entry by hand.")
    indent = " " * start.index("-")
    end = _end(written, lines)
    added = [indent + line for line in entry]
    return "\n".join([*lines[:end], *added, *lines[end:]]) + "\n"


def _end(written: Source, lines: list[str]) -> int:
    """The line at which the list of settings ends: at the next key of the file, or with the file."""
    keys = getattr(written.root, "keys", {})
    later = [place.line - 1 for place in keys.values() if place.line > keys["settings"].line]
    end = min(later, default=len(lines))
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    return end


def _entry(
    policy: Policy,
    organisation: Organisation,
    region: str,
    effective: datetime.date,
    before: SettingsEntry | None,
    chosen: Mapping[str, Decimal],
) -> Iterator[str]:
    """The lines of an entry, as an item of a list that is not indented."""
    version = policy.version
    name = next(one.name for one in organisation.regions if one.id == region)
    set_by = before.set_by if before is not None else f"Director of {name}"
    yield f"- effective: {effective} # the first day on which these settings count"
    yield f"  set_by: {yaml_text(set_by)} # the role of the person who decides"
    yield f"  reason: {yaml_text(_REASON)}"
    if before is not None:
        yield from comment(
            f"What was set on {before.effective} is repeated here, because an entry replaces the one before it.",
            2,
        )
    current = dict(before.trigger_points) if before is not None else {}
    # A number that is the default anyway need not be set, unless it is set now.
    points = version.trigger_points
    changed = {
        name: number for name, number in chosen.items() if number != current.get(name, points[name].default)
    }
    if changed:
        told = ", ".join(f"{name} {number_text(number)}" for name, number in changed.items())
        yield from comment(f"New in this entry: {told}.", 2)
    yield from _numbers(policy, current | changed)
    yield from _withheld(version, before.withhold if before is not None else [])
    yield from _units(version, organisation, region, before)


def _numbers(policy: Policy, current: dict[str, Decimal]) -> Iterator[str]:
    """Every number that a region may move: set where the region has set it, else as a comment."""
    version = policy.version
    points = {name: point for name, point in version.trigger_points.items() if point.regions is not None}
    kept = {
        name: number
        for name, number in current.items()
        if trigger_point_misfit(name, number, version) is None
    }
    if not points:
        yield "  # This version has no number that a region may move."
        return
    yield "  # The numbers that a region may move. Those that are not set keep the framework's default."
    yield "  trigger_points:" if kept else "  # trigger_points:"
    for name, point in points.items():
        for text in (_bounds(name, point), *_triggered(policy, name)):
            yield from comment(text, 4 if kept else 2)
        # Without its `# ` a line stands where it belongs, below a key that is a comment itself or not.
        off = f"    # {name}" if kept else f"  #   {name}"
        number = kept.get(name)
        yield (
            f"{off}: {number_text(point.default)}" if number is None else f"    {name}: {number_text(number)}"
        )


def _bounds(name: str, point: TriggerPoint) -> str:
    assert point.regions is not None, "only what a region may move is told"
    low, high = number_text(point.regions.from_), number_text(point.regions.to)
    unit = f" {point.unit}" if point.unit else ""
    default = number_text(point.default)
    return f"{point.title or name}. Default {default}{unit}. A region may choose {low} to {high}."


def _triggered(policy: Policy, name: str) -> Iterator[str]:
    """What a trigger point triggers, in words."""
    version = policy.version
    titles = {status.id: status.title or status.id for status in version.statuses}
    roots: list[tuple[str, Condition | None]] = []
    for status, enter, leave in zip(version.status_ids, policy.enters, policy.exits, strict=True):
        roots += [(f"{titles[status]} begins", enter), (f"{titles[status]} may end", leave)]
    for one in policy.reductions:
        title = one.activity.title or one.activity.id
        roots.append((f"{title} may be reduced from {titles[one.key[1]]} on", one.when))
    found = [
        text
        for what, root in roots
        if root is not None
        for text in _uses(what, root, name, version, root.periods, alone=True)
    ]
    yield from found or ["No condition names it."]


def _uses(
    what: str, condition: Condition, name: str, version: Version, periods: int | None, *, alone: bool
) -> Iterator[str]:
    """Where a condition compares with a trigger point; `alone` says whether that comparison is enough for it."""
    periods = condition.periods or periods
    if isinstance(condition, Group):
        one_will_do = condition.operator == "any" or len(condition.parts) == 1
        one_will_do = one_will_do or (condition.operator == "count" and condition.at_least == 1)
        enough = alone and one_will_do and condition.operator != "none"
        for part in condition.parts:
            yield from _uses(what, part, name, version, periods, alone=enough)
    elif isinstance(condition.threshold, TriggerPointOf) and condition.threshold.name == name:
        way = _WAYS.get(condition.comparator, "meets it")
        held = f" for {span_in_words(periods * version.returns.every)}" if periods else ""
        more = "" if alone else ", together with other conditions"
        yield f"{what} when {_title(condition, version)} {way}{held}{more}."


def _title(comparison: Comparison, version: Version) -> str:
    subject = comparison.subject
    if not isinstance(subject, FigureOf):
        return f'"{version.measures[subject.measure].title or subject.measure}"'
    title = f'"{version.inputs[subject.input].title or subject.input}"'
    return f"{title} ({', '.join(subject.members)})" if subject.members else title


def _withheld(version: Version, withheld: list[str]) -> Iterator[str]:
    reducible = [activity.id for activity in version.activities if activity.reductions]
    if not reducible:
        return
    yield from comment(
        f"Reductions that this region does not use, by the id of the activity. Known: {', '.join(reducible)}.",
        2,
    )
    kept = [one for one in withheld if one in reducible]
    yield f"  withhold: {flow_list(kept)}" if kept else f"  # withhold: {flow_list(reducible[:1])}"


def _units(
    version: Version, organisation: Organisation, region: str, before: SettingsEntry | None
) -> Iterator[str]:
    """What differs for single units: as it is now, or how it is written."""
    units = [one.id for one in organisation.pdus if one.region == region]
    if not units:
        return
    one = organisation.unit.one
    yield from comment(
        f"What differs for a single {one}, by its id. Its number goes before the region's, and it may withhold "
        f"more, never less. Known: {', '.join(units)}.",
        2,
    )
    own = before.pdus if before is not None else {}
    if own:
        yield "  pdus:"
        for id_, settings in own.items():
            yield f"    {yaml_text(id_)}:" + ("" if settings.trigger_points or settings.withhold else " {}")
            numbers: Mapping[str, Decimal] = settings.trigger_points
            if numbers:
                inner = ", ".join(f"{name}: {number_text(number)}" for name, number in numbers.items())
                yield f"      trigger_points: {{{inner}}}"
            if settings.withhold:
                yield f"      withhold: {flow_list(settings.withhold)}"
        return
    points = [(name, point) for name, point in version.trigger_points.items() if point.regions is not None]
    if points:
        name, point = points[0]
        yield "  # pdus:"
        yield f"  #   {yaml_text(units[0])}:"
        yield f"  #     trigger_points: {{{name}: {number_text(point.default)}}}"
