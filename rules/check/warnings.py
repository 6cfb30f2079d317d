"""The warnings of one version (PF301 to PF310, PF313). They stop nothing, except under `check --strict`."""

from __future__ import annotations

from collections.abc import Collection

from rules.check.basis import check_basis
from rules.check.doubts import check_doubts
from rules.check.usage import check_usage
from rules.policy import Policy
from rules.problems import Findings
from rules.text import Source


def warn_of_version(
    policy: Policy, source: Source, findings: Findings, elsewhere: Collection[str] = ()
) -> None:
    """Note what a version read without a fault leaves unused, unsourced or in doubt.

    `elsewhere` are inputs that other documents of the framework use.
    """
    check_usage(policy, source, findings, elsewhere)
    check_basis(policy, source, findings)
    check_doubts(policy, source, findings)
