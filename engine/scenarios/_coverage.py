"""Which rules of which version the scenarios ever made true, and false."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.clocks import Key
from engine.standing import Standing
from rules.decide import FALSE, NONE, TRUE
from rules.formula import Condition, walk
from rules.formula.wording import in_words
from rules.policy import Policy
from rules.problems import Findings, Place
from rules.text import Path_, Source, parse


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Something that no scenario ever showed: a condition's truth, a status, or a reduction either way.

    `id` is the rule, the status, or activity and status; `never` what it never was; `words` say it with the
    names of the document.
    """

    version: str
    kind: str
    id: str
    never: str
    words: str
    place: Place

    def as_dict(self) -> dict[str, Any]:
        """It as `test --format json` prints it."""
        return {
            "version": self.version,
            "kind": self.kind,
            "id": self.id,
            "never": self.never,
            "words": self.words,
            "file": self.place.file,
            "line": self.place.line,
        }

    def __str__(self) -> str:
        return f"never {self.never}: {self.words}"


@dataclass(frozen=True, slots=True)
class VersionCoverage:
    """How much of one version the scenarios show: of how many conditions, statuses and reductions."""

    version: str
    conditions: int
    true: int
    false: int
    statuses: int
    entered: int
    reductions: int
    permitted: int
    refused: int

    @property
    def covered(self) -> int:
        """How many things are shown."""
        return self.true + self.false + self.entered + self.permitted + self.refused

    @property
    def total(self) -> int:
        """How many things there are to show: each condition and each reduction both ways, each status once."""
        return 2 * self.conditions + self.statuses + 2 * self.reductions

    @property
    def percent(self) -> int:
        """The share that is shown, rounded down, so that 100 means all."""
        return share(self.covered, self.total)

    def as_dict(self) -> dict[str, Any]:
        """It as `test --format json` prints it."""
        return {
            "version": self.version,
            "conditions": {"of": self.conditions, "true": self.true, "false": self.false},
            "statuses": {"of": self.statuses, "entered": self.entered},
            "reductions": {"of": self.reductions, "permitted": self.permitted, "refused": self.refused},
            "covered": self.covered,
            "of": self.total,
            "percent": self.percent,
        }


def share(covered: int, total: int) -> int:
    """A share in percent, rounded down; nothing to cover is all covered."""
    return 100 * covered // total if total else 100


class Coverage:
    """Collects what scenarios exercised, version by version."""

    def __init__(self) -> None:
        self._versions: dict[str, _Seen] = {}

    def expect(self, policy: Policy) -> None:
        """A version that scenarios should exercise."""
        if policy.id not in self._versions:
            self._versions[policy.id] = _Seen(policy)

    def note(self, standing: Standing) -> None:
        """Take what one standing exercised."""
        self.expect(standing.policy)
        self._versions[standing.policy.id].note(standing)

    def versions(self) -> list[VersionCoverage]:
        """How much of each version is covered, in the order of their days."""
        return [seen.coverage() for seen in self._ordered()]

    def uncovered(self) -> list[Uncovered]:
        """What no scenario ever showed, version by version, in the order of the documents."""
        return [one for seen in self._ordered() for one in seen.uncovered()]

    def share(self) -> tuple[int, int]:
        """How many things are covered, of how many."""
        versions = self.versions()
        return sum(one.covered for one in versions), sum(one.total for one in versions)

    @property
    def percent(self) -> int:
        """The share of all versions together, rounded down."""
        return share(*self.share())

    def _ordered(self) -> list[_Seen]:
        def order(seen: _Seen) -> tuple[Any, ...]:
            version = seen.policy.version
            return version.framework, version.effective, version.version

        return sorted(self._versions.values(), key=order)


