"""Two versions compared: every difference, what it does to permissions, and what all do together. Pure."""

from engine.compare._effects import Numbers, Prove
from engine.compare._proof import prover
from engine.compare.build import canonical_document, compared, differences, side_differences
from engine.compare.document import document
from engine.compare.sides import region_side, version_side
from engine.compare.values import (
    GROUPS,
    Case,
    Change,
    Comparison,
    Effect,
    Found,
    Group,
    Proof,
    Side,
    Verdict,
    joined,
)

__all__ = [
    "GROUPS",
    "Case",
    "Change",
    "Comparison",
    "Effect",
    "Found",
    "Group",
    "Numbers",
    "Proof",
    "Prove",
    "Side",
    "Verdict",
    "canonical_document",
    "compared",
    "differences",
    "document",
    "joined",
    "prover",
    "region_side",
    "side_differences",
    "version_side",
]
