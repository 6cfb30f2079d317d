"""A framework as it judges one kind of parent: its versions that say how, each with its policy over children."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from engine.parents._figures import Combiner
from engine.parents._reading import Readings
from rules.library import Framework
from rules.model import Organisation
from rules.policy import Level, ParentOf, Policy
from rules.rollup import Words, parent_policy

DAY = datetime.timedelta(days=1)


class Rules(NamedTuple):
    """How a version makes a parent of children: of regions, or else of units.

    `policy` is what the children are judged by.
    """

    policy: Policy
    derived: Policy
    parent: ParentOf
    readings: Readings
    combiner: Combiner
    regions: bool

    @property
    def stale_after(self) -> int:
        """After how many days a return is too old."""
        return self.derived.version.returns.stale_after


class ParentLevel:
    """One kind of parent under one framework: regions, or the whole.

    `below` is the level of the regions, where those may be the children.
    """

    def __init__(
        self, level: Level, framework: Framework, organisation: Organisation, below: ParentLevel | None = None
    ) -> None:
        self.level = level
        self._base = framework
        self._organisation = organisation
        self._below = below
        self._rules: dict[int, Rules] = {}

    def says(self, policy: Policy) -> ParentOf | None:
        """What a version says of this kind of parent."""
        return next((one for one in policy.parents if one.level == self.level), None)

    def policies(self) -> list[Policy]:
        """The versions that say how, in the order of their days."""
        return [policy for policy in self._base.policies if self.says(policy) is not None]

    @cached_property
    def framework(self) -> Framework | None:
        """The framework that parents are decided by, of the versions that say how; None where none does."""
        found: list[Policy] = []
        for policy, following in zip(self._base.policies, (*self._base.policies[1:], None), strict=True):
            if self.says(policy) is None:
                continue
            derived = self.rules(policy).derived
            if following is not None and self.says(following) is None:
                last = following.version.effective - DAY
                version = derived.version
                until = last if version.until is None else min(version.until, last)
                derived = replace(derived, version=version.model_copy(update={"until": until}))
                self._rules[id(policy)] = self.rules(policy)._replace(derived=derived)
            found.append(derived)
        if not found:
            return None
        return Framework(self._base.id, tuple(found), self._base.regions, pinned=self._base.pinned)

    def in_force(self, day: datetime.date) -> bool:
        """Whether a version is in force on a day."""
        return self._base.in_force(day) is not None

    def on(self, day: datetime.date) -> Rules | None:
        """How parents are made on a day: by the version in force, or else by the next one that says how.

        What came before a version counts in its durations.
        """
        inforce = self._base.in_force(day)
        if inforce is not None and self.says(inforce) is not None:
            return self.rules(inforce)
        later = (one for one in self._base.policies if one.version.effective > day)
        following = next((one for one in later if self.says(one) is not None), None)
        return None if following is None else self.rules(following)

    def rules(self, policy: Policy) -> Rules:
        """How a version makes this kind of parent; it must say so."""
        found = self._rules.get(id(policy))
        if found is None:
            parent = self.says(policy)
            assert parent is not None
            regions = self.of_regions(policy)
            assert self._below is not None or not regions
            children = self._below.rules(policy).derived if self._below is not None and regions else policy
            words = self._organisation.group if regions else self._organisation.unit
            derived = parent_policy(policy, parent, Words(words.one, words.many))
            found = self._rules[id(policy)] = Rules(
                children, derived, parent, Readings(children), Combiner(children, derived, parent), regions
            )
        return found

    def of_regions(self, policy: Policy) -> bool:
        """Whether the children are regions under a version."""
        rollup = policy.version.rollup
        country = None if rollup is None or self.level == "region" else rollup.country
        return country is not None and country.of == "regions"
