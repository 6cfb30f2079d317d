"""Terms of SMT-LIB 2 as text, with whole numbers folded as they are put together.

A number is an `int` for as long as it is known, else a text. Text is much faster to build than terms of a
library, and one text can be read, kept and asked again.
"""

from __future__ import annotations

from collections.abc import Iterable

Term = int | str
"""A whole number: written out, or a term."""
Claim = str
"""A truth: `true`, `false`, a name or a term."""


def numeral(value: Term) -> str:
    """A number as it is written in a text."""
    if isinstance(value, str):
        return value
    return str(value) if value >= 0 else f"(- {-value})"


def plus(left: Term, right: Term) -> Term:
    """The sum."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    if left == 0:
        return right
    if right == 0:
        return left
    return f"(+ {numeral(left)} {numeral(right)})"


def times(left: Term, right: Term) -> Term:
    """The product."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if left == 0 or right == 0:
        return 0
    if left == 1:
        return right
    if right == 1:
        return left
    return f"(* {numeral(left)} {numeral(right)})"


def minus(left: Term, right: Term) -> Term:
    """The difference."""
    return plus(left, times(-1, right))


def compared(operator: str, left: Term, right: Term) -> Claim:
    """A comparison by one of `<`, `<=`, `>`, `>=` and `=`."""
    if isinstance(left, int) and isinstance(right, int):
        outcomes = {
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
            "=": left == right,
        }
        return "true" if outcomes[operator] else "false"
    return f"({operator} {numeral(left)} {numeral(right)})"


def either(claim: Claim, left: Term, right: Term) -> Term:
    """One number where the claim holds, and the other where it does not."""
    if claim in ("true", "false"):
        return left if claim == "true" else right
    return left if left == right else f"(ite {claim} {numeral(left)} {numeral(right)})"


def negated(claim: Claim) -> Claim:
    """That the claim does not hold."""
    if claim in ("true", "false"):
        return "false" if claim == "true" else "true"
    return f"(not {claim})"


def all_of(claims: Iterable[Claim]) -> Claim:
    """That every claim holds."""
    return _joined("and", claims, "true", "false")


def any_of(claims: Iterable[Claim]) -> Claim:
    """That some claim holds."""
    return _joined("or", claims, "false", "true")


def _joined(operator: str, claims: Iterable[Claim], neutral: Claim, decisive: Claim) -> Claim:
    parts = [claim for claim in dict.fromkeys(claims) if claim != neutral]
    if decisive in parts:
        return decisive
    if len(parts) < 2:
        return parts[0] if parts else neutral
    return f"({operator} {' '.join(parts)})"


def chosen(claim: Claim, left: Claim, right: Claim) -> Claim:
    """One claim where the first holds, and the other where it does not."""
    if left == right:
        return left
    return left if claim == "true" else right if claim == "false" else f"(ite {claim} {left} {right})"


def declared(name: str, sort: str) -> str:
    """A line that declares a name."""
    return f"(declare-const {name} {sort})"


def defined(name: str, claim: Claim) -> str:
    """Lines that name a truth, so that it can be asked for."""
    return f"(declare-const {name} Bool)(assert (= {name} {claim}))"


def stated(claim: Claim) -> str:
    """A line that states a claim."""
    return f"(assert {claim})"
