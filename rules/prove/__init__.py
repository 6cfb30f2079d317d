"""The prover: what holds of a version for all figures, states and settings.

A version becomes one text of SMT-LIB 2 (`encoding`), in whole numbers only, and z3 answers questions about it
(`solver`). A no is a proof. A yes is followed up until there is one return that a person can type (`search`,
`figures`), and both deciders must see in it what was claimed; otherwise the question stays open, and that is told.
`rules.prove.pair` asks the same of two versions side by side.
"""

from __future__ import annotations

from rules.formula import FigureOf, references, walk
from rules.policy import PointsOf, Policy
from rules.problems import Findings
from rules.prove.analyses import analyse
from rules.prove.case import Case
from rules.prove.encoding import Encoding
from rules.prove.guarantees import check_guarantees
from rules.prove.search import Search
from rules.prove.subjects import Universe
from rules.prove.witness import Witness
from rules.text import Source

MOST_CONDITIONS, MOST_FIGURES = 300, 500
"""Beyond so many conditions, or figures in formulas, nothing is proved, so that the time of a check stays bounded."""

__all__ = ["Encoding", "Search", "Universe", "Witness", "check_policy"]


def check_policy(policy: Policy, source: Source, findings: Findings, *, guarantees: bool) -> None:
    """Note what the analyses find in a version (PF320 to PF329) and, with `guarantees`, what breaks those.

    `source` is the text that the policy was read from. Raises DisagreementError where the deciders differ.
    """
    if _too_large(policy):
        _leave_open(policy, source, findings, guarantees=guarantees)
        return
    case = Case(policy, source, findings)
    analyse(case)
    if guarantees:
        check_guarantees(case)


def _too_large(policy: Policy) -> bool:
    """Whether a version has more conditions or formulas than can be looked through in little time."""
    formulas = [content for content in policy.measures.values() if not isinstance(content, PointsOf)]
    subjects = [one for formula in formulas for one in references(formula)]
    figures = sum(len(one.keys) if isinstance(one, FigureOf) else 1 for one in subjects)
    conditions = sum(1 for root in policy.conditions() for _ in walk(root))
    return conditions > MOST_CONDITIONS or figures > MOST_FIGURES


def _leave_open(policy: Policy, source: Source, findings: Findings, *, guarantees: bool) -> None:
    """Note that a version is too large for proofs, and each guarantee that stays open."""
    hint = (
        f"Keep to {MOST_CONDITIONS} conditions and {MOST_FIGURES} figures in formulas, or test by scenarios."
    )
    message = "This version is too large for what is proved of all figures."
    findings.add("PF329", message, source.place(("statuses",), key=True), hint)
    for guarantee in policy.guarantees if guarantees else ():
        message = "This guarantee could be neither proved nor refuted within the limits of the check."
        findings.add("PF272", message, source.place(("guarantees", guarantee.index)), hint)
