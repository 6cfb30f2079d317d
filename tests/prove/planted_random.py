"""Tiny random policies, whose whole space of states can be gone through, with guarantees that may hold or not."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.prove.planted_measures import OF_BOTH, OF_X, Figures, Value

Settings = Mapping[str, Fraction]
Truth = bool | None

STATUSES = ("green", "amber", "red")
CATEGORIES = ("low", "mid", "high")


@dataclass(frozen=True)
class Test:
    """A comparison of one figure: comparators with a number, a trigger point, or categories."""

    subject: str
    pairs: tuple[tuple[str, str], ...]
    periods: int = 0

    def text(self) -> str:
        """The condition in YAML."""
        inner = ", ".join(f"{comparator}: {threshold}" for comparator, threshold in self.pairs)
        return f"{{{self.subject}: {{{inner}}}{_lasting(self.periods)}}}"

    def truth(self, figures: Figures, settings: Settings) -> Truth:
        """What it comes to, its duration left out."""
        truths = [self._fits(figures[self.subject], *pair, figures, settings) for pair in self.pairs]
        return False if False in truths else None if None in truths else True

    def _fits(
        self, value: Value, comparator: str, threshold: str, figures: Figures, settings: Settings
    ) -> Truth:
        if isinstance(value, str):
            among = value in threshold.strip("[]").split(", ")
            return among is not (comparator == "none_of")
        limit = figures[threshold] if threshold in figures else settings.get(threshold, threshold)
        if value is None or limit is None:
            return None
        number = Fraction(limit)
        return {
            "below": value < number,
            "at_most": value <= number,
            "above": value > number,
            "at_least": value >= number,
            "is": value == number,
        }[comparator]


@dataclass(frozen=True)
class Several:
    """any, all, none or count of conditions."""

    operator: str
    parts: tuple[Condition, ...]
    at_least: int = 0
    periods: int = 0

    def text(self) -> str:
        """The condition in YAML."""
        parts = f"[{', '.join(part.text() for part in self.parts)}]"
        inner = f"{{at_least: {self.at_least}, of: {parts}}}" if self.operator == "count" else parts
        return f"{{{self.operator}: {inner}{_lasting(self.periods)}}}"

    def truth(self, figures: Figures, settings: Settings) -> Truth:
        """What it comes to, durations left out."""
        truths = [part.truth(figures, settings) for part in self.parts]
        needed = {"any": 1, "none": 1, "all": len(truths), "count": self.at_least}[self.operator]
        held = truths.count(True) >= needed
        may = truths.count(True) + truths.count(None) >= needed
        found = True if held else None if may else False
        return found if self.operator != "none" or found is None else not found


Condition = Test | Several


def _lasting(periods: int) -> str:
    return f", for: {periods} weeks" if periods else ""


@dataclass(frozen=True)
class Stated:
    """A guarantee: when, never or always, where."""

    when: Condition | None
    word: str
    outcome: tuple[str, str]
    where: tuple[str, str] | None

    def text(self, number: int) -> str:
        """The guarantee in YAML, in one line."""
        parts = [f"name: promise {number}"]
        if self.when is not None:
            parts.append(f"when: {self.when.text()}")
        parts.append(f"{self.word}: {_outcome(self.outcome)}")
        if self.where is not None:
            parts.append(f"where: {_outcome(self.where)}")
        return f"  - {{{', '.join(parts)}}}\n"


def _outcome(outcome: tuple[str, str]) -> str:
    word, value = outcome
    return f"{{{word}: {f'[{value}]' if word == 'permitted' else value}}}"


@dataclass(frozen=True)
class Tiny:
    """A random policy: its text, its guarantees, the figures that there are, and the bounds of trigger points."""

    text: str
    guarantees: tuple[Stated, ...]
    figures: Mapping[str, tuple[Value, ...]]
    bounds: Mapping[str, tuple[Fraction, ...]]


class Maker:
    """Makes tiny policies."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.points: dict[str, tuple[int, int, int]] = {}
        self.worded = False
        self.two = False
        self.plain = True
        self.measures = OF_X

    def chance(self, of: float) -> bool:
        """True as often as that."""
        return self.rng.random() < of

    def tiny(self) -> Tiny:
        """One policy."""
        rng = self.rng
        self.points = {}
        self.two = self.chance(0.5)
        self.worded = self.two and self.chance(0.4)
        self.measures = OF_X if not self.two or self.worded else OF_X | OF_BOTH
        self.plain = self.chance(0.5)
        for name in ("t", "u")[: rng.choice([0, 1, 1, 2])]:
            low = rng.randint(0, 4)
            high = min(5, low + rng.choice([0, 1, 1, 2] if self.plain else [0, 1]))
            self.points[name] = (low, rng.randint(low, high), high)
        levels = rng.choice([2, 3])
        lines = [self.head(), "statuses:\n  - id: green\n"]
        for level in range(1, levels):
            lines.append(f"  - id: {STATUSES[level]}\n    enter: {self.condition(True).text()}\n")
            if self.chance(0.6):
                lines.append(f"    exit: {self.condition(True).text()}\n")
            if self.chance(0.25):
                lines.append(f"    minimum_stay: {rng.choice([7, 14])} days\n")
        lines.append("activities:\n  - id: visits\n    reductions:\n")
        froms = sorted(rng.sample(range(levels), rng.choice([1, 1, 2])))
        for level in froms:
            when = f", when: {self.condition(self.chance(0.3)).text()}" if self.chance(0.6) else ""
            lines.append(f"      - {{from: {STATUSES[level]}, strength: may, do: Less.{when}}}\n")
        guarantees = tuple(self.guarantee(levels) for _ in range(5))
        lines.append("guarantees:\n")
        lines += [one.text(number) for number, one in enumerate(guarantees)]
        return Tiny("".join(lines), guarantees, self.figures, self.bounds())

    def bounds(self) -> dict[str, tuple[Fraction, ...]]:
        """Every number of each trigger point that matters: on the grid and between two steps of it."""
        return {
            name: tuple(
                Fraction(quarter, 4) for quarter in range(4 * low, 4 * high + 1, 2 if self.plain else 1)
            )
            for name, (low, _, high) in self.points.items()
        }

    def head(self) -> str:
        """All before the statuses."""
        rng = self.rng
        first = rng.choice(["at_once", "after_duration"])
        steps = rng.choice(["", "", "steps: {down: 1}\n", "steps: {up: 1}\n", "steps: {up: 1, down: 1}\n"])
        given = [self.chance(0.3), self.chance(0.5)]
        x: tuple[Value, ...] = tuple(range(6))
        y: tuple[Value, ...] = CATEGORIES if self.worded else (0, 1, 2)
        self.figures: dict[str, tuple[Value, ...]] = {"x": x if given[0] else (None, *x)}
        lines = [f"  x: {{minimum: 0, maximum: 5{', default: 2' if given[0] else ''}}}\n"]
        if self.two:
            self.figures["y"] = y if given[1] else (None, *y)
            kind = "values: [low, mid, high]" if self.worded else "minimum: 0, maximum: 2"
            usual = ", default: low" if self.worded else ", default: 1"
            lines.append(f"  y: {{{kind}{usual if given[1] else ''}}}\n")
        points = "".join(
            f"  {name}: {{default: {default}, regions: {{from: {low}, to: {high}}}}}\n"
            for name, (low, default, high) in self.points.items()
        )
        return (
            "format: 1\nframework: tiny\nversion: v1\ntitle: Tiny\neffective: 2022-08-01\n"
            f"returns: {{every: 7 days, stale_after: 14 days}}\nfirst_return: {first}\n{steps}"
            f"activation: automatic\ninputs:\n{''.join(lines)}measures:\n"
            + "".join(f"  {name}: {formula}\n" for name, formula in self.measures.items())
            + (f"trigger_points:\n{points}" if points else "")
        )

    def condition(self, lasting: bool) -> Condition:
        """A condition of one to three comparisons; perhaps with durations."""
        if self.chance(0.55):
            return self.test(lasting)
        inside = lasting and self.chance(0.4)
        parts: tuple[Condition, ...] = tuple(self.test(inside) for _ in range(self.rng.choice([2, 2, 3])))
        if not self.plain and self.chance(0.2):
            parts = (Several(self.rng.choice(["any", "all", "none"]), parts[:2]), *parts[1:])
        operator = self.rng.choice(["any", "all", "any", "all", "none", "count"])
        at_least = self.rng.randint(1, len(parts)) if operator == "count" else 0
        return Several(operator, parts, at_least, self.periods(lasting and (not inside or self.chance(0.2))))

    def periods(self, lasting: bool) -> int:
        """How long a condition must hold."""
        return self.rng.choice([0, 0, 2, 2, 1, 3]) if lasting else 0

    def test(self, lasting: bool) -> Test:
        """One comparison."""
        rng = self.rng
        periods = self.periods(lasting)
        if self.two and self.chance(0.4):
            if self.worded:
                comparator = rng.choice(["is", "one_of", "none_of"])
                words = rng.sample(CATEGORIES, 1 if comparator == "is" else rng.choice([1, 2]))
                shown = words[0] if comparator == "is" else f"[{', '.join(words)}]"
                return Test("y", ((comparator, shown),), periods)
            return Test("y", ((self.comparator(), str(rng.randint(0, 2))),), periods)
        first, second = rng.sample(["below", "at_most", "above", "at_least"], 2)
        pairs = [(first if self.chance(0.9) else "is", self.threshold())]
        if self.chance(0.15) and pairs[0][0] != "is":
            pairs.append((second, self.threshold()))
        subject = rng.choice(["m", "x"] if self.plain else ["x", *self.measures])
        if "gap" in self.measures and not self.plain and self.chance(0.2):
            pairs = [(first, rng.choice([name for name in ("x", "y", *self.measures) if name != subject]))]
        return Test(subject, tuple(pairs), periods)

    def comparator(self) -> str:
        """How a number is compared."""
        return self.rng.choice(["below", "at_most", "above", "at_least", "is"])

    def threshold(self) -> str:
        """A number, now and then between two steps of the grid, or a trigger point."""
        if self.points and self.chance(0.5):
            return self.rng.choice(sorted(self.points))
        return str(self.rng.randint(0, 5)) if self.chance(0.85) else f"{self.rng.randint(0, 4)}.5"

    def guarantee(self, levels: int) -> Stated:
        """One guarantee."""
        rng = self.rng
        when = self.condition(False) if self.chance(0.75) else None
        word = rng.choice(["never", "never", "always"])
        where = self.outcome(levels) if self.chance(0.3) else None
        return Stated(when, word, self.outcome(levels), where)

    def outcome(self, levels: int) -> tuple[str, str]:
        """What a guarantee is about."""
        word = self.rng.choice(["enter", "status", "at_least", "at_most", "permitted"])
        return word, "visits" if word == "permitted" else STATUSES[self.rng.randrange(levels)]
