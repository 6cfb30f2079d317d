"""The clocks of reductions: since when each is permitted, and when it lapses."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rules.library import Setting
from rules.policy import Policy, ReductionOf

Key = tuple[str, str]
"""A reduction across versions: its activity and the status that it starts from."""


MAX_GRANTED = 64
"""How many sets of reductions are kept, since the same ones come back week after week."""


class Granted(dict[tuple[int, ...], frozenset[Key]]):
    """Of one version, the reductions that are permitted together, by their numbers."""

    def __init__(self, reductions: Sequence[ReductionOf]) -> None:
        super().__init__()
        self._reductions = reductions

    def __missing__(self, numbers: tuple[int, ...]) -> frozenset[Key]:
        if len(self) >= MAX_GRANTED:
            self.clear()
        granted = self[numbers] = frozenset([self._reductions[number].key for number in numbers])
        return granted


class Clocks:
    """The first day of each reduction, across versions.

    What follows from the clocks under a version is worked out again only when one of them, the version or the
    setting has changed, or one has run out.
    """

    def __init__(self, starts: Mapping[Key, datetime.date] = MappingProxyType({})) -> None:
        self._starts: Mapping[Key, datetime.date] = starts
        self._running: frozenset[Key] | None = None
        """The reductions that were last permitted, while the clock of each of them runs."""
        self._flags: tuple[int, ...] = ()
        self.lapsed: tuple[tuple[int, datetime.date], ...] = ()
        """The numbers of the reductions that have lapsed, with the day, as `blocked` last found them."""
        self._worked_out: tuple[int, int, datetime.date] | None = None
        self._next_lapse = datetime.date.max
        self._top = -1

    def snapshot(self) -> Mapping[Key, datetime.date]:
        """The clocks as they are now; never changed afterwards."""
        return self._starts

    def _change(self, starts: dict[Key, datetime.date]) -> None:
        self._starts = starts
        self._worked_out = self._running = None

    def renew(self, activities: frozenset[str]) -> None:
        """Take the start from every reduction of some activities."""
        if activities:
            self._change({key: day for key, day in self._starts.items() if key[0] not in activities})

    def clear_below(self, policy: Policy, active: int) -> None:
        """At a return: a reduction from above the active level loses its start. No level clears nothing."""
        if active < 0 or active >= self._top:
            return
        kept = {
            key: day
            for key, day in self._starts.items()
            if not (key[0] in policy.activity_ids and active < policy.levels.get(key[1], active))
        }
        if len(kept) < len(self._starts):
            self._change(kept)

    def start(self, keys: frozenset[Key], day: datetime.date) -> None:
        """Start the clocks of what is permitted, where they do not run."""
        if keys is self._running:
            return
        new = {key: day for key in keys if key not in self._starts}
        if new:
            self._change({**self._starts, **new})
        self._running = keys

    def blocked(self, policy: Policy, setting: Setting, day: datetime.date) -> tuple[int, ...]:
        """For each reduction of a version whether it is withheld or has lapsed (1) or not (0)."""
        known = self._worked_out
        if known is None or known[:2] != (id(policy), id(setting)) or not known[2] <= day < self._next_lapse:
            self._work_out(policy, setting, day)
        return self._flags

    def next_lapse(self, policy: Policy, setting: Setting, day: datetime.date) -> datetime.date:
        """The first day after `day` on which a reduction of a version lapses; the last day of all if none does."""
        self.blocked(policy, setting, day)
        return self._next_lapse

    def _work_out(self, policy: Policy, setting: Setting, day: datetime.date) -> None:
        """What is blocked on a day, until when that stays so, and the highest level that has a clock."""
        flags = [1 if one.key[0] in setting.withhold else 0 for one in policy.reductions]
        self._next_lapse = datetime.date.max
        lapsed = []
        for key, start in self._starts.items():
            index = policy.numbers.get(key)
            after = None if index is None else policy.reductions[index].reduction.lapses_after
            if index is not None and after is not None:
                ends = start + datetime.timedelta(days=after)
                if day >= ends:
                    flags[index] = 1
                    lapsed.append((index, ends))
                else:
                    self._next_lapse = min(self._next_lapse, ends)
        self._top = max((policy.levels.get(status, -1) for _, status in self._starts), default=-1)
        self._flags, self.lapsed = tuple(flags), tuple(lapsed)
        self._worked_out = (id(policy), id(setting), day)
