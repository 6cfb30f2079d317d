"""Measures are worked out exactly, rounded half away from zero, and unknown where anything is missing."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.figures import Figure, Return
from rules.measures import scaled_text
from tests.rules_deciding import DAY, measured, numbers, small, with_measures

EACH = settings(max_examples=max(300, settings().max_examples), deadline=None)


@pytest.mark.parametrize(
    ("number", "decimals", "due"),
    [
        ("0.05", 1, "0.1"),
        ("0.15", 1, "0.2"),
        ("0.25", 1, "0.3"),
        ("0.35", 1, "0.4"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("-0.05", 1, "-0.1"),
        ("-0.25", 1, "-0.3"),
        ("-2.5", 0, "-3"),
        ("-2.4999", 0, "-2"),
        ("-0.0499", 1, "0.0"),
        ("-0.4", 0, "0"),
        ("0", 2, "0.00"),
        ("1.005", 2, "1.01"),
        ("2.675", 2, "2.68"),
        ("-1.005", 2, "-1.01"),
        ("99.95", 1, "100.0"),
        ("-99.95", 1, "-100.0"),
        ("0.0001", 3, "0.000"),
        ("7", 3, "7.000"),
    ],
)
def test_half_goes_away_from_zero(number: str, decimals: int, due: str) -> None:
    policy = with_measures(f"m: {{decimals: {decimals}, formula: x}}")
    assert measured(policy, numbers(x=number)) == {"m": due}


@EACH
@given(st.integers(-(10**14), 10**14), st.integers(1, 10**14), st.integers(0, 9))
def test_rounding_is_exact_for_any_fraction(numerator: int, denominator: int, decimals: int) -> None:
    policy = with_measures(f"m: {{decimals: {decimals}, formula: {numerator} / {denominator}}}")
    found = Fraction(measured(policy, {})["m"] or "")
    exact, half = Fraction(numerator, denominator), Fraction(1, 2 * 10**decimals)
    assert abs(found - exact) <= half
    assert abs(found - exact) < half or abs(found) > abs(exact)
    mirrored = with_measures(f"m: {{decimals: {decimals}, formula: -({numerator}) / {denominator}}}")
    assert found == -Fraction(measured(mirrored, {})["m"] or "")


@EACH
@given(st.integers(-(10**20), 10**20), st.integers(0, 9))
def test_a_value_is_written_with_exactly_its_decimals(value: int, decimals: int) -> None:
    text = scaled_text(value, decimals)
    assert Decimal(text) * 10**decimals == value or abs(value) >= 10**28
    assert Fraction(text) * 10**decimals == value
    assert len(text.partition(".")[2]) == decimals
    assert text == "0" or not text.startswith("-0") or value < 0


def test_sixteen_point_one_five_of_nineteen_is_exactly_85() -> None:
    policy = with_measures("m: {decimals: 1, formula: 100 * x / y}", "n: {decimals: 9, formula: 100 * x / y}")
    assert measured(policy, numbers(x="16.15", y=19)) == {"m": "85.0", "n": "85.000000000"}


@pytest.mark.parametrize(
    ("formula", "due"),
    [
        ("0.1 + 0.2", "0.30"),
        ("0.1 + 0.2 - 0.3", "0.00"),
        ("1.1 * 3", "3.30"),
        ("1 / 3 * 3", "1.00"),
        ("1 / 3 + 1 / 3 + 1 / 3 - 1", "0.00"),
        ("2 - 3 - 4", "-5.00"),
        ("24 / 4 / 3", "2.00"),
        ("24 / (4 / 3)", "18.00"),
        ("2 + 3 * 4", "14.00"),
        ("(2 + 3) * 4", "20.00"),
        ("-2 * -3", "6.00"),
        ("-(-2)*-1/4", "-0.50"),
        ("2 - -3", "5.00"),
        ("-2 + 5", "3.00"),
        ("min(3, 1/3, 2)", "0.33"),
        ("max(-1/3, -1/2)", "-0.33"),
        ("max(7)", "7.00"),
        ("min(1, max(2, 3)) + 1", "2.00"),
        ("1 / 1000 * 5", "0.01"),
        ("-1 / 1000 * 5", "-0.01"),
        ("1000000000000 * 1000000000000 / 100000000000000", "10000000000.00"),
        ("k[PO] + k[PSO]", "12.35"),
        ("k[PO, PSO]", "12.35"),
        ("k[PSO, PO]", "12.35"),
        ("k[all]", "12.35"),
        ("k[all] - k[PSO]", "12.34"),
        ("100 * x / y", "85.00"),
        ("x / 0", None),
        ("0 / (y - 19)", None),
        ("0 * (x / 0)", None),
        ("min(1, x / 0)", None),
        ("max(1, z)", None),
        ("min(0, z)", None),
        ("z - z", None),
        ("0 * z", None),
        ("1 / (x - 16.15)", None),
    ],
)
def test_formulas_worked_out_by_hand(formula: str, due: str | None) -> None:
    policy = with_measures(f"m: {{decimals: 2, formula: {formula!r}}}")
    assert measured(policy, numbers(x="16.15", y=19, k_PO="12.34", k_PSO="0.01")) == {"m": due}


def test_a_sum_is_unknown_where_one_member_is() -> None:
    policy = with_measures("m: {decimals: 2, formula: 'k[all]'}", "n: {decimals: 2, formula: 'k[PO]'}")
    assert measured(policy, numbers(k_PO=1)) == {"m": None, "n": "1.00"}


def test_the_rounded_value_is_used_in_other_formulas() -> None:
    policy = with_measures(
        "far: {decimals: 3, formula: 3 * near}",
        "near: {decimals: 0, formula: x / y}",
        "points: {points: {of: near, bands: [{above: 0, give: 1}], otherwise: 0}}",
    )
    found = measured(policy, numbers(x=1, y=3))
    assert found == {"near": "0", "far": "0.000", "points": "0"}


def test_unknown_spreads_to_all_that_is_computed_from_it() -> None:
    policy = with_measures(
        "a: {decimals: 0, formula: x / y}",
        "b: {decimals: 0, formula: a + 1}",
        "c1: {points: {of: b, bands: [{above: 0, give: 1}], otherwise: 0}}",
        "d: {decimals: 0, formula: 'max(c1, 5)'}",
        "e: {decimals: 0, formula: x}",
    )
    found = measured(policy, numbers(x=1, y=0))
    assert found == {"a": None, "b": None, "c1": None, "d": None, "e": "1"}


BANDS = "[{below: 70, give: 3}, {at_most: 85.04, give: 2}, {above: 94.95, give: 0.5}]"


@pytest.mark.parametrize(
    ("x", "due"),
    [
        ("69.9", "3.0"),
        ("69.95", "2.0"),
        ("70", "2.0"),
        ("85.0", "2.0"),
        ("85.04", "2.0"),
        ("85.05", "-1.0"),
        ("94.9", "-1.0"),
        ("94.94", "-1.0"),
        ("94.95", "0.5"),
        ("95", "0.5"),
        ("-1000", "3.0"),
        (None, None),
    ],
)
def test_the_first_band_that_fits_gives_its_points(x: str | None, due: str | None) -> None:
    policy = with_measures(
        "m: {decimals: 1, formula: x}",
        f"p: {{decimals: 1, points: {{of: m, bands: {BANDS}, otherwise: -1}}}}",
    )
    assert measured(policy, numbers(x=x))["p"] == due


@pytest.mark.parametrize(
    ("x", "due"), [("9.9999", "0"), (10, "1"), ("19.9999", "1"), (20, "2"), ("20.0001", "0")]
)
def test_a_band_may_have_two_limits(x: str | int, due: str) -> None:
    bands = "bands: [{at_least: 10, below: 20, give: 1}, {at_least: 20, at_most: 20, give: 2}], otherwise: 0"
    assert measured(with_measures(f"m: {{points: {{of: x, {bands}}}}}"), numbers(x=x)) == {"m": due}


def evaluated(tree: object, figures: dict[str, Fraction | None]) -> Fraction | None:
    """A tree worked out with fractions; None is unknown."""
    if isinstance(tree, str):
        return figures[tree]
    if not isinstance(tree, tuple):
        assert isinstance(tree, Fraction)
        return tree
    parts = [evaluated(part, figures) for part in tree[1:]]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if tree[0] in ("min", "max"):
        return min(known) if tree[0] == "min" else max(known)
    one, other = known
    if tree[0] == "/":
        return one / other if other else None
    return {"+": one + other, "-": one - other, "*": one * other}[str(tree[0])]


def written(tree: object) -> str:
    """A tree as a formula, with no more brackets than it needs at a sum or difference of the right side."""
    if isinstance(tree, str):
        return tree
    if isinstance(tree, Fraction):
        return format(Decimal(tree.numerator) / Decimal(tree.denominator), "f")
    assert isinstance(tree, tuple)
    if tree[0] in ("min", "max"):
        return f"{tree[0]}({', '.join(map(written, tree[1:]))})"
    one, other = map(written, tree[1:])
    if tree[0] in "*/" and isinstance(tree[1], tuple) and tree[1][0] in "+-":
        one = f"({one})"
    if isinstance(tree[2], tuple) and tree[2][0] in "+-*/" and tree[0] != "+":
        other = f"({other})"
    return f"{one} {tree[0]} {other}"


FIGURES = ["x", "y", "z", "k[PO]", "k[all]"]
LEAVES: st.SearchStrategy[object] = st.one_of(
    st.sampled_from(FIGURES),
    st.integers(0, 9999).map(lambda number: Fraction(number, 100)),
    st.integers(0, 9).map(Fraction),
)
FORMULAS: st.SearchStrategy[object] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner, inner),
    ),
    max_leaves=12,
)
GIVEN = st.one_of(st.none(), st.integers(-20_000, 20_000), st.integers(-3, 3).map(lambda n: n * 10_000))


@EACH
@given(FORMULAS, st.integers(0, 6), st.tuples(GIVEN, GIVEN, GIVEN), st.tuples(GIVEN, GIVEN))
def test_any_formula_is_worked_out_exactly(
    tree: object,
    decimals: int,
    plain: tuple[int | None, int | None, int | None],
    members: tuple[int | None, int | None],
) -> None:
    policy = with_measures(f"m: {{decimals: {decimals}, formula: {written(tree)!r}}}")
    sizes: dict[str, tuple[int | None, int]] = {
        **{name: (number, 10**4) for name, number in zip("xyz", plain, strict=True)},
        **{f"k[{name}]": (number, 10**2) for name, number in zip(("PO", "PSO"), members, strict=True)},
    }
    exact = {
        key: None if number is None else Fraction(number, scale) for key, (number, scale) in sizes.items()
    }
    both = [exact["k[PO]"], exact["k[PSO]"]]
    exact["k[all]"] = None if None in both else sum((one for one in both if one is not None), Fraction(0))
    figures: dict[str, Figure] = {
        key: Decimal(number) / scale for key, (number, scale) in sizes.items() if number is not None
    }
    found = measured(policy, figures)["m"]
    due = evaluated(tree, exact)
    if due is None:
        assert found is None
        return
    assert found is not None
    whole = int(abs(due) * 10**decimals + Fraction(1, 2))
    assert Fraction(found) == Fraction(whole if due >= 0 else -whole, 10**decimals)


def earlier(days: int, **figures: str | int | None) -> Return:
    """A return so many days before the one at hand."""
    return Return("york", DAY - datetime.timedelta(days=days), numbers(**figures))


def test_a_missing_figure_is_the_newest_earlier_one_then_the_default_then_unknown() -> None:
    policy = small(
        ("  x: {decimals: 4}", "  x: {decimals: 4, carry_forward: 14 days, default: 7}"),
        ("  y: {decimals: 4}", "  y: {decimals: 4, default: 8}"),
        ("  m: {decimals: 1, formula: x}\n", "  a: {formula: x}\n  b: {formula: y}\n  d: {formula: z}\n"),
    )
    returns = [earlier(21, x=1, y=1, z=1), earlier(14, x=2, y=2, z=2), earlier(7, x=None, y=3, z=3)]
    assert measured(policy, numbers(x=5, y=5, z=5), *returns) == {"a": "5", "b": "5", "d": "5"}
    assert measured(policy, {}, *returns) == {"a": "2", "b": "8", "d": None}
    assert measured(policy, {}, returns[0]) == {"a": "7", "b": "8", "d": None}
    assert measured(policy, {}) == {"a": "7", "b": "8", "d": None}


def test_a_figure_is_carried_from_the_return_that_gave_it_and_not_further() -> None:
    policy = small(("  x: {decimals: 4}", "  x: {decimals: 4, carry_forward: 7 days}"))
    assert measured(policy, {}, earlier(7, x=1), earlier(3)) == {"m": "1.0"}
    assert measured(policy, {}, earlier(8, x=1), earlier(3), earlier(1)) == {"m": None}


def test_a_default_may_be_0_and_is_not_missing() -> None:
    policy = small(("  x: {decimals: 4}", "  x: {decimals: 4, default: 0}"))
    assert measured(policy, {}) == {"m": "0.0"}


def test_members_are_carried_each_for_itself() -> None:
    policy = small(
        ("k: {decimals: 2, per: grade}", "k: {decimals: 2, per: grade, carry_forward: 7 days}"),
        ("formula: x}", "formula: 'k[all]'}"),
    )
    assert measured(policy, numbers(k_PO=1), earlier(7, k_PO=5, k_PSO=2)) == {"m": "3.0"}


def test_a_figure_that_is_not_fit_counts_as_not_given() -> None:
    policy = small(("  x: {decimals: 4}", "  x: {decimals: 1, maximum: 10, carry_forward: 7 days}"))
    for unfit in ("1.23", "10.1", "1234567890123456"):
        assert measured(policy, numbers(x=unfit), earlier(7, x=2)) == {"m": "2.0"}
        assert measured(policy, numbers(x=unfit)) == {"m": None}
    assert measured(policy, numbers(x="1.200")) == {"m": "1.2"}


def test_a_figure_of_the_other_kind_counts_as_not_given() -> None:
    policy = with_measures("m: {decimals: 0, formula: x}")
    assert measured(policy, {"x": Decimal(5)}) == {"m": "5"}
    assert measured(policy, {"x": "5"}) == {"m": None}
    assert measured(policy, {"x": Decimal(5)}) == {"m": "5"}
