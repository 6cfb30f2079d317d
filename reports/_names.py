"""What things are called: ids of a decision turned into the titles of its framework and organisation.

A decision may name what its version no longer has (the status before a change of version); then the id
itself is the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.parents import region_parent
from reports import _words as words
from reports._colours import NEUTRAL, pair
from reports._explanation import Badge, Reference
from reports._format import capital, day, is_number, listed, number, plain, quantity, shortest
from reports.language import gettext as _
from rules.model import Activity, Input, Measure, Organisation, Reduction, Status, Version

_KEY = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]")
_URL = re.compile(r"https?://[^\s<>\"'()\\`|]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one decision's things."""

    decision: Mapping[str, Any]
    version: Version
    organisation: Organisation

    @property
    def unit(self) -> str:
        """What a unit is called: PDU, ward, prison."""
        return self.organisation.unit.one

    @property
    def group(self) -> str:
        """What a group of units is called."""
        return self.organisation.group.one

    @property
    def region(self) -> str:
        """The name of the unit's group."""
        pdu = self.decision["pdu"]
        if pdu["region"] == pdu["id"]:  # the whole is of no group but itself
            return str(pdu["name"])
        region_id = pdu["region"]
        return next(
            (region.name for region in self.organisation.regions if region.id == region_id), region_id
        )

    def child(self, id_: str) -> str:
        """The name of a unit below this one, or of a region as a parent."""
        known = {pdu.id: pdu.name for pdu in self.organisation.pdus}
        known |= {region_parent(region.id): region.name for region in self.organisation.regions}
        return known.get(id_, id_)

    @property
    def every(self) -> int:
        """The period of returns in days, which durations count in."""
        return self.version.returns.every

    def level(self, status_id: str | None) -> Status | None:
        """The status of the version, if it has one of that id."""
        return next((status for status in self.version.statuses if status.id == status_id), None)

    def rank(self, status_id: str | None) -> int | None:
        """How severe a status is; None for what is no level."""
        return self.version.status_ids.index(status_id) if status_id in self.version.status_ids else None

    def status(self, status_id: str) -> str:
        """The word for a status."""
        level = self.level(status_id)
        if level is not None and level.title:
            return level.title
        unnamed = words.headline.NO_LEVELS.get(status_id)
        return capital(plain(status_id)) if unnamed is None else _(unnamed)

    def badge(self, status_id: str) -> Badge:
        """How a status is shown at a glance. The letter is the word's first, or two where words share it."""
        word = self.status(status_id)
        level = self.level(status_id)
        if level is None:
            return Badge(word, words.headline.NO_LEVEL_LETTERS.get(status_id, "?"), NEUTRAL)
        others = [self.status(other).upper() for other in self.version.status_ids if other != status_id]
        for length in (1, 2):
            letter = word.upper()[:length]
            if not any(other.startswith(letter) for other in others):
                return Badge(word, letter, pair(level.colour))
        return Badge(word, str(self.version.status_ids.index(status_id) + 1), pair(level.colour))

    def measured(self, key: str) -> Measure | Input | None:
        """The measure or input that a condition or a formula names."""
        match = _KEY.fullmatch(key)
        name = match[1] if match else key
        return self.version.measures.get(name) or self.version.inputs.get(name)

    def figure(self, key: str) -> str:
        """What a figure or measure is called: `Staff in post (Probation officer)`."""
        match = _KEY.fullmatch(key)
        spec = self.measured(key)
        title = (spec.title if spec is not None else None) or capital(plain(match[1] if match else key))
        if match is None:
            return title
        members = [self._member(spec, member.strip()) for member in match[2].split(",")]
        return f"{title} ({listed(members)})"

    def _member(self, spec: Measure | Input | None, member: str) -> str:
        members = self.version.lists.get(spec.per, {}) if isinstance(spec, Input) and spec.per else {}
        return members.get(member, member)

    def figures(self, keys: list[str] | tuple[str, ...]) -> str:
        """Several figures in one phrase. Those of one title are named once, with their list members."""
        grouped: dict[str, list[str]] = {}
        for key in dict.fromkeys(keys):
            match = _KEY.fullmatch(key)
            title = self.figure(match[1] if match else key)
            members = grouped.setdefault(title, [])
            if match is not None:
                members.append(self._member(self.measured(key), match[2]))
        return "; ".join(
            f"{title} ({listed(members)})" if members else title for title, members in grouped.items()
        )

    def unit_of(self, key: str) -> str | None:
        """The unit of a figure or measure; None for categories and bare numbers."""
        spec = self.measured(key)
        return spec.unit if spec is not None else None

    def value(self, key: str, value: str | None) -> str:
        """A figure with its unit, or a category as words."""
        if value is None:
            return words.conditions.not_known()
        return quantity(value, self.unit_of(key)) if is_number(value) else plain(value)

    def activity(self, activity_id: str) -> Activity | None:
        """The activity of the version."""
        return next((activity for activity in self.version.activities if activity.id == activity_id), None)

    def activity_title(self, activity_id: str) -> str:
        """What an activity is called."""
        activity = self.activity(activity_id)
        return (activity.title if activity is not None else None) or capital(plain(activity_id))

    def reduction(self, activity_id: str, from_: str) -> Reduction | None:
        """The reduction of an activity that begins at a status."""
        activity = self.activity(activity_id)
        reductions = (activity.reductions if activity is not None else None) or []
        return next((reduction for reduction in reductions if reduction.from_ == from_), None)

    def part(self, activity_id: str) -> str | None:
        """The part of the framework that an activity belongs to."""
        activity = self.activity(activity_id)
        if activity is None or activity.part is None:
            return None
        return self.version.parts.get(activity.part) or capital(plain(activity.part))

    def cohorts(self, ids: list[str]) -> str:
        """Cohorts in one phrase."""
        return "; ".join(self.version.cohorts.get(cohort) or capital(plain(cohort)) for cohort in ids)

    def source(self, source_id: str | None) -> Reference | None:
        """A source with its day, and its address where that is one for the web."""
        if not source_id:
            return None
        source = self.version.sources.get(source_id)
        if source is None:
            return Reference(capital(plain(source_id)))
        text = f"{source.title} ({day(source.published)})" if source.published else source.title
        return Reference(text, source.url if source.url and _URL.fullmatch(source.url) else None)

    def trigger_title(self, trigger_id: str) -> str:
        """What a trigger point is called."""
        trigger = self.version.trigger_points.get(trigger_id)
        return (trigger.title if trigger is not None else None) or capital(plain(trigger_id))

    def trigger_value(self, trigger_id: str, value: str) -> str:
        """A trigger point's number with its unit."""
        trigger = self.version.trigger_points.get(trigger_id)
        return quantity(value, trigger.unit if trigger is not None else None)

    def trigger_unit(self, trigger_id: str) -> str:
        """The unit of a trigger point's number, for a column of its own."""
        trigger = self.version.trigger_points.get(trigger_id)
        return (trigger.unit if trigger is not None else None) or ""

    def released(self, releases: Mapping[str, Any]) -> str | None:
        """How much time a reduction releases."""
        if not releases:
            return None
        minutes = str(releases["minutes"])
        one = words.sections.one_of_unit(self.figure(releases["per"]), self.unit_of(releases["per"]))
        return words.sections.releases(
            number(minutes) if minutes.isdigit() else shortest(Decimal(minutes)),
            one,
            releases["every"],
            illustrative=releases.get("basis") != "published",
        )
