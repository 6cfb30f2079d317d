"""Formulas of a version, read where they stand: a fault has the place of the letter that is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rules.formula import Formula, FormulaFault, Scope, parse_formula
from rules.problems import Findings
from rules.text import Path_, Source, lines_of


def read_formula(text: str, path: Path_, source: Source, scope: Scope, findings: Findings) -> Formula | None:
    """The formula that a text writes, or None with its fault noted."""
    try:
        return parse_formula(text, scope)
    except FormulaFault as fault:
        place = source.place(path)
        line = _lines(source.text)[place.line - 1]
        for start in (place.column - 1, place.column):  # plain, or quoted, on one line
            if line.startswith(text, start):
                place = replace(place, column=start + fault.offset + 1)
                break
        findings.add(fault.code, fault.message, place, fault.hint)
        return None


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    return lines_of(text)
