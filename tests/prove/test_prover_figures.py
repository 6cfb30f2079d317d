"""The figures behind measures: found where there are any, and what cannot be is learned."""

from __future__ import annotations

import pytest

from rules.figures import Figure
from rules.formula import MeasureOf
from rules.policy import Policy
from rules.prove.bands import shares
from rules.prove.encoding import Encoding
from rules.prove.figures import Figures, Unmet
from rules.prove.ranges import Ranges
from rules.prove.search import Search
from tests.rules_deciding import SMALL, measured
from tests.support import policy_of


def policy(measures: str, enter: str, inputs: str = "") -> Policy:
    """The small document with measures, further inputs and one condition."""
    return policy_of(
        SMALL,
        ("  m: {decimals: 1, formula: x}\n", measures),
        ("  x: {decimals: 4}\n", f"  x: {{decimals: 4}}\n{inputs}"),
        ("{x: {above: 0}}", enter),
    )


FTE = "  a: {decimals: 2, minimum: 0}\n  b: {decimals: 2, minimum: 0}\n  d: {decimals: 2, minimum: 0}\n"


@pytest.mark.parametrize("value", [0, 1, 849, 850, 999, 1000, 1001, 123456])
def test_a_ratio_comes_to_each_value(value: int) -> None:
    one = policy("  m: {decimals: 1, formula: 100 * a / b}\n", "{m: {below: 90}}", FTE)
    found = Figures(Encoding(one).subjects).behind({MeasureOf("m"): value})
    assert isinstance(found, dict)
    assert measured(one, found) == {"m": f"{value // 10}.{value % 10}"}


def test_an_unknown_ratio_lacks_a_figure_or_divides_by_nothing() -> None:
    one = policy("  m: {decimals: 1, formula: 100 * a / b}\n", "{m: {below: 90}}", FTE)
    found = Figures(Encoding(one).subjects).behind({MeasureOf("m"): None})
    assert isinstance(found, dict)
    assert measured(one, found) == {"m": None}


def test_what_no_figures_give_is_learned_as_widely_as_it_was_tried() -> None:
    measures = "  m: {decimals: 1, formula: 100 * a / b}\n  n: {decimals: 1, formula: 100 * (a + d) / b}\n"
    one = policy(measures, "{all: [{m: {above: 90}}, {n: {below: 80}}]}", FTE)
    encoding = Encoding(one)
    found = Figures(encoding.subjects).behind({MeasureOf("m"): 950, MeasureOf("n"): 700})
    assert isinstance(found, Unmet)
    assert set(found.limits) == {MeasureOf("m"), MeasureOf("n")}
    assert Search(encoding).exists(encoding.truths.truth(encoding.program.enters[1].node).certain) == "never"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("measures", "enter", "answer"),
    [
        ("m: {decimals: 1, formula: 100 * a / b}", "{all: [{a: {above: b}}, {m: {below: 100}}]}", "never"),
        ("m: {decimals: 1, formula: 100 * a / b}", "{all: [{a: {above: b}}, {m: {is: 100}}]}", "yes"),
        ("m: {decimals: 0, formula: a - b}", "{all: [{a: {is: 7.5}}, {b: {is: 5}}, {m: {is: 3}}]}", "yes"),
        ("m: {decimals: 0, formula: a - b}", "{all: [{a: {is: 7.5}}, {b: {is: 5}}, {m: {is: 2}}]}", "never"),
        ("m: {decimals: 0, formula: b - a}", "{all: [{a: {is: 7.5}}, {b: {is: 5}}, {m: {is: -3}}]}", "yes"),
        ("m: {decimals: 1, formula: 'min(a, b, d)'}", "{all: [{m: {above: 5}}, {b: {below: 5}}]}", "never"),
        ("m: {decimals: 1, formula: 'max(a, b) / 2'}", "{all: [{m: {above: 5}}, {b: {below: 5}}]}", "yes"),
        ("m: {decimals: 1, formula: a / 0}", "{m: {at_least: 0}}", "never"),
        ("m: {decimals: 1, formula: a * b}", "{m: {below: 0}}", "never"),
        ("m: {decimals: 1, formula: a * b}", "{m: {is: 6}}", "yes"),
        ("m: {decimals: 2, formula: a / (b - d)}", "{m: {is: -1.25}}", "yes"),
        ("m: {decimals: 1, formula: a / b + d / a}", "{m: {is: 7}}", "yes"),
    ],
)
def test_formulas(measures: str, enter: str, answer: str) -> None:
    encoding = Encoding(policy(f"  {measures}\n", enter, FTE))
    nodes = encoding.program.enters[1]
    assert nodes is not None
    assert Search(encoding).exists(encoding.truths.truth(nodes.node).certain) == answer


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        ("a", 0, None),
        ("100 * a / b", 0, None),
        ("a / -2", None, 0),
        ("min(a, 5)", 0, 5),
        ("max(a, 5)", 5, None),
        ("7 / (a + 2)", 0, 4),
        ("a - 3", -3, None),
        ("0 - a", None, 0),
        ("1 / (a - 1)", None, None),
    ],
)
def test_ranges(formula: str, low: int | None, high: int | None) -> None:
    one = policy(f"  m: {{decimals: 0, formula: '{formula}'}}\n", "{m: {above: 0}}", FTE)
    first, last = Ranges(one).reach(MeasureOf("m")).stretches[0]
    far = 10**14
    assert (first if first is not None and first > -far else None) == low
    assert (last if last is not None and last < far else None) == high


def test_no_figures_are_a_return_without_any() -> None:
    empty: dict[str, Figure] = {}
    assert measured(policy("  m: {decimals: 0, formula: a}\n", "{m: {above: 0}}", FTE), empty) == {"m": None}


def test_shares_of_bands() -> None:
    bands = "bands: [{below: 3, give: 1}, {above: 3, below: 9, give: 2}]"
    one = policy(f"  m: {{points: {{of: a, {bands}, otherwise: 0}}}}\n", "{m: {above: 0}}", FTE)
    content = one.measures["m"]
    found = shares(content, 2, [(0, 1200)])  # type: ignore[arg-type]
    assert [share.stretches for share in found] == [((0, 299),), ((301, 899),), ((300, 300), (900, 1200))]
