"""The decision document: the whole answer for one unit on one day, with its reasons, as a value."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from engine.canonical import FixedDict, decision_id, digest
from engine.course import Course
from engine.permissions import Permissions, review_by
from engine.reasons import data_quality, indeterminate_because
from engine.standing import Standing
from engine.texts import Told, day_text
from engine.writing import Facts, Writer
from rules.decide import NONE
from rules.library import Setting
from rules.model import SettingsEntry, Suspension
from rules.model._fields import number_text
from rules.policy import Policy
from rules.reading import Reader

SCHEMA = 1
Decision = dict[str, Any]


class Scribe:
    """Writes decisions. Keeps what is the same in all decisions of a program or a version."""

    def __init__(self) -> None:
        self._writers: dict[tuple[int, int], tuple[Reader, Setting, Writer]] = {}
        self._permissions: dict[int, Permissions] = {}
        self._entries: dict[int, tuple[SettingsEntry, str]] = {}

    def write(
        self,
        course: Course,
        standing: Standing,
        *,
        asked_as_of: datetime.date | None = None,
        known_at: str | None = None,
        decided_at: str | None = None,
        notes: Iterable[Mapping[str, Any]] = (),
    ) -> Decision:
        """The decision on where a unit stands. `notes` are further entries of `data_quality`."""
        decision = self.value(course, standing, notes)
        decision["decided_at"] = decided_at
        decision["asked"] = {"as_of": day_text(asked_as_of), "known_at": known_at}
        decision["id"] = decision_id(decision)
        return decision

    def value(self, course: Course, standing: Standing, notes: Iterable[Mapping[str, Any]] = ()) -> Decision:
        """The decision without what is not part of its facts: id, `decided_at` and `asked`."""
        policy, version = standing.policy, standing.policy.version
        step = standing.step
        writer = self._writer(standing.reader, step.setting if step is not None else standing.setting)
        facts = Facts(writer, step)
        permissions = self._permissions_of(policy)
        level = standing.active_level
        active = standing.active
        status = version.statuses[level] if level != NONE else None
        last = standing.last_determinate
        stood = (standing.day - active.since).days
        return {
            "schema": SCHEMA,
            "pdu": {"id": course.pdu.id, "name": course.pdu.name, "region": course.pdu.region},
            "as_of": day_text(standing.day),
            "framework": permissions.framework,
            "settings": self._settings(standing.setting, writer),
            "returns": _returns(course, standing),
            "step_on": day_text(step.day) if step is not None else None,
            "first_return": step is not None and step.first,
            "status": active.status,
            "since": active.since.isoformat(),
            "previous": active.previous,
            "calculated": _calculated(standing),
            "calculated_since": day_text(
                standing.calculated_since if standing.determinate else standing.indeterminate_since
            ),
            "declared": _declared(standing),
            "suspended": _suspended(standing.suspended),
            "outstayed": status is not None
            and status.outstays_after is not None
            and stood >= status.outstays_after,
            "review_by": review_by(
                active.since, status.review_every if status is not None else None, standing.day
            ),
            "indeterminate_because": indeterminate_because(standing, writer, facts),
            "last_determinate": None if last is None else {"status": last[0], "as_of": last[1].isoformat()},
            "measures": writer.measures(facts),
            "conditions": writer.conditions(facts, step, standing.outcome.truths),
            "permitted": permissions.permitted(standing),
            "protected": permissions.protected,
            "not_permitted": permissions.refused(standing, writer, facts),
            "fired": list(
                step.outcome.fired
                if step is not None and step.day == standing.day
                else standing.outcome.fired
            ),
            "data_quality": [*data_quality(course, standing), *map(dict, notes)],
        }

    def _writer(self, reader: Reader, setting: Setting) -> Writer:
        key = (id(reader), id(setting))
        found = self._writers.get(key)
        if found is None:
            if len(self._writers) > 256:
                self._writers.clear()
            found = self._writers[key] = (reader, setting, Writer(reader, setting))
        return found[2]

    def _permissions_of(self, policy: Policy) -> Permissions:
        found = self._permissions.get(id(policy))
        if found is None:
            found = self._permissions[id(policy)] = Permissions(policy)
        return found

    def _settings(self, setting: Setting, writer: Writer) -> Told:
        """The entry in force on the day, and the trigger points as they decided at the last step."""
        known = writer.settings
        if known is None or known[0] is not setting:
            entry = setting.entry
            told = {
                "sha256": None if entry is None else self._entry_digest(entry),
                "set_by": None if entry is None else entry.set_by,
                "effective": None if entry is None else entry.effective.isoformat(),
                "withhold": sorted(setting.withhold),
                "trigger_points": writer.trigger_points,
            }
            known = writer.settings = (setting, FixedDict(told))
        return known[1]

    def _entry_digest(self, entry: SettingsEntry) -> str:
        if id(entry) not in self._entries:
            facts = entry.model_dump(mode="python")
            self._entries[id(entry)] = (entry, digest(_plain(facts)))
        return self._entries[id(entry)][1]


def _calculated(standing: Standing) -> str:
    if not standing.determinate or standing.calculated is None:
        return "indeterminate"
    return standing.policy.version.statuses[standing.calculated].id


def _returns(course: Course, standing: Standing) -> list[Told]:
    """The newest return, and those that gave figures that were carried forward; newest first."""
    if standing.newest is None:
        return []
    if standing.step is None or not standing.step.reading.origins:
        used = [standing.newest]
    else:
        days = {one.as_of for one in standing.step.reading.origins.values() if one.as_of is not None}
        used = [course.returned_on(day) for day in sorted(days | {standing.newest.as_of})]
    return [
        {
            "as_of": one.as_of.isoformat(),
            "recorded_at": one.recorded_at,
            "sha256": one.sha256,
            "annotations": dict(one.annotations),
        }
        for one in reversed(used)
    ]


def _declared(standing: Standing) -> Told | None:
    declared = standing.declared.declaration
    if declared is None:
        return None
    return {
        "status": declared.status,
        "from": declared.from_.isoformat(),
        "until": declared.until.isoformat(),
        "by": declared.by,
        "reason": declared.reason,
        "pdu": declared.pdu,
        "region": declared.region,
        "renew": declared.renew,
        "days_without_break": standing.declared.days_without_break,
        "in_force": standing.suspended is None and standing.active_level == standing.declared.level,
    }


def _suspended(suspension: Suspension | None) -> Told | None:
    if suspension is None:
        return None
    return {
        "from": suspension.from_.isoformat(),
        "until": day_text(suspension.until),
        "by": suspension.by,
        "reason": suspension.reason,
        "pdu": suspension.pdu,
        "region": suspension.region,
    }


def _plain(value: Any) -> Any:
    """Days and decimals of a document as text, for hashing."""
    if isinstance(value, Mapping):
        return {key: _plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, str | int | None) else number_text(value)
