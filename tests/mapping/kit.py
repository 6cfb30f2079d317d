"""A small mapping and exports for it, to break and to build on."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

from engine.mapping import Conversion, Export, convert
from rules.check.mappings import check_mapping
from rules.check.organisation import check_organisation
from rules.figures import Vocabulary
from rules.model import Organisation
from rules.model.mapping import ExportMapping
from rules.problems import Findings, Problem, ReturnsError, ordered
from rules.text import parse
from tests.small_policy import ORGANISATION
from tests.support import PLAN, changed, policy_of

MAPPING = """\
format: 1
framework: plan
mapping: tool
title: The tool
reads: {skip: 0}
day: {column: Date, format: DD/MM/YYYY}
unit:
  column: Unit
  by: name
  drop: [PDU]
  names: {City of York: york}
rows:
  without: {Kind: Total}
  one_per: [Date, Number]
figures:
  - input: in_post_fte
    member: {column: Grade, names: {Officer: PO, Services officer: PSO}, ignore: [Head]}
    column: Hours
    without: {Status: Lent}
    sum: true
    divide: 37
    decimals: 2
  - {input: points, column: Points, sum: true, blank: zero, where: {Grade: [Officer, Services officer, Head]}}
  - {input: alert, column: Alert, values: {"High!": high, "no": none}, where: {Grade: Head}}
ignore: [Remark]
"""

HEADER = "Date,Unit,Number,Kind,Grade,Status,Hours,Points,Alert,Remark"
ROWS = """\
29/08/2022,York,1,Person,Officer,Active,37,10,,x
29/08/2022,york  pdu,2,Person,Officer,Active,18.5,20,,
29/08/2022,City of York,3,Person,Services officer,Active,37,,,
29/08/2022,YORK,4,Person,Services officer,Lent,37,5,,
29/08/2022,York,5,Person,Head,Active,37,,High!,
29/08/2022,Hull,6,Person,Officer,Active,10,7,,
29/08/2022,York,7,Total,,,129.5,35,,
"""
EXPORT = f"{HEADER}\n{ROWS}"
TODAY = datetime.date(2022, 9, 1)


def organisation() -> Organisation:
    findings = Findings()
    source = parse(ORGANISATION, "organisation.yaml", findings)
    found = None if source is None else check_organisation(source, findings)
    assert found is not None
    return found


def read_mapping(text: str, framework: str = "plan") -> tuple[ExportMapping | None, tuple[Problem, ...]]:
    """A mapping's text as a model, with what is wrong with it."""
    findings = Findings()
    source = parse(text, "tool.yaml", findings)
    found = None
    if source is not None:
        found = check_mapping(source, framework, [policy_of(PLAN)], organisation(), findings)
    return found, ordered(findings.problems)


def mapping(*changes: tuple[str, str], text: str = MAPPING) -> ExportMapping:
    """The small mapping with some changes, which must be good."""
    found, problems = read_mapping(changed(text, *changes))
    assert found is not None, [str(problem) for problem in problems]
    return found


def converted(
    data: str | bytes = EXPORT,
    by: ExportMapping | None = None,
    name: str = "export.csv",
    *more: Export,
    day: datetime.date | None = None,
) -> Conversion:
    """What becomes of an export."""
    content = data.encode() if isinstance(data, str) else data
    first = Export(content, name, by or mapping())
    vocabulary = Vocabulary([policy_of(PLAN).version])
    return convert([first, *more], vocabulary=vocabulary, organisation=organisation(), today=TODAY, day=day)


def refused(
    data: str | bytes = EXPORT,
    by: ExportMapping | None = None,
    name: str = "export.csv",
    *more: Export,
    day: datetime.date | None = None,
) -> tuple[Problem, ...]:
    """The problems for which an export is refused."""
    try:
        converted(data, by, name, *more, day=day)
    except ReturnsError as error:
        return error.problems
    raise AssertionError("the export is taken")


def figures(found: Conversion) -> dict[str, dict[str, str]]:
    """The figures of each unit, numbers as text. Good for exports of one day."""
    return {
        one.pdu: {
            key: format(value.normalize(), "f") if isinstance(value, Decimal) else value
            for key, value in one.figures.items()
        }
        for one in found.returns.returns
    }


def write_mapping(folder: Path, text: str = MAPPING, name: str = "tool") -> Path:
    """The mapping in a folder of policy."""
    path = folder / "plan" / "mappings" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
