"""Tiny random pairs of versions, and everything that can be of them gone through one by one."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations, product

from engine.runs import periods
from rules.decide import NONE, TRUE, Hold, PlainDecider, Program, Situation, compile_policy
from rules.figures import Figure, Return
from rules.model import Reduction, TriggerPoint
from rules.policy import Policy
from rules.reading import Latest, Reader
from tests.support import policy_of

IDS = ("green", "yellow", "amber", "red")
FORMULAS = ("x", "x / 2", "100 * x / y", "100 * (x + 1) / y", "100 * (x - 1) / y", "min(x, y)", "x + y")
DAY = datetime.date(2022, 8, 1)
EVERY = 2
Found = tuple[str, str, str, str]
Numbers = Mapping[str, Decimal]


@dataclass(frozen=True)
class Pair:
    """Two versions, and the figures that returns may give."""

    policies: tuple[Policy, Policy]
    figures: Mapping[str, tuple[Figure | None, ...]]
    carried: bool


class Maker:
    """Makes pairs of versions."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.pointed = self.chance(0.6)
        self.carried = self.chance(0.2)
        self.lapsing = self.chance(0.25)
        self.fine = not self.carried and self.chance(0.25)

    def chance(self, of: float) -> bool:
        """True as often as that."""
        return self.rng.random() < of

    def pair(self) -> Pair:
        """One pair: the second version is the first with some parts made anew."""
        first = self.parts()
        second = [one if self.chance(0.6) else other for one, other in zip(first, self.parts(), strict=True)]
        policies = policy_of("".join(first)), policy_of("".join(second))
        numbers = [Decimal(number) for number in range(4)]
        x = [Decimal(tenth) / 10 for tenth in range(41)] if self.fine else numbers
        return Pair(policies, {"x": (None, *x), "y": (None, *numbers[:3])}, self.carried)

    def parts(self) -> list[str]:
        """The parts of a version's text."""
        rng = self.rng
        steps = rng.choice(["", "", "steps: {down: 1}\n", "steps: {up: 1}\n"])
        parts = [
            "format: 1\nframework: tiny\nversion: v1\ntitle: Tiny\neffective: 2022-08-01\n"
            f"returns: {{every: {EVERY} days, stale_after: {EVERY} days}}\nactivation: automatic\n",
            f"first_return: {rng.choice(['at_once', 'after_duration'])}\n{steps}",
            f"inputs:\n{self.input('x', 3)}{self.input('y', 2)}",
            f"measures:\n  m: {{decimals: {rng.choice([0, 1])}, formula: '{rng.choice(FORMULAS)}'}}\n",
        ]
        low = rng.randint(0, 2)
        high = low + rng.choice([0, 1, 1, 2])
        bounds = f", regions: {{from: {low}, to: {high}}}" if self.chance(0.7) else ""
        point = f"trigger_points:\n  t: {{default: {rng.randint(low, high)}{bounds}}}\n"
        parts.append(point if self.pointed else "")
        parts.append(self.statuses())
        return parts

    def input(self, name: str, most: int) -> str:
        """One input."""
        extra = ", default: 1" if self.chance(0.3) else ""
        if name == "x" and self.fine:
            extra += f", decimals: {self.rng.choice([0, 1])}"
            most += self.rng.choice([0, 1])
        if name == "x" and self.carried:
            extra += self.rng.choice(["", ", carry_forward: 2 days", ", carry_forward: 3 days"])
        return f"  {name}: {{minimum: 0, maximum: {most}{extra}}}\n"

    def statuses(self) -> str:
        """The statuses and what may be reduced from them."""
        rng = self.rng
        ids = ["green", *sorted(rng.sample(IDS[1:], rng.choice([1, 2, 2])), key=IDS.index)]
        lines = ["statuses:\n  - id: green\n"]
        for id_ in ids[1:]:
            lines.append(f"  - id: {id_}\n    enter: {self.condition(True)}\n")
            if self.chance(0.5):
                lines.append(f"    exit: {self.condition(True)}\n")
            if self.chance(0.3):
                lines.append(f"    minimum_stay: {rng.choice([3, 5])} days\n")
        lines.append("cohorts: {p: P, q: Q}\nactivities:\n")
        for activity in ("visits", "calls"):
            if self.chance(0.15):
                lines.append(f"  - {{id: {activity}, mandatory: {{because: The law.}}}}\n")
                continue
            lines.append(f"  - id: {activity}\n    reductions:\n")
            for id_ in sorted(rng.sample(ids, rng.choice([1, 1, 2])), key=ids.index):
                when = f", when: {self.condition(False)}" if self.chance(0.4) else ""
                spared = rng.choice(["", "", ", except: [p]", ", except: [p, q]", ", only: [q]"])
                lapse = (
                    f", lapses_after: {rng.choice([4, 6])} days" if self.lapsing and self.chance(0.7) else ""
                )
                lines.append(f"      - {{from: {id_}, strength: may, do: Less.{when}{spared}{lapse}}}\n")
        return "".join(lines)

    def condition(self, lasting: bool) -> str:
        """A condition of one to three comparisons; perhaps with a duration."""
        if self.chance(0.6):
            return self.test(lasting)
        whole = lasting and self.chance(0.5)
        parts = ", ".join(self.test(lasting and not whole) for _ in range(2))
        return f"{{{self.rng.choice(['any', 'all', 'none'])}: [{parts}]{self.lasting(whole)}}}"

    def test(self, lasting: bool) -> str:
        """One comparison."""
        rng = self.rng
        comparator = rng.choice(["below", "at_most", "above", "at_least", "is"])
        threshold = (
            "t" if self.pointed and self.chance(0.5) else str(rng.choice([0, 1, 2, 3, "1.5", 50, 100]))
        )
        return f"{{{rng.choice(['m', 'm', 'x', 'y'])}: {{{comparator}: {threshold}}}{self.lasting(lasting)}}}"

    def lasting(self, lasting: bool) -> str:
        """How long a condition must hold."""
        return (
            self.rng.choice(["", f", for: {2 * EVERY} days", f", for: {3 * EVERY} days"]) if lasting else ""
        )


