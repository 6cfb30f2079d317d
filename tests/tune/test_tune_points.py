"""Which numbers are tried: written ranges, handy steps, and everything that is refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from engine.tune import MOST, Axis, default_axes, given_axes, handy_step
from engine.tune._trial import _candidates
from rules.library import load_library
from rules.policy import Policy
from rules.problems import UsageError
from tests.small_policy import FIRST

Folder = Callable[..., Path]

POINTS = """\
trigger_points:
  high: {title: High, default: 60, regions: {from: 40, to: 75}, basis: illustrative}
  fixed: {title: Fixed, default: 1, basis: illustrative}
  tight: {title: Tight, default: 3, regions: {from: 3, to: 3}, basis: illustrative}
  loose: {title: Loose, default: 500, regions: {from: 0, to: 1000}, basis: illustrative}
"""
ENTER = """\
    enter:
      any:
        - {staffing: {below: low}, for: 2 weeks}
        - {staffing: {below: high}}
        - {points: {below: fixed}}
        - {points: {below: tight}}
"""
VERSION = (
    FIRST.replace("trigger_points:\n", POINTS)
    .replace("    enter: {staffing: {below: low}, for: 2 weeks}\n", ENTER)
    .replace("points: {below: 500}", "points: {below: loose}")
)
NOTHING_SET = """\
format: 1
framework: plan
region: north
settings: [{effective: 2022-08-01, set_by: A, reason: B}]
"""


def both(first: str) -> dict[str, str]:
    """Both versions of the folder, by the text of the first."""
    second = first.replace("v1", "v2").replace("2022-08-01", "2022-09-05")
    return {"plan/v1.yaml": first, "plan/v2.yaml": second}


@pytest.fixture
def policy(policy_folder: Folder) -> Policy:
    return load_library(policy_folder(both(VERSION))).framework().policies[0]


def now(policy: Policy) -> dict[str, Decimal]:
    return {name: point.default for name, point in policy.version.trigger_points.items()}


def given(policy: Policy, *written: str) -> tuple[Axis, ...]:
    return given_axes(written, policy, now(policy))


class TestDefaults:
    def test_points_that_can_be_moved_and_that_a_status_depends_on(self, policy: Policy) -> None:
        low, high = sorted(default_axes(policy, now(policy)), key=lambda one: one.name, reverse=True)
        assert (low.name, str(low.step)) == ("low", "1")
        assert [int(number) for number in low.tried] == list(range(80, 96))
        # the upper bound is tried as well, though no step ends there
        assert (high.name, str(high.step)) == ("high", "2")
        assert [int(number) for number in high.tried] == [*range(40, 75, 2), 75]
        assert high.now == 60

    def test_nothing_to_move(self, policy_folder: Folder) -> None:
        fixed = FIRST.replace(", regions: {from: 80, to: 95}", "")
        changes = both(fixed) | {"plan/regions/north.yaml": NOTHING_SET}
        policy = load_library(policy_folder(changes)).framework().policies[0]
        with pytest.raises(UsageError, match="plan@v1 has no trigger point that a region may move"):
            default_axes(policy, now(policy))

    @pytest.mark.parametrize(
        ("low", "high", "decimals", "step"),
        [
            ("80", "95", 1, "1"),
            ("120", "140", 2, "1"),
            ("0", "1", 1, "0.1"),
            ("0", "1", 3, "0.05"),
            ("0", "1000", 0, "50"),
            ("3", "4", 0, "1"),
            ("0", "999999999999999", 0, "50000000000000"),
        ],
    )
    def test_a_handy_step(self, low: str, high: str, decimals: int, step: str) -> None:
        found = handy_step(Decimal(low), Decimal(high), decimals)
        assert found == Decimal(step)
        assert (Decimal(high) - Decimal(low)) / found <= 20


class TestWritten:
    @pytest.mark.parametrize(
        ("text", "tried"),
        [
            ("low=80:95:5", ["80", "85", "90", "95"]),
            ("low=80:95:4", ["80", "84", "88", "92"]),
            ("low=88:89:0.25", ["88", "88.25", "88.5", "88.75", "89"]),
            ("low=88:88:1", ["88"]),
            (" low = 80 : 95 : 15 ", ["80", "95"]),
        ],
    )
    def test_ranges(self, policy: Policy, text: str, tried: list[str]) -> None:
        (axis,) = given(policy, text)
        assert axis.tried == tuple(map(Decimal, tried))
        assert axis.now == 90
        assert 90 in axis.numbers

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("low", "low is no range. Write NAME=FROM:TO:STEP, such as "),
            ("low=80:95", "low=80:95 is no range"),
            ("low=80:95:1:2", "is no range"),
            ("=80:95:1", "is no range"),
            ("low=80:95:", "'' is no number"),
            ("low=80:ninety:1", "'ninety' is no number"),
            ("low=80:95:1e0", "'1e0' is no number"),
            ("low=80:95:nan", "'nan' is no number"),
            ("low=80:95:+1", "is no number"),
            ("low=80:95:\u0665", "is no number"),
            ("low=80:95:0.1234567890123456", "is no number"),
            ("low=80:80.0000000000001:0.00000000000001", "this step gives numbers of more than 15 digits"),
            ("low=80:95:0", "a step must be above 0"),
            ("low=80:95:-1", "a step must be above 0"),
            ("low=80:95:16", "a step of 16 leads beyond 95 at once"),
            ("low=95:80:1", "80 is below 95. Write the lower number first."),
            (
                "low=79:95:1",
                "PF203 low 79 is below the 80 that the framework allows regions. Set it between 80 and 95.",
            ),
            ("low=80:95.5:1", "PF203 low 95.5 is above the 95"),
            ("lo=80:95:1", "PF250 lo is no trigger point of plan@v1. Did you mean low?"),
            ("fixed=1:2:1", "PF251 fixed is set nationally; no region may move it."),
            ("loose=1:2:1", "No status of plan@v1 depends on loose"),
        ],
    )
    def test_refused(self, policy: Policy, text: str, says: str) -> None:
        with pytest.raises(UsageError) as refused:
            given(policy, text)
        assert says in refused.value.message

    def test_one_twice(self, policy: Policy) -> None:
        with pytest.raises(UsageError, match="low is given twice"):
            given(policy, "low=80:95:5", "low=80:90:5")

    def test_too_many(self, policy: Policy) -> None:
        with pytest.raises(
            UsageError, match="These are 150,000,001 candidates, and at most 20,000 are tried"
        ):
            given(policy, "low=80:95:0.0000001")


class TestCandidates:
    def test_one_at_a_time(self, policy: Policy) -> None:
        axes = given(policy, "low=80:90:5", "high=50:60:5")
        found = [(one.number, *one.places) for one in _candidates(axes, False)]
        # now is 90 and 60, which are not tried again
        assert found == [(0, 2, 2), (1, 0, 2), (2, 1, 2), (3, 2, 0), (4, 2, 1)]

    def test_a_grid(self, policy: Policy) -> None:
        axes = given(policy, "low=80:85:5", "high=55:60:5")
        found = [(one.number, *one.places) for one in _candidates(axes, True)]
        assert found == [(0, 2, 1), (1, 0, 0), (2, 0, 1), (3, 1, 0), (4, 1, 1)]

    def test_no_more_than_can_be_tried(self, policy: Policy) -> None:
        size = len(list(_candidates(given(policy, "low=80:95:0.1", "high=40:53.1:0.1"), True)))
        assert size == 151 * 132 + 1 <= MOST
        with pytest.raises(UsageError, match="These are 20,083 candidates"):
            list(_candidates(given(policy, "low=80:95:0.1", "high=40:53.2:0.1"), True))
