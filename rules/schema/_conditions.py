"""Conditions and outcomes as JSON Schema: the parts of a document that the models keep as written."""

from __future__ import annotations

from itertools import combinations

from rules.formula.conditions import MODIFIERS, ORDERED
from rules.formula.tree import OPERATORS
from rules.schema._values import FREE_NAME, SCALAR, Schema, _trimmed, described, ref

_MEMBER = rf"(?:\[ *{FREE_NAME.replace('$', r'\]')} *\])?"
