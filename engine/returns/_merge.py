"""Rows of one PDU and day brought together to one return. The order of the rows changes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.returns._rows import PlaceOf
from rules.figures import Figure, Return
from rules.model._fields import number_text
from rules.problems import Problem
from rules.said import said
from rules.suggestions import safe

Key = tuple[str, datetime.date]
"""A PDU's id and a day: what there is one return of."""


@dataclass(slots=True)
class Line:
    """A row that was judged. `thing` is as in `Entry`."""

    number: int
    thing: str | None
    figures: dict[str, Figure]
    annotations: dict[str, str]

    def says_the_same(self, other: Line) -> bool:
        """Whether two rows are identical, however their numbers are written."""
        return self.figures == other.figures and self.annotations == other.annotations


@dataclass(slots=True)
class Merged:
    """What became of the rows for one PDU and day."""

    figures: dict[str, Figure] = field(default_factory=dict)
    texts: dict[str, set[str]] = field(default_factory=dict)
    repeats: list[tuple[Line, Line]] = field(default_factory=list)
    clashes: list[tuple[Line, Problem]] = field(default_factory=list)

    def as_return(self, key: Key) -> Return:
        """The return; the texts of several rows stand side by side."""
        annotations = {name: "; ".join(sorted(self.texts[name])) for name in sorted(self.texts)}
        return Return(*key, dict(sorted(self.figures.items())), annotations)


def merge(key: Key, lines: Iterable[Line], place: PlaceOf) -> Merged:
    """Merge the rows: an identical one counts once, a different one about the same thing is a clash."""
    merged = Merged()
    taken: dict[object, Line] = {}
    giver: dict[str, Line] = {}
    for line in lines:
        about: object = line.thing
        if about is None:
            about = (frozenset(line.figures.items()), frozenset(line.annotations.items()))
        first = taken.setdefault(about, line)
        if first is not line and first.says_the_same(line):
            merged.repeats.append((first, line))
            continue
        if first is line and line.thing is None:
            other = next(
                (name for name in line.figures if _differs(name, merged.figures, line.figures)), None
            )
            first = giver[other] if other is not None else line
        if first is not line:
            merged.clashes.append((line, _clash(key, first, line, place)))
            continue
        merged.figures.update(line.figures)
        if line.thing is None:
            giver.update((name, line) for name in line.figures if name not in giver)
        for name, text in line.annotations.items():
            merged.texts.setdefault(name, set()).add(text)
    return merged


def _differs(name: str, one: dict[str, Figure], other: dict[str, Figure]) -> bool:
    return name in one and one[name] != other[name]


def _clash(key: Key, first: Line, second: Line, place: PlaceOf) -> Problem:
    """Two rows say different things of one thing; the problem stands at the first difference."""
    one, other = first.figures | first.annotations, second.figures | second.annotations
    if second.thing is None:
        name = next(name for name in second.figures if _differs(name, first.figures, second.figures))
    else:
        name = next(name for name in (*other, *one) if one.get(name) != other.get(name))
    message = _two_rows(
        second.thing,
        _shown(one.get(name)),
        _shown(other.get(name)),
        {"pdu": key[0], "day": key[1], "name": name, "row": first.number},
    )
    hint = said("Keep one of them.")
    return Problem("PF512", message, place(second.number, name), hint, (place(first.number, name),))


def _two_rows(thing: str | None, one: str | None, other: str | None, where: dict[str, Any]) -> str:
    """What is wrong. `one` and `other` are what the rows say, None where that is nothing."""
    if thing and one is None:
        return said(
            "{pdu} has two different rows for the {thing} on {day}: "
            "{name} is not given in row {row} and {other} here.",
            **where,
            thing=thing,
            other=other,
        )
    if thing and other is None:
        return said(
            "{pdu} has two different rows for the {thing} on {day}: "
            "{name} is {one} in row {row} and not given here.",
            **where,
            thing=thing,
            one=one,
        )
    if thing:
        return said(
            "{pdu} has two different rows for the {thing} on {day}: "
            "{name} is {one} in row {row} and {other} here.",
            **where,
            thing=thing,
            one=one,
            other=other,
        )
    if one is None:
        return said(
            "{pdu} has two different rows on {day}: {name} is not given in row {row} and {other} here.",
            **where,
            other=other,
        )
    if other is None:
        return said(
            "{pdu} has two different rows on {day}: {name} is {one} in row {row} and not given here.",
            **where,
            one=one,
        )
    return said(
        "{pdu} has two different rows on {day}: {name} is {one} in row {row} and {other} here.",
        **where,
        one=one,
        other=other,
    )


def _shown(value: Figure | None) -> str | None:
    if value is None:
        return None
    return number_text(value) if isinstance(value, Decimal) else repr(safe(value))