class _Seen:
    """What was seen of one version."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        # An exit that is not written is a rule, too: it is told by its status.
        self.rules: dict[str, Condition | int] = {}
        for level, (enter, leave) in enumerate(zip(policy.enters, policy.exits, strict=True)):
            for root in (enter, leave):
                self.rules |= {one.rule: one for one in walk(root)} if root is not None else {}
            if enter is not None and leave is None:
                self.rules[f"exit.{policy.version.status_ids[level]}"] = level
        for reduction in policy.reductions:
            if reduction.when is not None:
                self.rules |= {one.rule: one for one in walk(reduction.when)}
        self.truths: dict[str, set[int]] = {rule: set() for rule in self.rules}
        self.levels: set[int] = set()
        self.permitted: set[Key] = set()
        self.refused: set[Key] = set()

    def note(self, standing: Standing) -> None:
        step = standing.step
        if step is not None:
            for rule, nodes in standing.reader.program.rules.items():
                bare = step.first and rule.startswith("enter.")
                self.truths[rule].add(standing.outcome.truths[nodes.bare if bare else nodes.node])
        if standing.active_level != NONE:
            self.levels.add(standing.active_level)
        self.permitted |= standing.permitted
        self.refused |= {one.key for one in self.policy.reductions if one.key not in standing.permitted}

    def coverage(self) -> VersionCoverage:
        return VersionCoverage(
            version=self.policy.id,
            conditions=len(self.rules),
            true=sum(TRUE in seen for seen in self.truths.values()),
            false=sum(FALSE in seen for seen in self.truths.values()),
            statuses=len(self.policy.version.statuses),
            entered=len(self.levels),
            reductions=len(self.policy.reductions),
            permitted=len(self._known(self.permitted)),
            refused=len(self.refused),
        )

    def _known(self, keys: set[Key]) -> set[Key]:
        """Keys of this version alone: in the time of grace another version's reductions may stand."""
        return {one.key for one in self.policy.reductions} & keys

    def uncovered(self) -> Iterator[Uncovered]:
        for rule, condition in self.rules.items():
            for never, truth in (("true", TRUE), ("false", FALSE)):
                if truth not in self.truths[rule]:
                    yield self._condition(rule, condition, never)
        for level, status in enumerate(self.policy.version.status_ids):
            if level not in self.levels:
                yield self._told("status", status, "entered", status, ("statuses", level, "id"))
        for reduction in self.policy.reductions:
            activity, status = reduction.key
            path = self._path(reduction.key)
            words = f"{activity} from {status} on"
            for never, seen in (("permitted", self.permitted), ("refused", self.refused)):
                if reduction.key not in seen:
                    yield self._told("reduction", f"{activity}.{status}", never, words, path)

    def _condition(self, rule: str, condition: Condition | int, never: str) -> Uncovered:
        if isinstance(condition, int):
            status = self.policy.version.status_ids[condition]
            words = f"{status} ends, as what begins it no longer holds ({rule})"
            return self._told("condition", rule, never, words, ("statuses", condition, "id"))
        words = f"{self._root(rule)}{in_words(condition, self.policy.version.returns.every)} ({rule})"
        place = Place(self.policy.file, condition.remarks.line)
        return Uncovered(self.policy.id, "condition", rule, never, words, place)

    def _root(self, rule: str) -> str:
        """What a whole condition is for; its parts are told without."""
        kind, _, rest = rule.partition(".")
        if kind != "when":
            begins_or_ends = {"enter": "begins", "exit": "ends"}[kind]
            return "" if "." in rest else f"{rest} {begins_or_ends}: "
        activity, _, status = rest.partition(".")
        return "" if "." in status else f"{activity} from {status} on: "

    def _told(self, kind: str, id_: str, never: str, words: str, path: Path_) -> Uncovered:
        return Uncovered(self.policy.id, kind, id_, never, words, self._source.place(path))

    def _path(self, key: Key) -> Path_:
        """Where a reduction stands in the document."""
        for at, activity in enumerate(self.policy.version.activities):
            for index, reduction in enumerate(activity.reductions or ()):
                if (activity.id, reduction.from_) == key:
                    return ("activities", at, "reductions", index)
        return ()

    @cached_property
    def _source(self) -> Source:
        source = parse(self.policy.text, self.policy.file, Findings())
        assert source is not None, "a version that was read can be read again"
        return source
