"""Who owes a return, and whose figures look wrong: as a table, CSV, Markdown or JSON, by region."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Literal, NamedTuple

from engine.owing import KINDS, Owed, Owing
from reports._format import capital
from reports._words import owing as words
from reports.language import ENGLISH, speaking
from rules.model import Organisation, Pdu

Form = Literal["table", "csv", "json", "markdown"]
COLUMNS = ("region", "pdu", "name", "contact", "kind", "newest", "due", "days", "figure", "says")
SHORT = words.SHORT
"""What is owed in two or three words, to be translated where it is shown."""


def heads() -> tuple[str, str]:
    """The headings of a table for people: what is owed in short, and as a sentence."""
    return words.heads()


def says(owed: Owed) -> str:
    """What is owed, as a sentence."""
    details, newest = owed.details, owed.newest
    match owed.kind:
        case "missing":
            return words.missing(owed.due)
        case "stale":
            return words.stale(newest, owed.due, details["stale_after"])
        case "late":
            return words.late(newest, owed.due, owed.days or 0)
        case "not_given":
            told = words.not_given if details["how"] == "missing" else words.unfit
            return told(owed.figure, newest)
        case "jump":
            return words.jump(owed.figure, newest, details)
        case _:
            return words.unchanged(owed.figure, details)


class Line(NamedTuple):
    """One line of a list for people: figures that one return lacks stand together."""

    pdu: Pdu
    kind: str
    says: str


def told_lines(owed: Sequence[Owed]) -> Iterator[Line]:
    """What a region owes, a line for each thing to ask about."""
    for _key, group in groupby(owed, key=lambda one: (one.pdu.id, _together(one))):
        first, *others = found = list(group)
        text = says(first)
        if others:
            text = words.several_not_given([str(one.figure) for one in found], first.newest)
        yield Line(first.pdu, first.kind, text)


def _together(owed: Owed) -> str:
    """What is told in one line: the figures that are not given."""
    if owed.kind == "not_given" and owed.details["how"] == "missing":
        return "not_given"
    return f"{owed.kind} {owed.figure}"


def summary(found: Owing, organisation: Organisation) -> Iterator[str]:
    """How many owe what, in sentences."""
    told = found.document()
    units = organisation.unit.one if found.units == 1 else organisation.unit.many
    yield words.counted(found.as_of, found.units, units, told["fine"])
    counts = [f"{words.within(kind)} {number}" for kind, number in told["counts"].items() if number]
    if counts:
        yield f"{capital('; '.join(counts))}."


def tell(found: Owing, organisation: Organisation, form: Literal["csv", "json", "markdown"]) -> str:
    """The list as text."""
    if form == "json":
        return json.dumps(document(found), ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _csv(found)
    return "\n".join(_markdown(found, organisation)) + "\n"


def document(found: Owing) -> dict[str, Any]:
    """The list as plain values for a program, with the sentence of each entry under `says`, in English always."""
    told = found.document()
    with speaking(ENGLISH):
        for (_region, owed), region in zip(found.regions, told["regions"], strict=True):
            for one, entry in zip(owed, region["owed"], strict=True):
                entry["says"] = says(one)
    return told


def _csv(found: Owing) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for region, owed in found.regions:
        for one in owed:
            told = {**one.as_dict(), "region": region.id, "says": says(one)}
            writer.writerow("" if told[key] is None else told[key] for key in COLUMNS)
    return text.getvalue()


def _markdown(found: Owing, organisation: Organisation) -> Iterator[str]:
    yield f"# {words.title(found.as_of)}"
    yield ""
    yield " ".join(summary(found, organisation))
    for region, owed in found.regions:
        if not owed:
            continue
        yield ""
        yield f"## {_escaped(region.name)}"
        yield ""
        if region.contact:
            yield words.ask(_escaped(region.contact))
            yield ""
        for one in sorted(told_lines(owed), key=lambda one: KINDS.index(one.kind)):
            ask = f" {words.ask(_escaped(one.pdu.contact))}." if one.pdu.contact else ""
            yield f"- [ ] **{_escaped(one.pdu.name)}**: {words.within(one.kind)}. {_escaped(one.says)}{ask}"


def _escaped(text: str) -> str:
    """A text in which Markdown sees nothing of its own."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in " ".join(text.split()))
