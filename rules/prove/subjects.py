"""What conditions compare, as whole numbers of one return: figures and measures, each with a flag for unknown.

A measure that is a ratio of figures is a free number within its range: the figures behind it are looked for
only when a question has been answered with yes (`rules.prove.figures`). A measure by points, and one whose
formula is linear, are tied to what they are worked out from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rules.formula import (
    Arithmetic,
    Constant,
    Extreme,
    FigureOf,
    Formula,
    MeasureOf,
    Scope,
    Subject,
    references,
)
from rules.measures import band_range
from rules.policy import PointsOf, Policy
from rules.prove import formulas
from rules.prove.bands import Stretch
from rules.prove.ranges import Ranges
from rules.prove.terms import Claim, Term, all_of, any_of, compared, declared, either, negated, plus, stated

LONG = 200


@dataclass(slots=True)
class Universe:
    """The numbers that stand in one text, so that two policies share those that mean the same.

    A figure is shared where both versions take the same figures for it, a measure where it is worked out in
    the same way.
    """

    numbers: dict[object, int] = field(default_factory=dict)
    stated: set[tuple[int, int]] = field(default_factory=set)

    def number(self, meaning: object) -> int:
        """The number of a meaning."""
        return self.numbers.setdefault(meaning, len(self.numbers))


class Subjects:
    """The subjects of one policy, with those that they are tied to."""

    def __init__(
        self,
        policy: Policy,
        universe: Universe,
        wanted: Iterable[Subject],
        pins: Mapping[str, int] | None = None,
    ) -> None:
        """With `pins` some figures are fixed, by key: what is divided by them is linear then, and so is tied."""
        self.policy, self.universe = policy, universe
        self.pins = dict(pins or {})
        self.scope = Scope(policy.version)
        self.ranges = Ranges(policy)
        self.divisors: dict[str, None] = {}
        self.factors: dict[str, None] = {}
        """The keys of figures that something is divided by, and of those that something unknown is multiplied by."""
        self._numbers: dict[Subject, int] = {}
        self._shapes: dict[str, formulas.Worked] = {}
        self._limits = 0
        for subject in wanted:
            self._take(subject)
        self.all: tuple[Subject, ...] = tuple(self._numbers)
        """Every subject that conditions compare, each after those that it is worked out from."""
        self._entangled = self._find_entangled()
        for subject in self._entangled:
            for part in self.figures_behind(subject):
                self._numbers.setdefault(part, self.universe.number(self.meaning(part)))

    def value(self, subject: Subject, copy: int) -> str:
        """The name of a subject's number at a return."""
        return f"x{self._numbers[subject]}.{copy}"

    def unknown(self, subject: Subject, copy: int) -> str:
        """The name of the truth that a subject is unknown at a return."""
        return f"u{self._numbers[subject]}.{copy}"

    def tied(self, subject: Subject) -> bool:
        """Whether a subject's number follows from others of the text."""
        if not isinstance(subject, MeasureOf):
            return False
        content = self.policy.measures[subject.measure]
        return isinstance(content, PointsOf) or self._shape(subject.measure, content).linear

    def figures_behind(self, subject: Subject) -> list[FigureOf]:
        """The figures, one by one, that a subject is directly worked out from."""
        parts: list[Subject] = [subject]
        if isinstance(subject, MeasureOf):
            parts = list(references(_formula(self.policy.measures[subject.measure])))
        each = [one for part in parts for one in each_of(part)]
        return [one for one in each if isinstance(one, FigureOf)]

    def raw_key(self, figure: FigureOf) -> str:
        """The key under which a return gives one figure."""
        return figure.keys[0]

    def figure_ties(self, symbols: Mapping[str, str]) -> Iterator[str]:
        """Lines that tie figures to one another, by the symbols of their numbers; `k` after one says it is known."""
        yield from ()

    def _shape(self, name: str, formula: Formula) -> formulas.Worked:
        if name not in self._shapes:
            self._shapes[name] = formulas.worked(formula, lambda one: (self._total(one, "x"), 1), _no_name)
        return self._shapes[name]

    def _total(self, subject: Subject, value: str) -> Term:
        """A subject's value where it is fixed, else as named."""
        if isinstance(subject, FigureOf) and all(key in self.pins for key in subject.keys):
            return sum(self.pins[key] for key in subject.keys)
        return value

    def _take(self, subject: Subject) -> None:
        if subject in self._numbers:
            return
        if isinstance(subject, MeasureOf):
            tied, content = self.tied(subject), self.policy.measures[subject.measure]
            for part in references(_formula(content)):
                for one in each_of(part):
                    if tied or isinstance(one, MeasureOf):
                        self._take(one)
            if not isinstance(content, PointsOf):
                for divisor in _divisors(content):
                    self.divisors.update(dict.fromkeys(divisor.keys))
                for factor in _factors(content):
                    self.factors.update(dict.fromkeys(factor.keys))
        self._numbers[subject] = self.universe.number(self.meaning(subject))

    def _find_entangled(self) -> list[MeasureOf]:
        """Free measures, as ratios, that share a figure with another subject."""
        users = Counter(self.raw_key(figure) for one in self.all for figure in self.figures_behind(one))
        found = []
        for one in self.all:
            if isinstance(one, MeasureOf) and not self.tied(one):
                shape = self._shape(one.measure, _formula(self.policy.measures[one.measure]))
                shared = any(users[self.raw_key(figure)] > 1 for figure in self.figures_behind(one))
                if shape.straight and shared:
                    found.append(one)
        return found

    def meaning(self, subject: Subject) -> object:
        """What makes two subjects of two versions the same."""
        version = self.policy.version
        if isinstance(subject, FigureOf):
            spec = version.inputs[subject.input]
            reach = self.ranges.reach(subject)
            values = tuple(spec.values) if spec.values is not None else None
            return ("figure", subject.keys, spec.decimals, values, reach)
        content = self.policy.measures[subject.measure]
        decimals = self.scope.decimals(subject)
        if isinstance(content, PointsOf):
            return ("points", decimals, self.meaning(content.subject), content.bands, content.otherwise)
        return ("formula", decimals, self._formula_meaning(content))

    def _formula_meaning(self, formula: Formula) -> object:
        if isinstance(formula, Constant):
            return formula.value
        if isinstance(formula, FigureOf):
            return self.meaning(formula)
        if isinstance(formula, MeasureOf):
            return ("of", self.meaning(formula))
        if isinstance(formula, Arithmetic):
            return formula.operator, self._formula_meaning(formula.left), self._formula_meaning(formula.right)
        return formula.function, tuple(self._formula_meaning(argument) for argument in formula.arguments)

    def text(self, copy: int) -> Iterator[str]:
        """The lines that declare the subjects at a return, and tie them."""
        fresh = []
        for subject, number in self._numbers.items():
            if (number, copy) not in self.universe.stated:  # two measures may be worked out in the same way
                self.universe.stated.add((number, copy))
                fresh.append(subject)
                yield declared(self.value(subject, copy), "Int")
                yield declared(self.unknown(subject, copy), "Bool")
        for subject in fresh:
            value, unknown = self.value(subject, copy), self.unknown(subject, copy)
            if isinstance(subject, MeasureOf) and self.tied(subject):
                yield from self._tie(subject, copy)
                continue
            if isinstance(subject, FigureOf) and subject.keys[0] in self.pins:
                yield stated(compared("=", value, self.pins[subject.keys[0]]))
                yield stated(f"(not {unknown})")
            reach = self.ranges.reach(subject)
            if reach.stretches:
                inside = _lies_in(value, reach.stretches)
                yield from [] if inside == "true" else [stated(inside)]
            if reach.never or not reach.lacks:
                yield stated(unknown if reach.never else f"(not {unknown})")
            if isinstance(subject, MeasureOf):
                yield from self._lacking(subject, copy)

    def at_limit(self, subject: Subject, limit: int, copy: int) -> Iterator[str]:
        """For a measure that shares figures: what it means, in figures, to lie at a limit or to either side of it.

        Comparing a ratio with a number is linear. So a limit at a time, and as far as a question needs it, the
        measure is tied to its figures.
        """
        if subject not in self._entangled:
            return
        assert isinstance(subject, MeasureOf)
        lines: list[str] = []
        prefix = f"{self.value(subject, copy)}.l{self._limits}."
        self._limits += 1
        found = self._worked(subject, copy, Namer(prefix, lines))
        top, bottom = formulas.turned(found.numerator, found.denominator)
        yield from lines
        scale, value = 10 ** self.scope.decimals(subject), self.value(subject, copy)
        known = negated(self.unknown(subject, copy))
        least = formulas.is_at_least(top, bottom, scale, limit)
        most = formulas.is_at_most(top, bottom, scale, limit)
        yield stated(f"(=> {known} (= {compared('>=', value, limit)} {least}))")
        yield stated(f"(=> {known} (= {compared('<=', value, limit)} {most}))")

    def _lacking(self, subject: MeasureOf, copy: int) -> Iterator[str]:
        """A free measure is unknown where something that it is worked out from is, or where it would divide by 0."""
        parts = [
            one
            for part in references(_formula(self.policy.measures[subject.measure]))
            for one in each_of(part)
        ]
        lacks = [self.unknown(one, copy) for one in parts if one in self._numbers]
        if subject not in self._entangled:
            yield from (stated(f"(=> {one} {self.unknown(subject, copy)})") for one in dict.fromkeys(lacks))
            return
        lines: list[str] = []
        found = self._worked(subject, copy, Namer(f"{self.value(subject, copy)}.d", lines))
        yield from lines
        yield stated(f"(= {self.unknown(subject, copy)} {any_of([*lacks, negated(found.divides)])})")

    def _tie(self, subject: MeasureOf, copy: int) -> Iterator[str]:
        content = self.policy.measures[subject.measure]
        lines: list[str] = []
        if isinstance(content, PointsOf):
            value, divides = self._points(content, subject, copy), "true"
        else:
            found = self._worked(subject, copy, Namer(f"{self.value(subject, copy)}.", lines))
            assert isinstance(found.denominator, int)
            value = formulas.rounded(found.numerator, found.denominator, 10 ** self.scope.decimals(subject))
            divides = found.divides
        parts = [one for part in references(_formula(content)) for one in each_of(part)]
        yield from lines
        yield stated(compared("=", self.value(subject, copy), value))
        lacks = any_of([*(self.unknown(part, copy) for part in parts), negated(divides)])
        yield stated(f"(= {self.unknown(subject, copy)} {lacks})")

    def _worked(self, subject: MeasureOf, copy: int, namer: Namer) -> formulas.Worked:
        content = self.policy.measures[subject.measure]
        return formulas.worked(_formula(content), lambda one: self._leaf(one, copy), namer.keep)

    def _leaf(self, subject: Subject, copy: int) -> tuple[Term, int]:
        total: Term = 0
        for part in each_of(subject):
            total = plus(total, self._total(part, self.value(part, copy)))
        return total, 10 ** self.scope.decimals(subject)

    def _points(self, content: PointsOf, subject: MeasureOf, copy: int) -> Term:
        looked_at, scale = 10 ** self.scope.decimals(content.subject), 10 ** self.scope.decimals(subject)
        value: Term = int(content.otherwise * scale)
        of = self.value(content.subject, copy)
        for pairs, given in reversed(content.bands):
            fits = _lies_in(of, [band_range(pairs, looked_at)])
            value = either(fits, int(given * scale), value)
        return value


