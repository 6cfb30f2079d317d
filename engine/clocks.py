"""The clocks of reductions: since when each is permitted, and when it lapses."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from rules.library import Setting
from rules.policy import Policy

Key = tuple[str, str]


class Clocks:
    """The first day of each reduction, by activity and the status that it starts from, across versions."""

    def __init__(self) -> None:
        self._starts: dict[Key, datetime.date] = {}

    def snapshot(self) -> Mapping[Key, datetime.date]:
        """The clocks as they are now."""
        return dict(self._starts)

    def renew(self, activities: Iterable[str]) -> None:
        """Take the start from every reduction of some activities."""
        for activity in activities:
            for key in [key for key in self._starts if key[0] == activity]:
                del self._starts[key]

    def clear_below(self, policy: Policy, active: int) -> None:
        """At a return: a reduction from above the active level loses its start. No level clears nothing."""
        if active < 0 or not self._starts:
            return
        over = []
        for key in self._starts:
            level = policy.level(key[1])
            if level is not None and active < level and key[0] in policy.activity_ids:
                over.append(key)
        for key in over:
            del self._starts[key]

    def start(self, keys: Iterable[Key], day: datetime.date) -> None:
        """Start the clocks of what is permitted, where they do not run."""
        for key in keys:
            self._starts.setdefault(key, day)

    def blocked(self, policy: Policy, setting: Setting, day: datetime.date) -> tuple[int, ...]:
        """For each reduction of a version whether it is withheld or has lapsed (1) or not (0)."""
        withheld, starts = setting.withhold, self._starts
        if not withheld and not starts:
            return (0,) * len(policy.reductions)
        found = [0] * len(policy.reductions)
        for key, start in starts.items():
            index = policy.numbers.get(key)
            if index is not None:
                after = policy.reductions[index].reduction.lapses_after
                found[index] = 1 if after is not None and (day - start).days >= after else 0
        for index, reduction in enumerate(policy.reductions) if withheld else ():
            if reduction.key[0] in withheld:
                found[index] = 1
        return tuple(found)
