"""Formulas, conditions, YAML text and random cases of the oracle, against examples worked out by hand."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from tests.oracle.evaluate import Rhythm, half_away, judge, parse, row_of
from tests.oracle.fold import Fold
from tests.oracle.generate import random_case, to_yaml


def test_formulas_are_exact_and_know_what_they_do_not_know() -> None:
    assert half_away(Fraction(-5, 2), 0) == -3
    assert half_away(Fraction(1, 8), 2) == Fraction(13, 100)
    assert parse("1 - 2 - 3") == ("-", ("-", ("number", 1), ("number", 2)), ("number", 3))
    document: dict[str, Any] = {
        "lists": {"grade": {"A": "A", "B": "B"}},
        "inputs": {"x": {}, "z": {"default": 0}, "k": {"per": "grade", "carry_forward": "7 days"}},
        "measures": {
            "points": {
                "decimals": 0,
                "points": {"of": "ratio", "bands": [{"below": 5, "give": 2}], "otherwise": 1},
            },
            "ratio": {"decimals": 1, "formula": "100 * x / k[all]"},
            "twice": {"decimals": 1, "formula": "2 * ratio"},
            "over": {"decimals": 0, "formula": "x / z"},
            "least": {"decimals": 0, "formula": "min(x, over)"},
        },
    }
    figures = {"x": Decimal("0.5"), "k[A]": Decimal(5), "k[B]": Decimal(7)}
    returns = [
        {"as_of": date(2022, 8, 1), "figures": figures},
        {"as_of": date(2022, 8, 8), "figures": {"k[B]": Decimal(1)}},
    ]
    row = row_of(document, returns, 0)
    # 50 / 12 = 4.166..., rounded to 4.2 before it is doubled.
    assert [row["ratio"], row["twice"], row["points"]] == [Fraction(21, 5), Fraction(42, 5), 2]
    assert row["over"] is None
    assert row["least"] is None
    later = row_of(document, returns, 1)
    assert [later["k[A]"], later["k[B]"], later["x"], later["points"]] == [5, 1, None, None]


def test_conditions_are_three_valued() -> None:
    rows: list[Any] = [{"x": Fraction(1), "y": None, "c": "high"}]

    def truth(node: dict[str, Any]) -> Any:
        judged = judge(node, "n", rows, [date(2022, 8, 1)], Rhythm(7, 14), {"t": Fraction(1)})
        return {path: column[0] for path, column in judged.truths.items()}

    yes, no, unknown = {"x": {"at_most": "t"}}, {"x": {"above": 1}}, {"y": {"is": 1}}
    assert truth({"any": [unknown, yes]})["n"] is True
    assert truth({"any": [unknown, no]})["n"] is None
    assert truth({"all": [unknown, no]})["n"] is False
    assert truth({"all": [unknown, yes]})["n"] is None
    assert truth({"none": [unknown, yes]})["n"] is False
    assert truth({"none": [unknown, no]})["n"] is None
    assert truth({"count": {"at_least": 2, "of": [yes, unknown, no]}})["n"] is None
    assert truth({"count": {"at_least": 2, "of": [no, unknown, no]}})["n"] is False
    assert truth({"x": {"at_least": 1, "below": "y"}}) == {"n": None, "n.0": True, "n.1": None}
    assert truth({"c": {"one_of": ["high"], "none_of": ["none"]}})["n"] is True


def test_yaml_text() -> None:
    text = to_yaml(
        {"a": Decimal("90.50"), "no": ["yes", "k[A]"], "b": [{"c": date(2022, 8, 1), "d": {}}], "e": "1.10"}
    )
    assert text == 'a: 90.50\n"no": ["yes", "k[A]"]\nb:\n  - c: 2022-08-01\n    d: {}\ne: "1.10"\n'


def test_random_cases_can_be_decided_on_any_day() -> None:
    for seed in range(60):
        case = random_case(random.Random(seed), size=1 + seed % 2)
        assert case == random_case(random.Random(seed), size=1 + seed % 2)
        facts = (case.declarations, case.suspensions, case.settings)
        together = Fold(case.versions, case.returns, *facts).live(case.asked)
        one = case.asked[len(case.asked) // 2]
        assert together[one] == Fold(case.versions, case.returns, *facts).live([one])[one]


def moved(order: list[str], p: int, truths: dict[str, bool], limits: dict[str, int], stay_over: bool) -> str:
    """One step up or down where nothing is unknown, as the design says it."""
    above = [place for place in range(p + 1, len(order)) if truths[f"enter.{order[place]}"]]
    if above:
        return order[min(above[-1], p + limits.get("up", 9))]
    if p and truths[f"exit.{order[p]}"] and not truths[f"enter.{order[p]}"] and stay_over:
        held = [place for place in range(1, p) if not truths[f"exit.{order[place]}"]]
        return order[max(held[-1] if held else 0, p - limits.get("down", 9))]
    return order[p]


def test_candidates_are_what_the_unknown_conditions_could_lead_to() -> None:
    rng, day = random.Random(7), date(2022, 8, 1)
    for _ in range(400):
        order = ["g", "a", "r", "p"][: rng.randint(2, 4)]
        limits = rng.choice([{}, {"up": 1}, {"down": 1}, {"up": 2, "down": 2}])
        statuses: list[dict[str, Any]] = [{"id": name, "minimum_stay": "7 days"} for name in order]
        p, stay = rng.randrange(len(order)), rng.choice([6, 7])
        fold = Fold([], [])
        fold.state.level, fold.state.since = order[p], day - timedelta(days=stay)
        paths = [f"{kind}.{name}" for kind in ("enter", "exit") for name in order[1:]]
        truths = {path: rng.choice([True, False, None]) for path in paths}
        unknown = [path for path, truth in truths.items() if truth is None]
        ways = [dict(zip(unknown, way, strict=True)) for way in product([True, False], repeat=len(unknown))]
        known = {path: truth for path, truth in truths.items() if truth is not None}
        expected = {moved(order, p, known | way, limits, stay >= 7) for way in ways}
        version = {"statuses": statuses, "steps": limits}
        assert fold.candidates(day, version, truths, at_once=False) == expected
