"""Who owes a return, and whose figures look wrong: as a table, CSV, Markdown or JSON, by region."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Literal, NamedTuple

from engine.owing import KINDS, Owed, Owing
from rules.model import Organisation, Pdu

Form = Literal["table", "csv", "json", "markdown"]
COLUMNS = ("region", "pdu", "name", "contact", "kind", "newest", "due", "days", "figure", "says")
SHORT: Mapping[str, str] = {
    "missing": "No return yet",
    "stale": "Too old",
    "late": "Late",
    "not_given": "Figure missing",
    "jump": "Figure jumped",
    "unchanged": "Figure stands still",
}


def says(owed: Owed) -> str:
    """What is owed, as a sentence."""
    details, newest = owed.details, owed.newest
    if owed.kind == "missing":
        return f"No return has come since {owed.due}, the first day that one was due."
    if owed.kind == "stale":
        limit = f"older than the {details['stale_after']} days that figures count"
        return f"The newest return is of {newest}, {limit}. One was due on {owed.due}."
    if owed.kind == "late":
        return f"A return was due on {owed.due}, {_days(owed.days)} ago. The newest is of {newest}."
    if owed.kind == "not_given":
        if details["how"] == "missing":
            return f"Decisions need {owed.figure}, and the return of {newest} does not give it."
        return (
            f"Decisions need {owed.figure}, and what the return of {newest} gives does not fit the framework."
        )
    if owed.kind == "jump":
        change = f"from {details['before']} on {details['before_as_of']} to {details['value']} on {newest}"
        largest = f"its largest change in {details['changes']} returns before was {details['largest']}"
        return f"{owed.figure} went {change}; {largest}. Check it."
    others = "" if details["others_changed"] else ", and nor has anything else"
    since = f"in {details['returns']} returns, since {details['since']}"
    return f"{owed.figure} has not changed {since}{others}. Most others' have. Check it."


class Line(NamedTuple):
    """One line of a list for people: figures that one return lacks stand together."""

    pdu: Pdu
    kind: str
    says: str


def told_lines(owed: Sequence[Owed]) -> Iterator[Line]:
    """What a region owes, a line for each thing to ask about."""
    for _, group in groupby(owed, key=lambda one: (one.pdu.id, _together(one))):
        first, *others = found = list(group)
        text = says(first)
        if others:
            figures = [str(one.figure) for one in found]
            listed = f"{', '.join(figures[:-1])} and {figures[-1]}"
            text = f"Decisions need {listed}, and the return of {first.newest} does not give them."
        yield Line(first.pdu, first.kind, text)


def _together(owed: Owed) -> str:
    """What is told in one line: the figures that are not given."""
    if owed.kind == "not_given" and owed.details["how"] == "missing":
        return "not_given"
    return f"{owed.kind} {owed.figure}"


def _days(days: int | None) -> str:
    return "1 day" if days == 1 else f"{days} days"


def summary(found: Owing, organisation: Organisation) -> Iterator[str]:
    """How many owe what, in sentences."""
    told = found.document()
    units = organisation.unit.one if found.units == 1 else organisation.unit.many
    yield f"As of {found.as_of}: {found.units} {units}, {told['fine']} with nothing to ask about."
    counts = [f"{SHORT[kind].lower()} {number}" for kind, number in told["counts"].items() if number]
    if counts:
        yield f"{'; '.join(counts).capitalize()}."


def tell(found: Owing, organisation: Organisation, form: Literal["csv", "json", "markdown"]) -> str:
    """The list as text."""
    if form == "json":
        return json.dumps(document(found), ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _csv(found)
    return "\n".join(_markdown(found, organisation)) + "\n"


def document(found: Owing) -> dict[str, Any]:
    """The list as plain values, with the sentence of each entry under `says`."""
    told = found.document()
    for (_, owed), region in zip(found.regions, told["regions"], strict=True):
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
    yield f"# Returns owed, as of {found.as_of}"
    yield ""
    yield " ".join(summary(found, organisation))
    for region, owed in found.regions:
        if not owed:
            continue
        yield ""
        yield f"## {_escaped(region.name)}"
        yield ""
        if region.contact:
            yield f"Ask: {_escaped(region.contact)}"
            yield ""
        for one in sorted(told_lines(owed), key=lambda one: KINDS.index(one.kind)):
            ask = f" Ask: {_escaped(one.pdu.contact)}." if one.pdu.contact else ""
            yield f"- [ ] **{_escaped(one.pdu.name)}**: {SHORT[one.kind].lower()}. {_escaped(one.says)}{ask}"


def _escaped(text: str) -> str:
    """A text in which Markdown sees nothing of its own."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|" else one for one in " ".join(text.split()))