class Everything:
    """Goes through everything that can be of a pair, and notes the differences."""

    def __init__(self, pair: Pair) -> None:
        self.pair, self.policies = pair, pair.policies
        self.labels: set[Found] = set()
        self.statuses_differ = False
        for numbers in settings(self.policies):
            self.look(numbers)

    def look(self, numbers: tuple[Numbers, Numbers]) -> None:
        """Note the differences under some trigger points."""
        programs = [compile_policy(one, number) for one, number in zip(self.policies, numbers, strict=True)]
        readers, deciders = [Reader(one) for one in programs], [PlainDecider(one) for one in programs]
        readings = set()
        for figures, earlier in self.returns():
            values = []
            for reader in readers:
                latest: Latest = {}
                for figure, days in earlier:
                    before = DAY - datetime.timedelta(days=days)
                    reader.read(Return("", before, {"x": figure}), latest)
                values.append(reader.read(Return("", DAY, figures), latest).values)
            readings.add((values[0], values[1]))
        truths = {}
        for seen in readings:
            sides = zip(programs, deciders, seen, strict=True)
            truths[seen] = tuple(self.now(*side) for side in sides)
        needs = [node.needs for program in programs for node in program.nodes if isinstance(node, Hold)]
        reached = reachable(needs, {tuple(chain(*now)) for now in truths.values()})
        split = len(programs[0].runs)
        for seen, now in truths.items():
            for long in reached[tuple(chain(*now))]:
                runs = tuple(need if over else 1 for need, over in zip(needs, long, strict=True))
                self.decide(programs, deciders, seen, (runs[:split], runs[split:]))

    def returns(self) -> Iterator[tuple[dict[str, Figure], list[tuple[Figure, int]]]]:
        """Every return, and what an earlier one may have given."""
        x, y = self.pair.figures["x"], self.pair.figures["y"]
        pasts: list[list[tuple[Figure, int]]] = [[]]
        if self.pair.carried:
            pasts += [[(figure, days)] for figure in x if figure is not None for days in (1, 3, 4)]
        for one, other, past in product(x, y, pasts):
            figures = {"x": one, "y": other}
            yield {key: figure for key, figure in figures.items() if figure is not None}, past

    @staticmethod
    def now(program: Program, decider: PlainDecider, values: tuple[int | None, ...]) -> tuple[bool, ...]:
        """Whether each condition with a duration holds."""
        nothing, runs = (NONE,) * (program.levels + 1), (9,) * len(program.runs)
        blocked = (0,) * len(program.policy.reductions)
        outcome = decider.decide(Situation(values, runs, NONE, True, False, False, nothing, blocked))
        return tuple(outcome.truths[node] == TRUE for node in program.held)

    def decide(
        self,
        programs: list[Program],
        deciders: list[PlainDecider],
        values: tuple[tuple[int | None, ...], tuple[int | None, ...]],
        runs: tuple[tuple[int, ...], tuple[int, ...]],
    ) -> None:
        """Decide a return from everywhere that a unit can stand, and note what differs."""
        first, second = self.policies
        for standing in range(NONE, len(first.version.statuses)):
            there = NONE
            if standing != NONE:
                ids = first.version.status_ids[: standing + 1]
                there = max(second.level(id_) or 0 for id_ in ids if second.level(id_) is not None)
            for days, ages in self.times(standing):
                found = []
                for program, decider, level, value, long in zip(
                    programs, deciders, (standing, there), values, runs, strict=True
                ):
                    version = program.policy.version
                    blocked = tuple(
                        int(0 < (one.reduction.lapses_after or 0) <= ages.get(one.key, 0))
                        for one in program.policy.reductions
                    )
                    situation = Situation(
                        value,
                        long,
                        level,
                        level == NONE or days >= version.statuses[level].minimum_stay,
                        True,
                        level == NONE and program.at_once,
                        (*range(program.levels), NONE),
                        blocked,
                    )
                    outcome = decider.decide(situation)
                    permitted = [program.policy.reductions[number] for number in outcome.permitted]
                    permitted.sort(key=lambda one: one.level)
                    status = None if outcome.status == NONE else version.status_ids[outcome.status]
                    found.append((status, {one.key: one.reduction for one in permitted}))
                self.statuses_differ |= found[0][0] != found[1][0]
                self.note(found[0][1], found[1][1])

    def times(self, standing: int) -> Iterator[tuple[int, dict[tuple[str, str], int]]]:
        """Days since the status began, and since reductions were first permitted."""
        first, top = self.policies[0], len(self.policies[0].version.statuses) - 1
        lapsing = sorted(
            {one.key for policy in self.policies for one in policy.reductions if one.reduction.lapses_after}
            & set(first.numbers)
        )
        for days in (0, 3, 4, 5, 6) if lapsing else (0, 3, 5):
            choices = []
            for key in lapsing:
                level = first.reductions[first.numbers[key]].level
                ages = (0, 4, 6) if standing >= level else (0,)
                choices.append([age for age in ages if level < top or age <= days])
            for chosen in product(*choices):
                yield days, dict(zip(lapsing, chosen, strict=True))

    def note(self, one: dict[tuple[str, str], Reduction], other: dict[tuple[str, str], Reduction]) -> None:
        """Note how what two versions permit differs; the last reduction of an activity is the one that stands."""
        first, second = self.policies
        for activity in ("visits", "calls"):
            mine = [key for key in one if key[0] == activity]
            theirs = [key for key in other if key[0] == activity]
            rank = their_rank = -1
            if mine:
                ids = first.version.status_ids
                before = ids[: ids.index(mine[-1][1]) + 1]
                rank = max(second.level(id_) or 0 for id_ in before if second.level(id_) is not None)
            if theirs:
                their_rank = second.level(theirs[-1][1]) or 0
            if their_rank > rank:
                self.labels.add(("loosens", "permitted", activity, theirs[-1][1]))
            elif rank > their_rank:
                self.labels.add(("tightens", "permitted", activity, mine[-1][1]))
            elif mine:
                cases = [set(case) for size in range(3) for case in combinations("pq", size)]
                touched = [
                    {index for index, case in enumerate(cases) if touches(reduction, case)}
                    for reduction in (one[mine[-1]], other[theirs[-1]])
                ]
                if touched[1] - touched[0]:
                    self.labels.add(("loosens", "scope", activity, theirs[-1][1]))
                if touched[0] - touched[1]:
                    self.labels.add(("tightens", "scope", activity, mine[-1][1]))


