"""A pipeline as a table: one row for each change. Rows with the same `event` belong together."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from engine.forecast._drafts import Change, Drafts, EventDraft, PlaceOf, TrendDraft, number_of, split_key
from engine.returns._csv import read_csv
from engine.returns._rows import Cell, Row, Table
from rules.figures import Vocabulary
from rules.model._fields import ID, read_day, read_duration
from rules.problems import Findings, Place, Problem, ReturnsError, did_you_mean
from rules.suggestions import safe

COLUMNS = (
    "event", "pdu", "region", "on", "kind", "input", "change",
    "likelihood", "until", "spread", "per_week", "percent", "basis", "note",
)  # fmt: skip
"""The columns that are known, besides those of the lists."""
NEEDED = ("pdu", "input")
_OF_EVENTS = ("event", "on", "kind", "change", "likelihood", "until", "spread")
_OF_TRENDS = ("region", "per_week", "percent")
_DEFAULT_KIND = "other"
MAX_ROWS = 20_000


@dataclass(slots=True)
class _Given:
    """The cells of one row by their column, and where they stand."""

    cells: dict[str, str]
    place: PlaceOf
    number: int


def read_table(data: bytes, name: str, vocabulary: Vocabulary, findings: Findings) -> Drafts:
    """The entries of a CSV; faults of single cells go to `findings`. Raises `ReturnsError` (PF531, PF539)."""
    try:
        table = read_csv(data, name)
        rows = list(_rows(table, name, vocabulary, findings))
    except ReturnsError as error:
        raise ReturnsError(_file_fault(problem) for problem in error.problems) from None
    drafts = Drafts()
    named: dict[str, EventDraft] = {}
    for row in rows:
        given = row.cells
        if "per_week" in given or "percent" in given:
            trend = _trend(row, vocabulary, findings)
            drafts.trends += [] if trend is None else [trend]
            continue
        event = _event(row, vocabulary, findings)
        if event is None:
            continue
        first = named.setdefault(event.event, event) if event.event is not None else event
        if first is event:
            drafts.events.append(event)
        elif first.head != event.head:
            message = f"The rows of {safe(str(event.event))} say different things of one event."
            hint = "Only the figure and its change may differ. Give another event another name."
            findings.add("PF538", message, row.place("event"), hint, (first.place("event"),))
        else:
            first.changes += event.changes
    return drafts


def _file_fault(problem: Problem) -> Problem:
    if problem.code == "PF503":
        return replace(problem, code="PF531", hint=f"Begin with a line of columns: {', '.join(COLUMNS[:7])}.")
    return replace(problem, code="PF531") if problem.code == "PF501" else problem


def _rows(table: Table, name: str, vocabulary: Vocabulary, findings: Findings) -> Iterator[_Given]:
    names = [one.strip() for one in table.header]
    _check_header(names, table.header_number, name, vocabulary)
    count = 0
    for row in table.rows:
        if row.cells.count(None) == len(row.cells):
            continue
        count += 1
        if count > MAX_ROWS:
            hint = "Split the file by region."
            raise ReturnsError(
                [Problem("PF539", f"The file has more than {MAX_ROWS:,} rows.", Place(name), hint)]
            )
        place = partial(_cell, name, row.number, names)
        if _fits(row, names, place, findings):
            cells = {
                key: cell
                for key, cell in zip(names, row.cells, strict=False)
                if isinstance(cell, str) and key
            }
            yield _Given(cells, place, row.number)


def _cell(file: str, number: int, names: Sequence[str], column: str) -> Place:
    at = names.index(column) + 1 if column in names else 1
    return Place(file, number, at, f"row {number}, {column}")


def _check_header(names: list[str], number: int, file: str, vocabulary: Vocabulary) -> None:
    """Raise `ReturnsError` with everything that is wrong with the header (PF531)."""
    problems = []
    known = [*COLUMNS, *vocabulary.lists]
    for index, name in enumerate(names):
        place = Place(file, number, index + 1, safe(name))
        if name and name in names[:index]:
            first = Place(file, number, names.index(name) + 1, safe(name))
            message = f"The column {safe(name)} stands twice."
            problems.append(Problem("PF531", message, place, "Remove one of the two.", (first,)))
        elif name and name not in known:
            message = f"There is no column {safe(name)!r}."
            problems.append(Problem("PF531", message, place, did_you_mean(name, known)))
    for name in NEEDED:
        if name not in names:
            message = f"The column {name} is missing."
            problems.append(Problem("PF531", message, Place(file, number), f"Add {name} to the header."))
    if problems:
        raise ReturnsError(problems)


def _fits(row: Row, names: Sequence[str], place: PlaceOf, findings: Findings) -> bool:
    """Whether every cell stands in a column with a name, and none is missing."""
    for index, cell in enumerate(row.cells):
        if cell is not None and (index >= len(names) or not names[index]):
            at = Place(place("pdu").file, row.number, index + 1, f"row {row.number}")
            message = f"{_shown(cell)!r} stands in a column without a name."
            findings.add("PF531", message, at, "Look for a comma too many in this row, or name the column.")
            return False
    if len(row.cells) < len(names):
        at = Place(place("pdu").file, row.number, max(len(row.cells), 1), f"row {row.number}, end of row")
        message = f"The row has {len(row.cells)} cells, and the header has {len(names)}."
        findings.add("PF531", message, at, "Write an empty cell where nothing is given.")
        return False
    return True


def _shown(cell: Cell) -> str:
    return safe(str(cell))


def _member(row: _Given, vocabulary: Vocabulary, findings: Findings) -> tuple[str, str | None, Place] | None:
    """The input of a row, its member and where the member stands; None where the row says no single one."""
    text = row.cells.get("input")
    if text is None:
        findings.add("PF530", "The input is missing.", row.place("input"), "Write which figure changes.")
        return None
    input_id, member = split_key(text)
    place = row.place("input")
    lists = [name for name in vocabulary.lists if name in row.cells]
    if len(lists) + (member is not None) > 1:
        where = row.place(lists[-1])
        findings.add("PF534", "The row names two members.", where, "Write a row for each of the two.")
        return None
    if lists:
        spec = vocabulary.inputs.get(input_id)
        if spec is not None and spec.per != lists[0]:
            takes = f"is given by {spec.per}" if spec.per else "has no members"
            message = f"{input_id} {takes}, and the row names a {lists[0]}."
            findings.add("PF534", message, row.place(lists[0]), "Move the member to its own column.")
            return None
        return input_id, row.cells[lists[0]], row.place(lists[0])
    return input_id, member, place


def _event(row: _Given, vocabulary: Vocabulary, findings: Findings) -> EventDraft | None:
    """The event of a row, or None with what keeps it from being one."""
    cells, before = row.cells, len(findings.problems)
    for key in ("pdu", "on", "change"):
        if key not in cells:
            hint = f"Write {key}. A row for a trend has per_week or percent instead of a change."
            findings.add("PF530", f"The cell {key} is empty.", row.place(key), hint)
    if "region" in cells:
        hint = "Write a row for each unit. Only a trend may be for a region."
        findings.add("PF532", "An event names a pdu, not a region.", row.place("region"), hint)
    for key in ("event", "pdu", "kind"):
        if key in cells and (not ID.fullmatch(cells[key]) or len(cells[key]) > 80):
            hint = "An id has no space, dot, comma, colon, slash, @ or bracket, and at most 80 characters."
            findings.add("PF530", f"{safe(cells[key])!r} is not an id.", row.place(key), hint)
    on, until = _day(row, "on", findings), _day(row, "until", findings)
    spread = _spread(row, findings)
    figure = _member(row, vocabulary, findings)
    amount = number_of(cells["change"], row.place("change")) if "change" in cells else None
    if isinstance(amount, Problem):
        findings.take(amount)
        amount = None
    if len(findings.problems) > before or on is None or figure is None:
        return None
    change = Change(figure[0], figure[1], amount, figure[2], row.place("change"))
    return EventDraft(
        row.place,
        cells["pdu"],
        cells.get("kind", _DEFAULT_KIND),
        on,
        [change],
        cells.get("event"),
        cells.get("likelihood"),
        until,
        spread,
        cells.get("basis", ""),
        cells.get("note", ""),
    )


def _trend(row: _Given, vocabulary: Vocabulary, findings: Findings) -> TrendDraft | None:
    """The trend of a row, or None with what keeps it from being one."""
    cells, before = row.cells, len(findings.problems)
    for key in _OF_EVENTS:
        if key in cells:
            message = f"The row is of a trend, which has no {key}."
            findings.add("PF530", message, row.place(key), "Leave the cell empty, or write an event.")
    figure = _member(row, vocabulary, findings)
    per_week = number_of(cells["per_week"], row.place("per_week")) if "per_week" in cells else None
    if isinstance(per_week, Problem):
        findings.take(per_week)
        per_week = None
    if len(findings.problems) > before or figure is None:
        return None
    return TrendDraft(
        row.place,
        figure[0],
        figure[1],
        cells.get("pdu"),
        cells.get("region"),
        per_week,
        cells.get("percent"),
        cells.get("basis", ""),
        cells.get("note", ""),
    )


def _day(row: _Given, key: str, findings: Findings) -> datetime.date | None:
    text = row.cells.get(key)
    day = None if text is None else read_day(text)
    if text is not None and day is None:
        hint = "Write the year first, as in 2024-02-05, and a day that exists."
        findings.add("PF533", f"{safe(text)!r} is not a day.", row.place(key), hint)
    return day


def _spread(row: _Given, findings: Findings) -> int:
    text = row.cells.get("spread")
    days = 0 if text is None else read_duration(text)
    if days is None:
        hint = "Write it as 14 days or 2 weeks."
        findings.add("PF537", f"{safe(str(text))!r} is not a duration.", row.place("spread"), hint)
    return days or 0
