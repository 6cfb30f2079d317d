"""What the analyses of one policy share: its encoding, the search, sampled steps, and where to tell problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rules.decide import NONE, TRUE, Hold, Outcome, PlainDecider
from rules.formula import Condition, Subject, walk
from rules.model._fields import number_text
from rules.policy import Policy
from rules.problems import Findings, Place
from rules.prove.encoding import Encoding
from rules.prove.places import Places, condition_text, listed
from rules.prove.samples import sampled
from rules.prove.search import Search
from rules.prove.witness import Witness, value_text
from rules.text import Source


class Words(NamedTuple):
    """A witness in words: its values, conditions that have not held for long enough, and trigger points."""

    values: tuple[str, ...]
    runs: str
    settings: str

    @property
    def figures(self) -> str:
        """The values and runs: `staffing = 84.9 and workload unknown`."""
        return f"{listed(self.values) if self.values else 'any figures'}{self.runs}"

    def sentence(self, verb: str, rest: str) -> str:
        """The values as what does something: `staffing = 84.9 enters red, with red_staffing at 85`."""
        verb += "s" if len(self.values) == 1 and not self.runs else ""
        return f"{self.figures} {verb} {rest}{self.settings}."


class Case:
    """One policy under examination."""

    def __init__(self, policy: Policy, source: Source, findings: Findings) -> None:
        self.policy, self._findings = policy, findings
        self.encoding = Encoding(policy)
        self.search = Search(self.encoding)
        self.places = Places(policy, source)
        self._samples: list[Outcome] = []
        self._further = sampled(self.encoding)
        self._reached: tuple[frozenset[int], frozenset[int]] | None = None

    def tell(self, code: str, message: str, place: Place, hint: str, also: Iterable[Place] = ()) -> None:
        """Note a problem."""
        self._findings.add(code, message, place, hint, also)

    def unsettled(self, what: str, place: Place) -> None:
        """Note a question that the limits of the check leave open."""
        message = f"It could not be settled within the limits of the check whether {what}."
        self.tell(
            "PF329", message, place, "Make the formulas or conditions simpler, or test it by scenarios."
        )

    def samples(self) -> Iterator[Outcome]:
        """The sampled steps, each decided when it is first looked at."""
        yield from self._samples
        for outcome in self._further:
            self._samples.append(outcome)
            yield outcome

    def comes_to(self, node: int, truth: int) -> bool:
        """Whether a node comes to a truth in a sampled step."""
        return any(outcome.truths[node] == truth for outcome in self.samples())

    def now(self, condition: Condition) -> int:
        """The node of a condition as it is now, without its own duration."""
        node = self.encoding.program.rules[condition.rule].node
        spec = self.encoding.program.nodes[node]
        return spec.child if isinstance(spec, Hold) else node

    def lasts(self, node: int) -> bool:
        """Whether a node rests on something that must have held for a time."""
        nodes = self.encoding.program.nodes
        return any(isinstance(nodes[below], Hold) for below in self.encoding.truths.below([node]))

    @property
    def reached(self) -> frozenset[int]:
        """The levels that a unit can come to, from none or from one another, and those where this stays open."""
        return self._reach()[0] | self._reach()[1]

    @property
    def open_levels(self) -> frozenset[int]:
        """The levels of which it could not be settled whether a unit can come to them."""
        return self._reach()[1]

    def _reach(self) -> tuple[frozenset[int], frozenset[int]]:
        if self._reached is None:
            levels = frozenset(range(self.encoding.program.levels))
            met = set[int]()
            for outcome in self.samples():
                met.add(outcome.status)
                if len(met - {NONE}) == len(levels):
                    break
            found = frozenset(met - {NONE})
            left, unsettled, growing = levels - found, frozenset[int](), True
            while left and growing:
                claims = self.standing_within(found)
                begins = self.encoding.step.begins
                answers = {one: self.search.exists(begins(one), *claims, runs=True) for one in sorted(left)}
                fresh = {one for one, answer in answers.items() if answer == "yes"}
                unsettled = frozenset(one for one, answer in answers.items() if answer == "open")
                found, left, growing = found | fresh, left - fresh, bool(fresh)
            self._reached = found, unsettled
        return self._reached

    def standing_within(self, levels: Iterable[int]) -> list[str]:
        """Claims that the unit stands at one of some levels, or at none yet."""
        within, step = {*levels, NONE}, self.encoding.step
        return [f"-{step.stands(level)}" for level in step.standings if level not in within]

    def words(self, witness: Witness, holds: Callable[[Outcome], bool], points: Iterable[str] = ()) -> Words:
        """What of a witness matters to what holds; `points` are trigger points to name even at their default."""
        values = [
            value_text(self.encoding, one, witness.values[one]) for one in self._mattering(witness, holds)
        ]
        named = set(points)
        settings = [
            f"{name} at {number_text(witness.numbers[name])}"
            for name, point in self.encoding.points.items()
            if name in named or witness.numbers[name] != point.spec.default
        ]
        runs = self._short_runs(witness)
        held = f", {listed(runs)}" if runs else ""
        return Words(tuple(values), held, f", with {listed(settings)}" if settings else "")

    def _mattering(self, witness: Witness, holds: Callable[[Outcome], bool]) -> list[Subject]:
        """The subjects without which it would not hold; what holds with a figure unknown holds with any."""
        decider, program = PlainDecider(witness.program), witness.program
        values = list(witness.situation.values)
        mattering = []
        for subject in reversed(self.encoding.subjects.all):
            slots = [
                index for index, slot in enumerate(program.slots) if subject in (slot.subject, slot.minus)
            ]
            if not slots:
                continue
            without = [None if index in slots else value for index, value in enumerate(values)]
            unknown = witness.values[subject] is None
            if not unknown and holds(decider.decide(witness.situation._replace(values=tuple(without)))):
                values = without
            else:
                mattering.append(subject)
        return mattering[::-1]

    def _short_runs(self, witness: Witness) -> list[str]:
        """The conditions that hold and have not held for long enough, in words."""
        found: dict[str, None] = {}
        program = witness.program
        for root in (*self.policy.conditions(), *self.encoding.whens):
            for one in walk(root):
                hold = program.nodes[program.rules[one.rule].node]
                if isinstance(hold, Hold):
                    run, holds = witness.situation.runs[hold.run], witness.outcome.truths[hold.child] == TRUE
                    if holds and run < hold.needs:
                        days = run * self.policy.version.returns.every
                        found[f"{condition_text(one)} for {days} days only"] = None
        return list(found)
