"""What the things of two versions are called; the newer one's word goes before the older one's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from engine.compare import Side
from reports._format import capital, either, listed, plain, quantity
from reports._words import documents as words
from reports._words import headline as common
from reports._words.fields import COUNTS, counted
from reports.language import gettext as _
from rules.model import Version

_KEY = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


class Titles:
    """Names in words."""

    def __init__(self, before: Side, after: Side) -> None:
        self.versions: tuple[Version, ...] = (after.policy.version, before.policy.version)

    def _of(self, group: str, id_: str) -> str | None:
        for version in self.versions:
            found = getattr(version, group).get(id_)
            if found is not None:
                return found if isinstance(found, str) else found.title
        return None

    def _listed(self, group: str, id_: str) -> str | None:
        for version in self.versions:
            for one in getattr(version, group):
                if one.id == id_ and one.title:
                    return str(one.title)
        return None

    def status(self, id_: str) -> str:
        """The word for a status."""
        if id_ == "indeterminate":
            return _(common.NO_LEVELS[id_])
        return self._listed("statuses", id_) or capital(plain(id_))

    def activity(self, id_: str) -> str:
        """What an activity is called."""
        return self._listed("activities", id_) or capital(plain(id_))

    def part_of(self, id_: str) -> str | None:
        """The part that an activity belongs to, by its title."""
        for version in self.versions:
            for one in version.activities:
                if one.id == id_:
                    return None if one.part is None else self.part(one.part)
        return None

    def part(self, id_: str) -> str:
        """What a part is called."""
        return self._of("parts", id_) or capital(plain(id_))

    def cohort(self, id_: str) -> str:
        """What a cohort is called."""
        return self._of("cohorts", id_) or capital(plain(id_))

    def source(self, id_: str) -> str:
        """What a source is called."""
        return self._of("sources", id_) or capital(plain(id_))

    def trigger(self, id_: str) -> str:
        """What a trigger point is called."""
        return self._of("trigger_points", id_) or capital(plain(id_))

    def figure(self, key: str) -> str:
        """What a figure or measure is called: `Staff in post (Probation officer)`."""
        match = _KEY.fullmatch(key)
        name = match[1] if match else key
        if name in COUNTS and not any(name in one.inputs or name in one.measures for one in self.versions):
            return counted(name, self.status(match[2]) if match else "")
        title = self._of("measures", name) or self._of("inputs", name) or capital(plain(name))
        if match is None:
            return title
        return f"{title} ({listed([self.member(one.strip()) for one in match[2].split(',')])})"

    def member(self, id_: str) -> str:
        """What a member of a list is called."""
        for version in self.versions:
            for members in version.lists.values():
                if id_ in members:
                    return members[id_]
        return id_

    def unit(self, key: str) -> str | None:
        """The unit of a figure, measure or trigger point."""
        match = _KEY.fullmatch(key)
        name = match[1] if match else key
        for version in self.versions:
            for group in (version.measures, version.inputs, version.trigger_points):
                if name in group:
                    return group[name].unit
        return None

    def value(self, key: str, value: Any) -> str:
        """A number with the unit of a figure; a category, or another figure's name, as words."""
        if isinstance(value, list):
            return either([self.value(key, one) for one in value])
        text = str(value)
        if _NUMBER.fullmatch(text):
            return quantity(text, self.unit(key))
        if self._of("trigger_points", text) or any(text in one.trigger_points for one in self.versions):
            return words.trigger_point(self.trigger(text))
        named = text.partition("[")[0]
        if any(named in one.measures or named in one.inputs for one in self.versions):
            return self.figure(text)
        return plain(text)

    def condition(self, value: Mapping[str, Any]) -> str:
        """A condition in a phrase."""
        wait = words.length(str(value["for"])) if "for" in value else None
        kind = next(key for key in value if key not in ("for", "source", "basis", "note"))
        inner = value[kind]
        if kind in ("any", "all", "none", "count"):
            parts: Sequence[Any] = inner["of"] if kind == "count" else inner
            told = [self.condition(part) for part in parts]
            if len(told) == 1 and kind in ("any", "all"):
                return words.lasting(told[0], wait)
            least = str(inner["at_least"]) if kind == "count" else None
            return words.lasting(words.group(kind, least, told), wait)
        told = [self.comparison(kind, *one) for one in inner.items()]
        return words.lasting(words.compared(self.figure(kind), told), wait)

    def comparison(self, figure: str, comparator: str, value: Any) -> str:
        """What a figure is compared with, in a phrase."""
        return words.limit(comparator, self.value(figure, value))
