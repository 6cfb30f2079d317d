"""Values at, just below and just above thresholds, where floats go wrong, through both deciders."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from operator import eq, ge, gt, le, lt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.decide.program import LIMIT
from rules.formula.conditions import WIDEST
from rules.policy import Policy
from tests.rules_deciding import SMALL, Judge, Truth, numbers, small
from tests.support import changed, read_version

EACH = settings(max_examples=max(300, settings().max_examples), deadline=None)
WORDS = {"below": lt, "at_most": le, "above": gt, "at_least": ge, "is": eq}


def compared(subject: str, threshold: str, *changes: tuple[str, str]) -> Policy:
    """A version that compares a subject in each of the five ways with a threshold."""
    reductions = "".join(
        f"  - id: {word}\n    reductions:\n"
        f"      - {{from: a, strength: may, do: x, when: {{'{subject}': {{{word}: {threshold}}}}}}}\n"
        for word in WORDS
    )
    return small(("activities: []\n", f"activities:\n{reductions}"), *changes)


def truths(judge: Judge, **figures: str | int | None) -> dict[str, Truth]:
    """What each of the five comparisons comes to."""
    outcome = judge.judge(numbers(**figures))
    return {word: judge.truth(f"when.{word}.a", outcome) for word in WORDS}


def due(value: Fraction | Decimal | None, threshold: Fraction | Decimal) -> dict[str, Truth]:
    """What each of the five comparisons must come to."""
    if value is None:
        return dict.fromkeys(WORDS, None)
    return {word: compare(Fraction(value), Fraction(threshold)) for word, compare in WORDS.items()}


THRESHOLDS = ["0.1", "0.3", "1.1", "2.7", "4.35", "8.2", "16.15", "64.1", "84.9", "85", "100", "1000000.1"]


@pytest.mark.parametrize("threshold", [*THRESHOLDS, *(f"-{one}" for one in THRESHOLDS), "0"])
@pytest.mark.parametrize("decimals", [0, 1, 2, 4])
def test_a_step_of_the_grid_on_either_side(threshold: str, decimals: int) -> None:
    policy = compared("m", threshold, ("decimals: 1, formula: x", f"decimals: {decimals}, formula: x"))
    judge = Judge(policy)
    step = Decimal(1).scaleb(-decimals)
    nearest = Decimal(threshold).quantize(step)
    for value in (nearest - 2 * step, nearest - step, nearest, nearest + step, nearest + 2 * step):
        assert truths(judge, x=str(value)) == due(value, Decimal(threshold))
    assert truths(judge) == due(None, Decimal(threshold))
    judge.close()


@pytest.mark.parametrize(
    ("formula", "threshold", "x", "y", "value"),
    [
        ("x + y", "0.3", "0.1", "0.2", "0.3"),
        ("x * 3", "3.3", "1.1", None, "3.3"),
        ("100 * x / y", "85", "16.15", "19", "85.0"),
        ("100 * x / y", "85", "16.14", "19", "84.9"),
        ("100 * x / y", "85", "16.16", "19", "85.1"),
        ("100 * x / y", "85", "16.1404", "19", "84.9"),
        ("100 * x / y", "85", "16.1405", "19", "85.0"),
        ("100 * x / y", "110", "0.11", "0.1", "110.0"),
        ("100 * x / y", "33.3", "1", "3", "33.3"),
        ("100 * x / y", "66.7", "2", "3", "66.7"),
        ("100 * x / y", "-66.7", "-2", "3", "-66.7"),
        ("x - y", "0", "0.05", "0.0001", "0.0"),
        ("x - y", "0.1", "0.05", "0", "0.1"),
        ("x - y", "-0.1", "0", "0.05", "-0.1"),
        ("x", "4.35", "4.349", None, "4.3"),
        ("x", "4.35", "4.35", None, "4.4"),
    ],
)
def test_the_rounded_value_is_what_is_compared(
    formula: str, threshold: str, x: str, y: str | None, value: str
) -> None:
    judge = Judge(compared("m", threshold, ("formula: x", f"formula: {formula}")))
    assert truths(judge, x=x, y=y) == due(Decimal(value), Decimal(threshold))
    judge.close()


@EACH
@given(st.integers(0, 4), st.integers(-99_999, 99_999), st.integers(0, 4), st.integers(-2, 2))
def test_any_threshold_is_met_exactly(decimals: int, threshold: int, finer: int, step: int) -> None:
    limit = Fraction(threshold, 10**finer)
    text = format(Decimal(threshold).scaleb(-finer), "f")
    judge = Judge(compared("m", text, ("decimals: 1, formula: x", f"decimals: {decimals}, formula: x")))
    value = Fraction(limit * 10**decimals // 1 + step, 10**decimals)
    written = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    assert truths(judge, x=written) == due(value, limit)
    judge.close()


@pytest.mark.parametrize("subject", ["x", "k[PO]"])
def test_an_input_is_compared_as_it_was_given(subject: str) -> None:
    judge = Judge(compared(subject, "7.07"))
    for value in ("7.06", "7.07", "7.08"):
        assert truths(judge, **{subject.replace("[", "_").rstrip("]"): value}) == due(
            Decimal(value), Decimal("7.07")
        )
    judge.close()


def test_a_trigger_point_is_a_threshold() -> None:
    point = ("statuses:\n", "trigger_points: {limit: {default: 84.95}}\nstatuses:\n")
    judge = Judge(compared("m", "limit", point))
    for value in ("84.9", "85"):
        assert truths(judge, x=value) == due(Decimal(value), Decimal("84.95"))
    judge.close()


@EACH
@given(st.integers(-30, 30), st.integers(-300, 300), st.booleans())
def test_a_figure_or_measure_is_a_threshold(x: int, y: int, missing: bool) -> None:
    lines = "  m: {decimals: 0, formula: x}\n  n: {decimals: 1, formula: y}\n"
    measures = ("  m: {decimals: 1, formula: x}\n", lines)
    judge = Judge(compared("m", "n", measures))
    limit = Decimal(y).scaleb(-1)
    found = truths(judge, x=str(x), y=None if missing else str(limit))
    assert found == due(None if missing else Decimal(x), limit)
    judge.close()


CATEGORY = ("activities: []\n", "activities:\n" + "".join(
    f"  - id: {name}\n    reductions: [{{from: a, strength: may, do: x, when: {{c: {test}}}}}]\n"
    for name, test in {
        "is": "{is: mid}",
        "one": "{one_of: [mid, high, mid]}",
        "none": "{none_of: [mid]}",
        "neither": "{none_of: [mid, high]}",
        "both": "{one_of: [mid, high], none_of: [mid]}",
    }.items()
))  # fmt: skip


@pytest.mark.parametrize(
    ("category", "met"),
    [
        ("low", {"is": False, "one": False, "none": True, "neither": True, "both": False}),
        ("mid", {"is": True, "one": True, "none": False, "neither": False, "both": False}),
        ("high", {"is": False, "one": True, "none": True, "neither": False, "both": True}),
        (None, dict.fromkeys(["is", "one", "none", "neither", "both"])),
    ],
)
def test_categories(category: str | None, met: dict[str, Truth]) -> None:
    judge = Judge(small(CATEGORY))
    outcome = judge.judge(numbers(c=category))
    assert {name: judge.truth(f"when.{name}.a", outcome) for name in met} == met
    judge.close()


HUGE = [
    "0",
    "0.000000001",
    "-1",
    "4000000000",
    "4000000000.00001",
    "-4000000001",
    "999999999999999",
    "-999999999999999",
]


@pytest.mark.parametrize("threshold", ["1", "-1", "3999999999.9", "-3999999999.9", "0"])
@pytest.mark.parametrize("value", HUGE)
def test_numbers_of_any_size_are_compared_exactly(threshold: str, value: str) -> None:
    judge = Judge(compared("big", threshold))
    assert truths(judge, big=value) == due(Decimal(value), Decimal(threshold))
    judge.close()


@pytest.mark.parametrize("value", HUGE)
def test_products_of_any_size_are_compared_exactly(value: str) -> None:
    judge = Judge(compared("m", "5", ("formula: x", "formula: big * big * big")))
    exact = Fraction(value) ** 3
    assert truths(judge, big=value) == due(Fraction(round(exact * 10), 10), Fraction(5))
    judge.close()


@pytest.mark.parametrize("threshold", ["4000000000", "-5000000000", "999999999999999"])
def test_a_threshold_too_large_for_the_deciders_is_refused_and_not_cut_down(threshold: str) -> None:
    text = changed(SMALL, ("enter: {x: {above: 0}}", f"enter: {{big: {{above: {threshold}}}}}"))
    assert [one.code for one in read_version(text)[1]] == ["PF209"]
    low, high = min(1, int(threshold)), max(1, int(threshold))
    point = f"trigger_points: {{limit: {{default: 1, regions: {{from: {low}, to: {high}}}}}}}\n"
    enter = ("enter: {x: {above: 0}}", "enter: {big: {above: limit}}")
    text = changed(SMALL, enter, ("statuses:\n", point + "statuses:\n"))
    assert [one.code for one in read_version(text)[1]] == ["PF209"]
    assert read_version(changed(SMALL, ("{x: {above: 0}}", "{x: {above: 399999999999999}}")))[0] is not None
    assert WIDEST == LIMIT - 1


def test_a_category_of_a_member() -> None:
    alerts = ("  c: {values: [low, mid, high]}", "  c: {values: [low, mid, high], per: grade, default: low}")
    reduction = "{from: a, strength: may, do: x, when: {'c[PO]': {is: high}}}"
    when = f"activities:\n  - {{id: w, reductions: [{reduction}]}}\n"
    judge = Judge(small(alerts, ("activities: []\n", when)))
    for figures, due_ in (({"c[PO]": "high"}, True), ({"c[PSO]": "high"}, False), ({"c[PO]": "mid"}, False)):
        assert judge.truth("when.w.a", judge.judge(dict(figures))) == due_
    judge.close()
