"""Formulas and conditions: read into one small tree, and worked out exactly."""

from rules.formula.conditions import ConditionReader
from rules.formula.parse import FormulaFault, parse_formula
from rules.formula.scope import NameFault, Scope
from rules.formula.tree import (
    Arithmetic,
    Categories,
    Comparison,
    Condition,
    Constant,
    Extreme,
    FigureOf,
    Formula,
    Group,
    MeasureOf,
    Remarks,
    Subject,
    Threshold,
    TriggerPointOf,
    references,
    walk,
)

__all__ = [
    "Arithmetic",
    "Categories",
    "Comparison",
    "Condition",
    "ConditionReader",
    "Constant",
    "Extreme",
    "FigureOf",
    "Formula",
    "FormulaFault",
    "Group",
    "MeasureOf",
    "NameFault",
    "Remarks",
    "Scope",
    "Subject",
    "Threshold",
    "TriggerPointOf",
    "parse_formula",
    "references",
    "walk",
]
