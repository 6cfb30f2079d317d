"""From a checked version to its document in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from reports._build import tidy
from reports._explanation import Data, Duty, DutyPart, Label, Line, Table
from reports._format import sentence
from reports._names import Names
from reports._words import framework as words
from reports._words import tables
from reports.framework._clauses import Clauses
from reports.framework._document import (
    Clause,
    FrameworkDocument,
    Level,
    Reducible,
    ReduciblePart,
    StatusText,
)
from reports.language import gettext as _
from rules.framework import Framework
from rules.model import Activity, Organisation, Reduction, Version
from rules.model._fields import number_text
from rules.policy import Policy


def framework_document(
    framework: Framework, policy: Policy, organisation: Organisation, day: datetime.date
) -> FrameworkDocument:
    """A version as a document. `day` is the one for which the regions' own trigger points are shown."""
    version = policy.version
    names = Names({}, version, organisation)
    clauses = Clauses(names)
    document = FrameworkDocument(
        id=version.version,
        title=version.title,
        in_force=words.in_force(version.effective, framework.last_day(policy)),
        approved=None
        if version.approved is None
        else words.approved(version.approved.by, version.approved.on),
        summary=version.summary,
        changes=tuple(version.changes),
        labels=(Label(*words.label_illustrative()),),
        rules=tuple(Line(*line) for line in _rules(version)),
        statuses=tuple(_statuses(policy, names, clauses)),
        triggers=_triggers(framework, policy, names, day),
        duties_intro=words.duties(sum(one.mandatory is not None for one in version.activities)),
        duties=_duties(names),
        levels=tuple(_levels(policy, names, clauses)),
        measures=_measures(names),
        cohorts=tuple(Line(id_, title) for id_, title in version.cohorts.items()),
        sources=tuple(found for id_ in version.sources if (found := names.source(id_)) is not None),
    )
    made: FrameworkDocument = tidy(document)
    return made


def _rules(version: Version) -> Iterator[tuple[str, str]]:
    yield from words.returns(version.returns.every, version.returns.stale_after, version.returns.grace)
    yield words.activation(version.activation == "declared")
    if version.declarations is not None:
        told = version.declarations
        yield words.declarations(told.by.replace("-", " "), list(told.may), told.at_most)
    yield from words.steps(version.steps.down, version.steps.up)


def _statuses(policy: Policy, names: Names, clauses: Clauses) -> Iterator[StatusText]:
    for status, enter, exit_ in zip(policy.version.statuses, policy.enters, policy.exits, strict=True):
        facts = []
        if status.minimum_stay:
            facts.append(words.minimum_stay(status.minimum_stay))
        if status.review_every:
            facts.append(words.review(status.review_every))
        if status.outstays_after:
            facts.append(words.outstays(status.outstays_after))
        if status.binding:
            facts.append(words.binding())
        yield StatusText(
            status.id,
            names.badge(status.id),
            status.colour or "none",
            status.meaning,
            None if enter is None else clauses.of(enter),
            None if exit_ is None else clauses.of(exit_),
            tuple(Line(*fact) for fact in facts),
        )


def _triggers(framework: Framework, policy: Policy, names: Names, day: datetime.date) -> Table | None:
    version = policy.version
    regions = sorted(names.organisation.regions, key=lambda region: region.name)
    rows, plain = [], []
    for id_, trigger in version.trigger_points.items():
        own = []
        for region in regions:
            entry = framework.entry(region.id, day)
            value = None if entry is None else entry.trigger_points.get(id_)
            if value is not None:
                own.append((region.name, names.trigger_value(id_, number_text(value))))
        bounds, limits = words.nobody_moves(), ("", "")
        if trigger.regions is not None:
            limits = low, high = number_text(trigger.regions.from_), number_text(trigger.regions.to)
            bounds = words.bounds(names.trigger_value(id_, low), names.trigger_value(id_, high))
        source = names.source(trigger.source)
        basis = words.basis(
            published=trigger.basis == "published", source=None if source is None else source.text
        )
        default = names.trigger_value(id_, number_text(trigger.default))
        rows.append((names.trigger_title(id_), default, bounds, words.set_by(own), basis))
        numbers = (number_text(trigger.default), trigger.unit or "", *limits)
        plain.append((names.trigger_title(id_), *numbers, words.set_by(own), basis))
    if not rows:
        return None
    title, usual, may_set, *rest = columns = words.trigger_columns(names.group)
    heads = (title, usual, tables.unit(), tables.low(may_set), tables.high(may_set), *rest)
    return Table(_(words.TRIGGERS_CAPTION), columns, tuple(rows), Data(heads, tuple(plain)))


def _duties(names: Names) -> tuple[DutyPart, ...]:
    grouped: dict[str | None, list[Duty]] = {}
    for activity in names.version.activities:
        if activity.mandatory is not None:
            duty = Duty(
                names.activity_title(activity.id),
                sentence(activity.mandatory.because),
                names.source(activity.mandatory.source),
            )
            grouped.setdefault(names.part(activity.id), []).append(duty)
    return tuple(DutyPart(title, tuple(items)) for title, items in grouped.items())


def _levels(policy: Policy, names: Names, clauses: Clauses) -> Iterator[Level]:
    """The reductions by the status from which they begin, least severe first."""
    for status in policy.version.status_ids:
        grouped: dict[str | None, list[Reducible]] = {}
        for one in policy.reductions:
            if one.reduction.from_ == status:
                when = None if one.when is None else clauses.of(one.when)
                made = _reducible(one.activity, one.reduction, names, when)
                grouped.setdefault(names.part(one.activity.id), []).append(made)
        if grouped:
            parts = tuple(ReduciblePart(title, tuple(items)) for title, items in grouped.items())
            yield Level(status, words.from_status(names.status(status)), parts)


def _reducible(activity: Activity, reduction: Reduction, names: Names, when: Clause | None) -> Reducible:
    releases = reduction.releases
    told = None
    if releases is not None:
        told = names.released(
            {
                "minutes": number_text(releases.minutes),
                "per": releases.per,
                "every": releases.every,
                "basis": releases.basis,
            }
        )
    limits = words.limits(
        reduction.floor,
        names.cohorts(reduction.except_),
        names.cohorts(reduction.only),
        reduction.review_every,
        reduction.lapses_after,
        told,
    )
    return Reducible(
        names.activity_title(activity.id),
        activity.usual,
        _(words.STRENGTHS.get(reduction.strength, words.STRENGTHS["may"])),
        sentence(reduction.do),
        tuple(Line(*limit) for limit in limits),
        when,
        names.source(reduction.source),
    )


def _measures(names: Names) -> Table | None:
    rows = []
    for id_, measure in names.version.measures.items():
        how = measure.formula or (words.points(names.figure(measure.points.of)) if measure.points else "")
        rows.append((names.figure(id_), " ".join(how.split()), words.decimals(measure.decimals)))
    if not rows:
        return None
    return Table(_(words.MEASURES_CAPTION), tuple(map(_, words.MEASURES_COLUMNS)), tuple(rows))
