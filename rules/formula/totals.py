"""Formulas over totals: what an input comes to over many units, now or by a period in the past.

A name means the sum of an input's figures over the units that are looked at. Without brackets it follows the split:
all members of its list, or the one that a row is about. With brackets it means the members written, whatever the
split. Beside `min` and `max` there are three functions of the past: `before`, `fall` and `rise`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.figures import Vocabulary
from rules.formula.parse import MAX_LENGTH, FormulaFault, Parser
from rules.formula.scope import NameFault
from rules.formula.tree import FigureOf, Formula
from rules.formula.wording import span_in_words
from rules.model._fields import read_duration
from rules.problems import did_you_mean

FUNCTIONS = ("before", "fall", "rise")
"""Of the past: the figure so long ago, and all that it fell or rose by since, from one return to the next."""
MAX_PERIOD = 3_653
"""Ten years, in days."""
ALL = ("all",)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of an input over units: its members as written, `ALL` of them, or (None) as the split has it.

    `function` is empty for the figure as it is now; `days` is how far it looks back.
    """

    input: str
    members: tuple[str, ...] | None = None
    function: str = ""
    days: int = 0

    def __str__(self) -> str:
        name = self.input if self.members is None else f"{self.input}[{', '.join(self.members)}]"
        return f"{self.function}({name}, {span_in_words(self.days)})" if self.function else name


def parse_totals(text: str, vocabulary: Vocabulary) -> tuple[Formula, Mapping[str, Total]]:
    """The tree of a formula over totals, and the totals that it uses, by the name that they have in the tree.

    In the tree a total is a `FigureOf` with the total's text as its input. Raises FormulaFault (PF209 to PF213,
    PF292) at the first fault.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaFault(
            "PF211", f"A formula has at most {MAX_LENGTH} characters.", 0, "Write a shorter one."
        )
    parser = _TotalsParser(text, _Inputs(vocabulary))
    formula = parser.whole()
    if not parser.totals:
        raise FormulaFault("PF211", "A figure of a view needs an input.", 0, "Name at least one input.")
    return formula, parser.totals


class _Inputs:
    """Looks inputs up in all versions of a framework."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._inputs = vocabulary.inputs
        self._lists = vocabulary.lists
        self._measures = {name for version in vocabulary.versions for name in version.measures}
        self._points = {name for version in vocabulary.versions for name in version.trigger_points}

    def total(self, name: str, members: list[str] | None) -> Total:
        """What an input's name stands for. Raises NameFault."""
        spec = self._inputs.get(name)
        if spec is None:
            if name in self._measures:
                hint = "Write its formula over inputs: a view divides sums, and never sums what was divided."
                raise NameFault("PF213", f"{name} is a measure, and views sum inputs.", hint)
            if name in self._points:
                raise NameFault("PF213", f"{name} is a trigger point.", "Views sum inputs only.")
            raise NameFault("PF210", f"{name[:60]} is no input.", did_you_mean(name, self._inputs))
        if spec.values is not None:
            raise NameFault("PF213", f"{name} is a category, not a number.", "Views sum numbers only.")
        if members is None:
            return Total(name)
        if spec.per is None:
            raise NameFault("PF212", f"{name} is not per a list.", "Remove the brackets.")
        if members == ["all"]:
            return Total(name, ALL)
        known = self._lists.get(spec.per, ())
        if not members:
            raise NameFault(
                "PF212", f"The brackets after {name} are empty.", f"Write {name}[all], or name members."
            )
        for member in members:
            if member not in known:
                hint = did_you_mean(member, [*known, "all"])
                raise NameFault("PF212", f"{member[:60]} is no member of {spec.per}.", hint)
        if len(set(members)) < len(members):
            raise NameFault("PF212", f"A member of {name} stands twice.", "Name each member once.")
        return Total(name, tuple(members))

    def quantity(self, name: str, members: list[str] | None) -> FigureOf:
        """The same, as it stands in the tree. Raises NameFault."""
        return FigureOf(str(self.total(name, members)))


class _TotalsParser(Parser):
    """Reads a formula over totals, and keeps what it uses."""

    def __init__(self, text: str, inputs: _Inputs) -> None:
        self.totals: dict[str, Total] = {}
        self._known = inputs
        super().__init__(text, inputs)

    def reference(self) -> Formula:
        """An input, or a function of the past."""
        name, offset = self.token, self.start
        self.advance()
        if self.token != "(":
            return self._kept(self._named(name, offset))
        if name not in FUNCTIONS:
            hint = did_you_mean(name, [*FUNCTIONS, "min", "max"])
            self.fail(f"{name[:60]} is no function here.", hint, "PF292", offset)
        self.advance()
        if self.kind != "name":
            self.fail(f"{name} looks at one input.", f"As in {name}(in_post, 52 weeks).", "PF292")
        inner, place = self.token, self.start
        self.advance()
        total = self._named(inner, place)
        if self.token != ",":
            message = f"{name} needs one input and a period."
            self.fail(message, f"As in {name}({total}, 52 weeks).", "PF292")
        self.advance()
        days = self._period(name)
        self.expect(")")
        return self._kept(Total(total.input, total.members, name, days))

    def _period(self, function: str) -> int:
        """The days of `52 weeks`."""
        start, size = self.start, self.token if self.kind == "number" else ""
        if size:
            self.advance()
        days = read_duration(f"{size} {self.token}") if self.kind == "name" else None
        if not days:
            hint = "Write it as 52 weeks or 90 days."
            self.fail(f"A period of a day or more is due in {function}.", hint, "PF292", start)
        if days > MAX_PERIOD:
            self.fail("A view looks back ten years at most.", "Write a shorter period.", "PF292", start)
        self.advance()
        return days

    def _named(self, name: str, offset: int) -> Total:
        """The total of a name that was just read, with the brackets that follow it."""
        members: list[str] | None = None
        if self.token == "[":
            members = []
            self.advance()
            while self.kind == "name":
                members.append(self.token)
                self.advance()
                if self.token != ",":
                    break
                self.advance()
            self.expect("]")
        try:
            return self._known.total(name, members)
        except NameFault as fault:
            self.fail(fault.message, fault.hint, fault.code, offset)

    def _kept(self, total: Total) -> FigureOf:
        self.totals[str(total)] = total
        return FigureOf(str(total))
