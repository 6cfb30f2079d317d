"""What holds of all figures: parts make up the whole, order changes nothing, and unknown is never 0."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bulk import read_bulk
from engine.insights import asked, document, insights
from engine.returns import write_returns
from rules.figures import Return
from rules.formula import Arithmetic, Constant, Extreme, FigureOf
from rules.formula.tree import Formula
from rules.framework import Library
from tests.insights.insights_kit import MONDAY, WEEK, library_in, read_views, rows, told, view_text

UNITS = ("york", "hull", "kent")
EVERYONE = (*UNITS, "bath")
KEYS = tuple(f"{name}[{grade}]" for name in ("required", "in_post", "absent") for grade in ("PO", "PSO"))
FORMULAS = (
    "100 * (required - in_post) / required",
    "in_post - absent",
    "(required - in_post[PO]) / (in_post - 2 * absent[PSO])",
    "max(required - in_post, 0) / min(required, 7)",
    "-3 * absent / (required - required)",
)
ADDED = ("required - in_post", "2 * absent + in_post", "fall(in_post, 2 weeks)", "rise(absent, 1 week) / 4")


@cache
def library() -> Library:
    return library_in(Path(tempfile.mkdtemp()))


number = st.integers(0, 4000).map(lambda number: Decimal(number).scaleb(-2))
"""Such as 13.25."""


@st.composite
def weeks(draw: Any, units: Sequence[str] = UNITS, most: int = 4, missing: bool = True) -> list[Return]:
    """Some weeks of some units; a return or a figure may be left out."""
    found = []
    kind = st.one_of(st.none(), number) if missing else number
    for unit in units:
        for week in range(most):
            if missing and not draw(st.integers(0, 5)):
                continue
            figures = {key: value for key in KEYS if (value := draw(kind)) is not None}
            found.append(Return(unit, MONDAY + week * WEEK, figures))
    return found


def exact(formula: Formula, value: Callable[[str], Fraction]) -> Fraction | None:
    """A formula by another way: fractions, and a walk of the tree."""
    if isinstance(formula, Constant):
        return Fraction(formula.value)
    if isinstance(formula, FigureOf):
        return value(formula.input)
    if isinstance(formula, Extreme):
        parts = [exact(one, value) for one in formula.arguments]
        known = [one for one in parts if one is not None]
        return None if len(known) < len(parts) else min(known) if formula.function == "min" else max(known)
    assert isinstance(formula, Arithmetic)
    left, right = exact(formula.left, value), exact(formula.right, value)
    if left is None or right is None or (formula.operator == "/" and not right):
        return None
    signs: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    }  # fmt: skip
    return signs[formula.operator](left, right)


def rounded(value: Fraction, decimals: int) -> str:
    """Halves away from zero."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return f"{'-' if value < 0 and whole else ''}{Decimal(whole).scaleb(-decimals):.{decimals}f}"


@settings(max_examples=100)
@given(returns=weeks(most=1), formula=st.sampled_from(FORMULAS), decimals=st.integers(0, 3))
def test_a_figure_is_its_formula_over_the_sums_of_all_units(
    returns: list[Return], formula: str, decimals: int
) -> None:
    text = view_text(formula, decimals=decimals)
    views, _ = read_views(library(), text)
    (written,) = views["one"].figures
    by_unit = {one.pdu: one for one in returns}
    (view,) = told(library(), [text], returns, last=MONDAY).views
    cell = view.rows[0].cells[0]
    keys = {
        name: [f"{total.input}[{member}]" for member in total.members or ("PO", "PSO")]
        for name, total in written.totals.items()
    }

    def of(unit: str, key: str) -> Decimal | None:
        found = by_unit[unit].figures.get(key) if unit in by_unit else None
        default = Decimal(0) if unit in by_unit and key.startswith("absent") else None
        return default if found is None else Decimal(found)

    whole = [unit for unit in UNITS if all(of(unit, key) is not None for one in keys.values() for key in one)]
    sums = {
        name: sum((Fraction(of(unit, key) or 0) for unit in whole for key in one), Fraction(0))
        for name, one in keys.items()
    }
    due = exact(written.formula, sums.__getitem__) if whole else None
    assert cell.of_known == (None if due is None else rounded(due, decimals))
    assert (cell.units, cell.missing) == (3, 3 - len(whole))
    assert cell.value == (cell.of_known if len(whole) == 3 else None)


@settings(max_examples=40)
@given(
    returns=weeks(EVERYONE, missing=False),
    formula=st.sampled_from(ADDED),
    by=st.sampled_from([["region"], ["pdu"], ["grade"], ["pdu", "grade"], ["region", "grade"]]),
)
def test_what_is_only_added_up_is_the_sum_of_its_parts(
    returns: list[Return], formula: str, by: list[str]
) -> None:
    texts = [view_text(formula, decimals=4)]
    (parts,) = told(library(), texts, returns, by=by).views
    (whole,) = told(library(), texts, returns).views
    total = whole.rows[0].cells[0].value
    assert total is not None
    assert len(parts.rows) > 1
    assert sum(Decimal(row.cells[0].value or "nan") for row in parts.rows) == Decimal(total)


