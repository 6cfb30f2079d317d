"""The two versions of a comparison: as they are written, or as the settings of a region resolve them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.compare._edit import read, with_node
from engine.compare._tree import source_of
from engine.compare.values import Side
from rules.library import Framework
from rules.model import SettingsEntry
from rules.model._fields import number_text
from rules.policy import Policy
from rules.problems import Place
from rules.text import Scalar, Source


def version_side(policy: Policy, source: Source | None = None) -> Side:
    """A version as it is written. `source` is its text, if that is at hand already."""
    return Side(policy, source if source is not None else source_of(policy))


def region_side(
    framework: Framework,
    policy: Policy,
    region: str,
    today: datetime.date,
    places: Callable[[SettingsEntry], Mapping[str, Place]] = lambda entry: {},
) -> Side:
    """A version as the settings of a region resolve it: on its last day in force, or today.

    What the region sets for single units is left out. `places` says where the entry in force writes its names.
    """
    day = last_day(framework, policy, today)
    setting = framework.setting(policy, region, "", day)
    source = source_of(policy)
    for name, number in setting.numbers.items():
        if setting.set_by[name] != "default":
            path = ("trigger_points", name, "default")
            node = source.node(path)
            assert node is not None
            source = with_node(source, path, Scalar(number_text(number), True, node.line, node.column))
    resolved = read(source)
    assert resolved is not None, "a number within the bounds of a version fits it"
    resolved = replace(resolved, sha256=policy.sha256)
    known = places(setting.entry) if setting.entry is not None else {}
    return Side(resolved, source, region, day, setting.withhold, known, setting.left_out)


def last_day(framework: Framework, policy: Policy, today: datetime.date) -> datetime.date:
    """The last day on which a version is in force, as far as it has come: today, but never before its first day."""
    version = policy.version
    later = [one.version.effective for one in framework.policies if one.version.effective > version.effective]
    ends = [today, *([version.until] if version.until is not None else [])]
    ends += [min(later) - datetime.timedelta(days=1)] if later else []
    return max(min(ends), version.effective)
