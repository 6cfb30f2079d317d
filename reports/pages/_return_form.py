"""The form for a unit's figures, made from the inputs of a version; and the page that asks to confirm them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports._explanation import Table
from reports._format import day, plain, quantity
from reports._names import Names
from reports._words import acting as words
from reports.language import gettext as _
from reports.pages._fields import Fault, Field, Group, faults_of
from rules.figures import Return, figure_key
from rules.model import Input, Organisation, Pdu, Version


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """The form. `corrects` says that there is a return for this day already."""

    id: str
    name: str
    day: Field
    note: Field
    groups: tuple[Group, ...]
    corrects: str | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ReturnCheck:
    """What would be recorded, to be looked at once more. `kept` are the fields as they were typed.

    Where it replaces a return, `corrects` says so, and `changed` how many figures are others.
    """

    id: str
    name: str
    day: str
    corrects: str | None
    changed: str | None
    table: Table
    kept: tuple[tuple[str, str], ...]


def field_name(key: str) -> str:
    """The name of a figure's field: `f-in_post_fte-PO`."""
    input_id, _, member = key.partition("[")
    return f"f-{input_id}-{member[:-1]}" if member else f"f-{input_id}"


def keys_of(version: Version) -> Iterator[str]:
    """The figures that a return of a version may carry, in the order of the document."""
    for id_, spec in version.inputs.items():
        if spec.per is None:
            yield id_
        else:
            yield from (figure_key(id_, member) for member in version.lists.get(spec.per, ()))


def return_form(
    version: Version,
    organisation: Organisation,
    unit: Pdu,
    on: str,
    typed: Mapping[str, str],
    recorded: Return | None,
    before: Return | None,
    problems: Mapping[str, str],
    others: Sequence[str] = (),
) -> ReturnForm:
    """The form of a unit for a day. `typed` are values by field; `before` is the newest earlier return, as a hint."""
    names = Names({}, version, organisation)
    groups = tuple(figure_groups(version, names, typed, before, problems))
    when = Field("day", _(words.DAY), on, _(words.DAY_HINT), problems.get("day"))
    note = Field("note", _(words.NOTE), typed.get("note", ""), _(words.NOTE_HINT), problems.get("note"))
    every = [when, *(one for group in groups for one in group.fields), note]
    corrects = None if recorded is None else words.corrects(recorded.as_of)
    return ReturnForm(unit.id, unit.name, when, note, groups, corrects, faults_of(every, others))


def return_check(
    version: Version,
    organisation: Organisation,
    unit: Pdu,
    on: datetime.date,
    given: Return,
    recorded: Return | None,
    kept: Sequence[tuple[str, str]],
) -> ReturnCheck:
    """What would be recorded, beside what is recorded for that day now."""
    names = Names({}, version, organisation)
    keys = tuple(keys_of(version))
    rows = [(names.figure(key), _shown(given.texts.get(key), names.unit_of(key))) for key in keys]
    note, before = (_note(one) for one in (given, recorded))
    if note or before:
        rows.append((_(words.THE_NOTE), note or _(words.NOT_GIVEN)))
    caption = words.check_caption(unit.name, on)
    if recorded is None:
        table = Table(caption, tuple(map(_, words.CHECK_COLUMNS)), tuple(rows))
        return ReturnCheck(unit.id, unit.name, day(on), None, None, table, tuple(kept))
    differ = [given.texts.get(key) != recorded.texts.get(key) for key in keys]
    further = [
        (_shown(recorded.texts.get(key), names.unit_of(key)), _(words.CHANGED if differs else words.SAME))
        for key, differs in zip(keys, differ, strict=True)
    ]
    if note or before:
        further.append((before or _(words.NOT_GIVEN), _(words.CHANGED if note != before else words.SAME)))
    whole = tuple((*row, *more) for row, more in zip(rows, further, strict=True))
    table = Table(caption, tuple(map(_, words.CORRECT_COLUMNS)), whole)
    corrects, changed = words.corrects(recorded.as_of), words.changed(sum(differ))
    return ReturnCheck(unit.id, unit.name, day(on), corrects, changed, table, tuple(kept))


def _note(given: Return | None) -> str:
    return "" if given is None else given.annotations.get("note", "")


def figure_groups(
    version: Version,
    names: Names,
    typed: Mapping[str, str],
    before: Return | None,
    problems: Mapping[str, str],
) -> Iterator[Group]:
    """The fields of a version's inputs, those of a list together."""
    single: list[Field] = []
    for id_, spec in version.inputs.items():
        if spec.per is None:
            single.append(_field(id_, spec, names.figure(id_), typed, before, problems))
            continue
        members = version.lists.get(spec.per, {})
        fields = tuple(
            _field(figure_key(id_, member), spec, title, typed, before, problems)
            for member, title in members.items()
        )
        yield Group(
            names.figure(id_), words.unit_hint(spec.unit, has_default=spec.default is not None), fields
        )
    if single:
        yield Group(_(words.OTHERS), None, tuple(single))


def _field(
    key: str,
    spec: Input,
    label: str,
    typed: Mapping[str, str],
    before: Return | None,
    problems: Mapping[str, str],
) -> Field:
    name = field_name(key)
    last = None if before is None else before.texts.get(key)
    hint = None if last is None or before is None else words.last_time(_shown(last, None), before.as_of)
    options = tuple((one, plain(one)) for one in spec.values) if spec.values is not None else ()
    if options:
        options = (("", _(words.NOT_GIVEN)), *options)
    if spec.per is None and spec.unit and not options:
        label = f"{label} ({spec.unit})"
    return Field(name, label, typed.get(name, ""), hint, problems.get(name), options)


def _shown(text: str | None, unit: str | None) -> str:
    if text is None:
        return _(words.NOT_GIVEN)
    return quantity(text, unit) if text.lstrip("-").replace(".", "", 1).isdigit() else plain(text)
