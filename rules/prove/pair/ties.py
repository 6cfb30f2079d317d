"""One figure that two versions take otherwise: what each of them can make of what a return gives.

A figure that does not fit a version counts there as not given. What is not given may be carried forward from an
earlier return, by each version for as long as it says; else the default counts, or the figure is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rules.check.names import default_figure
from rules.figures import Figure, FigureSpec, figure_specs
from rules.model import Version
from rules.prove.ranges import figure_ends
from rules.prove.terms import Claim, all_of, any_of, compared, negated, times
from rules.reading import scaled


class Seen(NamedTuple):
    """A figure as one version sees it: the name of its number, and the claim that it is known."""

    value: str
    known: Claim


class Earlier(NamedTuple):
    """A figure of an earlier return that stands in for a missing one."""

    figure: Figure
    days_ago: int


@dataclass(frozen=True, slots=True)
class Side:
    """What one version makes of an input."""

    version: Version
    name: str

    @property
    def spec(self) -> FigureSpec:
        """What the version takes."""
        return figure_specs(self.version)[self.name]

    @property
    def carry(self) -> int:
        """For how many days a figure stands in for later ones; -1 where it does not."""
        return self.version.inputs[self.name].carry_forward or -1

    @property
    def default(self) -> Figure | None:
        """What counts where nothing is given."""
        return default_figure(self.version, self.name)

    def sees(self, given: Figure | None, earlier: Earlier | None) -> Figure | None:
        """The figure that counts when a return gives one, or none, and an earlier return gave another."""
        spec = self.spec
        if given is not None and spec.misfit(given) is None:
            return given
        if earlier is not None and earlier.days_ago <= self.carry and spec.misfit(earlier.figure) is None:
            return earlier.figure
        return self.default

    def stands_in(self, seen: Seen) -> Claim:
        """That nothing is given or carried, so that the default counts or the figure is unknown."""
        default = self.default
        if default is None:
            return negated(seen.known)
        return all_of([seen.known, compared("=", seen.value, scaled(self.spec, default))])

    def takes(self, seen: Seen, other: Side) -> Claim:
        """That a figure as the other version sees it fits this one."""
        spec, theirs = self.spec, other.spec
        if spec.values is not None or theirs.values is not None:
            known = [n for n, id_ in enumerate(theirs.values or ()) if id_ in (spec.values or ())]
            return any_of(compared("=", seen.value, number) for number in known)
        fine, coarse = 10**theirs.decimals, 10**spec.decimals
        low, high = figure_ends(self.version, self.name)
        claims = [
            compared(">=", times(coarse, seen.value), int(low * fine * coarse)),
            compared("<=", times(coarse, seen.value), int(high * fine * coarse)),
        ]
        if fine > coarse:
            claims.append(f"(= (mod {seen.value} {fine // coarse}) 0)")
        return all_of(claims)


def _same(one: Side, mine: Seen, other: Side, theirs: Seen) -> Claim:
    """That both versions see the same figure."""
    if one.spec.values is not None or other.spec.values is not None:
        return any_of(
            all_of([compared("=", mine.value, n), compared("=", theirs.value, m)])
            for n, id_ in enumerate(one.spec.values or ())
            for m, same in enumerate(other.spec.values or ())
            if id_ == same
        )
    return compared(
        "=", times(10**other.spec.decimals, mine.value), times(10**one.spec.decimals, theirs.value)
    )


def tied(one: Side, mine: Seen, other: Side, theirs: Seen) -> Claim:
    """That two versions can see these two figures in one history of returns."""
    unfit, unfit_there = negated(other.takes(mine, one)), negated(one.takes(theirs, other))
    mine_stands_in, theirs_stands_in = one.stands_in(mine), other.stands_in(theirs)
    longer, longer_there = _if(one.carry > other.carry), _if(other.carry > one.carry)
    otherwise = any_of([all_of([unfit, _if(other.carry >= 0)]), all_of([unfit_there, _if(one.carry >= 0)])])
    return any_of(
        [
            all_of([mine.known, theirs.known, any_of([_same(one, mine, other, theirs), otherwise])]),
            all_of([mine.known, theirs_stands_in, any_of([unfit, longer])]),
            all_of([mine_stands_in, theirs.known, any_of([unfit_there, longer_there])]),
            all_of([mine_stands_in, theirs_stands_in]),
        ]
    )


def _if(holds: bool) -> Claim:
    return "true" if holds else "false"


def given_for(
    sides: tuple[Side, Side], mine: Figure | None, theirs: Figure | None
) -> tuple[Figure | None, Earlier | None]:
    """What is given, and what earlier, so that each version sees its figure: the plainest that will do."""
    one, other = sides
    ways: list[tuple[Figure | None, Earlier | None]] = [(None, None)]
    ways += [(figure, None) for figure in (mine, theirs) if figure is not None]
    if mine is not None and theirs is not None:
        ways += [(mine, Earlier(theirs, 1)), (theirs, Earlier(mine, 1))]
    for figure, beside in ((mine, other), (theirs, one)):
        if figure is not None:
            ways.append((None, Earlier(figure, max(1, beside.carry + 1))))
    for given, before in ways:
        if one.sees(given, before) == mine and other.sees(given, before) == theirs:
            return given, before
    return mine, None
