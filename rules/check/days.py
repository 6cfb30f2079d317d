"""Days and units that no version covers: PF311 and PF312."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence

from rules.model import Organisation, Pdu
from rules.policy import Policy
from rules.problems import Findings
from rules.text import Source

_DAY = datetime.timedelta(days=1)
Span = tuple[datetime.date, datetime.date]
"""The first and the last day of something, both included."""


def check_gaps(versions: Sequence[tuple[Policy, Source]], findings: Findings) -> None:
    """Note the days between two versions on which none is in force. `versions` are in the order of their days."""
    for (earlier, other), (later, source) in itertools.pairwise(versions):
        until, next_day = earlier.version.until, later.version.effective
        if until is None or until + _DAY >= next_day:
            continue
        first, last = until + _DAY, next_day - _DAY
        days = f"from {first} to {last}" if first < last else f"on {first}"
        hint = "Begin this version the day after the one before ends, or leave out its until."
        also = [other.place(("until",))]
        place = source.place(("effective",))
        findings.add("PF311", f"No version is in force {days}, so there are no decisions.", place, hint, also)


def check_units(
    organisation: Organisation, register: Source, frameworks: Sequence[Sequence[Policy]], findings: Findings
) -> None:
    """Note the units that exist on no day on which a version of any framework is in force."""
    spans = [span for policies in frameworks for span in _spans(policies)]
    uncovered: dict[Span, list[int]] = {}
    for index, pdu in enumerate(organisation.pdus):
        first, last = _life(pdu)
        if spans and not any(start <= last and first <= end for start, end in spans):
            uncovered.setdefault((first, last), []).append(index)
    for alike in uncovered.values():  # units with the same days have one cause
        pdu = organisation.pdus[alike[0]]
        key = "from" if pdu.from_ is not None and pdu.from_ > max(end for _, end in spans) else "until"
        more = f" Nor on one of {len(alike) - 1} more with the same days." if len(alike) > 1 else ""
        message = f"No version of any framework is in force on a day of {pdu.id}.{more}"
        hint = "Check its days, or remove it: nothing can be decided for it."
        places = [register.place(("pdus", index, key)) for index in alike]
        findings.add("PF312", message, places[0], hint, places[1:])


def _spans(policies: Sequence[Policy]) -> list[Span]:
    """The days that each version is in force, in the order of their days."""
    spans = []
    for index, policy in enumerate(policies):
        last = policy.version.until or datetime.date.max
        if index + 1 < len(policies):
            last = min(last, policies[index + 1].version.effective - _DAY)
        spans.append((policy.version.effective, last))
    return spans


def _life(pdu: Pdu) -> Span:
    return pdu.from_ or datetime.date.min, pdu.until or datetime.date.max
