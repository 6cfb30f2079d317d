"""Two versions as one: the inputs and measures of both, those that mean the same only once.

The merged policy exists for its figures only. A name of the second version that means something else there bears
a mark; what a return gives under such a name is one figure all the same, which `ties` sees to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rules.check.names import default_figure
from rules.formula import Arithmetic, Constant, Extreme, FigureOf, Formula, MeasureOf, Subject
from rules.model import Version
from rules.model.measures import Input, Measure
from rules.policy import PointsOf, Policy

MARK = "'"
"""After a name of the second version that means something else in the first; no document's name has it."""
Content = Formula | PointsOf


@dataclass(frozen=True, slots=True)
class Renaming:
    """What one version's inputs and measures are called in the merged policy."""

    inputs: Mapping[str, str]
    measures: Mapping[str, str]

    def subject(self, subject: Subject) -> Subject:
        """A subject as the merged policy has it."""
        if isinstance(subject, FigureOf):
            return FigureOf(self.inputs[subject.input], subject.members)
        return MeasureOf(self.measures[subject.measure])

    def content(self, content: Content) -> Content:
        """A measure's content over the merged names."""
        if isinstance(content, PointsOf):
            return replace(content, subject=self.subject(content.subject))
        return self._formula(content)

    def _formula(self, formula: Formula) -> Formula:
        if isinstance(formula, Constant):
            return formula
        if isinstance(formula, FigureOf | MeasureOf):
            return self.subject(formula)
        if isinstance(formula, Extreme):
            return Extreme(formula.function, tuple(map(self._formula, formula.arguments)))
        assert isinstance(formula, Arithmetic)
        return Arithmetic(formula.operator, self._formula(formula.left), self._formula(formula.right))


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged policy, the names of each version in it, and the inputs that both versions take otherwise."""

    policy: Policy
    renamings: tuple[Renaming, Renaming]
    twins: Mapping[str, str]
    """The name in the first version, and that of the second version's input of the same name."""


def merged(first: Policy, second: Policy) -> Merged:
    """Both versions as one."""
    inputs: dict[str, Input] = dict(first.version.inputs)
    own = {name: name for name in inputs}
    others, twins = dict[str, str](), dict[str, str]()
    for name, given in second.version.inputs.items():
        others[name] = name
        if name in own and not _alike(name, first.version, second.version):
            others[name] = twins[name] = name + MARK
        inputs.setdefault(others[name], given)
    contents, specs = dict[str, Content](), dict[str, Measure]()
    known: dict[tuple[int, Content], str] = {}
    renamings = []
    for policy, names in ((first, own), (second, others)):
        renaming = Renaming(names, measures := dict[str, str]())
        renamings.append(renaming)
        for name, written in policy.measures.items():
            content, spec = renaming.content(written), policy.version.measures[name]
            fresh = name if name not in contents else name + MARK
            found = measures[name] = known.setdefault((spec.decimals, content), fresh)
            if found not in contents:
                contents[found], specs[found] = content, spec
    version = first.version.model_copy(update={"inputs": inputs, "measures": specs})
    policy = replace(first, version=version, measures=contents)
    return Merged(policy, (renamings[0], renamings[1]), twins)


def _alike(name: str, first: Version, second: Version) -> bool:
    """Whether both versions make the same of what a return gives, or does not give, for an input."""
    specs = first.inputs[name], second.inputs[name]
    one, other = (
        (spec.decimals, spec.minimum, spec.maximum, spec.values, spec.carry_forward, spec.per is None)
        for spec in specs
    )
    return one == other and default_figure(first, name) == default_figure(second, name)
