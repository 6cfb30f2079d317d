"""The pages on which a person declares a status, sets the framework aside, or ends either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from reports._explanation import Line
from reports._format import day
from reports._names import Names
from reports._words import acting as words
from reports.language import gettext as _
from reports.pages._fields import Fault, Field, faults_of
from reports.pages._shown import Shown, Statuses
from rules.model import Organisation, Version

Kind = Literal["declaration", "suspension"]


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom it is: a unit, a region, or everyone. Its forms lie below `path`, and `back` is its own page."""

    name: str
    path: str
    back: str
    pdu: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class EventForm:
    """The form. `renewable` are activities whose reductions can be started again, with those that are chosen."""

    kind: Kind
    title: str
    whom: Whom
    intro: str
    fields: tuple[Field, ...]
    reason: Field
    renewable: tuple[tuple[str, str, bool], ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class EventCheck:
    """What would be recorded, to be looked at once more."""

    title: str
    path: str
    back: str
    lines: tuple[Line, ...]
    button: str
    kept: tuple[tuple[str, str], ...]


class Standing(NamedTuple):
    """A declaration or suspension that stands, in words."""

    id: str
    kind: Kind
    status: Shown | None
    title: str
    lines: tuple[Line, ...]


def event_form(
    kind: Kind,
    version: Version,
    organisation: Organisation,
    whom: Whom,
    typed: Mapping[str, str],
    renew: Iterable[str],
    problems: Mapping[str, str],
) -> EventForm:
    """The form for a declaration or a suspension."""
    statuses = Statuses(version, organisation)
    declares = kind == "declaration"
    options = (("", _(words.CHOOSE)), *((id_, statuses[id_].word) for id_ in version.status_ids))
    fields = [
        *([_field("status", _(words.STATUS), typed, problems, options=options)] if declares else []),
        _field("from", _(words.FROM), typed, problems, _(words.DAY_HINT)),
        _field("until", _(words.UNTIL), typed, problems, _(words.DAY_HINT if declares else words.OPEN_HINT)),
    ]
    roles = version.declarations.by if version.declarations is not None and declares else ""
    fields.append(_field("by", _(words.BY), {"by": roles, **typed}, problems, _(words.BY_HINT)))
    reason = _field("reason", _(words.REASON), typed, problems, _(words.REASON_HINT))
    chosen = set(renew)
    names = Names({}, version, organisation)
    lapsing = [
        one.id for one in version.activities if any(each.lapses_after for each in one.reductions or ())
    ]
    renewable = tuple((id_, names.activity_title(id_), id_ in chosen) for id_ in lapsing) if declares else ()
    known = {one.name for one in (*fields, reason)}
    others = [text for name, text in problems.items() if name not in known]
    return EventForm(
        kind,
        words.event_title(kind, whom.name),
        whom,
        words.event_intro(kind),
        tuple(fields),
        reason,
        renewable,
        faults_of((*fields, reason), others),
    )


def event_check(
    kind: Kind,
    version: Version,
    organisation: Organisation,
    whom: Whom,
    event: Mapping[str, Any],
    kept: Sequence[tuple[str, str]],
) -> EventCheck:
    """The page that asks to confirm a declaration or a suspension."""
    return EventCheck(
        words.check_title(kind, whom.name),
        whom.path,
        whom.back,
        _lines(event, Statuses(version, organisation), Names({}, version, organisation)),
        _(words.RECORD[kind]),
        tuple(kept),
    )


def standing(
    version: Version, organisation: Organisation, told: Iterable[Mapping[str, Any]]
) -> tuple[Standing, ...]:
    """Declarations and suspensions in words, in the order in which they are given."""
    statuses, names = Statuses(version, organisation), Names({}, version, organisation)
    units = {one.id: one.name for one in organisation.pdus}
    regions = {one.id: one.name for one in organisation.regions}
    found = []
    for event in told:
        whom = units.get(event["pdu"] or "") or regions.get(event["region"] or "") or _(words.EVERYONE)
        status = statuses[event["status"]] if event["kind"] == "declaration" else None
        title = words.event_stands(event["kind"], whom)
        found.append(Standing(event["id"], event["kind"], status, title, _lines(event, statuses, names)))
    return tuple(found)


def _lines(event: Mapping[str, Any], statuses: Statuses, names: Names) -> tuple[Line, ...]:
    found = []
    if event.get("status"):
        found.append(Line(_(words.STATUS), statuses[event["status"]].word))
    found.append(Line(_(words.FROM), day(event["from"])))
    until = event.get("in_force_until", event["until"])
    found.append(Line(_(words.UNTIL), _(words.OPEN) if until is None else day(until)))
    found.append(Line(_(words.BY), event["by"]))
    found.append(Line(_(words.REASON), event["reason"]))
    if event.get("renew"):
        found.append(Line(_(words.RENEWS), "; ".join(map(names.activity_title, event["renew"]))))
    return tuple(found)


def _field(
    name: str,
    label: str,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    hint: str | None = None,
    options: tuple[tuple[str, str], ...] = (),
) -> Field:
    return Field(name, label, typed.get(name, ""), hint, problems.get(name), options)


@dataclass(frozen=True, slots=True)
class EndForm:
    """The form that ends one of them."""

    one: Standing
    last_day: Field
    reason: Field
    faults: tuple[Fault, ...]


def end_form(one: Standing, typed: Mapping[str, str], problems: Mapping[str, str]) -> EndForm:
    """The form that ends a declaration or a suspension."""
    last_day = _field("last_day", _(words.LAST_DAY), typed, problems, _(words.LAST_DAY_HINT))
    reason = _field("reason", _(words.END_REASON), typed, problems, _(words.REASON_HINT))
    others = [text for name, text in problems.items() if name not in ("last_day", "reason")]
    return EndForm(one, last_day, reason, faults_of((last_day, reason), others))
