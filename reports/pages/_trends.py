"""The measures of a unit over time, each as a chart with its trigger lines and a table of the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.trend import Trend
from reports._conditions import Node, is_leaf
from reports._explanation import Data, Table
from reports._format import day, is_number, quantity
from reports._names import Names
from reports._words import pages as words
from reports._words import tables
from reports.language import gettext as _
from reports.pages._chart import Chart, chart


def charts(names: Names, trends: Sequence[Trend]) -> tuple[Chart, ...]:
    """A chart for each measure that a status depends on, in the order of the document."""
    lines = _lines(names)
    found = []
    for trend in trends:
        own = lines.get(trend.measure)
        if own and any(point.value is not None for point in trend.points):
            found.append(_chart(names, trend, own))
    return tuple(found)


def _chart(names: Names, trend: Trend, lines: Mapping[str, list[str]]) -> Chart:
    title, unit = names.figure(trend.measure), names.unit_of(trend.measure)
    known = [point for point in trend.points if point.value is not None]
    newest = known[-1]
    value = newest.value or ""
    near = min(lines, key=lambda line: abs(Decimal(line) - Decimal(value)))
    away = Decimal(value) - Decimal(near)
    headline = words.trend_headline(
        title, quantity(value, unit), newest.day, f"{abs(away):f}", away, "; ".join(lines[near]), unit
    )
    rows = tuple(
        (day(point.day), _(words.UNKNOWN) if point.value is None else quantity(point.value, unit))
        for point in reversed(trend.points)
    )
    columns = tuple(map(_, words.TREND_COLUMNS))
    plain = tuple((point.day.isoformat(), point.value or "", unit or "") for point in reversed(trend.points))
    return chart(
        trend.measure,
        title,
        headline,
        [(point.day, None if point.value is None else Decimal(point.value)) for point in trend.points],
        [(Decimal(line), texts) for line, texts in lines.items()],
        quantity(value, unit),
        Table(words.trend_caption(title), columns, rows, Data((*columns, tables.unit()), plain)),
    )


def _lines(names: Names) -> dict[str, dict[str, list[str]]]:
    """The trigger lines of each measure: number to what happens there."""
    found: dict[str, dict[str, list[str]]] = {}
    calculated = names.decision.get("calculated")
    for root in names.decision["conditions"]:
        kind, status = root.get("kind"), root.get("status")
        if kind != "enter" and not (kind == "exit" and status == calculated):
            continue
        for leaf in _leaves(root):
            threshold = leaf.get("threshold")
            if not isinstance(threshold, str) or not is_number(threshold):
                continue
            shown = quantity(threshold, names.unit_of(leaf["measure"]))
            text = words.trend_line(names.status(status), kind, leaf["comparator"], shown)
            texts = found.setdefault(leaf["measure"], {}).setdefault(threshold, [])
            if text not in texts:
                texts.append(text)
    return found


def _leaves(node: Node) -> Iterator[Mapping[str, Any]]:
    if is_leaf(node):
        yield node
    for part in node.get("parts") or ():
        yield from _leaves(part)
