"""What real returns are like: late, missing, wrong, corrected, incomplete.

Each case has a PDU (the named one where the organisation has it, else one of the region's, else any) and
weeks counted from the first week of the sample. None that would move the sums for September 2023 falls in
that month: for it the sample agrees with public figures.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.sample._course import GRADES, Week
from engine.sample._draws import to_unit
from rules.model import Organisation, Pdu

EVERY_WEEK = range(100_000)


def _no_change(week: Week) -> None:
    """The figures are as they should be: the case is in the days."""


def _sickness(week: Week) -> None:
    for grade, share in (("PO", 220), ("PSO", 120)):
        week.absent[grade] += to_unit(week.in_post[grade] * share // 1000)


def _loan(week: Week) -> None:
    week.on_loan = {**dict.fromkeys(GRADES, 0), "PO": to_unit(week.in_post["PO"] * 180 // 1000)}


def _no_workload(week: Week) -> None:
    week.workload = False


def _blank(week: Week) -> None:
    week.on_loan, week.alert = None, None


def _unagreed(week: Week) -> None:
    week.required["PO"] = None


def _flood(week: Week) -> None:
    week.alert = "very-high"


def _ten_times(week: Week) -> None:
    week.points_factor = 10


def _mistyped(week: Week) -> None:
    week.in_post["PO"] = to_unit(week.in_post["PO"] * 2 // 3)


@dataclass(frozen=True, slots=True)
class Awkward:
    """One awkward case. `weeks` are those of the sample, the first is 0; `sentence` says what is awkward."""

    id: str
    pdu: str
    region: str
    weeks: Sequence[int]
    sentence: str
    change: Callable[[Week], None] = _no_change
    moves_sums: bool = True
    """Whether it would move the sums of vacancies that the sample keeps to."""

    def note(self) -> str:
        """What the return says about itself."""
        return f"Synthetic case {self.id}: {self.sentence}"


LATE = Awkward(
    "late",
    "dudley-and-sandwell",
    "west-midlands",
    range(1, 10_000, 4),
    "every fourth return is a day or two late.",
)
MISSED = Awkward(
    "missed",
    "sunderland",
    "north-east",
    (6, 19, 20, 45, 71, 97),
    "some weeks have no return, twice running in one place.",
)
GAP = Awkward(
    "gap",
    "cumbria",
    "north-west",
    range(36, 41),
    "no return for five weeks: the figures go stale, and the status is not known.",
)
SECOND = Awkward(
    "second",
    "devon-and-torbay",
    "south-west",
    (25, 58),
    "the workload points are ten times too high; a second return two days later has the right ones.",
    _ten_times,
)
CORRECTED = Awkward(
    "corrected",
    "essex-north",
    "east-of-england",
    (13, 50, 76),
    "a third of the officers went missing in typing; a corrected return for the same day is recorded later.",
    _mistyped,
)
NO_WORKLOAD = Awkward(
    "no-workload",
    "east-and-west-lincolnshire",
    "east-midlands",
    range(27, 32),
    "the workload tool was down: no workload figures for a month.",
    _no_workload,
    moves_sums=False,
)
SICKNESS = Awkward(
    "sickness",
    "cardiff-and-the-vale",
    "wales",
    range(40, 56),
    "long sickness: a fifth of the officers absent for sixteen weeks.",
    _sickness,
    moves_sums=False,
)
LOAN = Awkward(
    "loan",
    "gwent",
    "wales",
    range(60, 86),
    "officers on loan to another PDU for half a year, still counted in post.",
    _loan,
    moves_sums=False,
)
BLANK = Awkward(
    "blank",
    "tameside",
    "greater-manchester",
    EVERY_WEEK,
    "loans and the local alert are never filled in.",
    _blank,
    moves_sums=False,
)
UNAGREED = Awkward(
    "unagreed",
    "east-kent",
    "kent-surrey-and-sussex",
    range(9, 12),
    "the officers required are not agreed at the turn of the year, so the cell is empty for three weeks.",
    _unagreed,
)
FLOOD = Awkward(
    "flood",
    "york",
    "yorkshire-and-the-humber",
    range(54, 57),
    "the office is flooded: the local alert is very high.",
    _flood,
    moves_sums=False,
)
SPLIT = Awkward(
    "split",
    "",
    "",
    (),
    "where the organisation has a PDU that ends within the sample, it and those that replace it have returns "
    "only while they exist.",
)

AWKWARD = (LATE, MISSED, GAP, SECOND, CORRECTED, NO_WORKLOAD, SICKNESS, LOAN, BLANK, UNAGREED, FLOOD, SPLIT)
"""Every awkward case of the sample."""


def awkward_pdus(organisation: Organisation, start: datetime.date) -> dict[str, Awkward]:
    """Which PDU has which case, by the PDU's id; at most one each, and none for `split`."""
    found: dict[str, Awkward] = {}
    for case in AWKWARD:
        if case is SPLIT:
            continue
        free = [pdu for pdu in organisation.pdus if pdu.id not in found and pdu.exists_on(start)]
        by_region = [pdu for pdu in free if pdu.region == case.region]
        choice = next((pdu for pdu in free if pdu.id == case.pdu), None) or _last_lasting(by_region or free)
        if choice is not None:
            found[choice.id] = case
    return found


def _last_lasting(pdus: list[Pdu]) -> Pdu | None:
    """The last of those that do not end, so that a named PDU's case seldom loses its own; else the last."""
    return next((pdu for pdu in reversed(pdus) if pdu.until is None), pdus[-1] if pdus else None)
