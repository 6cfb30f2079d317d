"""Synthetic exports of two other tools, made from sample returns: what is converted back must be those returns.

`PYTHONPATH=. python -m tests.mapping.exports` writes them to docs/examples/exports/.
"""

from __future__ import annotations

import csv
import datetime
import io
import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from engine.sample import sample_returns
from rules.figures import Return
from rules.library import load_library
from rules.model import Organisation
from tests.docs.docs_blocks import ROOT
from tests.support import FRAMEWORKS

FOLDER = ROOT / "docs" / "examples" / "exports"
SEED = 7
DAYS = (datetime.date(2022, 8, 22), datetime.date(2022, 8, 29))
SPELLINGS = {
    "york": ("York", "YORK PDU", "York City"),
    "doncaster": ("Doncaster", "PS  Doncaster", "Doncaster PDU"),
    "hull-and-east-riding": ("Hull and East Riding", "Hull & East Riding", "PS Hull & East Riding"),
}
COST_CENTRES = {"york": "YH1110", "doncaster": "YH1030", "hull-and-east-riding": "YH1040"}
TITLES = {
    "PO": "Probation officer",
    "PSO": "Probation services officer",
    "SPO": "Senior probation officer",
    "CA": "Case administrator",
    "PQIP1": "PQiP learner 0-6",
    "PQIP2": "PQiP learner 7-12",
    "PQIP3": "PQiP learner 13+",
    "NQO": "Newly qualified officer",
}
GRADES = ("PO", "PSO", "SPO", "CA")


@cache
def organisation() -> Organisation:
    return load_library(FRAMEWORKS).organisation


@cache
def returns() -> tuple[Return, ...]:
    """The sample returns that the exports are of."""
    found = sample_returns(organisation(), weeks=40)
    return tuple(one for one in found if one.pdu in SPELLINGS and one.as_of in DAYS)


def draws(name: str) -> random.Random:
    return random.Random(f"{SEED}/{name}")


def parts(total: int, count: int, name: str) -> list[int]:
    """A total in so many parts, none below zero."""
    cuts = sorted(draws(name).randint(0, total) for _ in range(count - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True)]


def thousands(number: int) -> str:
    return f"{number:,}"


def workload_tool(found: Iterable[Return]) -> bytes:
    """A line for each team and grade, with lines of totals, and names of units as people type them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["Workload measurement tool: summary by team and grade"])
    writer.writerow(["SYNTHETIC: made up for this example; no real team or figure"])
    writer.writerow([])
    writer.writerow(
        [
            "Report date",
            "Region",
            "PDU",
            "Team",
            "Grade",
            "Officers",
            "Points",
            "Available points",
            "Cases",
            "Capacity",
        ]
    )
    for one in sorted(found, key=lambda one: (one.as_of, one.pdu)):
        day, names = one.as_of.strftime("%d/%m/%Y"), SPELLINGS[one.pdu]
        sums = [one.figures[key] for key in ("wmt_points", "wmt_available", "caseload")]
        seed = f"{one.pdu}/{one.as_of}"
        columns = [parts(int(total), 6, f"{seed}/{number}") for number, total in enumerate(sums)]
        rows = list(zip(*columns, strict=True))
        for number, (points, available, cases) in enumerate(rows):
            team, grade = f"Team {'ABC'[number // 2]}", ("PO", "PSO")[number % 2]
            name = names[draws(f"{seed}/{number}/name").randrange(len(names))]
            percent = f"{100 * points // available}%" if available else "n/a"
            cells = [day, "Yorkshire and the Humber", name, team, grade, available // 1000]
            writer.writerow([*cells, thousands(points), thousands(available), cases, percent])
        total = [sum(column) for column in columns]
        cells = [day, "Yorkshire and the Humber", names[0], "Total", "", ""]
        writer.writerow([*cells, thousands(total[0]), thousands(total[1]), total[2], ""])
    return text.getvalue().encode()


def workforce(found: Iterable[Return]) -> bytes:
    """A line for each position; nobody is named."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["Snapshot", "Position", "Directorate", "Cost centre", "Job title", "Contract", "Hours", "Status"]
    )
    for one in sorted(found, key=lambda one: (one.as_of, one.pdu)):
        day = f"{one.as_of.day} Aug {one.as_of.year}"
        lines = list(positions(one))
        draws(f"{one.pdu}/{one.as_of}").shuffle(lines)
        for number, (title, hundredths, status) in enumerate(lines, start=1):
            tenths = hundredths * 37 // 10  # of an hour: all posts are in fifths, so this is exact
            hours = f"{tenths // 10},{tenths % 10}".removesuffix(",0")
            position = f"{COST_CENTRES[one.pdu]}-{number:04}"
            contract = "Full time" if hundredths == 100 else "Part time"
            where = "Synthetic example – no real position"
            writer.writerow([day, position, where, COST_CENTRES[one.pdu], title, contract, hours, status])
        if one.pdu == "york":
            cells = [day, "YH9000-0001", "Synthetic example – no real position", "YH9000"]
            writer.writerow([*cells, "Regional manager", "Full time", "37", "Active"])
    return text.getvalue().encode("cp1252")


def positions(one: Return) -> Iterable[tuple[str, int, str]]:
    """The positions of a unit: job title, hundredths of a full-time post, and status."""
    yield "Head of PDU", 100, "Active"
    for grade in GRADES:
        required, in_post, absent, lent = (
            hundredths(one.figures, f"{key}[{grade}]")
            for key in ("required_fte", "in_post_fte", "absent_fte", "on_loan_fte")
        )
        extra = max(in_post - required, 0)
        groups = [
            (in_post - absent - lent - extra, "Active"),
            (absent, "Long-term absent"),
            (lent, "On loan"),
            (extra, "Supernumerary"),
            (max(required - in_post, 0), "Vacant"),
        ]
        for total, status in groups:
            yield from ((TITLES[grade], share, status) for share in posts(total))
    for stage in ("PQIP1", "PQIP2", "PQIP3", "NQO"):
        for share in posts(hundredths(one.figures, f"learner_fte[{stage}]")):
            yield TITLES[stage], share, "Active"


def hundredths(figures: Mapping[str, Decimal | str], key: str) -> int:
    return int(Decimal(figures[key]) * 100)


def posts(total: int) -> Iterable[int]:
    """Whole posts, and one part-time post for the rest."""
    yield from [100] * (total // 100)
    if total % 100:
        yield total % 100


def exports() -> dict[str, bytes]:
    """The example files, by name."""
    last = [one for one in returns() if one.as_of == DAYS[-1]]
    return {"workload-tool.csv": workload_tool(returns()), "workforce.csv": workforce(last)}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for _name, _data in exports().items():
        (FOLDER / _name).write_bytes(_data)
