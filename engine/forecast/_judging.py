"""What the entries of a pipeline must be, whatever file they come from; and the values that they become."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from engine.forecast._drafts import Drafts, EventDraft, TrendDraft, percent_of
from engine.forecast._figures import Figures, decimals_of
from engine.forecast.pipeline import CERTAIN, MAX_SPREAD, Known, Pipeline, Trend
from rules.figures import Vocabulary, figure_key
from rules.model import Organisation
from rules.model._fields import LAST_DAY, number_text
from rules.problems import Findings, Place
from rules.suggestions import Suggestions, safe

MAX_OF_UNIT = 2_000
"""The most events of one unit."""
_MAX_PERCENT = Decimal(100)
_FINEST = 2
"""Likelihoods have at most two decimals, so that a draw from 10,000 whole numbers is exact."""


class Judge:
    """Holds entries against the register and the inputs of a framework. Problems go to `findings`."""

    def __init__(self, organisation: Organisation, vocabulary: Vocabulary, findings: Findings) -> None:
        self._organisation, self._findings = organisation, findings
        self._units = {pdu.id: pdu for pdu in organisation.pdus}
        self._regions = {region.id: region for region in organisation.regions}
        self._figures = Figures(vocabulary, findings)

    def pipeline(self, drafts: Drafts) -> Pipeline:
        """The entries as values. What is wrong is noted and left out."""
        self._check_names(drafts.events)
        known = [found for draft in drafts.events if (found := self._known(draft)) is not None]
        self._check_sizes(drafts.events)
        trends = [trend for draft in drafts.trends if (trend := self._trend(draft)) is not None]
        self._check_trends(drafts.trends)
        return Pipeline(tuple(_named(known)), tuple(trends))

    @cached_property
    def _unit_hints(self) -> Suggestions:
        names = {name: pdu.id for pdu in self._units.values() for name in (pdu.name, pdu.code) if name}
        return Suggestions(self._units, names)

    @cached_property
    def _region_hints(self) -> Suggestions:
        return Suggestions(self._regions, {region.name: id_ for id_, region in self._regions.items()})

    def _add(self, code: str, message: str, place: Place, hint: str) -> None:
        self._findings.add(code, message, place, hint)

    def _known(self, draft: EventDraft) -> Known | None:
        before = len(self._findings.problems)
        self._check_unit(draft.pdu, draft.place("pdu"))
        self._check_days(draft)
        likelihood = self._likelihood(draft)
        if draft.spread > MAX_SPREAD:
            message = f"A spread of {draft.spread} days is longer than {MAX_SPREAD} days."
            self._add("PF537", message, draft.place("spread"), "Write a shorter one, or a lower likelihood.")
        changes: dict[str, Decimal] = {}
        places: dict[str, Place] = {}
        for change in draft.changes:
            key = self._figures.key(change.input, change.member, change.place, draft.on)
            if key is None or change.amount is None:
                continue
            if key in changes:
                message = f"{key} is changed twice by one event."
                self._findings.add("PF538", message, change.place, "Add the two up.", (places[key],))
            self._figures.check_amount(change, key, draft.on)
            changes[key], places[key] = change.amount, change.place
        if len(self._findings.problems) > before:
            return None
        return Known(
            id=draft.event or "",
            pdu=draft.pdu,
            kind=draft.kind,
            on=draft.on,
            changes=tuple(sorted(changes.items())),
            likelihood=likelihood,
            until=draft.until,
            spread=draft.spread,
            note=draft.note,
            basis=draft.basis,
        )

    def _check_unit(self, pdu: str, place: Place) -> None:
        if pdu not in self._units:
            hint = self._unit_hints.hint(pdu) or "Look up its id in the organisation's file."
            one = self._organisation.unit.one
            self._add("PF532", f"There is no {one} {safe(pdu)!r}.", place, hint)

    def _check_days(self, draft: EventDraft) -> None:
        unit = self._units.get(draft.pdu)
        if draft.on > LAST_DAY:
            self._add("PF533", f"Nothing is decided after {LAST_DAY}.", draft.place("on"), "Correct the day.")
            return
        if unit is not None and not unit.exists_on(draft.on):
            message = f"{draft.pdu} does not exist on {draft.on}."
            self._add("PF533", message, draft.place("on"), "Correct the day or the unit.")
        if draft.until is None:
            return
        if draft.until < draft.on:
            message = f"The last day {draft.until} is before the first, {draft.on}."
            self._add("PF533", message, draft.place("until"), "Swap the two days.")
        elif draft.until < draft.on + datetime.timedelta(days=min(draft.spread, MAX_SPREAD)):
            message = f"It may come {draft.spread} days late, which is after its last day {draft.until}."
            self._add("PF533", message, draft.place("spread"), "Write a later last day, or a shorter spread.")

    def _likelihood(self, draft: EventDraft) -> Decimal:
        if draft.likelihood is None:
            return CERTAIN
        place, found = draft.place("likelihood"), percent_of(draft.likelihood)
        if found is None:
            message = f"A likelihood is a percentage, not {safe(draft.likelihood)!r}."
            self._add("PF536", message, place, "Write it as 80%.")
        elif not 0 <= found.number <= 100:
            message = f"A likelihood of {number_text(found.number)}% is not between 0% and 100%."
            self._add("PF536", message, place, "Write a percentage from 0% to 100%.")
        elif not found.signed and 0 < found.number <= 1:
            shown = number_text(found.number)
            meant = number_text(found.number * 100)
            message = f"{shown} could mean {shown}% or {meant}%."
            self._add("PF536", message, place, f"Write {meant}% or {shown}%, with the sign.")
        elif decimals_of(found.number) > _FINEST:
            self._add("PF536", "A likelihood has at most two decimals.", place, "Round it.")
        else:
            return found.number
        return CERTAIN

    def _trend(self, draft: TrendDraft) -> Trend | None:
        before = len(self._findings.problems)
        if draft.pdu is not None:
            self._check_unit(draft.pdu, draft.place("pdu"))
        if draft.region is not None and draft.region not in self._regions:
            hint = self._region_hints.hint(draft.region) or "Look up its id in the organisation's file."
            one = self._organisation.group.one
            self._add("PF532", f"There is no {one} {safe(draft.region)!r}.", draft.place("region"), hint)
        if draft.pdu is not None and draft.region is not None:
            message = "A trend names pdu or region, not both."
            self._add("PF532", message, draft.place("region"), "Remove one of the two.")
        key = self._figures.key(draft.input, draft.member, draft.place("input"), None)
        percent = self._percent(draft)
        if len(self._findings.problems) > before or key is None:
            return None
        return Trend(key, draft.per_week, percent, draft.pdu, draft.region, draft.note, draft.basis)

    def _percent(self, draft: TrendDraft) -> Decimal | None:
        if (draft.per_week is None) == (draft.percent is None):
            said = "neither of them" if draft.percent is None else "both"
            message = f"A trend has per_week or percent, and this one has {said}."
            place = draft.place("input" if draft.percent is None else "percent")
            self._add("PF535", message, place, "Write one of the two.")
        if draft.percent is None:
            return None
        place, found = draft.place("percent"), percent_of(draft.percent)
        if found is None:
            message = f"A percentage is due here, not {safe(draft.percent)!r}."
            self._add("PF535", message, place, "Write it as 0.2%.")
            return None
        if abs(found.number) > _MAX_PERCENT:
            message = f"{number_text(found.number)}% a week is more than 100%."
            self._add("PF535", message, place, "Write a percentage from -100% to 100%.")
        return found.number

    def _check_names(self, drafts: list[EventDraft]) -> None:
        """An event's name stands once (PF538); rows of one event have been put together before."""
        first: dict[str, EventDraft] = {}
        for draft in drafts:
            if draft.event is None:
                continue
            if draft.event in first:
                message = f"There are two events {safe(draft.event)!r}."
                also = (first[draft.event].place("event"),)
                self._findings.add(
                    "PF538", message, draft.place("event"), "Give each a name of its own.", also
                )
            else:
                first[draft.event] = draft

    def _check_sizes(self, drafts: list[EventDraft]) -> None:
        for pdu, count in Counter(draft.pdu for draft in drafts).items():
            if count > MAX_OF_UNIT:
                place = next(draft.place("pdu") for draft in drafts if draft.pdu == pdu)
                message = f"{safe(pdu)} has {count:,} events, and at most {MAX_OF_UNIT:,} are read."
                self._add("PF539", message, place, "Put events of one day together.")

    def _check_trends(self, drafts: list[TrendDraft]) -> None:
        """Of one figure of a unit, a region or everyone there is one trend (PF538)."""
        first: dict[tuple[str | None, ...], TrendDraft] = {}
        for draft in drafts:
            same = first.setdefault((draft.input, draft.member, draft.pdu, draft.region), draft)
            if same is not draft:
                key = safe(figure_key(draft.input, draft.member))
                message = f"There are two trends of {key} for the same units."
                also = (same.place("input"),)
                self._findings.add("PF538", message, draft.place("input"), "Keep one of the two.", also)


def _named(known: list[Known]) -> Iterator[Known]:
    """Each event with a name: its own, or one that follows from what it says, wherever it stands in the file."""
    taken = {event.id for event in known if event.id}
    met: Counter[str] = Counter()
    for event in known:
        if event.id:
            yield event
            continue
        facts = f"{event.pdu}/{event.kind}/{event.on}/{event.until}/{event.likelihood}/{event.spread}/"
        facts += ",".join(f"{key} {number_text(amount)}" for key, amount in event.changes)
        digest = hashlib.sha256(facts.encode()).hexdigest()[:12]
        met[digest] += 1
        name = f"{digest}-{met[digest]}"
        while name in taken:
            name += "x"
        yield replace(event, id=name)
