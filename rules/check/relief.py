"""What a version says of the hours that a unit lacks: PF280 to PF282.

Regions set trigger points, and a formula knows none: so no region can move these hours.
"""

from __future__ import annotations

from rules.check.formulas import read_formula
from rules.check.names import known_or_told
from rules.formula import Formula, Scope, references
from rules.model import Version
from rules.problems import Findings
from rules.text import Path_, Source

FORMULA: Path_ = ("relief", "shortfall", "formula")


def check_shortfall(version: Version, source: Source, scope: Scope, findings: Findings) -> Formula | None:
    """The formula of the hours that a unit lacks; None where there is none, or with its faults noted."""
    if version.relief is None:
        return None
    shortfall = version.relief.shortfall
    if shortfall.source is not None:
        path: Path_ = ("relief", "shortfall", "source")
        known_or_told(shortfall.source, version.sources, "source", path, source, findings)
    formula = read_formula(shortfall.formula, FORMULA, source, scope, findings)
    if formula is not None and next(references(formula), None) is None:
        message = "The shortfall is the same for every unit on every day: its formula names no figure."
        findings.add("PF281", message, source.place(FORMULA), "Work it out from inputs and measures.")
    _releases(version, source, findings)
    return formula


def _releases(version: Version, source: Source, findings: Findings) -> None:
    """Reductions must release something that can be counted against the shortfall."""
    stated = False
    for index, activity in enumerate(version.activities):
        for number, reduction in enumerate(activity.reductions or ()):
            if reduction.releases is None:
                continue
            stated = True
            if reduction.releases.minutes < 0:
                place = source.place(("activities", index, "reductions", number, "releases", "minutes"))
                message = f"The reduction of {activity.id} releases less than nothing."
                findings.add("PF282", message, place, "Write 0 or more minutes.")
    if not stated:
        place = source.place(("relief",), key=True)
        message = "No reduction says what time it releases, so nothing could ever make up the shortfall."
        findings.add("PF280", message, place, "Write releases under the reductions, or remove relief.")