def touches(reduction: Reduction, case: set[str]) -> bool:
    """Whether a reduction may touch a case of some cohorts."""
    return not case & set(reduction.except_) and (not reduction.only or bool(case & set(reduction.only)))


def settings(policies: tuple[Policy, Policy]) -> list[tuple[Numbers, Numbers]]:
    """Every number that the trigger points of both versions may have together, in quarters."""
    points = [policy.version.trigger_points.get("t") for policy in policies]
    quarters = [Decimal(number) / 4 for number in range(21)]
    one, other = points
    if one is None or other is None:
        alone = []
        for point in points:
            numbers = (
                [point.default, *(number for number in quarters if allows(point, number))] if point else []
            )
            alone.append([{"t": number} for number in numbers] or [dict[str, Decimal]()])
        return list(product(alone[0], alone[1]))
    found = [(one.default, other.default)]
    found += [
        (nearest(one, number), nearest(other, number))
        for number in quarters
        if allows(one, number) or allows(other, number)
    ]
    return [({"t": mine}, {"t": theirs}) for mine, theirs in dict.fromkeys(found)]


def allows(point: TriggerPoint, number: Decimal) -> bool:
    """Whether a trigger point may have a number."""
    return nearest(point, number) == number


def nearest(point: TriggerPoint, number: Decimal) -> Decimal:
    """The nearest number that a trigger point may have."""
    if point.regions is None:
        return point.default
    return min(max(number, point.regions.from_), point.regions.to)


Now = tuple[bool, ...]


def reachable(needs: list[int], nows: set[Now]) -> dict[Now, set[Now]]:
    """Which durations can be over at a return, by which of their conditions hold there, after any returns before.

    Returns come one or two days after the last one, which is as long as a period; after more, all begin anew.
    """
    limit = EVERY * max(needs, default=0)
    nothing = (0,) * len(needs)
    found, fresh = {nothing}, [nothing]
    over: dict[Now, set[Now]] = {now: set() for now in nows}
    while fresh:
        past = fresh.pop()
        for gap in (1, 2):
            held = [min(length + gap, limit) if length else EVERY for length in past]
            for now in nows:
                then = tuple(length if holds else 0 for length, holds in zip(held, now, strict=True))
                over[now].add(
                    tuple(
                        holds and periods(length, EVERY) >= need
                        for length, need, holds in zip(held, needs, now, strict=True)
                    )
                )
                if then not in found:
                    found.add(then)
                    fresh.append(then)
    return over
