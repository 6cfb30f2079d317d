"""Relief made into words, once for all forms. Nothing is worked out here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.relief import Relief, document
from reports._build import tidy
from reports._deciding import deciding
from reports._explanation import Data, Label, Table
from reports._format import number, sentence
from reports._labels import labels
from reports._names import Names
from reports._page import Page
from reports._words import relief as words
from reports._words import relief_tables as tables
from reports.language import gettext as _
from rules.model import Organisation, Version

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReliefPage(Page):
    """The words of relief, in the order of the page."""

    now: Table | None
    ahead: Table | None
    rests: tuple[str, ...]


def page(found: Relief, version: Version, organisation: Organisation) -> ReliefPage:
    """The words of what was found, in the order of the page."""
    names, told = Names(found.decision, version, organisation), document(found, version)
    headline, *lead = _sentences(names, told)
    made = ReliefPage(
        title=words.title(found.decision["pdu"]["name"], told["as_of"]),
        headline=headline,
        lead=tuple(lead),
        labels=(*_labels(told), *labels(names, deciding(names))),
        about=(),
        now=_now(names, told),
        ahead=_ahead(names, told),
        rests=tuple(_rests(names, told)),
    )
    clean: ReliefPage = tidy(made)
    return clean


def _sentences(names: Names, told: Told) -> Iterator[str]:
    """What is missing, what is released, whether that is enough, and what else would be."""
    shortfall, status = told["shortfall"], names.status(told["status"])
    size, unknown = len(told["reductions"]), len(told["unknown"])
    if shortfall is None:
        because = told["because"]
        figures = names.figures(because.get("missing") or [])
        yield words.because(because["code"], names.unit, figures, because.get("as_of"))
    elif shortfall["hours"].strip("0.") in ("", "-") or shortfall["hours"].startswith("-"):
        spare = shortfall["hours"].lstrip("-")
        yield words.lacks_nothing(status, spare if spare.strip("0.") else None)
    else:
        yield words.lacks(status, shortfall["hours"])
    yield words.released(told["released"], size, partly=unknown > 0)
    if shortfall is not None and not shortfall["hours"].startswith("-") and shortfall["hours"].strip("0."):
        if told["covers"]:
            yield words.enough()
        elif told["covers"] is None:
            yield words.perhaps_enough(told["remaining"], unknown)
        elif size:
            yield words.not_enough(told["remaining"])
        if told["least"] is not None and told["least"]["activities"]:
            named = [names.activity_title(one) for one in told["least"]["activities"]]
            yield words.least(named, told["least"]["hours"])
    ahead = told["next_status"]
    if ahead is not None:
        partly = bool(ahead["unknown"])
        word = names.status(ahead["status"])
        yield words.ahead(word, len(ahead["adds"]), ahead["hours"], ahead["covers"], partly=partly)


def _labels(told: Told) -> Iterator[Label]:
    found = []
    if told["shortfall"] is not None and told["shortfall"]["basis"] != "published":
        found.append(words.SHORTFALL_NUMBERS)
    entries = [*told["reductions"], *(told["next_status"] or {}).get("adds", ())]
    if any(one["basis"] not in (None, "published") for one in entries):
        found.append(words.RELEASE_NUMBERS)
    if found:
        yield Label(*words.illustrative(found))


def _hours(text: str | None, *, partly: bool = False) -> str:
    if text is None or (partly and not text.strip("0.")):
        return tables.not_known()
    return tables.or_more(number(text)) if partly else number(text)


def _worked_out(names: Names, one: Told) -> str:
    if one["minutes"] is None:
        return tables.no_figure()
    per = one["per"]
    return tables.worked_out(
        one["minutes"], one["figure"], names.figure(per), names.unit_of(per), one["every"]
    )


def _now(names: Names, told: Told) -> Table | None:
    if not told["reductions"]:
        return None
    rows = [
        (
            one["title"],
            tables.from_status(names.status(one["from"])),
            _worked_out(names, one),
            _hours(one["hours"]),
        )
        for one in told["reductions"]
    ]
    columns = (tables.ACTIVITY, tables.FROM, tables.WORKED_OUT, tables.HOURS)
    rows.append((_(tables.TOGETHER), "", "", _hours(told["released"], partly=bool(told["unknown"]))))
    hours = [one["hours"] or "" for one in told["reductions"]]
    hours.append(rows[-1][-1] if told["unknown"] else told["released"] or "")
    return _table(_(words.NOW), tuple(map(_, columns)), rows, [(one,) for one in hours])


def _ahead(names: Names, told: Told) -> Table | None:
    ahead = told["next_status"]
    if ahead is None or not ahead["adds"]:
        return None
    rows = [
        (one["title"], _worked_out(names, one), _hours(one["hours"]), _hours(one["more"]))
        for one in ahead["adds"]
    ]
    columns = (tables.ACTIVITY, tables.WORKED_OUT, tables.HOURS, tables.MORE)
    hours = [(one["hours"] or "", one["more"] or "") for one in ahead["adds"]]
    return _table(tables.caption(names.status(ahead["status"])), tuple(map(_, columns)), rows, hours)


def _table(
    caption: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], hours: Sequence[tuple[str, ...]]
) -> Table:
    """A table with hours in its last columns: for spreadsheets they are plain numbers, and empty where not known."""
    plain = tuple((*row[: -len(own)], *own) for row, own in zip(rows, hours, strict=True))
    return Table(caption, columns, tuple(rows), Data(columns, plain))


def _rests(names: Names, told: Told) -> Iterator[str]:
    for one in told["unknown"]:
        because = one["because"]
        figures = names.figures(because.get("missing") or [])
        yield words.unknown(names.activity_title(one["activity"]), because["code"], figures)
    shortfall = told["shortfall"]
    if shortfall is not None:
        yield words.formula(shortfall["formula"])
        if shortfall["note"]:
            yield words.note(sentence(shortfall["note"]))
    for assumption in told["assumptions"]:
        figures = names.figures([one["input"] for one in assumption.get("figures", ())])
        yield words.assumption(assumption["code"], figures)
    if told["reductions"]:
        yield words.rounding()
