"""What was tried made into words, once for all forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from engine.tune import ALONE, NOW, Candidate, Count, Tuning, statuses_of
from reports._build import tidy
from reports._explanation import Label, Table
from reports._format import capital, number, quantity
from reports._names import Names
from reports._page import Page
from reports._words import questions
from reports._words import tune as words
from reports.language import gettext as _
from reports.preview._shown import in_force_between
from reports.tune._plot import Plot, plotted
from rules.model import Organisation
from rules.model._fields import number_text

LISTED, LABELLED = 12, 1
"""So many candidates of one place on the frontier are named in a table, and in the drawing."""
MOST_SHOWN = 500
"""Of more candidates only the frontier is shown."""


@dataclass(frozen=True, slots=True)
class TunePage(Page):
    """The words of a run, in the order of the page."""

    points: Table
    plot: Plot
    plot_text: str
    frontier: Table
    candidates_heading: str
    candidates: Table


class _Shown:
    """What statuses, units and aims are called."""

    def __init__(self, tuning: Tuning, organisation: Organisation) -> None:
        trial = tuning.trial
        self.tuning, self.trial, self.organisation = tuning, trial, organisation
        policies = list(reversed(in_force_between(trial.framework.policies, trial.first, trial.last)))
        self.policies = policies
        self.names = [Names({}, policy.version, organisation) for policy in policies]
        self.called: dict[str, str] = {}
        """Short names of trigger points, where there is little room."""
        self.number: Callable[[int], str] = lambda size: number(str(size))
        last = trial.framework.in_force(trial.last) or policies[0]
        self.first = self.status(last.version.status_ids[0])
        one = organisation.unit.one
        alone = tuning.second_aim == ALONE
        self.aim = words.days_above(one, self.first) if alone else words.days_milder(one)
        self.statuses = [
            (place, self.status(id_))
            for place, id_ in enumerate(statuses_of(tuning))
            if id_ in last.version.status_ids or any(count.days[place] for count in tuning.counts)
        ]

    def status(self, id_: str) -> str:
        """The word for a status, as the newest version that has it says."""
        if id_ == statuses_of(self.tuning)[-1]:
            return _(words.UNKNOWN_SHORT)
        names = next((one for one in self.names if id_ in one.version.status_ids), self.names[0])
        return names.status(id_)

    def changed(self, candidate: Candidate) -> str:
        """In which numbers a candidate differs from what is set now."""
        if candidate.number == NOW:
            return words.now()
        numbers = [
            f"{self.called.get(axis.name, axis.name)} {number_text(number)}"
            for axis, number in zip(self.trial.axes, self.trial.numbers(candidate).values(), strict=True)
            if number != axis.now
        ]
        return ", ".join(numbers)


def page(tuning: Tuning, organisation: Organisation) -> TunePage:
    """The words of a run. It decides nothing."""
    shown = _Shown(tuning, organisation)
    trial = tuning.trial
    headline, *lead = _sentences(tuning, shown)
    places = _places(tuning)
    every = len(trial.candidates) <= MOST_SHOWN
    listed = _candidates(tuning, shown, MOST_SHOWN)
    made = TunePage(
        title=words.title({one.id: one.name for one in organisation.regions}.get(trial.region, trial.region)),
        headline=headline,
        lead=tuple(lead),
        labels=tuple(_labels(tuning, shown)),
        about=(*_about(tuning, shown), *left_out(tuning, listed)),
        points=_points(shown),
        plot=_plot(tuning, shown, places),
        plot_text=words.plot(shown.aim),
        frontier=_frontier(tuning, shown, places),
        candidates_heading=words.Headings().candidates if every else words.Headings().shown,
        candidates=listed,
    )
    clean: TunePage = tidy(made)
    return clean


def narrow(tuning: Tuning, organisation: Organisation, most: int) -> tuple[Table, str]:
    """A row for each candidate in few letters, and what the letters mean.

    Of more candidates than `most` those on the frontier are shown, one for each outcome, and what is set now.
    """
    shown = _Shown(tuning, organisation)
    shown.number = str
    shown.called = {
        axis.name: letter for axis, letter in zip(tuning.trial.axes, ascii_uppercase, strict=False)
    }
    key = words.letters([f"{letter} {name}" for name, letter in shown.called.items()])
    found: Table = tidy(_candidates(tuning, shown, most, short=True))
    return found, key


def left_out(tuning: Tuning, listed: Table) -> list[str]:
    """What is said where a table does not hold every candidate."""
    size = len(tuning.trial.candidates)
    return [words.shortened(size, len(listed.rows))] if len(listed.rows) < size else []


def _places(tuning: Tuning) -> list[tuple[tuple[int, int], list[int]]]:
    """The places of the frontier, from few changes on, each with its candidates."""
    found: dict[tuple[int, int], list[int]] = {}
    for candidate in sorted(tuning.efficient):
        found.setdefault(tuning.aims(candidate), []).append(candidate)
    return sorted(found.items())


def _sentences(tuning: Tuning, shown: _Shown) -> Iterator[str]:
    trial, unit, now = tuning.trial, shown.organisation.unit, tuning.counts[NOW]
    units = questions.units(len(trial.frame.units), unit.one, unit.many)
    yield words.headline(len(trial.candidates) - 1, units, (trial.last - trial.first).days + 1)
    yield words.as_now(now.flips, tuning.aims(NOW)[1], shown.aim)
    share = tuning.share_same(NOW)
    if share is not None:
        yield words.agreement(now.same, tuning.compared, share)
    yield words.efficient(len(tuning.efficient), shown.aim)
    yield _(words.NOTHING)


def _labels(tuning: Tuning, shown: _Shown) -> Iterator[Label]:
    points = [point for policy in shown.policies for point in policy.version.trigger_points.values()]
    if any(point.basis != "published" for point in points):
        yield Label(*questions.illustrative())
    if tuning.synthetic:
        yield Label(*questions.synthetic(shown.organisation.unit.one))


def _about(tuning: Tuning, shown: _Shown) -> Iterator[str]:
    trial, one = tuning.trial, shown.organisation.unit.one
    yield _(words.CALCULATED)
    yield _(words.ALWAYS)
    yield questions.period(str(trial.first), str(trial.last), (trial.last - trial.first).days + 1)
    if trial.framework.pinned:
        yield questions.version(trial.framework.policies[0].version.version)
    reference = tuning.reference
    if reference is not None:
        say = words.declared if reference.kind == "declared" else words.given
        yield say(reference.name, tuning.compared, one)
    names = {pdu.id: pdu.name for pdu in shown.organisation.pdus}
    for name, units in trial.own_numbers().items():
        yield words.own(name, [names.get(id_, id_) for id_ in units])
    partly = [policy.version.version for policy in trial.other_versions()]
    if partly:
        yield words.partly(partly)
    yield words.checked([str(number) for number, _unit in tuning.checked.pairs], tuning.checked.days)


def _points(shown: _Shown) -> Table:
    rows = []
    for axis in shown.trial.axes:
        names = next(one for one in shown.names if axis.name in one.version.trigger_points)
        tried = [names.trigger_value(axis.name, number_text(number)) for number in axis.tried]
        step = names.trigger_value(axis.name, number_text(axis.step))
        now = names.trigger_value(axis.name, number_text(axis.now))
        rows.append((axis.name, names.trigger_title(axis.name), now, words.tried(tried, step)))
    return Table(words.Headings().points_caption, words.Headings().points_columns, tuple(rows))


def _plot(tuning: Tuning, shown: _Shown, places: Sequence[tuple[tuple[int, int], list[int]]]) -> Plot:
    points = sorted({tuning.aims(one.number) for one in tuning.trial.candidates})
    labelled = [
        (place, words.several([number for number in numbers if number != NOW], LABELLED))
        for place, numbers in places
    ]
    return plotted(
        points,
        labelled,
        (tuning.aims(NOW), words.now_short()),
        (words.Headings().frontier_columns[-1], capital(shown.aim)),
        f"{words.efficient(len(tuning.efficient), shown.aim)} {words.plot(shown.aim)}",
    )


def _frontier(tuning: Tuning, shown: _Shown, places: Sequence[tuple[tuple[int, int], list[int]]]) -> Table:
    rows = tuple(
        (
            words.several(numbers, LISTED),
            shown.changed(tuning.trial.candidates[numbers[0]]),
            shown.number(flips),
            shown.number(second),
        )
        for (flips, second), numbers in places
    )
    columns = (*words.Headings().frontier_columns, capital(shown.aim))
    return Table(words.Headings().frontier_caption, columns, rows)


def _candidates(tuning: Tuning, shown: _Shown, most: int, *, short: bool = False) -> Table:
    heads = words.Columns(short=short)
    columns = [heads.candidate, heads.numbers, *(word for _place, word in shown.statuses), heads.flips]
    referred = tuning.reference is not None
    columns += [heads.same, heads.percent, heads.milder] if referred else [words.above_column(shown.first)]
    rows = []
    told: set[Count] = set()
    for one in tuning.trial.candidates:
        efficient = one.number in tuning.efficient
        count = tuning.counts[one.number]
        if len(tuning.trial.candidates) > most and one.number != NOW:
            if not efficient or count in told:
                continue
            told.add(count)
        row = [str(one.number), shown.changed(one)]
        row += [shown.number(count.days[place]) for place, _word in shown.statuses]
        row.append(shown.number(count.flips))
        share = tuning.share_same(one.number)
        if referred:
            row += [
                f"{count.same}/{tuning.compared}",
                "" if share is None else quantity(share, "percent"),
                shown.number(count.milder),
            ]
        else:
            row.append(shown.number(count.above))
        rows.append((*row, words.yes() if efficient else ""))
    return Table(words.Headings().caption, (*columns, heads.frontier), tuple(rows))
