"""Random frameworks and histories, which use everything that the format has."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .evaluate import Document, Return, Row
from .facts import Event, ids, version_on
from .happenings import Happenings, setting, span
from .pool import CATEGORIES, Dice, Pool, exact, step_of
from .text import to_yaml

__all__ = ["Case", "random_case", "to_yaml"]

COLOURS = {"g": "green", "a": "amber", "r": "red", "p": "purple", "b": "blue", "o": "orange"}


@dataclass(frozen=True)
class Case:
    """Versions of one framework, a history of the PDU `p1` in the region `r1`, and the days to ask about.

    Events may also name `p2` and `r2`, which are nothing to it.
    """

    versions: list[Document]
    returns: list[Return]
    declarations: list[Event]
    suspensions: list[Event]
    settings: list[Event]
    asked: list[date]


def random_case(rng: random.Random, size: int = 1) -> Case:
    """A random case; a greater `size` makes for more statuses, activities and returns."""
    return _Maker(rng, size).case()


class _Maker:
    """Makes one case. `document` is the version under way, `rows` its figures at the samples."""

    def __init__(self, rng: random.Random, size: int) -> None:
        self.dice, self.size = Dice(rng), size
        self.every = self.dice.pick([7, 7, 7, 14, 1])
        self.pool = Pool(self.dice, self.every, size)
        self.has_events = self.dice.chance(0.6)
        self.mandatory = {name for name in ("h2", "h4") if self.dice.chance(0.4)}
        self.points: dict[str, dict[str, Any]] = {}
        self.point_of: dict[str, str] = {}
        self.document: Document = {}
        self.rows: list[Row] = []

    def case(self) -> Case:
        """Versions first, then what happens under them."""
        dice = self.dice
        start = date(2022, 1, 3) + timedelta(days=dice.upto(0, 60))
        count = dice.pick([1, 1, 2, 2, 3])
        effective, versions = start, list[Document]()
        for place in range(count):
            versions.append(self._version(place + 1, effective, versions[-1] if versions else None))
            effective += timedelta(days=dice.upto(2, 6) * self.every + dice.upto(0, self.every))
        end = versions[-1]["effective"] + timedelta(days=dice.upto(3, 8 + 4 * self.size) * self.every)
        for place, version in enumerate(versions):
            last = versions[place + 1]["effective"] if place + 1 < count else end
            length = (last - version["effective"]).days
            if length > 3 and dice.chance(0.15):
                version["until"] = version["effective"] + timedelta(days=dice.upto(1, length - 2))
        happenings = Happenings(dice, self.pool, self.every, self.points)
        returns = happenings.returns(start, end)
        covered = [day for day in span(start, end) if version_on(versions, day)]
        declarations = [
            happenings.declaration(versions, covered) for _ in range(dice.upto(0, 3) * self.has_events)
        ]
        suspensions = [happenings.suspension(covered) for _ in range(dice.upto(0, 2) * dice.chance(0.3))]
        settings = happenings.settings(versions, covered)
        around = [given["as_of"] + timedelta(days=dice.pick([0, 0, 1])) for given in returns]
        wanted = [dice.pick(around) for _ in range(2) if around]
        wanted += [dice.pick(versions)["effective"] + timedelta(days=dice.pick([-1, 0, 0, 1]))]
        wanted += [start + timedelta(days=dice.upto(0, (end - start).days + 5)) for _ in range(2)]
        return Case(versions, returns, declarations, suspensions, settings, sorted({*wanted, end}))

    # Versions.

    def _version(self, place: int, effective: date, before: Document | None) -> Document:
        dice, pool = self.dice, self.pool
        fresh = before is None or dice.chance(0.3)
        if before is not None and fresh and dice.chance(0.3):
            self.every = dice.pick([7, 14])
        document: Document = {
            "format": 1,
            "framework": "f",
            "version": f"v{place}",
            "title": f"Version {place}",
        }
        document |= {"effective": effective, "returns": self._rhythm()}
        document["first_return"] = dice.pick(["at_once", "after_duration"])
        document["activation"] = "declared" if dice.chance(0.2) else "automatic"
        if self.has_events or document["activation"] == "declared" or dice.chance(0.3):
            may = dice.pick([["raise", "lower"], ["raise", "lower"], ["raise"], ["lower"]])
            document["declarations"] = {"by": "director", "may": may, "at_most": dice.span(dice.upto(4, 28))}
        if dice.chance(0.35):
            limits = {word: dice.upto(1, 2) for word in dice.some(["up", "down"])}
            document["steps"] = limits
        if pool.members:
            document["lists"] = pool.lists
        document["inputs"] = {name: self._varied(name, spec, place) for name, spec in pool.inputs.items()}
        if before is None or fresh:
            document["measures"] = pool.measures(dice.upto(1, 2 + self.size))
        else:
            document["measures"] = dict(before["measures"])
            name = dice.pick(list(before["measures"]))
            if dice.chance(0.3):
                decimals = dice.upto(0, 2)
                document["measures"][name] = {**before["measures"][name], "decimals": decimals}
        self.document, self.rows = document, pool.sample_rows(document)
        if before is None:
            self._make_points()
        if self.points:
            document["trigger_points"] = {name: self._moved(spec) for name, spec in self.points.items()}
        kept = before if before is not None and not fresh else None
        document["statuses"] = self._statuses(before, kept)
        if dice.chance(0.5):
            document["parts"] = {"one": "Part one", "two": "Part two"}
        if dice.chance(0.5):
            document["cohorts"] = {"mappa": "Cases under MAPPA", "vh-rosh": "Very high risk"}
        document["activities"] = self._activities(kept)
        return document

    def _rhythm(self) -> dict[str, str]:
        dice, every = self.dice, self.every
        rhythm = {
            "every": dice.span(every),
            "stale_after": dice.span(every * dice.upto(1, 3) + dice.upto(0, 3)),
        }
        if dice.chance(0.5):
            rhythm["longest_gap"] = dice.span(every * dice.upto(1, 3) + dice.upto(0, 2))
        if dice.chance(0.6):
            rhythm["grace"] = dice.span(dice.upto(0, 2 * every))
        return rhythm

    def _varied(self, name: str, spec: dict[str, Any], place: int) -> dict[str, Any]:
        """An input as a later version has it: another default or reach."""
        if place == 1 or self.dice.chance(0.8):
            return spec
        varied = {key: value for key, value in spec.items() if key not in ("default", "carry_forward")}
        if self.dice.chance(0.4):
            varied["default"] = self.dice.pick(self.pool.domains[name])
        if self.dice.chance(0.4):
            varied["carry_forward"] = self.dice.span(self.dice.upto(1, 3 * self.every))
        return varied

    def _make_points(self) -> None:
        dice = self.dice
        for place in range(1, dice.upto(0, 3) + 1):
            name = self._quantity()
            default = self._near(name)
            spec: dict[str, Any] = {"title": f"Trigger {place}", "default": default, "unit": "points"}
            if dice.chance(0.75):
                spec["regions"] = {"from": default - dice.upto(0, 3), "to": default + dice.upto(0, 3)}
            self.points[f"t{place}"], self.point_of[f"t{place}"] = spec, name

    def _moved(self, spec: dict[str, Any]) -> dict[str, Any]:
        if self.document["version"] == "v1" or self.dice.chance(0.7):
            return spec
        return {**spec, "default": setting(self.dice, spec)}

    # Conditions.

    def _quantity(self) -> str:
        """A measure, or an input with its member."""
        names: list[str] = list(self.document["measures"])
        return self.dice.pick(names if self.dice.chance(0.7) else self.pool.numeric_keys)

    def _decimals(self, name: str) -> int:
        specs = self.document["measures"] if name in self.document["measures"] else self.document["inputs"]
        decimals: int = specs[name.split("[")[0]]["decimals"]
        return decimals

    def _near(self, name: str) -> Decimal:
        """A value at a sample, or a step of the grid beside one."""
        decimals = self._decimals(name)
        value = self.dice.pick(self.rows).get(name)
        if value is None or isinstance(value, str):
            return Decimal(self.dice.upto(0, 10))
        return exact(value, decimals) + self.dice.pick([-1, 0, 0, 1]) * step_of(decimals)

    def _leaf(self) -> dict[str, Any]:
        dice = self.dice
        if "c" in self.document["inputs"] and dice.chance(0.2):
            tests: dict[str, Any] = {"is": dice.pick(CATEGORIES)}
            if dice.chance(0.5):
                tests = {word: dice.some(CATEGORIES) for word in dice.some(["one_of", "none_of"])}
            return {"c": tests}
        if self.points and dice.chance(0.25):
            point = dice.pick(list(self.points))
            name = self.point_of[point]
            if name in self.document["measures"] or name in self.pool.numeric_keys:
                return {name: {dice.pick(["below", "at_most", "above", "at_least"]): point}}
        name = self._quantity()
        if dice.chance(0.15):
            low, high = sorted([self._near(name), self._near(name)])
            return {name: {dice.pick(["at_least", "above"]): low, dice.pick(["at_most", "below"]): high + 1}}
        limit: Any = self._quantity() if dice.chance(0.15) else self._near(name)
        word = "is" if dice.chance(0.06) else dice.pick(["below", "at_most", "above", "at_least"])
        return {name: {word: limit if limit != name else self._near(name)}}

    def _condition(self, depth: int) -> dict[str, Any]:
        dice = self.dice
        if depth == 0 or dice.chance(0.4):
            node = self._leaf()
        else:
            kind = dice.pick(["any", "any", "all", "all", "none", "count"])
            parts = [self._condition(depth - 1) for _ in range(dice.upto(1 + (kind == "count"), 3))]
            least = dice.upto(1, len(parts))
            node = {kind: {"at_least": least, "of": parts} if kind == "count" else parts}
        if dice.chance(0.25):
            node["for"] = dice.span(self.every * dice.pick([1, 2, 2, 3]))
        if dice.chance(0.05):
            node["basis"] = "illustrative"
        if dice.chance(0.05):
            node["note"] = "A note: nothing hangs on it."
        return node

    # Statuses and activities.

    def _statuses(self, before: Document | None, kept: Document | None) -> list[dict[str, Any]]:
        dice = self.dice
        order = list(COLOURS)[: 4 + self.size][:6]
        if before is None or dice.chance(0.5):
            chosen = [name for name in order if dice.chance(0.9 if name == "g" else 0.65)]
            while not 2 <= len(chosen) <= 5:
                chosen = dice.some(order, 2)[:5]
            if dice.chance(0.05):
                dice.rng.shuffle(chosen)
        else:
            chosen = ids(before)
        old = {status["id"]: status for status in kept["statuses"]} if kept else {}
        statuses: list[dict[str, Any]] = []
        for name in chosen:
            status = {
                "id": name,
                "title": f"Status {name}",
                "colour": COLOURS[name],
                "meaning": "What it means.",
            }
            if statuses:
                previous = old.get(name, {})
                again = "enter" in previous and dice.chance(0.6)
                status = previous if again else status | self._entered()
            statuses.append(status)
        return statuses

    def _entered(self) -> dict[str, Any]:
        dice, every = self.dice, self.every
        more: dict[str, Any] = {"enter": self._condition(2)}
        if dice.chance(0.45):
            more["exit"] = self._condition(1)
        if dice.chance(0.35):
            more["minimum_stay"] = dice.span(dice.upto(1, 3 * every))
        if dice.chance(0.4):
            more["review_every"] = dice.span(dice.upto(1, 2 * every))
        if dice.chance(0.4):
            more["outstays_after"] = dice.span(dice.upto(1, 5 * every))
        if dice.chance(0.2):
            more["binding"] = dice.chance(0.8)
        return more

    def _activities(self, kept: Document | None) -> list[dict[str, Any]]:
        dice, document = self.dice, self.document
        froms = ids(document)[1:]
        old = {activity["id"]: activity for activity in kept["activities"]} if kept else {}
        found: list[dict[str, Any]] = []
        for place in range(1, 3 + self.size):
            name = f"h{place}"
            if place > 1 and dice.chance(0.12):
                continue
            activity: dict[str, Any] = {"id": name, "title": f"Activity {place}"}
            if "parts" in document and dice.chance(0.7):
                activity["part"] = dice.pick(list(document["parts"]))
            if name in self.mandatory:
                activity["mandatory"] = {"because": "The law asks for it."}
            else:
                previous = {one["from"]: one for one in old.get(name, {}).get("reductions", [])}
                chosen = dice.some(froms)[:3]
                dice.rng.shuffle(chosen)
                activity["reductions"] = [self._reduction(one, previous.get(one)) for one in chosen]
            found.append(activity)
        return found

    def _reduction(self, start: str, previous: dict[str, Any] | None) -> dict[str, Any]:
        dice, every = self.dice, self.every
        reduction: dict[str, Any] = {
            "from": start,
            "strength": dice.pick(["may", "should", "must", "consider"]),
        }
        reduction["do"] = f"Do less, from {start}."
        if dice.chance(0.2):
            reduction["floor"] = "National Standards"
        if previous is not None and "when" in previous and dice.chance(0.6):
            reduction["when"] = previous["when"]
        elif dice.chance(0.35):
            reduction["when"] = self._condition(1)
        if "cohorts" in self.document and dice.chance(0.5):
            reduction[dice.pick(["except", "only"])] = dice.some(list(self.document["cohorts"]))
        if dice.chance(0.35):
            reduction["review_every"] = dice.span(dice.upto(1, 2 * every))
        if dice.chance(0.5):
            reduction["lapses_after"] = dice.span(dice.upto(1, 4 * every))
        return reduction
