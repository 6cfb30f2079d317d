"""What is allowed and seldom meant: durations within durations (PF310), reductions that reach nobody (PF313)."""

from __future__ import annotations

from rules.check.written import condition_paths, nested_durations
from rules.policy import Policy
from rules.problems import Findings
from rules.text import Path_, Scalar, Sequence, Source


def check_doubts(policy: Policy, source: Source, findings: Findings) -> None:
    """Note durations that add up, and reductions whose cohorts leave little or nothing of them."""
    for path in condition_paths(source):
        for inner, outer in nested_durations(source.node(path), path):
            own, around = _text(source, inner), _text(source, outer)
            message = f"This part must hold for {own}, and its group for {around} as well."
            hint = (
                "The two add up: the part counts for the group only once it has held its own time. "
                "Keep one of them if that is not meant."
            )
            findings.add("PF310", message, source.place(inner), hint, [source.place(outer)])
    cohorts = policy.version.cohorts
    for index, activity in enumerate(policy.version.activities):
        for number, reduction in enumerate(activity.reductions or ()):
            here: Path_ = ("activities", index, "reductions", number)
            listed = source.node((*here, "only"))
            if isinstance(listed, Sequence) and not listed.items:
                message = (
                    f"only is empty, so the reduction of {activity.id} is limited to nobody in particular."
                )
                hint = "Name the cohorts that it is limited to, or remove only: an empty list limits nothing."
                findings.add("PF313", message, source.place((*here, "only")), hint)
            # With one cohort in all, to spare it is the ordinary thing.
            if len(cohorts) > 1 and set(reduction.except_) >= set(cohorts):
                message = f"The reduction of {activity.id} excepts every cohort of this version."
                hint = "Check for whom it is left, and write only: if it is meant for few."
                findings.add("PF313", message, source.place((*here, "except")), hint)


def _text(source: Source, path: Path_) -> str:
    node = source.node(path)
    return node.text if isinstance(node, Scalar) else ""
