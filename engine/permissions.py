"""What a decision permits and what it does not, each with its reason, in the order of the document.

Week after week much of it is the same. What is told of a version is kept with the version, and lists that would
come out the same are told once.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from engine.canonical import FixedDict, FixedList
from engine.clocks import Key
from engine.reasons import not_permitted_because
from engine.standing import Standing
from engine.texts import Told, day_text
from engine.writing import Writer
from rules.decide import NONE, UNKNOWN
from rules.model import Reduction
from rules.model._fields import number_text
from rules.policy import Policy, ReductionOf
from rules.reading import Values

MAX_KEPT = 512
"""How many parts of decisions of one version are kept, because many decisions share them."""


class StatusWords(NamedTuple):
    """What decisions tell of a status, and after how many days it outstays and is due for review."""

    id: str
    outstays_after: int | None
    review_every: int | None


class _Words(NamedTuple):
    """A reduction as decisions tell it: permitted, refused, and refused because the status is too mild."""

    reduction: ReductionOf
    permitted: Told
    denied: Told
    below: Told


class _Stands(NamedTuple):
    """Of the reductions permitted for each activity the one that stands, and the numbers of those."""

    keys: Mapping[str, Key]
    numbers: list[int]


class _Entry(NamedTuple):
    """A permitted reduction as it was told last: `since` the day, and the same from `first` until `until`."""

    since: datetime.date
    first: datetime.date
    until: datetime.date
    told: Told


class _Granted(NamedTuple):
    """What was told as permitted last, and what it rested on: until the day of the next review it is the same."""

    clocks: Mapping[Key, datetime.date]
    permitted: frozenset[Key]
    first: datetime.date
    until: datetime.date
    told: FixedList[Told]


class Permissions:
    """Tells what every decision under a version says of it and its activities."""

    def __init__(self, policy: Policy) -> None:
        version = policy.version
        self.policy = policy
        self.framework: Told = FixedDict(
            {
                "id": version.framework,
                "version": version.version,
                "title": version.title,
                "sha256": policy.sha256,
            }
        )
        self.protected: list[Told] = FixedList(
            [
                {
                    "activity": activity.id,
                    "title": activity.title or activity.id,
                    "because": activity.mandatory.because,
                    "source": activity.mandatory.source,
                }
                for activity in version.activities
                if activity.mandatory is not None
            ]
        )
        self.statuses = [
            StatusWords(one.id, one.outstays_after, one.review_every) for one in version.statuses
        ]
        self._words: list[_Words] = []
        for reduction in policy.reductions:
            named = {"activity": reduction.key[0], "title": reduction.activity.title or reduction.activity.id}
            granted = {**_reduction(reduction.reduction), **named}
            denied = {**named, "from": reduction.key[1]}
            below = FixedDict({**denied, "because": {"code": "below_status", "needs": reduction.key[1]}})
            self._words.append(_Words(reduction, granted, denied, below))
        self._keys = [one.key for one in policy.reductions]
        self._latest: dict[int, _Entry] = {}
        self._stands: dict[frozenset[Key], _Stands] = {}
        self._entries: dict[tuple[int, datetime.date, int], FixedDict] = {}
        self._last: _Granted | None = None

    def permitted(self, standing: Standing) -> FixedList[Told]:
        """What is permitted, with its days."""
        last, day = self._last, standing.day
        if (
            last is not None
            and last.clocks is standing.clocks
            and last.permitted is standing.permitted
            and last.first <= day < last.until
        ):
            return last.told
        until, clocks, latest = datetime.date.max, standing.clocks, self._latest
        told = FixedList[Told]()
        for number in self._standing(standing).numbers:
            since, entry = clocks[self._keys[number]], latest.get(number)
            if entry is None or entry[0] != since or not entry[1] <= day < entry[2]:
                entry = latest[number] = self._entry(number, since, day)
            if entry[2] < until:
                until = entry[2]
            told.append(entry[3])
        self._last = _Granted(standing.clocks, standing.permitted, day, until, told)
        return told

    def _entry(self, number: int, since: datetime.date, day: datetime.date) -> _Entry:
        """A permitted reduction with its days: told anew when it begins or is due for review."""
        reduction = self._words[number].reduction.reduction
        every, after = reduction.review_every, reduction.lapses_after
        reviews = (day - since).days // every if every else 0
        told = self._entries.get((number, since, reviews))
        if told is None:
            if len(self._entries) >= MAX_KEPT:
                self._entries.clear()
            told = self._entries[number, since, reviews] = FixedDict(self._words[number].permitted)
            told["since"] = day_text(since)
            told["review_by"] = review_by(since, every, day)
            told["ends"] = None if after is None else day_text(since + datetime.timedelta(days=after))
        if not every:
            return _Entry(since, datetime.date.min, datetime.date.max, told)
        first = since + datetime.timedelta(days=reviews * every)
        return _Entry(since, first, first + datetime.timedelta(days=every), told)

    def refused(self, standing: Standing, writer: Writer, figures: Values) -> list[Told]:
        """What is not permitted, and why: told once, unless a figure is part of a reason."""
        truths = standing.outcome.truths
        whens = tuple([truths[node] for node in writer.whens])
        if standing.in_grace or UNKNOWN in whens:
            return self._refused(standing, writer, figures)
        entry = standing.setting.entry
        withheld = (standing.setting.withhold, None if entry is None else entry.set_by)
        key = (standing.active.status, standing.outcome.permitted, whens, standing.lapsed, withheld)
        refused = writer.refused.get(key)
        if refused is None:
            if len(writer.refused) >= MAX_KEPT:
                writer.refused.clear()
            refused = writer.refused[key] = FixedList(self._refused(standing, writer, figures))
        return refused

    def _refused(self, standing: Standing, writer: Writer, figures: Values) -> list[Told]:
        level, stands = standing.active_level, self._standing(standing).keys
        refused: list[Told] = []
        for words in self._words:
            reduction = words.reduction
            key = reduction.key
            if key in standing.permitted:
                if stands[key[0]] != key:
                    because: Told = {"code": "superseded", "by": stands[key[0]][1]}
                    refused.append({**words.denied, "because": because})
            elif NONE < level < reduction.level:
                refused.append(words.below)
            else:
                because = not_permitted_because(standing, reduction, writer, figures)
                refused.append({**words.denied, "because": because})
        return refused

    def _standing(self, standing: Standing) -> _Stands:
        """Of the reductions permitted for each activity the one that stands: with the most severe `from`."""
        found = self._stands.get(standing.permitted)
        if found is None:
            keys: dict[str, Key] = {}
            level = self.policy.level
            for key in standing.permitted:
                other = keys.get(key[0])
                if other is None or (level(key[1]) or 0) > (level(other[1]) or 0):
                    keys[key[0]] = key
            if len(self._stands) >= MAX_KEPT:
                self._stands.clear()
            found = _Stands(keys, sorted([self.policy.numbers[key] for key in keys.values()]))
            self._stands[standing.permitted] = found
        return found


def review_by(since: datetime.date, every: int | None, day: datetime.date) -> str | None:
    """The first `since + k * every` after the day."""
    if not every:
        return None
    return day_text(since + datetime.timedelta(days=((day - since).days // every + 1) * every))


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
