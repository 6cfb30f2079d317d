"""The checks of documents that no decision needs: one for each folder of `rules.texts.FURTHER`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rules.check.mappings import check_mappings
from rules.check.views import check_views
from rules.figures import Vocabulary
from rules.model import Organisation
from rules.policy import Policy
from rules.problems import Findings
from rules.text import Source
from rules.views import CheckedView

FurtherCheck = Callable[
    [Sequence[Source], str, Sequence[Policy] | None, Organisation | None, Findings], object
]
"""Notes the faults of one folder's documents, which are of a framework (its id) with these versions.

Without versions, because one of them cannot be read, and without the organisation, what is said of names could be
untrue: then only the rest is judged.
"""


def _views(
    sources: Sequence[Source],
    framework: str,
    policies: Sequence[Policy] | None,
    organisation: Organisation | None,
    findings: Findings,
) -> dict[str, CheckedView]:
    vocabulary = None if policies is None else Vocabulary(policy.version for policy in policies)
    return check_views(sources, framework, vocabulary, findings)


CHECKS: Mapping[str, FurtherCheck] = {"mappings": check_mappings, "views": _views}
