"""One version over the returns of many units: statuses and permissions by columns."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from engine.columns import Columns, Daily, Frame, Permits, Steps, daily, permits
from engine.compare.values import Side
from rules.framework import Framework
from rules.model import RegionSettings, SettingsEntry

ALWAYS = datetime.date.min


@dataclass(frozen=True, slots=True)
class World:
    """What one version makes of a frame."""

    framework: Framework
    columns: Columns
    steps: Sequence[Steps]
    daily: Daily
    permits: Permits


def world_of(framework: Framework, frame: Frame, first: datetime.date, last: datetime.date) -> World:
    """The statuses and permissions of all units under a framework that is pinned."""
    columns = Columns(framework)
    steps = list(columns.steps(frame, whens=True))
    statuses = daily(columns, frame, first, last, steps)
    return World(framework, columns, steps, statuses, permits(columns, frame, first, last, steps))


def judging(side: Side, known: Framework | None, regions: Sequence[str], limited: bool) -> Framework:
    """The framework by which a side judges all days.

    A version goes by the settings of regions (of the framework `known`), as they are in force on each day. In a
    comparison that is `limited` to regions, the side that names one goes by the numbers told in the comparison,
    and the other by those that are written in the version.
    """
    settings = known.regions if known is not None and not limited else {}
    if side.region is not None and side.withhold:
        # on all days, as in the rest of the comparison
        settings = {id_: _withheld(side, id_) for id_ in regions}
    return Framework(side.policy.version.framework, (side.policy,), settings, pinned=True)


def _withheld(side: Side, region: str) -> RegionSettings:
    entry = SettingsEntry.model_construct(
        effective=ALWAYS, set_by="", reason="", trigger_points={}, withhold=sorted(side.withhold), pdus={}
    )
    return RegionSettings.model_construct(
        format=1, framework=side.policy.version.framework, region=region, settings=[entry]
    )
