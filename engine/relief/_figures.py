"""Figures as a decision's return reads them, for what no decision works out: hours released and hours missing.

They are found as `rules.reading` finds them: the return's own figure, else an earlier one that is carried forward,
else the default, else none. A figure that is not known is never 0.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from rules.check.names import default_figure
from rules.figures import FigureSpec, Return, figure_specs
from rules.formula import FigureOf, MeasureOf, Scope, Subject, references
from rules.measures import Workings
from rules.policy import PointsOf, Policy
from rules.reading import How, figure_text, scaled


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its scaled whole number, the same as text, where it was found, and the day it was given."""

    number: int | None
    text: str | None
    how: How
    as_of: datetime.date | None


@dataclass(frozen=True, slots=True)
class Amount:
    """What figures come to: exactly, with the figures that it rests on, in the order of the formula."""

    value: Fraction | None
    inputs: Mapping[str, Figure]

    @property
    def missing(self) -> tuple[str, ...]:
        """The figures that are not known."""
        return tuple(key for key, figure in self.inputs.items() if figure.number is None)


class Reckoner:
    """Works out, under one version, what each release is multiplied by, and the hours that are missing."""

    def __init__(self, policy: Policy) -> None:
        version = policy.version
        self.policy = policy
        self._scope = Scope(version)
        self._per: dict[str, Subject] = {
            one.reduction.releases.per: self._scope.total(one.reduction.releases.per)
            for one in policy.reductions
            if one.reduction.releases is not None
        }
        self._rests_on = [] if policy.shortfall is None else list(references(policy.shortfall))
        self._workings = Workings(policy, [*self._per.values(), *self._rests_on])
        self.decimals = version.relief.shortfall.decimals if version.relief is not None else 0
        further = []
        if policy.shortfall is not None:
            further.append(self._workings.rounded(policy.shortfall, 10**self.decimals))
        self._work_out = self._workings.function(further)
        specs = figure_specs(version)
        self._specs = {key: specs[key.partition("[")[0]] for key in self._workings.keys}

    def read(self, returns: Sequence[Return]) -> Read:
        """The figures that the last of some returns has; those before it are in the order of their days."""
        figures = {key: self._figure(key, spec, returns) for key, spec in self._specs.items()}
        measures, further = self._work_out([one.number for one in figures.values()])
        return Read(self, figures, measures, further)

    def _figure(self, key: str, spec: FigureSpec, returns: Sequence[Return]) -> Figure:
        if not returns:
            return Figure(None, None, "missing", None)
        newest = returns[-1]
        number = _own(newest, key, spec)
        if number is not None:
            return Figure(number, figure_text(spec, number), "given", newest.as_of)
        carry = self.policy.version.inputs[spec.id].carry_forward
        if carry is not None:
            for earlier in reversed(returns[:-1]):
                number = _own(earlier, key, spec)
                if number is not None:
                    if (newest.as_of - earlier.as_of).days > carry:
                        break
                    return Figure(number, figure_text(spec, number), "carried", earlier.as_of)
        default = default_figure(self.policy.version, spec.id)
        if default is not None:
            number = scaled(spec, default)
            return Figure(number, figure_text(spec, number), "default", None)
        return Figure(None, None, "unfit" if key in newest.figures else "missing", None)

    def keys(self, subjects: Sequence[Subject]) -> Iterator[str]:
        """The keys of every figure that figures and measures rest on, through other measures too."""
        for subject in subjects:
            if isinstance(subject, FigureOf):
                yield from subject.keys
            else:
                content = self.policy.measures[subject.measure]
                inner = [content.subject] if isinstance(content, PointsOf) else list(references(content))
                yield from self.keys(inner)

    def per(self, text: str) -> Subject:
        """What a release is multiplied by."""
        return self._per[text]

    def total(
        self, subject: Subject, figures: Mapping[str, Figure], measures: Sequence[int | None]
    ) -> Fraction | None:
        """A figure, a sum of figures or a measure."""
        scale = 10 ** self._scope.decimals(subject)
        if isinstance(subject, MeasureOf):
            value = self._workings.value(subject, (), measures)
            return None if value is None else Fraction(value, scale)
        numbers = [figures[key].number for key in subject.keys]
        known = [number for number in numbers if number is not None]
        return Fraction(sum(known), scale) if len(known) == len(numbers) else None

    @property
    def rests_on(self) -> Sequence[Subject]:
        """What the formula of the shortfall uses."""
        return self._rests_on


class Read:
    """The figures of one return, and what comes of them."""

    def __init__(
        self,
        reckoner: Reckoner,
        figures: Mapping[str, Figure],
        measures: Sequence[int | None],
        further: Sequence[int | None],
    ) -> None:
        self._reckoner = reckoner
        self.figures = figures
        self._measures = measures
        self._further = further

    def per(self, text: str) -> Amount:
        """What a release is multiplied by: `caseload`, or a sum such as `learner_fte[all]`."""
        subject = self._reckoner.per(text)
        return Amount(self._reckoner.total(subject, self.figures, self._measures), self._inputs([subject]))

    def shortfall(self) -> Amount:
        """The hours a month that are missing, rounded; only for a version that says how they are worked out."""
        (value,) = self._further
        hours = None if value is None else Fraction(value, 10**self._reckoner.decimals)
        return Amount(hours, self._inputs(self._reckoner.rests_on))

    def _inputs(self, subjects: Sequence[Subject]) -> dict[str, Figure]:
        return {key: self.figures[key] for key in dict.fromkeys(self._reckoner.keys(subjects))}


@lru_cache(maxsize=16)
def reckoner(policy: Policy) -> Reckoner:
    """The reckoner of a version; many units are worked out by one."""
    return Reckoner(policy)


def _own(given: Return, key: str, spec: FigureSpec) -> int | None:
    """A return's own figure, if it gives one that the version takes."""
    figure = given.figures.get(key)
    if figure is None or spec.misfit(figure) is not None:
        return None
    return scaled(spec, figure)
