"""The figures and measures of two versions, as numbers of one return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rules.check.names import default_figure
from rules.figures import Figure
from rules.formula import FigureOf, Subject
from rules.model import Version
from rules.policy import PointsOf
from rules.prove import formulas
from rules.prove.pair.merge import MARK, Merged
from rules.prove.pair.orders import ordered_measures
from rules.prove.pair.ties import Earlier, Seen, Side, given_for, tied
from rules.prove.ranges import figure_ends
from rules.prove.solver import Shelf
from rules.prove.subjects import Subjects, Universe, each_of
from rules.prove.terms import Term, all_of, compared, negated, plus, stated

PLAIN = 100
"""What figures are divided by in a plain case."""


class PairSubjects(Subjects):
    """The subjects of a merged policy; figures that a return gives once are tied to each other."""

    def __init__(
        self, merged: Merged, versions: tuple[Version, Version], wanted: list[Subject], shelf: Shelf
    ) -> None:
        self._sides = {name: (Side(versions[0], name), Side(versions[1], name)) for name in merged.twins}
        super().__init__(merged.policy, Universe(), wanted)
        self._orders = list(ordered_measures(merged, self.all, shelf))

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

    def usual(self) -> dict[str, int]:
        """The defaults of the figures that the text knows, by the names of their numbers at the return at hand."""
        found = {}
        for one in self._numbers:
            if isinstance(one, FigureOf):
                default = default_figure(self.policy.version, one.input)
                if isinstance(default, Decimal):
                    found[self.value(one, 0)] = int(default.scaleb(self.scope.decimals(one)))
        return found

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
                given, before = given_for(self._sides[name], found.get(key), found.get(twin))
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
