"""What happens in a random case: returns, declarations, suspensions and a region's settings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .evaluate import Document, Return, days
from .facts import Event, ids, version_on
from .pool import Dice, Pool


def span(first: date, last: date) -> list[date]:
    """The days from the first to the last."""
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def setting(dice: Dice, spec: dict[str, Any]) -> Decimal:
    """A value within the bounds for regions."""
    low, high = spec["regions"].values() if "regions" in spec else (spec["default"] - 2, spec["default"] + 2)
    value: Decimal = dice.pick([low, high, low + dice.upto(0, int(high - low))])
    return value


class Happenings:
    """Makes what happens under the versions of a case; `points` are their trigger points."""

    def __init__(self, dice: Dice, pool: Pool, every: int, points: dict[str, dict[str, Any]]) -> None:
        self.dice, self.pool, self.every, self.points = dice, pool, every, points

    def returns(self, start: date, end: date) -> list[Return]:
        """A history from some time before the first version on."""
        dice, pool, every = self.dice, self.pool, self.every
        spacing = [every] * 8 + [every + 1, every + 1, max(1, every - 1), max(1, every // 2), 1]
        spacing += [2 * every, 2 * every + 1, 3 * every, 5 * every]
        loss = dice.pick([0.0, 0.0, 0.04, 0.2])
        figures = dict(pool.samples[0])
        day = start + timedelta(days=dice.pick([0, 0, 3, every]) - dice.upto(0, 4) * every * dice.chance(0.6))
        found: list[Return] = []
        while day <= end and not dice.chance(0.015):
            luck = dice.rng.random()
            if luck > 0.5:
                figures = dict(dice.pick(pool.samples))
            elif luck > 0.38:
                key = dice.pick(pool.keys)
                figures[key] = dice.pick(pool.domains[key[0]])
            if dice.chance(0.25):
                key = dice.pick(pool.numeric_keys)
                figures[key] = pool.nudged(key, figures[key])
            given = figures
            if loss and dice.chance(0.7):
                given = {key: value for key, value in figures.items() if not dice.chance(loss)}
                given |= {key: None for key in pool.keys if key not in given and dice.chance(0.2)}
            found.append({"as_of": day, "figures": dict(given)})
            day += timedelta(days=dice.pick(spacing))
        return found

    def _scope(self) -> dict[str, str]:
        return self.dice.pick(
            [{}, {}, {"pdu": "p1"}, {"pdu": "p1"}, {"region": "r1"}, {"pdu": "p2"}, {"region": "r2"}]
        )

    def declaration(self, versions: list[Document], covered: list[date]) -> Event:
        """A declaration from one of the covered days on."""
        dice = self.dice
        first = dice.pick(covered)
        version = version_on(versions, first)
        assert version is not None
        longest = min(days(one["declarations"]["at_most"]) for one in versions)
        event: Event = {"from": first, "until": first + timedelta(days=dice.upto(0, longest - 1))}
        event |= {"status": dice.pick(ids(version)), "by": "director", "reason": "A reason.", **self._scope()}
        reducible = [one["id"] for one in version["activities"] if "reductions" in one]
        if reducible and dice.chance(0.5):
            event["renew"] = dice.some(reducible)
        return event

    def suspension(self, covered: list[date]) -> Event:
        """A suspension, with or without a last day."""
        first = self.dice.pick(covered)
        event: Event = {"from": first, "by": "director", "reason": "A reason.", **self._scope()}
        if self.dice.chance(0.75):
            event["until"] = first + timedelta(days=self.dice.upto(0, 3 * self.every))
        return event

    def settings(self, versions: list[Document], covered: list[date]) -> list[Event]:
        """Entries of the region's file that are in order under every version."""
        dice = self.dice
        reducible = [
            {one["id"] for one in version["activities"] if "reductions" in one} for version in versions
        ]
        names = sorted(set.intersection(*reducible))
        movable = [name for name, spec in self.points.items() if "regions" in spec]
        found: list[Event] = []
        for first in sorted({dice.pick(covered) for _ in range(dice.pick([0, 0, 1, 2]))}):
            entry: Event = {"effective": first, "set_by": "The director", "reason": "A reason."}
            entry |= self._moves(movable, names)
            pdus = {name: self._moves(movable, names) for name in ("p1", "p2") if dice.chance(0.4)}
            pdus = {name: moves for name, moves in pdus.items() if moves}
            found.append(entry | ({"pdus": pdus} if pdus else {}))
        return found

    def _moves(self, movable: list[str], names: list[str]) -> dict[str, Any]:
        dice = self.dice
        moves: dict[str, Any] = {}
        if movable and dice.chance(0.7):
            chosen = dice.some(movable)
            moves["trigger_points"] = {name: setting(dice, self.points[name]) for name in chosen}
        if names and dice.chance(0.25):
            moves["withhold"] = dice.some(names)
        return moves
