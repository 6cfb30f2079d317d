"""A policy as one text of SMT-LIB 2: its figures, trigger points, conditions and the step.

Everything that is declared bears the encoding's prefix, but for the figures and measures, which belong to a
`Universe`: so two versions can stand side by side in one text, over the figures that they share.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from rules.decide import Program, compile_policy
from rules.formula import Condition
from rules.policy import Policy
from rules.prove.points import points_of
from rules.prove.runs import history_text, run_name
from rules.prove.step import Step
from rules.prove.subjects import Subjects, Universe
from rules.prove.truths import Truths


class Encoding:
    """The names and the text of one policy."""

    def __init__(
        self,
        policy: Policy,
        prefix: str = "a",
        universe: Universe | None = None,
        pins: Mapping[str, int] | None = None,
    ) -> None:
        """With `pins` some figures are fixed, by key, which leaves fewer returns and easier questions."""
        self.policy, self.prefix = policy, prefix
        self.whens: tuple[Condition, ...] = tuple(
            one.when for one in policy.guarantees if one.when is not None
        )
        self.program = self.compiled({})
        wanted = [
            subject
            for slot in self.program.slots
            for subject in (slot.subject, slot.minus)
            if subject is not None
        ]
        self.subjects = Subjects(policy, universe or Universe(), wanted, pins)
        self.points = points_of(policy, prefix, self.whens)
        roots = (*policy.conditions(), *self.whens)
        self.truths = Truths(prefix, self.program, self.subjects, self.points, roots)
        self.step = Step(prefix, self.program, self.truths)

    def compiled(self, numbers: dict[str, Decimal]) -> Program:
        """The program under some numbers of the trigger points, the others at their defaults."""
        defaults = {name: point.default for name, point in self.policy.version.trigger_points.items()}
        return compile_policy(self.policy, {**defaults, **numbers}, self.whens)

    @cached_property
    def text(self) -> tuple[str, ...]:
        """The lines about the return at hand, with runs of any length."""
        lines = [line for point in self.points.values() for line in point.text()]
        lines += self.subjects.text(0)
        lines += self.truths.text(0, range(len(self.program.nodes)))
        lines += self.step.text()
        return tuple(lines)

    @cached_property
    def history(self) -> tuple[str, ...]:
        """Further lines, which leave only runs that some history can have led to."""
        return tuple(history_text(self.prefix, self.program, self.subjects, self.truths))

    def run(self, number: int) -> str:
        """The name of a run's length; known once `history` is stated."""
        return run_name(self.prefix, number)
