"""The decision document: the whole answer for one unit on one day, with its reasons, as a value."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from engine.active import INDETERMINATE
from engine.canonical import FixedDict, digest, digest_of
from engine.course import Course
from engine.permissions import Permissions, StatusWords, review_by
from engine.reasons import data_quality, indeterminate_because
from engine.standing import NOTHING_DECLARED, Standing
from engine.texts import Told, day_text
from engine.writing import Writer
from rules.decide import NONE
from rules.library import Setting
from rules.model import Pdu, SettingsEntry, Suspension
from rules.model._fields import number_text
from rules.policy import Policy
from rules.reading import Reader

SCHEMA = 1
_NO_STATUS = StatusWords("", None, None)
Decision = dict[str, Any]


class Scribe:
    """Writes decisions. Keeps what is the same in all decisions of a program or a version."""

    def __init__(self) -> None:
        self._writers: dict[tuple[int, int], tuple[Reader, Setting, Writer]] = {}
        self._permissions: dict[int, Permissions] = {}
        self._entries: dict[int, tuple[SettingsEntry, str]] = {}
        self._unit: tuple[Pdu, FixedDict] | None = None

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
        decision, canonical = self._decision(course, standing, notes, written=True)
        decision["decided_at"] = decided_at
        decision["asked"] = {"as_of": day_text(asked_as_of), "known_at": known_at}
        decision["id"] = digest_of(canonical or b"")
        return decision

    def value(self, course: Course, standing: Standing, notes: Iterable[Mapping[str, Any]] = ()) -> Decision:
        """The decision without what is not part of its facts: id, `decided_at` and `asked`."""
        return self._decision(course, standing, notes, written=False)[0]

    def _decision(
        self, course: Course, standing: Standing, notes: Iterable[Mapping[str, Any]], *, written: bool
    ) -> tuple[Decision, bytes | None]:
        """The facts of a decision, and, if `written`, their canonical form."""
        day, policy, step, active = standing.day, standing.policy, standing.step, standing.active
        level, outcome, setting = standing.active_level, standing.outcome, standing.setting
        permissions = self._permissions_of(policy)
        writer = self._writer(standing.reader, setting if step is None else step.setting, permissions)
        figures = writer.figures(step)
        today, since = day_text(day), active.since
        _, outstays_after, review_every = permissions.statuses[level] if level != NONE else _NO_STATUS
        calculated = standing.calculated
        if not standing.determinate:
            calculated = None
        last = standing.last_determinate
        decision: Decision = {
            "schema": SCHEMA,
            "pdu": self._pdu(course.pdu),
            "as_of": today,
            "framework": permissions.framework,
            "settings": self._settings(setting, writer),
            "returns": _returns(course, standing),
            "step_on": None if step is None else today if step.day is day else day_text(step.day),
            "first_return": step is not None and step.first,
            "status": active.status,
            "since": day_text(since),
            "previous": active.previous,
            "calculated": INDETERMINATE if calculated is None else permissions.statuses[calculated].id,
            "calculated_since": day_text(
                standing.calculated_since if standing.determinate else standing.indeterminate_since
            ),
            "declared": None if standing.declared is NOTHING_DECLARED else _declared(standing),
            "suspended": None if standing.suspended is None else _suspended(standing.suspended),
            "outstayed": outstays_after is not None and (day - since).days >= outstays_after,
            "review_by": review_by(since, review_every, day) if review_every else None,
            "indeterminate_because": []
            if standing.determinate
            else indeterminate_because(standing, writer, figures),
            "last_determinate": None if last is None else {"status": last[0], "as_of": day_text(last[1])},
            "measures": None,
            "conditions": None,
            "permitted": permissions.permitted(standing),
            "protected": permissions.protected,
            "not_permitted": permissions.refused(standing, writer, figures),
            "fired": list((outcome if step is None or step.day != day else step.outcome).fired),
            "data_quality": data_quality(standing),
        }
        if notes:
            decision["data_quality"] += map(dict, notes)
        return decision, writer.fill(decision, step, outcome.truths, written=written)

    def _pdu(self, pdu: Pdu) -> FixedDict:
        """The unit, told once while its decisions are written one after the other."""
        known = self._unit
        if known is None or known[0] is not pdu:
            known = self._unit = (pdu, FixedDict({"id": pdu.id, "name": pdu.name, "region": pdu.region}))
        return known[1]

    def _writer(self, reader: Reader, setting: Setting, permissions: Permissions) -> Writer:
        key = (id(reader), id(setting))
        found = self._writers.get(key)
        if found is None:
            if len(self._writers) > 256:
                self._writers.clear()
            alike = {
                "schema": SCHEMA,
                "framework": permissions.framework,
                "protected": permissions.protected,
            }
            found = self._writers[key] = (reader, setting, Writer(reader, setting, alike))
        return found[2]

    def _permissions_of(self, policy: Policy) -> Permissions:
        return self._permissions.get(id(policy)) or self._permissions.setdefault(
            id(policy), Permissions(policy)
        )

    def _settings(self, setting: Setting, writer: Writer) -> FixedDict:
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


def _returns(course: Course, standing: Standing) -> list[Told]:
    """The newest return, and those that gave figures that were carried forward; newest first."""
    newest, step = standing.newest, standing.step
    if newest is None:
        return []
    used = [newest]
    if step is not None and step.reading.origins:
        days = {one.as_of for one in step.reading.origins.values() if one.as_of is not None}
        used = [course.returned_on(day) for day in sorted(days | {newest.as_of}, reverse=True)]
    return [
        {
            "as_of": day_text(one.as_of),
            "recorded_at": one.recorded_at,
            "sha256": one.sha256,
            "annotations": dict(one.annotations),
        }
        for one in used
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


def _suspended(suspension: Suspension) -> Told:
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