@settings(max_examples=40)
@given(returns=weeks(), formula=st.sampled_from(ADDED))
def test_so_is_what_is_known_of_the_parts(returns: list[Return], formula: str) -> None:
    """Units that are missing are missing in a part as in the whole, so what is known adds up too."""
    texts = [view_text(formula, decimals=4)]
    last = MONDAY + 3 * WEEK
    (parts,) = told(library(), texts, returns, by=["pdu"], last=last).views
    (whole,) = told(library(), texts, returns, last=last).views
    cells = [row.cells[0] for row in parts.rows]
    cell = whole.rows[0].cells[0]
    assert sum(one.missing for one in cells) == cell.missing
    known = [Decimal(one.of_known) for one in cells if one.of_known is not None]
    assert (cell.of_known is None) == (not known)
    assert sum(known) == Decimal(cell.of_known or 0)


@settings(max_examples=40)
@given(returns=weeks(("york", "hull"), missing=False), formula=st.sampled_from(FORMULAS))
def test_a_region_is_as_one_unit_with_its_figures_summed(returns: list[Return], formula: str) -> None:
    sums: dict[Any, dict[str, Any]] = {}
    for one in returns:
        own = sums.setdefault(one.as_of, {})
        for key, number in one.figures.items():
            own[key] = own.get(key, Decimal(0)) + Decimal(number)
    together = [Return("kent", day, figures) for day, figures in sums.items()]
    (view,) = told(
        library(), [view_text(formula, decimals=3)], [*returns, *together], by=["region"], weeks=3
    ).views
    found = rows(view)
    for (region, day), row in found.items():
        if region == "north":
            alone = told(
                library(), [view_text(formula, decimals=3)], together, pdus=["kent"], last=day
            ).views[0]
            assert row.cells[0].of_known == alone.rows[0].cells[0].of_known


@settings(max_examples=40)
@given(
    returns=weeks(EVERYONE, missing=False, most=2),
    place=st.integers(0, 10**6),
    formula=st.sampled_from(FORMULAS[:4]),
)
def test_a_figure_that_goes_missing_is_never_0(returns: list[Return], place: int, formula: str) -> None:
    kept = [key for key in KEYS if not key.startswith("absent")]
    unit, key = UNITS[place % 3], kept[place // 3 % len(kept)]
    last = MONDAY + WEEK
    poorer = [
        Return(one.pdu, one.as_of, {name: number for name, number in one.figures.items() if name != key})
        if one.pdu == unit and one.as_of == last
        else one
        for one in returns
    ]
    views, _ = read_views(library(), view_text(formula))
    (written,) = views["one"].figures
    used = {
        f"{total.input}[{member}]"
        for total in written.totals.values()
        for member in total.members or ("PO", "PSO")
    }
    before, after = (
        told(library(), [view_text(formula)], given_, last=last).views[0].rows[0].cells[0]
        for given_ in (returns, poorer)
    )
    if key not in used:
        assert after == before
        return
    assert (after.value, after.missing, after.because) == (None, 1, "missing")
    without = [one for one in returns if one.pdu != unit]
    assert (
        after.of_known
        == told(library(), [view_text(formula)], without, last=last).views[0].rows[0].cells[0].of_known
    )


@settings(max_examples=40)
@given(returns=weeks(), seed=st.integers(0, 10**6), by=st.sampled_from([[], ["pdu"], ["grade"], ["tag"]]))
def test_the_order_of_rows_changes_nothing(returns: list[Return], seed: int, by: list[str]) -> None:
    framework, organisation = library().framework(), library().organisation
    views, _ = read_views(
        library(), *(view_text(one, id_=f"v{place}") for place, one in enumerate((*FORMULAS, *ADDED)))
    )
    lines = write_returns(returns, framework.vocabulary, "csv").decode().splitlines()
    shuffled = lines[1:]
    random.Random(seed).shuffle(shuffled)
    question = asked(framework, organisation, views, by=by, last=MONDAY + 3 * WEEK, weeks=2)
    found = []
    for rest in (lines[1:], shuffled):
        data = "\n".join([lines[0], *rest, ""]).encode()
        bulk = read_bulk(
            [(data, "r.csv")],
            7,
            vocabulary=framework.vocabulary,
            organisation=organisation,
            today=MONDAY + 9 * WEEK,
        )
        found.append(document(insights(framework, organisation, bulk.frame, question)))
    assert found[0] == found[1]
