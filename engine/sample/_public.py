"""The public figures that the sample agrees with.

`PUBLIC_VACANCIES`: vacancies (FTE, all Probation Service grades) by region, September 2023. Source: Ministry
of Justice, written answer 10822, "Probation: Staff", 25 January 2024
(https://www.parallelparliament.co.uk/question/10822/probation-staff). It shows the average over the month,
adjusted for joiners and leavers; 0 means no vacancies, or over target. So the sample agrees on average over
its returns of that month: required less in post, summed over the PDUs of a region and over all grades, is
the region's figure exactly (and exactly nought where the answer gives 0). Learners stand outside both sides.
Approved Premises (0) are no region and have no PDU.

Two public figures do not fit each other. For March 2023 the national shortfall of probation officers alone
was reported as 1,745 of 6,158 required, "29%" (HMPPS workforce quarterly, March 2023, as reported by Police
Oracle); the regional figures for all grades come to 1,286 together. Both can be true only where other grades
are over target, or were counted otherwise: trainees, for one, are counted as probation services officers.
The regional figures win here: they are for each region and for all grades together, and a Minister gave
them. Of the national figure the sample keeps the direction: officers are shorter than the other grades, and
were shorter in March than in September. Their national vacancy level is then between 10 and 20% in March
2023, and not 29.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

PUBLIC_VACANCIES: Mapping[str, int] = MappingProxyType(
    {
        "east-midlands": 28,
        "east-of-england": 274,
        "greater-manchester": 0,
        "kent-surrey-and-sussex": 77,
        "london": 457,
        "north-east": 32,
        "north-west": 77,
        "south-central": 176,
        "south-west": 74,
        "wales": 0,
        "west-midlands": 32,
        "yorkshire-and-the-humber": 59,
    }
)
"""Vacancies in FTE over all grades by region, on average over September 2023."""

MONTH_FIRST = datetime.date(2023, 9, 1)
MONTH_LAST = datetime.date(2023, 9, 30)

OTHER_LEVEL = 60
"""Vacancies per thousand posts in a region of which nothing is public."""

MOST_VACANT = 333
"""With more vacancies per thousand posts than this the organisation holds only some of the region's PDUs, and
the region's figure says nothing about them."""

SIZES: Mapping[str, int] = MappingProxyType({"york": 40})
"""Required posts, where something is known: York is the smallest PDU (HM Inspectorate of Probation)."""


def in_month(day: datetime.date) -> bool:
    """Whether a day lies in the month that the public figures are for."""
    return MONTH_FIRST <= day <= MONTH_LAST
