"""Conditions in a few words, with the names of the document."""

from __future__ import annotations

import pytest

from rules.formula.wording import in_words, span_in_words
from tests.support import PLAN, policy_of

OLD = "      staffing: {at_least: 95}\n      for: 2 weeks\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("staffing: {at_least: 95}\n      for: 2 weeks", "staffing at least 95, for 2 weeks"),
        ("staffing: {at_least: 95.50}", "staffing at least 95.5"),
        ("staffing: {above: amber_staffing}", "staffing above amber_staffing"),
        ("staffing: {above: workload}", "staffing above workload"),
        ("in_post_fte[PO]: {at_most: 3}", "in_post_fte[PO] at most 3"),
        ("alert: {is: high}", "alert is high"),
        ("alert: {one_of: [high, very-high]}", "alert is high or very-high"),
        ("alert: {none_of: [very-high]}", "alert is not very-high"),
        ("staffing: {at_least: 80, below: 90}", "all of these: staffing at least 80; staffing below 90"),
        (
            "any: [{alert: {is: high}}, {points: {is: 9}}]\n      for: 1 week",
            "any of these (alert is high; points is 9), for 1 week",
        ),
        ("none: [{alert: {is: high}}]", "none of these: alert is high"),
        ("any: [{alert: {is: high}}]", "alert is high"),
        (
            "count: {at_least: 2, of: [{alert: {is: high}}, {points: {is: 9}}, {any: [{points: {is: 1}}]}]}",
            "at least 2 of its 3 parts",
        ),
    ],
)
def test_in_words(written: str, said: str) -> None:
    condition = policy_of(PLAN, (OLD, f"      {written}\n")).exits[1]
    assert condition is not None
    assert in_words(condition, 7) == said


@pytest.mark.parametrize(
    ("days", "said"), [(7, "1 week"), (14, "2 weeks"), (10, "10 days"), (1, "1 day"), (0, "0 days")]
)
def test_a_duration(days: int, said: str) -> None:
    assert span_in_words(days) == said
