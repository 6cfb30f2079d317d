"""Random frameworks with trigger points that a region may move, and trials of them."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from engine.columns import Columns as SingleColumns
from engine.columns import Daily, daily, frame_of
from engine.course import Course
from engine.tune import Axis, Candidate, Trial, default_axes
from rules.library import Framework
from rules.policy import Policy
from rules.problems import UsageError
from tests.columns.test_columns_agree import courses
from tests.oracle.generate import random_case

DAY = datetime.timedelta(days=1)
TRIED = 4
"""So many numbers of a trigger point are tried at most."""


def random_trial(seed: int) -> tuple[Trial, list[Course]] | None:
    """A trial with one or two trigger points; None where the framework has none that can be moved."""
    dice = random.Random(seed)
    units = courses(random_case(random.Random(seed), 1 + seed % 2), dice)
    framework = units[0].framework
    if seed % 3 == 0:
        framework = Framework(
            framework.id, (narrowed(framework.policies[0]), *framework.policies[1:]), framework.regions
        )
    if seed % 5 == 0:
        framework = framework.pin(framework.policies[-1].version.version)
    own = [one for one in units if one.pdu.region == "r1" and one.returns]
    policy = framework.policies[-1]
    now = framework.setting(policy, "r1", "", policy.version.effective).numbers
    try:
        axes = default_axes(policy, now)
    except UsageError:
        return None
    if not own:
        return None
    chosen = tuple(thinned(axis, dice) for axis in dice.sample(axes, min(len(axes), 1 + seed % 2)))
    frame = frame_of([(one.pdu, one.returns) for one in own], policy.version.returns.every)
    days = sorted(day for one in own for day in one.days)
    first, last = days[0] - 3 * DAY, days[-1] + 20 * DAY
    entry = framework.entry("r1", last)
    trial = Trial(framework, "r1", entry, frame, first, last, chosen, dice.random() < 0.5)
    return trial, own


def narrowed(policy: Policy) -> Policy:
    """A version that lets regions choose only from the lower half of what it did."""
    points = {}
    for name, point in policy.version.trigger_points.items():
        if point.regions is not None:
            low, high = point.regions.from_, point.regions.to
            bounds = point.regions.model_copy(update={"to": (low + high) / 2})
            point = point.model_copy(update={"regions": bounds})
        points[name] = point
    return replace(policy, version=policy.version.model_copy(update={"trigger_points": points}))


def thinned(axis: Axis, dice: random.Random) -> Axis:
    """The axis with a few of its numbers."""
    tried = dice.sample(axis.tried, min(TRIED, len(axis.tried)))
    return replace(axis, tried=tuple(sorted(tried)))


def alone(trial: Trial, candidate: Candidate) -> Daily:
    """The statuses under one candidate, by the columns of a framework that has its settings."""
    return daily(SingleColumns(judging(trial, candidate)), trial.frame, trial.first, trial.last)


def judging(trial: Trial, candidate: Candidate) -> Framework:
    """The framework with the settings of a candidate, written out by hand."""
    entry = trial.entry
    numbers = {**(entry.trigger_points if entry is not None else {}), **trial.numbers(candidate)}
    settings = trial.settings({}).model_copy()
    (one,) = settings.settings
    changed = one.model_copy(update={"trigger_points": numbers, "effective": datetime.date(1, 1, 1)})
    return trial.framework.with_settings(trial.region, settings.model_copy(update={"settings": [changed]}))
