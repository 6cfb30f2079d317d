"""The prover: what holds of a version for all figures, states and settings.

A version becomes one text of SMT-LIB 2 (`encoding`), in whole numbers only, and z3 answers questions about it
(`solver`). A no is a proof. A yes is followed up until there is one return that a person can type (`search`,
`figures`), and both deciders must see in it what was claimed; otherwise the question stays open, and that is told.
`rules.prove.pair` asks the same of two versions side by side.
"""

from __future__ import annotations

from rules.policy import Policy
from rules.problems import Findings
from rules.prove.analyses import analyse
from rules.prove.case import Case
from rules.prove.encoding import Encoding
from rules.prove.guarantees import check_guarantees
from rules.prove.search import Search
from rules.prove.subjects import Universe
from rules.prove.witness import Witness
from rules.text import Source

__all__ = ["Encoding", "Search", "Universe", "Witness", "check_policy"]


def check_policy(policy: Policy, source: Source, findings: Findings, *, guarantees: bool) -> None:
    """Note what the analyses find in a version (PF320 to PF329) and, with `guarantees`, what breaks those.

    `source` is the text that the policy was read from. Raises DisagreementError where the deciders differ.
    """
    case = Case(policy, source, findings)
    analyse(case)
    if guarantees:
        check_guarantees(case)
