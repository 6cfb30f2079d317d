"""The figures behind measures: is there one return on which the measures come to given values?

With the values given, the equations of rounding are linear for ratios of sums: twice the numerator against an odd
number of denominators. Where no figures give the values, the answer names the part of the demand that cannot be
met, as wide as it was found to stay out of reach, so that it is not asked for again.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from rules.check.names import default_figure
from rules.figures import Figure
from rules.formula import FigureOf, MeasureOf, Subject, references
from rules.policy import PointsOf
from rules.prove import formulas
from rules.prove.ranges import figure_ends
from rules.prove.solver import Shelf, Solver
from rules.prove.subjects import Namer, Subjects
from rules.prove.terms import Claim, Term, all_of, compared, declared, defined, negated, plus, stated

Values = Mapping[Subject, int | None]
RUNGS = (100, 20, 1000, 10000, 100000, 1)
"""Plain numbers for what figures are divided by, tried in turn."""
FARTHEST = 10**8
"""How far a value is moved to see whether figures can be found."""
LIMIT = 150_000


class Unmet(NamedTuple):
    """Claims about values that no figures meet together, and the limits of each subject that they are about."""

    claims: tuple[Claim, ...]
    limits: Mapping[Subject, frozenset[int]]

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The subjects that the claims are about."""
        return tuple(self.limits)


class Figures:
    """Looks for one return's figures under one policy."""

    def __init__(self, subjects: Subjects, shelf: Shelf | None = None) -> None:
        self._subjects, self._shelf = subjects, shelf
        self._version = subjects.policy.version
        self._free = [one for one in subjects.all if not subjects.tied(one)]
        behind = [one for subject in subjects.all for one in subjects.figures_behind(subject)]
        self._keys: dict[str, FigureOf] = {one.keys[0]: one for one in behind}

    def behind(
        self, values: Values, copy: int = 0, only: Container[Subject] | None = None
    ) -> dict[str, Figure] | Unmet | None:
        """Figures that give the values; else what of the values no figures meet; None where it stays open.

        `copy` is the return that is spoken of; with `only`, nothing is asked of the other subjects.
        """
        search = _Demand(self, values, copy, only)
        solver = Solver(search.text(), LIMIT, self._shelf)
        demand = search.demand()
        # With plain divisors the equations have numbers for denominators, which is quick to settle and good to read.
        for rung in search.rungs.values():
            if rung and solver.ask(*demand, *rung) == "yes":
                return search.simplest(solver, [*demand, *rung])
        answer = solver.ask(*demand)
        if answer == "yes":
            return search.simplest(solver, demand)
        return search.widened(solver, solver.core()) if answer == "no" else None


