"""Which rules of which version the scenarios ever made true, and false."""

from __future__ import annotations

from typing import Any

from engine.standing import Standing
from rules.decide import FALSE, NONE, TRUE
from rules.policy import Policy


class Coverage:
    """Collects what scenarios exercised, version by version."""

    def __init__(self) -> None:
        self._policies: dict[str, Policy] = {}
        self._rules: dict[str, dict[str, set[bool]]] = {}
        self._statuses: dict[str, set[int]] = {}
        self._permitted: dict[str, set[tuple[str, str]]] = {}

    def expect(self, policy: Policy) -> None:
        """A version that scenarios should exercise."""
        name = policy.id
        if name not in self._policies:
            self._policies[name] = policy
            self._rules[name], self._statuses[name], self._permitted[name] = {}, set(), set()

    def note(self, standing: Standing) -> None:
        """Take what one standing exercised."""
        self.expect(standing.policy)
        name = standing.policy.id
        rules = self._rules[name]
        for rule, nodes in standing.reader.program.rules.items():
            seen = rules.setdefault(rule, set())
            if standing.step is not None:
                bare = standing.step.first and rule.startswith("enter.")
                truth = standing.outcome.truths[nodes.bare if bare else nodes.node]
                if truth in (TRUE, FALSE):
                    seen.add(truth == TRUE)
        if standing.active_level != NONE:
            self._statuses[name].add(standing.active_level)
        self._permitted[name] |= standing.permitted

    def uncovered(self) -> list[dict[str, Any]]:
        """What no scenario ever made true or false, reached or permitted, in the order of the documents."""
        found: list[dict[str, Any]] = []
        for name, policy in sorted(self._policies.items()):
            for rule, seen in self._rules[name].items():
                missing = [word for word, truth in (("true", True), ("false", False)) if truth not in seen]
                found += [_uncovered(name, "condition", rule, word) for word in missing]
            found += [
                _uncovered(name, "status", status.id, "active")
                for level, status in enumerate(policy.version.statuses)
                if level not in self._statuses[name]
            ]
            found += [
                _uncovered(name, "reduction", ".".join(reduction.key), "permitted")
                for reduction in policy.reductions
                if reduction.key not in self._permitted[name]
            ]
        return found

    def share(self) -> tuple[int, int]:
        """How many things are covered, of how many."""
        total = 0
        for name, policy in self._policies.items():
            total += 2 * len(self._rules[name]) + len(policy.version.statuses) + len(policy.reductions)
        return total - len(self.uncovered()), total


def _uncovered(version: str, kind: str, id_: str, never: str) -> dict[str, Any]:
    return {"version": version, "kind": kind, "id": id_, "never": never}