class Namer:
    """Names terms that have grown long."""

    def __init__(self, prefix: str, lines: list[str]) -> None:
        self.prefix, self.lines, self.count = prefix, lines, 0

    def keep(self, term: Term) -> Term:
        """A short name for a long term."""
        if isinstance(term, int) or len(term) < LONG:
            return term
        self.count += 1
        name = f"{self.prefix}{self.count}"
        self.lines += [declared(name, "Int"), stated(compared("=", name, term))]
        return name


def _formula(content: Formula | PointsOf) -> Formula:
    return content.subject if isinstance(content, PointsOf) else content


def each_of(subject: Subject) -> list[Subject]:
    """A sum's figures one by one; anything else as it is."""
    if isinstance(subject, FigureOf) and len(subject.members) > 1:
        return [FigureOf(subject.input, (member,)) for member in subject.members]
    return [subject]


def _divisors(formula: Formula) -> Iterator[FigureOf]:
    """The figures that something is divided by."""
    if isinstance(formula, Arithmetic):
        if formula.operator == "/":
            yield from (one for one in references(formula.right) if isinstance(one, FigureOf))
        yield from _divisors(formula.left)
        yield from _divisors(formula.right)
    elif isinstance(formula, Extreme):
        for argument in formula.arguments:
            yield from _divisors(argument)


def _factors(formula: Formula) -> Iterator[FigureOf]:
    """Figures that other figures are multiplied by."""
    if isinstance(formula, Arithmetic):
        right = [one for one in references(formula.right) if isinstance(one, FigureOf)]
        if formula.operator == "*" and any(references(formula.left)):
            yield from right
        yield from _factors(formula.left)
        yield from _factors(formula.right)
    elif isinstance(formula, Extreme):
        for argument in formula.arguments:
            yield from _factors(argument)


def _no_name(term: Term) -> Term:
    return "x" if isinstance(term, str) else term


def _lies_in(value: str, stretches: Iterable[Stretch]) -> Claim:
    """That a number lies in one of some stretches."""
    return any_of(
        all_of(
            compared(operator, value, end) for operator, end in ((">=", low), ("<=", high)) if end is not None
        )
        for low, high in stretches
    )
