"""The decision document: the whole answer for one unit on one day, with its reasons, as a value."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from engine.canonical import FixedDict, FixedList, decision_id, digest
from engine.clocks import Key
from engine.course import Course
from engine.reasons import data_quality, indeterminate_because, not_permitted_because
from engine.standing import Standing
from engine.texts import Told, day_text
from engine.writing import Facts, Writer
from rules.decide import NONE, UNKNOWN
from rules.library import Setting
from rules.model import Reduction, SettingsEntry, Suspension
from rules.model._fields import number_text
from rules.policy import Policy, ReductionOf
from rules.reading import Reader

SCHEMA = 1
MAX_KEPT = 512
"""How many parts of decisions of one version are kept, because many decisions share them."""
Decision = dict[str, Any]


class Scribe:
    """Writes decisions. Keeps what is the same in all decisions of a program or a version."""

    def __init__(self) -> None:
        self._writers: dict[tuple[int, int], tuple[Reader, Setting, Writer]] = {}
        self._texts: dict[int, _PolicyTexts] = {}
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
        permitted, refused = self._reductions(standing, writer, facts)
        level = standing.active_level
        active = standing.active
        status = version.statuses[level] if level != NONE else None
        last = standing.last_determinate
        stood = (standing.day - active.since).days
        return {
            "schema": SCHEMA,
            "pdu": {"id": course.pdu.id, "name": course.pdu.name, "region": course.pdu.region},
            "as_of": day_text(standing.day),
            "framework": {
                "id": version.framework,
                "version": version.version,
                "title": version.title,
                "sha256": policy.sha256,
            },
            "settings": self._settings(standing, writer),
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
            "review_by": _review_by(
                active.since, status.review_every if status is not None else None, standing.day
            ),
            "indeterminate_because": indeterminate_because(standing, writer, facts),
            "last_determinate": None if last is None else {"status": last[0], "as_of": last[1].isoformat()},
            "measures": writer.measures(facts),
            "conditions": writer.conditions(facts, step, standing.outcome.truths),
            "permitted": permitted,
            "protected": self._policy_texts(policy).protected,
            "not_permitted": refused,
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

    def _policy_texts(self, policy: Policy) -> _PolicyTexts:
        if id(policy) not in self._texts:
            self._texts[id(policy)] = _PolicyTexts(policy)
        return self._texts[id(policy)]

    def _settings(self, standing: Standing, writer: Writer) -> Told:
        """The entry in force on the day, and the trigger points as they decided at the last step."""
        entry = standing.setting.entry
        return {
            "sha256": None if entry is None else self._entry_digest(entry),
            "set_by": None if entry is None else entry.set_by,
            "effective": None if entry is None else entry.effective.isoformat(),
            "withhold": sorted(standing.setting.withhold),
            "trigger_points": writer.trigger_points,
        }

    def _entry_digest(self, entry: SettingsEntry) -> str:
        if id(entry) not in self._entries:
            facts = entry.model_dump(mode="python")
            self._entries[id(entry)] = (entry, digest(_plain(facts)))
        return self._entries[id(entry)][1]

    def _reductions(self, standing: Standing, writer: Writer, facts: Facts) -> tuple[list[Told], list[Told]]:
        """What is permitted, and what is not and why; both in the order of the document."""
        texts = self._policy_texts(standing.policy)
        stands = standing_reductions(standing)
        numbers = sorted([standing.policy.numbers[key] for key in stands.values()])
        permitted = [texts.granted(number, standing) for number in numbers]
        # Week after week the same is refused for the same reasons: told once, unless a figure is part of a reason.
        truths = standing.outcome.truths
        whens = tuple([truths[node] for node in writer.program.whens if node is not None])
        if standing.in_grace or UNKNOWN in whens:
            return permitted, self._refused(standing, stands, writer, facts)
        entry = standing.setting.entry
        withheld = (standing.setting.withhold, None if entry is None else entry.set_by)
        key = (standing.active.status, standing.outcome.permitted, whens, standing.lapsed, withheld)
        refused = writer.refused.get(key)
        if refused is None:
            if len(writer.refused) >= MAX_KEPT:
                writer.refused.clear()
            refused = writer.refused[key] = FixedList(self._refused(standing, stands, writer, facts))
        return permitted, refused

    def _refused(
        self, standing: Standing, stands: Mapping[str, Key], writer: Writer, facts: Facts
    ) -> list[Told]:
        """What is not permitted, each with its reason."""
        level = standing.active_level
        refused: list[Told] = []
        for words in self._policy_texts(standing.policy).reductions:
            reduction = words.reduction
            key = reduction.key
            if key in standing.permitted:
                if stands[key[0]] != key:
                    refused.append(
                        {**words.denied, "because": {"code": "superseded", "by": stands[key[0]][1]}}
                    )
            elif NONE < level < reduction.level:
                refused.append(words.below)
            else:
                because = not_permitted_because(standing, reduction, writer, facts)
                refused.append({**words.denied, "because": because})
        return refused


def standing_reductions(standing: Standing) -> dict[str, Key]:
    """Of the reductions permitted for each activity the one that stands: with the most severe `from`."""
    stands: dict[str, Key] = {}
    level = standing.policy.level
    for key in standing.permitted:
        other = stands.get(key[0])
        if other is None or (level(key[1]) or 0) > (level(other[1]) or 0):
            stands[key[0]] = key
    return stands


class _ReductionTexts(NamedTuple):
    """A reduction as decisions tell it: permitted, refused, and refused because the status is too mild."""

    reduction: ReductionOf
    permitted: Told
    denied: Told
    below: Told


class _PolicyTexts:
    """What every decision under a version tells of its activities in the same words."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.protected: list[Told] = FixedList(
            [
                {
                    "activity": activity.id,
                    "title": activity.title or activity.id,
                    "because": activity.mandatory.because,
                    "source": activity.mandatory.source,
                }
                for activity in policy.version.activities
                if activity.mandatory is not None
            ]
        )
        self.reductions: list[_ReductionTexts] = []
        for reduction in policy.reductions:
            named = {"activity": reduction.key[0], "title": reduction.activity.title or reduction.activity.id}
            granted = {**_reduction(reduction.reduction), **named}
            denied = {**named, "from": reduction.key[1]}
            below = FixedDict({**denied, "because": {"code": "below_status", "needs": reduction.key[1]}})
            self.reductions.append(_ReductionTexts(reduction, granted, denied, below))
        self._granted: dict[tuple[int, datetime.date, int], FixedDict] = {}

    def granted(self, number: int, standing: Standing) -> Told:
        """A permitted reduction with its days; told once until its next review."""
        words = self.reductions[number]
        since = standing.clocks[words.reduction.key]
        every = words.reduction.reduction.review_every
        reviews = (standing.day - since).days // every if every else 0
        key = (number, since, reviews)
        told = self._granted.get(key)
        if told is None:
            if len(self._granted) >= MAX_KEPT:
                self._granted.clear()
            told = self._granted[key] = FixedDict(
                _granted(words.permitted, since, standing.day, words.reduction.reduction)
            )
        return told


