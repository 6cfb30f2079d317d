"""A small framework to preview: Amber below a trigger point (90 unless set) for two weeks, until 95 or more for two.

Home visits may be reduced from Amber.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.preview import (
    Preview,
    period,
    previewed,
    region_question,
)
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, RegionSettings
from tests.engine.engine_kit import AMBER, GREEN, ORGANISATION, day, framework, history, version

LOW = {"low": {"default": 90, "regions": {"from": 80, "to": 95}}}
BY_LOW = {**AMBER, "enter": {"staffing": {"below": "low"}, "for": "2 weeks"}}


def plan(**changes: Any) -> Framework:
    return framework(plain(**changes))


def plain(**changes: Any) -> dict[str, Any]:
    return version(
        **{"trigger_points": LOW, "statuses": [GREEN, BY_LOW], "activities": ACTIVITIES, **changes}
    )


ACTIVITIES: list[dict[str, Any]] = [
    {
        "id": "visits",
        "title": "Home visits",
        "reductions": [{"from": "amber", "strength": "may", "do": "Fewer visits."}],
    },
    {"id": "mappa", "mandatory": {"because": "The law asks for it."}},
]


def settings(*entries: dict[str, Any]) -> RegionSettings:
    written = [{"set_by": "someone", "reason": "a reason", **entry} for entry in entries]
    return RegionSettings.model_validate(
        {"format": 1, "framework": "plan", "region": "north", "settings": written}
    )


def entry(effective: str, low: int | None = None, **more: Any) -> dict[str, Any]:
    points = {} if low is None else {"trigger_points": {"low": low}}
    return {"effective": day(effective), **points, **more}


def of(pdu: str, returns: Sequence[Return]) -> list[Return]:
    return [Return(pdu, one.as_of, one.figures) for one in returns]


def asked(framework: Framework, new: RegionSettings, returns: Sequence[Return], **more: Any) -> Preview:
    first, last = returns[0].as_of, max(one.as_of for one in returns)
    question = region_question(framework, new, first, last, **more)
    return previewed(question, ORGANISATION, returns, Events(), *period(question, first, last))


RETURNS = history(99, 89, 89, 86, 86, 99, 99, 99)
"""From 1 August to 19 September 2022. Below 90 from the 8th, below 88 from the 22nd; above 95 from 5 September."""
