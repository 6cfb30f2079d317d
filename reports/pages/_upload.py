"""The page on which a file of returns is sent, with each problem beside its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports._words import acting as words
from reports.pages._fields import told_of
from rules.problems import Problem

_MOST_ROWS = 50
_MOST_CELLS = 60


class CellText(NamedTuple):
    """A cell as it was sent, and what is wrong with it."""

    text: str
    errors: tuple[str, ...]


class RowText(NamedTuple):
    """A row with a problem; `line` is its line in the file."""

    line: int
    cells: tuple[CellText, ...]


@dataclass(frozen=True, slots=True)
class Upload:
    """The page. Without problems it only asks for a file."""

    error: str | None = None
    summary: tuple[tuple[str, str | None], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[RowText, ...] = ()
    more: str | None = None


def upload_page(body: bytes = b"", problems: Sequence[Problem] = (), error: str | None = None) -> Upload:
    """The page for a file as it was sent, with its problems. Rows are told where the file is a table in text."""
    if not problems:
        return Upload(error, () if error is None else ((error, "file"),))
    by_line: dict[int, list[Problem]] = {}
    for problem in problems:
        by_line.setdefault(problem.place.line, []).append(problem)
    lines = _lines(body, set(sorted(by_line)[:_MOST_ROWS]))
    rows = tuple(_row(line, cells, by_line[line]) for line, cells in lines.items() if line > 1)
    shown = {row.line for row in rows}
    summary = tuple(
        (words.line(problem.place.line, told_of(problem)), _anchor(problem, shown))
        for problem in list(problems)[:_MOST_ROWS]
    )
    more = None if len(problems) <= _MOST_ROWS else words.more_problems(len(problems) - _MOST_ROWS)
    columns = tuple(_header(body)[:_MOST_CELLS]) if rows else ()
    return Upload(words.refused(len(problems)), summary, columns, rows, more)


def _anchor(problem: Problem, shown: set[int]) -> str | None:
    return f"line-{problem.place.line}" if problem.place.line in shown else None


def _row(line: int, cells: Sequence[str], problems: Sequence[Problem]) -> RowText:
    size = max(len(cells), *(problem.place.column for problem in problems))
    wrong: dict[int, list[str]] = {}
    for problem in problems:
        wrong.setdefault(min(problem.place.column, _MOST_CELLS), []).append(told_of(problem))
    made = tuple(
        CellText(cells[place] if place < len(cells) else "", tuple(wrong.get(place + 1, ())))
        for place in range(min(size, _MOST_CELLS))
    )
    return RowText(line, made)


def _lines(body: bytes, wanted: set[int]) -> Mapping[int, list[str]]:
    """The cells of some lines; nothing where the file is no text."""
    found: dict[int, list[str]] = {}
    try:
        reader = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        for cells in reader:
            if reader.line_num in wanted:
                found[reader.line_num] = [cell[:200] for cell in cells]
            if len(found) == len(wanted):
                break
    except (UnicodeDecodeError, csv.Error):
        return {}
    return found


def _header(body: bytes) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")), [])
    except (UnicodeDecodeError, csv.Error):
        return []
