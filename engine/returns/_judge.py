"""Is an entry fit to be used: its PDU, its day, and every figure by what its input takes on that day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from engine.returns._cells import day_of, figure_of, word_of
from engine.returns._rows import Cell, Entry, Reading, Unusable
from rules.figures import Figure, FigureSpec, Misfit, Vocabulary, figure_key
from rules.model import Organisation, Pdu
from rules.problems import Problem
from rules.said import said
from rules.suggestions import Suggestions, safe

# Without a day it is not known which version judges a figure, only whether it is one at all.
_UNREADABLE = ("PF508", "PF511", "PF517")


@dataclass(slots=True)
class _Slot:
    """How a figure is taken on a day: its key, its input, and what was made of each distinct cell so far."""

    key: str
    spec: FigureSpec
    values: dict[Cell, Figure | Misfit]
    misplaced: Misfit | None


class Judge:
    """Judges entries; what is wrong is added to the entry's own faults."""

    def __init__(
        self, vocabulary: Vocabulary, organisation: Organisation, today: datetime.date, reading: Reading
    ) -> None:
        self._vocabulary, self._organisation, self._today, self._reading = (
            vocabulary,
            organisation,
            today,
            reading,
        )
        self.unit = organisation.unit.one
        """What a unit is called."""
        self._inputs, self._lists = vocabulary.inputs, vocabulary.lists
        self._units = {pdu.id: pdu for pdu in organisation.pdus}
        names = {name: pdu.id for pdu in organisation.pdus for name in (pdu.name, pdu.code) if name}
        self._suggestions = Suggestions(self._units, names)
        self._members = {list_id: Suggestions(ids) for list_id, ids in self._lists.items()}
        self._slots: dict[tuple[str, str | None, str | None, datetime.date | None], _Slot] = {}
        self._values: dict[int, dict[Cell, Figure | Misfit]] = {}
        self._days: dict[Cell, datetime.date | Misfit] = {}

    def unit_and_day(self, entry: Entry) -> tuple[Pdu | None, datetime.date | None]:
        """The PDU and the day of an entry, as far as they can be read."""
        pdu, day = self._pdu(entry), self._day(entry)
        if day is not None and day > self._today + datetime.timedelta(days=1):
            message = said("{day} is still to come; today is {today}.", day=day, today=self._today)
            self._tell(entry, "as_of", Misfit("PF506", message, said("Send figures of today or earlier.")))
        if pdu is not None and day is not None and not pdu.exists_on(day):
            self._tell(entry, "as_of", _not_there(pdu, day, self._organisation))
        return pdu, day

    def figures(self, entry: Entry, day: datetime.date | None) -> dict[str, Figure]:
        """The figures of an entry that are fit."""
        figures: dict[str, Figure] = {}
        slots, reading = self._slots, self._reading
        for input_id, list_id, member, cell in entry.figures:
            slot = slots.get((input_id, list_id, member, day)) or self._slot(input_id, list_id, member, day)
            if cell is None:
                if slot.misplaced is not None:
                    self._tell(entry, slot.key, slot.misplaced)
                continue
            value = slot.values.get(cell)
            if value is None:
                value = figure_of(cell, slot.spec, loose=reading.loose, binary=reading.binary)
                slot.values[cell] = value
            if slot.misplaced is not None:
                self._tell(entry, slot.key, slot.misplaced)
            elif not isinstance(value, Misfit):
                figures[slot.key] = value
            elif day is not None or value.code in _UNREADABLE:
                self._tell(entry, slot.key, value)
        return figures

    def annotations(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """The texts that explain the entry."""
        for name, cell in entry.annotations:
            if cell is None:
                continue
            text = cell.isoformat() if isinstance(cell, datetime.date) else word_of(cell, loose=True)
            if text is None or text != text.encode("utf-8", "replace").decode():
                message = (
                    said("{name} takes a text, not {shown}.", name=name, shown=cell.shown)
                    if isinstance(cell, Unusable)
                    else said("{name} takes a text, not half a character.", name=name)
                )
                self._tell(entry, name, Misfit("PF501", message, said("Write some words.")))
            elif text.strip():
                yield name, text.strip()

    def _tell(self, entry: Entry, name: str, misfit: Misfit) -> None:
        place = self._reading.place(entry.number, name)
        entry.faults.append(Problem(misfit.code, misfit.message, place, misfit.hint))

    def _pdu(self, entry: Entry) -> Pdu | None:
        cell = entry.pdu
        if cell is None:
            message = said("There is no {unit} here.", unit=self.unit)
            self._tell(entry, "pdu", Misfit("PF503", message, self._write_id()))
            return None
        word = word_of(cell, loose=self._reading.loose)
        if word is None:
            self._tell(entry, "pdu", Misfit("PF504", _no_id("pdu", cell), self._write_id()))
        elif word in self._units:
            return self._units[word]
        else:
            message = said("There is no {unit} {id}.", unit=self.unit, id=repr(safe(word)))
            hint = self._suggestions.hint(word) or said("Look up its id in the organisation's file.")
            self._tell(entry, "pdu", Misfit("PF504", message, hint))
        return None

    def _write_id(self) -> str:
        return said("Write the id of the {unit}.", unit=self.unit)

    def _day(self, entry: Entry) -> datetime.date | None:
        cell = entry.as_of
        if cell is None:
            hint = said("Write it as {example}.", example="2022-08-03")
            self._tell(entry, "as_of", Misfit("PF503", said("There is no day here."), hint))
            return None
        day = self._days.get(cell)
        if day is None:
            day = self._days[cell] = day_of(cell)
        if isinstance(day, Misfit):
            self._tell(entry, "as_of", day)
            return None
        return day

    def _slot(
        self, input_id: str, list_id: str | None, member: str | None, day: datetime.date | None
    ) -> _Slot:
        spec = self._vocabulary.spec(input_id, day or self._today) or self._inputs[input_id]
        values = self._values.setdefault(id(spec), {})
        slot = _Slot(figure_key(input_id, member), spec, values, self._misplaced(spec, list_id, member))
        self._slots[(input_id, list_id, member, day)] = slot
        return slot

    def _misplaced(self, spec: FigureSpec, list_id: str | None, member: str | None) -> Misfit | None:
        """Why a figure does not belong where it stands, or None where it does."""
        per = spec.per
        if member is None:
            if per is None:
                return None
            hint = said("Name the {list} in the column {list}, with one row for each.", list=per)
            if not self._reading.table:
                example = f'{{"{(*spec.members, per)[0]}": 20}}'
                hint = said("Write it as {example}.", example=example)
            message = said(
                "{input} is given for each {list}, and none is named here.", input=spec.id, list=per
            )
            return Misfit("PF513", message, hint)
        if per is None and not list_id:
            message = said("{input} is not given for each member of a list.", input=spec.id)
            return Misfit("PF513", message, said("Write one number, not an object."))
        if per is None:
            message = said("{input} is not given for each {list}.", input=spec.id, list=list_id)
            return Misfit("PF513", message, said("Write it in a row with {list} left empty.", list=list_id))
        if list_id is not None and list_id != per:
            message = said(
                "{input} is given for each {list}, and this row is about a {other}.",
                input=spec.id,
                list=per,
                other=list_id,
            )
            return Misfit("PF513", message, said("Write it in the row of its {list}.", list=per))
        if list_id is None and member not in self._lists.get(per, ()):
            message = said("There is no {list} {id}.", list=per, id=repr(safe(member)))
            return Misfit("PF507", message, self._members[per].hint(member))
        return None


def _no_id(column: str, cell: Cell) -> str:
    """A cell that is no text where an id is due."""
    if isinstance(cell, Unusable):
        return said("{column} takes an id, which is a text, not {shown}.", column=column, shown=cell.shown)
    if isinstance(cell, datetime.date):
        return said("{column} takes an id, which is a text, not the day {day}.", column=column, day=cell)
    number = str(cell)[:40]
    return said(
        "{column} takes an id, which is a text, not the number {number}.", column=column, number=number
    )


def _not_there(pdu: Pdu, day: datetime.date, organisation: Organisation) -> Misfit:
    """Why a PDU has no figures on a day, and whose they would be."""
    if pdu.from_ is not None and day < pdu.from_:
        message = said("{pdu} begins on {first}, after {day}.", pdu=pdu.id, first=pdu.from_, day=day)
        others = pdu.replaces
    else:
        message = said("{pdu} ended on {last}, before {day}.", pdu=pdu.id, last=pdu.until, day=day)
        others = [
            other.id for other in organisation.pdus if pdu.id in other.replaces and other.exists_on(day)
        ]
    if not others:
        unit = organisation.unit.one
        return Misfit("PF515", message, said("Correct the day or the {unit}.", unit=unit))
    return Misfit("PF515", message, said("Send the figures of {names}.", names=reduce(_and, others)))


def _and(names: str, name: str) -> str:
    # Translators: a list of ids, and one more.
    return said("{names} and {name}", names=names, name=name)