class _Demand:
    """The values as claims about figures: for each subject that it is known or not, and its value from both sides."""

    def __init__(self, figures: Figures, values: Values, copy: int, only: Container[Subject] | None) -> None:
        self._subjects, self._version, self._copy = figures._subjects, figures._version, copy
        self._free = [one for one in figures._free if only is None or one in only]
        self._values = values
        self._keys = figures._keys
        self._symbols = {key: f"f{index}" for index, key in enumerate(self._keys)}
        self._worked: dict[int, formulas.Worked] = {}
        self.rungs: dict[int, list[str]] = {rung: [] for rung in RUNGS}
        self._usual: list[str] = []

    def text(self) -> Iterator[str]:
        """The figures within their bounds, the claims, and plain numbers that may be preferred."""
        for key, figure in self._keys.items():
            symbol = self._symbols[key]
            yield declared(symbol, "Int")
            yield declared(f"{symbol}k", "Bool")
            low, high = self._ends(figure)
            yield stated(compared(">=", symbol, low))
            yield stated(compared("<=", symbol, high))
            default = self._default(figure)
            if default is not None:
                yield stated(f"{symbol}k")
                yield defined(f"{symbol}d", compared("=", symbol, default))
                self._usual.append(f"{symbol}d")
            if key in self._subjects.divisors:
                for rung, claims in self.rungs.items():
                    value = max(low, min(high, rung * 10 ** self._subjects.scope.decimals(figure)))
                    yield defined(f"{symbol}r{rung}", compared("=", symbol, value))
                    claims.append(f"{symbol}r{rung}")
        yield from self._subjects.figure_ties(self._symbols)
        for index, subject in enumerate(self._free):
            lines: list[str] = []
            worked = self._formula(index, subject, lines)
            yield from lines
            known = all_of([*(f"{self._symbols[key]}k" for key in self._behind(subject)), worked.divides])
            if self._lacks_measure(subject):
                known = "false"
            yield defined(f"kn{index}", known)
            value = self._values[subject]
            if value is not None:
                yield defined(f"ge{index}", self._at_least(index, value))
                yield defined(f"le{index}", self._at_most(index, value))

    def demand(self) -> list[str]:
        """The names of all claims."""
        claims = []
        for index, subject in enumerate(self._free):
            known = self._values[subject] is not None
            claims += [f"kn{index}", f"ge{index}", f"le{index}"] if known else [f"-kn{index}"]
        return claims

    def simplest(self, solver: Solver, demand: list[str]) -> dict[str, Figure] | None:
        """Figures that meet the demand, plain ones where that is possible."""
        known = [f"{symbol}k" for symbol in self._symbols.values()]
        held = list(demand)
        for wished in (known, self._usual):
            if wished and solver.ask(*held, *wished) == "yes":
                held += wished
                continue
            for one in wished:
                if solver.ask(*held, one) == "yes":
                    held.append(one)
        if solver.ask(*held) != "yes":
            return None
        found: dict[str, Figure] = {}
        for key, symbol in self._symbols.items():
            if solver.holds(f"{symbol}k"):
                figure, number = self._keys[key], solver.number(symbol)
                categories = self._subjects.scope.categories(figure)
                decimals = self._subjects.scope.decimals(figure)
                found[key] = categories[number] if categories else Decimal(number).scaleb(-decimals)
        return found

    def widened(self, solver: Solver, core: tuple[str, ...]) -> Unmet:
        """The part of the demand that no figures meet, as claims about the values, each as weak as it may be."""
        limits: dict[str, int] = {}
        for claim in core:
            value = self._values[self._free[int(claim.lstrip("-")[2:])]]
            if claim[:2] in ("ge", "le") and value is not None:
                limits[claim] = value
        asked = {claim: claim for claim in core}
        for claim, value in limits.items():
            others = [name for one, name in asked.items() if one != claim]
            limits[claim], asked[claim] = self._weakest(solver, claim, value, others)
        claims = []
        measures: dict[Subject, None] = {}
        for claim in core:
            subject = self._free[int(claim.lstrip("-")[2:])]
            if isinstance(subject, MeasureOf):
                content = self._subjects.policy.measures[subject.measure]
                assert not isinstance(content, PointsOf)
                measures.update(
                    dict.fromkeys(one for one in references(content) if isinstance(one, MeasureOf))
                )
            name = self._subjects.value(subject, self._copy)
            if claim in limits:
                claims.append(compared(">=" if claim.startswith("ge") else "<=", name, limits[claim]))
            else:
                unknown = self._subjects.unknown(subject, self._copy)
                claims.append(unknown if claim.startswith("-") else negated(unknown))
        for measure in measures:  # their values stood as plain numbers in what was asked
            given = self._values[measure]
            unknown = self._subjects.unknown(measure, self._copy)
            claims.append(unknown if given is None else negated(unknown))
            if given is not None:
                claims.append(compared("=", self._subjects.value(measure, self._copy), given))
        about: dict[Subject, frozenset[int]] = {}
        for claim in core:
            subject = self._free[int(claim.lstrip("-")[2:])]
            about[subject] = about.get(subject, frozenset()) | ({limits[claim]} if claim in limits else set())
        return Unmet(tuple(claims), about)

    def _weakest(self, solver: Solver, claim: str, value: int, others: list[str]) -> tuple[int, str]:
        """How far one claim can be moved out so that there are still no figures, and the name it then has."""
        index, sign = int(claim[2:]), -1 if claim.startswith("ge") else 1

        def unmet(step: int) -> bool:
            moved, name = value + sign * step, f"{claim}w{step}"
            weaker = self._at_least(index, moved) if sign < 0 else self._at_most(index, moved)
            solver.add([defined(name, weaker)])
            return solver.ask(name, *others) == "no"

        good, bad = 0, 1
        while bad <= FARTHEST and unmet(bad):
            good, bad = bad, 16 * bad
        while bad <= FARTHEST and bad - good > 1:
            middle = (good + bad) // 2
            good, bad = (middle, bad) if unmet(middle) else (good, middle)
        return value + sign * good, f"{claim}w{good}" if good else claim

    def _formula(self, index: int, subject: Subject, lines: list[str]) -> formulas.Worked:
        if isinstance(subject, FigureOf):
            found = formulas.Worked(*self._leaf(subject), "true", (1, 0))
        else:
            content = self._subjects.policy.measures[subject.measure]
            assert not isinstance(content, PointsOf)
            found = formulas.worked(content, self._leaf, Namer(f"w{index}.", lines).keep)
            top, bottom = formulas.turned(found.numerator, found.denominator)
            found = found._replace(numerator=top, denominator=bottom)
        self._worked[index] = found
        return found

    def _at_least(self, index: int, value: int) -> Claim:
        worked = self._worked[index]
        scale = 10 ** self._subjects.scope.decimals(self._free[index])
        return formulas.is_at_least(worked.numerator, worked.denominator, scale, value)

    def _at_most(self, index: int, value: int) -> Claim:
        worked = self._worked[index]
        scale = 10 ** self._subjects.scope.decimals(self._free[index])
        return formulas.is_at_most(worked.numerator, worked.denominator, scale, value)

    def _leaf(self, subject: Subject) -> tuple[Term, int]:
        scale = 10 ** self._subjects.scope.decimals(subject)
        if isinstance(subject, MeasureOf):
            return self._values[subject] or 0, scale
        total: Term = 0
        for key in subject.keys:
            total = plus(total, self._symbols[key])
        return total, scale

    def _behind(self, subject: Subject) -> list[str]:
        """The keys of the figures that a subject is worked out from."""
        if isinstance(subject, FigureOf):
            return list(subject.keys)
        content = self._subjects.policy.measures[subject.measure]
        assert not isinstance(content, PointsOf)
        return [key for one in references(content) if isinstance(one, FigureOf) for key in one.keys]

    def _lacks_measure(self, subject: Subject) -> bool:
        if isinstance(subject, FigureOf):
            return False
        content = self._subjects.policy.measures[subject.measure]
        assert not isinstance(content, PointsOf)
        return any(self._values[one] is None for one in references(content) if isinstance(one, MeasureOf))

    def _ends(self, figure: FigureOf) -> tuple[int, int]:
        categories = self._subjects.scope.categories(figure)
        if categories is not None:
            return 0, len(categories) - 1
        low, high = figure_ends(self._version, figure.input)
        scale = 10 ** self._subjects.scope.decimals(figure)
        return int(low * scale), int(high * scale)

    def _default(self, figure: FigureOf) -> int | None:
        default = default_figure(self._version, figure.input)
        if default is None:
            return None
        categories = self._subjects.scope.categories(figure)
        if categories is not None:
            return categories.index(str(default))
        return int(Fraction(default) * 10 ** self._subjects.scope.decimals(figure))
