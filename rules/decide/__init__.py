"""One decision step, decided twice: by durable-rules and by a plain evaluator of the same tree."""

from rules.decide.agree import Agreement, Decider, Deciders
from rules.decide.plain import PlainDecider
from rules.decide.program import ConditionNodes, Hold, Junction, Leaf, Program, Slot, compile_policy
from rules.decide.rete import ReteDecider
from rules.decide.situation import FALSE, NONE, TRUE, UNKNOWN, Outcome, Situation

__all__ = [
    "FALSE",
    "NONE",
    "TRUE",
    "UNKNOWN",
    "Agreement",
    "ConditionNodes",
    "Decider",
    "Deciders",
    "Hold",
    "Junction",
    "Leaf",
    "Outcome",
    "PlainDecider",
    "Program",
    "ReteDecider",
    "Situation",
    "Slot",
    "compile_policy",
]
