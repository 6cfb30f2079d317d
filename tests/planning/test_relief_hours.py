"""Relief of hand-worked cases: hours by their period, figures as they were read, what stands, what is not known."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from engine.relief.values import MONTHLY, rounded
from tests.engine.engine_kit import AMBER, GREEN, MAPPA, RED, day, declared, history, suspended
from tests.planning.relief_kit import PARTS, SHORTFALL, asked_of, by_activity, plan, reducible, releases

CASES = {"s": 80, "cases": 60}
"""200 hours are missing. 60 cases release 60 hours by visits and 30 by calls."""


class TestWhole:
    def test_the_document(self) -> None:
        told = asked_of(history(CASES), "08-03")
        assert (told["pdu"], told["as_of"], told["status"]) == ("york", "2022-08-03", "amber")
        assert told["decision"].startswith("sha256:")
        figure = {"value": "80", "as_of": "2022-08-01", "how": "given"}
        assert told["shortfall"] == {
            "hours": "200.0", "formula": "10 * (100 - s)", "inputs": {"s": figure}, "basis": "illustrative",
            "source": None, "note": None,
        }  # fmt: skip
        assert told["because"] is None
        assert told["reductions"][0] == {
            "activity": "visits", "title": "Visits", "part": "b", "from": "amber", "minutes": "60", "per": "cases",
            "figure": "60", "every": "month", "hours": "60.0", "basis": "illustrative", "source": None,
            "inputs": {"cases": {"value": "60", "as_of": "2022-08-01", "how": "given"}},
        }  # fmt: skip
        assert by_activity(told, "hours") == {"visits": "60.0", "calls": "30.0"}
        assert (told["released"], told["covers"], told["remaining"]) == ("90.0", False, "110.0")
        assert told["least"] is None
        assert told["unknown"] == []

    def test_one_status_up(self) -> None:
        ahead = asked_of(history(CASES), "08-03")["next_status"]
        assert (ahead["status"], ahead["hours"], ahead["covers"]) == ("red", "132.0", False)
        adds = [
            (one["activity"], one["from"], one["instead_of"], one["hours"], one["more"])
            for one in ahead["adds"]
        ]
        assert adds == [("visits", "red", "amber", "90.0", "30.0"), ("letters", "red", None, "12.0", "12.0")]

    def test_at_the_last_status_there_is_none_above(self) -> None:
        told = asked_of(history({"s": 70, "cases": 60}), "08-03")
        assert by_activity(told, "from") == {"visits": "red", "calls": "amber", "letters": "red"}
        assert (told["status"], told["released"], told["next_status"]) == ("red", "132.0", None)

    def test_the_milder_reduction_never_counts_beside_the_one_that_stands(self) -> None:
        told = asked_of(history({"s": 70, "cases": 60}), "08-03")
        assert [one["activity"] for one in told["reductions"]].count("visits") == 1

    def test_nothing_is_missing(self) -> None:
        told = asked_of(history({"s": 120, "cases": 60}), "08-03")
        assert (told["shortfall"]["hours"], told["released"], told["covers"]) == ("-200.0", "0.0", True)
        assert (told["remaining"], told["least"]) == ("0.0", {"activities": [], "hours": "0.0"})

    def test_without_relief_in_the_version(self) -> None:
        told = asked_of(history(CASES), "08-03", plan(relief=None))
        assert (told["shortfall"], told["because"]) == (None, {"code": "not_stated"})
        assert (told["released"], told["covers"], told["remaining"], told["least"]) == (
            "90.0",
            None,
            None,
            None,
        )

    def test_the_version_in_force_counts(self) -> None:
        later = {"formula": "20 * (100 - s)", "basis": "illustrative"}
        second = plan(version="v2", effective=day("08-08"), relief={"shortfall": later})
        returns = history(CASES, CASES)
        assert asked_of(returns, "08-07", plan(), second)["shortfall"]["hours"] == "200.0"
        assert asked_of(returns, "08-08", plan(), second)["shortfall"]["hours"] == "400.0"


class TestHours:
    @pytest.mark.parametrize(
        ("every", "hours"),
        [("day", "304.2"), ("week", "43.5"), ("month", "10.0"), ("quarter", "3.3"), ("year", "0.8")],
    )
    def test_a_period_in_a_month(self, every: str, hours: str) -> None:
        only = [reducible("visits", amber=releases(10, every=every))]
        told = asked_of(history(CASES), "08-03", plan(activities=only, parts=None))
        assert told["released"] == hours
        by_days = every in ("day", "week")
        assert ({"code": "month_of_365_days_by_12"} in told["assumptions"]) == by_days

    def test_periods_fit_together(self) -> None:
        assert MONTHLY["week"] * 7 == MONTHLY["day"]
        assert MONTHLY["year"] * 12 == MONTHLY["quarter"] * 3 == MONTHLY["month"] == 1
        assert MONTHLY["day"] / 365 == MONTHLY["year"]

    @pytest.mark.parametrize(
        ("hours", "places", "shown"),
        [(Fraction(1, 20), 1, 1), (Fraction(-1, 20), 1, -1), (Fraction(1, 21), 1, 0), (Fraction(-1, 21), 1, 0),
         (Fraction(5, 2), 0, 3), (Fraction(-5, 2), 0, -3), (Fraction(1, 3), 2, 33)],
    )  # fmt: skip
    def test_halves_go_away_from_zero(self, hours: Fraction, places: int, shown: int) -> None:
        assert rounded(hours, places) == shown

    def test_sums_are_of_exact_hours(self) -> None:
        three = [reducible(one, amber=releases("0.02")) for one in ("x", "y", "z")]
        told = asked_of(history({"s": 80, "cases": 100}), "08-03", plan(activities=three, parts=None))
        assert by_activity(told, "hours") == {"x": "0.0", "y": "0.0", "z": "0.0"}
        assert told["released"] == "0.1"

    def test_minutes_may_be_parts(self) -> None:
        only = [reducible("visits", amber=releases("7.5"))]
        told = asked_of(history(CASES), "08-03", plan(activities=only, parts=None))
        assert (told["released"], told["reductions"][0]["minutes"]) == ("7.5", "7.5")

    @pytest.mark.parametrize(
        ("gap", "decimals", "covers", "remaining"),
        [("89.99", 2, True, "0.00"), ("90", 0, True, "0.0"), ("90.01", 2, False, "0.01"), ("90.04", 1, True, "0.0"),
         ("90.05", 1, False, "0.1"), ("0.4", 0, True, "0.0"), ("90.5", 0, False, "1.0")],
    )  # fmt: skip
    def test_what_is_rounded_is_compared(self, gap: str, decimals: int, covers: bool, remaining: str) -> None:
        shortfall = {"formula": f"{gap} + 0 * s", "decimals": decimals, "basis": "illustrative"}
        told = asked_of(history(CASES), "08-03", plan(relief={"shortfall": shortfall}))
        assert (told["covers"], told["remaining"]) == (covers, remaining)

    def test_per_may_be_a_sum_or_a_measure(self) -> None:
        each = [
            reducible("some", amber=releases(60, "learners[L2]")),
            reducible("every", amber=releases(60, "learners[all]")),
            reducible("worked", amber=releases(60, "staffing")),
        ]
        returns = history({"s": 80, "learners[L1]": "1.5", "learners[L2]": 2})
        told = asked_of(returns, "08-03", plan(activities=each, parts=None))
        assert by_activity(told, "figure") == {"some": "2", "every": "3.5", "worked": "80"}
        assert told["released"] == "85.5"


class TestFigures:
    def figures(self, *given: Any, asked: str, per: str) -> tuple[Any, ...]:
        only = [reducible("visits", amber=releases(60, per))]
        told = asked_of(history(*given), asked, plan(activities=only, parts=None))
        (one,) = told["reductions"]
        return one["hours"], one["inputs"][per], told["unknown"]

    def test_an_earlier_figure_stands_in(self) -> None:
        hours, read, unknown = self.figures({"s": 80, "late": 5}, {"s": 80}, asked="08-09", per="late")
        assert (hours, read, unknown) == ("5.0", {"value": "5", "as_of": "2022-08-01", "how": "carried"}, [])

    def test_it_does_so_for_so_long_only(self) -> None:
        given = [{"s": 80, "late": 5}, {"s": 80}, {"s": 80}, {"s": 80}]
        assert self.figures(*given[:3], asked="08-15", per="late")[0] == "5.0"
        hours, read, unknown = self.figures(*given, asked="08-22", per="late")
        assert (hours, read["how"]) == (None, "missing")
        assert unknown == [
            {"activity": "visits", "from": "amber", "because": {"code": "missing", "missing": ["late"]}}
        ]

    def test_the_newest_earlier_one_counts(self) -> None:
        hours, read, _ = self.figures(
            {"s": 80, "late": 5}, {"s": 80, "late": 6}, {"s": 80}, asked="08-15", per="late"
        )
        assert (hours, read["as_of"]) == ("6.0", "2022-08-08")

    def test_a_default_counts_and_is_said(self) -> None:
        hours, read, _ = self.figures({"s": 80}, asked="08-03", per="usual")
        assert (hours, read) == ("30.0", {"value": "30", "as_of": None, "how": "default"})
        only = [reducible("visits", amber=releases(60, "usual"))]
        told = asked_of(history({"s": 80}), "08-03", plan(activities=only, parts=None))
        assert {"code": "default", "figures": [{"input": "usual", "as_of": None}]} in told["assumptions"]

    def test_a_figure_that_is_not_carried_is_not_known_a_week_later(self) -> None:
        hours, read, _ = self.figures(CASES, {"s": 80}, asked="08-09", per="cases")
        assert (hours, read["value"], read["how"]) == (None, None, "missing")

    @pytest.mark.parametrize("unfit", ["-1", "2.5"])
    def test_a_figure_that_the_version_does_not_take_is_not_known(self, unfit: str) -> None:
        hours, read, _ = self.figures({"s": 80, "cases": unfit}, asked="08-03", per="cases")
        assert (hours, read["value"], read["how"]) == (None, None, "unfit")

    def test_one_missing_part_of_a_sum_makes_it_unknown(self) -> None:
        only = [reducible("visits", amber=releases(60, "learners[all]"))]
        told = asked_of(history({"s": 80, "learners[L1]": 4}), "08-03", plan(activities=only, parts=None))
        assert told["unknown"][0]["because"] == {"code": "missing", "missing": ["learners[L2]"]}
        assert (told["released"], told["covers"]) == ("0.0", None)


class TestUnknown:
    def test_a_missing_figure_makes_the_shortfall_unknown(self) -> None:
        told = asked_of(history({"cases": 60}), "08-03")
        assert (told["status"], told["shortfall"]) == ("indeterminate", None)
        assert told["because"] == {"code": "missing", "missing": ["s"]}
        assert told["covers"] is None

    def test_division_by_zero_is_no_hours(self) -> None:
        shortfall = {**SHORTFALL, "formula": "100 / (s - 80)"}
        told = asked_of(history(CASES), "08-03", plan(relief={"shortfall": shortfall}))
        assert (told["shortfall"], told["because"]) == (None, {"code": "no_result"})

    def test_a_measure_that_is_not_known(self) -> None:
        measures = {
            "staffing": {"decimals": 1, "formula": "s"},
            "broken": {"decimals": 1, "formula": "1 / (s - 80)"},
        }
        only = [reducible("visits", amber=releases(60, "broken")), reducible("calls", amber=releases(60))]
        told = asked_of(history(CASES), "08-03", plan(measures=measures, activities=only, parts=None))
        assert told["unknown"] == [{"activity": "visits", "from": "amber", "because": {"code": "no_result"}}]
        assert (told["released"], told["covers"], told["remaining"]) == ("60.0", None, "140.0")

    def test_what_is_known_may_be_enough(self) -> None:
        each = [reducible("visits", amber=None), reducible("calls", amber=releases(240))]
        told = asked_of(history(CASES), "08-03", plan(activities=each, parts=None))
        assert told["unknown"] == [{"activity": "visits", "from": "amber", "because": {"code": "not_stated"}}]
        assert (told["covers"], told["least"]["activities"]) == (True, ["calls"])

    def test_no_return(self) -> None:
        told = asked_of([], "08-03")
        assert (told["because"], told["reductions"], told["released"]) == ({"code": "no_return"}, [], "0.0")
        assert (told["covers"], told["next_status"]) == (None, None)

    def test_a_return_that_is_too_old_tells_nothing_of_today(self) -> None:
        strict = plan(returns={"every": "7 days", "stale_after": "14 days", "grace": "7 days"})
        told = asked_of(history(CASES), "08-16", strict)
        assert told["because"] == {"code": "stale", "as_of": "2022-08-01", "stale_after": 14}
        assert by_activity(told, "hours") == {"visits": None, "calls": None}  # in grace, and not known
        assert told["covers"] is None


class TestWhatStands:
    def test_withheld(self) -> None:
        entry = {"effective": day("08-01"), "withhold": ["visits"]}
        told = asked_of(history(CASES), "08-03", settings=[entry])
        assert by_activity(told, "hours") == {"calls": "30.0"}
        assert [one["activity"] for one in told["next_status"]["adds"]] == ["letters"]

    def test_lapsed(self) -> None:
        lapsing = reducible(
            "visits", amber={"releases": releases(60), "lapses_after": "14 days"}, red=releases(90)
        )
        document = plan(activities=[lapsing], parts=None)
        returns = history(CASES, CASES, CASES)
        assert asked_of(returns, "08-14", document)["released"] == "60.0"
        told = asked_of(returns, "08-15", document)
        assert (told["released"], told["next_status"]["hours"]) == ("0.0", "90.0")

    def test_a_condition_that_does_not_hold_stays_so_one_status_up(self) -> None:
        only = [
            reducible("visits", amber={"when": {"cases": {"below": 50}}, "releases": releases(60)}),
            reducible("calls", red={"when": {"cases": {"below": 70}}, "releases": releases(60)}),
            reducible("letters", red={"when": {"usual": {"below": 9}}, "releases": releases(60)}),
        ]
        told = asked_of(history(CASES), "08-03", plan(activities=only, parts=None))
        assert told["reductions"] == []
        assert [one["activity"] for one in told["next_status"]["adds"]] == ["calls"]
        assert {"code": "conditions_as_now"} in told["assumptions"]

    def test_a_condition_that_is_not_known_permits_nothing_one_status_up(self) -> None:
        only = [
            reducible("visits", amber=releases(60)),
            reducible("calls", red={"when": {"late": {"below": 70}}, "releases": releases(60)}),
        ]
        told = asked_of(history(CASES), "08-03", plan(activities=only, parts=None))
        assert told["next_status"]["adds"] == []

    def test_a_declared_status_counts(self) -> None:
        told = asked_of(history(CASES), "08-03", declarations=[declared("08-02", "08-09", "red")])
        assert (told["status"], told["released"], told["next_status"]) == ("red", "132.0", None)

    def test_suspended_nothing_is_released(self) -> None:
        told = asked_of(history(CASES), "08-03", suspensions=[suspended("08-02")])
        assert (told["status"], told["reductions"], told["next_status"]) == ("suspended", [], None)
        assert (told["shortfall"]["hours"], told["covers"]) == ("200.0", False)

    def test_undeclared_nothing_is_released(self) -> None:
        told = asked_of(history(CASES), "08-03", plan(activation="declared"))
        assert (told["status"], told["released"], told["next_status"]) == ("undeclared", "0.0", None)

    def test_mandatory_work_is_never_there(self) -> None:
        told = asked_of(history({"s": 70, "cases": 60}), "08-03")
        assert MAPPA["id"] not in by_activity(told, "from")


class TestLeast:
    def test_the_order_of_parts_goes_before_the_order_of_activities(self) -> None:
        each = [
            reducible("one", "b", amber=releases(100)),
            reducible("two", "a", amber=releases(100)),
            reducible("three", amber=releases(100)),
            reducible("four", "a", amber=releases(100)),
        ]
        told = asked_of(history(CASES), "08-03", plan(activities=each, parts=PARTS))
        assert told["least"] == {"activities": ["two", "four"], "hours": "200.0"}

    def test_fewer_goes_before_the_order(self) -> None:
        each = [*(reducible(f"little{place}", amber=releases(50)) for place in range(6)),
                reducible("much", amber=releases(200))]  # fmt: skip
        told = asked_of(history(CASES), "08-03", plan(activities=each, parts=None))
        assert told["least"] == {"activities": ["much"], "hours": "200.0"}

    def test_one_more_minute_less_and_it_is_not_enough(self) -> None:
        each = [reducible("much", amber=releases("199.9"))]
        told = asked_of(history(CASES), "08-03", plan(activities=each, parts=None))
        assert (told["least"], told["covers"], told["remaining"]) == (None, False, "0.1")


def test_a_status_without_reductions_above_adds_nothing() -> None:
    only = [reducible("visits", amber=releases(60))]
    told = asked_of(history(CASES), "08-03", plan(activities=only, statuses=[GREEN, AMBER, RED], parts=None))
    assert (told["next_status"]["adds"], told["next_status"]["hours"]) == ([], "60.0")
    assert {"code": "conditions_as_now"} not in told["assumptions"]
