"""Figures worked out by hand: sums divided by sums, what is missing, and what they are held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.framework import Library
from tests.insights.insights_kit import (
    MONDAY,
    VERSION,
    VIEW,
    WEEK,
    given,
    known,
    library_in,
    posts,
    rows,
    told,
    values,
    view_text,
)

YORK = posts("york", MONDAY, (10, 10), (8, 9))
HULL = posts("hull", MONDAY, (40, 0), (30, 0))
KENT = posts("kent", MONDAY, (10, 10), (10, 10))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path)


def test_a_rate_of_a_region_is_no_mean_of_rates(library: Library) -> None:
    # 15% in York and 25% in Hull: 13 of 60 posts, and not 20%.
    (view,) = told(library, [VIEW], [YORK, HULL, KENT]).views
    assert values(view) == {
        ("north",): ["60.00", "13.00", "21.7"],
        ("south",): ["20.00", "0.00", "0.0"],
    }
    north = rows(view)["north",]
    assert north.against.country is not None
    assert [cell.value for cell in north.against.country] == ["80.00", "13.00", "16.3"]  # 16.25, half up
    assert north.against.region is None


def test_each_unit_is_held_against_its_region_and_all(library: Library) -> None:
    (view,) = told(library, [VIEW], [YORK, HULL, KENT], by=["pdu"]).views
    york = rows(view)["north", "york"]
    assert york.against.region is not None
    assert york.against.country is not None
    assert [york.cells[2].value, york.against.region[2].value, york.against.country[2].value] == [
        "15.0", "21.7", "16.3",
    ]  # fmt: skip


def test_by_grade_the_bare_name_means_that_grade(library: Library) -> None:
    (view,) = told(library, [VIEW], [YORK, HULL, KENT], by=["grade"]).views
    assert values(view) == {("PO",): ["60.00", "12.00", "20.0"], ("PSO",): ["20.00", "1.00", "5.0"]}


def test_brackets_mean_the_members_written_whatever_the_split(library: Library) -> None:
    (view,) = told(library, [view_text("100 * in_post / in_post[all]")], [YORK, KENT], by=["grade"]).views
    assert known(view) == {("PO",): ["48.6"], ("PSO",): ["51.4"]}  # 18 and 19 of 37


def test_a_split_by_tenure(library: Library) -> None:
    returns = [
        given("york", MONDAY, staff={"under_1": 3, "over_1": 9}),
        given("kent", MONDAY, staff={"under_1": 1, "over_1": 7}),
    ]
    (view,) = told(library, [view_text("100 * staff / staff[all]")], returns, by=["tenure"]).views
    assert known(view) == {("under_1",): ["20.0"], ("over_1",): ["80.0"]}


def test_whoever_has_several_tags_counts_under_each(library: Library) -> None:
    (view,) = told(library, [VIEW], [YORK, HULL, KENT], by=["tag"]).views
    assert values(view) == {
        ("",): ["20.00", "0.00", "0.0"],
        ("coast",): ["40.00", "10.00", "25.0"],
        ("rural",): ["60.00", "13.00", "21.7"],
    }


def test_tags_within_a_region_are_held_against_the_region(library: Library) -> None:
    (view,) = told(library, [VIEW], [YORK, HULL, KENT], by=["region", "tag"]).views
    coast = rows(view)["north", "coast"]
    assert coast.against.region is not None
    assert (coast.cells[2].value, coast.against.region[2].value) == ("25.0", "21.7")


def test_a_unit_without_a_return_makes_the_whole_unknown_and_is_told(library: Library) -> None:
    (view,) = told(library, [VIEW], [YORK, KENT]).views
    north = rows(view)["north",].cells[2]
    assert north == (None, "15.0", 2, 1, "missing", 0, 0)
    assert rows(view)["south",].cells[2].value == "0.0"
    country = rows(view)["north",].against.country
    assert country is not None
    assert country[2] == (None, "7.5", 3, 1, "missing", 0, 0)
    assert [(one.pdu, one.because) for one in view.lacking] == [("hull", "no_return")]


def test_one_figure_that_is_not_given_takes_its_unit_out_and_no_other(library: Library) -> None:
    partly = posts("kent", MONDAY, (10, 10), (10, None))
    (view,) = told(library, [VIEW], [YORK, HULL, partly], by=["grade"]).views
    po, pso = (rows(view)[one,].cells for one in ("PO", "PSO"))
    assert [cell.missing for cell in po] == [0, 0, 0]
    assert [cell.missing for cell in pso] == [0, 1, 1]
    assert [cell.value for cell in pso] == ["20.00", None, None]
    assert pso[2].of_known == "10.0"  # one of the ten posts of York; Hull has none
    assert [(one.pdu, one.because, one.inputs) for one in view.lacking] == [
        ("kent", "not_given", ("in_post[PSO]",))
    ]


def test_nothing_is_divided_by_zero(library: Library) -> None:
    (view,) = told(library, [VIEW], [YORK, HULL, KENT], by=["pdu", "grade"]).views
    assert rows(view)["north", "hull", "PSO"].cells[2] == (None, None, 1, 0, "undefined", 0, 0)


def test_a_return_counts_until_it_is_too_old(library: Library) -> None:
    for days, value in ((14, "15.0"), (15, None)):
        (view,) = told(
            library, [VIEW], [YORK], by=["pdu"], pdus=["york"], last=MONDAY + days * WEEK / 7
        ).views
        assert rows(view)["north", "york"].cells[2].value == value
    assert [(one.pdu, one.because) for one in view.lacking] == [("york", "stale")]


def test_what_stands_in_for_a_figure_is_counted(library: Library) -> None:
    text = view_text("points + absent", decimals=0)
    first = given("york", MONDAY, points=100, absent={"PO": 1, "PSO": 2})
    later = given("york", MONDAY + WEEK, absent={"PO": 3})
    (view,) = told(library, [text], [first, later], pdus=["york"]).views
    assert rows(view)["north", "york"].cells[0] == ("103", "103", 1, 0, None, 1, 1)
    # three weeks after the return that gave them the points are too old
    late = given("york", MONDAY + 3 * WEEK, absent={"PO": 3, "PSO": 0})
    (view,) = told(library, [text], [first, late], pdus=["york"]).views
    assert rows(view)["north", "york"].cells[0][:4] == (None, None, 1, 1)
    assert [(one.because, one.inputs) for one in view.lacking] == [("not_given", ("points",))]


def test_a_unit_counts_from_its_first_day_on(library: Library) -> None:
    bath = [posts("bath", MONDAY + WEEK, (5, 5), (5, 0))]
    kent = [posts("kent", MONDAY + week * WEEK, (10, 10), (10, 10)) for week in range(2)]
    (view,) = told(library, [VIEW], [*kent, *bath], regions=["south"], weeks=2).views
    assert {label: row.cells[0].units for label, row in rows(view).items()} == {
        ("south", "2022-08-08"): 1,
        ("south", "2022-08-15"): 2,
    }
    assert values(view)["south", "2022-08-15"] == ["30.00", "5.00", "16.7"]


COURSE = (10, 8, 9, 7)


@pytest.mark.parametrize(
    ("formula", "last", "value"),
    [
        ("before(in_post[PO], 3 weeks)", 3, "10.0"),
        ("before(in_post[PO], 1 week)", 3, "9.0"),
        ("fall(in_post[PO], 3 weeks)", 3, "4.0"),
        ("rise(in_post[PO], 3 weeks)", 3, "1.0"),
        ("fall(in_post[PO], 1 week)", 3, "2.0"),
        ("rise(in_post[PO], 7 days)", 2, "1.0"),
        ("in_post[PO] - before(in_post[PO], 3 weeks)", 3, "-3.0"),
        # the year's falls against the mean of then and now: 4 / 8.5
        ("100 * fall(in_post[PO], 3 weeks) / ((in_post[PO] + before(in_post[PO], 3 weeks)) / 2)", 3, "47.1"),
        ("fall(in_post[PO], 4 weeks)", 3, None),  # no return is there yet four weeks before
        ("before(in_post[PO], 520 weeks)", 3, None),
    ],
)
def test_what_was_before(library: Library, formula: str, last: int, value: str | None) -> None:
    returns = [posts("york", MONDAY + week * WEEK, (10, 10), (size, 1)) for week, size in enumerate(COURSE)]
    (view,) = told(library, [view_text(formula)], returns, pdus=["york"], last=MONDAY + last * WEEK).views
    cell = rows(view)["north", "york"].cells[0]
    assert cell.value == value
    assert cell.missing == (value is None)
    assert [one.because for one in view.lacking] == (["no_past"] if value is None else [])


def test_falls_are_those_of_each_unit_and_grade(library: Library) -> None:
    # One officer moves from York to Hull: a fall and a rise, though the region is as it was.
    returns = [
        posts("york", MONDAY, (10, 10), (8, 5)), posts("york", MONDAY + WEEK, (10, 10), (7, 6)),
        posts("hull", MONDAY, (10, 10), (8, 5)), posts("hull", MONDAY + WEEK, (10, 10), (9, 5)),
    ]  # fmt: skip
    (view,) = told(
        library,
        [view_text("fall(in_post, 1 week) + 100 * rise(in_post, 1 week)")],
        returns,
        regions=["north"],
    ).views
    assert values(view) == {("north",): ["201.0"]}


def test_over_a_gap_a_fall_is_what_is_left_of_it(library: Library) -> None:
    returns = [
        posts("york", MONDAY, (10, 10), (10, 1)),
        posts("york", MONDAY + WEEK, (10, 10), (None, 1)),
        posts("york", MONDAY + 2 * WEEK, (10, 10), (7, 1)),
    ]
    for weeks, value in ((2, "3.0"), (1, None)):  # a week ago nobody knew
        text = view_text(f"fall(in_post[PO], {weeks} weeks)" if weeks > 1 else "fall(in_post[PO], 1 week)")
        (view,) = told(library, [text], returns, pdus=["york"]).views
        assert values(view) == {("north", "york"): [value]}


def test_a_default_is_no_fall(library: Library) -> None:
    returns = [
        given("york", MONDAY, absent={"PO": 3, "PSO": 1}),
        given("york", MONDAY + WEEK, absent={"PO": 3}),
    ]
    (view,) = told(library, [view_text("fall(absent, 1 week)")], returns, pdus=["york"]).views
    assert values(view) == {("north", "york"): [None]}
    (view,) = told(library, [view_text("before(absent, 1 week) - absent")], returns, pdus=["york"]).views
    assert values(view) == {("north", "york"): ["1.0"]}


def test_week_by_week(library: Library) -> None:
    returns = [posts("kent", MONDAY + week * WEEK, (10, 10), (10 - week, 10)) for week in range(3)]
    (view,) = told(library, [VIEW], returns, names=["posts"], by=["week"], pdus=["kent"], weeks=4).views
    assert values(view) == {
        ("south", "kent", "2022-08-01"): [None, None, None],
        ("south", "kent", "2022-08-08"): ["20.00", "0.00", "0.0"],
        ("south", "kent", "2022-08-15"): ["20.00", "1.00", "5.0"],
        ("south", "kent", "2022-08-22"): ["20.00", "2.00", "10.0"],
    }
    (again,) = told(library, [VIEW], returns, by=["week"], pdus=["kent"], first=MONDAY - 3 * WEEK / 7).views
    assert [row.day.isoformat() for row in again.rows] == ["2022-08-08", "2022-08-15", "2022-08-22"]


def test_what_cannot_be_split_is_left_out_and_told(library: Library) -> None:
    text = VIEW.replace("by: [region]", '  cases: {formula: "cases / in_post[PO]"}\nby: [region]')
    (view,) = told(library, [text], [YORK], by=["grade"]).views
    assert [one.id for one in view.figures] == ["required", "vacant", "rate"]
    assert [(one.figure, one.inputs) for one in view.not_split] == [("cases", ("cases",))]
    assert {len(row.cells) for row in view.rows} == {3}


def test_another_version_asks_for_other_grades(tmp_path: Path) -> None:
    second = VERSION.replace("version: v1", "version: v2").replace(
        "effective: 2022-08-01", "effective: 2022-08-15"
    )
    second = second.replace(
        "grade: {PO: Officer, PSO: Services officer}", "grade: {PO: Officer, SPO: Senior officer}"
    )
    library = library_in(tmp_path, {"plan/v2.yaml": second})
    returns = [
        posts("york", MONDAY, (10, 10), (8, 9)),
        given("york", MONDAY + WEEK, required={"PO": 10, "SPO": 4}, in_post={"PO": 8, "SPO": 3}),
    ]
    (view,) = told(library, [VIEW], returns, by=["grade"], pdus=["york"], weeks=2).views
    assert values(view) == {
        ("north", "york", "PO", "2022-08-08"): ["10.00", "2.00", "20.0"],
        ("north", "york", "PO", "2022-08-15"): ["10.00", "2.00", "20.0"],
        ("north", "york", "PSO", "2022-08-08"): ["10.00", "1.00", "10.0"],
        ("north", "york", "SPO", "2022-08-15"): ["4.00", "1.00", "25.0"],
    }
    (named,) = told(library, [view_text("in_post[PSO]")], returns, pdus=["york"]).views
    assert rows(named)["north", "york"].cells[0].because == "not_asked"


def test_numbers_that_no_machine_word_holds_stay_exact(library: Library) -> None:
    most = "9999999999999.99"
    returns = [posts(pdu, MONDAY, (most, most), (0, "0.01")) for pdu in ("york", "hull", "kent")]
    (view,) = told(library, [VIEW], returns, by=["pdu"]).views
    country = rows(view)["north", "york"].against.country
    assert country is not None
    assert country[1].value == "59999999999999.91"
