"""The page on which figures and trigger points can be tried. Nothing that is tried is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reports._build import context
from reports._explanation import Explanation
from reports._names import Names
from reports._words import trying as words
from reports.language import gettext as _
from reports.pages._fields import Fault, Field, Group, faults_of
from reports.pages._return_form import figure_groups
from reports.pages._shown import Shown, Statuses
from rules.figures import Return
from rules.framework import Setting
from rules.model import Organisation, Pdu, Version
from rules.model._fields import number_text

POINT = "t-"
"""How the names of fields for trigger points begin."""


class Move(NamedTuple):
    """A unit that would have another status."""

    id: str
    name: str
    now: Shown
    tried: Shown


@dataclass(frozen=True, slots=True)
class Result:
    """What the engine would say."""

    status: Shown
    sentence: str
    today: str
    explanation: Explanation
    moves_text: str | None
    moves: tuple[Move, ...]
    yaml: str | None


@dataclass(frozen=True, slots=True)
class TryPage:
    """The units to choose from; the fields once one is chosen; the result once something was tried."""

    units: tuple[tuple[str, str], ...]
    id: str
    name: str
    day: str
    points: Group | None
    groups: tuple[Group, ...]
    faults: tuple[Fault, ...]
    result: Result | None


def try_start(organisation: Organisation, units: Sequence[Pdu]) -> TryPage:
    """The page that asks for a unit."""
    return TryPage(_choices(units), "", "", "", None, (), (), None)


def try_page(
    version: Version,
    organisation: Organisation,
    units: Sequence[Pdu],
    unit: Pdu,
    on: str,
    setting: Setting,
    typed: Mapping[str, str],
    newest: Return | None,
    problems: Mapping[str, str],
    result: Result | None,
) -> TryPage:
    """The page for a unit. `newest` is its last return, `setting` the trigger points in force, `on` the day tried."""
    names = Names({}, version, organisation)
    fields = []
    for id_, point in version.trigger_points.items():
        if point.regions is None:
            continue
        hint = words.bounds(
            *(
                names.trigger_value(id_, number_text(value))
                for value in (point.regions.from_, point.regions.to, setting.numbers[id_])
            )
        )
        name = POINT + id_
        fields.append(Field(name, names.trigger_title(id_), typed.get(name, ""), hint, problems.get(name)))
    points = (
        Group(words.points_group(organisation.group.one), _(words.POINTS_HINT), tuple(fields))
        if fields
        else None
    )
    groups = tuple(figure_groups(version, names, typed, newest, problems))
    every = [*fields, *(one for group in groups for one in group.fields)]
    known = {one.name for one in every}
    others = [text for name, text in problems.items() if name not in known]
    return TryPage(_choices(units), unit.id, unit.name, on, points, groups, faults_of(every, others), result)


def try_result(
    decision: Mapping[str, Any],
    version: Version,
    organisation: Organisation,
    unit: Pdu,
    now: str | None,
    others: Sequence[tuple[Pdu, str, str]] | None,
    yaml: str | None,
) -> Result:
    """What was found. `now` is the status today; `others` have the units of the region with both statuses."""
    statuses = Statuses(version, organisation)
    tried = statuses[decision["status"]]
    today = (
        ""
        if now is None
        else words.same(tried.word)
        if now == decision["status"]
        else words.differs(statuses[now].word)
    )
    moves = tuple(
        Move(one.id, one.name, statuses[before], statuses[after])
        for one, before, after in others or ()
        if before != after
    )
    region = next(one.name for one in organisation.regions if one.id == unit.region)
    return Result(
        tried,
        words.result(unit.name, tried.word, decision["since"]),
        today,
        context(decision, version, organisation),
        None if others is None else words.moves(region, len(moves), len(others), organisation.unit.many),
        moves,
        yaml,
    )


def _choices(units: Sequence[Pdu]) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.name) for one in sorted(units, key=lambda one: one.name.casefold()))
