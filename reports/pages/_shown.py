"""A status as pages show it: its word, a letter and the style of its colours."""

from __future__ import annotations

from dataclasses import dataclass

from reports._names import Names
from rules.model import Organisation, Version


@dataclass(frozen=True, slots=True)
class Shown:
    """A status at a glance. `style` names its colours; the word stands beside them everywhere."""

    word: str
    letter: str
    style: str


class Statuses:
    """The statuses of a version as they are shown. What is no level of it (indeterminate) has neutral colours."""

    def __init__(self, version: Version, organisation: Organisation) -> None:
        self._names = Names({}, version, organisation)
        self._known: dict[str, Shown] = {}

    def __getitem__(self, status: str) -> Shown:
        found = self._known.get(status)
        if found is None:
            badge, level = self._names.badge(status), self._names.level(status)
            style = (level.colour if level is not None else None) or "none"
            found = self._known[status] = Shown(badge.word, badge.letter, style)
        return found
