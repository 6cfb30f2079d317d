"""Trigger points of a region tried at many numbers on past returns. It counts and recommends nothing.

Two aims are set against each other. With a reference: few flips, and few days on which a unit stands milder than the
reference says. Without: few flips, and few days above the first status. A candidate is on the *frontier* if no other
one is better in one aim and at least as good in the other.
"""

from engine.tune._document import columns_of, document, rows_of
from engine.tune._frontier import frontier
from engine.tune._points import MOST, Axis, default_axes, given_axes, handy_step
from engine.tune._reference import Reference, check_input, declared_reference, input_reference
from engine.tune._sweep import Count, Swept, sweep
from engine.tune._trial import NOW, Candidate, Trial
from engine.tune._tuning import ALONE, REFERRED, Tuning, candidate_of, statuses_of, trial_of, tuned

__all__ = [
    "ALONE",
    "MOST",
    "NOW",
    "REFERRED",
    "Axis",
    "Candidate",
    "Count",
    "Reference",
    "Swept",
    "Trial",
    "Tuning",
    "candidate_of",
    "check_input",
    "columns_of",
    "declared_reference",
    "default_axes",
    "document",
    "frontier",
    "given_axes",
    "handy_step",
    "input_reference",
    "rows_of",
    "statuses_of",
    "sweep",
    "trial_of",
    "tuned",
]
