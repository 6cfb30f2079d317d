"""One figure that two versions take otherwise: what each of them can make of what a return gives.

A figure that does not fit a version counts there as not given. What is not given may be carried forward from an
earlier return, by each version for as long as it says; else the default counts, or the figure is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rules.check.names import default_figure
from rules.figures import Figure, FigureSpec, figure_specs
from rules.formula import FigureOf, Subject
from rules.model import Version
from rules.policy import PointsOf
from rules.prove import formulas
from rules.prove.pair.merge import MARK, Merged
from rules.prove.pair.orders import ordered_measures
from rules.prove.ranges import figure_ends
from rules.prove.subjects import Subjects, Universe, each_of
from rules.prove.terms import Claim, Term, all_of, any_of, compared, negated, plus, stated, times
from rules.reading import scaled

PLAIN = 100
"""What figures are divided by in a plain case."""


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


class PairSubjects(Subjects):
    """The subjects of a merged policy; figures that a return gives once are tied to each other."""

    def __init__(self, merged: Merged, versions: tuple[Version, Version], wanted: list[Subject]) -> None:
        self._sides = {name: (Side(versions[0], name), Side(versions[1], name)) for name in merged.twins}
        super().__init__(merged.policy, Universe(), wanted)
        self._orders = list(ordered_measures(merged, self.all))

    def raw_key(self, figure: FigureOf) -> str:
        """The key under which a return gives one figure."""
        return self.raw(figure.keys[0])

    def text(self, copy: int) -> Iterator[str]:
        """The lines that declare the subjects at a return, and tie them."""
        yield from super().text(copy)
        figures = {one.keys[0]: one for one in self._numbers if isinstance(one, FigureOf)}
        seen = {
            key: Seen(self.value(one, copy), negated(self.unknown(one, copy))) for key, one in figures.items()
        }
        yield from self._ties(seen)
        for low, high in self._orders:
            known = all_of(negated(self.unknown(one, copy)) for one in (low, high))
            yield stated(f"(=> {known} {compared('<=', self.value(low, copy), self.value(high, copy))})")

    def figure_ties(self, symbols: Mapping[str, str]) -> Iterator[str]:
        """Lines that tie figures to one another, by the symbols of their numbers."""
        yield from self._ties({key: Seen(symbol, f"{symbol}k") for key, symbol in symbols.items()})

    def _ties(self, seen: Mapping[str, Seen]) -> Iterator[str]:
        for key, mine in seen.items():
            name = key.partition("[")[0]
            theirs = seen.get(self._twin(key))
            if name in self._sides and theirs is not None:
                one, other = self._sides[name]
                yield stated(tied(one, mine, other, theirs))

    def plain(self, copy: int) -> Iterator[str]:
        """Lines that narrow a return to plain figures, so that every measure is tied to its figures.

        Whatever figures are divided by is a round number; so a case that is found has figures behind it.
        """
        divided = {key: self._plain_divisor(key) for key in self.divisors}
        for one in self._numbers:
            if isinstance(one, FigureOf) and one.keys[0] in divided:
                yield stated(f"(not {self.unknown(one, copy)})")
                yield stated(compared("=", self.value(one, copy), divided[one.keys[0]]))

        def leaf(subject: Subject) -> tuple[Term, int]:
            total: Term = 0
            for part in each_of(subject):
                number = divided.get(part.keys[0]) if isinstance(part, FigureOf) else None
                total = plus(total, self.value(part, copy) if number is None else number)
            return total, 10 ** self.scope.decimals(subject)

        for measure in self._entangled:
            content = self.policy.measures[measure.measure]
            assert not isinstance(content, PointsOf)
            found = formulas.worked(content, leaf, lambda term: term)
            top, bottom = formulas.turned(found.numerator, found.denominator)
            if isinstance(bottom, int) and bottom > 0:
                value = formulas.rounded(top, bottom, 10 ** self.scope.decimals(measure))
                same = compared("=", self.value(measure, copy), value)
                yield stated(f"(=> (not {self.unknown(measure, copy)}) {same})")

    def _plain_divisor(self, key: str) -> int:
        """The plain number of a figure that something is divided by."""
        input_id = key.partition("[")[0]
        low, high = figure_ends(self.policy.version, input_id)
        scale = 10 ** self.policy.version.inputs[input_id].decimals
        return int(max(low, min(high, PLAIN)) * scale)

    def given(self, found: Mapping[str, Figure]) -> tuple[dict[str, Figure], dict[str, Earlier]]:
        """What a return gives, and what earlier ones gave, so that the versions see the figures found."""
        figures: dict[str, Figure] = {}
        earlier: dict[str, Earlier] = {}
        looked_at = {one.keys[0] for subject in self.all for one in self.figures_behind(subject)}
        for key in dict.fromkeys(self.raw(key) for key in found):
            name, twin = key.partition("[")[0], self._twin(key)
            if name in self._sides and key in looked_at and twin in looked_at:
                given, before = _given(self._sides[name], found.get(key), found.get(twin))
            else:
                given, before = found.get(key, found.get(twin)), None
            if given is not None:
                figures[key] = given
            if before is not None:
                earlier[key] = before
        return figures, earlier

    @staticmethod
    def raw(key: str) -> str:
        """The key that a return has for a key of the merged policy."""
        return key.replace(MARK, "")

    @staticmethod
    def _twin(key: str) -> str:
        name, bracket, members = key.partition("[")
        return f"{name}{MARK}{bracket}{members}"


def _given(
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
