"""A small framework with views, four units in two regions, and figures put in by hand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.columns import frame_of
from engine.insights import Insights, Row, ViewTold, asked, insights
from rules.check.views import check_views
from rules.figures import Return
from rules.framework import Library
from rules.library import load_library
from rules.problems import Findings, Problem
from rules.text import parse
from rules.views import CheckedView
from tests.support import write_library

VERSION = """\
format: 1
framework: plan
version: v1
title: A plan
effective: 2022-08-01
sources: {law: {title: A law}}
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
lists:
  grade: {PO: Officer, PSO: Services officer}
  tenure: {under_1: Under a year, over_1: A year or more}
inputs:
  required: {title: Required, unit: FTE, decimals: 2, per: grade, minimum: 0}
  in_post: {title: In post, unit: FTE, decimals: 2, per: grade, minimum: 0}
  absent: {title: Absent, unit: FTE, decimals: 2, per: grade, minimum: 0, default: 0}
  staff: {title: Staff, unit: people, per: tenure, minimum: 0}
  points: {title: Points, unit: points, carry_forward: 14 days}
  cases: {title: Cases, unit: cases}
  alert: {title: Alert, values: [none, high], default: none}
measures:
  staffing: {title: Staffing, decimals: 1, formula: "100 * in_post[all] / required[all]"}
trigger_points:
  low: {title: Low, default: 90, basis: illustrative}
statuses:
  - {id: green, title: Green}
  - {id: amber, title: Amber, enter: {any: [{staffing: {below: low}}, {alert: {is: high}}]}}
activities:
  - {id: reports, mandatory: {because: The law asks for it., source: law}}
"""

ORGANISATION = """\
format: 1
regions:
  - {id: north, name: The North}
  - {id: south, name: The South}
pdus:
  - {id: york, name: York, region: north, tags: [rural]}
  - {id: hull, name: Hull, region: north, tags: [coast, rural]}
  - {id: kent, name: Kent, region: south}
  - {id: bath, name: Bath, region: south, from: 2022-08-15}
"""

VIEW = """\
format: 1
framework: plan
view: posts
title: Posts
note: Posts that nobody is in.
figures:
  required: {title: Required, unit: FTE, decimals: 2, formula: required}
  vacant: {title: Vacant, unit: FTE, decimals: 2, formula: required - in_post}
  rate: {title: Vacancy rate, unit: percent, decimals: 1, formula: 100 * (required - in_post) / required}
by: [region]
"""
OTHERS = """\
format: 1
framework: plan
view: others
title: Others
figures:
  away: {formula: 100 * absent / in_post}
  staff: {formula: staff}
  points: {formula: points}
  cases: {formula: cases}
"""
MONDAY = datetime.date(2022, 8, 8)
WEEK = datetime.timedelta(weeks=1)
HOME, OTHERS_HOME = "plan/views/posts.yaml", "plan/views/others.yaml"


def view_text(formula: str, *, decimals: int = 1, by: str = "", id_: str = "one") -> str:
    """A view of one figure `x`."""
    figure = f'  x: {{title: X, decimals: {decimals}, formula: "{formula}"}}\n'
    by_line = f"by: [{by}]\n" if by else ""
    return f"format: 1\nframework: plan\nview: {id_}\ntitle: One\nfigures:\n{figure}{by_line}"


def library_in(folder: Path, files: Mapping[str, str] | None = None) -> Library:
    """The small framework, with some files changed."""
    return load_library(written(folder, files))


def written(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """The folder of the small framework."""
    whole = {"organisation.yaml": ORGANISATION, "plan/v1.yaml": VERSION, HOME: VIEW, OTHERS_HOME: OTHERS}
    return write_library(folder, whole | dict(files or {}))


def read_views(library: Library, *texts: str) -> tuple[dict[str, CheckedView], list[Problem]]:
    """Views from their texts, and every problem."""
    findings = Findings()
    sources = [parse(text, f"{number}.yaml", findings) for number, text in enumerate(texts)]
    kept = [source for source in sources if source is not None]
    return check_views(kept, "plan", library.framework().vocabulary, findings), findings.problems


def given(pdu: str, day: datetime.date | str, **figures: Any) -> Return:
    """A return; a figure by list is given as a mapping of its members. None is not given."""
    found: dict[str, Decimal | str] = {}
    for name, value in figures.items():
        members = value.items() if isinstance(value, dict) else [("", value)]
        for member, figure in members:
            if figure is not None:
                key = f"{name}[{member}]" if member else name
                found[key] = figure if figure in ("none", "high") else Decimal(str(figure))
    return Return(pdu, datetime.date.fromisoformat(str(day)), found)


def posts(
    pdu: str, day: datetime.date | str, required: Sequence[Any], in_post: Sequence[Any], **more: Any
) -> Return:
    """A return with the posts of officers and of services officers."""
    grades = ("PO", "PSO")
    both = {
        "required": dict(zip(grades, required, strict=True)),
        "in_post": dict(zip(grades, in_post, strict=True)),
    }
    return given(pdu, day, **both, **more)


def told(library: Library, texts: Sequence[str], returns: Sequence[Return], **question: Any) -> Insights:
    """What comes of a question about some returns, under views given as texts. `last` is a day, or its text."""
    views, problems = read_views(library, *texts)
    assert not problems, [str(one) for one in problems]
    framework, organisation = library.framework(), library.organisation
    last = question.pop("last", max((one.as_of for one in returns), default=MONDAY))
    most = question.pop("most", None)
    ask = asked(framework, organisation, views, last=datetime.date.fromisoformat(str(last)), **question)
    by_unit: dict[str, dict[datetime.date, Return]] = {}
    for one in returns:
        by_unit.setdefault(one.pdu, {})[one.as_of] = one
    units = [
        (pdu, [by_unit[pdu.id][day] for day in sorted(by_unit[pdu.id])])
        for pdu in organisation.pdus
        if pdu.id in by_unit
    ]
    return insights(framework, organisation, frame_of(units, 7), ask, most=most)


def rows(view: ViewTold) -> dict[tuple[str, ...], Row]:
    """Rows by what they are about."""
    names = {}
    for row in view.rows:
        parts = (row.region, row.pdu, row.tag, row.member)
        label = tuple(part for part in parts if part is not None)
        names[(*label, row.day.isoformat()) if "week" in view.by else label] = row
    return names


def values(view: ViewTold) -> dict[tuple[str, ...], list[str | None]]:
    """The values of each row."""
    return {label: [cell.value for cell in row.cells] for label, row in rows(view).items()}


def known(view: ViewTold) -> dict[tuple[str, ...], list[str | None]]:
    """The same over the units that are not missing."""
    return {label: [cell.of_known for cell in row.cells] for label, row in rows(view).items()}
