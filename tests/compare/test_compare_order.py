"""What only stands in another order is told in words that are spelt as they should be."""

from __future__ import annotations

import pytest

from reports._words import differences as words
from tests.compare.compare_kit import FIRST
from tests.compare.test_compare_sentences import told


def test_activities_in_another_order() -> None:
    start, end = FIRST.index("  - id: visits\n"), FIRST.index("  - id: meetings\n")
    (found,) = told((FIRST[start:end], ""), ("  - id: audits\n", FIRST[start:end] + "  - id: audits\n"))
    assert found["sentence"] == "Activities stand in another order. That changes no answer."


@pytest.mark.parametrize(
    ("section", "one", "many"),
    [
        ("sources", "source", "Sources"),
        ("lists", "list", "Lists"),
        ("inputs", "figure", "Figures"),
        ("measures", "measure", "Measures"),
        ("trigger_points", "trigger point", "Trigger points"),
        ("parts", "part of the work", "Parts of the work"),
        ("cohorts", "cohort", "Cohorts"),
        ("activities", "activity", "Activities"),
        ("guarantees", "guarantee", "Guarantees"),
    ],
)
def test_each_section_has_its_words(section: str, one: str, many: str) -> None:
    assert words.order(words.many(section)) == f"{many} stand in another order. That changes no answer."
    assert words.new(section, "X", "It is so.") == f"New {one}: X. It is so."
    assert words.gone(section, "X") == f"No longer there: the {one} X."
    assert words.renamed(section, "X", "a", "b") == (
        f"The {one} X has another id: b instead of a. All else about it is the same."
    )