def _reduction(reduction: Reduction) -> Told:
    releases: Told = {}
    if reduction.releases is not None:
        releases = {
            "minutes": number_text(reduction.releases.minutes),
            "per": reduction.releases.per,
            "every": reduction.releases.every,
            "basis": reduction.releases.basis or "illustrative",
            "source": reduction.releases.source,
        }
    return {
        "from": reduction.from_,
        "strength": reduction.strength,
        "do": reduction.do,
        "floor": reduction.floor,
        "except": reduction.except_,
        "only": reduction.only,
        "releases": releases,
        "source": reduction.source,
    }


def _granted(words: Told, since: datetime.date, day: datetime.date, reduction: Reduction) -> Told:
    ends = None if reduction.lapses_after is None else since + datetime.timedelta(days=reduction.lapses_after)
    return {
        **words,
        "since": day_text(since),
        "review_by": _review_by(since, reduction.review_every, day),
        "ends": day_text(ends),
    }


def _review_by(since: datetime.date, every: int | None, day: datetime.date) -> str | None:
    """The first `since + k * every` after the day."""
    if not every:
        return None
    return day_text(since + datetime.timedelta(days=((day - since).days // every + 1) * every))


def _calculated(standing: Standing) -> str:
    if not standing.determinate or standing.calculated is None:
        return "indeterminate"
    return standing.policy.version.statuses[standing.calculated].id


def _returns(course: Course, standing: Standing) -> list[Told]:
    """The newest return, and those that gave figures that were carried forward; newest first."""
    if standing.newest is None:
        return []
    days = {standing.newest.as_of}
    if standing.step is not None:
        days |= {
            origin.as_of for origin in standing.step.reading.origins.values() if origin.as_of is not None
        }
    used = [course.returned_on(day) for day in sorted(days)]
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
