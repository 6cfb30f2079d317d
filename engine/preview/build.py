"""A question, returns and events made into a preview."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from engine.preview.changes import by_title, unit_preview
from engine.preview.values import NumberChange, Permission, Preview, Question, UnitPreview, WithheldChange
from engine.worlds import Unit, worlds
from engine.worlds.reasons import Reasons
from rules.figures import Return
from rules.model import Events, Organisation, Pdu


def previewed(
    question: Question,
    organisation: Organisation,
    returns: Sequence[Return],
    events: Events,
    first: datetime.date,
    last: datetime.date,
    *,
    only: Sequence[str] = (),
    progress: Callable[[], None] = lambda: None,
) -> Preview:
    """What would have been different from a first to a last day. Returns of other units are left out.

    `progress` is called once for each unit and world. Raises DisagreementError.
    """
    concerned = [pdu for pdu in units_of(question, organisation, only) if _exists(pdu, first, last)]
    given: dict[str, list[Return]] = {pdu.id: [] for pdu in concerned}
    for one in returns:
        if one.pdu in given and one.as_of <= last:
            given[one.pdu].append(one)
    units = [Unit(pdu, given[pdu.id]) for pdu in concerned if given[pdu.id]]
    reasons = Reasons()
    pairs = worlds(question.before, question.after, units, events, first, last, progress)
    found = tuple(unit_preview(pair, reasons) for pair in pairs)
    pdus = [unit.pdu for unit in units]
    return Preview(
        question=question,
        first=first,
        last=last,
        units=found,
        without_returns=tuple(pdu for pdu in concerned if not given[pdu.id]),
        numbers=tuple(_numbers(question, pdus)) if question.region is not None else (),
        withheld=tuple(_withheld(question, pdus)) if question.region is not None else (),
        left_out=_left_out(question, pdus, first, last),
        synthetic=any(one.annotations.get("basis") == "synthetic" for unit in units for one in unit.returns),
    )


def units_of(question: Question, organisation: Organisation, only: Sequence[str] = ()) -> list[Pdu]:
    """The units that a question is about: those of the region, or all. By region as in the register, then name."""
    order = {region.id: place for place, region in enumerate(organisation.regions)}
    found = [
        pdu
        for pdu in organisation.pdus
        if question.region in (None, pdu.region) and (not only or pdu.id in only)
    ]
    return sorted(found, key=lambda pdu: (order.get(pdu.region, len(order)), pdu.name, pdu.id))


def _exists(pdu: Pdu, first: datetime.date, last: datetime.date) -> bool:
    return (pdu.from_ is None or pdu.from_ <= last) and (pdu.until is None or pdu.until >= first)


def _numbers(question: Question, pdus: Iterable[Pdu]) -> Iterable[NumberChange]:
    """The trigger points that the new entry moves, on the first day on which it is in force."""
    found: dict[tuple[str, Decimal, Decimal], list[str]] = {}
    day = max(question.effective, question.counts_from)
    policy = question.after.in_force(day)
    for pdu in pdus if policy is not None else ():
        assert policy is not None
        one = question.before.setting(policy, pdu.region, pdu.id, day).numbers
        other = question.after.setting(policy, pdu.region, pdu.id, day).numbers
        for name, number in other.items():
            if one[name] != number:
                found.setdefault((name, one[name], number), []).append(pdu.id)
    for (name, before, after), units in sorted(found.items()):
        yield NumberChange(name, before, after, tuple(units))


def _withheld(question: Question, pdus: Iterable[Pdu]) -> Iterable[WithheldChange]:
    """The activities whose reductions are withheld in one world only."""
    found: dict[tuple[str, bool], list[str]] = {}
    day = max(question.effective, question.counts_from)
    policy = question.after.in_force(day)
    for pdu in pdus if policy is not None else ():
        assert policy is not None
        one = question.before.setting(policy, pdu.region, pdu.id, day).withhold
        other = question.after.setting(policy, pdu.region, pdu.id, day).withhold
        for activity in one ^ other:
            found.setdefault((activity, activity in other), []).append(pdu.id)
    for (activity, withheld), units in sorted(found.items()):
        yield WithheldChange(activity, withheld, tuple(units))


def _left_out(
    question: Question, pdus: Iterable[Pdu], first: datetime.date, last: datetime.date
) -> tuple[str, ...]:
    """The trigger points of the new entry that a version of these days does not take."""
    after, start = question.after, max(first, question.counts_from)
    days = {
        start,
        *(one.version.effective for one in after.policies if start < one.version.effective <= last),
    }
    found: dict[str, None] = {}
    for day in sorted(days):
        policy = after.in_force(day)
        for pdu in pdus if policy is not None and question.region is not None else ():
            assert policy is not None
            found.update(dict.fromkeys(after.setting(policy, pdu.region, pdu.id, day).left_out))
    return tuple(found)


def total_days(units: Iterable[UnitPreview], after: bool) -> dict[str, int]:
    """Days at each status over units, in one world."""
    found: dict[str, int] = {}
    for unit in units:
        for status, days in (unit.days_after if after else unit.days_before).items():
            found[status] = found.get(status, 0) + days
    return found


def total_permissions(units: Iterable[UnitPreview], newly: bool) -> tuple[Permission, ...]:
    """What may be reduced in one world only, over units: in which, and on how many days in all."""
    found: dict[str, Permission] = {}
    for unit in units:
        for one in unit.newly if newly else unit.withdrawn:
            known = found.get(one.activity)
            found[one.activity] = (
                one
                if known is None
                else known._replace(
                    first=min(known.first, one.first),
                    days=known.days + one.days,
                    units=(*known.units, *one.units),
                )
            )
    return by_title(found.values())
