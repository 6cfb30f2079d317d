"""What people decided in the sample: a suspension, declarations that end, and one that is renewed."""

from __future__ import annotations

import datetime

from engine.sample._awkward import FLOOD, awkward_pdus
from engine.sample._course import EPOCH
from engine.sample._public import PUBLIC_VACANCIES
from rules.model import Declaration, Events, Organisation, Suspension

ROLE = "regional-director"
AT_MOST = 28
"""The most days of one declaration, both the first and the last counted."""

_EDM_REGION = "north-east"
_EDM_FIRST, _EDM_LAST = datetime.date(2022, 1, 10), datetime.date(2022, 2, 13)


def sample_events(organisation: Organisation, *, start: datetime.date = EPOCH) -> Events:
    """The events that belong to a sample with this first day. Every reason says that it is synthetic.

    The suspension: Exceptional Delivery Models held the framework up until the end of January 2022; here one
    region comes out of them two weeks after the others. The declarations, counted from the first week: a
    flood, for as long as the local alert is very high; one that runs its 28 days and is let lapse; one for a
    region that is renewed once, for a reason of its own.
    """
    suspensions = []
    if start <= _EDM_LAST and _has_region(organisation, _EDM_REGION):
        reason = "Synthetic: Exceptional Delivery Models stay in force in this region for two weeks longer."
        found = {"from": _EDM_FIRST, "until": _EDM_LAST, "by": ROLE, "reason": reason, "region": _EDM_REGION}
        suspensions.append(Suspension.model_validate(found))
    cases = {case.id: pdu for pdu, case in awkward_pdus(organisation, start).items()}
    declarations = []
    if FLOOD.id in cases:
        weeks = list(FLOOD.weeks)
        reason = "Synthetic: the office is flooded."
        declarations.append(_declare(start, weeks[0], len(weeks) * 7, "red", reason, pdu=cases[FLOOD.id]))
    lapsing = _steadiest(organisation, set(cases.values()))
    if lapsing is not None:
        reason = "Synthetic: four officers leave together and agency cover begins in a month; not renewed."
        declarations.append(_declare(start, 66, AT_MOST, "amber", reason, pdu=lapsing))
    if _has_region(organisation, "south-central"):
        first = "Synthetic: recalls have doubled since the holidays."
        again = "Synthetic: recalls are still half as many again as usual."
        declarations.append(_declare(start, 48, AT_MOST, "red", first, region="south-central"))
        declarations.append(_declare(start, 52, AT_MOST, "red", again, region="south-central"))
    return Events(declarations=declarations, suspensions=suspensions)


def _has_region(organisation: Organisation, region: str) -> bool:
    return any(found.id == region for found in organisation.regions)


def _steadiest(organisation: Organisation, taken: set[str]) -> str | None:
    """A free PDU of a region at target, so that the declaration shows; else any free one."""
    free = [
        pdu for pdu in organisation.pdus if pdu.id not in taken and pdu.from_ is None and pdu.until is None
    ]
    calm = [pdu for pdu in free if PUBLIC_VACANCIES.get(pdu.region) == 0]
    return next((pdu.id for pdu in (*calm, *free)), None)


def _declare(
    start: datetime.date,
    week: int,
    days: int,
    status: str,
    reason: str,
    *,
    pdu: str | None = None,
    region: str | None = None,
) -> Declaration:
    first = start + datetime.timedelta(weeks=week)
    last = first + datetime.timedelta(days=days - 1)
    found = {"from": first, "until": last, "status": status, "by": ROLE, "reason": reason}
    return Declaration.model_validate({**found, "pdu": pdu, "region": region})
