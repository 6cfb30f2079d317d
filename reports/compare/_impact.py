"""What a comparison would mean for real units, in words. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reports._explanation import Data, Label, Table
from reports._format import capital, number
from reports._names import Names
from reports._words import headline as common
from reports._words import impact as words
from reports._words import preview as preview_words
from reports._words import questions, reasons, tables
from reports.compare._page import ActivityText, Cell, FirstText, ImpactPage
from reports.language import gettext as _
from reports.preview._units import MOST, limit_of
from rules.model import Organisation, Pdu, Version

if TYPE_CHECKING:
    from engine.compare.impact_values import FirstDifference, Hours, Impact, Status
    from engine.worlds import Compared


def impact_page(
    impact: Impact, organisation: Organisation, versions: tuple[Version, Version], names: tuple[str, str]
) -> ImpactPage:
    """The words of an impact. `names` are what the two versions are called."""
    return _Impact(impact, organisation, versions, names).page()


class _Impact:
    def __init__(
        self,
        impact: Impact,
        organisation: Organisation,
        versions: tuple[Version, Version],
        names: tuple[str, str],
    ) -> None:
        self.impact, self.names = impact, names
        self.one, self.many = organisation.unit.one, organisation.unit.many
        self.group = organisation.group.one
        self.regions = {region.id: region.name for region in organisation.regions}
        # the newer version's words go first
        self.versions = [Names({}, version, organisation) for version in reversed(versions)]
        self.last = impact.last.isoformat()

    def page(self) -> ImpactPage:
        impact = self.impact
        return ImpactPage(
            findings=tuple(self._findings()),
            about=tuple(self._about()),
            labels=(Label(*questions.synthetic(self.one)),) if impact.synthetic else (),
            matrix=self._matrix(),
            grid=tuple(self._grid()),
            cells=tuple(self._cells()),
            regions=self._regions(),
            openings=tuple(self._openings()),
            openings_note=self._note(),
            firsts=tuple(map(self._first, impact.first_differences)),
            days=self._days(),
            flips=tuple(self._flips()),
            activities=tuple(self._activities()),
            hours=tuple(self._hours()),
        )

    def _status(self, id_: Status) -> str:
        if id_ is None:
            return _(preview_words.NO_DECISION)
        if id_ in common.NO_LEVELS:
            return _(common.NO_LEVELS[id_])
        return next(one for one in self.versions if id_ in one.version.status_ids).status(id_)

    def _named(self, pdus: Sequence[Pdu]) -> tuple[str, ...]:
        return tuple(sorted(pdu.name for pdu in pdus))

    def _findings(self) -> Iterator[str]:
        """Who has another status on the last day, which way, and who has on some day."""
        impact = self.impact
        there = sum(len(one.pdus) for one in impact.transitions)
        yield words.moved(impact.differ, there, self.one, self.many, self.last)
        ways = [0, 0]
        for one in impact.transitions:
            way = self._way(one.before, one.after)
            if way:
                ways[way > 0] += len(one.pdus)
        if sum(ways):
            yield words.ways(*ways)
        yield words.ever(len(impact.first_differences), len(impact.units), self.many)

    def _way(self, before: Status, after: Status) -> int:
        """Above 0 for a more severe status, below for a milder one; 0 where they are alike or do not compare."""
        place = {id_: number for number, id_ in enumerate(self.impact.statuses[:-1])}
        one, other = place.get(before or ""), place.get(after or "")
        return 0 if one is None or other is None else other - one

    def _about(self) -> Iterator[str]:
        impact = self.impact
        yield questions.period(impact.first.isoformat(), self.last, impact.size)
        if impact.only:
            yield words.only([self.regions.get(id_, id_) for id_ in impact.only])
        yield _(words.CALCULATED)
        if not impact.only:
            yield words.settings(self.group)
        units = questions.units(len(impact.sample.pdus), self.one, self.many)
        yield words.checked(impact.sample.days, units)

    def _used(self) -> tuple[list[Status], list[Status]]:
        """The statuses that some unit has on the last day, under each version."""
        order: list[Status] = [*self.impact.statuses, None]
        cells = [(one.before, one.after) for one in self.impact.transitions]
        return [id_ for id_ in order if any(cell[0] == id_ for cell in cells)], [
            id_ for id_ in order if any(cell[1] == id_ for cell in cells)
        ]

    def _matrix(self) -> Table:
        before, after = self._used()
        sizes = {(one.before, one.after): len(one.pdus) for one in self.impact.transitions}
        rows = [
            (self._status(down), *(str(sizes.get((down, across), 0)) for across in after)) for down in before
        ]
        return Table(words.matrix_caption(*self.names), ("", *map(self._status, after)), tuple(rows))

    def _grid(self) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
        before, after = self._used()
        pdus = {(one.before, one.after): self._named(one.pdus) for one in self.impact.transitions}
        for down in before:
            yield self._status(down), tuple(pdus.get((down, across), ()) for across in after)

    def _cells(self) -> Iterator[Cell]:
        """Who moves goes before who stays."""
        for one in sorted(self.impact.transitions, key=lambda one: one.before == one.after):
            before, after = self._status(one.before), self._status(one.after)
            title = words.cell(before, after, self.names, len(one.pdus))
            yield Cell(title, self._named(one.pdus), one.before != one.after)

    def _regions(self) -> Table:
        impact = self.impact
        ids = [id_ for id_ in impact.statuses if any(days.get(id_) for days in impact.days)]
        known = [_(words.UNKNOWN) if id_ == impact.statuses[-1] else self._status(id_) for id_ in ids]
        columns = (capital(self.group), *words.region_columns(), *known)
        rows = [
            (
                self.regions.get(one.region, one.region),
                words.share(one.differ, sum(len(cell.pdus) for cell in one.transitions)),
                words.share(one.ever, one.units),
                *(words.pair(one.days[0].get(id_, 0), one.days[1].get(id_, 0)) for id_ in ids),
            )
            for one in impact.regions
        ]
        plain = [
            (
                self.regions.get(one.region, one.region),
                *map(str, (one.differ, sum(len(cell.pdus) for cell in one.transitions), one.ever, one.units)),
                *(str(days.get(id_, 0)) for id_ in ids for days in one.days[:2]),
            )
            for one in impact.regions
        ]
        heads = (
            columns[0],
            *(named(one) for one in columns[1:3] for named in (str, tables.of)),
            *(tables.under(one, name) for one in known for name in self.names),
        )
        caption = words.regions_caption(self.last, self.many, self.group, *self.names)
        return Table(caption, columns, tuple(rows), Data(heads, tuple(plain)))

    def _openings(self) -> Iterator[tuple[str, str]]:
        """The command that opens a decision under each version, with words for what differs."""
        found = next((one for one in self.impact.first_differences if one.commands is not None), None)
        if found is not None and found.commands is not None:
            for name, command in zip(self.names, found.commands, strict=True):
                pdu, day = words.PLACEHOLDERS
                general = command.replace(f"explain {found.pdu.id} ", f"explain {pdu} ", 1)
                yield words.opening(name), general.replace(f"--as-of {found.day}", f"--as-of {day}", 1)

    def _note(self) -> str:
        firsts = self.impact.first_differences
        if not firsts:
            return words.no_first()
        return words.no_commands() if firsts[0].commands is None else ""

    def _first(self, one: FirstDifference) -> FirstText:
        before, after = self._status(one.before), self._status(one.after)
        key = f"{one.pdu.id} {one.day}" if one.commands is not None else ""
        text = words.first(one.pdu.name, one.day.isoformat(), before, after, one.differs)
        return FirstText(text, key, tuple(self._reasons(one)), one.commands or ())

    def _reasons(self, one: FirstDifference) -> Iterator[str]:
        reason = one.reason
        if reason.code == "no_decision":
            yield reasons.no_decision()
        elif reason.code == "unknown":
            yield words.unknown(self.names[one.after == "indeterminate"])
        elif reason.code == "earlier":
            yield reasons.earlier()
        else:
            decisive = [each for each in reason.comparisons if self._decisive(each, one)]
            yield from map(self._comparison, (decisive or reason.comparisons)[:MOST])
            further = len(reason.comparisons) - len((decisive or reason.comparisons)[:MOST])
            if further:
                yield reasons.more(further)

    def _decisive(self, compared: Compared, one: FirstDifference) -> bool:
        """Whether a comparison turns out as the difference does: met by the version whose status it brings about."""
        before, after = (
            side is not None and side.holds is True for side in (compared.before, compared.after)
        )
        severer = self._way(one.before, one.after) > 0
        return before != after and (after if compared.rule.startswith("enter.") == severer else before)

    def _comparison(self, one: Compared) -> str:
        measured = next((names for names in self.versions if names.measured(one.measure) is not None), None)
        names = measured or self.versions[0]
        kind, status = one.rule.split(".")[:2]
        exit_, word, figure = kind == "exit", self._status(status), names.figure(one.measure)
        sides = (one.before, one.after)
        told = [limit_of(one, side, names) for side in sides]
        values = {side.value for side in sides if side is not None}
        if len(values) == 1:
            (value,) = values
            limits = [words.side(*pair) for pair in zip(self.names, told, strict=True)]
            return words.comparison(exit_, word, figure, names.value(one.measure, value), limits)
        valued = [
            limit if side is None else words.valued(names.value(one.measure, side.value), limit)
            for limit, side in zip(told, sides, strict=True)
        ]
        limits = [words.side(*pair) for pair in zip(self.names, valued, strict=True)]
        return words.other_values(exit_, word, figure, limits)

    def _days(self) -> Table:
        before, after = self.impact.days
        rows = []
        for id_ in self.impact.statuses:
            one, other = before.get(id_, 0), after.get(id_, 0)
            if one or other:
                change = f"{'+' if other > one else ''}{number(str(other - one))}"
                rows.append((self._status(id_), number(str(one)), number(str(other)), change))
        return Table(words.days_caption(), words.days_columns(self.names), tuple(rows))

    def _flips(self) -> Iterator[str]:
        flips = self.impact.flips
        totals = sum(one.before for one in flips), sum(one.after for one in flips)
        yield words.flips(*totals, self.names)
        most = max(flips, key=lambda one: abs(one.after - one.before))
        if most.after != most.before:
            yield words.flips_most(most.pdu.name, most.before, most.after, self.names)

    def _activities(self) -> Iterator[ActivityText]:
        for one in self.impact.activities:
            told = []
            for whom, tell in ((one.newly, words.newly), (one.withdrawn, words.withdrawn)):
                if whom.days:
                    told.append(tell(len(whom.pdus), whom.days, self.one, self.many))
            newly, withdrawn = list(self._named(one.newly.last)), list(self._named(one.withdrawn.last))
            if newly or withdrawn:
                told.append(words.last_day(self.last, newly, withdrawn))
            yield ActivityText(one.title, tuple(told))

    def _hours(self) -> Iterator[str]:
        if not self.impact.hours:
            yield words.no_hours()
        for one in self.impact.hours:
            yield from self._released(one)

    def _released(self, one: Hours) -> Iterator[str]:
        hours = (one.before.hours, one.after.hours, one.change_hours)
        yield words.hours(one.every, *hours, self.names, self.last)
        sides = (one.before, one.after)
        if any(side.illustrative for side in sides):
            yield words.illustrative_hours(all(side.illustrative == side.minutes for side in sides))
        for name, side in zip(self.names, sides, strict=True):
            if side.unknown:
                yield words.unknown_hours(name, side.unknown)
            if side.unsaid:
                yield words.unsaid_hours(name, side.unsaid)
