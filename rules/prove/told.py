"""A case in parts, of which a sentence can be made in any language. Everything is named by its id."""

from __future__ import annotations

from typing import NamedTuple


class ConditionTold(NamedTuple):
    """A condition in short: one subject with what it is compared with, or a group (`any`, `all` …) of subjects.

    `limits` are comparators with a number, a trigger point, a subject, or categories. A group has none.
    """

    operator: str | None
    subjects: tuple[str, ...]
    limits: tuple[tuple[str, tuple[str, ...]], ...]


class ValueTold(NamedTuple):
    """A subject with its value, or None where that is unknown. `side` is the only version that has it so."""

    name: str
    value: str | None
    side: int | None


class RunTold(NamedTuple):
    """For how many days a condition has held; in one version only where `side` is given."""

    condition: ConditionTold
    days: int
    side: int | None


class ClockTold(NamedTuple):
    """For how many days the reduction of an activity from a status has been permitted."""

    activity: str
    from_: str
    days: int


class PointTold(NamedTuple):
    """A trigger point with its number, or with those of both versions where they differ."""

    name: str
    numbers: tuple[str, ...]


class EndTold(NamedTuple):
    """What one version decides: a status, and the status from which it permits the reduction of the activity, if any.

    `scope` says whether it is about the cases that are reduced: not those of `except_`, only those of `only`.
    """

    status: str
    from_: str | None
    scope: bool
    except_: tuple[str, ...]
    only: tuple[str, ...]


class CaseTold(NamedTuple):
    """A case of two versions.

    `standing` is the status under each, None before the first one, which `at_once` says begins at once. `stayed` is
    for how many days it has lasted where that matters. Without an activity it is about the statuses alone.
    """

    standing: tuple[str | None, str | None]
    at_once: bool
    stayed: int | None
    values: tuple[ValueTold, ...]
    runs: tuple[RunTold, ...]
    clocks: tuple[ClockTold, ...]
    points: tuple[PointTold, ...]
    activity: str | None
    ends: tuple[EndTold, EndTold]
