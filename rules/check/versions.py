"""What the versions of one framework must be together: each name once, each day once, each in its folder."""

from __future__ import annotations

from collections.abc import Sequence

from rules.policy import Policy
from rules.problems import Findings
from rules.text import Source


def check_versions(folder: str, versions: Sequence[tuple[Policy, Source]], findings: Findings) -> None:
    """Note what clashes. `versions` are in the order of their days, then of their files."""
    ids: dict[str, Source] = {}
    before: tuple[Policy, Source] | None = None
    for policy, source in versions:
        version = policy.version
        if version.framework != folder:
            place = source.place(("framework",))
            hint = f"Write framework: {folder}, or move the file."
            findings.add(
                "PF242", f"A version of {version.framework} lies in the folder {folder}.", place, hint
            )
        if version.version in ids:
            also = [ids[version.version].place(("version",))]
            place = source.place(("version",))
            findings.add("PF240", f"There are two versions {version.version}.", place, "Rename one.", also)
        ids.setdefault(version.version, source)
        if before is not None:
            _check_days(*before, policy, source, findings)
        before = (policy, source)


def _check_days(earlier: Policy, other: Source, later: Policy, source: Source, findings: Findings) -> None:
    """A version begins after the day on which the one before begins, and after its last."""
    place = source.place(("effective",))
    if earlier.version.effective == later.version.effective:
        also = [other.place(("effective",))]
        findings.add("PF241", "Two versions begin on one day.", place, "Change one of the days.", also)
    elif earlier.version.until is not None and earlier.version.until >= later.version.effective:
        also = [other.place(("until",))]
        findings.add("PF243", "The version before has not ended.", place, "Change one of the days.", also)
