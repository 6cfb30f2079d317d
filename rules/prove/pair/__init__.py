"""Two versions side by side: what one permits and the other does not, proved over everything that can be."""

from rules.prove.pair.compare import can_differ_in_status, compare_policies
from rules.prove.pair.verdict import (
    Difference,
    Direction,
    Effect,
    Kind,
    PairWitness,
    StatusAnswer,
    Verdict,
)

__all__ = [
    "Difference",
    "Direction",
    "Effect",
    "Kind",
    "PairWitness",
    "StatusAnswer",
    "Verdict",
    "can_differ_in_status",
    "compare_policies",
]
