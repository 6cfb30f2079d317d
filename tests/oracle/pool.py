"""The figures of a random framework: lists, inputs, measures, and values worth comparing with.

The *samples* are a few full sets of figures. Thresholds are taken from what the measures are at the
samples, and histories go from sample to sample, so that figures are often exactly at a threshold, or
one step of the grid beside it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from .evaluate import Document, Row, row_of

T = TypeVar("T")
CATEGORIES = ["none", "high", "vh"]


class Dice:
    """Random choices."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.rng.random() < probability

    def upto(self, low: int, high: int) -> int:
        """A whole number between the two, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self.rng.random() * len(options))]

    def some(self, options: Sequence[T], least: int = 1) -> list[T]:
        """At least so many of the options, in their order."""
        count = self.upto(least, len(options))
        chosen = set(self.rng.sample(range(len(options)), count))
        return [option for place, option in enumerate(options) if place in chosen]

    def span(self, count: int) -> str:
        """A duration of so many days, as text."""
        if count and count % 7 == 0 and self.chance(0.5):
            return f"{count // 7} {'week' if count == 7 else 'weeks'}"
        return "1 day" if count == 1 else f"{count} days"


def step_of(decimals: int) -> Decimal:
    """One step of the grid with so many decimals."""
    return Decimal(1).scaleb(-decimals)


def exact(value: Fraction, decimals: int) -> Decimal:
    """A fraction on a grid as a decimal."""
    return Decimal(int(value * 10**decimals)).scaleb(-decimals)


class Pool:
    """Lists, inputs and samples that the versions of one framework share."""

    def __init__(self, dice: Dice, every: int, size: int) -> None:
        self.dice = dice
        chance, pick = dice.chance, dice.pick
        self.members = ["A", "B", "C"][: dice.upto(1, 3)] if chance(0.6) else []
        self.inputs: dict[str, dict[str, Any]] = {}
        self.domains: dict[str, list[Any]] = {}
        for name in ["x", "y", "z"]:
            if name != "x" and chance(0.25):
                continue
            self._numeric(name, {}, [0, 4, 5, 8, 10] if name == "z" else list(range(13)))
        if self.members:
            self._numeric("k", {"per": "grade"}, list(range(9)))
        if chance(0.6):
            self.inputs["c"] = {"title": "Category", "values": list(CATEGORIES)}
            self.domains["c"] = list(CATEGORIES)
        for name, spec in self.inputs.items():
            if chance(0.3):
                spec["default"] = pick(self.domains[name])
            if chance(0.35):
                spec["carry_forward"] = dice.span(dice.upto(1, 3 * every))
        self.lists = {"grade": {member: f"Grade {member}" for member in self.members}}
        self.keys = [key for name in self.inputs for key in self.keys_of(name)]
        self.numeric_keys = [key for key in self.keys if key[0] != "c"]
        self.samples = [{key: pick(self.domains[key[0]]) for key in self.keys} for _ in range(2 + size)]

    def _numeric(self, name: str, more: dict[str, Any], whole: list[int]) -> None:
        dice = self.dice
        decimals = dice.upto(0, 2)
        spec: dict[str, Any] = {"title": f"Figure {name}", "unit": "points", "decimals": decimals, **more}
        if dice.chance(0.7):
            spec["minimum"] = 0
        if dice.chance(0.2):
            spec["maximum"] = 10000
        if dice.chance(0.2):
            spec["lever"] = {"step": step_of(decimals)}
        domain = [Decimal(value) for value in dice.rng.sample(whole, min(4, len(whole)))]
        domain += [value + dice.upto(0, 9) * step_of(decimals) for value in domain[:2]]
        if "minimum" not in spec and dice.chance(0.4):
            domain.append(-domain[0])
        self.inputs[name], self.domains[name] = spec, domain

    def keys_of(self, name: str) -> list[str]:
        """The keys under which a return carries an input."""
        per = "per" in self.inputs[name]
        return [f"{name}[{member}]" for member in self.members] if per else [name]

    def nudged(self, key: str, value: Decimal) -> Decimal:
        """A figure one step of its grid away, within its bounds."""
        spec = self.inputs[key[0]]
        moved = value + self.dice.pick([-1, 1]) * step_of(spec["decimals"])
        return moved if moved >= spec.get("minimum", moved) else value

    # Measures.

    def measures(self, count: int) -> dict[str, dict[str, Any]]:
        """Random measures `m1`, `m2` ..., in any order; each may use those with a smaller number."""
        dice = self.dice
        found: dict[str, dict[str, Any]] = {}
        for place in range(1, count + 1):
            spec: dict[str, Any] = {
                "title": f"Measure {place}",
                "unit": "points",
                "decimals": dice.upto(0, 2),
            }
            if place > 1 and dice.chance(0.25):
                spec["points"] = self._points([*found, *(key for key in self.numeric_keys if len(key) == 1)])
            else:
                spec["formula"] = self._formula(list(found), 2)
            found[f"m{place}"] = spec
        names = list(found)
        dice.rng.shuffle(names)
        return {name: found[name] for name in names}

    def _points(self, names: list[str]) -> dict[str, Any]:
        dice = self.dice
        word = dice.pick(["below", "at_most", "above", "at_least"])
        limits = sorted(
            {dice.upto(0, 20) for _ in range(dice.upto(1, 3))}, reverse=word[0] == "a" and word != "at_most"
        )
        bands = [{word: limit, "give": len(limits) - place} for place, limit in enumerate(limits)]
        return {"of": dice.pick(names), "bands": bands, "otherwise": 0}

    def _formula(self, measures: list[str], depth: int) -> str:
        dice = self.dice
        if depth == 0 or dice.chance(0.15):
            return self._atom(measures)
        left, right = self._formula(measures, depth - 1), self._formula(measures, depth - 1)
        kind = dice.upto(0, 7)
        if kind <= 1:
            return f"{dice.pick([2, 10, 100, '0.5', '1.25'])} * ({left}) / ({right})"
        if kind == 2:
            return f"{dice.pick(['min', 'max'])}({left}, {right})"
        if kind == 3:
            return f"max({left}, {dice.upto(0, 5)}, {right})"
        if kind == 4:
            return f"({left}) / {dice.pick(['3', '7', '2', 'z' if 'z' in self.inputs else 'x'])}"
        return (
            f"{left} {dice.pick('+-')} ({right})"
            if dice.chance(0.5)
            else f"{left} {dice.pick('+-')} {self._atom(measures)}"
        )

    def _atom(self, measures: list[str]) -> str:
        dice = self.dice
        if measures and dice.chance(0.3):
            return dice.pick(measures)
        if self.members and dice.chance(0.35):
            chosen = ["all"] if dice.chance(0.4) else dice.some(self.members)
            return f"k[{', '.join(chosen)}]"
        if dice.chance(0.1):
            return dice.pick(["1", "0.5", "10"])
        return dice.pick([name for name in ("x", "y", "z") if name in self.inputs])

    def sample_rows(self, document: Document) -> list[Row]:
        """What everything is at the samples."""
        day = date(2000, 1, 1)
        return [row_of(document, [{"as_of": day, "figures": figures}], 0) for figures in self.samples]
