"""Insights as plain values and as flat rows, for programs and spreadsheets. Decimals are text; unknown is null."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.insights._found import Cell, Cells, Insights, Row, ViewTold

_FLAT = ("view", "day", "region", "pdu", "tag")
_FIGURES = (
    "figure",
    "title",
    "unit",
    "value",
    "of_known",
    "units",
    "missing",
    "because",
    "carried",
    "assumed",
    "region_value",
    "region_of_known",
    "country_value",
    "country_of_known",
)


def document(found: Insights) -> dict[str, Any]:
    """All of it, as JSON has it."""
    return {
        "framework": found.framework,
        "as_of": found.days[-1].isoformat(),
        "first": found.days[0].isoformat(),
        "days": [day.isoformat() for day in found.days],
        "units": found.units,
        "views": [_view(one) for one in found.views],
    }


def _view(told: ViewTold) -> dict[str, Any]:
    view = told.view
    return {
        "id": view.id,
        "title": view.title,
        "note": view.note,
        "basis": view.basis,
        "by": list(told.by),
        "member_of": told.list_id,
        "figures": [
            {
                "id": one.id,
                "title": one.title,
                "unit": one.unit or None,
                "decimals": one.decimals,
                "formula": one.text,
                "note": one.note,
            }
            for one in told.figures
        ],
        "not_split": [{"figure": one.figure, "inputs": list(one.inputs)} for one in told.not_split],
        "rows": [_row(told, row) for row in told.rows],
        "missing": [
            {"pdu": one.pdu, "because": one.because, "inputs": list(one.inputs)} for one in told.lacking
        ],
    }


def _row(told: ViewTold, row: Row) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(),
        "region": row.region,
        "pdu": row.pdu,
        "tag": row.tag,
        "member": row.member,
        "figures": {
            figure.id: {
                **cell._asdict(),
                "region": _wider(row.against.region, place),
                "country": _wider(row.against.country, place),
            }
            for place, (figure, cell) in enumerate(zip(told.figures, row.cells, strict=True))
        },
    }


def _wider(cells: Cells | None, place: int) -> dict[str, Any] | None:
    return None if cells is None else {"value": cells[place].value, "of_known": cells[place].of_known}


def columns_of(found: Insights) -> list[str]:
    """The columns of the flat form: what is split by stands first, each list in a column of its own name."""
    lists = dict.fromkeys(one.list_id for one in found.views if one.list_id is not None)
    return [*_FLAT, *lists, *_FIGURES]


def rows_of(found: Insights) -> Iterator[list[str | int | None]]:
    """The flat form: one row for each figure."""
    columns = columns_of(found)
    for told in found.views:
        for row in told.rows:
            for place, (figure, cell) in enumerate(zip(told.figures, row.cells, strict=True)):
                region, country = (
                    None if cells is None else cells[place]
                    for cells in (row.against.region, row.against.country)
                )
                flat: dict[str, str | int | None] = {
                    "view": told.view.id,
                    "day": row.day.isoformat(),
                    "region": row.region,
                    "pdu": row.pdu,
                    "tag": row.tag,
                    "figure": figure.id,
                    "title": figure.title,
                    "unit": figure.unit or None,
                    **cell._asdict(),
                    **_named("region", region),
                    **_named("country", country),
                }
                if told.list_id is not None:
                    flat[told.list_id] = row.member
                yield [flat.get(column) for column in columns]


def _named(name: str, cell: Cell | None) -> dict[str, str | int | None]:
    if cell is None:
        return {}
    return {f"{name}_value": cell.value, f"{name}_of_known": cell.of_known}
