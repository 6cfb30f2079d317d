"""The tables of pages as CSV: any page, asked for with `?csv=` and the name of one of its tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response

from api.http.answers import CSV, Tagged
from api.http.problems import not_found
from reports.pages import Table, csv_of, tables_of
from rules.problems import did_you_mean
from rules.said import said

ASKED = "csv"
"""The name in the query."""
_ONCE = (ASKED, "done")
"""What belongs to one answer, and not to the page."""
_LONGEST = 80


def download(request: Request, content: Any, day: str) -> Response | None:
    """The table that was asked for, as of a day; None where a page was. Refuses (PF720) one that it does not have."""
    wanted = request.query_params.get(ASKED, "")
    if not wanted or request.method != "GET":
        return None
    tables = tables_of(content)
    if wanted not in tables:
        hint = did_you_mean(wanted[:_LONGEST], tables)
        raise not_found(said("This page has no table {name}. {hint}", name=wanted[:_LONGEST], hint=hint))
    answer = Tagged(csv_of(tables[wanted]), CSV).to(request)
    name = " ".join([*re.findall(r"[\w.-]+", request.url.path), wanted, day])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}.csv"
    return answer


def links(request: Request, content: Any) -> Callable[[Table], str | None]:
    """What templates ask: where a table of the page can be had as CSV. Nowhere on what a form has brought about."""
    names: dict[int, str] = {}

    def link(table: Table) -> str | None:
        if request.method != "GET":
            return None
        if not names:
            names.update((id(one), name) for name, one in tables_of(content).items())
        name = names.get(id(table))
        if name is None:
            return None
        query = [pair for pair in request.query_params.multi_items() if pair[0] not in _ONCE]
        return f"{quote(request.url.path, safe='/:@')}?{urlencode([*query, (ASKED, name)])}"

    return link
