"""Synthetic weekly returns, seeded. Nothing is about a real unit.

A unit's staffing and workload drift around their usual values; the usual mix is mostly green and amber with
some red. In the harsh mix one figure in ten is not given.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal

from rules.figures import Figure, Return

WEEK = datetime.timedelta(days=7)
START = datetime.date(1850, 1, 7)
HARSH = 0.1
"""How many of the figures the harsh mix leaves out."""


def weekly_returns(
    pdu: str, weeks: int, seed: int, *, unknown: float = 0.0, swing: float = 1.0
) -> list[Return]:
    """So many weekly synthetic returns of one unit, from the document's first day on.

    `unknown` is the part of the figures that is not given; with more `swing` the figures drift further.
    """
    return list(_weekly(pdu, weeks, random.Random(f"{pdu} {seed}"), unknown, swing))


def _weekly(pdu: str, weeks: int, chance: random.Random, unknown: float, swing: float) -> Iterator[Return]:
    required = {"PO": chance.randint(3000, 6000), "PSO": chance.randint(2000, 4000)}
    capacity = chance.randint(40_000, 60_000)
    filled, load = 0.93, 1.03
    for week in range(weeks):
        filled = min(1.05, max(0.4, filled + 0.06 * (0.93 - filled) + swing * chance.gauss(0, 0.027)))
        load = min(1.7, max(0.7, load + 0.08 * (1.03 - load) + swing * chance.gauss(0, 0.035)))
        figures: dict[str, Figure] = {}
        for grade, target in required.items():
            in_post = int(target * min(1.1, max(0.3, filled + chance.gauss(0, 0.01))))
            figures[f"required_fte[{grade}]"] = _hundredths(target)
            figures[f"in_post_fte[{grade}]"] = _hundredths(in_post)
            figures[f"absent_fte[{grade}]"] = _hundredths(int(in_post * chance.uniform(0.01, 0.05)))
        figures["wmt_points"] = Decimal(int(capacity * load))
        figures["wmt_available"] = Decimal(capacity)
        figures["caseload"] = Decimal(int(1300 * load + chance.gauss(0, 60)))
        figures["local_alert"] = chance.choices(("none", "high", "very-high"), (90, 8, 2))[0]
        if unknown:
            figures = {key: figure for key, figure in figures.items() if chance.random() >= unknown}
        yield Return(pdu, START + week * WEEK, figures, {"basis": "synthetic"})


def _hundredths(number: int) -> Decimal:
    return Decimal(number).scaleb(-2)
