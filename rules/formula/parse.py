"""Formula text to a tree, by recursive descent. Names are looked up in a `Scope`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NoReturn, Protocol

from rules.formula.scope import NameFault, Scope
from rules.formula.tree import Arithmetic, Constant, Extreme, Formula, Subject
from rules.model._fields import too_long

MAX_LENGTH = 4000
MAX_NESTING = 60
MAX_OPERATORS = 200
"""Both bound the depth of the tree, which is walked by recursion. A comma in min or max counts as an operator."""
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>[-+*/(),\[\]]))"
)


class FormulaFault(Exception):
    """What is wrong with a formula: a code, a message, a hint and the offset in its text (from 0)."""

    def __init__(self, code: str, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.offset, self.hint = code, message, offset, hint


def parse_formula(text: str, scope: Scope) -> Formula:
    """The tree of a formula such as `100 * in_post_fte[PO, PSO] / required_fte[all]`.

    Raises FormulaFault (PF210 to PF213) at the first fault.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaFault(
            "PF211", f"A formula has at most {MAX_LENGTH} characters.", 0, "Use measures for its parts."
        )
    return Parser(text, scope).whole()


class Names(Protocol):
    """Where a formula's names are looked up."""

    def quantity(self, name: str, members: list[str] | None) -> Subject:
        """What a name with its members (None where there are no brackets) stands for. Raises NameFault."""


class Parser:
    """Reads one formula. Another dialect of formulas overrides `reference`."""

    def __init__(self, text: str, scope: Names) -> None:
        self.text = text
        self.scope = scope
        self.position = 0
        self.depth = 0
        self.operators = 0
        self.kind = ""
        self.token = ""
        self.start = 0
        self.advance()

    def advance(self) -> None:
        """Read the next token."""
        match = _TOKEN.match(self.text, self.position)
        if match is None:
            rest = self.text[self.position :].lstrip()
            self.start = len(self.text) - len(rest)
            if rest:
                self.fail(
                    f"{rest[0]!r} is no part of a formula.",
                    "A formula has + - * / ( ), min and max, names and numbers.",
                )
            self.kind, self.token, self.position = "end", "", len(self.text)
            return
        self.kind = str(match.lastgroup)
        self.token = match[self.kind]
        self.start = match.start(self.kind)
        self.position = match.end()

    def fail(self, message: str, hint: str = "", code: str = "PF211", offset: int | None = None) -> NoReturn:
        """Raise a fault at the token at hand, or at an offset in the text."""
        raise FormulaFault(code, message, self.start if offset is None else offset, hint)

    def expect(self, sign: str) -> None:
        """Take one sign, or fail."""
        if self.token != sign:
            found = f"{self.token!r}" if self.token else "the end"
            self.fail(f"{sign!r} is due here, not {found}.", "Check the brackets.")
        self.advance()

    def whole(self) -> Formula:
        """The formula, to the end of the text."""
        formula = self.sum()
        if self.kind != "end":
            self.fail(f"{self.token!r} is not expected here.", "Check operators and brackets.")
        return formula

    def sum(self) -> Formula:
        """`a + b - c`."""
        return self.chain(self.product, "+-")

    def product(self) -> Formula:
        """`a * b / c`."""
        return self.chain(self.factor, "*/")

    def chain(self, part: Callable[[], Formula], operators: str) -> Formula:
        """Parts joined by operators of one rank, from the left."""
        formula = part()
        while self.kind == "sign" and self.token in operators:
            operator = self.token
            self.count()
            self.advance()
            formula = Arithmetic(operator, formula, part())
        return formula

    def count(self) -> None:
        """One operator more, or fail."""
        self.operators += 1
        if self.operators > MAX_OPERATORS:
            self.fail(f"A formula has at most {MAX_OPERATORS} operators.", "Use measures for its parts.")

    def factor(self) -> Formula:
        """A number, a name, a call or something in brackets."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            self.fail("The formula is nested too deeply.", "Use measures for its parts.")
        formula = self.atom()
        self.depth -= 1
        return formula

    def atom(self) -> Formula:
        """What `factor` guards."""
        if self.kind == "number":
            value = Decimal(self.token)
            if too_long(value):
                self.fail("A number has at most 15 digits.", "Write a shorter number.", "PF209")
            self.advance()
            return Constant(value)
        if self.token == "-":
            self.count()
            self.advance()
            return Arithmetic("-", Constant(Decimal(0)), self.factor())
        if self.token == "(":
            self.advance()
            formula = self.sum()
            self.expect(")")
            return formula
        if self.kind == "name":
            return self.call() if self.token in ("min", "max") else self.reference()
        found = f"{self.token!r}" if self.token else "the end"
        self.fail(f"A number or a name is due here, not {found}.", "Complete the formula.")

    def call(self) -> Formula:
        """`min(a, b)` or `max(a, b)`."""
        function = self.token
        self.advance()
        self.expect("(")
        arguments = [self.sum()]
        while self.token == ",":
            self.count()
            self.advance()
            arguments.append(self.sum())
        self.expect(")")
        return Extreme("min" if function == "min" else "max", tuple(arguments))

    def reference(self) -> Formula:
        """An input, with its members where it has a list, or a measure."""
        name, offset = self.token, self.start
        self.advance()
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
            return self.scope.quantity(name, members)
        except NameFault as fault:
            self.fail(fault.message, fault.hint, fault.code, offset)
